//! The few nearest pieces, looked up: every node of the ground knows its own.
//!
//! A piece that is among the nearest of a place is among the nearest of the node by which the walk to it leaves the
//! place: whatever is nearer to the node is nearer to the place too.

use crate::ground::Ground;
use crate::ground::graph::cost;
use crate::ground::place::BankSpot;
use crate::ground::place::FARTHEST_LEG;
use crate::ground::place::Leg;
use crate::ground::place::On;
use crate::ground::place::Place;
use crate::ground::reach::Reach;
use crate::ground::search::FAR;
use crate::ground::sight::Goal;
use crate::ground::sight::Outlook;
use crate::ground::spot::Spot;
use crate::plan::nearest::Found;
use crate::plan::nearest::Way;
use crate::plan::nearest::along_bank;
use crate::plan::straight::PieceTree;
use crate::units::Meters;

/// Costs are rounded up where they are added up, and places are to the millimeter: a walk may be so much shorter than it should.
///
/// # Units
///
/// Effective millimeters.
const ROUNDING: f64 = 20.0;

/// Among more places where a walk may lead, it is not worth while to tell on which way to them something lies.
const MOST_GOALS: usize = 24;

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
    fn offer_direct(
        &mut self,
        ground: &Ground,
        kinds: &[RankedKind<'_>],
        from: &Place,
        around: &[Around],
    ) {
        let settings = &ground.settings;
        let least_factor = settings.open_factor.min(settings.bank_factor);
        for around in around {
            let distance = from.at.millimeters_to(around.at);
            let is_near = distance <= FARTHEST_LEG.0 * 1000.0;
            if !is_near || cost(distance, least_factor) > self.bound() {
                continue;
            }
            let Some(to) = kinds[around.kind].reach.pieces().place(around.piece) else {
                continue;
            };
            let open = cost(distance, settings.open_factor);
            let known = self.found.iter().find(|near| near.piece == around.piece);
            let known = known.map_or(self.bound(), |near| near.cost);
            let in_sight = (open <= known).then(|| ground.straight(from, to)).flatten();
            let walks = [along_bank(ground, from, to), in_sight];
            if let Some(cost) = walks.into_iter().flatten().min() {
                self.offer(Near {
                    cost,
                    piece: around.piece,
                    kind: around.kind,
                    node: None,
                });
            }
        }
    }
}

/// A place from which the nearest pieces were asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The place, with as many legs as the nearest pieces need.
    pub place: Place,
    /// The nearest pieces on foot, at most as many as are known at every node, the nearest first; equal ones by number.
    pub near: Vec<Near>,
}

impl AsRef<Place> for Start {
    fn as_ref(&self) -> &Place {
        &self.place
    }
}

/// The nearest pieces for somebody who stands exactly here.
///
/// None if one would have to look farther around than `patience`: what is nearest is far away then, or not to be reached.
/// A look-up at every leg: `O(l + log n)` for `l` legs and `n` pieces.
pub fn nearest(
    ground: &Ground,
    kinds: &[RankedKind<'_>],
    spot: Spot,
    (most, patience): (usize, Meters),
) -> Option<Start> {
    let most = most.min(RANKED);
    let (mut is_near, mut around) = (true, None);
    let place = ground.place_looking(spot, |eye, legs| {
        let (outlook, found) = look(ground, kinds, eye, legs, most);
        around = found;
        is_near = outlook.farthest <= patience.0 * 1000.0;
        if is_near { outlook } else { Outlook::default() }
    });
    is_near.then(|| start(ground, kinds, place, around, most))
}

/// The same for somebody at the very line of a bank, however far one looks; none where there is no land behind.
pub fn nearest_to_bank(
    ground: &Ground,
    kinds: &[RankedKind<'_>],
    bank: BankSpot,
    most: usize,
) -> Option<Start> {
    let most = most.min(RANKED);
    let mut around = None;
    let place = ground.place_on_bank_looking(bank, |eye, legs| {
        let (outlook, found) = look(ground, kinds, eye, legs, most);
        around = found;
        outlook
    })?;
    Some(start(ground, kinds, place, around, most))
}

fn start(
    ground: &Ground,
    kinds: &[RankedKind<'_>],
    place: Place,
    around: Option<Vec<Around>>,
    most: usize,
) -> Start {
    let mut best = Best::new(most);
    best.offer_legs(kinds, &place.legs);
    match place.on {
        On::Land | On::Bank => {
            let around = around.unwrap_or_else(|| {
                let farthest = f64::from(best.bound()) / ground.settings.least_factor();
                pieces_around(kinds, place.at, farthest.min(FARTHEST_LEG.0 * 1000.0))
            });
            best.offer_direct(ground, kinds, &place, &around);
        }
        // Nobody sets off straight from there.
        On::Water | On::Obstacle | On::Outside => {}
    }
    Start {
        near: best.found,
        place,
    }
}

/// A piece that is near enough, as the crow flies, to be among the nearest.
#[derive(Clone, Copy)]
struct Around {
    at: Spot,
    piece: u32,
    kind: usize,
}

/// All pieces within a straight distance (millimeters) of a spot.
fn pieces_around(kinds: &[RankedKind<'_>], spot: Spot, farthest: f64) -> Vec<Around> {
    let here = [f64::from(spot.x), f64::from(spot.y)];
    let of_kind = |(kind, ranked): (usize, &RankedKind<'_>)| {
        let near = ranked.at.locate_within_distance(here, farthest * farthest);
        let around = near.map(|entry| Around {
            at: Spot {
                x: entry.geom()[0] as i32,
                y: entry.geom()[1] as i32,
            },
            piece: entry.data,
            kind,
        });
        around.collect::<Vec<_>>()
    };
    kinds.iter().enumerate().flat_map(of_kind).collect()
}

/// How far, and whereto, somebody has to look, and which pieces are so near; not told if it may be any.
///
/// No walk to a piece among the nearest is longer than that by way of what is next to the place, so that only what lies on
/// such a walk is of use.
fn look(
    ground: &Ground,
    kinds: &[RankedKind<'_>],
    eye: Spot,
    legs: &[Leg],
    most: usize,
) -> (Outlook, Option<Vec<Around>>) {
    let mut best = Best::new(most);
    best.offer_legs(kinds, legs);
    let longest = FARTHEST_LEG.0 * 1000.0;
    if best.bound() == FAR {
        let outlook = Outlook {
            farthest: longest,
            ..Outlook::default()
        };
        return (outlook, None);
    }
    let settings = &ground.settings;
    let least = settings.least_factor();
    let as_line = |cost: u32| (f64::from(cost) + ROUNDING) / settings.open_factor;
    let around = pieces_around(kinds, eye, (f64::from(best.bound()) + ROUNDING) / least);
    let mut goals: Vec<Goal> = Vec::new();
    for &Around { at, piece, .. } in &around {
        // To what is among the nearest as it is, only a shorter walk is of use.
        let known = best.found.iter().find(|near| near.piece == piece);
        let most = as_line(known.map_or(best.bound(), |near| near.cost));
        match goals.iter_mut().find(|goal| goal.at == at) {
            Some(goal) => goal.most = goal.most.max(most),
            None => goals.push(Goal { at, most }),
        }
        if MOST_GOALS < goals.len() {
            goals.clear();
            break;
        }
    }
    let outlook = Outlook {
        farthest: as_line(best.bound()).min(longest),
        goals,
        share: least / settings.open_factor,
    };
    (outlook, Some(around))
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
