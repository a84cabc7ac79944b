//! So many sites that together cover the most (maximal covering).
//!
//! Each demand is given a price between nothing and its weight (Lagrangian relaxation, after Galvão and `ReVelle` 1996); the prices
//! prove a bound and say which sites are worth taking. Sites are taken greedily and exchanged one for another; those that no
//! better choice can have, or miss, are fixed; what is left open is branched on until nothing is left or the time is up.

use crate::plan::placement::chance::Chance;
use crate::plan::placement::taking::Decided;
pub use crate::plan::placement::taking::Question;
use crate::plan::placement::taking::filled;
pub use crate::plan::placement::taking::greedy;
use crate::plan::placement::taking::improved;
use crate::plan::placement::taking::taken_up;
use crate::plan::placement::taking::those;
pub use crate::plan::placement::taking::value;
use crate::plan::placement::watch::Standing;
use crate::plan::placement::watch::Watch;

/// Differences smaller than this share are rounding.
const ROUNDING: f64 = 1e-9;

/// So many steps the first prices take at most, those after a shake, and those of a branch.
const FIRST_STEPS: usize = 600;
const SHAKEN_STEPS: usize = 200;
const BRANCH_STEPS: usize = 50;

/// So often the prices are shaken, for other choices.
const SHAKES: usize = 10;

/// Choices are made and improved in branches down to this depth, and after every so many steps.
const BUILDS_TO: usize = 4;
const BUILDS_EVERY: usize = 25;

/// Steps without a better bound after which they become shorter, and the length at which they end.
const PATIENCE: usize = 20;
const SHORTER: f64 = 0.6;
const SHORTEST: f64 = 0.002;

/// How much of the last direction stays in the next: without it, prices swing.
const INERTIA: f64 = 0.3;

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
    let search = Search {
        asked: Question {
            n_sites: asked.n_sites.min(asked.sets.n_sites()),
            ..asked
        },
        best: Vec::new(),
        value: 0.0,
        bound: f64::INFINITY,
        chance: Chance::new(seed),
        watch,
        n_branches: 0,
    };
    search.done()
}

/// Prices of the demands, and what they prove.
#[derive(Clone, Debug)]
struct Prices {
    /// Of each demand, from nothing to its weight.
    of: Vec<f64>,
    /// Of each site, the prices of what it covers.
    worth: Vec<f64>,
    /// No choice in the part covers more.
    bound: f64,
}

struct Search<'a> {
    asked: Question<'a>,
    best: Vec<u32>,
    value: f64,
    bound: f64,
    chance: Chance,
    watch: Watch<'a>,
    n_branches: usize,
}

