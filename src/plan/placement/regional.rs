//! What is proven of a large problem by solving its parts: where banks are long, no solver has all of it in time, but a part of a
//! few sites it has.
//!
//! Sites that are near each other go together. A demand that only one part covers counts there as it is; one between parts is paid
//! for by its price, to each of them; and every site costs what the last of all is worth (Lagrangian decomposition, after Guignard
//! and Kim 1987). Added up, the best of all parts are a bound that is at least as good as that of the prices alone. A part that is too
//! hard falls into smaller ones.

use rustc_hash::FxHashMap;

use crate::plan::placement::exact;
use crate::plan::placement::exact::Exact;
use crate::plan::placement::prices::Prices;
use crate::plan::placement::taking::Kinds;
use crate::plan::placement::taking::Question;
use crate::plan::placement::taking::taken_up;
use crate::plan::placement::vicinity::Groups;
use crate::plan::placement::vicinity::NONE;
use crate::plan::placement::vicinity::Vicinity;

/// A part is solved if its sites cover so many demands together, each counted for every site.
const MOST_PAIRS: usize = 150_000;

/// A part of so few sites of the choice is not taken apart.
const FEWEST: usize = 4;

/// Differences smaller than this share are rounding.
const ROUNDING: f64 = 1e-9;

/// What the parts prove, and the best of all of them together.
#[derive(Clone, Debug, Default)]
pub(super) struct Regional {
    /// No choice is worth more.
    pub bound: f64,
    /// What is best in each part: about as many sites as are looked for.
    pub sites: Vec<u32>,
}

/// Solves a problem part by part; `known` is a good choice, of which so many sites make up a part.
pub(super) fn solved(
    asked: Question<'_>,
    prices: &Prices,
    known: &[u32],
    together: usize,
    is_over: &dyn Fn() -> bool,
) -> Regional {
    let costs = costs(asked, prices);
    let room = asked.room().into_iter().zip(&costs);
    let room: f64 = room.map(|(room, cost)| room as f64 * cost).sum();
    let whole = Whole {
        asked,
        prices,
        is_known: among(asked.sets.n_sites(), known),
        vicinity: Vicinity::new(asked, known),
        is_over,
    };
    let sites = 0..asked.sets.n_sites() as u32;
    let needed = (0..asked.sets.n_demands() as u32).filter(|&demand| {
        asked.needs[demand as usize] > 0 && !asked.sets.covering(demand).is_empty()
    });
    let all = Region {
        members: (0..known.len() as u32).collect(),
        extra: sites.clone().map(|site| -costs[asked.kind(site)]).collect(),
        sites: sites.collect(),
        demands: needed.collect(),
    };
    let parts = whole.by_parts(&all, together);
    Regional {
        bound: room + parts.bound,
        ..parts
    }
}

/// A choice where, part by part, as many sites as were there are where they are worth most beside all others.
pub(super) fn exchanged(
    asked: Question<'_>,
    prices: &Prices,
    mut known: Vec<u32>,
    together: usize,
    is_over: &dyn Fn() -> bool,
) -> Vec<u32> {
    let costs = costs(asked, prices);
    let vicinity = Vicinity::new(asked, &known);
    let all: Vec<u32> = (0..known.len() as u32).collect();
    let Groups { of: group, members } = vicinity.groups(&all, together);
    let mut sites: Vec<Vec<u32>> = vec![Vec::new(); members.len()];
    for (site, nearest) in (0_u32..).zip(&vicinity.nearest) {
        if let Some(&group) = group.get(nearest) {
            sites[group].push(site);
        }
    }
    for (members, sites) in members.into_iter().zip(sites) {
        if is_over() {
            break;
        }
        let own: Vec<u32> = members
            .iter()
            .map(|&number| known[number as usize])
            .collect();
        let mut lacking = asked.needs.to_vec();
        for &site in known.iter().filter(|site| !own.contains(site)) {
            taken_up(asked, site, &mut lacking);
        }
        let covered = sites.iter().flat_map(|&site| asked.sets.covered_by(site));
        let mut demands: Vec<u32> = covered.copied().collect();
        demands.sort_unstable();
        demands.dedup();
        demands.retain(|&demand| lacking[demand as usize] > 0);
        let whole = Whole {
            asked: Question {
                needs: &lacking,
                ..asked
            },
            prices,
            is_known: among(asked.sets.n_sites(), &own),
            vicinity: Vicinity::default(),
            is_over,
        };
        let mut room = vec![0; costs.len()];
        for &site in &own {
            room[asked.kind(site)] += 1;
        }
        let region = Region {
            members: Vec::new(),
            extra: sites.iter().map(|&site| -costs[asked.kind(site)]).collect(),
            sites,
            demands,
        };
        if let Some(better) = whole.exchanged(&region, room) {
            for (number, site) in members.into_iter().zip(better) {
                known[number as usize] = site;
            }
        }
    }
    known
}

