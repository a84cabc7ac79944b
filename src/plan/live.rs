//! Live coverage: kept up to date as pieces come, go and move, each recounted only where it matters.

use std::borrow::Cow;

use rstar::AABB;
use rustc_hash::FxHashMap;

use crate::ground::place::Place;
use crate::ground::reach::Pieces;
use crate::ground::reach::Reach;
use crate::ground::search::FAR;
use crate::ground::spot::Spot;
use crate::plan::coverage::BankCoverage;
use crate::plan::coverage::Coverage;
use crate::plan::coverage::Gap;
use crate::plan::coverage::Prints;
use crate::plan::coverage::bank_coverage;
use crate::plan::coverage::coverage_of_banks;
use crate::plan::footprint::Surveyor;
use crate::plan::straight::entry;
use crate::plan::straight::nearest_on_line;
use crate::plan::straight::spots_of;
use crate::plan::survey::Survey;
use crate::plan::totals::summed;
use crate::units::Meters;

/// The coverage of all banks at one limit, kept up to date while usable pieces come and go.
///
/// A survey's own reach is left as it is: the first change of a kind takes a copy. What a change costs depends on how
/// much it touches, not on how large the region is.
pub struct LiveCoverage<'a> {
    survey: Survey<'a>,
    surveyor: Surveyor,
    prints: Prints,
    banks: Vec<BankCoverage>,
    /// The banks that each usable piece covers in part.
    banks_of: FxHashMap<u32, Vec<u32>>,
    /// For each gap of each bank, the box around it.
    boxes: Vec<Vec<AABB<[f64; 2]>>>,
}

impl<'a> LiveCoverage<'a> {
    /// Everything as it is.
    ///
    /// One bounded search for each piece, like [`crate::plan::coverage::coverage`].
    pub fn new(survey: Survey<'a>, limit: Meters) -> Self {
        let prints = Prints::new(&survey, limit);
        let banks = coverage_of_banks(&survey, &prints);
        let mut banks_of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (bank, pieces) in prints.usable.iter().enumerate() {
            for &(piece, _) in pieces {
                banks_of.entry(piece).or_default().push(bank as u32);
            }
        }
        Self {
            boxes: banks.iter().map(boxes).collect(),
            surveyor: Surveyor::new(survey.ground),
            survey,
            prints,
            banks,
            banks_of,
        }
    }

    /// Adds a usable piece, whose number must be free; tells which banks were recounted, in order.
    pub fn add(&mut self, piece: u32, place: Place) -> Vec<u32> {
        let mut touched = self.enter(piece, place);
        self.recount(&mut touched);
        touched
    }

    /// Removes a usable piece; tells which banks were recounted, in order: none if there is no such piece.
    pub fn remove(&mut self, piece: u32) -> Vec<u32> {
        let mut touched = self.leave(piece);
        self.recount(&mut touched);
        touched
    }

    /// Moves a usable piece; tells which banks were recounted, in order.
    pub fn move_to(&mut self, piece: u32, place: Place) -> Vec<u32> {
        let mut touched = self.leave(piece);
        touched.extend(self.enter(piece, place));
        self.recount(&mut touched);
        touched
    }

    /// Bank by bank, in the ground's order.
    pub fn banks(&self) -> &[BankCoverage] {
        &self.banks
    }

    /// Everything added up, by village and by water body.
    pub fn coverage(&self) -> Coverage {
        summed(self.survey.ground, self.prints.limit, self.banks.clone())
    }

    fn enter(&mut self, piece: u32, place: Place) -> Vec<u32> {
        let (ground, closures) = (self.survey.ground, self.survey.closures);
        let footprint = self
            .surveyor
            .footprint(ground, closures, &place, self.prints.limit);
        let covered = self.prints.add(piece, footprint);
        let mut touched = covered.clone();
        self.banks_of.insert(piece, covered);
        touched.extend(self.banks_in_sight(place.at));
        self.survey.usable_at.insert(entry(piece, place.at));
        if self.survey.usable.is_empty() {
            let none = Reach::new(ground, closures, Pieces::default(), FAR);
            self.survey.usable.push(Cow::Owned(none));
        }
        let reach = self.survey.usable[0].to_mut();
        touched.extend(reach.add(ground, closures, piece, place).banks);
        touched
    }

    fn leave(&mut self, piece: u32) -> Vec<u32> {
        let (ground, closures) = (self.survey.ground, self.survey.closures);
        let mut reaches = self.survey.usable.iter_mut();
        let Some(reach) = reaches.find(|reach| reach.pieces().place(piece).is_some()) else {
            return Vec::new();
        };
        if let Some(place) = reach.pieces().place(piece) {
            self.survey.usable_at.remove(&entry(piece, place.at));
        }
        let mut touched = reach.to_mut().remove(ground, closures, piece).banks;
        let covered = self.banks_of.remove(&piece).unwrap_or_default();
        self.prints.remove(piece, &covered);
        touched.extend(covered);
        let banks = self.banks.iter().enumerate();
        let named = banks.filter(|(_, bank)| {
            let mut nearest = bank.gaps.iter().filter_map(|gap| gap.nearest);
            nearest.any(|(nearest, _)| nearest == piece)
        });
        touched.extend(named.map(|(bank, _)| bank as u32));
        touched
    }

    /// The banks with a gap to which a place is nearer, as the crow flies, than any piece is.
    fn banks_in_sight(&self, at: Spot) -> impl Iterator<Item = u32> {
        let is_nearer = move |(gap, around): (&Gap, &AABB<[f64; 2]>)| {
            let Some((_, nearest)) = gap.nearest else {
                return true;
            };
            is_within(at, around, nearest)
                && nearest_on_line(&spots_of(&gap.line), at)
                    .is_some_and(|spot| spot.distance(at) <= nearest)
        };
        let banks = self.banks.iter().zip(&self.boxes).enumerate();
        let near =
            banks.filter(move |(_, (bank, boxes))| bank.gaps.iter().zip(*boxes).any(is_nearer));
        near.map(|(bank, _)| bank as u32)
    }

    fn recount(&mut self, touched: &mut Vec<u32>) {
        touched.sort_unstable();
        touched.dedup();
        for &bank in touched.iter() {
            let counted = bank_coverage(&self.survey, &self.prints, bank);
            self.boxes[bank as usize] = boxes(&counted);
            self.banks[bank as usize] = counted;
        }
    }
}

/// Whether a place is within a distance of a box, in which case it may be of what is inside.
fn is_within(at: Spot, around: &AABB<[f64; 2]>, distance: Meters) -> bool {
    // A millimeter more, for rounding.
    let farthest = distance.0 * 1000.0 + 1.0;
    around.distance_2(&point(at)) <= farthest * farthest
}

/// The boxes around a bank's gaps, millimeters.
fn boxes(bank: &BankCoverage) -> Vec<AABB<[f64; 2]>> {
    let around = |gap: &Gap| {
        let points: Vec<[f64; 2]> = spots_of(&gap.line).into_iter().map(point).collect();
        AABB::from_points(&points)
    };
    bank.gaps.iter().map(around).collect()
}

fn point(spot: Spot) -> [f64; 2] {
    [f64::from(spot.x), f64::from(spot.y)]
}
