//! The fewest sites that cover enough (partial set covering): so many fewer, until it is proven that fewer cannot.

use std::cell::Cell;

use crate::plan::placement::maximal;
use crate::plan::placement::sweep::sweeps;
use crate::plan::placement::taking::Question;
use crate::plan::placement::taking::greedy;
use crate::plan::placement::taking::value;
use crate::plan::placement::taking::without_least;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;

/// What is covered up to this share of the target is rounding.
const ROUNDING: f64 = 1e-9;

/// So many steps the prices of one number of sites take at most.
const STEPS: usize = 3_000;

/// Some sites that cover enough, and how few they could be at least.
#[derive(Clone, Debug, PartialEq)]
pub struct Few {
    /// The sites, those first that add most.
    pub sites: Vec<u32>,
    /// The weight that they cover.
    pub value: f64,
    /// No fewer sites cover enough.
    pub at_least: usize,
}

/// The fewest sites that cover a weight, as far as there is time; all that add anything, where even they cover less.
///
/// Of the number of sites, the half that may still hold the fewest is halved again and again: so many sites that cover the most
/// either cover enough, or are proven not to, or neither in time. `asked.n_sites` is not looked at.
pub fn fewest(asked: Question<'_>, target: f64, seed: u64, watch: Watch<'_>) -> Few {
    let least = target * (1.0 - ROUNDING);
    let mut best = without_search(asked, least);
    let told = |at_least: usize, n_sites: usize| {
        (watch.tell)(Standing {
            value: n_sites as f64,
            bound: at_least as f64,
        });
    };
    let is_enough = best.value >= least;
    let mut at_least = usize::from(target > 0.0);
    let mut low = at_least;
    if !is_enough {
        best.at_least = best.sites.len();
        return best;
    }
    told(at_least, best.sites.len());
    while low < best.sites.len() && !(watch.is_over)() {
        // First the last step, whose prices tell most about all others; then closer and closer from above.
        let n_sites = if at_least <= 1 {
            best.sites.len() - 1
        } else {
            (low + 2 * (best.sites.len() - 1)) / 3
        };
        let standing = Cell::new(Standing {
            value: 0.0,
            bound: f64::INFINITY,
        });
        let is_clear = || {
            let now = standing.get();
            now.value >= least || now.bound < least
        };
        let own = Watch {
            is_over: &|| is_clear() || (watch.is_over)(),
            tell: &|now| standing.set(now),
        };
        let question = Question { n_sites, ..asked };
        let all = best.sites.clone();
        let (known, _) = without_least(asked, all, |_| true, |_, n_left| n_left >= n_sites);
        let choice = maximal::good_from(question, &known, STEPS, seed, own);
        let proven = choice.bounds.iter().position(|&bound| bound >= least);
        at_least = at_least.max(proven.unwrap_or(0));
        if choice.value >= least {
            best = Few {
                value: choice.value,
                sites: choice.sites,
                at_least,
            };
        } else {
            low = n_sites + 1;
        }
        low = low.max(at_least);
        told(at_least, best.sites.len());
    }
    Few { at_least, ..best }
}

/// Few sites that cover a weight, or all that add anything where even they cover less; found at once, and not the fewest.
pub fn enough_quickly(asked: Question<'_>, target: f64) -> Vec<u32> {
    without_search(asked, target * (1.0 - ROUNDING)).sites
}

fn without_search(asked: Question<'_>, least: f64) -> Few {
    let mut best = enough_of(asked, least);
    for sweep in swept(asked) {
        let (sites, _) = without_least(asked, sweep, |_| true, |left, _| left >= least);
        let value = value(asked, &sites);
        if value >= least && sites.len() < best.sites.len() {
            best = Few {
                value,
                sites,
                at_least: 0,
            };
        }
    }
    best
}

/// Sites taken greedily until they are enough.
fn enough_of(asked: Question<'_>, least: f64) -> Few {
    let n_sites = asked.sets.n_sites();
    let mut sites = greedy(Question { n_sites, ..asked });
    let (mut low, mut high) = (0, sites.len());
    while low < high {
        let half = usize::midpoint(low, high);
        if value(asked, &sites[..half]) >= least {
            high = half;
        } else {
            low = half + 1;
        }
    }
    sites.truncate(low);
    Few {
        value: value(asked, &sites),
        sites,
        at_least: 0,
    }
}

/// Covers of everything, where one site is enough for each demand.
fn swept(asked: Question<'_>) -> Vec<Vec<u32>> {
    if asked.needs.iter().any(|&needs| needs > 1) {
        return Vec::new();
    }
    let each = asked.needs.iter().zip(asked.weights);
    let covered = each.map(|(&needs, &weight)| needs == 0 || weight <= 0.0);
    let covered: Vec<bool> = covered.collect();
    let costs = vec![1.0; asked.sets.n_sites()];
    sweeps(asked.sets, &covered, &costs, asked.weights, &|_| true)
}
