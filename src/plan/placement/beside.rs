//! The paths beside the banks: a piece may stand there as well, and from a road behind the bank both ways along it are shorter.

use rustc_hash::FxHashSet;

use crate::ground::Ground;
use crate::ground::place::On;
use crate::ground::spot::Spot;
use crate::units::Meters;

/// So far from a bank a path is beside it: as far as whoever looks along the water sees what stands there.
const BESIDE: Meters = Meters(10.0);

/// A point of a path that is no farther from a bank than this is on the bank.
pub const ON_BANK: Meters = Meters(1.0);

/// Points of mapped paths beside the banks, about as far apart as `spacing`; none on bridges.
pub fn along_paths(ground: &Ground, spacing: Meters) -> Vec<Spot> {
    let side = spacing.0 * 1000.0;
    let cell = |spot: Spot| [spot.x, spot.y].map(|part| (f64::from(part) / side).floor() as i32);
    let mut known = FxHashSet::default();
    let mut spots = Vec::new();
    for [from, to] in ground.landmarks.path_lines() {
        let n_steps = (from.millimeters_to(to) / side).ceil().max(1.0);
        for step in 0..n_steps as u32 {
            let spot = from.toward(to, (f64::from(step) + 0.5) / n_steps);
            let Some(bank) = ground.banks_from(spot, BESIDE).next() else {
                continue;
            };
            // Where paths run close together, or their pieces are short, one point of a cell is enough for each bank.
            let is_new = bank.offset > ON_BANK && known.insert((cell(spot), bank.bank));
            if is_new && ground.on(spot, ground.near(spot)).0 == On::Land {
                spots.push(spot);
            }
        }
    }
    spots
}
