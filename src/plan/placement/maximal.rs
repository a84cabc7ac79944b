//! So many sites that together cover the most (maximal covering).
//!
//! Prices of demands prove a bound and say which sites are worth taking. Sites are taken greedily and exchanged one for another;
//! those that no better choice can have, or miss, are decided, and the problem is cut down to what is left. That is branched on,
//! where most may be hoped for first, until nothing is left or the time is up.

use std::collections::BinaryHeap;

use crate::plan::chance::Chance;
use crate::plan::placement::branch::Branch;
use crate::plan::placement::cut::Cut;
use crate::plan::placement::prices::Goes;
use crate::plan::placement::prices::Pace;
use crate::plan::placement::prices::Part;
use crate::plan::placement::prices::Prices;
use crate::plan::placement::prices::better_prices;
use crate::plan::placement::prices::open_by_kind;
use crate::plan::placement::taking::Decided;
pub use crate::plan::placement::taking::Kinds;
pub use crate::plan::placement::taking::Question;
use crate::plan::placement::taking::filled;
pub use crate::plan::placement::taking::gains;
pub use crate::plan::placement::taking::greedily_filled;
pub use crate::plan::placement::taking::greedy;
use crate::plan::placement::taking::improved;
use crate::plan::placement::taking::those;
pub use crate::plan::placement::taking::value;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;

/// Differences smaller than this share are rounding.
const ROUNDING: f64 = 1e-9;

/// How the first prices go down.
const FIRST: Pace = Pace {
    most_steps: 8_000,
    patience: 150,
    length: 1.0,
};

/// How they do when there is little time.
const AT_A_GLANCE: Pace = Pace {
    most_steps: 400,
    patience: 20,
    length: 1.0,
};

/// How the prices of a branch do, which begin near the best.
const IN_BRANCH: Pace = Pace {
    most_steps: 60,
    patience: 10,
    length: 0.3,
};

/// Choices are made and improved after every so many steps, and in every so many branches.
const BUILDS_EVERY: usize = 60;
const BUILDS_IN: usize = 8;

/// A demand that is covered by less than this share of the best mixture, or by all but that, is as good as decided.
const UNCLEAR: f64 = 0.02;

/// So often the best choice of few sites is shuffled; of many, where it takes longer, more seldom.
const SHUFFLES: u32 = 1_000;
const SHUFFLED_SITES: usize = 1_000_000;

/// Branches that wait hold no more than this together, in numbers of 8 bytes.
const MOST_WAITING: usize = 32 << 20;

/// A choice of sites, and how good it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The sites, those first that add most.
    pub sites: Vec<u32>,
    /// The weight that they cover.
    pub value: f64,
    /// No choice of as many covers more.
    pub bound: f64,
    /// How many branches were looked at.
    pub n_branches: usize,
    /// What no choice of 0, 1, 2 and so on sites covers more than, whatever their kinds; looser the farther it is from the number
    /// that was asked for.
    pub bounds: Vec<f64>,
}

impl Choice {
    /// How much more another choice could cover at most, as a share of what this one does.
    pub fn gap(&self) -> f64 {
        if self.bound <= self.value * (1.0 + ROUNDING) {
            return 0.0;
        }
        (self.bound - self.value) / self.value
    }
}

/// The best choice, as far as there is time; never worse than the greedy one.
///
/// The same question and seed have the same answer, unless it is the time that ends the search.
pub fn best(asked: Question<'_>, seed: u64, watch: Watch<'_>) -> Choice {
    best_from(asked, &[], seed, watch)
}

/// The same where a choice is known already; the answer is never worse than that.
pub fn best_from(asked: Question<'_>, known: &[u32], seed: u64, watch: Watch<'_>) -> Choice {
    searched(asked, known, (FIRST, Effort::Whole), seed, watch)
}

/// A choice that is good and has a bound, in a small part of the time that the best would take: so many steps at most.
pub fn good_from(
    asked: Question<'_>,
    known: &[u32],
    most_steps: usize,
    seed: u64,
    watch: Watch<'_>,
) -> Choice {
    let pace = Pace {
        most_steps,
        ..AT_A_GLANCE
    };
    searched(asked, known, (pace, Effort::Prices), seed, watch)
}

