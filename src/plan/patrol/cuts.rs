//! What a relaxation of an evening may not break: whoever comes into a set of places goes out again.

use microlp::Solution;
use microlp::Variable;

use super::joined::Joined;
use super::problem::Cost;
use super::problem::Problem;
use super::problem::Task;
use super::problem::Team;
use super::problem::Way;
use super::relaxed::Relaxed;
use super::relaxed::Walked;
use super::relaxed::Walker;
use super::relaxed::Walks;

/// By less a cut is not broken.
pub(super) const BROKEN: f64 = 1e-3;

/// A set of places, and how often its border is crossed at least.
pub(super) struct Cut {
    /// Whose walks cross it, all together.
    walkers: Vec<usize>,
    is_within: Vec<bool>,
    asks: Asks,
}

/// What asks for crossings.
enum Asks {
    /// Nobody starts or ends within, and whoever does this task there comes in and goes out.
    Within(usize),
    /// Closed walks cross every border an even number of times: if they do all of an odd number of tasks over it, they cross it
    /// once more.
    Odd(Vec<usize>),
    /// Nothing is crossed, but of these tasks only one is done: there is no time for two.
    One(Vec<usize>),
}

impl Cut {
    /// What its terms are at least.
    pub(super) fn least(&self) -> f64 {
        match &self.asks {
            Asks::Within(_) => 0.0,
            Asks::Odd(tasks) => 1.0 - tasks.len() as f64,
            Asks::One(_) => -1.0,
        }
    }
}

impl Relaxed<'_> {
    /// What leads over the border of a cut, less what asks for it.
    pub(super) fn terms(&self, cut: &Cut, walks: &[Walks]) -> Vec<(Variable, f64)> {
        let mut terms = Vec::new();
        for &number in &cut.walkers {
            let (walker, walks) = (&self.walkers[number], &walks[number]);
            for (direct, both) in walker.directs.iter().zip(&walks.directs) {
                if is_crossing(self.directs[*direct].ends, &cut.is_within) {
                    terms.extend(both.map(|variable| (variable, 1.0)));
                }
            }
            for (number, ways) in walker.tasks.iter().zip(&walks.ways) {
                let task = &self.problem.tasks[*number];
                for (way, variable) in task.ways.iter().zip(ways) {
                    let crosses = is_crossing([way.from, way.to], &cut.is_within);
                    let crosses = f64::from(u8::from(crosses));
                    let counts = match &cut.asks {
                        Asks::Within(own) if own == number => crosses - 2.0,
                        Asks::Odd(own) if own.contains(number) => -crosses,
                        Asks::One(own) if own.contains(number) => -1.0,
                        _ => crosses,
                    };
                    if counts != 0.0 {
                        terms.push((*variable, counts));
                    }
                }
            }
            for (team, variable) in walker.teams.iter().zip(&walks.taken_back) {
                if is_crossing([team.start, team.end], &cut.is_within) {
                    terms.push((*variable, 1.0));
                }
            }
        }
        terms
    }

    /// How strongly places are joined by what some walkers walk, without one of the tasks.
    fn joined(&self, numbers: &[usize], walked: &[Walked]) -> Joined {
        let mut joined = Joined::new(self.problem.n_places());
        for &number in numbers {
            let (walker, walked) = (&self.walkers[number], &walked[number]);
            for (direct, times) in walker.directs.iter().zip(&walked.directs) {
                joined.join(self.directs[*direct].ends, *times);
            }
            for (task, ways) in walker.tasks.iter().zip(&walked.ways) {
                for (way, times) in self.problem.tasks[*task].ways.iter().zip(ways) {
                    joined.join([way.from, way.to], *times);
                }
            }
        }
        joined
    }

    /// Finds what a walker breaks.
    pub(super) fn add_broken(&mut self, number: usize, walked: &[Walked]) {
        let joined = self.joined(&[number], walked);
        let walker = &self.walkers[number];
        let ends = walker.ends();
        let mut found: Vec<Cut> = Vec::new();
        let mut add = |is_within: Vec<bool>, asks: Asks| {
            if found.iter().all(|other| other.is_within != is_within) {
                found.push(Cut {
                    walkers: vec![number],
                    is_within,
                    asks,
                });
            }
        };
        for (task_number, ways) in walker.tasks.iter().zip(&walked[number].ways) {
            let task = &self.problem.tasks[*task_number];
            let asked = 2.0 * ways.iter().sum::<f64>();
            if asked < BROKEN {
                continue;
            }
            let own: Vec<u32> = task.ways.iter().map(|way| way.from).collect();
            if !own.iter().any(|place| ends.contains(place))
                && let Some(is_within) = joined.cut_off(&own, &ends, asked - BROKEN)
            {
                add(is_within, Asks::Within(*task_number));
            }
        }
        let mut joined = joined;
        for team in &walker.teams {
            // Wherever they end, from there they come back to the start.
            joined.join([team.start, team.end], 1.0);
        }
        for (task_number, ways) in walker.tasks.iter().zip(&walked[number].ways) {
            let task = &self.problem.tasks[*task_number];
            if ways.iter().sum::<f64>() < BROKEN {
                continue;
            }
            let sign = |joined: &mut Joined, sign: f64| {
                for (way, times) in task.ways.iter().zip(ways) {
                    joined.add([way.from, way.to], sign * times);
                }
            };
            sign(&mut joined, -1.0);
            for (at, way) in task.ways.iter().enumerate() {
                let is_pair = |other: &Way| {
                    [other.from, other.to] == [way.from, way.to]
                        || [other.to, other.from] == [way.from, way.to]
                };
                if way.from == way.to || task.ways[..at].iter().any(is_pair) {
                    continue;
                }
                let pairs = task.ways.iter().zip(ways);
                let asked: f64 = pairs
                    .filter(|(other, _)| is_pair(other))
                    .map(|(_, times)| times)
                    .sum();
                if asked > BROKEN
                    && let Some(is_within) = joined.cut_off(&[way.from], &[way.to], asked - BROKEN)
                {
                    add(is_within, Asks::Odd(vec![*task_number]));
                }
            }
            sign(&mut joined, 1.0);
        }
        let done = walked[number].ways.iter().map(|ways| ways.iter().sum());
        for tasks in exclusive(walker, &done.collect::<Vec<f64>>()) {
            found.push(Cut {
                walkers: vec![number],
                is_within: vec![false; self.problem.n_places()],
                asks: Asks::One(tasks),
            });
        }
        self.cuts.extend(found);
    }
}

