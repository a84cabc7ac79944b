//! XML documents as features: a walk through their elements, of which each kind of document makes what it is about.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::BytesRef;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;

use crate::formats::feature::Feature;
use crate::formats::feature::FeatureFile;
use crate::formats::json::MOST_FEATURES;
use crate::geometry::datum::Datum;

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

/// A kind of document whose elements carry features; always in WGS-84. Names are without their prefix.
pub(super) trait Document {
    /// The outermost element.
    const ROOT: &'static str;
    /// What people call the format.
    const NAME: &'static str;

    /// An element begins.
    fn opened(&mut self, name: &str, attributes: &[(String, String)]);

    /// An element ends, with the text right in it, trimmed; gives the feature that ends with it.
    fn closed(&mut self, name: &str, text: &str) -> Option<Feature>;
}

/// The features of a document, numbered as they end.
///
/// # Errors
///
/// For what is no XML or another document, is nested too deep or has too many features; entities that the document
/// defines itself are not followed.
pub(super) fn features<D: Document>(text: &str, mut document: D) -> Result<FeatureFile, XmlError> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<(String, String)> = Vec::new();
    let mut is_begun = false;
    let mut features: Vec<Feature> = Vec::new();
    loop {
        let at = reader.buffer_position();
        let broken = |fault: String| XmlError::Broken { fault, at };
        let event = reader.read_event();
        let event = event.map_err(|error| broken(error.to_string()))?;
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            let (name, attributes) = opened(tag).map_err(broken)?;
            if !is_begun && name != D::ROOT {
                return Err(XmlError::Other(D::NAME));
            }
            is_begun = true;
            if open.len() == DEEPEST {
                return Err(XmlError::TooDeep);
            }
            document.opened(&name, &attributes);
            open.push((name, String::new()));
        }
        match event {
            Event::End(_) | Event::Empty(_) => {
                let ended = open.pop();
                let ended = ended.and_then(|(name, text)| document.closed(&name, text.trim()));
                if let Some(feature) = ended {
                    let number = features.len() + 1;
                    if number > MOST_FEATURES {
                        let limit = MOST_FEATURES;
                        return Err(XmlError::TooMany { limit });
                    }
                    features.push(Feature { number, ..feature });
                }
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|error| broken(error.to_string()))?;
                add(&mut open, &text);
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|error| broken(error.to_string()))?;
                add(&mut open, &text);
            }
            Event::GeneralRef(name) => add(&mut open, &meant(&name)),
            Event::Eof if open.is_empty() && is_begun => {
                return Ok(FeatureFile {
                    datum: Some(Datum::Wgs84),
                    features,
                    ..FeatureFile::default()
                });
            }
            Event::Eof => return Err(broken("it breaks off".to_owned())),
            Event::Start(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

/// Text belongs to the innermost element that is open.
fn add(open: &mut [(String, String)], text: &str) {
    if let Some((_, inside)) = open.last_mut() {
        inside.push_str(text);
    }
}

/// The name and the attributes of an element.
fn opened(tag: &BytesStart<'_>) -> Result<(String, Vec<(String, String)>), String> {
    let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| error.to_string())?;
        attributes.push((key, value.into_owned()));
    }
    Ok((name, attributes))
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