/// How far a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effort {
    /// Prices, and choices made of them.
    Prices,
    /// Until nothing is left, or the time is up.
    Whole,
}

fn searched(
    asked: Question<'_>,
    known: &[u32],
    (pace, effort): (Pace, Effort),
    seed: u64,
    watch: Watch<'_>,
) -> Choice {
    let asked = Question {
        n_sites: asked.n_sites.min(asked.sets.n_sites()),
        ..asked
    };
    let mut found = Found {
        sites: Vec::new(),
        value: 0.0,
        bound: f64::INFINITY,
        n_branches: 0,
        enough: asked.enough.max(ROUNDING),
        watch,
    };
    let whole = Problem {
        asked,
        names: (0..asked.sets.n_sites() as u32).collect(),
        taken: Vec::new(),
        sure: 0.0,
    };
    whole.first_choices(known, &mut found);
    let mut part = whole.open();
    let mut chance = Chance::new(seed);
    let start = Prices::first(asked).shaken(&mut chance, asked.weights);
    let prices = whole.priced(&part, &start, pace, Along::Proving, &mut found);
    found.prove(prices.bound);
    if effort == Effort::Whole && !found.is_near(prices.bound) && !found.is_over() {
        whole.fix(&mut part, &prices, &found);
        let cut = Cut::new(&whole, &part, &prices);
        let problem = cut.problem();
        problem.close(&cut.prices(), &mut found);
        problem.shuffle(&mut chance, &mut found);
        if !found.is_near(found.bound) {
            let left = problem.search(cut.prices(), &mut found);
            found.prove(left);
        }
    }
    Choice {
        bounds: whole.bounds(&prices),
        bound: found.bound.max(found.value),
        sites: found.sites,
        value: found.value,
        n_branches: found.n_branches,
    }
}

/// The best that has been found.
pub(super) struct Found<'a> {
    pub(super) sites: Vec<u32>,
    value: f64,
    pub(super) bound: f64,
    n_branches: usize,
    enough: f64,
    pub(super) watch: Watch<'a>,
}

impl Found<'_> {
    pub(super) fn is_over(&self) -> bool {
        (self.watch.is_over)()
    }

    /// Up to this, the best answer is good enough.
    fn least(&self) -> f64 {
        self.value * (1.0 + self.enough)
    }

    /// Whether a bound leaves nothing to look for.
    pub(super) fn is_near(&self, bound: f64) -> bool {
        bound <= self.least()
    }

    pub(super) fn prove(&mut self, bound: f64) {
        let is_best = bound <= self.value * (1.0 + ROUNDING);
        let bound = if is_best { self.value } else { bound };
        if bound < self.bound {
            self.bound = bound;
            self.tell();
        }
    }

    fn offer(&mut self, value: f64, sites: impl FnOnce() -> Vec<u32>) {
        if value > self.value * (1.0 + ROUNDING) {
            self.value = value;
            self.sites = sites();
            self.tell();
        }
    }

    fn tell(&self) {
        (self.watch.tell)(Standing {
            value: self.value,
            bound: self.bound.max(self.value),
        });
    }
}

/// What is done on the way to better prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Along {
    /// Nothing else.
    Nothing,
    /// Choices are made.
    Building,
    /// Choices are made, and what the prices prove holds for the whole problem.
    Proving,
}

/// A problem, whole or cut down.
pub(super) struct Problem<'a> {
    pub asked: Question<'a>,
    /// What its sites are called in the whole problem.
    pub names: Vec<u32>,
    /// The sites that have been taken out of it, by those names.
    pub taken: Vec<u32>,
    /// What those are worth.
    pub sure: f64,
}

