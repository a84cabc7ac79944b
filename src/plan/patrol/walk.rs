//! One team's walk: tasks in order, each in the way that is best for the whole.
//!
//! The ways are not chosen, they follow: for every task and way the walk knows how short the part before it and the part behind it
//! can be. So what a walk takes with one task more, wherever it is put in, is known at once and exactly.

use super::problem::ANYWHERE;
use super::problem::Cost;
use super::problem::MOST_WAYS;
use super::problem::Problem;
use super::problem::Team;

/// Longer than any walk.
const FAR: Cost = Cost::MAX / 4;

/// What is known of the part of a walk up to a task, or from it on, for each of its ways.
type Parts = [Cost; MOST_WAYS];

/// A team's tasks in order, and what is known of their ways.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// The tasks in order.
    pub tasks: Vec<u32>,
    /// What they load.
    pub load: Cost,
    /// How long the team is on its way, with pauses.
    pub length: Cost,
    /// What is lost since others should do some of the tasks.
    pub strays: Cost,
    /// The pauses.
    pause: Cost,
    /// Where it begins and ends: for a team that may begin anywhere, on the way itself.
    ends: [u32; 2],
    /// The shortest walk from the start through each task's way.
    before: Vec<Parts>,
    /// The shortest walk from the beginning of each task's way to the end.
    behind: Vec<Parts>,
}

impl Walk {
    /// The walk of a team along tasks in order.
    pub fn new(problem: &Problem, number: u32, tasks: Vec<u32>) -> Self {
        let mut walk = Self {
            tasks,
            ..Self::default()
        };
        walk.renew(problem, number);
        walk
    }

    /// Works out lengths and load for the tasks as they stand.
    pub fn renew(&mut self, problem: &Problem, number: u32) {
        let team = problem.teams[number as usize];
        self.ends = [team.start, team.end];
        let Some(&first) = self.tasks.first().filter(|_| team.start == ANYWHERE) else {
            self.renew_from_ends(problem, number);
            return;
        };
        // A round comes through where one way of its first task begins, and may as well begin there.
        let ways = &problem.tasks[first as usize].ways;
        let mut best: Option<(Cost, u32)> = None;
        for at in 0..ways.len() {
            let place = ways[at].from;
            if ways[..at].iter().any(|other| other.from == place) {
                continue;
            }
            self.ends = [place; 2];
            self.renew_from_ends(problem, number);
            if best.is_none_or(|(least, _)| self.length < least) {
                best = Some((self.length, place));
            }
        }
        if let Some((_, place)) = best.filter(|(_, place)| self.ends[0] != *place) {
            self.ends = [place; 2];
            self.renew_from_ends(problem, number);
        }
    }

    /// Where it begins: for a team that may begin anywhere, on the way itself, once it does something.
    pub fn start(&self) -> u32 {
        self.ends[0]
    }

    /// Lets a walk that may begin anywhere begin, and end, at a place.
    pub(super) fn begin(&mut self, problem: &Problem, number: u32, place: u32) {
        self.ends = [place; 2];
        self.renew_from_ends(problem, number);
    }

    fn renew_from_ends(&mut self, problem: &Problem, number: u32) {
        let team = problem.teams[number as usize];
        let n_tasks = self.tasks.len();
        self.before.resize(n_tasks, [FAR; MOST_WAYS]);
        self.behind.resize(n_tasks, [FAR; MOST_WAYS]);
        (self.load, self.pause, self.strays) = (0, 0, 0);
        for at in 0..n_tasks {
            let task = &problem.tasks[self.tasks[at] as usize];
            self.load += task.load;
            self.pause += task.pause;
            self.strays += task.strays(number);
            let mut parts = [FAR; MOST_WAYS];
            for (part, way) in parts.iter_mut().zip(&task.ways) {
                *part = self.up_to(problem, at, way.from) + way.cost;
            }
            self.before[at] = parts;
        }
        for at in (0..n_tasks).rev() {
            let task = &problem.tasks[self.tasks[at] as usize];
            let mut parts = [FAR; MOST_WAYS];
            for (part, way) in parts.iter_mut().zip(&task.ways) {
                *part = way.cost + self.onward(problem, at + 1, way.to);
            }
            self.behind[at] = parts;
        }
        // A team that does nothing stays where it is.
        self.length = if n_tasks == 0 {
            0
        } else {
            team.takes(self.up_to(problem, n_tasks, self.ends[1])) + self.pause
        };
    }

    /// The shortest walk from the start through the tasks before a position, and on to a place.
    fn up_to(&self, problem: &Problem, position: usize, place: u32) -> Cost {
        let Some(at) = position.checked_sub(1) else {
            return problem.length(self.ends[0], place);
        };
        let ways = &problem.tasks[self.tasks[at] as usize].ways;
        let parts = ways.iter().zip(&self.before[at]);
        let parts = parts.map(|(way, part)| part + problem.length(way.to, place));
        parts.min().unwrap_or(FAR)
    }

    /// The shortest walk from a place through the tasks from a position on, to the end.
    fn onward(&self, problem: &Problem, position: usize, place: u32) -> Cost {
        let Some(&task) = self.tasks.get(position) else {
            return problem.length(place, self.ends[1]);
        };
        let ways = &problem.tasks[task as usize].ways;
        let parts = ways.iter().zip(&self.behind[position]);
        let parts = parts.map(|(way, part)| problem.length(place, way.from) + part);
        parts.min().unwrap_or(FAR)
    }

    /// How long the team is on its way with a task put in at a position.
    pub fn length_with(&self, problem: &Problem, team: Team, position: usize, task: u32) -> Cost {
        let task = &problem.tasks[task as usize];
        let lengths = task.ways.iter().map(|way| {
            if self.tasks.is_empty() && team.start == ANYWHERE {
                return way.cost + problem.length(way.to, way.from);
            }
            // A walk that does nothing yet begins where its team does.
            self.up_to(problem, position, way.from)
                + way.cost
                + self.onward(problem, position, way.to)
        });
        team.takes(lengths.min().unwrap_or(FAR)) + self.pause + task.pause
    }

    /// In which way each task is done, by its index among the task's ways.
    pub fn ways(&self, problem: &Problem) -> Vec<usize> {
        let mut place = self.ends[0];
        let tasks = self.tasks.iter().zip(&self.behind);
        let chosen = tasks.map(|(&task, parts)| {
            let ways = &problem.tasks[task as usize].ways;
            let lengths = ways.iter().zip(parts);
            let lengths = lengths.map(|(way, part)| problem.length(place, way.from) + part);
            let best = lengths.enumerate().min_by_key(|&(_, length)| length);
            let best = best.map_or(0, |(way, _)| way);
            place = ways[best].to;
            best
        });
        chosen.collect()
    }
}

/// Walks by team; a task in none is left out.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Each team's walk.
    pub walks: Vec<Walk>,
    /// The tasks that nobody does.
    pub left_out: Vec<u32>,
    /// What the goal counts: the sum of all walks, or the longest; and what is lost where others than their owners do tasks.
    pub value: Cost,
}

impl Plan {
    /// The length of the longest walk.
    pub fn longest(&self) -> Cost {
        let lengths = self.walks.iter().map(|walk| walk.length);
        lengths.max().unwrap_or(0)
    }

    /// In which order and way each team does its tasks: a task, and the index of its way.
    pub fn told(&self, problem: &Problem) -> Vec<Vec<(u32, usize)>> {
        let told = self.walks.iter().map(|walk| {
            let ways = walk.ways(problem);
            walk.tasks.iter().copied().zip(ways).collect()
        });
        told.collect()
    }
}
