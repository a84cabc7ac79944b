//! Sites taken greedily, and exchanged one for another: good choices, without a bound.

use crate::plan::placement::sets::Sets;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Which site covers what.
    pub sets: &'a Sets,
    /// What each demand counts, once for every site that covers it, until it has as many as it needs; not negative.
    pub weights: &'a [f64],
    /// How many sites each demand needs: one, or two where it must stay covered when a piece is gone.
    pub needs: &'a [u8],
    /// So many sites at most.
    pub n_sites: usize,
    /// So many of each kind, where there are several.
    pub kinds: Kinds<'a>,
    /// A gap that is good enough, as a share.
    pub enough: f64,
}

/// How many sites of which kind are taken at most; nothing where there is one kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kinds<'a> {
    /// Of each site, its kind, counted from 0.
    pub of: &'a [u8],
    /// Of each kind, so many at most.
    pub most: &'a [usize],
}

impl Question<'_> {
    /// The kind of a site.
    pub(super) fn kind(&self, site: u32) -> usize {
        self.kinds
            .of
            .get(site as usize)
            .map_or(0, |&kind| usize::from(kind))
    }

    /// Of each kind, how many may be taken.
    pub(super) fn room(&self) -> Vec<usize> {
        match self.kinds.most {
            [] => vec![self.n_sites],
            most => most.to_vec(),
        }
    }
}

/// The sites that cover most, taken one after the other: each adds the most to those before it.
pub fn greedy(asked: Question<'_>) -> Vec<u32> {
    let open = vec![Decided::Open; asked.sets.n_sites()];
    filled(asked, &open, Vec::new())
}

/// Some sites, and more of them greedily, until there are as many as are asked for.
pub fn greedily_filled(asked: Question<'_>, sites: &[u32]) -> Vec<u32> {
    let mut part = vec![Decided::Open; asked.sets.n_sites()];
    for &site in sites {
        part[site as usize] = Decided::Taken;
    }
    filled(asked, &part, sites.to_vec())
}

/// What some sites cover together.
pub fn value(asked: Question<'_>, sites: &[u32]) -> f64 {
    gains(asked, sites).into_iter().sum()
}

/// What each of some sites adds to those before it.
pub fn gains(asked: Question<'_>, sites: &[u32]) -> Vec<f64> {
    let mut lacking = asked.needs.to_vec();
    let gains = sites.iter();
    let gains = gains.map(|&site| taken_up(asked, site, &mut lacking));
    gains.collect()
}

/// The sites without those that may go and add least, one after the other, as long as what would be left, and so many sites, is
/// `enough`; and those that have gone.
pub(super) fn without_least(
    asked: Question<'_>,
    mut sites: Vec<u32>,
    may_go: impl Fn(u32) -> bool,
    enough: impl Fn(f64, usize) -> bool,
) -> (Vec<u32>, Vec<u32>) {
    let mut left = value(asked, &sites);
    let mut gone = Vec::new();
    let mut times = vec![0_u32; asked.weights.len()];
    for &demand in sites.iter().flat_map(|&site| asked.sets.covered_by(site)) {
        times[demand as usize] += 1;
    }
    let needs = |demand: u32| u32::from(asked.needs[demand as usize]);
    loop {
        let loss = |site: u32| -> f64 {
            let demands = asked.sets.covered_by(site).iter();
            let missed = demands.filter(|&&demand| times[demand as usize] <= needs(demand));
            missed.map(|&demand| asked.weights[demand as usize]).sum()
        };
        let losses = sites.iter().enumerate();
        let losses = losses.filter(|(_, site)| may_go(**site));
        let losses = losses.map(|(index, &site)| (index, loss(site)));
        let Some((index, loss)) = losses.min_by(|a, b| a.1.total_cmp(&b.1)) else {
            return (sites, gone);
        };
        if !enough(left - loss, sites.len() - 1) {
            return (sites, gone);
        }
        left -= loss;
        let site = sites.remove(index);
        for &demand in asked.sets.covered_by(site) {
            times[demand as usize] -= 1;
        }
        gone.push(site);
    }
}

