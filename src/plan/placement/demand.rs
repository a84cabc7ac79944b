//! Demand: the bank that is not covered yet, cut where other sites begin or cease to cover it, and which sites those are.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::ground::Ground;
use crate::plan::intervals::Intervals;
use crate::plan::placement::sets::Sets;
use crate::plan::placement::sites::Site;
use crate::plan::placement::taking::Kinds;
use crate::plan::placement::taking::Question;
use crate::plan::placement::weights::Weights;
use crate::units::Meters;

/// A stretch of bank that the same sites cover from end to end, in one village.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Index of the bank.
    pub bank: u32,
    /// Chainage of the start.
    pub from: Meters,
    /// Chainage of the end.
    pub to: Meters,
    /// Index of the village, if any.
    pub village: Option<usize>,
    /// Whether nothing reaches it yet.
    pub is_bare: bool,
    /// How many more pieces must reach it.
    pub lacks: u8,
    /// What a meter of it counts.
    pub weight: f64,
    /// The demand that it is part of; none where no site covers it.
    pub demand: Option<u32>,
}

impl Stretch {
    /// From end to end.
    pub fn length(&self) -> Meters {
        self.to - self.from
    }
}

/// All demand of a region, for some sites.
#[derive(Clone, Debug, Default)]
pub struct Demand {
    /// The stretches, bank by bank, in order.
    pub stretches: Vec<Stretch>,
    /// Which site covers which demand: stretches that the same sites cover are one.
    pub sets: Sets,
    /// What each demand counts, once for every piece that it lacks.
    pub weights: Vec<f64>,
    /// How many meters each demand is long.
    pub meters: Vec<f64>,
    /// How many pieces each demand lacks.
    pub needs: Vec<u8>,
    /// Of each site, which of the kinds that are put up it is for.
    pub kind_of: Vec<u8>,
}

/// What is there before anything is placed, and what counts.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The ground.
    pub ground: &'a Ground,
    /// By bank: what each piece that is there already covers.
    pub prints: &'a [Vec<(u32, Intervals)>],
    /// How many pieces must reach every meter: one, or two.
    pub wanted: u8,
    /// What a meter of bank counts.
    pub weights: &'a Weights,
}

/// One end of what somebody covers, or of a village.
#[derive(Clone, Copy)]
struct End {
    at: f64,
    of: Of,
    /// Whether it begins here.
    begins: bool,
}

#[derive(Clone, Copy)]
enum Of {
    /// A piece that is there.
    Piece,
    /// A site, by its number.
    Site(u32),
    /// A village, by its index.
    Village(Option<usize>),
    /// What counts otherwise from here on.
    Weight,
}

/// What is found on one bank: the stretches, each with the sites that cover it.
type Found = Vec<(Stretch, Vec<u32>)>;

impl Demand {
    /// The demand that is left by what is there; on all cores.
    ///
    /// `O(n log n + m)` for the `n` ends of footprints and the `m` pairs of a stretch and a site that covers it.
    pub fn new(given: &Given<'_>, sites: &[Site]) -> Self {
        let mut by_bank: Vec<Vec<(u32, &Intervals)>> = vec![Vec::new(); given.ground.banks.len()];
        for (number, site) in (0_u32..).zip(sites) {
            for (bank, covered) in &site.print.0 {
                by_bank[*bank as usize].push((number, covered));
            }
        }
        let banks = by_bank.par_iter().enumerate();
        let found: Vec<Found> = banks
            .map(|(bank, sites)| on_bank(given, bank as u32, sites))
            .collect();
        Self {
            kind_of: sites.iter().map(|site| site.kind).collect(),
            ..Self::joined(found, sites.len())
        }
    }

