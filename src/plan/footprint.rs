//! Footprints: the stretches of bank that one piece covers by itself. Coverage is their union, so that one more piece never lengthens a gap.

use rayon::prelude::*;

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::glimpse::Eye;
use crate::ground::place::Place;
use crate::plan::edge::Approach;
use crate::plan::edge::BankEdge;
use crate::plan::edge::approaches;
use crate::plan::edge::covered;
use crate::plan::intervals::Intervals;
use crate::plan::walks::Walks;
use crate::units::Meters;

/// What one piece covers: for every bank it touches, in order, the parts within the limit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Footprint(pub Vec<(u32, Intervals)>);

/// Measures footprints on one ground, one after another; keeps its working memory, which is as large as the graph.
#[derive(Debug)]
pub struct Surveyor {
    walks: Walks,
    edges: Vec<(u32, u32)>,
    approaches: Vec<Approach>,
}

impl Surveyor {
    /// A surveyor for this ground and no other.
    pub fn new(ground: &Ground) -> Self {
        Self {
            walks: Walks::new(ground),
            edges: Vec::new(),
            approaches: Vec::new(),
        }
    }

    /// The walks that footprints are measured with, for other questions.
    pub fn walks(&mut self) -> &mut Walks {
        &mut self.walks
    }

    /// What a piece at a place covers within a limit (effective meters, inclusive).
    ///
    /// One bounded search: `O(k log k)` for the `k` nodes within the limit.
    pub fn footprint(
        &mut self,
        ground: &Ground,
        closures: &Closures,
        place: &Place,
        limit: Meters,
    ) -> Footprint {
        // An edge may be nearer in its middle than at both its ends, by half its length over open ground.
        let slack = Meters(10.0) * ground.settings.open_factor;
        let eye = ground.eye_at(place);
        self.walks.start(ground, closures, place, limit + slack);
        self.gather_edges(ground);
        let mut found = Footprint::default();
        let mut pieces = Vec::new();
        for i in 0..self.edges.len() {
            let (bank, index) = self.edges[i];
            self.add_edge(ground, (place, eye), (bank, index), limit, &mut pieces);
            let is_last_of_bank = self.edges.get(i + 1).is_none_or(|next| next.0 != bank);
            if is_last_of_bank && !pieces.is_empty() {
                found
                    .0
                    .push((bank, Intervals::union(std::mem::take(&mut pieces))));
            }
        }
        found
    }

    /// The bank edges at the nodes that were reached.
    fn gather_edges(&mut self, ground: &Ground) {
        self.edges.clear();
        for &node in self.walks.touched() {
            let edges = ground.banks_of.of(node).iter();
            self.edges.extend(edges.map(|on| (on.bank, on.edge)));
        }
        self.edges.sort_unstable();
        self.edges.dedup();
    }

    fn add_edge(
        &mut self,
        ground: &Ground,
        (place, eye): (&Place, Option<Eye>),
        (bank, index): (u32, u32),
        limit: Meters,
        pieces: &mut Vec<(f64, f64)>,
    ) {
        let labels = self.walks.labels();
        let edge = BankEdge::new(ground, bank, index);
        let chainage = &ground.banks[bank as usize].chainage;
        let (start, end) = (chainage[index as usize].0, chainage[index as usize + 1].0);
        let [a, b] = edge
            .nodes
            .map(|node| f64::from(labels.distance(node)) / 1000.0);
        if a + b + edge.length * ground.settings.bank_factor <= 2.0 * limit.0 && a.max(b) <= limit.0
        {
            pieces.push((start, end));
            return;
        }
        approaches(ground, &edge, labels, (place, eye), &mut self.approaches);
        for (from, to) in covered(ground, &edge, &self.approaches, limit.0).0 {
            // An edge that is covered to its end is covered to the very number where the next begins.
            let to = if to >= edge.length { end } else { start + to };
            pieces.push((start + from, to));
        }
    }
}

/// The footprints of many pieces, on all cores.
pub fn footprints<'p>(
    ground: &Ground,
    closures: &Closures,
    pieces: impl IntoIterator<Item = (u32, &'p Place)>,
    limit: Meters,
) -> Vec<(u32, Footprint)> {
    let pieces: Vec<(u32, &Place)> = pieces.into_iter().collect();
    pieces
        .par_chunks(64)
        .flat_map_iter(|pieces| {
            let mut surveyor = Surveyor::new(ground);
            let measured: Vec<(u32, Footprint)> = pieces
                .iter()
                .map(|&(piece, place)| {
                    let footprint = surveyor.footprint(ground, closures, place, limit);
                    (piece, footprint)
                })
                .collect();
            measured
        })
        .collect()
}

/// For every bank, the parts that each piece covers.
pub fn by_bank(ground: &Ground, footprints: Vec<(u32, Footprint)>) -> Vec<Vec<(u32, Intervals)>> {
    let mut by_bank = vec![Vec::new(); ground.banks.len()];
    for (piece, footprint) in footprints {
        for (bank, covered) in footprint.0 {
            by_bank[bank as usize].push((piece, covered));
        }
    }
    by_bank
}
