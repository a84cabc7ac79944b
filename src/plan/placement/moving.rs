//! Moving: of the pieces that are there and the sites that are proposed, those that are missed least stay away.

use std::collections::BTreeMap;

use crate::plan::footprint::Footprint;
use crate::plan::intervals::Intervals;
use crate::plan::placement::demand::Demand;
use crate::plan::placement::demand::Given;
use crate::plan::placement::sites::Site;
use crate::plan::placement::taking;

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
/// Of the pieces, only those go that may, and of the sites those of the first kind, which is the one that is moved.
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
    let as_sites = pieces.into_values().map(|print| Site {
        at,
        bank,
        print,
        kind: 0,
    });
    let mut all: Vec<Site> = as_sites.collect();
    all.extend(sites);
    let nothing = vec![Vec::new(); given.prints.len()];
    let bare = Given {
        prints: &nothing,
        ..*given
    };
    let demand = Demand::new(&bare, &all);
    let question = demand.question(all.len());
    let may_go = |site: u32| match numbers.get(site as usize) {
        Some(&piece) => may_go(piece),
        None => all[site as usize].kind == 0,
    };
    let n_left = all.len().saturating_sub(n_gone);
    let each: Vec<u32> = (0..all.len() as u32).collect();
    let (left, gone) = taking::without_least(question, each, may_go, |_, n| n >= n_left);
    let gone = gone.iter().filter_map(|&site| numbers.get(site as usize));
    let sites = left.iter().filter(|&&site| site as usize >= n_pieces);
    Left {
        gone: gone.copied().collect(),
        sites: sites.map(|&site| all[site as usize].clone()).collect(),
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
