//! Walks from one place to everywhere within a limit, again and again in the same memory.

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::Place;
use crate::ground::search::FAR;
use crate::ground::search::Front;
use crate::ground::search::Label;
use crate::ground::search::Labels;
use crate::units::Meters;

/// The walks from one place; what was found stays until the next start.
#[derive(Debug)]
pub struct Walks {
    labels: Labels,
    front: Front,
    touched: Vec<u32>,
}

impl Walks {
    /// Working memory for this ground and no other.
    pub fn new(ground: &Ground) -> Self {
        Self {
            labels: Labels::new(ground.graph.n_nodes()),
            front: Front::default(),
            touched: Vec::new(),
        }
    }

    /// Walks from a place to every node within a limit (effective meters, inclusive).
    ///
    /// `O(k log k)` for the `k` nodes within the limit; the last walks are forgotten first.
    pub fn start(&mut self, ground: &Ground, closures: &Closures, place: &Place, limit: Meters) {
        // Forgotten here and not at the end, so that a caller who was interrupted leaves nothing behind.
        for &node in &self.touched {
            self.labels.forget(node);
        }
        self.touched.clear();
        let limit = (limit.0 * 1000.0).min(f64::from(FAR - 1)) as u32;
        for leg in place.legs.iter().filter(|leg| leg.cost <= limit) {
            let label = Label {
                distance: leg.cost,
                origin: 0,
                before: None,
            };
            self.touched.push(leg.node);
            self.labels.offer(&mut self.front, leg.node, label);
        }
        let touched = &mut self.touched;
        self.labels
            .spread(&ground.graph, closures, &mut self.front, limit, |node| {
                touched.push(node);
            });
    }

    /// How far every node is from the place.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// The nodes that were reached, some of them more than once.
    pub fn touched(&self) -> &[u32] {
        &self.touched
    }
}
