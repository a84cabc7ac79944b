//! Shortest walks from many places at once, over the whole graph or up to a limit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ground::Closures;
use crate::ground::graph::Graph;

/// Farther than anything: not reached.
pub const FAR: u32 = u32::MAX;

/// What is known of a node: how far, from which origin, by way of which node.
///
/// Equal distances go to the lower origin, then to the lower way; so labels depend on the graph and the origins
/// alone, never on the order in which they were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Effective millimeters; [`FAR`] if not reached.
    pub distance: u32,
    /// Which origin.
    pub origin: u32,
    /// The node before this one on the way from the origin; none where the origin itself is in sight.
    pub before: Option<u32>,
}

/// The labels of all nodes: of each, those of the `K` nearest origins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels<const K: usize = 1> {
    /// Distance in the upper half, origin in the lower: one comparison orders by both. Of each node, in this order.
    keys: Vec<[u64; K]>,
    /// The node before plus one; 0 for the origin itself.
    before: Vec<[u32; K]>,
}

/// Nodes with a label that is not yet passed on.
#[derive(Clone, Debug, Default)]
pub struct Front(BinaryHeap<Reverse<u64>>);

const UNREACHED: u64 = u64::MAX;

/// What an offer changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Improved {
    Nothing,
    /// The way alone.
    Way,
    Key,
}

impl<const K: usize> Labels<K> {
    /// No node reached.
    pub fn new(n_nodes: usize) -> Self {
        Self {
            keys: vec![[UNREACHED; K]; n_nodes],
            before: vec![[0; K]; n_nodes],
        }
    }

    /// The labels of the nearest origins alone.
    pub fn nearest(&self) -> Labels {
        Labels {
            keys: self.keys.iter().map(|keys| [keys[0]]).collect(),
            before: self.before.iter().map(|before| [before[0]]).collect(),
        }
    }

    /// What is known of a node's nearest origin.
    pub fn get(&self, node: u32) -> Label {
        self.at(node, 0)
    }

    /// What is known of a node, the nearest origin first: as many as reach it, at most `K`.
    pub fn ranked(&self, node: u32) -> impl Iterator<Item = Label> {
        (0..K).map_while(move |rank| self.at_rank(node, rank))
    }

    /// What is known of a node's nearest origin (rank 0), the next (1) and so on.
    pub fn at_rank(&self, node: u32, rank: usize) -> Option<Label> {
        (self.keys[node as usize][rank] != UNREACHED).then(|| self.at(node, rank))
    }

    /// What a node knows of one origin, if that is among its nearest.
    pub fn of(&self, node: u32, origin: u32) -> Option<Label> {
        self.ranked(node).find(|label| label.origin == origin)
    }

    /// How far a node is from its nearest origin, effective millimeters.
    pub fn distance(&self, node: u32) -> u32 {
        (self.keys[node as usize][0] >> 32) as u32
    }

    /// Forgets a node.
    pub fn forget(&mut self, node: u32) {
        self.keys[node as usize] = [UNREACHED; K];
        self.before[node as usize] = [0; K];
    }

    /// Forgets what a node knows of one origin.
    pub fn forget_origin(&mut self, node: u32, origin: u32) {
        let keys = &mut self.keys[node as usize];
        let is_it = |key: &u64| *key != UNREACHED && *key as u32 == origin;
        if let Some(rank) = keys.iter().position(is_it) {
            let before = &mut self.before[node as usize];
            keys[rank..].rotate_left(1);
            before[rank..].rotate_left(1);
            keys[K - 1] = UNREACHED;
            before[K - 1] = 0;
        }
    }

    /// Offers a node a label; true if it is better than what the node has.
    pub fn offer(&mut self, front: &mut Front, node: u32, label: Label) -> bool {
        let key = (u64::from(label.distance) << 32) | u64::from(label.origin);
        let before = label.before.map_or(0, |before| before + 1);
        let improved = self.improve(node, key, before);
        if improved == Improved::Key {
            front.push(label.distance, node);
        }
        improved != Improved::Nothing
    }

    /// Passes labels on until all nodes within the limit (inclusive, effective millimeters) have their final ones.
    ///
    /// `changed` is told every node that gets a better label, perhaps more than once.
    /// `O(K (V + E) log V)` over the nodes and edges within the limit, however many origins there are.
    pub fn spread(
        &mut self,
        graph: &Graph,
        closures: &Closures,
        front: &mut Front,
        limit: u32,
        mut changed: impl FnMut(u32),
    ) {
        let mut last = None;
        while let Some(Reverse(entry)) = front.0.pop() {
            // Origins that are equally far away are passed on together.
            if K > 1 && last.replace(entry) == Some(entry) {
                continue;
            }
            let (distance, node) = ((entry >> 32) as u32, entry as u32);
            for rank in 0..K {
                let key = self.keys[node as usize][rank];
                if (key >> 32) as u32 != distance {
                    continue;
                }
                let origin = u64::from(key as u32);
                for &arc in graph.arcs(node) {
                    let next = distance.saturating_add(arc.cost);
                    if next > limit {
                        continue;
                    }
                    let to = if arc.is_over() {
                        let over = graph.over[arc.to() as usize];
                        if closures.is_closed(over.crossing) {
                            continue;
                        }
                        over.to
                    } else {
                        arc.to()
                    };
                    match self.improve(to, (u64::from(next) << 32) | origin, node + 1) {
                        Improved::Nothing => {}
                        Improved::Way => changed(to),
                        Improved::Key => {
                            changed(to);
                            front.push(next, to);
                        }
                    }
                }
            }
        }
    }

    fn at(&self, node: u32, rank: usize) -> Label {
        let key = self.keys[node as usize][rank];
        Label {
            distance: (key >> 32) as u32,
            origin: key as u32,
            before: self.before[node as usize][rank].checked_sub(1),
        }
    }

    /// Takes a label in, if it is among the best of its node; each origin has at most one.
    #[inline]
    fn improve(&mut self, node: u32, key: u64, before: u32) -> Improved {
        let keys = &mut self.keys[node as usize];
        if key > keys[K - 1] {
            return Improved::Nothing;
        }
        let ways = &mut self.before[node as usize];
        let mut rank = K - 1;
        for (own, &known) in keys.iter().enumerate() {
            if known as u32 == key as u32 && known != UNREACHED {
                if key > known || (key == known && before >= ways[own]) {
                    return Improved::Nothing;
                }
                if key == known {
                    ways[own] = before;
                    return Improved::Way;
                }
                rank = own;
                break;
            }
        }
        while rank > 0 && keys[rank - 1] > key {
            keys[rank] = keys[rank - 1];
            ways[rank] = ways[rank - 1];
            rank -= 1;
        }
        keys[rank] = key;
        ways[rank] = before;
        Improved::Key
    }
}

impl Front {
    fn push(&mut self, distance: u32, node: u32) {
        self.0
            .push(Reverse((u64::from(distance) << 32) | u64::from(node)));
    }
}
