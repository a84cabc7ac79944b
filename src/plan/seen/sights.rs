//! What of the banks is in sight from where somebody stands: over open land, and over narrow water.

use crate::ground::Ground;
use crate::ground::OnBank;
use crate::ground::place::BankSpot;
use crate::ground::place::On;
use crate::ground::spot::Spot;
use crate::ground::spot::nearest_share;
use crate::plan::patrol::stretches::is_beside;
use crate::plan::patrol::stretches::is_water_between;
use crate::plan::seen::pieces::Piece;
use crate::units::Meters;

/// Banks are looked at in bits no longer than this: what is seen of a bit is all of it or nothing.
const BIT: f64 = 3.0;

/// People stand so far from the very edge of the water, and look at what lies as far from it, millimeters.
const INLAND_MM: f64 = 700.0;

/// Where somebody stands and looks from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eye {
    /// The place.
    pub at: Spot,
    /// The land triangle that it lies in.
    pub triangle: u32,
}

/// The eye of somebody who stands at a spot, if that is on free land.
pub fn eye_at(ground: &Ground, at: Spot) -> Option<Eye> {
    let (on, triangle) = ground.on(at, ground.near(at));
    (on == On::Land).then_some(Eye { at, triangle })
}

/// The eye of somebody who stands on a bank, a step from the water; none where a house stands at the water.
pub fn eye_on(ground: &Ground, bank: &BankSpot) -> Option<Eye> {
    eye_at(ground, ground.ashore(bank.on(), bank.at, INLAND_MM))
}

/// Whether there is nothing but open land between an eye and a point of a bank.
pub fn is_in_sight(ground: &Ground, eye: Eye, on: OnBank, at: Spot) -> bool {
    let to = ground.ashore(on, at, INLAND_MM);
    ground.is_free_from(eye.at, eye.triangle, to)
}

/// The pieces of bank within a distance of an eye that are in sight over open land.
pub fn over_land(ground: &Ground, eye: Eye, within: Meters, found: &mut Vec<Piece>) {
    for (on, _) in ground.shore_near(eye.at, within) {
        for (piece, middle) in bits(ground, on, eye.at, within) {
            if is_in_sight(ground, eye, on, middle) {
                found.push(piece);
            }
        }
    }
}

/// The bits of an edge within a distance of a spot, each with its middle.
pub fn bits(
    ground: &Ground,
    on: OnBank,
    spot: Spot,
    within: Meters,
) -> impl Iterator<Item = (Piece, Spot)> {
    let [a, b] = ground.ends(on);
    let length = a.distance(b).0.max(1e-6);
    let foot = nearest_share(a, b, spot);
    let aside = a.toward(b, foot).distance(spot).0;
    // Where the circle around the spot cuts the edge; beyond an end of it, this takes a little less than the circle.
    let half = (within.0 * within.0 - aside * aside).max(0.0).sqrt() / length;
    let (low, high) = ((foot - half).max(0.0), (foot + half).min(1.0));
    let n_bits = ((high - low) * length / BIT).ceil().max(1.0);
    let start = ground.banks[on.bank as usize].chainage[on.edge as usize].0;
    (0..n_bits as u32).map(move |bit| {
        let share = |bit: f64| low + (high - low) * bit / n_bits;
        let (from, to) = (share(f64::from(bit)), share(f64::from(bit) + 1.0));
        let piece = Piece {
            bank: on.bank,
            from: start + from * length,
            to: start + to * length,
        };
        (piece, a.toward(b, f64::midpoint(from, to)))
    })
}

/// The points of other shores within a distance of a point on a bank, across nothing but water, the nearest first.
pub fn over_water(
    ground: &Ground,
    own: OnBank,
    from: Spot,
    narrow: Meters,
) -> impl Iterator<Item = (OnBank, Spot)> {
    let near = ground.shore_near(from, narrow);
    near.filter(move |&(on, at)| {
        !is_beside(ground, own, on, narrow) && is_water_between(ground, from, at)
    })
}

/// Chainage of a point on an edge.
pub fn chainage(ground: &Ground, on: OnBank, at: Spot) -> f64 {
    let [from, _] = ground.ends(on);
    ground.banks[on.bank as usize].chainage[on.edge as usize].0 + from.distance(at).0
}
