//! The two nearest pieces of every node: what is left when any one piece is gone.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::graph::Footing;
use crate::ground::place::Place;
use crate::ground::search::Label;

/// For every node, the nearest piece and the nearest other piece, both within the limit.
#[derive(Clone, Debug)]
pub struct TwoNearest {
    labels: Vec<[Option<Label>; 2]>,
}

impl TwoNearest {
    /// One search in which every node is passed twice.
    ///
    /// # Units
    ///
    /// The limit is in effective millimeters, inclusive. `O((V + E) log V)` over the nodes within it.
    pub fn new<'a>(
        ground: &Ground,
        closures: &Closures,
        pieces: impl IntoIterator<Item = (u32, &'a Place)>,
        limit: u32,
    ) -> Self {
        let mut found = Self {
            labels: vec![[None; 2]; ground.graph.n_nodes()],
        };
        // Distance, origin, node, node before plus one: in this order, so that ties go as in a plain search.
        let mut front: BinaryHeap<Reverse<(u32, u32, u32, u32)>> = BinaryHeap::new();
        for (piece, place) in pieces {
            let near = place.legs.iter().filter(|leg| leg.cost <= limit);
            front.extend(near.map(|leg| Reverse((leg.cost, piece, leg.node, 0))));
        }
        while let Some(Reverse((distance, origin, node, before))) = front.pop() {
            let label = Label {
                distance,
                origin,
                before: before.checked_sub(1),
            };
            if !found.take(node, label) {
                continue;
            }
            for (to, arc) in ground.graph.neighbors(node) {
                let next = distance.saturating_add(arc.cost);
                let is_barred = arc.footing() == Footing::Crossing
                    && closures.is_closed(ground.graph.over[arc.to() as usize].crossing);
                if next <= limit && !is_barred && found.wants(to, origin) {
                    front.push(Reverse((next, origin, to, node + 1)));
                }
            }
        }
        found
    }

    /// What is known of a node: up to two pieces, the nearer first.
    pub fn labels(&self, node: u32) -> impl Iterator<Item = Label> {
        self.labels[node as usize].into_iter().flatten()
    }

    fn wants(&self, node: u32, origin: u32) -> bool {
        match self.labels[node as usize] {
            [None, _] => true,
            [Some(first), None] => first.origin != origin,
            [Some(_), Some(_)] => false,
        }
    }

    fn take(&mut self, node: u32, label: Label) -> bool {
        let wants = self.wants(node, label.origin);
        if wants {
            let [first, second] = &mut self.labels[node as usize];
            *(if first.is_none() { first } else { second }) = Some(label);
        }
        wants
    }
}
