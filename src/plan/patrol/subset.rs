//! What the longest walk cannot be below, from a few tasks alone: every way to share them out is tried, by dynamic programming over
//! their subsets (Held and Karp 1962). With all tasks in it, it is the best plan's longest walk itself.

use super::problem::Cost;
use super::problem::MOST_WAYS;
use super::problem::Problem;
use super::problem::Task;
use super::problem::USUAL_PACE;
use super::problem::Way;

/// So many tasks are shared out at most: their subsets are all kept.
pub const MOST_TASKS: usize = 19;

const FAR: u32 = u32::MAX / 4;

/// The shortest that the longest walk can be with which the teams do some tasks, at most [`MOST_TASKS`]. Every walk may
/// begin where any team starts and end where any team ends, so teams with places of their own can only be slower. None if a length
/// does not fit.
pub fn least_longest(problem: &Problem, tasks: &[u32]) -> Option<Cost> {
    let n_teams = problem.teams.len();
    if tasks.is_empty() || n_teams == 0 || tasks.len() > MOST_TASKS {
        return None;
    }
    let alone = walks(problem, tasks)?;
    // What so many teams need at least for each subset: one, two, four and so on, then put together.
    let mut shared: Option<Vec<u32>> = None;
    let mut doubled = alone;
    let mut n_left = n_teams;
    loop {
        if n_left % 2 == 1 {
            shared = Some(match shared {
                None => doubled.clone(),
                Some(shared) if n_left == 1 => {
                    let all = doubled.len() - 1;
                    return Some(Cost::from(of_two(&shared, &doubled, all)));
                }
                Some(shared) => together(&shared, &doubled),
            });
        }
        n_left /= 2;
        if n_left == 0 {
            break;
        }
        if n_left == 1 && shared.is_none() {
            // The last doubling is wanted for all tasks only.
            return Some(Cost::from(of_two(&doubled, &doubled, doubled.len() - 1)));
        }
        doubled = together(&doubled, &doubled);
    }
    shared
        .and_then(|shared| shared.last().copied())
        .map(Cost::from)
}

/// For each subset, the least that the longer of two shares can be.
fn together(one: &[u32], other: &[u32]) -> Vec<u32> {
    (0..one.len()).map(|all| of_two(one, other, all)).collect()
}

fn of_two(one: &[u32], other: &[u32], all: usize) -> u32 {
    let mut least = one[all].min(other[all]);
    let mut share = all;
    while share > 0 {
        share = (share - 1) & all;
        least = least.min(one[share].max(other[all ^ share]));
    }
    least
}

