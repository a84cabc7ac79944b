//! Islands: the parts of the ground between which nobody can walk, and what stands on each.

use rustc_hash::FxHashMap;

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::Place;
use crate::ground::search::FAR;

/// Which nodes can be reached from which on foot.
#[derive(Clone, Debug)]
pub struct Islands(Vec<u32>);

impl Islands {
    /// Numbers the parts of the ground between which nobody can walk: `O(V + E)`.
    pub fn new(ground: &Ground, closures: &Closures) -> Self {
        let mut island_of = vec![FAR; ground.graph.n_nodes()];
        let mut queue = Vec::new();
        for first in 0..ground.graph.n_nodes() as u32 {
            if island_of[first as usize] != FAR {
                continue;
            }
            island_of[first as usize] = first;
            queue.push(first);
            while let Some(node) = queue.pop() {
                for (next, _) in ground.graph.open_neighbors(node, closures) {
                    if island_of[next as usize] == FAR {
                        island_of[next as usize] = first;
                        queue.push(next);
                    }
                }
            }
        }
        Self(island_of)
    }

    /// The islands to which a place has a leg, in order: one, as a rule.
    pub fn of(&self, place: &Place) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::with_capacity(1);
        for leg in &place.legs {
            let island = self.0[leg.node as usize];
            if !found.contains(&island) {
                found.push(island);
            }
        }
        found.sort_unstable();
        found
    }

    /// The islands to which any of some places has a leg, in order.
    pub fn of_all(&self, places: &[&Place]) -> Vec<u32> {
        if let [only] = places {
            return self.of(only);
        }
        let mut found: Vec<u32> = places.iter().flat_map(|place| self.of(place)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// How many pieces stand on each island.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    n_pieces: usize,
    by_island: FxHashMap<u32, usize>,
    /// Those that have a leg to no island or to several, and their islands.
    others: Vec<(Place, Vec<u32>)>,
}

impl Settled {
    /// Counts pieces.
    pub fn new<'p>(islands: &Islands, pieces: impl Iterator<Item = &'p Place>) -> Self {
        let mut settled = Self::default();
        for place in pieces {
            settled.add(islands, place);
        }
        settled
    }

    /// Counts one more.
    pub fn add(&mut self, islands: &Islands, place: &Place) {
        self.n_pieces += 1;
        match islands.of(place)[..] {
            [only] => *self.by_island.entry(only).or_default() += 1,
            ref several => self.others.push((place.clone(), several.to_vec())),
        }
    }

    /// Counts one of them no longer.
    pub fn remove(&mut self, islands: &Islands, place: &Place) {
        self.n_pieces -= 1;
        if let [only] = islands.of(place)[..] {
            if let Some(n_pieces) = self.by_island.get_mut(&only) {
                *n_pieces -= 1;
            }
            return;
        }
        let mut others = self.others.iter();
        if let Some(index) = others.position(|(other, _)| other == place) {
            self.others.swap_remove(index);
        }
    }

    /// How many of the pieces nobody can walk to from any of some places, whose [islands](Islands::of_all) are `here`.
    pub fn n_unreachable(&self, ground: &Ground, here: &[u32], from: &[&Place]) -> usize {
        let on_islands = here.iter().filter_map(|island| self.by_island.get(island));
        let is_joined = |(place, own): &&(Place, Vec<u32>)| {
            own.iter().any(|island| here.binary_search(island).is_ok())
                || from
                    .iter()
                    .any(|from| ground.straight(from, place).is_some())
        };
        let others = self.others.iter().filter(is_joined).count();
        self.n_pieces - on_islands.sum::<usize>() - others
    }
}
