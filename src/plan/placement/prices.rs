//! Prices of demands, and what they prove (Lagrangian relaxation of maximal covering, after Galvão and `ReVelle` 1996).
//!
//! Whoever pays a demand's price to every site that covers it, instead of its weight once, can take the worthiest sites one by
//! one: what that is worth, no choice of as many sites exceeds.

use crate::plan::chance::Chance;
use crate::plan::placement::taking::Decided;
use crate::plan::placement::taking::Question;
use crate::plan::placement::taking::taken_up;
use crate::plan::placement::taking::those;

/// A step becomes shorter by this, and at last so short that it ends.
const SHORTER: f64 = 0.6;
const SHORTEST: f64 = 0.0002;

/// How much of the last direction stays in the next: without it, prices swing.
const INERTIA: f64 = 0.3;

/// What the newest step counts in the shares of sites.
const NEWEST: f64 = 0.03;

/// What is decided in a part of the problem.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Of each site.
    pub sites: Vec<Decided>,
    /// The demands that must be covered.
    pub must: Vec<u32>,
}

/// Prices, and what they prove.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    /// Of each demand, from nothing to its weight, or to anything if it must be covered.
    pub of: Vec<f64>,
    /// Of each site, the prices of what it covers.
    pub worth: Vec<f64>,
    /// How often each site was among the worthiest of late, from nothing to 1: about what it would be in the best mixture.
    pub share: Vec<f64>,
    /// No choice in the part is worth more.
    pub bound: f64,
}

impl Prices {
    /// The first prices of a problem: half of each weight.
    pub fn first(asked: Question<'_>) -> Self {
        let n_sites = asked.sets.n_sites();
        Self {
            of: asked.weights.iter().map(|weight| weight / 2.0).collect(),
            worth: vec![0.0; n_sites],
            share: vec![0.0; n_sites],
            bound: f64::INFINITY,
        }
    }

    /// The same a little higher or lower, for another way down.
    pub fn shaken(mut self, chance: &mut Chance, weights: &[f64]) -> Self {
        for (price, weight) in self.of.iter_mut().zip(weights) {
            *price = (*price * (0.95 + 0.1 * chance.share())).min(*weight);
        }
        self
    }
}

/// How a descent goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// So many steps at most.
    pub most_steps: usize,
    /// After so many steps without a better bound they become shorter.
    pub patience: usize,
    /// How long the first ones are, as a share of what would lead to a choice that is known.
    pub length: f64,
}

/// What is known of a step: which sites are the worthiest, and how good the bound is.
pub(super) struct Step<'a> {
    /// Counted from 0.
    pub number: usize,
    /// The taken sites and the worthiest of the open ones.
    pub worthiest: &'a [u32],
    /// The best bound so far.
    pub bound: f64,
}

/// What whoever watches a descent answers after each step.
pub(super) struct Goes {
    /// What a choice is known to be worth: steps are as long as what is missing from it.
    pub known: f64,
    /// Whether it goes on.
    pub on: bool,
}

/// One descent: the problem, and the memory that its steps work in.
struct Descent<'a> {
    asked: Question<'a>,
    lacking: Vec<u8>,
    must: Vec<bool>,
    /// The open sites, kind by kind.
    open: Vec<OfKind>,
    price: Vec<f64>,
    worth: Vec<f64>,
    slope: Vec<f64>,
    /// Of each demand, the prices of those before it.
    sums: Vec<f64>,
}

/// The open sites of one kind.
struct OfKind {
    /// The worthiest come first.
    order: Vec<u32>,
    /// How many can still be taken.
    left: usize,
}

impl OfKind {
    fn worthiest(&self) -> &[u32] {
        &self.order[..self.left]
    }
}

/// The open sites of each kind, and how many of them can still be taken.
pub(super) fn open_by_kind(asked: Question<'_>, part: &Part) -> Vec<(Vec<u32>, usize)> {
    let mut kinds: Vec<(Vec<u32>, usize)> = asked
        .room()
        .into_iter()
        .map(|room| (Vec::new(), room))
        .collect();
    for (site, decided) in (0_u32..).zip(&part.sites) {
        let kind = &mut kinds[asked.kind(site)];
        match decided {
            Decided::Open => kind.0.push(site),
            Decided::Taken => kind.1 = kind.1.saturating_sub(1),
            Decided::Out => {}
        }
    }
    kinds
}

