//! Walks that are even beyond the longest: once that is as short as can be found, the longest of the others is made short, and so on.

use super::problem::Cost;
use super::problem::Goal;
use super::problem::Problem;
use super::search;
use super::search::Near;
use super::walk::Plan;
use super::walk::Walk;
use crate::plan::watch::Watch;

/// Shares what all but the longest walk do out anew, so that the longest of them is short, then what all but the two longest do, and
/// so on, with so many steps each time. No walk becomes longer than the longest was; the same seed gives the same plan.
pub fn evened(
    problem: &Problem,
    mut plan: Plan,
    steps: usize,
    seed: u64,
    is_over: &dyn Fn() -> bool,
) -> Plan {
    if problem.goal != Goal::Longest || !plan.left_out.is_empty() {
        return plan;
    }
    let mut is_settled = vec![false; problem.teams.len()];
    for _ in 2..problem.teams.len() {
        let open = (0..is_settled.len()).filter(|&team| !is_settled[team]);
        let Some(longest) = open.max_by_key(|&team| plan.walks[team].length) else {
            break;
        };
        is_settled[longest] = true;
        if let Some(better) = shared_anew(problem, &plan, &is_settled, |rest, known| {
            let watch = Watch {
                is_over,
                tell: &|_| (),
            };
            search::cooled(rest, &Near::new(rest), Some(known), steps, seed, watch)
        }) {
            plan = better;
        }
    }
    plan
}

/// The plan with a shorter longest walk of those that are not settled, if one is found.
fn shared_anew(
    problem: &Problem,
    plan: &Plan,
    is_settled: &[bool],
    found: impl FnOnce(&Problem, Plan) -> Plan,
) -> Option<Plan> {
    let mut rest = problem.clone();
    let mut known = plan.clone();
    let mut numbers: Vec<u32> = Vec::new();
    for (team, walk) in known.walks.iter_mut().enumerate() {
        if is_settled[team] {
            // They take nothing more.
            rest.teams[team].most = -1;
            *walk = Walk::default();
        }
        for task in &mut walk.tasks {
            numbers.push(*task);
            *task = numbers.len() as u32 - 1;
        }
    }
    let tasks = numbers
        .iter()
        .map(|&task| problem.tasks[task as usize].clone());
    rest.tasks = tasks.collect();
    let before = (known.longest(), strays(&known));
    known.value = before.0 + before.1;
    let found = found(&rest, known);
    if !found.left_out.is_empty() || found.longest() >= before.0 || strays(&found) > before.1 {
        return None;
    }
    let mut better = plan.clone();
    let walks = (0_u32..).zip(better.walks.iter_mut().zip(found.walks));
    for (number, (own, walk)) in walks.filter(|(number, _)| !is_settled[*number as usize]) {
        own.tasks = walk
            .tasks
            .iter()
            .map(|&task| numbers[task as usize])
            .collect();
        own.renew(problem, number);
    }
    Some(better)
}

fn strays(plan: &Plan) -> Cost {
    plan.walks.iter().map(|walk| walk.strays).sum()
}
