//! Walks that are even from below: whoever walks least takes over from others, though it be a way round, until nobody walks much less
//! than whoever walks longest.

use super::problem::Cost;
use super::problem::Goal;
use super::problem::Problem;
use super::walk::Plan;
use super::walk::Walk;

/// A walk is long enough from this share of the longest on.
const ENOUGH: (Cost, Cost) = (91, 100);

/// So many tasks in a row go from one walk to another at most.
const LONGEST_STRING: usize = 5;

/// Strings are tried that begin at so many tasks of each other walk: those nearest to the shortest walk.
const NEAREST: usize = 40;

/// So often tasks change hands at most.
const MOST_MOVES: usize = 120;

/// Tasks that change hands, and what comes of it.
struct Move {
    donor: u32,
    walks: [Walk; 2],
    /// The shorter of both walks afterward, as far as that is asked for.
    shorter: Cost,
    /// What all walks together are longer.
    more: Cost,
}

/// The plan with a longer shortest walk, as near to the longest as single moves lead. No walk becomes longer than the longest was, and
/// whatever one walk takes over another has less. With every move the shorter of two walks is longer than both were before at least, so
/// that it ends.
pub fn lifted(problem: &Problem, mut plan: Plan) -> Plan {
    if problem.goal != Goal::Longest || !plan.left_out.is_empty() {
        return plan;
    }
    for _ in 0..MOST_MOVES {
        let longest = plan.longest();
        let wanted = longest * ENOUGH.0 / ENOUGH.1;
        let numbers = 0..plan.walks.len() as u32;
        let Some(short) = numbers.min_by_key(|&number| plan.walks[number as usize].length) else {
            break;
        };
        if wanted <= plan.walks[short as usize].length {
            break;
        }
        let Some(found) = best_move(problem, &plan, short, wanted) else {
            break;
        };
        let [given, taken] = found.walks;
        plan.walks[found.donor as usize] = given;
        plan.walks[short as usize] = taken;
    }
    plan
}

/// The move after which the shorter of the two walks is longest, up to what is wanted; of those, the one that costs least.
fn best_move(problem: &Problem, plan: &Plan, short: u32, wanted: Cost) -> Option<Move> {
    let own = &plan.walks[short as usize];
    let most = plan.longest().min(problem.teams[short as usize].most);
    let mut best: Option<Move> = None;
    for (donor, walk) in (0_u32..).zip(&plan.walks) {
        if donor == short || walk.length <= own.length {
            continue;
        }
        for first in nearest(problem, walk, own) {
            let mut longer = own.clone();
            for n_tasks in 1..=LONGEST_STRING.min(walk.tasks.len() - first) {
                let task = walk.tasks[first + n_tasks - 1];
                let is_bound = problem.tasks[task as usize].owner.is_some();
                if is_bound || !take(problem, short, &mut longer, task, most) {
                    break;
                }
                let mut left = walk.tasks.clone();
                left.drain(first..first + n_tasks);
                let given = Walk::new(problem, donor, left);
                let shorter = given.length.min(longer.length).min(wanted);
                let more = given.length + longer.length - walk.length - own.length;
                let is_better = best
                    .as_ref()
                    .is_none_or(|best| (shorter, -more) > (best.shorter, -best.more));
                if own.length < shorter && given.length <= walk.length && is_better {
                    best = Some(Move {
                        donor,
                        walks: [given, longer.clone()],
                        shorter,
                        more,
                    });
                }
            }
        }
    }
    best
}

/// The positions in a walk of what lies nearest to another.
fn nearest(problem: &Problem, walk: &Walk, other: &Walk) -> Vec<usize> {
    let away = |&position: &usize| {
        let task = &problem.tasks[walk.tasks[position] as usize];
        let others = other.tasks.iter();
        let apart = others.map(|&other| problem.apart(task, &problem.tasks[other as usize]));
        apart.min().unwrap_or(0)
    };
    let mut positions: Vec<usize> = (0..walk.tasks.len()).collect();
    positions.sort_by_cached_key(away);
    positions.truncate(NEAREST);
    positions
}

/// Puts a task into a walk where it costs least; not so if it is too long or too heavy then.
fn take(problem: &Problem, number: u32, walk: &mut Walk, task: u32, most: Cost) -> bool {
    let team = problem.teams[number as usize];
    let positions = 0..=walk.tasks.len();
    let with = |at: usize| (walk.length_with(problem, team, at, task), at);
    let fits = positions
        .map(with)
        .min()
        .filter(|(length, _)| *length <= most)
        .filter(|_| walk.load + problem.tasks[task as usize].load <= team.capacity);
    if let Some((_, position)) = fits {
        walk.tasks.insert(position, task);
        walk.renew(problem, number);
    }
    fits.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::patrol::problem::Task;
    use crate::plan::patrol::problem::Team;
    use crate::plan::patrol::problem::USUAL_PACE;
    use crate::plan::patrol::problem::Way;

    /// A street of so many houses, one length apart, each a task of 3, and three teams: at both ends and in the middle.
    fn street(n_houses: u32) -> Problem {
        let lengths =
            (0..n_houses * n_houses).map(|pair| (pair / n_houses).abs_diff(pair % n_houses));
        let house = |at| Way {
            from: at,
            to: at,
            cost: 3,
        };
        let team = |at| Team {
            start: at,
            end: at,
            capacity: 1_000,
            most: 1_000,
            pace: USUAL_PACE,
        };
        Problem::new(
            n_houses as usize,
            lengths.collect(),
            (0..n_houses).map(|at| Task::new(vec![house(at)])).collect(),
            vec![team(0), team(n_houses / 2), team(n_houses - 1)],
            Goal::Longest,
        )
    }

    fn plan(problem: &Problem, shares: &[std::ops::Range<u32>]) -> Plan {
        let walks = (0..).zip(shares.iter().cloned());
        let walks = walks.map(|(number, share)| Walk::new(problem, number, share.collect()));
        Plan {
            walks: walks.collect(),
            ..Plan::default()
        }
    }

    #[test]
    fn whoever_walks_least_takes_over_until_all_walk_about_as_long() {
        let problem = street(60);
        let uneven = plan(&problem, &[0..25, 25..52, 52..60]);
        let before = uneven.longest();
        let even = lifted(&problem, uneven);
        let lengths: Vec<Cost> = even.walks.iter().map(|walk| walk.length).collect();
        let least = lengths.iter().min().unwrap();
        assert!(even.longest() <= before, "{lengths:?}");
        assert!(9 * even.longest() <= 10 * least, "{lengths:?}");
        let mut all: Vec<u32> = even
            .walks
            .iter()
            .flat_map(|walk| walk.tasks.clone())
            .collect();
        all.sort_unstable();
        assert_eq!(all, (0..60).collect::<Vec<u32>>(), "each once");
        for (number, walk) in (0..).zip(&even.walks) {
            let anew = Walk::new(&problem, number, walk.tasks.clone());
            assert_eq!(anew.length, walk.length);
        }
    }

    #[test]
    fn what_is_somebodys_already_stays_theirs() {
        let mut problem = street(30);
        for task in &mut problem.tasks[..20] {
            task.owner = Some(crate::plan::patrol::problem::Owner { team: 0, price: 5 });
        }
        let uneven = plan(&problem, &[0..20, 20..26, 26..30]);
        let even = lifted(&problem, uneven);
        assert_eq!(even.walks[0].tasks, (0..20).collect::<Vec<u32>>());
    }
}
