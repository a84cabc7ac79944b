//! How far it is on foot from each place of an evening to each other, and the way there.

use rayon::prelude::*;

use super::problem::NO_WAY;
use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::Leg;
use crate::ground::place::On;
use crate::ground::place::Place;
use crate::ground::spot::Spot;
use crate::plan::walks::Walks;
use crate::units::Meters;

/// A way over the ground.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leading {
    /// From one place to the other.
    pub line: Vec<Spot>,
    /// Indices of the crossings used, in order.
    pub crossings: Vec<u32>,
}

/// The place of somebody who stands at a node.
pub fn at_node(ground: &Ground, node: u32) -> Place {
    Place {
        at: ground.nodes[node as usize],
        on: On::Land,
        legs: vec![Leg { node, cost: 0 }],
        bank: None,
    }
}

/// From each place to each, row by row, effective millimeters; [`NO_WAY`] beyond a limit. There and back are equally far.
///
/// `O(p k log k)` for `p` places and the `k` nodes within the limit of one, on all cores.
pub fn lengths(ground: &Ground, closures: &Closures, places: &[Place], limit: Meters) -> Vec<u32> {
    let memory = || Walks::new(ground);
    let rows: Vec<Vec<u32>> = places
        .par_iter()
        .map_init(memory, |walks, from| {
            walks.start(ground, closures, from, limit);
            let row = places.iter().map(|to| length(walks, from, to));
            row.collect()
        })
        .collect();
    let n_places = places.len();
    let mut lengths = rows.concat();
    for one in 0..n_places {
        for other in 0..one {
            // Two places that stand on no node may see each other from one side only.
            let pair = [one * n_places + other, other * n_places + one];
            let least = lengths[pair[0]].min(lengths[pair[1]]);
            lengths[pair[0]] = least;
            lengths[pair[1]] = least;
        }
        lengths[one * n_places + one] = 0;
    }
    lengths
}

fn length(walks: &Walks, from: &Place, to: &Place) -> u32 {
    let legs = to.legs.iter().map(|leg| {
        let known = walks.labels().distance(leg.node);
        known.saturating_add(leg.cost)
    });
    // Two nodes may be at one spot, on two sides of a wall.
    let here = (from == to).then_some(0);
    legs.chain(here).min().unwrap_or(NO_WAY).min(NO_WAY)
}

/// The way from one place to another; none if it is longer than that.
pub fn way(
    ground: &Ground,
    closures: &Closures,
    walks: &mut Walks,
    [from, to]: [&Place; 2],
    farthest: Meters,
) -> Option<Leading> {
    if from == to {
        return Some(Leading::default());
    }
    walks.start(ground, closures, from, farthest);
    let reached = |leg: &&Leg| {
        let known = walks.labels().distance(leg.node);
        known.saturating_add(leg.cost)
    };
    let last = to.legs.iter().min_by_key(reached)?;
    let route = ground.route(walks.labels(), last.node, (0, from))?;
    let mut line = vec![to.at];
    line.extend(route.spots);
    line.dedup();
    line.reverse();
    let mut crossings = route.crossings;
    crossings.reverse();
    Some(Leading { line, crossings })
}
