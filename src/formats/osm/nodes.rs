//! Where the nodes lie: a compact store that is searched by id.

use crate::geometry::lon_lat::LonLat;

/// One node.
///
/// # Units
///
/// `1e-7` degrees, as OpenStreetMap itself keeps them; within the earth's bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its id.
    pub id: i64,
    lon: i32,
    lat: i32,
}

/// `1e-7` degrees per degree.
const STEPS: f64 = 1e7;
const MAX_LON: i64 = 1_800_000_000;
const MAX_LAT: i64 = 900_000_000;

impl Node {
    /// A node from units of `1e-7` degrees, if they are a place on the earth.
    pub fn from_steps(id: i64, lon: i64, lat: i64) -> Option<Self> {
        if lon.unsigned_abs() > MAX_LON.unsigned_abs()
            || lat.unsigned_abs() > MAX_LAT.unsigned_abs()
        {
            return None;
        }
        Some(Self {
            id,
            lon: i32::try_from(lon).ok()?,
            lat: i32::try_from(lat).ok()?,
        })
    }

    /// A node from degrees, if they are a place on the earth.
    pub fn from_degrees(id: i64, lon: f64, lat: f64) -> Option<Self> {
        let place = LonLat::new(lon, lat).ok()?;
        let (lon, lat) = place.key();
        Some(Self { id, lon, lat })
    }

    /// Where it lies.
    pub fn place(self) -> LonLat {
        LonLat::new(f64::from(self.lon) / STEPS, f64::from(self.lat) / STEPS)
            .expect("a node is only made of a place on the earth")
    }
}

/// All nodes of a file, by id.
#[derive(Debug, Default)]
pub struct Nodes {
    /// In order of id, within and across the chunks; none is empty.
    chunks: Vec<Vec<Node>>,
    /// The first id of every chunk.
    firsts: Vec<i64>,
}

impl Nodes {
    /// The store of these nodes; also the ids that stand for more than one place, of which the first is kept.
    ///
    /// Files list their nodes in order of id, and then nothing is copied; otherwise `O(n log n)`.
    pub fn new(mut chunks: Vec<Vec<Node>>) -> (Self, Vec<i64>) {
        chunks.retain(|chunk| !chunk.is_empty());
        let ids = || chunks.iter().flatten().map(|node| node.id);
        let mut clashes = Vec::new();
        if !ids().is_sorted_by(|a, b| a < b) {
            let mut all: Vec<Node> = chunks.into_iter().flatten().collect();
            all.sort_by_key(|node| node.id);
            all.dedup_by(|next, kept| {
                if next.id == kept.id && next != kept {
                    clashes.push(kept.id);
                }
                next.id == kept.id
            });
            clashes.dedup();
            chunks = vec![all];
        }
        let firsts = chunks.iter().map(|chunk| chunk[0].id).collect();
        (Self { chunks, firsts }, clashes)
    }

    /// A search that is fast for ids near the one before.
    pub fn finder(&self) -> Finder<'_> {
        Finder {
            nodes: self,
            chunk: 0,
            next: 0,
        }
    }
}

/// A search for nodes that remembers where it was: the nodes of a way often follow each other.
#[derive(Clone, Debug)]
pub struct Finder<'a> {
    nodes: &'a Nodes,
    chunk: usize,
    /// Behind the node that was found last.
    next: usize,
}

impl Finder<'_> {
    /// Where a node lies, if the file holds it; `O(log n)`, `O(1)` for the next node in order.
    pub fn find(&mut self, id: i64) -> Option<LonLat> {
        let chunks = &self.nodes.chunks;
        if let Some(node) = chunks
            .get(self.chunk)
            .and_then(|chunk| chunk.get(self.next))
            && node.id == id
        {
            self.next += 1;
            return Some(node.place());
        }
        self.chunk = self
            .nodes
            .firsts
            .partition_point(|first| *first <= id)
            .checked_sub(1)?;
        let chunk = &chunks[self.chunk];
        let index = chunk.binary_search_by_key(&id, |node| node.id).ok()?;
        self.next = index + 1;
        Some(chunk[index].place())
    }
}
