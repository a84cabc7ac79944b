//! A covering problem without what does not matter: demands that are covered whenever another is, sites that another one can
//! stand in for, and demands that only one site covers, with that site. Along a bank hardly anything is left.

use crate::plan::placement::sets::Sets;

/// So often at most everything is looked through.
const MOST_ROUNDS: usize = 30;

/// What is left of a problem.
#[derive(Clone, Debug)]
pub(super) struct Reduced {
    /// The sites and demands that are left.
    pub sets: Sets,
    /// What the sites cost.
    pub costs: Vec<f64>,
    /// What the sites are called in the whole problem.
    pub names: Vec<u32>,
    /// The sites that every cover has, by those names.
    pub needed: Vec<u32>,
}

/// What a cheapest cover can be found in; every demand must have a site.
pub(super) fn reduced(sets: &Sets, costs: &[f64], is_over: &dyn Fn() -> bool) -> Reduced {
    let mut left = Reduced {
        sets: sets.clone(),
        costs: costs.to_vec(),
        names: (0..sets.n_sites() as u32).collect(),
        needed: Vec::new(),
    };
    for _ in 0..MOST_ROUNDS {
        let before = (left.sets.n_sites(), left.sets.n_demands());
        if is_over() {
            break;
        }
        left = left.without_spare_demands();
        left = left.without_spare_sites();
        if (left.sets.n_sites(), left.sets.n_demands()) == before {
            break;
        }
    }
    left
}

impl Reduced {
    /// Without demands that are covered whenever another is.
    fn without_spare_demands(self) -> Self {
        let sets = &self.sets;
        let mut is_spare = vec![false; sets.n_demands()];
        for demand in 0..sets.n_demands() as u32 {
            let sites = sets.covering(demand);
            if is_spare[demand as usize] {
                continue;
            }
            let shortest = sites
                .iter()
                .min_by_key(|&&site| sets.covered_by(site).len());
            for &other in shortest.map_or(&[][..], |&site| sets.covered_by(site)) {
                let others = sets.covering(other);
                if other != demand && !is_spare[other as usize] && holds(others, sites) {
                    is_spare[other as usize] = true;
                }
            }
        }
        self.kept(&is_spare, &[])
    }

    /// Without sites of which another one, that is not dearer, covers as much; and those taken that alone cover a demand.
    fn without_spare_sites(mut self) -> Self {
        let sets = &self.sets;
        let mut is_spare = vec![false; sets.n_sites()];
        for site in 0..sets.n_sites() as u32 {
            let demands = sets.covered_by(site);
            let Some(&rarest) = demands
                .iter()
                .min_by_key(|&&demand| sets.covering(demand).len())
            else {
                is_spare[site as usize] = true;
                continue;
            };
            let mut others = sets.covering(rarest).iter();
            is_spare[site as usize] = others.any(|&other| {
                other != site
                    && !is_spare[other as usize]
                    && self.costs[other as usize] <= self.costs[site as usize]
                    && holds(sets.covered_by(other), demands)
            });
        }
        let mut alone: Vec<u32> = Vec::new();
        for demand in 0..sets.n_demands() as u32 {
            let sites = sets.covering(demand).iter();
            let mut open = sites.filter(|&&site| !is_spare[site as usize]);
            if let (Some(&only), None) = (open.next(), open.next()) {
                alone.push(only);
            }
        }
        alone.sort_unstable();
        alone.dedup();
        let mut is_met = vec![false; sets.n_demands()];
        for &site in &alone {
            self.needed.push(self.names[site as usize]);
            is_spare[site as usize] = true;
            for &met in sets.covered_by(site) {
                is_met[met as usize] = true;
            }
        }
        self.kept(&is_met, &is_spare)
    }

    /// The parts of it that have nothing to do with each other, the smallest first; what every cover has is left out.
    pub fn parts(&self) -> Vec<Self> {
        let (part_of, n_parts) = parts(&self.sets);
        let mut sites: Vec<Vec<u32>> = vec![Vec::new(); n_parts];
        for (site, &part) in (0_u32..).zip(&part_of) {
            sites[part as usize].push(site);
        }
        let part = |sites: Vec<u32>| {
            let covered = sites.iter().flat_map(|&site| self.sets.covered_by(site));
            let mut demands: Vec<u32> = covered.copied().collect();
            demands.sort_unstable();
            demands.dedup();
            self.part(&sites, &demands, Vec::new())
        };
        let mut parts: Vec<Self> = sites.into_iter().map(part).collect();
        parts.sort_by_key(|part| part.names.len());
        parts
    }

    fn kept(self, spare_demands: &[bool], spare_sites: &[bool]) -> Self {
        let kept = |n: usize, spare: &[bool]| -> Vec<u32> {
            let is_spare = |one: &u32| spare.get(*one as usize).copied().unwrap_or(false);
            (0..n as u32).filter(|one| !is_spare(one)).collect()
        };
        let sites = kept(self.sets.n_sites(), spare_sites);
        let demands = kept(self.sets.n_demands(), spare_demands);
        self.part(&sites, &demands, self.needed.clone())
    }

    fn part(&self, sites: &[u32], demands: &[u32], needed: Vec<u32>) -> Self {
        let each = sites.iter().map(|&site| site as usize);
        Self {
            sets: self.sets.part(sites, demands),
            costs: each.clone().map(|site| self.costs[site]).collect(),
            names: each.map(|site| self.names[site]).collect(),
            needed,
        }
    }
}

/// Whether all numbers of the second list are in the first; both in order.
fn holds(all: &[u32], some: &[u32]) -> bool {
    if all.len() < some.len() {
        return false;
    }
    let mut all = all.iter();
    some.iter().all(|wanted| {
        let mut next = all.by_ref().skip_while(|&number| number < wanted);
        next.next() == Some(wanted)
    })
}

/// Of each site, which part it belongs to: sites are in one if they have a demand in common, or by way of others.
fn parts(sets: &Sets) -> (Vec<u32>, usize) {
    let mut part_of = vec![u32::MAX; sets.n_sites()];
    let mut n_parts = 0;
    for first in 0..part_of.len() as u32 {
        if part_of[first as usize] != u32::MAX {
            continue;
        }
        part_of[first as usize] = n_parts;
        let mut waiting = vec![first];
        while let Some(site) = waiting.pop() {
            let demands = sets.covered_by(site).iter();
            for &other in demands.flat_map(|&demand| sets.covering(demand)) {
                if part_of[other as usize] == u32::MAX {
                    part_of[other as usize] = n_parts;
                    waiting.push(other);
                }
            }
        }
        n_parts += 1;
    }
    (part_of, n_parts as usize)
}