/// For each task of a team those that it cannot do as well in its time.
pub(super) fn excludes(problem: &Problem, team: Team, tasks: &[usize]) -> Vec<Vec<bool>> {
    let takes = |one: &Task, other: &Task| {
        let pairs = one.ways.iter();
        let pairs = pairs.flat_map(|a| other.ways.iter().map(move |b| (a, b)));
        let walked = pairs.map(|(a, b)| {
            problem.length(team.start, a.from)
                + a.cost
                + problem.length(a.to, b.from)
                + b.cost
                + problem.length(b.to, team.end)
        });
        team.takes(walked.min().unwrap_or(0)) + one.pause + other.pause
    };
    let tasks = || tasks.iter().map(|&task| &problem.tasks[task]);
    let excludes = |one: &Task, other: &Task| -> bool {
        let least: Cost = takes(one, other).min(takes(other, one));
        least > team.most
    };
    tasks()
        .map(|one| {
            let others = tasks().map(|other| !std::ptr::eq(one, other) && excludes(one, other));
            others.collect()
        })
        .collect()
}

/// Sets of tasks of which a team does only one, but more is done of them together: from each task on those that are done most.
fn exclusive(walker: &Walker, done: &[f64]) -> Vec<Vec<usize>> {
    let mut by_most: Vec<usize> = (0..walker.excludes.len()).collect();
    by_most.retain(|&task| done[task] > BROKEN);
    by_most.sort_by(|&a, &b| done[b].total_cmp(&done[a]));
    let mut found: Vec<Vec<usize>> = Vec::new();
    for &first in &by_most {
        let mut all = vec![first];
        for &task in &by_most {
            if all.iter().all(|&other| walker.excludes[other][task]) {
                all.push(task);
            }
        }
        let together: f64 = all.iter().map(|&task| done[task]).sum();
        if together <= 1.0 + BROKEN {
            continue;
        }
        // What is not done now may be so later.
        for task in 0..done.len() {
            if all.iter().all(|&other| walker.excludes[other][task]) {
                all.push(task);
            }
        }
        let mut tasks: Vec<usize> = all.iter().map(|&task| walker.tasks[task]).collect();
        tasks.sort_unstable();
        if !found.contains(&tasks) {
            found.push(tasks);
        }
    }
    found
}

/// By how much a sum is above what it is at least.
pub(super) fn surplus(terms: &[(Variable, f64)], least: f64, solution: &Solution) -> f64 {
    let parts = terms.iter();
    let sum: f64 = parts
        .map(|(variable, times)| solution.var_value(*variable) * times)
        .sum();
    sum - least
}

