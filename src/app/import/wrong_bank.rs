//! A piece that stands across the water from the village that it is registered in.

use rustc_hash::FxHashMap;

use crate::ground::Ground;
use crate::ground::place::BankSpot;
use crate::ground::place::On;
use crate::ground::spot::Spot;
use crate::model::village::Village;
use crate::units::Meters;

/// A piece stands at a bank that is no farther than this.
const AT_BANK: Meters = Meters(60.0);

/// Nobody takes one bank of a wider water for the other.
const WIDEST: Meters = Meters(250.0);

/// What stands behind the names of villages in some registers and not in others.
const ENDINGS: [&str; 6] = ["村民委员会", "社区居委会", "村委会", "居委会", "社区", "村"];

/// The villages by what registers call them.
#[derive(Debug, Default)]
pub(super) struct VillageNames(FxHashMap<String, Vec<usize>>);

impl VillageNames {
    /// The names, ids and codes of a region's villages.
    pub fn of(villages: &[Village]) -> Self {
        let mut names: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (index, village) in villages.iter().enumerate() {
            let called = [
                Some(&village.name),
                Some(&village.id),
                village.code.as_ref(),
            ];
            for spelling in called
                .into_iter()
                .flatten()
                .flat_map(|name| spellings(name))
            {
                let of_name = names.entry(spelling).or_default();
                if !of_name.contains(&index) {
                    of_name.push(index);
                }
            }
        }
        Self(names)
    }

    /// The villages that a register may mean, by index; none if the region has none of this name.
    pub fn named(&self, name: Option<&str>) -> &[usize] {
        let found =
            name.and_then(|name| spellings(name).find_map(|spelling| self.0.get(&spelling)));
        found.map_or(&[], Vec::as_slice)
    }
}

/// A name as it stands, and without what not every register writes behind it: 先进村委会 is 先进村.
fn spellings(name: &str) -> impl Iterator<Item = String> {
    let whole = name.trim().to_lowercase();
    let stem = ENDINGS.iter().find_map(|ending| whole.strip_suffix(ending));
    let stem = stem.filter(|stem| !stem.is_empty()).map(str::to_owned);
    std::iter::once(whole).chain(stem)
}

/// The village that a piece belongs to if it stands across the water from it, and how far away its bank is.
///
/// None where the piece stands in its village, beside it on the same side, or nowhere near it.
pub(super) fn across(ground: &Ground, spot: Spot, named: &[usize]) -> Option<(usize, Meters)> {
    if named.is_empty() {
        return None;
    }
    let holding = ground.village_outlines.holding(spot.coord());
    if holding.iter().any(|village| named.contains(village)) {
        return None;
    }
    let own = ground.banks_from(spot, AT_BANK).next()?;
    // A piece that was surveyed into the water belongs to the nearest bank, whichever village has the water.
    let mut banks = ground.banks_from(spot, WIDEST);
    let (other, village) = banks.find_map(|other| {
        let village = village_at(ground, &other)?;
        named.contains(&village).then_some((other, village))
    })?;
    let middle = own.at.toward(other.at, 0.5);
    let (on, _) = ground.on(middle, ground.near(middle));
    (on == On::Water).then_some((village, other.offset))
}

/// The village that a point of a bank lies in.
fn village_at(ground: &Ground, spot: &BankSpot) -> Option<usize> {
    let villages = &ground.banks[spot.bank as usize].villages;
    let next = villages.partition_point(|(from, _)| *from <= spot.chainage);
    villages[next.checked_sub(1)?].1
}