impl Search<'_> {
    fn done(mut self) -> Choice {
        let mut part = vec![Decided::Open; self.asked.sets.n_sites()];
        let first = greedy(self.asked);
        self.offer(&first);
        self.improve(first);
        let half = self.asked.weights.iter().map(|weight| weight / 2.0);
        let mut prices = self.prices(&part, half.collect(), FIRST_STEPS, true);
        self.prove(prices.bound);
        for _ in 0..SHAKES {
            if self.is_near(prices.bound) || (self.watch.is_over)() {
                break;
            }
            self.fix(&mut part, &prices);
            let shaken = prices.of.iter().zip(self.asked.weights);
            let shaken = shaken.map(|(price, weight)| {
                let share = 0.95 + 0.1 * self.chance.share();
                (price * share).min(*weight)
            });
            let shaken = shaken.collect();
            let again = self.prices(&part, shaken, SHAKEN_STEPS, true);
            if again.bound < prices.bound {
                prices = again;
                self.prove(prices.bound);
            }
        }
        if !self.is_near(prices.bound) {
            let left = self.branch(part, &prices, 0);
            self.prove(left);
        }
        Choice {
            bound: self.bound.max(self.value),
            sites: self.best,
            value: self.value,
            n_branches: self.n_branches,
        }
    }

    /// Whether a bound leaves nothing to look for.
    fn is_near(&self, bound: f64) -> bool {
        bound <= self.least()
    }

    /// Up to this, the best answer is good enough.
    fn least(&self) -> f64 {
        self.value * (1.0 + self.asked.enough.max(ROUNDING))
    }

    fn prove(&mut self, bound: f64) {
        let bound = bound.max(self.value);
        if bound < self.bound {
            self.bound = bound;
            self.tell();
        }
    }

    fn tell(&self) {
        (self.watch.tell)(Standing {
            value: self.value,
            bound: self.bound,
        });
    }

    fn offer(&mut self, sites: &[u32]) {
        let value = value(self.asked, sites);
        if value > self.value * (1.0 + ROUNDING) {
            self.value = value;
            self.best = sites.to_vec();
            self.tell();
        }
    }

    fn improve(&mut self, sites: Vec<u32>) {
        let worth_it = ROUNDING * self.value.max(1.0);
        self.offer(&improved(self.asked, sites, worth_it));
    }

    /// The open sites, the worthiest first, and how many of them can still be taken.
    fn ranked(&self, part: &[Decided], prices: &Prices) -> (Vec<u32>, usize) {
        let n_taken = those(part, Decided::Taken).len();
        let mut open = those(part, Decided::Open);
        let worth = |site: u32| prices.worth[site as usize];
        open.sort_unstable_by(|&a, &b| worth(b).total_cmp(&worth(a)).then(a.cmp(&b)));
        (open, self.asked.n_sites.saturating_sub(n_taken))
    }

    /// Decides of every site that each better choice must have, or cannot.
    fn fix(&self, part: &mut [Decided], prices: &Prices) {
        let (open, left) = self.ranked(part, prices);
        if left == 0 || open.len() <= left {
            return;
        }
        let worth = |rank: usize| prices.worth[open[rank] as usize];
        let (last, next) = (worth(left - 1), worth(left));
        for (rank, &site) in open.iter().enumerate() {
            let (without, with) = (
                prices.bound - worth(rank) + next,
                prices.bound - last + worth(rank),
            );
            if rank < left && without < self.least() {
                part[site as usize] = Decided::Taken;
            } else if left <= rank && with < self.least() {
                part[site as usize] = Decided::Out;
            }
        }
    }

    /// Looks through a part; gives the bound of what was left out for lack of time, or nothing.
    fn branch(&mut self, mut part: Vec<Decided>, prices: &Prices, depth: usize) -> f64 {
        self.n_branches += 1;
        if (self.watch.is_over)() {
            return prices.bound;
        }
        self.fix(&mut part, prices);
        let (open, left) = self.ranked(&part, prices);
        if left == 0 || open.len() <= left {
            let mut sites = those(&part, Decided::Taken);
            sites.extend(open.iter().take(left));
            self.offer(&sites);
            return 0.0;
        }
        // The last that would be taken: of it, it is least clear.
        let site = open[left - 1] as usize;
        let mut unseen: f64 = 0.0;
        for decided in [Decided::Taken, Decided::Out] {
            let mut half = part.clone();
            half[site] = decided;
            let own = self.prices(&half, prices.of.clone(), BRANCH_STEPS, depth < BUILDS_TO);
            if !self.is_near(own.bound) {
                unseen = unseen.max(self.branch(half, &own, depth + 1));
            }
        }
        unseen
    }

    /// Prices that prove as much as they can within so many steps (subgradient descent); on the way, choices are made of them.
    fn prices(&mut self, part: &[Decided], start: Vec<f64>, steps: usize, builds: bool) -> Prices {
        let weights = self.asked.weights;
        let taken = those(part, Decided::Taken);
        let mut order = those(part, Decided::Open);
        let left = self
            .asked
            .n_sites
            .saturating_sub(taken.len())
            .min(order.len());
        let mut is_covered = vec![false; weights.len()];
        let sure = taken
            .iter()
            .map(|&site| taken_up(self.asked, site, &mut is_covered));
        let sure: f64 = sure.sum();
        let mut price = start;
        let mut best = Prices {
            of: price.clone(),
            worth: vec![0.0; part.len()],
            bound: f64::INFINITY,
        };
        let mut worth = best.worth.clone();
        let (mut slope, mut direction) = (vec![0.0_f64; price.len()], vec![0.0_f64; price.len()]);
        let (mut length, mut n_idle) = (1.0, 0);
        for step in 0..steps {
            let bound = sure
                + self.relaxed(
                    &mut order,
                    left,
                    &is_covered,
                    &price,
                    &mut worth,
                    &mut slope,
                );
            if bound < best.bound {
                let is_much_better = bound < best.bound * (1.0 - 1e-5);
                n_idle = if is_much_better { 0 } else { n_idle + 1 };
                best.bound = bound;
                best.of.clone_from(&price);
                best.worth.clone_from(&worth);
            } else {
                n_idle += 1;
            }
            if builds && step % BUILDS_EVERY == BUILDS_EVERY - 1 {
                let mut sites = taken.clone();
                sites.extend(&order[..left]);
                self.improve(filled(self.asked, part, sites));
                if (self.watch.is_over)() {
                    break;
                }
            }
            if self.is_near(best.bound) {
                break;
            }
            if n_idle >= PATIENCE {
                length *= SHORTER;
                if length < SHORTEST {
                    break;
                }
                n_idle = 0;
                price.clone_from(&best.of);
                direction.fill(0.0);
                continue;
            }
            let mut squared = 0.0;
            for (demand, direction) in direction.iter_mut().enumerate() {
                if is_covered[demand] {
                    continue;
                }
                let is_at_end = (slope[demand] > 0.0 && price[demand] <= 0.0)
                    || (slope[demand] < 0.0 && price[demand] >= weights[demand]);
                let slope = if is_at_end { 0.0 } else { slope[demand] };
                *direction = (1.0 - INERTIA) * slope + INERTIA * *direction;
                squared += *direction * *direction;
            }
            if squared < 1e-12 {
                break;
            }
            // A little beyond the best choice: the bound may come close to it.
            let far = length * (bound - self.value * 0.9995).max(ROUNDING) / squared;
            for (demand, price) in price.iter_mut().enumerate() {
                if !is_covered[demand] {
                    *price = (*price - far * direction[demand]).clamp(0.0, weights[demand]);
                }
            }
        }
        best
    }

    /// What the relaxed problem is worth at these prices: the first `left` of `order` become the worthiest sites, `worth` what
    /// each covers at these prices, and `slope` how much more often than it counts each demand is covered.
    fn relaxed(
        &self,
        order: &mut [u32],
        left: usize,
        is_covered: &[bool],
        price: &[f64],
        worth: &mut [f64],
        slope: &mut [f64],
    ) -> f64 {
        let Question { sets, weights, .. } = self.asked;
        let mut bound = 0.0;
        for (demand, slope) in slope.iter_mut().enumerate() {
            let rest = weights[demand] - price[demand];
            let counts = !is_covered[demand] && rest > 0.0;
            *slope = if counts { -1.0 } else { 0.0 };
            bound += if counts { rest } else { 0.0 };
        }
        for &site in &*order {
            let demands = sets.covered_by(site).iter();
            let priced = demands.filter(|&&demand| !is_covered[demand as usize]);
            worth[site as usize] = priced.map(|&demand| price[demand as usize]).sum();
        }
        if 0 < left && left < order.len() {
            let by_worth = |a: &u32, b: &u32| {
                let (of_a, of_b) = (worth[*a as usize], worth[*b as usize]);
                of_b.total_cmp(&of_a).then(a.cmp(b))
            };
            order.select_nth_unstable_by(left - 1, by_worth);
        }
        for &site in &order[..left] {
            bound += worth[site as usize];
            for &demand in sets.covered_by(site) {
                slope[demand as usize] += 1.0;
            }
        }
        bound
    }
}
