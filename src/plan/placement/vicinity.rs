//! Which sites of a choice are near each other, and which others are near them.

use std::cmp::Reverse;
use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::plan::placement::taking::Question;

/// Of a site that no site of the choice is near.
pub(super) const NONE: u32 = u32::MAX;

/// In no group yet.
const FREE: usize = usize::MAX;

/// Groups of sites of a choice, by their numbers in it.
pub(super) struct Groups {
    /// Of each site, its group.
    pub of: FxHashMap<u32, usize>,
    /// Of each group, its sites, in order.
    pub members: Vec<Vec<u32>>,
}

/// Who is near whom.
#[derive(Default)]
pub(super) struct Vicinity {
    /// Of each site, the site of the choice that is nearest, by its number in the choice.
    pub nearest: Vec<u32>,
    /// Of each site of the choice, those beside it, and how many sites with a demand in common lie around both; closest first.
    beside: Vec<Vec<(u32, u32)>>,
}

impl Vicinity {
    /// Goes from the sites of a choice to others, from demand to demand.
    pub fn new(asked: Question<'_>, known: &[u32]) -> Self {
        let sets = asked.sets;
        let mut nearest = vec![NONE; sets.n_sites()];
        let mut waiting: VecDeque<u32> = VecDeque::new();
        let mut links: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for (number, &site) in (0_u32..).zip(known) {
            nearest[site as usize] = number;
            waiting.push_back(site);
        }
        while let Some(site) = waiting.pop_front() {
            let own = nearest[site as usize];
            let demands = sets.covered_by(site).iter();
            for &other in demands.flat_map(|&demand| sets.covering(demand)) {
                let of_other = nearest[other as usize];
                if of_other == NONE {
                    nearest[other as usize] = own;
                    waiting.push_back(other);
                } else if of_other != own {
                    *links.entry((own, of_other)).or_default() += 1;
                }
            }
        }
        let mut beside: Vec<Vec<(u32, u32)>> = vec![Vec::new(); known.len()];
        for ((a, b), n_common) in links {
            beside[a as usize].push((b, n_common));
            beside[b as usize].push((a, n_common));
        }
        for beside in &mut beside {
            beside.sort_unstable_by_key(|&(other, n_common)| (Reverse(n_common), other));
        }
        Self { nearest, beside }
    }

    /// Groups of so many of some sites of the choice that are closest to each other; each begins beside the one before it, where
    /// that goes.
    pub fn groups(&self, members: &[u32], together: usize) -> Groups {
        let mut of: FxHashMap<u32, usize> = members.iter().map(|&one| (one, FREE)).collect();
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let is_free = |of: &FxHashMap<u32, usize>, other: u32| of.get(&other) == Some(&FREE);
        let mut next: Vec<u32> = Vec::new();
        for &first in members {
            next.push(first);
            while let Some(start) = next.pop() {
                if !is_free(&of, start) {
                    continue;
                }
                let mut own = vec![start];
                of.insert(start, groups.len());
                while own.len() < together {
                    let mut links: FxHashMap<u32, u32> = FxHashMap::default();
                    for &(other, n) in own.iter().flat_map(|&one| &self.beside[one as usize]) {
                        if is_free(&of, other) {
                            *links.entry(other).or_default() += n;
                        }
                    }
                    let closest = links
                        .into_iter()
                        .max_by_key(|&(other, n)| (n, Reverse(other)));
                    let Some((closest, _)) = closest else { break };
                    of.insert(closest, groups.len());
                    own.push(closest);
                }
                let beside = own.iter().flat_map(|&one| &self.beside[one as usize]);
                next.extend(
                    beside
                        .map(|&(other, _)| other)
                        .filter(|&other| is_free(&of, other)),
                );
                own.sort_unstable();
                groups.push(own);
            }
        }
        Groups {
            of,
            members: groups,
        }
    }
}
