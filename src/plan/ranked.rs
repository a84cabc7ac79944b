//! The few nearest pieces, looked up: every node of the ground knows its own.
//!
//! A piece that is among the nearest of a place is among the nearest of the node by which the walk to it leaves the
//! place: whatever is nearer to the node is nearer to the place too.

use crate::ground::Ground;
use crate::ground::graph::cost;
use crate::ground::place::BankSpot;
use crate::ground::place::FARTHEST_LEG;
use crate::ground::place::Leg;
use crate::ground::place::Place;
use crate::ground::reach::Reach;
use crate::ground::search::FAR;
use crate::ground::spot::Spot;
use crate::plan::nearest::Found;
use crate::plan::nearest::Way;
use crate::plan::nearest::along_bank;
use crate::plan::straight::PieceTree;
use crate::units::Meters;

/// So many nearest pieces of each kind are known at every node.
pub const RANKED: usize = 3;

/// Pieces of one kind: the nearest of every node, and where they are.
#[derive(Clone, Copy, Debug)]
pub struct RankedKind<'a> {
    /// The nearest pieces of every node.
    pub reach: &'a Reach<RANKED>,
    /// All pieces, for straight distances.
    pub at: &'a PieceTree,
}

/// One of the nearest pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// Effective millimeters from the place itself.
    pub cost: u32,
    /// Its number.
    pub piece: u32,
    /// Which of the kinds it is of.
    pub kind: usize,
    /// The first node on the way; none where the walk meets none.
    pub node: Option<u32>,
}

/// The nearest pieces found so far, the nearest first; equal ones by number.
struct Best {
    most: usize,
    found: Vec<Near>,
}

impl Best {
    fn new(most: usize) -> Self {
        Self {
            most,
            found: Vec::with_capacity(most + 1),
        }
    }

    /// Farther than this, nothing is wanted.
    fn bound(&self) -> u32 {
        match self.found.last() {
            Some(last) if self.found.len() == self.most => last.cost,
            _ => FAR,
        }
    }

    fn offer(&mut self, near: Near) {
        if near.cost > self.bound() {
            return;
        }
        let is_same = |found: &Near| found.piece == near.piece;
        if let Some(known) = self.found.iter().position(is_same) {
            if self.found[known].cost <= near.cost {
                return;
            }
            self.found.remove(known);
        }
        let key = |near: &Near| (near.cost, near.piece);
        let rank = self.found.partition_point(|found| key(found) < key(&near));
        self.found.insert(rank, near);
        self.found.truncate(self.most);
    }

