//! The cheapest sites that cover every demand (set covering).
//!
//! First everything goes that does not matter; what is left falls into parts that have nothing to do with each other, and the
//! cheapest cover of each is looked for on its own: what is proven of them adds up.

use crate::plan::chance::Chance;
use crate::plan::placement::cover_search::Search;
use crate::plan::placement::reduced::reduced;
use crate::plan::placement::sets::Sets;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;

/// Differences smaller than this are rounding.
pub(super) const ROUNDING: f64 = 1e-6;

/// So many branches each part of a problem may have in each round.
const PATIENT: [usize; 4] = [0, 100, 3_000, usize::MAX];

/// A cover, and how good it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// The sites, in order.
    pub sites: Vec<u32>,
    /// What they cost.
    pub cost: f64,
    /// No cover costs less.
    pub bound: f64,
    /// How many branches were looked at.
    pub n_branches: usize,
}

impl Cover {
    /// Whether there is no cheaper one.
    pub fn is_proven(&self) -> bool {
        self.bound >= self.cost - ROUNDING
    }
}

/// The cheapest cover, as far as there is time; none if some demand has no site.
///
/// The same sets, costs and seed give the same cover, unless it is the time that ends the search.
pub fn cheapest(sets: &Sets, costs: &[f64], seed: u64, watch: Watch<'_>) -> Option<Cover> {
    let has_site = |demand: u32| !sets.covering(demand).is_empty();
    if !(0..sets.n_demands() as u32).all(has_site) {
        return None;
    }
    let left = reduced(sets, costs, watch.is_over);
    let parts = left.parts();
    let mut covers: Vec<Option<Cover>> = vec![None; parts.len()];
    let sure: f64 = left.needed.iter().map(|&site| costs[site as usize]).sum();
    // The large parts would take all the time: first each has a little, then those that are not proven more.
    for most_branches in PATIENT {
        for number in 0..parts.len() {
            let known = covers[number].take();
            let is_done = known.as_ref().is_some_and(Cover::is_proven);
            if is_done || (most_branches > 0 && (watch.is_over)()) {
                covers[number] = known;
                continue;
            }
            let others = covers.iter().flatten();
            let others = others.fold([sure, sure], |[cost, bound], cover| {
                [cost + cover.cost, bound + cover.bound]
            });
            let tell = |standing: Standing| {
                if most_branches > 0 {
                    (watch.tell)(Standing {
                        value: standing.value + others[0],
                        bound: standing.bound + others[1],
                    });
                }
            };
            let is_over = || most_branches == 0 || (watch.is_over)();
            let (is_over, tell) = (&is_over as &dyn Fn() -> bool, &tell as &dyn Fn(Standing));
            let part = &parts[number];
            let (known_cost, known_sites, known_bound) = match known {
                Some(known) => (known.cost, known.sites, known.bound),
                None => (f64::INFINITY, Vec::new(), 0.0),
            };
            let search = Search {
                sets: &part.sets,
                costs: &part.costs,
                is_whole: part.costs.iter().all(|cost| cost.fract() == 0.0),
                best: known_sites,
                cost: known_cost,
                bound: known_bound,
                chance: Chance::new(seed),
                watch: Watch { is_over, tell },
                n_branches: 0,
                most_branches,
            };
            covers[number] = Some(search.done());
        }
    }
    let mut whole = Cover {
        sites: left.needed.clone(),
        cost: sure,
        bound: sure,
        n_branches: 0,
    };
    for (part, cover) in parts.iter().zip(covers.iter().flatten()) {
        let sites = cover.sites.iter();
        whole
            .sites
            .extend(sites.map(|&site| part.names[site as usize]));
        whole.cost += cover.cost;
        whole.bound += cover.bound;
        whole.n_branches += cover.n_branches;
    }
    whole.sites.sort_unstable();
    (watch.tell)(Standing {
        value: whole.cost,
        bound: whole.bound,
    });
    Some(whole)
}
