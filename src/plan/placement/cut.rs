//! A maximal covering problem cut down to what is undecided.

use crate::plan::placement::maximal::Problem;
use crate::plan::placement::prices::Part;
use crate::plan::placement::prices::Prices;
use crate::plan::placement::prices::open_by_kind;
use crate::plan::placement::sets::Sets;
use crate::plan::placement::taking::Decided;
use crate::plan::placement::taking::Kinds;
use crate::plan::placement::taking::Question;
use crate::plan::placement::taking::taken_up;
use crate::plan::placement::taking::those;

/// What is left of a problem when the decided sites are gone, and the demands that none of the others covers.
pub(super) struct Cut {
    sets: Sets,
    weights: Vec<f64>,
    needs: Vec<u8>,
    n_sites: usize,
    kind_of: Vec<u8>,
    most: Vec<usize>,
    enough: f64,
    names: Vec<u32>,
    taken: Vec<u32>,
    sure: f64,
    prices: Prices,
}

impl Cut {
    pub fn new(whole: &Problem<'_>, part: &Part, prices: &Prices) -> Self {
        let asked = whole.asked;
        let taken = those(&part.sites, Decided::Taken);
        let open = those(&part.sites, Decided::Open);
        let mut lacking = asked.needs.to_vec();
        let sure = taken
            .iter()
            .map(|&site| taken_up(asked, site, &mut lacking));
        let sure = whole.sure + sure.sum::<f64>();
        // Numbered in the order that they had: what a site covers stays one run.
        let is_left = |&demand: &u32| {
            let is_open = |&site: &u32| part.sites[site as usize] == Decided::Open;
            lacking[demand as usize] > 0 && asked.sets.covering(demand).iter().any(is_open)
        };
        let kept: Vec<u32> = (0..lacking.len() as u32).filter(is_left).collect();
        let of_demand = |all: &[f64]| kept.iter().map(|&demand| all[demand as usize]).collect();
        let of_site = |all: &[f64]| open.iter().map(|&site| all[site as usize]).collect();
        Self {
            sets: asked.sets.part(&open, &kept),
            weights: of_demand(asked.weights),
            needs: kept
                .iter()
                .map(|&demand| lacking[demand as usize])
                .collect(),
            n_sites: asked.n_sites.saturating_sub(taken.len()),
            kind_of: match asked.kinds.of {
                [] => Vec::new(),
                of => open.iter().map(|&site| of[site as usize]).collect(),
            },
            most: match asked.kinds.most {
                [] => Vec::new(),
                _ => open_by_kind(asked, part)
                    .iter()
                    .map(|kind| kind.1)
                    .collect(),
            },
            enough: asked.enough,
            prices: Prices {
                of: of_demand(&prices.of),
                worth: of_site(&prices.worth),
                share: of_site(&prices.share),
                bound: prices.bound,
            },
            names: open
                .iter()
                .map(|&site| whole.names[site as usize])
                .collect(),
            taken: taken
                .iter()
                .map(|&site| whole.names[site as usize])
                .collect(),
            sure,
        }
    }

    pub fn problem(&self) -> Problem<'_> {
        Problem {
            asked: Question {
                sets: &self.sets,
                weights: &self.weights,
                needs: &self.needs,
                n_sites: self.n_sites,
                kinds: Kinds {
                    of: &self.kind_of,
                    most: &self.most,
                },
                enough: self.enough,
            },
            names: self.names.clone(),
            taken: self.taken.clone(),
            sure: self.sure,
        }
    }

    pub fn prices(&self) -> Prices {
        self.prices.clone()
    }
}