    fn offer_legs(&mut self, kinds: &[RankedKind<'_>], legs: &[Leg]) {
        for leg in legs {
            for (index, kind) in kinds.iter().enumerate() {
                for label in kind.reach.labels().ranked(leg.node) {
                    let cost = leg.cost.saturating_add(label.distance);
                    if cost > self.bound() {
                        break;
                    }
                    self.offer(Near {
                        cost,
                        piece: label.origin,
                        kind: index,
                        node: Some(leg.node),
                    });
                }
            }
        }
    }

    /// Pieces in sight, and those beside the place on the bank: the walk to them may meet no node.
    fn offer_direct(&mut self, ground: &Ground, kinds: &[RankedKind<'_>], from: &Place) {
        let settings = &ground.settings;
        let least_factor = settings.open_factor.min(settings.bank_factor);
        let here = [f64::from(from.at.x), f64::from(from.at.y)];
        for (index, kind) in kinds.iter().enumerate() {
            for (entry, square) in kind.at.nearest_neighbor_iter_with_distance_2(here) {
                let distance = square.sqrt();
                let least = cost(distance, least_factor);
                if least > self.bound() || distance > FARTHEST_LEG.0 * 1000.0 {
                    break;
                }
                let Some(to) = kind.reach.pieces().place(entry.data) else {
                    continue;
                };
                let open = cost(distance, settings.open_factor);
                let known = self.found.iter().find(|near| near.piece == entry.data);
                let known = known.map_or(self.bound(), |near| near.cost);
                let in_sight = (open <= known).then(|| ground.straight(from, to)).flatten();
                let walks = [along_bank(ground, from, to), in_sight];
                if let Some(cost) = walks.into_iter().flatten().min() {
                    self.offer(Near {
                        cost,
                        piece: entry.data,
                        kind: index,
                        node: None,
                    });
                }
            }
        }
    }
}

/// A place for somebody who stands exactly here, with as many legs as the nearest pieces need.
///
/// None if one would have to look farther around than `patience`: what is nearest is far away then, or not to be reached.
pub fn place_to_ask_from(
    ground: &Ground,
    kinds: &[RankedKind<'_>],
    spot: Spot,
    (most, patience): (usize, Meters),
) -> Option<Place> {
    let mut is_near = true;
    let place = ground.place_looking(spot, |legs| {
        let farthest = farthest_leg(ground, kinds, legs, most);
        is_near = farthest.0 <= patience.0;
        if is_near { farthest } else { Meters::ZERO }
    });
    is_near.then_some(place)
}

/// The same for somebody at the very line of a bank, however far one looks; none where there is no land behind.
pub fn bank_to_ask_from(
    ground: &Ground,
    kinds: &[RankedKind<'_>],
    bank: BankSpot,
    most: usize,
) -> Option<Place> {
    ground.place_on_bank_looking(bank, |legs| farthest_leg(ground, kinds, legs, most))
}

/// No leg to a piece among the nearest is longer than the walk to it by way of what is next to the place.
fn farthest_leg(ground: &Ground, kinds: &[RankedKind<'_>], legs: &[Leg], most: usize) -> Meters {
    let mut best = Best::new(most.min(RANKED));
    best.offer_legs(kinds, legs);
    if best.bound() == FAR {
        return FARTHEST_LEG;
    }
    // A millimeter more, for rounding.
    let farthest = Meters((f64::from(best.bound()) + 1.0) / 1000.0 / ground.settings.open_factor);
    farthest.min(FARTHEST_LEG)
}

/// The nearest pieces on foot to a place that was made for asking, at most [`RANKED`], the nearest first; equal ones by number.
///
/// A look-up at every leg: `O(l + log n)` for `l` legs and `n` pieces.
pub fn nearest(ground: &Ground, kinds: &[RankedKind<'_>], from: &Place, most: usize) -> Vec<Near> {
    let mut best = Best::new(most.min(RANKED));
    best.offer_legs(kinds, &from.legs);
    best.offer_direct(ground, kinds, from);
    best.found
}

/// One of the nearest pieces as an answer tells of it, with the way pulled taut if that is wanted.
pub fn found(
    ground: &Ground,
    kinds: &[RankedKind<'_>],
    from: &Place,
    near: &Near,
    with_line: bool,
) -> Found {
    let reach = kinds[near.kind].reach;
    let to = reach.pieces().place(near.piece).unwrap_or(from);
    let way = if with_line {
        way(ground, reach, from, (near, to))
    } else {
        let on_way = |node| ground.crossings_on(reach.labels(), node, near.piece);
        Way {
            line: Vec::new(),
            crossings: near.node.map(on_way).unwrap_or_default(),
        }
    };
    Found {
        piece: near.piece,
        walk: Meters(f64::from(near.cost) / 1000.0),
        straight: from.at.distance(to.at),
        way,
    }
}

fn way(ground: &Ground, reach: &Reach<RANKED>, from: &Place, (near, to): (&Near, &Place)) -> Way {
    let route = near
        .node
        .and_then(|node| ground.route(reach.labels(), node, (near.piece, to)));
    let (mut line, mut crossings) = (vec![from.at], Vec::new());
    match route {
        Some(route) => {
            line.extend(route.spots);
            crossings = route.crossings;
        }
        None => line.push(to.at),
    }
    line.dedup();
    if let [only] = line[..] {
        line.push(only);
    }
    Way { line, crossings }
}
