//! Coverage added up by village and by water body.

use crate::ground::Ground;
use crate::plan::coverage::BankCoverage;
use crate::plan::coverage::Coverage;
use crate::plan::intervals::Intervals;
use crate::units::Meters;

/// How much bank there is, how much of it is covered, and in how many gaps the rest lies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// Bank.
    pub bank: Meters,
    /// Covered bank.
    pub covered: Meters,
    /// Gaps.
    pub n_gaps: usize,
}

impl Totals {
    /// The covered share, from 0 to 1; 1 where there is no bank.
    pub fn share(&self) -> f64 {
        if self.bank.0 > 0.0 {
            self.covered.0 / self.bank.0
        } else {
            1.0
        }
    }

    fn add(&mut self, bank: Meters, covered: Meters) {
        self.bank += bank;
        self.covered += covered;
    }
}

/// The coverage of all banks, added up.
pub fn summed(ground: &Ground, limit: Meters, banks: Vec<BankCoverage>) -> Coverage {
    let mut total = Totals::default();
    let mut water_bodies = vec![Totals::default(); ground.water_bodies.len()];
    let mut villages = vec![Totals::default(); ground.villages.len()];
    let mut elsewhere = Totals::default();
    for (bank, coverage) in ground.banks.iter().zip(&banks) {
        let length = bank.length();
        let covered = Meters(coverage.covered.length());
        let n_gaps = coverage.gaps.len();
        for sum in [&mut total, &mut water_bodies[bank.water_body]] {
            sum.add(length, covered);
            sum.n_gaps += n_gaps;
        }
        for (from, to, village) in bank.by_village() {
            let sum = village.map_or(&mut elsewhere, |village| &mut villages[village]);
            sum.add(to - from, covered_within(&coverage.covered, from, to));
        }
        for gap in &coverage.gaps {
            gap.village
                .map_or(&mut elsewhere, |village| &mut villages[village])
                .n_gaps += 1;
        }
    }
    Coverage {
        limit,
        total,
        water_bodies,
        villages,
        elsewhere,
        banks,
    }
}

fn covered_within(covered: &Intervals, from: Meters, to: Meters) -> Meters {
    Meters(covered.length_within(from.0, to.0))
}