/// Takes a site off what its demands lack; gives the weight of those that lacked one.
pub(super) fn taken_up(asked: Question<'_>, site: u32, lacking: &mut [u8]) -> f64 {
    let mut fresh = 0.0;
    for &demand in asked.sets.covered_by(site) {
        let lacking = &mut lacking[demand as usize];
        if *lacking > 0 {
            *lacking -= 1;
            fresh += asked.weights[demand as usize];
        }
    }
    fresh
}

/// What is decided of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decided {
    /// Nothing.
    Open,
    /// It is taken.
    Taken,
    /// It is left out.
    Out,
}

pub(super) fn those(part: &[Decided], wanted: Decided) -> Vec<u32> {
    let sites = (0_u32..).zip(part);
    let found = sites.filter(|(_, decided)| **decided == wanted);
    found.map(|(site, _)| site).collect()
}

/// The sites that add something, and more of them, greedily, until there are enough.
pub(super) fn filled(asked: Question<'_>, part: &[Decided], sites: Vec<u32>) -> Vec<u32> {
    let mut lacking = asked.needs.to_vec();
    let mut room = asked.room();
    let mut taken = Vec::with_capacity(asked.n_sites);
    for site in sites {
        let room = &mut room[asked.kind(site)];
        if *room == 0 {
            continue;
        }
        let adds = taken_up(asked, site, &mut lacking) > 0.0;
        if adds || part[site as usize] == Decided::Taken {
            taken.push(site);
            *room -= 1;
        }
    }
    let gain_of = |(site, decided): (u32, &Decided)| match decided {
        Decided::Out => 0.0,
        Decided::Open | Decided::Taken => fresh(asked, site, &lacking),
    };
    let mut gain: Vec<f64> = (0_u32..).zip(part).map(gain_of).collect();
    for (site, gain) in (0_u32..).zip(&mut gain) {
        if room[asked.kind(site)] == 0 {
            *gain = f64::NEG_INFINITY;
        }
    }
    for &site in &taken {
        gain[site as usize] = f64::NEG_INFINITY;
    }
    let mut is_met: Vec<bool> = lacking.iter().map(|lacking| *lacking == 0).collect();
    while room.iter().any(|&room| room > 0) {
        let Some((site, _)) = most(&gain) else { break };
        taken.push(site);
        let kind = asked.kind(site);
        room[kind] -= 1;
        if room[kind] == 0 {
            let all = (0_u32..).zip(&mut gain);
            for (_, gain) in all.filter(|(other, _)| asked.kind(*other) == kind) {
                *gain = f64::NEG_INFINITY;
            }
        }
        for &demand in asked.sets.covered_by(site) {
            let lacking = &mut lacking[demand as usize];
            *lacking = lacking.saturating_sub(1);
            if *lacking > 0 || is_met[demand as usize] {
                continue;
            }
            is_met[demand as usize] = true;
            for &other in asked.sets.covering(demand) {
                gain[other as usize] -= asked.weights[demand as usize];
            }
        }
        // Nothing stands twice at one place.
        gain[site as usize] = f64::NEG_INFINITY;
    }
    taken
}

fn fresh(asked: Question<'_>, site: u32, lacking: &[u8]) -> f64 {
    let demands = asked.sets.covered_by(site).iter();
    let fresh = demands.filter(|&&demand| lacking[demand as usize] > 0);
    fresh.map(|&demand| asked.weights[demand as usize]).sum()
}

/// The site that gains most, the lowest of several; none if no site gains anything.
fn most(gain: &[f64]) -> Option<(u32, f64)> {
    let mut best = (0, 1e-12);
    for (site, &gain) in (0_u32..).zip(gain) {
        if gain > best.1 {
            best = (site, gain);
        }
    }
    (best.1 > 1e-12).then_some(best)
}