    /// The question which so many sites cover most, whatever their kinds.
    pub fn question(&self, n_sites: usize) -> Question<'_> {
        Question {
            sets: &self.sets,
            weights: &self.weights,
            needs: &self.needs,
            n_sites,
            kinds: Kinds::default(),
            enough: 0.0,
        }
    }

    fn joined(found: Vec<Found>, n_sites: usize) -> Self {
        let mut demand = Self::default();
        let mut known: FxHashMap<(u8, Vec<u32>), u32> = FxHashMap::default();
        let mut covered = vec![Vec::new(); n_sites];
        for (mut stretch, sites) in found.into_iter().flatten() {
            let (meters, weight) = (stretch.length().0, stretch.weight * stretch.length().0);
            if !sites.is_empty() {
                let next = demand.weights.len() as u32;
                // More than there are sites it cannot have.
                let needs = stretch
                    .lacks
                    .min(u8::try_from(sites.len()).unwrap_or(u8::MAX));
                let number = *known
                    .entry((needs, sites))
                    .or_insert_with_key(|(_, sites)| {
                        for &site in sites {
                            covered[site as usize].push(next);
                        }
                        next
                    });
                if number == next {
                    demand.weights.push(0.0);
                    demand.meters.push(0.0);
                    demand.needs.push(needs);
                }
                demand.weights[number as usize] += weight;
                demand.meters[number as usize] += meters;
                stretch.demand = Some(number);
            }
            demand.stretches.push(stretch);
        }
        demand.sets = Sets::new(demand.weights.len(), &covered);
        demand
    }

    /// What all that lacks a piece counts, once for each that it lacks.
    pub fn lacking(&self) -> f64 {
        let each = self.stretches.iter();
        let each = each.map(|one| one.weight * one.length().0 * f64::from(one.lacks));
        each.sum()
    }

    /// Which site covers which demand that is long enough to be a gap.
    pub fn without_slivers(&self, shortest: Meters) -> Sets {
        let is_long = |&demand: &u32| self.meters[demand as usize] >= shortest.0;
        let long: Vec<u32> = (0..self.meters.len() as u32).filter(is_long).collect();
        let sites: Vec<u32> = (0..self.sets.n_sites() as u32).collect();
        self.sets.part(&sites, &long)
    }

    /// The bank that no site covers.
    pub fn out_of_reach(&self) -> Meters {
        let lost = self
            .stretches
            .iter()
            .filter(|stretch| stretch.demand.is_none());
        lost.map(Stretch::length).sum()
    }
}

fn on_bank(given: &Given<'_>, bank: u32, sites: &[(u32, &Intervals)]) -> Found {
    let line = &given.ground.banks[bank as usize];
    let length = line.length().0;
    let mut ends: Vec<End> = Vec::new();
    let mut add = |covered: &Intervals, of: Of| {
        for &(from, to) in &covered.0 {
            ends.push(End {
                at: from,
                of,
                begins: true,
            });
            ends.push(End {
                at: to,
                of,
                begins: false,
            });
        }
    };
    for (_, covered) in &given.prints[bank as usize] {
        add(covered, Of::Piece);
    }
    for &(site, covered) in sites {
        add(covered, Of::Site(site));
    }
    for (from, _, village) in line.by_village() {
        let of = Of::Village(village);
        ends.push(End {
            at: from.0,
            of,
            begins: true,
        });
    }
    ends.extend(given.weights.changes(bank).map(|at| End {
        at,
        of: Of::Weight,
        begins: true,
    }));
    ends.sort_by(|a, b| a.at.total_cmp(&b.at));
    let (mut at, mut village, mut n_pieces) = (0.0, None, 0_usize);
    let mut active: Vec<u32> = Vec::new();
    let mut found = Found::new();
    let last = End {
        at: length,
        of: Of::Piece,
        begins: true,
    };
    for end in ends.into_iter().chain([last]) {
        let lacks = usize::from(given.wanted).saturating_sub(n_pieces) as u8;
        if at < end.at && lacks > 0 {
            let stretch = Stretch {
                bank,
                from: Meters(at),
                to: Meters(end.at),
                village,
                is_bare: n_pieces == 0,
                lacks,
                weight: given.weights.at(bank, Meters(f64::midpoint(at, end.at))),
                demand: None,
            };
            found.push((stretch, active.clone()));
        }
        at = at.max(end.at);
        match (end.of, end.begins) {
            (Of::Village(other), _) => village = other,
            (Of::Weight, _) => {}
            (Of::Piece, true) => n_pieces += 1,
            (Of::Piece, false) => n_pieces = n_pieces.saturating_sub(1),
            (Of::Site(site), true) => {
                if let Err(place) = active.binary_search(&site) {
                    active.insert(place, site);
                }
            }
            (Of::Site(site), false) => {
                if let Ok(place) = active.binary_search(&site) {
                    active.remove(place);
                }
            }
        }
    }
    found
}
