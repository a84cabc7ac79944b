//! What a meter of bank counts: as often as its water is dangerous, and more where people are near.

use crate::plan::footprint::Footprint;
use crate::plan::intervals::Intervals;
use crate::units::Meters;

/// What a meter of bank counts, bank by bank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    grades: Vec<f64>,
    near: Vec<Vec<(Intervals, f64)>>,
}

impl Weights {
    /// The same along each bank; not negative.
    pub fn of_banks(grades: Vec<f64>) -> Self {
        Self {
            near: vec![Vec::new(); grades.len()],
            grades,
        }
    }

    /// A meter that is in one of some footprints counts so many times more, however many it is in.
    pub fn add_near(&mut self, prints: &[Footprint], times: f64) {
        let mut banks = vec![Vec::new(); self.near.len()];
        for (bank, near) in prints.iter().flat_map(|print| &print.0) {
            banks[*bank as usize].extend(near.0.iter().copied());
        }
        for (known, near) in self.near.iter_mut().zip(banks) {
            if !near.is_empty() {
                known.push((Intervals::union(near), times));
            }
        }
    }

    /// What a meter counts at a chainage of a bank.
    pub fn at(&self, bank: u32, chainage: Meters) -> f64 {
        let point = (chainage.0, chainage.0);
        let near = self.near[bank as usize].iter();
        let near = near.filter(|(near, _)| near.hold(point));
        let more: f64 = near.map(|(_, times)| times).sum();
        self.grades[bank as usize] * (1.0 + more)
    }

    /// Where it changes along a bank: chainages in no order.
    pub fn changes(&self, bank: u32) -> impl Iterator<Item = f64> + '_ {
        let parts = self.near[bank as usize]
            .iter()
            .flat_map(|(near, _)| &near.0);
        parts.flat_map(|&(from, to)| [from, to])
    }
}
