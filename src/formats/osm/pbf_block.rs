//! One block of a `.osm.pbf`: its strings, and the nodes, ways and relations that use them.

use std::sync::Arc;

use crate::formats::osm::elements::Block;
use crate::formats::osm::elements::Member;
use crate::formats::osm::elements::Role;
use crate::formats::osm::nodes::Node;
use crate::formats::osm::tags::Tags;
use crate::formats::osm::tags::known_key;
use crate::formats::osm::wire::BadWire;
use crate::formats::osm::wire::Deltas;
use crate::formats::osm::wire::Fields;
use crate::formats::osm::wire::Packed;
use crate::formats::osm::wire::zigzag;

/// Nanodegrees per unit of a node's place.
const NANO_PER_STEP: i64 = 100;
/// More strings than this are not in any block that a program writes; it bounds what an empty string can cost.
const MAX_STRINGS: usize = 1 << 20;

/// Which rule of the format a block breaks.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BadBlock {
    /// The wire format itself.
    #[error(transparent)]
    Wire(#[from] BadWire),
    /// A tag or role names a string that is not there.
    #[error("string {index} of {n_strings} is named")]
    NoSuchString {
        /// The index.
        index: u64,
        /// How many there are.
        n_strings: usize,
    },
    /// More strings than any block has.
    #[error("more than {MAX_STRINGS} strings in a block")]
    TooManyStrings,
    /// Lists that belong together differ in length.
    #[error("{0} are not equally many")]
    Unequal(&'static str),
    /// A relation's member is neither node, way nor relation.
    #[error("a member is of the unknown type {0}")]
    MemberType(u64),
}

/// The nodes, ways and relations of a block.
pub fn block(content: &[u8]) -> Result<Block, BadBlock> {
    let mut reader = BlockReader::new(content)?;
    for field in Fields(content) {
        if let (2, group) = field? {
            reader.group(group.bytes()?)?;
        }
    }
    Ok(reader.block)
}

/// What is known of a string as a key.
#[derive(Clone, Copy)]
enum Key {
    NotAsked,
    Unknown,
    Known(&'static str),
}

struct BlockReader<'a> {
    strings: Vec<&'a [u8]>,
    keys: Vec<Key>,
    values: Vec<Option<Arc<str>>>,
    /// Nanodegrees per unit of the block.
    granularity: i64,
    lon_offset: i64,
    lat_offset: i64,
    block: Block,
}

/// The lists of a way or relation, as they stand in the block.
#[derive(Default)]
struct Lists<'a> {
    id: u64,
    keys: Packed<'a>,
    values: Packed<'a>,
    eighth: Packed<'a>,
    ninth: Packed<'a>,
    tenth: Packed<'a>,
}

impl<'a> Lists<'a> {
    fn new(element: &'a [u8]) -> Result<Self, BadWire> {
        let mut lists = Self::default();
        for field in Fields(element) {
            match field? {
                (1, value) => lists.id = value.number()?,
                (2, value) => lists.keys = value.packed()?,
                (3, value) => lists.values = value.packed()?,
                (8, value) => lists.eighth = value.packed()?,
                (9, value) => lists.ninth = value.packed()?,
                (10, value) => lists.tenth = value.packed()?,
                _ => {}
            }
        }
        Ok(lists)
    }
}

impl<'a> BlockReader<'a> {
    fn new(content: &'a [u8]) -> Result<Self, BadBlock> {
        let mut reader = Self {
            strings: Vec::new(),
            keys: Vec::new(),
            values: Vec::new(),
            granularity: NANO_PER_STEP,
            lon_offset: 0,
            lat_offset: 0,
            block: Block::default(),
        };
        for field in Fields(content) {
            match field? {
                (1, strings) => reader.take_strings(strings.bytes()?)?,
                (17, value) => reader.granularity = value.number()?.cast_signed(),
                (19, value) => reader.lat_offset = value.number()?.cast_signed(),
                (20, value) => reader.lon_offset = value.number()?.cast_signed(),
                _ => {}
            }
        }
        reader.keys = vec![Key::NotAsked; reader.strings.len()];
        reader.values = vec![None; reader.strings.len()];
        Ok(reader)
    }

    fn take_strings(&mut self, table: &'a [u8]) -> Result<(), BadBlock> {
        for field in Fields(table) {
            if let (1, string) = field? {
                if self.strings.len() == MAX_STRINGS {
                    return Err(BadBlock::TooManyStrings);
                }
                self.strings.push(string.bytes()?);
            }
        }
        Ok(())
    }

