//! The cheapest cover of one part of a covering problem.
//!
//! Each demand is given a price (Lagrangian relaxation of its constraint); the prices prove a bound and say which sites are
//! worth their cost. Covers are built greedily by those prices and trimmed (after Beasley 1990, and Caprara, Fischetti and Toth
//! 1999), and swept along the demands; sites that no better cover can have, or miss, are fixed; what is left open is branched
//! on, each branch with prices of its own, until nothing is left or the time is up.

use crate::plan::chance::Chance;
use crate::plan::placement::covering::Cover;
use crate::plan::placement::covering::ROUNDING;
use crate::plan::placement::sets::Sets;
use crate::plan::placement::sweep::sweeps;
use crate::plan::placement::taking::Decided;
use crate::plan::placement::taking::those;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;

/// With more sites than this, covers take long to build: they are built after so many steps.
const LARGE: usize = 2_000;
const BUILDS_EVERY: usize = 100;

/// So many steps the first prices take at most, and those after a shake.
const FIRST_STEPS: usize = 400;
const SHAKEN_STEPS: usize = 150;

/// So often the prices are shaken, for other covers.
const SHAKES: usize = 30;

/// So many steps the prices of a branch take at most, with a site taken and with it out.
const STEPS_TAKEN: usize = 40;
const STEPS_OUT: usize = 60;

/// Covers are built in branches down to this depth.
const BUILDS_TO: usize = 6;

/// Steps without a better bound after which they become shorter, and the length at which they end.
const PATIENCE: usize = 15;
const SHORTER: f64 = 0.6;
const SHORTEST: f64 = 0.003;

/// How much of the last direction stays in the next: without it, prices swing.
const INERTIA: f64 = 0.3;

/// A price for a demand that only one site in a hundred thousand covers must stay a number.
const DEAREST: f64 = 1e18;

/// A part of the problem: some sites are decided.
#[derive(Clone, Debug)]
struct Part {
    sites: Vec<Decided>,
    /// What the taken ones cost.
    cost: f64,
}

impl Part {
    fn taken(&self) -> Vec<u32> {
        those(&self.sites, Decided::Taken)
    }
}

/// Prices of the demands, and what they prove.
#[derive(Clone, Debug)]
struct Prices {
    /// Of each demand, not negative.
    of: Vec<f64>,
    /// Of each site, its cost less the prices of what it covers.
    rest: Vec<f64>,
    /// No cover of the part costs less.
    bound: f64,
}

/// A search for the cheapest cover.
pub(super) struct Search<'a> {
    pub sets: &'a Sets,
    pub costs: &'a [f64],
    /// Whether all costs are whole, so that a bound can be rounded up.
    pub is_whole: bool,
    pub best: Vec<u32>,
    pub cost: f64,
    pub bound: f64,
    pub chance: Chance,
    pub watch: Watch<'a>,
    pub n_branches: usize,
    pub most_branches: usize,
}