impl Problem<'_> {
    pub(super) fn open(&self) -> Part {
        Part {
            sites: vec![Decided::Open; self.names.len()],
            must: Vec::new(),
        }
    }

    pub(super) fn offer(&self, sites: &[u32], found: &mut Found<'_>) {
        let named = || {
            let own = sites.iter().map(|&site| self.names[site as usize]);
            self.taken.iter().copied().chain(own).collect()
        };
        found.offer(self.sure + value(self.asked, sites), named);
    }

    pub(super) fn improve(&self, sites: Vec<u32>, found: &mut Found<'_>) {
        let worth_it = self.worth_it(found);
        self.offer(&improved(self.asked, sites, None, worth_it), found);
    }

    fn first_choices(&self, known: &[u32], found: &mut Found<'_>) {
        let taken = greedy(self.asked);
        self.offer(&taken, found);
        if !known.is_empty() {
            let known = filled(self.asked, &self.open().sites, known.to_vec());
            self.offer(&known, found);
            self.improve(known, found);
        }
        self.improve(taken, found);
    }

    /// Puts a site into the best choice that is not in it, and lets the others make the best of it, many times.
    fn shuffle(&self, chance: &mut Chance, found: &mut Found<'_>) {
        let own = self.own(&found.sites);
        let mut now = filled(self.asked, &self.open().sites, own);
        let mut value_now = value(self.asked, &now);
        let most = SHUFFLED_SITES / self.names.len().max(1);
        let most = u32::try_from(most).unwrap_or(SHUFFLES).clamp(20, SHUFFLES);
        for shuffle in 0..most {
            if found.is_near(found.bound) || now.len() < 2 || found.is_over() {
                break;
            }
            let come = (chance.share() * self.names.len() as f64) as u32;
            if now.contains(&come) {
                continue;
            }
            let kind = self.asked.kind(come);
            let of_kind = (0..now.len()).filter(|&index| self.asked.kind(now[index]) == kind);
            let of_kind: Vec<usize> = of_kind.collect();
            let gone = (chance.share() * of_kind.len() as f64) as usize;
            let Some(&gone) = of_kind.get(gone) else {
                continue;
            };
            let mut again = now.clone();
            again[gone] = come;
            // First it stays, and the others make the best of it.
            let again = improved(self.asked, again, Some(come), self.worth_it(found));
            let again = improved(self.asked, again, None, self.worth_it(found));
            let value_again = value(self.asked, &again);
            self.offer(&again, found);
            // At first a little worse is good enough: the way to something better may lead over it.
            let patience = 0.001 * (1.0 - f64::from(shuffle) / f64::from(most));
            if value_again >= value_now * (1.0 - patience) || value_again + self.sure >= found.value
            {
                (now, value_now) = (again, value_again);
            }
        }
    }

    /// What is not worth a five hundredth of what a site is worth, is not worth an exchange: between places that are centimeters
    /// apart there would be no end of them.
    fn worth_it(&self, found: &Found<'_>) -> f64 {
        let n_sites = self.asked.n_sites.max(1) as f64;
        (found.value.max(1.0) / n_sites / 500.0).max(ROUNDING)
    }

    /// Better prices for a part, and choices made of them on the way.
    fn priced(
        &self,
        part: &Part,
        start: &Prices,
        pace: Pace,
        along: Along,
        found: &mut Found<'_>,
    ) -> Prices {
        let mut prices = better_prices(self.asked, part, start, pace, |step| {
            let is_turn = along != Along::Nothing && step.number % BUILDS_EVERY == BUILDS_EVERY - 1;
            if is_turn {
                let sites = filled(self.asked, &part.sites, step.worthiest.to_vec());
                self.improve(sites, found);
            }
            if is_turn && along == Along::Proving {
                found.prove(self.sure + step.bound);
            }
            let ends = found.is_near(self.sure + step.bound) || (is_turn && found.is_over());
            Goes {
                known: found.value - self.sure,
                on: !ends,
            }
        });
        prices.bound += self.sure;
        prices
    }

    /// The open sites of each kind, the worthiest first, and how many of them can still be taken.
    fn ranked(&self, part: &Part, prices: &Prices) -> Vec<(Vec<u32>, usize)> {
        let mut kinds = open_by_kind(self.asked, part);
        let worth = |site: u32| prices.worth[site as usize];
        for (open, _) in &mut kinds {
            open.sort_unstable_by(|&a, &b| worth(b).total_cmp(&worth(a)).then(a.cmp(&b)));
        }
        kinds
    }

    /// What these prices, which are of the whole problem, prove for every number of sites.
    fn bounds(&self, prices: &Prices) -> Vec<f64> {
        let mut worth = prices.worth.clone();
        worth.sort_unstable_by(|a, b| b.total_cmp(a));
        let mut bound = prices.bound - worth.iter().take(self.asked.n_sites).sum::<f64>();
        let mut bounds = vec![bound];
        bounds.extend(worth.into_iter().map(|worth| {
            bound += worth;
            bound
        }));
        bounds
    }

    /// Decides of every site that each better choice must have, or cannot.
    fn fix(&self, part: &mut Part, prices: &Prices, found: &Found<'_>) {
        let kinds = self.ranked(part, prices).into_iter();
        for (open, left) in kinds.filter(|(open, left)| 0 < *left && *left < open.len()) {
            let worth = |rank: usize| prices.worth[open[rank] as usize];
            let (last, next) = (worth(left - 1), worth(left));
            for (rank, &site) in open.iter().enumerate() {
                let without = prices.bound - worth(rank) + next;
                let with = prices.bound - last + worth(rank);
                if rank < left && found.is_near(without) {
                    part.sites[site as usize] = Decided::Taken;
                } else if left <= rank && found.is_near(with) {
                    part.sites[site as usize] = Decided::Out;
                }
            }
        }
    }

    /// Looks through everything; gives the bound of what was left out, for lack of time or since it is near enough.
    fn search(&self, start: Prices, found: &mut Found<'_>) -> f64 {
        let size = self.asked.weights.len() + 3 * self.names.len();
        let most_waiting = (MOST_WAITING / size.max(1)).max(64);
        let mut waiting = BinaryHeap::from([Branch {
            part: self.open(),
            prices: start,
        }]);
        while let Some(branch) = waiting.pop() {
            let bound = branch.prices.bound;
            found.prove(bound);
            if found.is_near(bound) {
                break;
            }
            if found.is_over() || waiting.len() > most_waiting {
                return bound;
            }
            for part in self.halves(branch.part, &branch.prices, found) {
                found.n_branches += 1;
                let along = match found.n_branches % BUILDS_IN {
                    0 => Along::Building,
                    _ => Along::Nothing,
                };
                let prices = self.priced(&part, &branch.prices, IN_BRANCH, along, found);
                if !found.is_near(prices.bound) {
                    waiting.push(Branch { part, prices });
                }
            }
        }
        found.least()
    }

    /// A part in two, of which every choice in it is in one; none where there is only one choice, which is offered.
    fn halves(&self, mut part: Part, prices: &Prices, found: &mut Found<'_>) -> Vec<Part> {
        self.fix(&mut part, prices, found);
        let kinds = self.ranked(&part, prices);
        let mut choices = kinds.iter();
        let choice = choices.find(|(open, left)| 0 < *left && *left < open.len());
        let Some((open, left)) = choice else {
            let mut sites = those(&part.sites, Decided::Taken);
            sites.extend(
                kinds
                    .iter()
                    .flat_map(|(open, left)| open.iter().take(*left)),
            );
            self.offer(&sites, found);
            return Vec::new();
        };
        let mut other = part.clone();
        if let Some(demand) = self.unclear(&part, prices) {
            part.must.push(demand);
            for &site in self.asked.sets.covering(demand) {
                other.sites[site as usize] = Decided::Out;
            }
        } else {
            // The last that would be taken: of it, it is least clear.
            let site = open[left - 1] as usize;
            part.sites[site] = Decided::Taken;
            other.sites[site] = Decided::Out;
        }
        vec![part, other]
    }

    /// The demand of which it is least clear whether it should be covered at all; of several, the one with the most sites.
    fn unclear(&self, part: &Part, prices: &Prices) -> Option<u32> {
        let sets = self.asked.sets;
        let mut best: Option<(f64, usize, u32)> = None;
        for demand in 0..sets.n_demands() as u32 {
            let sites = sets.covering(demand);
            let is_taken = |&site: &u32| part.sites[site as usize] == Decided::Taken;
            if self.asked.needs[demand as usize] == 0 || sites.iter().any(is_taken) {
                continue;
            }
            let share: f64 = sites.iter().map(|&site| prices.share[site as usize]).sum();
            let unclear = share.min(1.0 - share);
            if unclear < UNCLEAR || part.must.contains(&demand) {
                continue;
            }
            // Rounded, so that among about equals the one with the most sites is taken.
            let key = ((unclear * 20.0).round(), sites.len(), demand);
            if best.is_none_or(|best| (key.0, key.1) > (best.0, best.1)) {
                best = Some(key);
            }
        }
        best.map(|(_, _, demand)| demand)
    }
}