/// What a site of each kind costs: what the last that is taken is worth, where not all are.
fn costs(asked: Question<'_>, prices: &Prices) -> Vec<f64> {
    let mut worth: Vec<Vec<f64>> = vec![Vec::new(); asked.room().len()];
    for site in 0..asked.sets.n_sites() as u32 {
        let demands = asked.sets.covered_by(site).iter();
        let own: f64 = demands.map(|&demand| prices.of[demand as usize]).sum();
        worth[asked.kind(site)].push(own);
    }
    let cost = |(mut worth, room): (Vec<f64>, usize)| {
        worth.sort_unstable_by(|a, b| b.total_cmp(a));
        let next = worth.get(room).copied().unwrap_or(0.0);
        let last = room.checked_sub(1).and_then(|last| worth.get(last));
        f64::midpoint(last.copied().unwrap_or(next), next)
    };
    worth.into_iter().zip(asked.room()).map(cost).collect()
}

fn among(n: usize, some: &[u32]) -> Vec<bool> {
    let mut is_among = vec![false; n];
    for &one in some {
        is_among[one as usize] = true;
    }
    is_among
}

/// The problem that is taken apart.
struct Whole<'a> {
    asked: Question<'a>,
    prices: &'a Prices,
    is_known: Vec<bool>,
    vicinity: Vicinity,
    is_over: &'a dyn Fn() -> bool,
}

/// A part of it.
struct Region {
    /// The sites of the choice that are in it, by their numbers in the choice.
    members: Vec<u32>,
    /// All sites that are in it, in order.
    sites: Vec<u32>,
    /// The demands that only those cover, in order.
    demands: Vec<u32>,
    /// What each of its sites is paid for demands between parts, less what it costs.
    extra: Vec<f64>,
}