fn is_crossing(ends: [u32; 2], is_within: &[bool]) -> bool {
    is_within[ends[0] as usize] != is_within[ends[1] as usize]
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::plan::chance::Chance;
    use crate::plan::patrol::network::Edge;
    use crate::plan::patrol::network::Network;
    use crate::plan::patrol::problem::ANYWHERE;
    use crate::plan::patrol::problem::Goal;
    use crate::plan::patrol::problem::USUAL_PACE;
    use crate::plan::patrol::walk::Walk;
    use crate::plan::watch::Standing;
    use crate::plan::watch::Watch;

    const N_TASKS: usize = 5;

    /// Edges between seven places, five of them tasks of which the first can be done along another edge, too; two teams.
    fn drawn(seed: u64, goal: Goal) -> (Problem, Vec<f64>) {
        let mut chance = Chance::new(seed);
        let mut below = |most: u32| (chance.share() * f64::from(most)) as u32;
        let edges = (0..11_u32).map(|number| {
            // A ring, so that all is joined, and links across.
            let ends = match number {
                0..7 => [number, (number + 1) % 7],
                _ => [below(7), below(7)],
            };
            Edge {
                ends,
                costs: [60_000 + below(60_000); 2],
                required: (number % 2 == 0 && number < 10).then_some(0),
            }
        });
        let network = Network::new(7, edges.collect());
        let team = |start| Team {
            start,
            end: start,
            capacity: Cost::MAX / 8,
            most: Cost::from(180 + below(400)) * 1_000,
            pace: USUAL_PACE,
        };
        let teams = [0, 3].map(team).to_vec();
        let mut problem = network.problem(teams, goal);
        let other = problem.tasks[1].ways.clone();
        problem.tasks[0].ways.extend(other);
        let worth = (0..N_TASKS).map(|_| f64::from(1 + below(9))).collect();
        (problem, worth)
    }

    /// The shortest walk of a team for each set of tasks: every order is tried.
    fn shortest(problem: &Problem, team: u32) -> Vec<Cost> {
        let mut shortest = vec![Cost::MAX; 1 << N_TASKS];
        let mut open = vec![Vec::new()];
        while let Some(tasks) = open.pop() {
            let walk = Walk::new(problem, team, tasks.clone());
            let set: usize = tasks.iter().map(|&task: &u32| 1 << task).sum();
            shortest[set] = shortest[set].min(walk.length);
            for task in (0..N_TASKS as u32).filter(|task| !tasks.contains(task)) {
                let mut more = tasks.clone();
                more.push(task);
                open.push(more);
            }
        }
        shortest
    }

    fn told(bound: impl FnOnce(Watch<'_>), better: fn(f64, f64) -> f64) -> Option<f64> {
        let best: Cell<Option<f64>> = Cell::new(None);
        let tell = |now: Standing| {
            let known = best.get();
            best.set(Some(
                known.map_or(now.bound, |known| better(known, now.bound)),
            ));
        };
        bound(Watch {
            is_over: &|| false,
            tell: &tell,
        });
        best.get()
    }

    #[test]
    fn what_is_proven_is_so_whatever_is_tried() {
        let all = (1 << N_TASKS) - 1;
        for seed in 0..150 {
            let (problem, worth) = drawn(seed, Goal::Total);
            let walks = [0, 1].map(|team| shortest(&problem, team));
            let is_in_time = |team: usize, set: usize| walks[team][set] <= problem.teams[team].most;
            let value = |set: usize| -> f64 {
                let done = (0..N_TASKS).filter(|task| set >> task & 1 == 1);
                done.map(|task| worth[task]).sum()
            };
            let shares = (0..=all).flat_map(|one| (0..=all).map(move |other| (one, other)));
            let apart = shares.filter(|(one, other)| one & other == 0);
            let good = apart
                .clone()
                .filter(|&(one, other)| is_in_time(0, one) && is_in_time(1, other));
            let most = good.map(|(one, other)| value(one | other));
            let most = most.fold(0.0, f64::max);
            let bound = told(
                |watch| Relaxed::new(&problem).most_worth(&worth, watch),
                f64::min,
            );
            assert!(
                bound.is_some_and(|bound| bound >= most - 1e-6),
                "{seed} {bound:?} {most}"
            );

            let whole = apart.filter(|&(one, other)| one | other == all);
            let whole = whole.filter(|&(one, other)| is_in_time(0, one) && is_in_time(1, other));
            let longest = whole.map(|(one, other)| walks[0][one].max(walks[1][other]));
            if let Some(least) = longest.min() {
                let least = least as f64 / 1_000.0;
                let bound = told(
                    |watch| Relaxed::new(&problem).least_longest(watch),
                    f64::max,
                );
                assert!(
                    bound.is_some_and(|bound| bound <= least + 1e-6),
                    "{seed} {bound:?} {least}"
                );
            }
        }
    }

    #[test]
    fn a_walk_from_anywhere_is_the_shortest_from_some_place() {
        for seed in 0..60 {
            let (mut problem, _) = drawn(seed, Goal::Total);
            let places = (0..problem.n_places() as u32).map(|place| {
                problem.teams[0].start = place;
                problem.teams[0].end = place;
                shortest(&problem, 0)
            });
            let places: Vec<Vec<Cost>> = places.collect();
            problem.teams[0].start = ANYWHERE;
            problem.teams[0].end = ANYWHERE;
            for (set, length) in shortest(&problem, 0).into_iter().enumerate().skip(1) {
                let least = places.iter().map(|lengths| lengths[set]).min();
                assert_eq!(Some(length), least, "{seed} {set}");
            }
        }
    }
}
