//! Moving: of the pieces that are there and the sites that are proposed, those that are missed least stay away.

use std::collections::BTreeMap;

use crate::plan::footprint::Footprint;
use crate::plan::intervals::Intervals;
use crate::plan::placement::demand::Demand;
use crate::plan::placement::demand::Given;
use crate::plan::placement::sites::Site;

/// What is left when the least have gone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Left {
    /// The pieces that go, by their numbers, those first that are missed least.
    pub gone: Vec<u32>,
    /// The sites that stay, in the order in which they were given.
    pub sites: Vec<Site>,
}

/// Lets so many of the pieces and the sites together go, one after the other, each time the one that is missed least.
///
/// A piece that goes is moved to one of the sites that stay; a site that goes is not worth moving a piece to.
/// Of the pieces, only those go that may.
pub fn without_least(
    given: &Given<'_>,
    sites: Vec<Site>,
    n_gone: usize,
    may_go: &dyn Fn(u32) -> bool,
) -> Left {
    let pieces = by_piece(given.prints);
    let n_pieces = pieces.len();
    let numbers: Vec<u32> = pieces.keys().copied().collect();
    let spots = sites.first().map(|site| (site.at, site.bank));
    let Some((at, bank)) = spots else {
        return Left::default();
    };
    // What a piece covers is all that counts here, not where it stands.
    let as_sites = pieces.into_values().map(|print| Site { at, bank, print });
    let mut all: Vec<Site> = as_sites.collect();
    all.extend(sites);
    let nothing = vec![Vec::new(); given.prints.len()];
    let bare = Given {
        prints: &nothing,
        ..*given
    };
    let demand = Demand::new(&bare, &all);
    let mut times = vec![0_u32; demand.weights.len()];
    for site in 0..all.len() as u32 {
        for &covered in demand.sets.covered_by(site) {
            times[covered as usize] += 1;
        }
    }
    let mut is_gone = vec![false; all.len()];
    for _ in 0..n_gone {
        let loss = |site: usize| -> f64 {
            let demands = demand.sets.covered_by(site as u32).iter();
            let missed = demands.filter(|&&covered| {
                times[covered as usize] <= u32::from(demand.needs[covered as usize])
            });
            missed
                .map(|&covered| demand.weights[covered as usize])
                .sum()
        };
        let may_go = |site: usize| numbers.get(site).is_none_or(|&piece| may_go(piece));
        let left = (0..all.len()).filter(|&site| !is_gone[site] && may_go(site));
        let least = left.min_by(|&a, &b| loss(a).total_cmp(&loss(b)));
        let Some(site) = least else { break };
        is_gone[site] = true;
        for &covered in demand.sets.covered_by(site as u32) {
            times[covered as usize] -= 1;
        }
    }
    let gone = numbers.into_iter().zip(&is_gone);
    let gone = gone
        .filter(|(_, is_gone)| **is_gone)
        .map(|(piece, _)| piece);
    let gone = gone.collect();
    let sites = all.into_iter().zip(&is_gone).skip(n_pieces);
    let sites = sites.filter(|(_, is_gone)| !**is_gone);
    Left {
        gone,
        sites: sites.map(|(site, _)| site).collect(),
    }
}

/// What each piece covers, bank by bank.
fn by_piece(prints: &[Vec<(u32, Intervals)>]) -> BTreeMap<u32, Footprint> {
    let mut pieces: BTreeMap<u32, Footprint> = BTreeMap::new();
    for (bank, covered) in (0_u32..).zip(prints) {
        for (piece, covered) in covered {
            let print = pieces.entry(*piece).or_default();
            print.0.push((bank, covered.clone()));
        }
    }
    pieces
}