/// The same of each kind.
fn most_of_each(asked: Question<'_>, gain: &[f64]) -> Vec<Option<(u32, f64)>> {
    if asked.kinds.most.is_empty() {
        return vec![most(gain)];
    }
    let mut best: Vec<Option<(u32, f64)>> = vec![None; asked.kinds.most.len()];
    for (site, &gain) in (0_u32..).zip(gain) {
        let best = &mut best[asked.kind(site)];
        if gain > best.map_or(1e-12, |(_, most)| most) {
            *best = Some((site, gain));
        }
    }
    best
}

/// Exchanges one site for another of its kind as long as that covers more than `worth_it` (after Teitz and Bart 1968); one may
/// have to stay.
pub(super) fn improved(
    asked: Question<'_>,
    mut taken: Vec<u32>,
    stays: Option<u32>,
    worth_it: f64,
) -> Vec<u32> {
    let Question {
        sets,
        weights,
        needs,
        ..
    } = asked;
    let mut times = vec![0_u32; weights.len()];
    let mut lacking = needs.to_vec();
    for &site in &taken {
        taken_up(asked, site, &mut lacking);
        for &demand in sets.covered_by(site) {
            times[demand as usize] += 1;
        }
    }
    let needs = |demand: u32| u32::from(needs[demand as usize]);
    let sites = 0..sets.n_sites() as u32;
    let mut gain: Vec<f64> = sites.map(|site| fresh(asked, site, &lacking)).collect();
    for &site in &taken {
        gain[site as usize] = f64::NEG_INFINITY;
    }
    // What each other site would gain beside that if one site went, and which of them would gain anything.
    let (mut more, mut touched) = (vec![0.0_f64; gain.len()], Vec::new());
    loop {
        let alone = most_of_each(asked, &gain);
        let mut best: Option<(f64, usize, u32)> = None;
        let mut offer = |better: f64, index: usize, site: u32| {
            if better > best.map_or(worth_it, |(best, ..)| best) {
                best = Some((better, index, site));
            }
        };
        for (index, &site) in taken.iter().enumerate() {
            if stays == Some(site) {
                continue;
            }
            let mut loss = 0.0;
            for &demand in sets.covered_by(site) {
                if times[demand as usize] > needs(demand) {
                    continue;
                }
                let weight = weights[demand as usize];
                loss += weight;
                if times[demand as usize] < needs(demand) {
                    continue;
                }
                for &other in sets.covering(demand) {
                    if more[other as usize] == 0.0 {
                        touched.push(other);
                    }
                    more[other as usize] += weight;
                }
            }
            let kind = asked.kind(site);
            if let Some((other, gain)) = alone[kind] {
                offer(gain - loss, index, other);
            }
            for other in touched.drain(..) {
                let gained = gain[other as usize] + more[other as usize];
                more[other as usize] = 0.0;
                if other != site && asked.kind(other) == kind {
                    offer(gained - loss, index, other);
                }
            }
        }
        let Some((_, index, come)) = best else { break };
        let gone = std::mem::replace(&mut taken[index], come);
        let mut back = 0.0;
        for &demand in sets.covered_by(gone) {
            times[demand as usize] -= 1;
            if times[demand as usize] < needs(demand) {
                back += weights[demand as usize];
            }
            if times[demand as usize] + 1 == needs(demand) {
                for &site in sets.covering(demand) {
                    gain[site as usize] += weights[demand as usize];
                }
            }
        }
        gain[gone as usize] = back;
        for &demand in sets.covered_by(come) {
            times[demand as usize] += 1;
            if times[demand as usize] == needs(demand) {
                for &site in sets.covering(demand) {
                    gain[site as usize] -= weights[demand as usize];
                }
            }
        }
        gain[come as usize] = f64::NEG_INFINITY;
    }
    taken
}
