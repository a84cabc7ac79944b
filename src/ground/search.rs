//! Shortest walks from many places at once, over the whole graph or up to a limit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ground::Closures;
use crate::ground::graph::Footing;
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

/// The labels of all nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Distance in the upper half, origin in the lower: one comparison orders by both.
    keys: Vec<u64>,
    /// The node before plus one; 0 for the origin itself.
    before: Vec<u32>,
}

/// Nodes whose label is set but not yet passed on.
#[derive(Clone, Debug, Default)]
pub struct Front(BinaryHeap<Reverse<u64>>);

const UNREACHED: u64 = u64::MAX;

impl Labels {
    /// No node reached.
    pub fn new(n_nodes: usize) -> Self {
        Self {
            keys: vec![UNREACHED; n_nodes],
            before: vec![0; n_nodes],
        }
    }

    /// What is known of a node.
    pub fn get(&self, node: u32) -> Label {
        let key = self.keys[node as usize];
        Label {
            distance: (key >> 32) as u32,
            origin: key as u32,
            before: self.before[node as usize].checked_sub(1),
        }
    }

    /// How far a node is from its origin, effective millimeters.
    pub fn distance(&self, node: u32) -> u32 {
        (self.keys[node as usize] >> 32) as u32
    }

    /// Forgets a node.
    pub fn forget(&mut self, node: u32) {
        self.keys[node as usize] = UNREACHED;
        self.before[node as usize] = 0;
    }

    /// Offers a node a label; true if it is better than what the node has.
    pub fn offer(&mut self, front: &mut Front, node: u32, label: Label) -> bool {
        let key = (u64::from(label.distance) << 32) | u64::from(label.origin);
        let before = label.before.map_or(0, |before| before + 1);
        let old = self.keys[node as usize];
        if key > old || (key == old && before >= self.before[node as usize]) {
            return false;
        }
        self.keys[node as usize] = key;
        self.before[node as usize] = before;
        if old != key {
            front
                .0
                .push(Reverse((u64::from(label.distance) << 32) | u64::from(node)));
        }
        true
    }

    /// Passes labels on until all nodes within the limit (inclusive, effective millimeters) have their final one.
    ///
    /// `changed` is told every node that gets a better label, perhaps more than once.
    /// `O((V + E) log V)` over the nodes and edges within the limit, however many origins there are.
    pub fn spread(
        &mut self,
        graph: &Graph,
        closures: &Closures,
        front: &mut Front,
        limit: u32,
        mut changed: impl FnMut(u32),
    ) {
        while let Some(Reverse(entry)) = front.0.pop() {
            let (distance, node) = ((entry >> 32) as u32, entry as u32);
            let key = self.keys[node as usize];
            if (key >> 32) as u32 != distance {
                continue;
            }
            let origin = u64::from(key as u32);
            for &arc in graph.arcs(node) {
                let next = distance.saturating_add(arc.cost);
                if next > limit {
                    continue;
                }
                let to = match arc.footing() {
                    Footing::Open | Footing::Bank | Footing::Path => arc.to(),
                    Footing::Crossing => {
                        let over = graph.over[arc.to() as usize];
                        if closures.is_closed(over.crossing) {
                            continue;
                        }
                        over.to
                    }
                };
                let offered = (u64::from(next) << 32) | origin;
                let old = self.keys[to as usize];
                if offered > old || (offered == old && node + 1 >= self.before[to as usize]) {
                    continue;
                }
                self.keys[to as usize] = offered;
                self.before[to as usize] = node + 1;
                changed(to);
                if old != offered {
                    front
                        .0
                        .push(Reverse((u64::from(next) << 32) | u64::from(to)));
                }
            }
        }
    }
}
