//! Places on the ground: what a point stands on, and the legs from it to the graph.

use crate::ground::Ground;
use crate::ground::OnBank;
use crate::ground::cover::Cover;
use crate::ground::graph::cost;
use crate::ground::landmarks::BankPiece;
use crate::ground::landmarks::PathPiece;
use crate::ground::mesh::NONE;
use crate::ground::sight::Looker;
use crate::ground::sight::Outlook;
use crate::ground::sight::Seen;
use crate::ground::spot::Spot;
use crate::ground::spot::lie_opposite;
use crate::ground::spot::nearest_share;
use crate::model::region::Movement;
use crate::units::Meters;

/// Equipment in the water is taken to stand on a bank within this distance.
pub const SURVEY_ERROR: Meters = Meters(15.0);

/// A point this near to a path or bank stands on it.
const BESIDE: Meters = Meters(2.0);

/// Legs are thinned less than the graph: there are few of them, and every walk has one.
const LEG_THINNING: f64 = 0.0001;

/// The longest leg of sight from a point.
pub const FARTHEST_LEG: Meters = Meters(2_000.0);

/// The longest leg where people keep to paths.
pub const FARTHEST_PATH_LEG: Meters = Meters(50.0);

/// What a point stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// Free land.
    Land,
    /// The shore of a water body.
    Bank,
    /// Water.
    Water,
    /// A building.
    Obstacle,
    /// Nothing that the map knows.
    Outside,
}

/// A straight leg from a place to a node of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leg {
    /// The node.
    pub node: u32,
    /// Effective millimeters.
    pub cost: u32,
}

/// A point of a bank, seen from a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BankSpot {
    /// Index of the bank.
    pub bank: u32,
    /// Index of the edge within the bank's line.
    pub edge: u32,
    /// Distance from the bank's start.
    pub chainage: Meters,
    /// Straight distance from the place.
    pub offset: Meters,
    /// The point.
    pub at: Spot,
}

/// A place on the ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Where it was asked for, or, for equipment surveyed into the water, the bank that it stands on.
    pub at: Spot,
    /// What it stands on.
    pub on: On,
    /// The legs to the graph; none if nobody gets away from here on foot.
    pub legs: Vec<Leg>,
    /// The bank edge that it stands on, if it does.
    pub bank: Option<BankSpot>,
}

impl AsRef<Self> for Place {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// Equipment on the ground, and whether its place was in doubt.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The place.
    pub place: Place,
    /// The bank that it stands at, if any; of two that are near, as at a narrow canal, the nearer.
    pub bank: Option<BankSpot>,
    /// How far it was moved to the bank.
    pub moved: Meters,
    /// Another bank that it might as well stand on.
    pub other_bank: Option<BankSpot>,
}

impl Ground {
    /// What a spot stands on, with the triangle; `near` is a triangle to start looking from.
    pub fn on(&self, spot: Spot, near: u32) -> (On, u32) {
        let Some(triangle) = self.mesh.locate(spot, near) else {
            return (On::Outside, NONE);
        };
        if self.land.is_land[triangle as usize] {
            return (On::Land, triangle);
        }
        let on = match self.covers[triangle as usize] {
            Cover::Land => On::Land,
            Cover::Water(_) => On::Water,
            Cover::Building => On::Obstacle,
            Cover::Outside => On::Outside,
        };
        (on, triangle)
    }

    /// A place for somebody who stands exactly here: in the water and outside the map it has no legs.
    pub fn place(&self, spot: Spot) -> Place {
        self.place_looking(spot, |_, _| whole_outlook())
    }

    /// The same with legs of sight only as far, and toward what, whoever is shown the legs to what is next to the place asks for.
    pub fn place_looking(
        &self,
        spot: Spot,
        how_far: impl FnOnce(Spot, &[Leg]) -> Outlook,
    ) -> Place {
        let near = self.near(spot);
        let (on, triangle) = self.on(spot, near);
        match on {
            On::Land | On::Bank => self.place_on_land(spot, triangle, how_far),
            On::Obstacle => match self.way_out(spot, triangle) {
                Some((door, outside)) => {
                    let mut place = self.place_on_land(door, outside, how_far);
                    let way = cost(spot.millimeters_to(door), self.settings.open_factor);
                    place.legs.iter_mut().for_each(|leg| leg.cost += way);
                    Place {
                        at: spot,
                        on,
                        bank: None,
                        ..place
                    }
                }
                None => Place {
                    at: spot,
                    on,
                    legs: Vec::new(),
                    bank: None,
                },
            },
            On::Water | On::Outside => {
                // On a bridge, a pier or a landing stage one stands over the water.
                let legs = self.path_legs(spot, |_| true);
                Place {
                    at: spot,
                    on,
                    legs,
                    bank: None,
                }
            }
        }
    }