impl Whole<'_> {
    /// A region as parts of so many sites of the choice.
    fn by_parts(&self, region: &Region, together: usize) -> Regional {
        let (parts, between) = self.apart(region, together);
        let mut all = Regional {
            bound: between,
            sites: Vec::new(),
        };
        for part in parts {
            let solved = self.solved(&part);
            all.bound += solved.bound;
            all.sites.extend(solved.sites);
        }
        all
    }

    /// The parts of a region, and what is left of the demands between them when their prices are paid.
    fn apart(&self, region: &Region, together: usize) -> (Vec<Region>, f64) {
        let Groups { of: group, members } = self.vicinity.groups(&region.members, together);
        let n_groups = members.len();
        // Where no site of the choice is near, there is one part more.
        let part_of = |site: u32| match self.vicinity.nearest[site as usize] {
            NONE => n_groups,
            number => group[&number],
        };
        let part = |members| Region {
            members,
            sites: Vec::new(),
            demands: Vec::new(),
            extra: Vec::new(),
        };
        let nobody = [Vec::new()];
        let mut parts: Vec<Region> = members.into_iter().chain(nobody).map(part).collect();
        let mut between = 0.0;
        let mut paid: FxHashMap<u32, f64> = FxHashMap::default();
        for &demand in &region.demands {
            let sites = self.asked.sets.covering(demand);
            let first = part_of(sites[0]);
            if sites.iter().all(|&site| part_of(site) == first) {
                parts[first].demands.push(demand);
                continue;
            }
            let price = self.prices.of[demand as usize];
            between += self.rest(demand);
            for &site in sites {
                *paid.entry(site).or_default() += price;
            }
        }
        for (&site, extra) in region.sites.iter().zip(&region.extra) {
            let part = &mut parts[part_of(site)];
            part.sites.push(site);
            part.extra
                .push(extra + paid.get(&site).copied().unwrap_or(0.0));
        }
        (parts, between)
    }

    /// What is left of a demand when its price is paid to every site that covers it.
    fn rest(&self, demand: u32) -> f64 {
        let (asked, index) = (self.asked, demand as usize);
        f64::from(asked.needs[index]) * (asked.weights[index] - self.prices.of[index]).max(0.0)
    }

    /// The best choice in a region, and a bound on it.
    fn solved(&self, region: &Region) -> Regional {
        let (worth, relaxed) = self.relaxed(region);
        let known = self.known(region);
        let value = self.value(region, &known);
        let as_known = Regional {
            bound: relaxed.max(value),
            sites: known,
        };
        let slack = relaxed - value;
        if slack <= ROUNDING * value.abs().max(1.0) || (self.is_over)() {
            return as_known;
        }
        let exact = self.solved_exactly(region, &worth, slack, None);
        let is_done = exact.as_ref().is_some_and(|exact| exact.is_done);
        let mut best = match exact {
            Some(Exact { bound, sites, .. }) => {
                self.better(region, as_known, Regional { bound, sites })
            }
            None => as_known,
        };
        if !is_done && region.members.len() > FEWEST {
            let parts = self.by_parts(region, region.members.len().div_ceil(2));
            best = self.better(region, best, parts);
        }
        best.bound = best.bound.max(value);
        best
    }

    /// As many sites of a region as are known, of each kind, that are worth more than those, if a solver has some.
    fn exchanged(&self, region: &Region, room: Vec<usize>) -> Option<Vec<u32>> {
        let (worth, relaxed) = self.relaxed(region);
        let known = self.known(region);
        let value = self.value(region, &known);
        let slack = relaxed - value;
        if slack <= ROUNDING * value.abs().max(1.0) {
            return None;
        }
        let exact = self.solved_exactly(region, &worth, slack, Some(room))?;
        let is_better =
            self.value(region, &exact.sites) > value + ROUNDING && exact.sites.len() == known.len();
        is_better.then_some(exact.sites)
    }

    /// What each site of a region is worth at the prices, and what no choice in it exceeds.
    fn relaxed(&self, region: &Region) -> (Vec<f64>, f64) {
        let worth = self.worth(region);
        let rest: f64 = region.demands.iter().map(|&demand| self.rest(demand)).sum();
        let relaxed = rest + worth.iter().map(|worth| worth.max(0.0)).sum::<f64>();
        (worth, relaxed)
    }

    /// The sites of the choice that are in a region.
    fn known(&self, region: &Region) -> Vec<u32> {
        let is_known = |site: &&u32| self.is_known[**site as usize];
        region.sites.iter().filter(is_known).copied().collect()
    }

    /// The better of two choices, and of two bounds.
    fn better(&self, region: &Region, one: Regional, other: Regional) -> Regional {
        let bound = one.bound.min(other.bound);
        let [first, second] = [&one, &other].map(|choice| self.value(region, &choice.sites));
        Regional {
            bound,
            ..if second > first { other } else { one }
        }
    }

    /// What each site of a region is worth at the prices.
    fn worth(&self, region: &Region) -> Vec<f64> {
        let is_own = |demand: &&u32| region.demands.binary_search(demand).is_ok();
        let worth = |(&site, extra): (&u32, &f64)| {
            let own = self.asked.sets.covered_by(site).iter().filter(is_own);
            extra
                + own
                    .map(|&demand| self.prices.of[demand as usize])
                    .sum::<f64>()
        };
        region.sites.iter().zip(&region.extra).map(worth).collect()
    }

    /// What a solver has of a region, if it is not too large for one.
    ///
    /// So many of each kind are taken, where that is told. A site is out if a choice with it cannot be better than what is known, from
    /// which the bound is `slack` away; it is in, if one without it cannot.
    fn solved_exactly(
        &self,
        region: &Region,
        worth: &[f64],
        slack: f64,
        mut room: Option<Vec<usize>>,
    ) -> Option<Exact> {
        let asked = self.asked;
        let mut lacking: FxHashMap<u32, u8> = FxHashMap::default();
        let (mut sites, mut extra) = (Vec::new(), Vec::new());
        let (mut taken, mut sure) = (Vec::new(), 0.0);
        for (index, &worth) in worth.iter().enumerate() {
            let site = region.sites[index];
            if worth > slack {
                taken.push(site);
                sure += region.extra[index];
                if let Some(room) = &mut room {
                    let room = &mut room[asked.kind(site)];
                    *room = room.saturating_sub(1);
                }
                for &demand in asked.sets.covered_by(site) {
                    let needs = asked.needs[demand as usize];
                    let lacks = lacking.entry(demand).or_insert(needs);
                    *lacks = lacks.saturating_sub(1);
                }
            } else if worth >= -slack {
                sites.push(site);
                extra.push(region.extra[index]);
            }
        }
        let (mut demands, mut weights, mut needs) = (Vec::new(), Vec::new(), Vec::new());
        for &demand in &region.demands {
            let (weight, needed) = (asked.weights[demand as usize], asked.needs[demand as usize]);
            let lacks = lacking.get(&demand).copied().unwrap_or(needed);
            sure += weight * f64::from(needed - lacks);
            if lacks > 0 {
                demands.push(demand);
                weights.push(weight);
                needs.push(lacks);
            }
        }
        let sets = asked.sets.part(&sites, &demands);
        let kind_of: Vec<u8> = sites.iter().map(|&site| asked.kind(site) as u8).collect();
        let n_kinds = asked.room().len();
        let room = room.unwrap_or_else(|| vec![sites.len(); n_kinds]);
        let question = Question {
            sets: &sets,
            weights: &weights,
            needs: &needs,
            n_sites: room.iter().sum(),
            kinds: Kinds {
                of: &kind_of,
                most: &room,
            },
            enough: 0.0,
        };
        let start = (0_u32..).zip(&sites);
        let start = start.filter(|(_, site)| self.is_known[**site as usize]);
        let start: Vec<u32> = start.map(|(own, _)| own).collect();
        let found = exact::solved(question, MOST_PAIRS, (&extra, &start), self.is_over)?;
        taken.extend(found.sites.iter().map(|&own| sites[own as usize]));
        Some(Exact {
            bound: sure + found.bound,
            sites: taken,
            ..found
        })
    }

    /// What some sites of a region are worth in it.
    fn value(&self, region: &Region, taken: &[u32]) -> f64 {
        let asked = self.asked;
        let mut times: FxHashMap<u32, u32> = FxHashMap::default();
        let mut value = 0.0;
        for &site in taken {
            let extra = region.sites.binary_search(&site);
            value += extra.map_or(0.0, |index| region.extra[index]);
            for &demand in asked.sets.covered_by(site) {
                *times.entry(demand).or_default() += 1;
            }
        }
        let met = region.demands.iter().map(|demand| {
            let times = times.get(demand).copied().unwrap_or(0);
            let needs = u32::from(asked.needs[*demand as usize]);
            f64::from(times.min(needs)) * asked.weights[*demand as usize]
        });
        value + met.sum::<f64>()
    }
}