/// Prices that prove as much as they can within so many steps (subgradient descent).
pub(super) fn better_prices(
    asked: Question<'_>,
    part: &Part,
    start: &Prices,
    pace: Pace,
    mut after: impl FnMut(Step<'_>) -> Goes,
) -> Prices {
    let taken = those(&part.sites, Decided::Taken);
    let mut lacking = asked.needs.to_vec();
    let sure = taken
        .iter()
        .map(|&site| taken_up(asked, site, &mut lacking));
    let sure: f64 = sure.sum();
    let open = open_by_kind(asked, part).into_iter();
    let open = open.map(|(order, left)| OfKind {
        left: left.min(order.len()),
        order,
    });
    let mut must = vec![false; lacking.len()];
    for &demand in &part.must {
        must[demand as usize] = lacking[demand as usize] == asked.needs[demand as usize];
    }
    let mut descent = Descent {
        open: open.collect(),
        asked,
        lacking,
        must,
        price: start.of.clone(),
        worth: vec![0.0; part.sites.len()],
        slope: vec![0.0; start.of.len()],
        sums: vec![0.0; start.of.len() + 1],
    };
    // What lacks nothing has no price, whatever it had elsewhere.
    for (price, lacking) in descent.price.iter_mut().zip(&descent.lacking) {
        if *lacking == 0 {
            *price = 0.0;
        }
    }
    let mut best = Prices {
        bound: f64::INFINITY,
        ..start.clone()
    };
    let mut worthiest = taken;
    let n_taken = worthiest.len();
    let mut direction = vec![0.0_f64; start.of.len()];
    let (mut length, mut n_idle) = (pace.length, 0);
    for number in 0..pace.most_steps {
        let bound = sure + descent.relaxed();
        let is_much_better = bound < best.bound * (1.0 - 1e-5);
        n_idle = if is_much_better { 0 } else { n_idle + 1 };
        if bound < best.bound {
            best.bound = bound;
            best.of.clone_from(&descent.price);
            best.worth.clone_from(&descent.worth);
        }
        for (share, decided) in best.share.iter_mut().zip(&part.sites) {
            *share *= if *decided == Decided::Open {
                1.0 - NEWEST
            } else {
                0.0
            };
        }
        worthiest.truncate(n_taken);
        for kind in &descent.open {
            worthiest.extend(kind.worthiest());
        }
        for &site in &worthiest[n_taken..] {
            best.share[site as usize] += NEWEST;
        }
        let goes = after(Step {
            number,
            worthiest: &worthiest,
            bound: best.bound,
        });
        if !goes.on {
            break;
        }
        if n_idle >= pace.patience {
            length *= SHORTER;
            if length < SHORTEST {
                break;
            }
            n_idle = 0;
            descent.price.clone_from(&best.of);
            direction.fill(0.0);
            continue;
        }
        let squared = descent.turn(&mut direction);
        if squared < 1e-12 {
            break;
        }
        // A little beyond what is known: the bound may come close to it.
        let far = length * (bound - goes.known * 0.9995).max(1e-9) / squared;
        descent.go(&direction, far);
    }
    best
}

impl Descent<'_> {
    /// What the relaxed problem is worth at these prices: the worthiest sites of each kind come first, `worth` becomes what each
    /// covers at these prices, and `slope` how much more often than it counts each demand is covered.
    fn relaxed(&mut self) -> f64 {
        let Question { sets, weights, .. } = self.asked;
        let mut bound = 0.0;
        // Runs of demands are many, and long: what they hold is the difference of two sums.
        let mut sum = 0.0;
        for (demand, &price) in self.price.iter().enumerate() {
            self.sums[demand] = sum;
            sum += price;
            let rest = weights[demand] - price;
            let times = if rest > 0.0 {
                f64::from(self.lacking[demand])
            } else {
                f64::from(u8::from(self.must[demand]))
            };
            self.slope[demand] = -times;
            bound += times * rest;
        }
        self.sums[self.price.len()] = sum;
        let sums = &self.sums;
        for &site in self.open.iter().flat_map(|kind| &kind.order) {
            let runs = sets.runs_of(site).iter();
            let worth = runs.map(|run| sums[run.to as usize] - sums[run.from as usize]);
            self.worth[site as usize] = worth.sum();
        }
        let worth = &self.worth;
        let by_worth = |a: &u32, b: &u32| {
            let (of_a, of_b) = (worth[*a as usize], worth[*b as usize]);
            of_b.total_cmp(&of_a).then(a.cmp(b))
        };
        for OfKind { order, left } in &mut self.open {
            if 0 < *left && *left < order.len() {
                order.select_nth_unstable_by(*left - 1, by_worth);
            }
        }
        for &site in self.open.iter().flat_map(OfKind::worthiest) {
            bound += self.worth[site as usize];
            for &demand in sets.covered_by(site) {
                self.slope[demand as usize] += 1.0;
            }
        }
        bound
    }

    /// The dearest that a demand may be.
    fn dearest(&self, demand: usize) -> f64 {
        if self.must[demand] {
            f64::INFINITY
        } else {
            self.asked.weights[demand]
        }
    }

    /// Turns the direction toward the slope, but never out of the prices' range; gives its square, each demand as long as it is
    /// stepped in.
    ///
    /// A step counts by the demand's weight, so that all prices go through their ranges at the same pace: beside places where
    /// coverage changes, demand is cut into centimeters among stretches of ten meters, and steps that are short enough for
    /// those are too short for these.
    fn turn(&self, direction: &mut [f64]) -> f64 {
        let mut squared = 0.0;
        for (demand, direction) in direction.iter_mut().enumerate() {
            if self.lacking[demand] == 0 {
                continue;
            }
            let (slope, price) = (self.slope[demand], self.price[demand]);
            let is_at_end =
                (slope > 0.0 && price <= 0.0) || (slope < 0.0 && price >= self.dearest(demand));
            let slope = if is_at_end { 0.0 } else { slope };
            *direction = (1.0 - INERTIA) * slope + INERTIA * *direction;
            squared += self.asked.weights[demand] * *direction * *direction;
        }
        squared
    }

    fn go(&mut self, direction: &[f64], far: f64) {
        for (demand, direction) in direction.iter().enumerate() {
            if self.lacking[demand] > 0 {
                let price = self.price[demand] - far * self.asked.weights[demand] * direction;
                self.price[demand] = price.clamp(0.0, self.dearest(demand));
            }
        }
    }
}