    /// The straight walk between two places that see each other over open ground, effective millimeters.
    pub fn straight(&self, from: &Place, to: &Place) -> Option<u32> {
        let stands = |on: On| match on {
            On::Land | On::Bank => true,
            On::Water | On::Obstacle | On::Outside => false,
        };
        if !stands(from.on) || !stands(to.on) || self.settings.movement == Movement::Paths {
            return None;
        }
        let start = self.mesh.locate(from.at, self.near(from.at))?;
        let is_free = self.is_free_from(from.at, start, to.at);
        is_free.then(|| cost(from.at.millimeters_to(to.at), self.settings.open_factor))
    }

    /// Where a piece of equipment stands: in the water it is taken to stand on a bank nearby, or on the bridge or pier above.
    ///
    /// None if it is too far from any ground.
    pub fn standing(&self, spot: Spot) -> Option<Standing> {
        let place = self.place(spot);
        if place.on != On::Water {
            let is_open_land =
                matches!(place.on, On::Land | On::Bank) && self.settings.movement == Movement::Open;
            let stands = is_open_land || !place.legs.is_empty();
            return stands.then(|| self.unmoved(place));
        }
        if !place.legs.is_empty() {
            return Some(self.unmoved(place));
        }
        let mut banks = self.banks_near(spot, SURVEY_ERROR).into_iter();
        let nearest = banks.next()?;
        let other_bank = banks.find(|other| lie_opposite(spot, nearest.at, other.at));
        let place = self.place_on_bank(nearest)?;
        Some(Standing {
            bank: place.bank,
            place,
            moved: nearest.offset,
            other_bank,
        })
    }

    fn unmoved(&self, place: Place) -> Standing {
        let nearest = || self.banks_from(place.at, SURVEY_ERROR).next();
        Standing {
            bank: place.bank.or_else(nearest),
            place,
            moved: Meters::ZERO,
            other_bank: None,
        }
    }

    /// The nearest point of every bank within a distance, nearest first.
    pub fn banks_near(&self, spot: Spot, within: Meters) -> Vec<BankSpot> {
        self.banks_from(spot, within).collect()
    }

    /// The same, looked for one after the other.
    pub fn banks_from(&self, spot: Spot, within: Meters) -> impl Iterator<Item = BankSpot> {
        // A millimeter more, for rounding.
        let farthest = within.0 * 1000.0 + 1.0;
        let pieces = self.landmarks.banks_around(spot, farthest);
        let on_piece = move |piece: &BankPiece| {
            let share = nearest_share(piece.from, piece.to, spot);
            let at = piece.from.toward(piece.to, share);
            (at, spot.distance(at))
        };
        pieces
            .map(move |piece| (piece, on_piece(piece)))
            .take_while(move |(_, (_, offset))| *offset <= within)
            .map(move |(piece, (at, offset))| {
                let bank = &self.banks[piece.bank as usize];
                BankSpot {
                    bank: piece.bank,
                    edge: piece.edge,
                    chainage: bank.chainage[piece.edge as usize] + piece.from.distance(at),
                    offset,
                    at,
                }
            })
    }

    /// Every edge of a bank within a distance, the nearest first, with the nearest point of it.
    pub fn shore_near(&self, spot: Spot, within: Meters) -> impl Iterator<Item = (OnBank, Spot)> {
        let pieces = self.landmarks.shores_around(spot, within.0 * 1000.0);
        pieces.map(move |piece| {
            let on = OnBank {
                bank: piece.bank,
                edge: piece.edge,
            };
            let share = nearest_share(piece.from, piece.to, spot);
            (on, piece.from.toward(piece.to, share))
        })
    }

    /// A triangle near a spot.
    pub fn near(&self, spot: Spot) -> u32 {
        self.landmarks.triangles.near(spot)
    }

    fn place_on_land(
        &self,
        spot: Spot,
        triangle: u32,
        how_far: impl FnOnce(Spot, &[Leg]) -> Outlook,
    ) -> Place {
        let bank = self.banks_from(spot, BESIDE).next();
        // From the land no leg leads over a crossing: that is for the search, which knows whether it is open.
        let mut legs = self.path_legs(spot, |piece| !piece.is_crossing);
        if let Some(bank) = bank {
            legs.extend(self.bank_legs(bank));
        }
        self.add_sight_legs(spot, triangle, &mut legs, how_far);
        let on = if bank.is_some() { On::Bank } else { On::Land };
        Place {
            at: spot,
            on,
            legs: cheapest(legs),
            bank,
        }
    }

    /// A place for somebody who stands on a bank, at its very line; none where there is no land behind.
    pub fn place_on_bank(&self, bank: BankSpot) -> Option<Place> {
        self.place_on_bank_looking(bank, |_, _| whole_outlook())
    }

