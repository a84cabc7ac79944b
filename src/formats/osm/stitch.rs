//! Ways of a relation, put together to closed outlines where their end nodes are the same.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::formats::osm::elements::Role;

/// A way as a relation names it.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// Its nodes; at least two.
    pub refs: &'a [i64],
    /// What the relation says about it.
    pub role: Role,
}

/// Ways put together end to end.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// The nodes; of a closed chain, the last is the first.
    pub refs: Vec<i64>,
    /// Inner only when every way in it is.
    pub role: Role,
}

impl Chain {
    /// Whether it ends where it starts.
    pub fn is_closed(&self) -> bool {
        self.refs.len() > 2 && self.refs.first() == self.refs.last()
    }
}

/// The pieces put together as far as they go: `O(n)`.
///
/// Where more than two pieces meet, one of the same role goes on, else the first that is left.
pub fn chains(pieces: &[Piece]) -> Vec<Chain> {
    let mut unused = Unused::new(pieces);
    let mut chains = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if !unused.take(index) {
            continue;
        }
        let mut chain = Chain {
            refs: piece.refs.to_vec(),
            role: piece.role,
        };
        unused.extend(&mut chain);
        if !chain.is_closed() {
            chain.refs.reverse();
            unused.extend(&mut chain);
        }
        chains.push(chain);
    }
    chains
}

/// The pieces that are in no chain yet.
struct Unused<'a> {
    pieces: &'a [Piece<'a>],
    is_used: Vec<bool>,
    /// Open pieces by their end nodes; also used ones, until they are met.
    by_end: FxHashMap<(i64, Role), Vec<usize>>,
}

impl<'a> Unused<'a> {
    fn new(pieces: &'a [Piece<'a>]) -> Self {
        let mut by_end: FxHashMap<(i64, Role), Vec<usize>> = FxHashMap::default();
        // Backwards, so that the first piece is the last in its list, where it is taken from.
        for (index, piece) in pieces.iter().enumerate().rev() {
            let (first, last) = (piece.refs[0], piece.refs[piece.refs.len() - 1]);
            if first != last {
                by_end.entry((first, piece.role)).or_default().push(index);
                by_end.entry((last, piece.role)).or_default().push(index);
            }
        }
        Self {
            pieces,
            is_used: vec![false; pieces.len()],
            by_end,
        }
    }

    /// Takes a piece, if nobody has.
    fn take(&mut self, index: usize) -> bool {
        !std::mem::replace(&mut self.is_used[index], true)
    }

    /// Takes a piece that ends at a node.
    fn take_at(&mut self, node: i64, role: Role) -> Option<Piece<'a>> {
        let other = match role {
            Role::Inner => Role::Outer,
            Role::Outer => Role::Inner,
        };
        for role in [role, other] {
            while let Some(index) = self.by_end.get_mut(&(node, role)).and_then(Vec::pop) {
                if self.take(index) {
                    return Some(self.pieces[index]);
                }
            }
        }
        None
    }

    /// Lengthens a chain at its end until it closes or nothing goes on.
    fn extend(&mut self, chain: &mut Chain) {
        while !chain.is_closed() {
            let end = chain.refs[chain.refs.len() - 1];
            let Some(piece) = self.take_at(end, chain.role) else {
                return;
            };
            if piece.refs[0] == end {
                chain.refs.extend(&piece.refs[1..]);
            } else {
                chain.refs.extend(piece.refs.iter().rev().skip(1));
            }
            if piece.role == Role::Outer {
                chain.role = Role::Outer;
            }
        }
    }
}

/// A corner of an outline, and whether the edge after it was drawn to close a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corner {
    /// The node.
    pub node: i64,
    /// Whether the edge to the next corner is no shore.
    pub is_cut_after: bool,
}

/// The loops of a closed outline that passes through some nodes more than once; `O(n)`.
///
/// The same edges, so the same inside by the even-odd rule; edges there and back again cancel out.
pub fn loops(outline: &[Corner]) -> Vec<Vec<Corner>> {
    let mut loops = Vec::new();
    let mut open: Vec<Corner> = Vec::new();
    let mut position: FxHashMap<i64, usize> = FxHashMap::default();
    for corner in outline {
        if let Some(&start) = position.get(&corner.node) {
            for passed in &open[start + 1..] {
                position.remove(&passed.node);
            }
            let found = open.split_off(start);
            if found.len() > 2 {
                loops.push(found);
            }
            open.push(*corner);
        } else {
            position.insert(corner.node, open.len());
            open.push(*corner);
        }
    }
    if open.len() > 2 {
        loops.push(open);
    }
    loops
}

/// Which of these rings are the same as one before them, whatever their start and direction.
pub fn doubles(rings: &[Vec<Corner>]) -> Vec<bool> {
    if rings.len() < 2 {
        return vec![false; rings.len()];
    }
    let mut seen = FxHashSet::default();
    rings
        .iter()
        .map(|ring| !seen.insert(canonical(ring)))
        .collect()
}

/// The nodes of a ring from the lowest on, towards its lower neighbor.
fn canonical(ring: &[Corner]) -> Vec<i64> {
    let n = ring.len();
    let lowest = (0..n).min_by_key(|i| ring[*i].node).unwrap_or(0);
    let before = ring[(lowest + n - 1) % n].node;
    let after = ring[(lowest + 1) % n].node;
    if before < after {
        (0..n).map(|i| ring[(lowest + n - i) % n].node).collect()
    } else {
        (0..n).map(|i| ring[(lowest + i) % n].node).collect()
    }
}
