//! Scenarios: what changes when pieces come and go. Only what they touch is counted again.

use geo::Coord;
use rustc_hash::FxHashMap;

use crate::ground::Ground;
use crate::plan::coverage::SHORTEST_GAP;
use crate::plan::coverage::line_between;
use crate::plan::coverage::split_by_village;
use crate::plan::coverage::union_of;
use crate::plan::footprint::Footprint;
use crate::plan::footprint::by_bank;
use crate::plan::footprint::footprints;
use crate::plan::intervals::Intervals;
use crate::plan::survey::Survey;
use crate::units::Meters;

/// How much bank there is, and how much of it is covered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Covered {
    /// Bank.
    pub bank: Meters,
    /// Covered bank.
    pub covered: Meters,
}

/// What every usable piece covers at one limit, counted once; scenarios are compared with it.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The limit: a reach that equals it is covered.
    pub limit: Meters,
    /// All banks together.
    pub total: Covered,
    /// By village, in the ground's order.
    pub villages: Vec<Covered>,
    by_bank: Vec<Vec<(u32, Intervals)>>,
    banks_of: FxHashMap<u32, Vec<u32>>,
    covered: Vec<Intervals>,
}

/// What a scenario changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// All banks together, as they are.
    pub before: Covered,
    /// All banks together, as they would be.
    pub after: Covered,
    /// The stretches that would be covered or uncovered, bank by bank.
    pub changed: Vec<Stretch>,
    /// The villages with another length of covered bank: index, before, after.
    pub villages: Vec<(usize, Covered, Covered)>,
}

/// A stretch of bank, within one village, whose coverage changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Index of the bank.
    pub bank: u32,
    /// Chainage of the start.
    pub from: Meters,
    /// Chainage of the end.
    pub to: Meters,
    /// Index of the village, if any.
    pub village: Option<usize>,
    /// Covered or uncovered.
    pub change: Change,
    /// Its line in the plane, meters.
    pub line: Vec<Coord>,
}

/// What becomes of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was a gap and is no longer.
    Covered,
    /// It becomes a gap.
    Uncovered,
}

impl Baseline {
    /// One bounded search for each usable piece, on all cores.
    pub fn new(survey: &Survey<'_>, limit: Meters) -> Self {
        let ground = survey.ground;
        let prints = footprints(ground, survey.closures, survey.pieces(), limit);
        let mut banks_of = FxHashMap::default();
        for (piece, print) in &prints {
            let banks = print.0.iter().map(|(bank, _)| *bank).collect();
            banks_of.insert(*piece, banks);
        }
        let by_bank = by_bank(ground, prints);
        let covered: Vec<Intervals> = by_bank.iter().map(|pieces| union_of(pieces)).collect();
        let mut baseline = Self {
            limit,
            total: Covered::default(),
            villages: vec![Covered::default(); ground.villages.len()],
            by_bank,
            banks_of,
            covered,
        };
        for (bank, covered) in ground.banks.iter().zip(&baseline.covered) {
            baseline.total.bank += bank.length();
            baseline.total.covered += Meters(covered.length());
            for (from, to, village) in bank.by_village() {
                if let Some(village) = village {
                    let sum = &mut baseline.villages[village];
                    sum.bank += to - from;
                    sum.covered += Meters(covered.length_within(from.0, to.0));
                }
            }
        }
        baseline
    }

    /// What changes when some pieces go and others, whose footprints at the same limit are given, come.
    ///
    /// Only the banks that they touch are counted again.
    pub fn outcome(&self, ground: &Ground, gone: &[u32], come: &[Footprint]) -> Outcome {
        let mut outcome = Outcome {
            before: self.total,
            after: self.total,
            changed: Vec::new(),
            villages: Vec::new(),
        };
        let mut villages = FxHashMap::default();
        for bank in self.touched(gone, come) {
            let before = &self.covered[bank as usize];
            let after = self.union_without(bank, gone, come);
            if *before == after {
                continue;
            }
            let change = Meters(after.length()) - Meters(before.length());
            outcome.after.covered += change;
            let line = &ground.banks[bank as usize];
            for (from, to, village) in line.by_village() {
                let Some(village) = village else { continue };
                let within = |covered: &Intervals| Meters(covered.length_within(from.0, to.0));
                *villages.entry(village).or_insert(Meters::ZERO) += within(&after) - within(before);
            }
            let mut add = |pieces: &Intervals, change| {
                stretches(ground, bank, pieces, change, &mut outcome.changed);
            };
            add(&after.minus(before), Change::Covered);
            add(&before.minus(&after), Change::Uncovered);
        }
        let is_changed = |(_, change): &(usize, Meters)| change.0.abs() >= SHORTEST_GAP.0;
        let mut villages: Vec<(usize, Meters)> = villages.into_iter().filter(is_changed).collect();
        villages.sort_unstable_by_key(|(village, _)| *village);
        let compared = |(village, change): (usize, Meters)| {
            let before: Covered = self.villages[village];
            let covered = before.covered + change;
            (village, before, Covered { covered, ..before })
        };
        outcome.villages = villages.into_iter().map(compared).collect();
        outcome
    }

    /// The banks that any of the pieces touches, in order.
    fn touched(&self, gone: &[u32], come: &[Footprint]) -> Vec<u32> {
        let of_gone = gone.iter().filter_map(|piece| self.banks_of.get(piece));
        let of_come = come.iter().flat_map(|print| &print.0);
        let mut banks: Vec<u32> = of_gone.flatten().copied().collect();
        banks.extend(of_come.map(|(bank, _)| *bank));
        banks.sort_unstable();
        banks.dedup();
        banks
    }

    fn union_without(&self, bank: u32, gone: &[u32], come: &[Footprint]) -> Intervals {
        let stays = self.by_bank[bank as usize]
            .iter()
            .filter(|(piece, _)| !gone.contains(piece));
        let comes = come.iter().flat_map(|print| &print.0);
        let here = comes.filter(|(other, _)| *other == bank);
        let parts = stays.chain(here).flat_map(|(_, covered)| &covered.0);
        Intervals::union(parts.copied().collect())
    }
}

fn stretches(
    ground: &Ground,
    bank: u32,
    pieces: &Intervals,
    change: Change,
    found: &mut Vec<Stretch>,
) {
    let line = &ground.banks[bank as usize];
    for &(from, to) in &pieces.0 {
        for (from, to, village) in split_by_village(line, from, to) {
            found.push(Stretch {
                bank,
                from: Meters(from),
                to: Meters(to),
                village,
                change,
                line: line_between(ground, bank, from, to),
            });
        }
    }
}