impl Search<'_> {
    /// The cheapest cover, as far as there is time.
    pub fn done(mut self) -> Cover {
        let mut part = Part {
            sites: vec![Decided::Open; self.sets.n_sites()],
            cost: 0.0,
        };
        let nothing = vec![false; self.sets.n_demands()];
        self.sweep(&part, &nothing, &vec![1.0; nothing.len()]);
        let first = self.cheapest_shares();
        self.build(&part, &first);
        let mut prices = self.prices(
            &part,
            first,
            if self.is_large() { 6_000 } else { FIRST_STEPS },
            true,
        );
        self.prove(prices.bound);
        for _ in 0..SHAKES {
            if self.leaves_nothing(prices.bound) || (self.watch.is_over)() {
                break;
            }
            self.fix(&mut part, &prices);
            let shaken = prices.of.iter();
            let shaken = shaken.map(|price| price * (0.9 + 0.2 * self.chance.share()));
            let shaken = shaken.collect();
            let again = self.prices(&part, shaken, SHAKEN_STEPS, true);
            if prices.bound < again.bound {
                prices = again;
                self.prove(prices.bound);
            }
        }
        let left = if self.leaves_nothing(prices.bound) {
            self.cost
        } else {
            self.branch(part, &prices, 0)
        };
        self.prove(left);
        self.best.sort_unstable();
        Cover {
            bound: self.bound.min(self.cost),
            sites: self.best,
            cost: self.cost,
            n_branches: self.n_branches,
        }
    }

    /// Whether covers take so long to build that they are built more seldom.
    fn is_large(&self) -> bool {
        self.sets.n_sites() > LARGE
    }

    /// Of each demand, the least that a site asks for each demand that it covers.
    fn cheapest_shares(&self) -> Vec<f64> {
        let share = |&site: &u32| {
            self.costs[site as usize] / self.sets.covered_by(site).len().max(1) as f64
        };
        let demands = 0..self.sets.n_demands() as u32;
        let cheapest = demands.map(|demand| {
            let shares = self.sets.covering(demand).iter().map(share);
            shares.fold(DEAREST, f64::min)
        });
        cheapest.collect()
    }

    fn rounded(&self, bound: f64) -> f64 {
        if self.is_whole {
            (bound - ROUNDING).ceil()
        } else {
            bound
        }
    }

    /// Whether no cover within this bound is better than the best.
    fn leaves_nothing(&self, bound: f64) -> bool {
        self.rounded(bound) >= self.cost - ROUNDING
    }

    fn prove(&mut self, bound: f64) {
        let bound = self.rounded(bound).min(self.cost);
        if self.bound < bound {
            self.bound = bound;
            self.tell();
        }
    }

    fn tell(&self) {
        (self.watch.tell)(Standing {
            value: self.cost,
            bound: self.bound,
        });
    }

    fn offer(&mut self, taken: Vec<u32>) {
        let cost: f64 = taken.iter().map(|&site| self.costs[site as usize]).sum();
        if cost < self.cost - ROUNDING {
            self.cost = cost;
            self.best = taken;
            self.tell();
        }
    }

    /// Decides of every site that each better cover must have, or cannot.
    fn fix(&self, part: &mut Part, prices: &Prices) {
        let better = if self.is_whole {
            self.cost - 1.0
        } else {
            self.cost
        };
        let gap = better - prices.bound + ROUNDING;
        for (site, decided) in part.sites.iter_mut().enumerate() {
            if *decided != Decided::Open {
                continue;
            }
            if prices.rest[site] > gap {
                *decided = Decided::Out;
            } else if -prices.rest[site] > gap {
                *decided = Decided::Taken;
                part.cost += self.costs[site];
            }
        }
    }

    /// Looks through a part; gives the bound of what was left out for lack of time, or the best cost if nothing was.
    fn branch(&mut self, mut part: Part, prices: &Prices, depth: usize) -> f64 {
        self.n_branches += 1;
        if (self.watch.is_over)() || self.n_branches > self.most_branches {
            return prices.bound;
        }
        self.fix(&mut part, prices);
        let covered = self.covered(&part);
        let open = |demand: u32| {
            let sites = self.sets.covering(demand).iter();
            sites.filter(|&&site| part.sites[site as usize] == Decided::Open)
        };
        let demands = 0..covered.len() as u32;
        let scarce = demands
            .filter(|&demand| !covered[demand as usize])
            .map(|demand| (open(demand).count(), demand))
            .min();
        let Some((n_open, demand)) = scarce else {
            let taken = part.taken();
            self.offer(taken);
            return self.cost;
        };
        let site = match n_open {
            0 => return self.cost,
            1 => open(demand).next().copied(),
            _ => None,
        };
        let site = site.unwrap_or_else(|| self.undecided(&part, prices, &covered));
        let mut left = f64::INFINITY;
        for (decided, steps) in [(Decided::Taken, STEPS_TAKEN), (Decided::Out, STEPS_OUT)] {
            if decided == Decided::Out && n_open == 1 {
                break;
            }
            let mut half = part.clone();
            half.sites[site as usize] = decided;
            if decided == Decided::Taken {
                half.cost += self.costs[site as usize];
            }
            let own = self.prices(&half, prices.of.clone(), steps, depth < BUILDS_TO);
            if !self.leaves_nothing(own.bound) {
                left = left.min(self.branch(half, &own, depth + 1));
            }
        }
        left.min(self.cost)
    }

    /// The open site of which it is least clear whether it is worth its cost; of several, the one that covers most.
    fn undecided(&self, part: &Part, prices: &Prices, covered: &[bool]) -> u32 {
        let mut best = (f64::INFINITY, 0);
        for (site, decided) in (0_u32..).zip(&part.sites) {
            if *decided != Decided::Open {
                continue;
            }
            let fresh = self.sets.covered_by(site).iter();
            let n_fresh = fresh.filter(|&&demand| !covered[demand as usize]).count();
            let key = prices.rest[site as usize].abs() - 0.01 * n_fresh as f64;
            if n_fresh > 0 && key < best.0 {
                best = (key, site);
            }
        }
        best.1
    }

    /// Which demands the taken sites cover.
    fn covered(&self, part: &Part) -> Vec<bool> {
        let mut covered = vec![false; self.sets.n_demands()];
        for site in part.taken() {
            for &demand in self.sets.covered_by(site) {
                covered[demand as usize] = true;
            }
        }
        covered
    }

    /// Prices that prove as much as they can within so many steps (subgradient ascent); on the way, covers are built from them.
    fn prices(&mut self, part: &Part, start: Vec<f64>, steps: usize, builds: bool) -> Prices {
        let covered = self.covered(part);
        let open = those(&part.sites, Decided::Open);
        let mut price = start;
        for (price, _) in price
            .iter_mut()
            .zip(&covered)
            .filter(|(_, covered)| **covered)
        {
            *price = 0.0;
        }
        let mut best = Prices {
            of: price.clone(),
            rest: vec![0.0; part.sites.len()],
            bound: f64::NEG_INFINITY,
        };
        let mut rest = best.rest.clone();
        let mut lacking = vec![0.0_f64; price.len()];
        let mut direction = vec![0.0_f64; price.len()];
        let (mut length, mut n_idle) = (1.0, 0);
        for step in 0..steps {
            let bound = part.cost + self.relaxed(&open, &covered, &price, &mut rest, &mut lacking);
            let is_better = bound > best.bound;
            if is_better {
                let is_much_better = bound > best.bound + 1e-4 * best.bound.abs();
                n_idle = if is_much_better { 0 } else { n_idle + 1 };
                best.bound = bound;
                best.of.clone_from(&price);
                best.rest.clone_from(&rest);
            } else {
                n_idle += 1;
            }
            let is_turn = if self.is_large() {
                step % BUILDS_EVERY == BUILDS_EVERY - 1
            } else {
                (is_better && step > 20) || (!is_better && step % 5 == 0)
            };
            if builds && is_turn && self.is_large() {
                self.sweep(part, &covered, &price);
            } else if builds && is_turn {
                self.build(part, &price);
            }
            if self.leaves_nothing(best.bound) || (builds && (self.watch.is_over)()) {
                break;
            }
            if n_idle >= if self.is_large() { 60 } else { PATIENCE } {
                length *= SHORTER;
                if length < if self.is_large() { 0.0002 } else { SHORTEST } {
                    break;
                }
                n_idle = 0;
                price.clone_from(&best.of);
                direction.fill(0.0);
                continue;
            }
            let mut squared = 0.0;
            for (index, direction) in direction.iter_mut().enumerate() {
                if covered[index] {
                    continue;
                }
                let is_at_end = lacking[index] < 0.0 && price[index] <= 0.0;
                let slope = if is_at_end { 0.0 } else { lacking[index] };
                *direction = (1.0 - INERTIA) * slope + INERTIA * *direction;
                squared += *direction * *direction;
            }
            if squared < 1e-12 {
                break;
            }
            // A little beyond the best cover: the bound may come close to it.
            let step = length * (1.02 * self.cost.min(1e15) - bound).max(0.0) / squared;
            for (index, price) in price.iter_mut().enumerate() {
                if !covered[index] {
                    *price = (*price + step * direction[index]).max(0.0);
                }
            }
        }
        best
    }

    /// What the relaxed problem costs at these prices; `rest` becomes each open site's cost less its prices, and `lacking` how
    /// often each demand is covered too seldom.
    fn relaxed(
        &self,
        open: &[u32],
        covered: &[bool],
        price: &[f64],
        rest: &mut [f64],
        lacking: &mut [f64],
    ) -> f64 {
        let mut bound: f64 = price.iter().sum();
        let mut sums = Vec::with_capacity(price.len() + 1);
        let mut sum = 0.0;
        for price in price {
            sums.push(sum);
            sum += price;
        }
        sums.push(sum);
        for (lacking, covered) in lacking.iter_mut().zip(covered) {
            *lacking = if *covered { 0.0 } else { 1.0 };
        }
        for &site in open {
            let demands = self.sets.covered_by(site);
            let runs = self.sets.runs_of(site).iter();
            let prices: f64 = runs
                .map(|run| sums[run.to as usize] - sums[run.from as usize])
                .sum();
            let cost = self.costs[site as usize] - prices;
            rest[site as usize] = cost;
            if cost < 0.0 {
                bound += cost;
                for &demand in demands {
                    lacking[demand as usize] -= 1.0;
                }
            }
        }
        bound
    }

    /// Builds covers by sweeping over what is not covered yet, and offers them.
    fn sweep(&mut self, part: &Part, covered: &[bool], price: &[f64]) {
        let is_open = |site: u32| part.sites[site as usize] == Decided::Open;
        for sweep in sweeps(self.sets, covered, self.costs, price, &is_open) {
            let mut taken = part.taken();
            taken.extend(sweep);
            self.offer(taken);
        }
    }

    /// Builds a cover site by site, the one first that asks least beyond the prices of what it newly covers, and offers it.
    fn build(&mut self, part: &Part, price: &[f64]) {
        let n_sites = part.sites.len();
        let mut times = vec![0_u32; price.len()];
        let mut taken = part.taken();
        for &site in &taken {
            for &demand in self.sets.covered_by(site) {
                times[demand as usize] += 1;
            }
        }
        let mut n_lacking = times.iter().filter(|times| **times == 0).count();
        let (mut gain, mut n_fresh) = (vec![0.0; n_sites], vec![0_u32; n_sites]);
        let mut open = Vec::new();
        for (site, decided) in (0_u32..).zip(&part.sites) {
            if *decided != Decided::Open {
                continue;
            }
            for &demand in self.sets.covered_by(site) {
                if times[demand as usize] == 0 {
                    gain[site as usize] += price[demand as usize];
                    n_fresh[site as usize] += 1;
                }
            }
            open.push(site);
        }
        while n_lacking > 0 {
            open.retain(|&site| n_fresh[site as usize] > 0);
            let score = |site: u32| {
                let rest = self.costs[site as usize] - gain[site as usize];
                let n_fresh = f64::from(n_fresh[site as usize]);
                if rest > 0.0 {
                    rest / n_fresh
                } else {
                    rest * n_fresh
                }
            };
            let cheapest = open.iter().copied().min_by(|&a, &b| {
                let order = score(a).total_cmp(&score(b));
                order.then(a.cmp(&b))
            });
            // Where the sites that are out would be needed, there is no cover in this part.
            let Some(site) = cheapest else { return };
            taken.push(site);
            for &demand in self.sets.covered_by(site) {
                times[demand as usize] += 1;
                if times[demand as usize] == 1 {
                    n_lacking -= 1;
                    for &other in self.sets.covering(demand) {
                        gain[other as usize] -= price[demand as usize];
                        n_fresh[other as usize] = n_fresh[other as usize].saturating_sub(1);
                    }
                }
            }
        }
        self.trim(&mut taken, &mut times, part);
        self.offer(taken);
    }

    /// Takes out what the others cover already, the dearest first.
    fn trim(&self, taken: &mut Vec<u32>, times: &mut [u32], part: &Part) {
        let cost = |site: &u32| self.costs[*site as usize];
        taken.sort_by(|a, b| cost(b).total_cmp(&cost(a)).then(a.cmp(b)));
        taken.retain(|&site| {
            let demands = self.sets.covered_by(site);
            let is_needed = part.sites[site as usize] == Decided::Taken
                || demands.iter().any(|&demand| times[demand as usize] == 1);
            if !is_needed {
                for &demand in demands {
                    times[demand as usize] -= 1;
                }
            }
            is_needed
        });
    }
}
