//! XML documents as a walk through their elements: what opens, and what closes with the text that stood in it.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::BytesRef;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

/// Elements within each other deeper than this are in no map.
const DEEPEST: usize = 64;

/// Why a document cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum XmlError {
    /// Not XML, or broken off.
    #[error("is no XML that can be read ({fault}, at byte {at}); export it again")]
    Broken {
        /// What the reader says.
        fault: String,
        /// How far it came.
        at: u64,
    },
    /// Nested without end.
    #[error("has more than {DEEPEST} elements within each other; export it again, flatter")]
    TooDeep,
    /// Some other document.
    #[error("is XML, but no {0}; export it again as {0}")]
    Other(&'static str),
    /// More features than we read.
    #[error("has more than {limit} features; split it, or leave out what the region does not need")]
    TooMany {
        /// The limit.
        limit: usize,
    },
}

/// A step of the walk. Names are without their prefix.
pub(super) enum Step<'a> {
    /// An element begins.
    Opened {
        /// Its name.
        name: &'a str,
        /// Its attributes, in order.
        attributes: Vec<(String, String)>,
    },
    /// An element ends.
    Closed {
        /// Its name.
        name: &'a str,
        /// The text right in it, trimmed.
        text: &'a str,
    },
}

/// Walks through a document.
///
/// # Errors
///
/// For what is no XML, or nested too deep; entities that the document defines itself are not followed.
pub(super) fn walk(text: &str, mut take: impl FnMut(Step<'_>)) -> Result<(), XmlError> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<(String, String)> = Vec::new();
    let mut has_root = false;
    loop {
        let at = reader.buffer_position();
        let broken = |fault: String| XmlError::Broken { fault, at };
        match reader
            .read_event()
            .map_err(|error| broken(error.to_string()))?
        {
            Event::Start(tag) => {
                has_root = true;
                if open.len() == DEEPEST {
                    return Err(XmlError::TooDeep);
                }
                let name = opened(&tag, &mut take).map_err(broken)?;
                open.push((name, String::new()));
            }
            Event::Empty(tag) => {
                has_root = true;
                let name = opened(&tag, &mut take).map_err(broken)?;
                take(Step::Closed {
                    name: &name,
                    text: "",
                });
            }
            Event::End(_) => {
                if let Some((name, text)) = open.pop() {
                    let text = text.trim();
                    take(Step::Closed { name: &name, text });
                }
            }
            Event::Text(text) => {
                if let Some((_, inside)) = open.last_mut() {
                    inside.push_str(&text.decode().map_err(|error| broken(error.to_string()))?);
                }
            }
            Event::CData(text) => {
                if let Some((_, inside)) = open.last_mut() {
                    inside.push_str(&text.decode().map_err(|error| broken(error.to_string()))?);
                }
            }
            Event::GeneralRef(name) => {
                if let Some((_, inside)) = open.last_mut() {
                    inside.push_str(&meant(&name));
                }
            }
            Event::Eof if open.is_empty() && has_root => return Ok(()),
            Event::Eof => return Err(broken("it breaks off".to_owned())),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

fn opened(tag: &BytesStart<'_>, take: &mut impl FnMut(Step<'_>)) -> Result<String, String> {
    let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| error.to_string())?;
        attributes.push((key, value.into_owned()));
    }
    take(Step::Opened {
        name: &name,
        attributes,
    });
    Ok(name)
}

/// What a reference stands for; those that only the document knows stand for nothing.
fn meant(name: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return letter.to_string();
    }
    let name = name.decode().unwrap_or_default();
    resolve_predefined_entity(&name)
        .unwrap_or_default()
        .to_owned()
}
