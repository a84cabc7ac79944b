//! The nearest equipment on foot, and the way to it, by a search from the place: however many are wanted.

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::graph::cost;
use crate::ground::place::BankSpot;
use crate::ground::place::FARTHEST_LEG;
use crate::ground::place::Place;
use crate::ground::search::FAR;
use crate::ground::spot::Spot;
use crate::ground::spot::lie_opposite;
use crate::plan::walks::Walks;
use crate::units::Meters;

/// The search goes at first at least so far.
const FIRST_SEARCH: Meters = Meters(200.0);

/// It goes so much farther than the straight distance to as many pieces as are wanted, and each further one than the one before.
const FARTHER: f64 = 1.4;

/// A bank is looked for within this distance of a place in the water: half of a wide river.
const FARTHEST_BANK: Meters = Meters(1_000.0);

/// One piece that somebody can walk to.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its number.
    pub piece: u32,
    /// The walk from the place itself, effective meters.
    pub walk: Meters,
    /// The straight distance.
    pub straight: Meters,
    /// The way, from the place to the piece.
    pub way: Way,
}

/// A way over the ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// From the place to the piece, pulled taut; empty if nobody wants it.
    pub line: Vec<Spot>,
    /// Indices of the crossings used, in order.
    pub crossings: Vec<u32>,
}

/// The pieces nearest to a place on foot, the nearest first; equal ones by number.
///
/// There must be as many that somebody can walk to. A bounded search that is widened until enough are found: `O(k log k)` for the nodes that are not much farther than the
/// last piece.
pub fn nearest(
    ground: &Ground,
    closures: &Closures,
    walks: &mut Walks,
    pieces: &[(u32, &Place)],
    from: &Place,
    most: usize,
) -> Vec<Found> {
    let mut limit = first_search(pieces, from, most);
    loop {
        walks.start(ground, closures, from, limit);
        let limit_mm = (limit.0 * 1000.0).min(f64::from(FAR - 1)) as u32;
        let walk = |&(piece, place): &(u32, &Place)| {
            let end = end_of(ground, walks, from, place)?;
            (end.cost <= limit_mm).then_some((end, piece))
        };
        let mut ends: Vec<(End, u32)> = pieces.iter().filter_map(walk).collect();
        if ends.len() >= most.min(pieces.len()) || limit_mm == FAR - 1 {
            ends.sort_unstable_by_key(|(end, piece)| (end.cost, *piece));
            ends.truncate(most);
            let place_of = |piece: u32| pieces.iter().find(|(other, _)| *other == piece);
            let found = ends.into_iter().filter_map(|(end, piece)| {
                let place = place_of(piece)?.1;
                Some(Found {
                    piece,
                    walk: Meters(f64::from(end.cost) / 1000.0),
                    straight: from.at.distance(place.at),
                    way: way(ground, walks, from, place, end),
                })
            });
            return found.collect();
        }
        limit = limit * FARTHER;
    }
}

/// No walk is shorter than the straight line, so as many pieces as are wanted are not found nearer than this.
fn first_search(pieces: &[(u32, &Place)], from: &Place, most: usize) -> Meters {
    let straight = pieces.iter().map(|(_, place)| from.at.distance(place.at).0);
    let mut straight: Vec<f64> = straight.collect();
    straight.sort_unstable_by(f64::total_cmp);
    let farthest = straight.get(most.min(straight.len()).saturating_sub(1));
    let farthest = Meters(farthest.copied().unwrap_or_default());
    FIRST_SEARCH.max(farthest * FARTHER)
}

/// How the shortest walk to a piece ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End {
    cost: u32,
    /// The last node; none where the walk meets no node at all.
    node: Option<u32>,
}

fn end_of(ground: &Ground, walks: &Walks, from: &Place, to: &Place) -> Option<End> {
    let labels = walks.labels();
    let by_node = to.legs.iter().filter_map(|leg| {
        let distance = labels.distance(leg.node);
        (distance != FAR).then(|| End {
            cost: distance.saturating_add(leg.cost),
            node: Some(leg.node),
        })
    });
    let best = by_node.min_by_key(|end| (end.cost, end.node));
    let direct = [
        along_bank(ground, from, to),
        straight(ground, from, to, best),
    ];
    let direct = direct.into_iter().flatten().min();
    match (best, direct) {
        (Some(best), Some(cost)) if cost < best.cost => Some(End { cost, node: None }),
        (Some(best), _) => Some(best),
        (None, Some(cost)) => Some(End { cost, node: None }),
        (None, None) => None,
    }
}

/// The straight walk, asked for only where it could be the shortest.
fn straight(ground: &Ground, from: &Place, to: &Place, best: Option<End>) -> Option<u32> {
    let distance = from.at.millimeters_to(to.at);
    let straight = cost(distance, ground.settings.open_factor);
    let could_win = best.is_none_or(|best| straight < best.cost);
    let is_near = distance <= FARTHEST_LEG.0 * 1000.0;
    (could_win && is_near)
        .then(|| ground.straight(from, to))
        .flatten()
}

/// The walk along the bank between two places on the same edge of it, effective millimeters.
pub fn along_bank(ground: &Ground, from: &Place, to: &Place) -> Option<u32> {
    let (a, b) = (from.bank?, to.bank?);
    if (a.bank, a.edge) != (b.bank, b.edge) {
        return None;
    }
    let settings = &ground.settings;
    let along = a.at.millimeters_to(b.at) * settings.bank_factor;
    let aside = (a.offset + b.offset).0 * 1000.0 * settings.open_factor;
    Some((along + aside).ceil() as u32)
}

fn way(ground: &Ground, walks: &Walks, from: &Place, to: &Place, end: End) -> Way {
    let route = end
        .node
        .and_then(|node| ground.route(walks.labels(), node, (0, from)));
    let (mut line, mut crossings) = (vec![to.at], Vec::new());
    match route {
        Some(route) => {
            line.extend(route.spots);
            crossings = route.crossings;
        }
        None => line.push(from.at),
    }
    line.dedup();
    line.reverse();
    crossings.reverse();
    if let [only] = line[..] {
        line.push(only);
    }
    Way { line, crossings }
}

/// The bank on each side of a place in the water, the nearer first.
pub fn sides(ground: &Ground, spot: Spot) -> Vec<BankSpot> {
    let mut banks = ground.banks_from(spot, FARTHEST_BANK);
    let Some(first) = banks.next() else {
        return Vec::new();
    };
    let water_of = |bank: &BankSpot| ground.banks[bank.bank as usize].water_body;
    let same_water = water_of(&first);
    let n_banks = ground.n_banks_of[same_water];
    // Around a pond there is one bank, and nothing to look for across a whole lake.
    let mut others = banks.filter(|bank| water_of(bank) == same_water);
    let second = others
        .by_ref()
        .take(n_banks - 1)
        .find(|other| lie_opposite(spot, first.at, other.at));
    [Some(first), second].into_iter().flatten().collect()
}
