//! `.osm`: the elements of an XML file, read as they come.

use std::io::BufRead;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::errors::SyntaxError;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use rustc_hash::FxHashSet;

use crate::formats::osm::budget::Budget;
use crate::formats::osm::elements::Block;
use crate::formats::osm::elements::Member;
use crate::formats::osm::elements::Role;
use crate::formats::osm::fault::Fault;
use crate::formats::osm::nodes::Node;
use crate::formats::osm::tags::Tags;
use crate::formats::osm::tags::known_key;
use crate::formats::osm::unpack::Events;

/// So many elements make a block.
const BLOCK_LENGTH: usize = 8192;
/// OpenStreetMap's own limits are 2,000 nodes of a way and 32,000 members of a relation.
const MAX_REFS: usize = 1 << 22;
/// So many texts are shared before the list of them starts anew.
const MAX_TEXTS: usize = 1 << 16;
/// An OSM file is three deep.
const MAX_DEPTH: usize = 16;

/// Everything in an XML file, in the file's order.
pub fn blocks<R: BufRead>(content: Events<R>, budget: &Budget) -> Result<Vec<Block>, Fault> {
    let mut reader = Reader::from_reader(content);
    let mut buffer = Vec::new();
    let mut file = XmlFile::default();
    loop {
        let place = reader.buffer_position();
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|error| xml_fault(&error, place))?;
        let is_end = matches!(event, Event::Eof);
        file.take(&event, budget)
            .map_err(|reason| reason.into_fault(place))?;
        if is_end {
            return Ok(file.blocks);
        }
        buffer.clear();
        reader.get_mut().next_event();
    }
}

/// Why an event is refused.
enum Refusal {
    Damaged(String),
    Fault(Fault),
}

impl Refusal {
    fn into_fault(self, place: u64) -> Fault {
        match self {
            Self::Damaged(reason) => Fault::damaged(format!("at byte {place} of its XML"), reason),
            Self::Fault(Fault::Truncated { .. }) => Fault::Truncated {
                place: format!("at byte {place} of its XML"),
            },
            Self::Fault(fault) => fault,
        }
    }
}