    fn group(&mut self, group: &[u8]) -> Result<(), BadBlock> {
        for field in Fields(group) {
            match field? {
                (1, node) => self.node(node.bytes()?)?,
                (2, dense) => self.dense(dense.bytes()?)?,
                (3, way) => self.way(way.bytes()?)?,
                (4, relation) => self.relation(relation.bytes()?)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn node(&mut self, node: &[u8]) -> Result<(), BadBlock> {
        let (mut id, mut lon, mut lat) = (0, 0, 0);
        let mut keys = Packed::default();
        let mut values = Packed::default();
        for field in Fields(node) {
            match field? {
                (1, value) => id = zigzag(value.number()?),
                (2, value) => keys = value.packed()?,
                (3, value) => values = value.packed()?,
                (8, value) => lat = zigzag(value.number()?),
                (9, value) => lon = zigzag(value.number()?),
                _ => {}
            }
        }
        let tags = self.tags(keys, values)?;
        self.block.add_node(id, self.node_at(id, lon, lat), tags);
        Ok(())
    }

    fn dense(&mut self, dense: &[u8]) -> Result<(), BadBlock> {
        let [mut ids, mut lats, mut lons, mut keys_values] = <[Packed; 4]>::default();
        for field in Fields(dense) {
            match field? {
                (1, value) => ids = value.packed()?,
                (8, value) => lats = value.packed()?,
                (9, value) => lons = value.packed()?,
                (10, value) => keys_values = value.packed()?,
                _ => {}
            }
        }
        let ids = Deltas::new(ids);
        let mut lats = Deltas::new(lats);
        let mut lons = Deltas::new(lons);
        for id in ids {
            let id = id?;
            let (Some(lat), Some(lon)) = (lats.next(), lons.next()) else {
                return Err(BadBlock::Unequal("ids and coordinates"));
            };
            let tags = self.dense_tags(&mut keys_values)?;
            self.block.add_node(id, self.node_at(id, lon?, lat?), tags);
        }
        if lats.next().is_some() || lons.next().is_some() {
            return Err(BadBlock::Unequal("ids and coordinates"));
        }
        Ok(())
    }

    /// The tags of the next dense node: pairs of strings up to a zero.
    fn dense_tags(&mut self, keys_values: &mut Packed) -> Result<Tags, BadBlock> {
        let mut tags = Tags::default();
        while let Some(key) = keys_values.next().transpose()? {
            if key == 0 {
                break;
            }
            let value = keys_values
                .next()
                .ok_or(BadBlock::Unequal("keys and values"))??;
            self.add_tag(&mut tags, key, value)?;
        }
        Ok(tags)
    }

    fn way(&mut self, way: &[u8]) -> Result<(), BadBlock> {
        let lists = Lists::new(way)?;
        let id = lists.id.cast_signed();
        let mut refs = Vec::with_capacity(lists.eighth.n_numbers());
        for node in Deltas::new(lists.eighth) {
            refs.push(node?);
        }
        // The optional feature `LocationsOnWays`: then the nodes themselves may be missing.
        let places = Deltas::new(lists.ninth).zip(Deltas::new(lists.tenth));
        for (&node, (lat, lon)) in refs.iter().zip(places) {
            let place = self.node_at(node, lon?, lat?);
            self.block.add_node(node, place, Tags::default());
        }
        let tags = self.tags(lists.keys, lists.values)?;
        self.block.add_way(id, refs, tags);
        Ok(())
    }

    fn relation(&mut self, relation: &[u8]) -> Result<(), BadBlock> {
        let lists = Lists::new(relation)?;
        let mut roles = lists.eighth;
        let mut types = lists.tenth;
        let mut members = Vec::new();
        for id in Deltas::new(lists.ninth) {
            let way = id?;
            let (Some(role), Some(kind)) = (roles.next(), types.next()) else {
                return Err(BadBlock::Unequal("members, roles and types"));
            };
            let role = match self.string(role?)? {
                b"inner" => Role::Inner,
                _ => Role::Outer,
            };
            match kind? {
                0 | 2 => {}
                1 => members.push(Member { way, role }),
                kind => return Err(BadBlock::MemberType(kind)),
            }
        }
        let tags = self.tags(lists.keys, lists.values)?;
        self.block
            .add_relation(lists.id.cast_signed(), members, tags);
        Ok(())
    }

    fn tags(&mut self, keys: Packed, mut values: Packed) -> Result<Tags, BadBlock> {
        let mut tags = Tags::default();
        for key in keys {
            let value = values
                .next()
                .ok_or(BadBlock::Unequal("keys and values"))??;
            self.add_tag(&mut tags, key?, value)?;
        }
        Ok(tags)
    }

    fn add_tag(&mut self, tags: &mut Tags, key: u64, value: u64) -> Result<(), BadBlock> {
        let key_bytes = self.string(key)?;
        let value_bytes = self.string(value)?;
        let slot = &mut self.keys[key as usize];
        if let Key::NotAsked = slot {
            *slot = known_key(key_bytes).map_or(Key::Unknown, Key::Known);
        }
        if let Key::Known(key) = *slot {
            let value = self.values[value as usize]
                .get_or_insert_with(|| Arc::from(String::from_utf8_lossy(value_bytes)));
            tags.add(key, Arc::clone(value));
        }
        Ok(())
    }

    fn string(&self, index: u64) -> Result<&'a [u8], BadBlock> {
        let n_strings = self.strings.len();
        usize::try_from(index)
            .ok()
            .and_then(|index| self.strings.get(index).copied())
            .ok_or(BadBlock::NoSuchString { index, n_strings })
    }

    /// A node from units of the block, if they are a place on the earth.
    fn node_at(&self, id: i64, lon: i64, lat: i64) -> Option<Node> {
        let steps = |offset: i64, units: i64| {
            let nano = units.checked_mul(self.granularity)?.checked_add(offset)?;
            let half = NANO_PER_STEP / 2 * nano.signum();
            Some(nano.checked_add(half)? / NANO_PER_STEP)
        };
        Node::from_steps(
            id,
            steps(self.lon_offset, lon)?,
            steps(self.lat_offset, lat)?,
        )
    }
}
