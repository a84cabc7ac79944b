//! Nodes, ways and relations, the same whichever format they come from.

use crate::formats::osm::budget::Budget;
use crate::formats::osm::fault::Fault;
use crate::formats::osm::nodes::Finder;
use crate::formats::osm::nodes::Node;
use crate::formats::osm::nodes::Nodes;
use crate::formats::osm::tags::Tags;
use crate::geometry::lon_lat::LonLat;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;

/// How many nodes of one block are named when their places are wrong; of the others, only the number is told.
const MAX_NAMED: usize = 20;

/// A node with tags that some rule asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its id.
    pub id: i64,
    /// Where it lies.
    pub at: LonLat,
    /// Its tags.
    pub tags: Tags,
}

/// A way.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Its id.
    pub id: i64,
    /// The ids of its nodes; at least two.
    pub refs: Box<[i64]>,
    /// Its tags.
    pub tags: Tags,
}

impl Way {
    /// Whether it ends where it starts.
    pub fn is_closed(&self) -> bool {
        self.refs.len() > 2 && self.refs.first() == self.refs.last()
    }
}

/// What a relation says about one of its ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The outline of a hole.
    Inner,
    /// An outer outline, or nothing in particular.
    Outer,
}

/// A way in a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The way's id.
    pub way: i64,
    /// What the relation says about it, which is only a hint.
    pub role: Role,
}

/// A relation that is an outline: a multipolygon or a boundary.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Its id.
    pub id: i64,
    /// Its tags.
    pub tags: Tags,
    /// Its ways, each once.
    pub members: Vec<Member>,
}

/// What one piece of a file holds, in the file's order.
#[derive(Debug, Default)]
pub struct Block {
    nodes: Vec<Node>,
    points: Vec<Point>,
    ways: Vec<Way>,
    relations: Vec<Relation>,
    /// The first nodes whose places are no places.
    bad_places: Vec<i64>,
    n_bad_places: usize,
}

impl Block {
    /// Takes in a node; without a place when the file gives none on the earth.
    pub fn add_node(&mut self, id: i64, node: Option<Node>, tags: Tags) {
        let Some(node) = node else {
            self.n_bad_places += 1;
            if self.bad_places.len() < MAX_NAMED {
                self.bad_places.push(id);
            }
            return;
        };
        self.nodes.push(node);
        if tags.is_of_use_at_a_node() {
            let at = node.place();
            self.points.push(Point { id, at, tags });
        }
    }

    /// Takes in a way; a way of one node or none is nothing.
    pub fn add_way(&mut self, id: i64, refs: Vec<i64>, tags: Tags) {
        if refs.len() >= 2 {
            let refs = refs.into_boxed_slice();
            self.ways.push(Way { id, refs, tags });
        }
    }

    /// Takes in a relation, if it is an outline.
    pub fn add_relation(&mut self, id: i64, mut members: Vec<Member>, tags: Tags) {
        if !tags.is_one_of("type", &["multipolygon", "boundary"]) {
            return;
        }
        let mut seen = rustc_hash::FxHashSet::default();
        members.retain(|member| seen.insert(member.way));
        members.shrink_to_fit();
        self.relations.push(Relation { id, tags, members });
    }

    /// How many nodes, ways and relations it holds.
    pub fn len(&self) -> usize {
        self.nodes.len() + self.ways.len() + self.relations.len()
    }

    /// Takes what the block holds out of the budget, with what the layers will take later.
    pub fn charge(&self, budget: &Budget) -> Result<(), Fault> {
        let points = self.points.iter().map(|point| 64 + point.tags.n_bytes());
        let ways = self
            .ways
            .iter()
            .map(|way| 64 + 24 * way.refs.len() + way.tags.n_bytes());
        let relations = self
            .relations
            .iter()
            .map(|relation| 64 + 16 * relation.members.len() + relation.tags.n_bytes());
        budget.take(16 * self.nodes.len() + points.chain(ways).chain(relations).sum::<usize>())
    }
}

