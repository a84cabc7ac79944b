//! Sweeping: the first demand that lacks a site gets the one that adds most, then the next. Where demands are numbered along a
//! bank and sites cover runs of them, hardly fewer sites cover everything.

use crate::plan::placement::sets::Sets;

/// A price that hardly counts.
const LITTLE: f64 = 1e-4;

/// Sites that cover every demand that is not covered yet, swept from the first on and from the last on, each without what the
/// others cover; no sweep that comes upon a demand without an open site.
///
/// Of the open sites that cover a demand, the one is taken that adds demands of the highest price for what it costs.
pub(super) fn sweeps(
    sets: &Sets,
    covered: &[bool],
    costs: &[f64],
    price: &[f64],
    is_open: &dyn Fn(u32) -> bool,
) -> Vec<Vec<u32>> {
    let forward = 0..sets.n_demands() as u32;
    let backward = forward.clone().rev();
    let mut orders: [Box<dyn Iterator<Item = u32>>; 2] = [Box::new(forward), Box::new(backward)];
    let swept = orders.iter_mut().filter_map(|order| {
        let mut covered = covered.to_vec();
        let mut taken = Vec::new();
        for demand in order {
            if covered[demand as usize] {
                continue;
            }
            let adds = |site: u32| {
                let demands = sets.covered_by(site).iter();
                let new = demands.filter(|&&demand| !covered[demand as usize]);
                // A demand without a price counts a little, or of equals the one with the longer reach would not be the better.
                let worth: f64 = new.map(|&demand| price[demand as usize] + LITTLE).sum();
                worth / costs[site as usize].max(LITTLE)
            };
            let open = sets.covering(demand).iter().copied();
            let open = open.filter(|&site| is_open(site));
            let site = open.max_by(|&a, &b| adds(a).total_cmp(&adds(b)).then(b.cmp(&a)))?;
            taken.push(site);
            for &new in sets.covered_by(site) {
                covered[new as usize] = true;
            }
        }
        Some(taken)
    });
    let swept: Vec<Vec<u32>> = swept.collect();
    let wanted: Vec<u8> = covered.iter().map(|&covered| u8::from(!covered)).collect();
    swept
        .into_iter()
        .map(|taken| trimmed(sets, &wanted, taken))
        .collect()
}

/// The sites without those of which the others cover everything, the last ones first.
fn trimmed(sets: &Sets, needs: &[u8], mut taken: Vec<u32>) -> Vec<u32> {
    let mut times = vec![0_u32; sets.n_demands()];
    for &demand in taken.iter().flat_map(|&site| sets.covered_by(site)) {
        times[demand as usize] += 1;
    }
    for index in (0..taken.len()).rev() {
        let demands = sets.covered_by(taken[index]);
        let is_spare = |&demand: &u32| times[demand as usize] > u32::from(needs[demand as usize]);
        if demands.iter().all(is_spare) {
            for &demand in demands {
                times[demand as usize] -= 1;
            }
            taken.remove(index);
        }
    }
    taken
}