impl From<quick_xml::Error> for Refusal {
    fn from(error: quick_xml::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl From<quick_xml::events::attributes::AttrError> for Refusal {
    fn from(error: quick_xml::events::attributes::AttrError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The element that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Node,
    Way,
    Relation,
}

#[derive(Default)]
struct XmlFile {
    blocks: Vec<Block>,
    block: Block,
    /// Texts that tags of this block share.
    texts: FxHashSet<Arc<str>>,
    has_root: bool,
    /// How many tags are open.
    depth: usize,
    open: Option<Open>,
}

/// An element whose inner tags are being read.
struct Open {
    kind: Kind,
    id: i64,
    node: Option<Node>,
    refs: Vec<i64>,
    members: Vec<Member>,
    tags: Tags,
    is_deleted: bool,
}

impl XmlFile {
    fn take(&mut self, event: &Event, budget: &Budget) -> Result<(), Refusal> {
        match event {
            Event::Start(tag) => {
                self.start(tag)?;
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    let reason = format!("tags stand more than {MAX_DEPTH} deep in each other");
                    return Err(Refusal::Damaged(reason));
                }
            }
            Event::Empty(tag) => {
                self.start(tag)?;
                if self.depth == 1 {
                    self.finish(budget)?;
                }
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                match self.depth {
                    0 => self.flush(budget)?,
                    1 => self.finish(budget)?,
                    _ => {}
                }
            }
            Event::DocType(_) => {
                let reason = "a document type is declared, which no map needs".to_owned();
                return Err(Refusal::Damaged(reason));
            }
            Event::Eof => self.check_end()?,
            Event::Decl(declaration) => check_encoding(declaration)?,
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::PI(_)
            | Event::GeneralRef(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &BytesStart) -> Result<(), Refusal> {
        let name = tag.name();
        match (self.depth, name.as_ref()) {
            (0, b"osm") => {
                self.has_root = true;
                Ok(())
            }
            (0, other) => {
                let found = format!("its XML starts with {:?}", short(other));
                Err(Fault::NotOsm { found }.into())
            }
            (1, b"node") => self.open(Kind::Node, tag),
            (1, b"way") => self.open(Kind::Way, tag),
            (1, b"relation") => self.open(Kind::Relation, tag),
            (2, b"tag") => self.tag(tag),
            (2, b"nd") => self.node_of_way(tag),
            (2, b"member") => self.member(tag),
            _ => Ok(()),
        }
    }

    fn check_end(&self) -> Result<(), Refusal> {
        if self.depth > 0 {
            let place = String::new();
            return Err(Fault::Truncated { place }.into());
        }
        if !self.has_root {
            let found = "it holds no XML element".to_owned();
            return Err(Fault::NotOsm { found }.into());
        }
        Ok(())
    }

    fn open(&mut self, kind: Kind, tag: &BytesStart) -> Result<(), Refusal> {
        let [id, lon, lat, visible, action] =
            attributes(tag, ["id", "lon", "lat", "visible", "action"])?;
        let id = id.ok_or_else(|| Refusal::Damaged(format!("a {kind:?} has no id")))?;
        let id = number(&id)?;
        // A place that is no number is no place on the earth, and told like one.
        let degrees = |text: Option<String>| text?.trim().parse().ok();
        let node = degrees(lon)
            .zip(degrees(lat))
            .and_then(|(lon, lat)| Node::from_degrees(id, lon, lat));
        self.open = Some(Open {
            kind,
            id,
            node,
            refs: Vec::new(),
            members: Vec::new(),
            tags: Tags::default(),
            is_deleted: visible.is_some_and(|value| value == "false")
                || action.is_some_and(|value| value == "delete"),
        });
        Ok(())
    }

    fn tag(&mut self, tag: &BytesStart) -> Result<(), Refusal> {
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        let [key, value] = attributes(tag, ["k", "v"])?;
        let (Some(key), Some(value)) = (key, value) else {
            return Err(Refusal::Damaged("a tag without k or v".to_owned()));
        };
        let Some(key) = known_key(key.as_bytes()) else {
            return Ok(());
        };
        let value = if let Some(text) = self.texts.get(value.as_str()) {
            Arc::clone(text)
        } else {
            if self.texts.len() == MAX_TEXTS {
                self.texts.clear();
            }
            let text: Arc<str> = Arc::from(value);
            self.texts.insert(Arc::clone(&text));
            text
        };
        open.tags.add(key, value);
        Ok(())
    }

    fn node_of_way(&mut self, tag: &BytesStart) -> Result<(), Refusal> {
        let Some(open) = self.open.as_mut().filter(|open| open.kind == Kind::Way) else {
            return Ok(());
        };
        let [node] = attributes(tag, ["ref"])?;
        let node = node.ok_or_else(|| Refusal::Damaged("a nd has no ref".to_owned()))?;
        open.refs.push(number(&node)?);
        check_length(open.refs.len())
    }

    fn member(&mut self, tag: &BytesStart) -> Result<(), Refusal> {
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        let [kind, way, role] = attributes(tag, ["type", "ref", "role"])?;
        let way = way.ok_or_else(|| Refusal::Damaged("a member has no ref".to_owned()))?;
        let way = number(&way)?;
        if kind.is_some_and(|kind| kind == "way") {
            let role = match role.as_deref() {
                Some("inner") => Role::Inner,
                _ => Role::Outer,
            };
            open.members.push(Member { way, role });
        }
        check_length(open.members.len())
    }

    /// The open element is complete.
    fn finish(&mut self, budget: &Budget) -> Result<(), Refusal> {
        let Some(open) = self.open.take() else {
            return Ok(());
        };
        if open.is_deleted {
            return Ok(());
        }
        match open.kind {
            Kind::Node => self.block.add_node(open.id, open.node, open.tags),
            Kind::Way => self.block.add_way(open.id, open.refs, open.tags),
            Kind::Relation => self.block.add_relation(open.id, open.members, open.tags),
        }
        if self.block.len() >= BLOCK_LENGTH {
            self.flush(budget)?;
        }
        Ok(())
    }

    fn flush(&mut self, budget: &Budget) -> Result<(), Refusal> {
        self.block.charge(budget)?;
        self.blocks.push(std::mem::take(&mut self.block));
        self.texts.clear();
        Ok(())
    }
}

/// The values of these attributes, in the same order; of one that stands twice, the first.
fn attributes<const N: usize>(
    tag: &BytesStart,
    names: [&str; N],
) -> Result<[Option<String>; N], Refusal> {
    let mut values = [const { None }; N];
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute?;
        let name = attribute.key.as_ref();
        if let Some(index) = names.iter().position(|known| known.as_bytes() == name)
            && values[index].is_none()
        {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
            values[index] = Some(value.into_owned());
        }
    }
    Ok(values)
}

fn check_length(n_refs: usize) -> Result<(), Refusal> {
    if n_refs > MAX_REFS {
        let reason = format!("a way or relation has more than {MAX_REFS} members");
        return Err(Refusal::Damaged(reason));
    }
    Ok(())
}

fn number(text: &str) -> Result<i64, Refusal> {
    text.trim().parse().map_err(|_| {
        Refusal::Damaged(format!(
            "the id {:?} is no whole number of 64 bits",
            short(text.as_bytes())
        ))
    })
}

fn check_encoding(declaration: &quick_xml::events::BytesDecl) -> Result<(), Refusal> {
    match declaration.encoding() {
        Some(Ok(encoding)) if !encoding.eq_ignore_ascii_case(b"utf-8") => {
            let feature = format!("its text is in {:?}, not in UTF-8", short(&encoding));
            let mend = "save it as UTF-8";
            Err(Fault::Unsupported { feature, mend }.into())
        }
        Some(Err(error)) => Err(error.into()),
        Some(Ok(_)) | None => Ok(()),
    }
}

fn short(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(40).collect()
}

/// The fault that broken XML stands for.
fn xml_fault(error: &quick_xml::Error, place: u64) -> Fault {
    let place = format!("at byte {place} of its XML");
    match error {
        quick_xml::Error::Io(error) => Fault::from_io(error, &place),
        // All other faults of syntax are that the end comes too soon.
        quick_xml::Error::Syntax(fault) if *fault != SyntaxError::InvalidBangMarkup => {
            Fault::Truncated { place }
        }
        _ => Fault::damaged(place, error.to_string()),
    }
}