/// For each subset of the tasks, the shortest walk that does them.
fn walks(problem: &Problem, tasks: &[u32]) -> Option<Vec<u32>> {
    let n_tasks = tasks.len();
    let chosen: Vec<&Task> = tasks
        .iter()
        .map(|&task| &problem.tasks[task as usize])
        .collect();
    let ways: Vec<&[Way]> = chosen.iter().map(|task| task.ways.as_slice()).collect();
    // Nobody is faster than the fastest.
    let paces = problem.teams.iter().map(|team| team.pace);
    let pace = paces.min().unwrap_or(USUAL_PACE);
    let short = |length: Cost| {
        u32::try_from(length * pace / USUAL_PACE)
            .ok()
            .filter(|length| *length < FAR / 64)
    };
    let starts = |place| {
        problem
            .teams
            .iter()
            .map(move |team| problem.length(team.start, place))
            .min()
    };
    let ends = |place| {
        problem
            .teams
            .iter()
            .map(move |team| problem.length(place, team.end))
            .min()
    };
    let wide = n_tasks * MOST_WAYS;
    // From the end of each way to the start of each other and over it.
    let mut onward = vec![FAR; wide * wide];
    let mut first = vec![FAR; wide];
    let mut last = vec![FAR; wide];
    for (task, own) in ways.iter().enumerate() {
        for (number, way) in own.iter().enumerate() {
            let to = task * MOST_WAYS + number;
            let pause = u32::try_from(chosen[task].pause).ok()?;
            first[to] = short(starts(way.from)? + way.cost)? + pause;
            last[to] = short(ends(way.to)?)?;
            for (other, others) in ways.iter().enumerate().filter(|(other, _)| *other != task) {
                for (number, before) in others.iter().enumerate() {
                    let from = other * MOST_WAYS + number;
                    onward[from * wide + to] =
                        short(problem.length(before.to, way.from) + way.cost)? + pause;
                }
            }
        }
    }
    // The shortest walk through a subset that ends with a way.
    let mut through = vec![FAR; (1 << n_tasks) * wide];
    let mut closed = vec![FAR; 1 << n_tasks];
    closed[0] = 0;
    for task in 0..n_tasks {
        for way in task * MOST_WAYS..task * MOST_WAYS + ways[task].len() {
            through[(1 << task) * wide + way] = first[way];
        }
    }
    for subset in 1_usize..1 << n_tasks {
        for task in (0..n_tasks).filter(|task| subset >> task & 1 == 1) {
            for way in task * MOST_WAYS..task * MOST_WAYS + ways[task].len() {
                let length = through[subset * wide + way];
                closed[subset] = closed[subset].min(length.saturating_add(last[way]));
                for other in (0..n_tasks).filter(|other| subset >> other & 1 == 0) {
                    let larger = (subset | 1 << other) * wide;
                    for next in other * MOST_WAYS..other * MOST_WAYS + ways[other].len() {
                        let length = length + onward[way * wide + next];
                        if length < through[larger + next] {
                            through[larger + next] = length;
                        }
                    }
                }
            }
        }
    }
    Some(closed)
}

/// So many tasks are tried together while the hardest are looked for.
const FEW: usize = 10;

/// What the longest walk cannot be below, from all tasks if they are few, and else from those that are found to be hardest together.
pub fn least_by_hardest(problem: &Problem, is_over: &dyn Fn() -> bool) -> Cost {
    let n_tasks = problem.tasks.len() as u32;
    let all: Vec<u32> = (0..n_tasks).collect();
    if all.len() <= MOST_TASKS {
        return least_longest(problem, &all).unwrap_or(0);
    }
    let worth = |tasks: &[u32]| least_longest(problem, tasks).unwrap_or(0);
    // The one that is farthest alone, and then always the one that makes most of it worse.
    let mut chosen: Vec<u32> = Vec::new();
    let mut least = 0;
    while chosen.len() < FEW && !is_over() {
        least = add_hardest(&mut chosen, &all, &worth);
    }
    while let Some(harder) = exchanged(&mut chosen, least, &all, &worth, is_over) {
        least = harder;
    }
    while chosen.len() < FEW + 4 && !is_over() {
        least = least.max(add_hardest(&mut chosen, &all, &worth));
    }
    least
}

/// Exchanges tasks for others, each where that makes the longest walk longer; none if no exchange does, or it is over.
fn exchanged(
    chosen: &mut [u32],
    least: Cost,
    all: &[u32],
    worth: &impl Fn(&[u32]) -> Cost,
    is_over: &dyn Fn() -> bool,
) -> Option<Cost> {
    let mut harder = least;
    for position in 0..chosen.len() {
        for &other in all {
            if is_over() || chosen.contains(&other) {
                continue;
            }
            let own = std::mem::replace(&mut chosen[position], other);
            let value = worth(chosen);
            if value > harder {
                harder = value;
            } else {
                chosen[position] = own;
            }
        }
    }
    (harder > least).then_some(harder)
}

/// Adds the task with which the longest walk must be longest.
fn add_hardest(chosen: &mut Vec<u32>, all: &[u32], worth: &impl Fn(&[u32]) -> Cost) -> Cost {
    let others = all.iter().filter(|task| !chosen.contains(task));
    let valued = others.map(|&task| {
        let mut with = chosen.clone();
        with.push(task);
        (worth(&with), task)
    });
    let Some((value, task)) = valued.max() else {
        return 0;
    };
    chosen.push(task);
    value
}