    /// The same with legs of sight only as far, and toward what, whoever is shown the legs to what is next to the place asks for.
    pub fn place_on_bank_looking(
        &self,
        bank: BankSpot,
        how_far: impl FnOnce(Spot, &[Leg]) -> Outlook,
    ) -> Option<Place> {
        let [a, b] = self.bank_edges[bank.bank as usize][bank.edge as usize];
        // The land lies on the left of a bank.
        let [from, to] = [self.land.spot_of(a)?, self.land.spot_of(b)?];
        let triangle = self.mesh.left_of(from, to)?;
        let bank = BankSpot {
            offset: Meters::ZERO,
            ..bank
        };
        let mut legs = self.bank_legs(bank).to_vec();
        self.add_sight_legs(bank.at, triangle, &mut legs, how_far);
        Some(Place {
            at: bank.at,
            on: On::Bank,
            legs: cheapest(legs),
            bank: Some(bank),
        })
    }

    fn add_sight_legs(
        &self,
        spot: Spot,
        triangle: u32,
        legs: &mut Vec<Leg>,
        how_far: impl FnOnce(Spot, &[Leg]) -> Outlook,
    ) {
        let most = match self.settings.movement {
            Movement::Open => FARTHEST_LEG,
            Movement::Paths => FARTHEST_PATH_LEG,
        };
        let mut looker = Looker::new(&self.mesh, &self.land, LEG_THINNING);
        let n_legs = legs.len();
        let add = |legs: &mut Vec<Leg>, seen: &[Seen]| {
            let near = seen.iter().filter(|seen| seen.distance <= most.0 * 1000.0);
            legs.extend(near.map(|seen| Leg {
                node: seen.node,
                cost: cost(seen.distance, self.settings.open_factor),
            }));
        };
        add(legs, looker.from_point(spot, triangle, &Outlook::default()));
        let mut outlook = how_far(spot, legs);
        outlook.farthest = outlook.farthest.min(most.0 * 1000.0);
        legs.truncate(n_legs);
        add(legs, looker.from_point(spot, triangle, &outlook));
    }

    /// Legs along a path that the spot stands on.
    fn path_legs(&self, spot: Spot, counts: impl Fn(&PathPiece) -> bool) -> Vec<Leg> {
        let mut legs = Vec::new();
        let beside = BESIDE.0 * 1000.0;
        for (piece, aside) in self.landmarks.paths_around(spot, beside) {
            if !counts(piece) {
                continue;
            }
            let share = nearest_share(piece.from, piece.to, spot);
            let aside = aside * self.settings.open_factor;
            for (node, share) in [(piece.ends[0], share), (piece.ends[1], 1.0 - share)] {
                let along = f64::from(piece.cost) * share;
                let cost = (aside + along).ceil() as u32;
                legs.push(Leg { node, cost });
            }
        }
        legs
    }

    /// Legs along the bank that the spot stands on.
    fn bank_legs(&self, bank: BankSpot) -> [Leg; 2] {
        let nodes = self.bank_edges[bank.bank as usize][bank.edge as usize];
        let aside = bank.offset.0 * 1000.0 * self.settings.open_factor;
        nodes.map(|node| {
            let along = bank.at.millimeters_to(self.nodes[node as usize]);
            let cost = (along * self.settings.bank_factor + aside).ceil() as u32;
            Leg { node, cost }
        })
    }

    /// The nearest point on the outline of a building, from inside, where there is land behind: the point and the land's triangle.
    fn way_out(&self, spot: Spot, inside: u32) -> Option<(Spot, u32)> {
        let mut best: Option<(f64, Spot, u32)> = None;
        let mut queue = vec![inside];
        let mut at = 0;
        while at < queue.len() {
            let triangle = queue[at];
            at += 1;
            for side in 0..3 {
                let next = self.mesh.across[triangle as usize][side];
                if next == NONE {
                    continue;
                }
                if self.covers[next as usize] == Cover::Building {
                    if !queue.contains(&next) {
                        queue.push(next);
                    }
                    continue;
                }
                if !self.land.is_land[next as usize] {
                    continue;
                }
                let spots = self.mesh.spots_of(triangle);
                let (a, b) = (spots[side], spots[(side + 1) % 3]);
                let door = a.toward(b, nearest_share(a, b, spot));
                let distance = spot.millimeters_to(door);
                if best.is_none_or(|(least, _, _)| distance < least) {
                    best = Some((distance, door, next));
                }
            }
        }
        best.map(|(_, door, outside)| (door, outside))
    }
}

/// The cheapest leg to each node, by node.
fn cheapest(mut legs: Vec<Leg>) -> Vec<Leg> {
    legs.sort_unstable();
    legs.dedup_by_key(|leg| leg.node);
    legs
}

/// Everywhere as far as there are legs.
fn whole_outlook() -> Outlook {
    Outlook {
        farthest: FARTHEST_LEG.0 * 1000.0,
        ..Outlook::default()
    }
}
