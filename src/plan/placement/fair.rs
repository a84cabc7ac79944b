//! Fairness: first every village gets so much of its bank covered, as far as the sites go; those first that need fewest.

use crate::plan::placement::demand::Demand;
use crate::plan::placement::demand::Given;
use crate::plan::placement::fewest::enough_quickly;
use crate::plan::placement::sites::Site;
use crate::plan::placement::taking::Question;
use crate::plan::placement::taking::taken_up;
use crate::units::Meters;

/// What fairness takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fair {
    /// The sites, by their numbers.
    pub sites: Vec<u32>,
    /// The villages that are still below, by their indices: there were not enough sites, or nobody gets to their banks.
    pub below: Vec<usize>,
}

/// Sites with which each village has at least a share of its bank covered.
pub fn fair(given: &Given<'_>, sites: &[Site], share: f64, most: usize) -> Fair {
    let demand = Demand::new(given, sites);
    let n_villages = given.ground.villages.len();
    let bank = banks_by_village(given, n_villages);
    // What lacks the first piece counts; a second one does not make a village better off.
    let mut own: Vec<Vec<f64>> = vec![Vec::new(); n_villages];
    let mut uncovered = vec![Meters::ZERO; n_villages];
    for stretch in &demand.stretches {
        let Some(village) = stretch.village.filter(|_| stretch.is_bare) else {
            continue;
        };
        uncovered[village] += stretch.length();
        if let Some(number) = stretch.demand {
            let own = &mut own[village];
            own.resize(demand.weights.len(), 0.0);
            own[number as usize] += stretch.length().0;
        }
    }
    let mut lacking = vec![1_u8; demand.weights.len()];
    let mut fair = Fair::default();
    let mut waiting: Vec<usize> = (0..n_villages)
        .filter(|&village| bank[village] > Meters::ZERO)
        .collect();
    while !waiting.is_empty() {
        let plan = |village: usize| -> (Vec<u32>, bool) {
            let weights = &own[village];
            let is_left = weights
                .iter()
                .zip(&lacking)
                .filter(|(_, lacking)| **lacking > 0);
            let reachable: f64 = is_left.map(|(weight, _)| weight).sum();
            let met = weights.iter().sum::<f64>() - reachable;
            let covered = (bank[village] - uncovered[village]).0 + met;
            let target = share * bank[village].0 - covered;
            if target <= 1e-6 {
                return (Vec::new(), true);
            }
            if weights.is_empty() {
                return (Vec::new(), false);
            }
            let question = Question {
                weights,
                needs: &lacking,
                ..demand.question(0)
            };
            let sites = enough_quickly(question, target.min(reachable));
            (sites, target <= reachable + 1e-6)
        };
        let plans = waiting.iter().map(|&village| (village, plan(village)));
        let cheapest =
            plans.min_by_key(|(village, (sites, is_met))| (!is_met, sites.len(), *village));
        let Some((village, (sites, is_met))) = cheapest else {
            break;
        };
        waiting.retain(|&other| other != village);
        let is_room = fair.sites.len() + sites.len() <= most;
        if !is_met || !is_room {
            fair.below.push(village);
        }
        if !is_room {
            continue;
        }
        for site in sites {
            taken_up(demand.question(0), site, &mut lacking);
            fair.sites.push(site);
        }
    }
    fair.below.sort_unstable();
    fair
}

fn banks_by_village(given: &Given<'_>, n_villages: usize) -> Vec<Meters> {
    let mut all = vec![Meters::ZERO; n_villages];
    for bank in &given.ground.banks {
        for (from, to, village) in bank.by_village() {
            if let Some(village) = village {
                all[village] += to - from;
            }
        }
    }
    all
}