/// Everything that was kept of a file, by id.
#[derive(Debug, Default)]
pub struct Elements {
    nodes: Nodes,
    /// Nodes with tags.
    pub points: Vec<Point>,
    /// All ways.
    pub ways: Vec<Way>,
    /// All relations that are outlines.
    pub relations: Vec<Relation>,
}

impl Elements {
    /// Everything in these blocks, sorted by id, and what was odd; of two elements with one id, the first is kept.
    pub fn new(blocks: Vec<Block>) -> (Self, Vec<Oddity>) {
        let mut elements = Self::default();
        let mut chunks = Vec::new();
        let mut oddities = Vec::new();
        let mut n_unnamed = 0;
        for mut block in blocks {
            chunks.push(block.nodes);
            elements.points.append(&mut block.points);
            elements.ways.append(&mut block.ways);
            elements.relations.append(&mut block.relations);
            n_unnamed += block.n_bad_places - block.bad_places.len();
            oddities.extend(block.bad_places.into_iter().map(bad_place));
        }
        if n_unnamed > 0 {
            let detail = format!("{n_unnamed} more nodes have no place on the earth: left out");
            oddities.push(oddity("nodes", None, OddityKind::BadPlace, detail));
        }
        let (nodes, clashes) = Nodes::new(chunks);
        elements.nodes = nodes;
        oddities.extend(clashes.into_iter().map(|id| twice(&format!("n{id}"))));
        in_order(&mut elements.points, |point| point.id);
        for id in in_order(&mut elements.ways, |way| way.id) {
            oddities.push(twice(&format!("w{id}")));
        }
        for id in in_order(&mut elements.relations, |relation| relation.id) {
            oddities.push(twice(&format!("r{id}")));
        }
        (elements, oddities)
    }

    /// A search for the places of nodes.
    pub fn finder(&self) -> Finder<'_> {
        self.nodes.finder()
    }

    /// The middle of a way's nodes; none if the file holds none of them.
    pub fn middle(&self, way: &Way) -> Option<LonLat> {
        let mut finder = self.finder();
        let refs = if way.is_closed() {
            &way.refs[1..]
        } else {
            &way.refs
        };
        let places: Vec<LonLat> = refs.iter().filter_map(|id| finder.find(*id)).collect();
        let n = places.len() as f64;
        let lon = places.iter().map(|place| place.lon()).sum::<f64>() / n;
        let lat = places.iter().map(|place| place.lat()).sum::<f64>() / n;
        // Without any place, the middle is no number, and so no place either.
        Node::from_degrees(way.id, lon, lat).map(Node::place)
    }

    /// A way by its id, if the file holds it.
    pub fn way(&self, id: i64) -> Option<&Way> {
        let index = self.ways.binary_search_by_key(&id, |way| way.id).ok()?;
        Some(&self.ways[index])
    }
}

/// An oddity; `read` adds the file.
pub fn oddity(
    id: impl Into<String>,
    place: Option<LonLat>,
    kind: OddityKind,
    detail: impl Into<String>,
) -> Oddity {
    Oddity {
        file: String::new(),
        id: id.into(),
        place,
        kind,
        detail: detail.into(),
    }
}

fn bad_place(id: i64) -> Oddity {
    let detail = "the node has no place on the earth: left out";
    oddity(format!("n{id}"), None, OddityKind::BadPlace, detail)
}

fn twice(id: &str) -> Oddity {
    let detail = "stands in the file more than once: the first is kept";
    oddity(id, None, OddityKind::Duplicate, detail)
}

/// Sorts by id and removes all but the first of each; the ids that stood there more than once.
fn in_order<T>(elements: &mut Vec<T>, id_of: impl Fn(&T) -> i64) -> Vec<i64> {
    let mut doubles = Vec::new();
    if !elements.is_sorted_by(|a, b| id_of(a) < id_of(b)) {
        elements.sort_by_key(|element| id_of(element));
        elements.dedup_by(|next, kept| {
            let is_double = id_of(next) == id_of(kept);
            if is_double && doubles.last() != Some(&id_of(kept)) {
                doubles.push(id_of(kept));
            }
            is_double
        });
    }
    doubles
}
