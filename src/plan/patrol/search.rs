//! Looks for a good plan: takes neighboring tasks out of a few walks and puts them back in where they cost least, again and again,
//! and takes the changed plan if it is better, or, the more seldom the longer the search, if it is a little worse.
//!
//! After "slack induction by string removals" (Christiaens and Vanden Berghe 2020), for tasks that can be done in several ways.

use super::problem::ANYWHERE;
use super::problem::Cost;
use super::problem::Goal;
use super::problem::Problem;
use super::walk::Plan;
use super::walk::Walk;
use crate::plan::chance::Chance;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;

/// So many tasks are taken out in the mean.
const TAKEN_OUT: f64 = 10.0;

/// No more than so many next to each other come out of one walk, nor more than walks have in the mean, or a few.
const LONGEST_STRING: f64 = 10.0;
const A_FEW: f64 = 4.0;

/// So many tasks that nobody does are tried again at once.
const MOST_TRIED: usize = 24;

/// What a walk is longer than the mean counts so many times more, so that it pays to go a little farther for others.
const UNEVEN: Cost = 4;

/// A place in a walk is overlooked so often, as a share; and once in a while more often, so that somebody who is farther away gets a
/// chance.
const OVERLOOKED: f64 = 0.01;
const OFTEN_OVERLOOKED: f64 = 0.3;
const ONCE_IN_A_WHILE: f64 = 0.05;

/// The first cooling has so many steps for each task, and no more than that; every further one more.
const FIRST_STEPS: usize = 400;
const MOST_FIRST_STEPS: usize = 40_000;

/// By so much every cooling is longer than the one before.
const LONGER: f64 = 1.5;

/// How long the first worsening may be that is taken, as a share of what a task takes in the mean, and the last.
const WARM: f64 = 0.6;
const COLD: f64 = 0.004;

/// Where the longest walk is to be short, what is too long counts several times, and one cooling after the other begins so much warmer.
/// Where tasks may be left out, every other cooling begins so warm that one is left out for another.
const WARMER: [f64; 2] = [1.0, 6.0];

/// What a walk is too long counts so many times, in one cooling after the other: where little is too much, it must weigh much before
/// another team sets out for it.
const BEYOND: [Cost; 3] = [8, 64, 512];

/// The best plan that is found until the one who waits has seen enough, or a bound says that none is better.
///
/// `least` is what no plan can be below. The same seed and the same number of steps give the same plan.
pub fn best(problem: &Problem, least: Cost, seed: u64, watch: Watch<'_>) -> Plan {
    let near = Near::new(problem);
    searched(Search::new(problem, &near, seed), least, watch)
}

/// The best plan as of [`best`], from one that is known.
pub fn best_from(problem: &Problem, known: Plan, least: Cost, seed: u64, watch: Watch<'_>) -> Plan {
    let near = Near::new(problem);
    let mut search = Search::new(problem, &near, seed);
    search.begin_with(Some(known));
    searched(search, least, watch)
}

/// The best plan that one cooling of so many steps finds, from one that is known if there is any.
pub fn cooled(
    problem: &Problem,
    near: &Near,
    known: Option<Plan>,
    steps: usize,
    seed: u64,
    watch: Watch<'_>,
) -> Plan {
    let mut search = Search::new(problem, near, seed);
    search.begin_with(known);
    search.beyond = BEYOND[1];
    if !problem.tasks.is_empty() {
        search.cool(steps, WARM, 0, watch);
    }
    search.best
}

fn searched(mut search: Search<'_>, least: Cost, watch: Watch<'_>) -> Plan {
    let problem = search.problem;
    let steps = FIRST_STEPS * problem.tasks.len().max(10);
    let mut steps = steps.min(MOST_FIRST_STEPS);
    search.tell(least, watch);
    for (beyond, warmer) in BEYOND.iter().cycle().zip(WARMER.iter().cycle()) {
        if (watch.is_over)() || search.is_proven(least) || problem.tasks.is_empty() {
            break;
        }
        search.beyond = *beyond;
        let warmer = match problem.goal {
            Goal::Total if *warmer > 1.0 => search.worth_in_means(),
            Goal::Total => 1.0,
            Goal::Longest => *warmer,
        };
        search.cool(steps, WARM * warmer, least, watch);
        steps = (steps as f64 * LONGER) as usize;
        search.start_over();
    }
    search.best
}

/// For each task all others, the nearest first: worked out once for all searches of the same tasks.
pub struct Near(Vec<Vec<u32>>);

impl Near {
    /// `O(n² log n)` for `n` tasks.
    pub fn new(problem: &Problem) -> Self {
        let n_tasks = problem.tasks.len() as u32;
        let near = (0..n_tasks).map(|task| {
            let mut all: Vec<u32> = (0..n_tasks).collect();
            let own = &problem.tasks[task as usize];
            let apart = |&other: &u32| {
                (
                    other != task,
                    problem.apart(own, &problem.tasks[other as usize]),
                )
            };
            all.sort_by_cached_key(apart);
            all
        });
        Self(near.collect())
    }
}

pub(super) struct Search<'a> {
    pub(super) problem: &'a Problem,
    /// For each task all others, the nearest first.
    pub(super) near: &'a [Vec<u32>],
    pub(super) walks: Vec<Walk>,
    left_out: Vec<u32>,
    /// The walk of each task, and where in it.
    pub(super) walk_of: Vec<u32>,
    pub(super) position_of: Vec<u32>,
    best: Plan,
    /// What a walk is too long counts so many times.
    beyond: Cost,
    /// No walk should be longer, where the longest is to be short.
    below: Cost,
    /// How long the walks would be if all were equally long.
    even: Cost,
    pub(super) chance: Chance,
    /// A place in a walk is overlooked so often now, as a share.
    pub(super) overlooked: f64,
    /// What a task takes in the mean, with the way to it.
    mean: f64,
}

pub(super) const NONE: u32 = u32::MAX;

impl<'a> Search<'a> {
    fn new(problem: &'a Problem, near: &'a Near, seed: u64) -> Self {
        let n_tasks = problem.tasks.len() as u32;
        let numbers = 0..problem.teams.len() as u32;
        let mut search = Self {
            problem,
            near: &near.0,
            walks: numbers
                .map(|number| Walk::new(problem, number, Vec::new()))
                .collect(),
            left_out: Vec::new(),
            walk_of: vec![NONE; n_tasks as usize],
            position_of: vec![0; n_tasks as usize],
            best: Plan::default(),
            beyond: BEYOND[0],
            below: Cost::MAX / 4,
            even: Cost::MAX / 4,
            chance: Chance::new(seed),
            overlooked: OVERLOOKED,
            mean: 1.0,
        };
        search.put_in((0..n_tasks).collect(), &mut Vec::new());
        search.keep();
        let total: Cost = search.walks.iter().map(|walk| walk.length).sum();
        search.mean = total as f64 / f64::from(n_tasks.max(1));
        search
    }

    /// Begins with a plan that is known, if that is better.
    fn begin_with(&mut self, known: Option<Plan>) {
        if let Some(known) = known
            && self.rank(&known.left_out, known.value) < self.rank_of_best()
        {
            self.below = known.value - 1;
            self.best = known;
            self.start_over();
        }
    }

    /// How many times more a task is worth than it takes, both in the mean, where some may be left out.
    fn worth_in_means(&self) -> f64 {
        let worth = self.problem.tasks.iter().filter_map(|task| task.worth);
        let mean = worth.sum::<Cost>() as f64 / self.problem.tasks.len().max(1) as f64;
        (mean / self.mean.max(1.0)).max(1.0)
    }

    fn is_proven(&self, least: Cost) -> bool {
        self.best.left_out.is_empty() && self.best.value <= least
    }

    fn tell(&self, least: Cost, watch: Watch<'_>) {
        // Where something may be left out, what is not left out is told.
        let worth = self.problem.tasks.iter().map(|task| task.worth);
        let worth: Option<Cost> = worth.sum();
        let lost = self.problem.lost(&self.best.left_out);
        let value = worth.map_or(self.best.value, |all| all - lost);
        (watch.tell)(Standing {
            value: value as f64,
            bound: least as f64,
        });
    }

    /// One cooling, from so long a worsening as a share of what a task takes in the mean.
    fn cool(&mut self, steps: usize, warm: f64, least: Cost, watch: Watch<'_>) {
        let mut now = self.cost();
        let (warm, cold) = (warm * self.mean, COLD * self.mean);
        let falls = (cold / warm).powf(1.0 / steps as f64);
        let mut warmth = warm;
        let mut touched = Vec::new();
        for step in 0..steps {
            if step % 64 == 0 && (watch.is_over)() {
                return;
            }
            warmth *= falls;
            let left_before = self.left_out.clone();
            let out = self.take_out(&mut touched);
            self.put_in(out, &mut touched);
            let cost = self.cost();
            let taken = now as f64 - warmth * self.chance.share().max(1e-300).ln();
            // What is better is taken whatever it costs: the cost only leads there.
            let is_better = self.is_better();
            if is_better || (cost as f64) < taken {
                now = cost;
                if is_better {
                    self.keep();
                    self.tell(least, watch);
                    if self.is_proven(least) {
                        return;
                    }
                    now = self.cost();
                }
            } else {
                self.put_back(&touched, left_before);
            }
            touched.clear();
        }
    }

    /// What the walks count as they stand, with what is wrong with them.
    fn cost(&self) -> Cost {
        let walks = self.walks.iter().zip(&self.problem.teams);
        let walks = walks.map(|(walk, team)| self.counts(walk.length, team.most) + walk.strays);
        walks.sum::<Cost>() + self.problem.lost(&self.left_out)
    }

    /// What a walk of some length counts.
    pub(super) fn counts(&self, length: Cost, most: Cost) -> Cost {
        match self.problem.goal {
            Goal::Total => length,
            Goal::Longest => {
                length
                    + UNEVEN * (length - self.even).max(0)
                    + self.beyond * (length - self.below.min(most)).max(0)
            }
        }
    }

    /// What the goal says of the walks as they stand.
    fn value(&self) -> Cost {
        let lengths = self.walks.iter().map(|walk| walk.length);
        let value = match self.problem.goal {
            Goal::Total => lengths.sum(),
            Goal::Longest => lengths.max().unwrap_or(0),
        };
        value + self.walks.iter().map(|walk| walk.strays).sum::<Cost>()
    }

    fn is_better(&self) -> bool {
        self.rank(&self.left_out, self.value()) < self.rank_of_best()
    }

    /// What makes a plan better: first that less is lost, then its value.
    fn rank(&self, left_out: &[u32], value: Cost) -> (Cost, Cost) {
        (self.problem.lost(left_out), value)
    }

    fn rank_of_best(&self) -> (Cost, Cost) {
        self.rank(&self.best.left_out, self.best.value)
    }

    fn keep(&mut self) {
        self.best = Plan {
            walks: self.walks.clone(),
            left_out: self.left_out.clone(),
            value: self.value(),
        };
        self.below = self.best.value - 1;
        self.even = self.mean_length();
    }

    fn mean_length(&self) -> Cost {
        let lengths: Cost = self.walks.iter().map(|walk| walk.length).sum();
        lengths / Cost::try_from(self.walks.len().max(1)).unwrap_or(1)
    }

    /// Goes on from the best.
    fn start_over(&mut self) {
        self.walks.clone_from(&self.best.walks);
        self.left_out.clone_from(&self.best.left_out);
        self.walk_of.fill(NONE);
        for number in 0..self.walks.len() as u32 {
            self.place(number);
        }
        self.even = self.mean_length();
    }

    /// Takes strings of tasks out of walks that are near one another; what the walks were is put on `touched`.
    fn take_out(&mut self, touched: &mut Vec<(u32, Walk)>) -> Vec<u32> {
        let n_tasks = self.problem.tasks.len();
        let n_walks = self.walks.iter().filter(|walk| !walk.tasks.is_empty());
        let mean = (n_tasks - self.left_out.len()) as f64 / n_walks.count().max(1) as f64;
        let longest = LONGEST_STRING.min(mean.max(A_FEW));
        let most = 4.0 * TAKEN_OUT / (1.0 + longest) - 1.0;
        let n_strings = (self.chance.share() * most.max(1.0)).floor() as usize + 1;
        let seed = self.index(n_tasks);
        let mut out = self.left_out_near(seed);
        for at in 0..n_tasks {
            if touched.len() >= n_strings {
                break;
            }
            let task = self.near[seed][at];
            let walk = self.walk_of[task as usize];
            if walk == NONE || touched.iter().any(|(other, _)| *other == walk) {
                continue;
            }
            touched.push((walk, self.walks[walk as usize].clone()));
            self.take_string(walk, task, longest, &mut out);
        }
        out
    }

    /// Takes those that nobody does from their list: of many, the nearest to a task.
    fn left_out_near(&mut self, seed: usize) -> Vec<u32> {
        if self.left_out.len() <= MOST_TRIED {
            return std::mem::take(&mut self.left_out);
        }
        let near = self.near[seed].iter().copied();
        let nobodys = near.filter(|&task| self.walk_of[task as usize] == NONE);
        let out: Vec<u32> = nobodys.take(MOST_TRIED).collect();
        self.left_out.retain(|task| !out.contains(task));
        out
    }

    /// Takes tasks next to each other out of a walk, one of them given, and sometimes keeps some amid them.
    fn take_string(&mut self, walk: u32, task: u32, longest: f64, out: &mut Vec<u32>) {
        let tasks = &self.walks[walk as usize].tasks;
        let n_tasks = tasks.len();
        let own = tasks.iter().position(|&one| one == task).unwrap_or(0);
        let n_out = self.chance.share() * (longest.min(n_tasks as f64) - 1.0) + 1.0;
        let n_out = (n_out.round() as usize).clamp(1, n_tasks);
        let most_kept = if n_out > 1 {
            n_out.min(n_tasks - n_out)
        } else {
            0
        };
        let mut n_kept = 0;
        while n_kept < most_kept && self.chance.share() < 0.5 {
            n_kept += 1;
        }
        let n_all = n_out + n_kept;
        let first = (own + 1).saturating_sub(n_all);
        let last = own.min(n_tasks - n_all);
        let first = first + self.index(last - first + 1);
        let kept_from = self.index(n_out);
        let kept = first + kept_from..first + kept_from + n_kept;
        let mut at = 0;
        let walk_of = &mut self.walk_of;
        let changed = &mut self.walks[walk as usize];
        changed.tasks.retain(|&one| {
            let goes = (first..first + n_all).contains(&at) && !kept.contains(&at);
            at += 1;
            if goes {
                walk_of[one as usize] = NONE;
                out.push(one);
            }
            !goes
        });
        changed.renew(self.problem, walk);
        self.place(walk);
    }

    /// Puts tasks in, each where it costs least, in an order by chance.
    fn put_in(&mut self, mut tasks: Vec<u32>, touched: &mut Vec<(u32, Walk)>) {
        let is_now = self.chance.share() < ONCE_IN_A_WHILE;
        self.overlooked = if is_now { OFTEN_OVERLOOKED } else { OVERLOOKED };
        self.sort(&mut tasks);
        for task in tasks {
            let Some((walk, position)) = self.cheapest(task) else {
                self.left_out.push(task);
                continue;
            };
            if !touched.iter().any(|(other, _)| *other == walk) {
                touched.push((walk, self.walks[walk as usize].clone()));
            }
            let changed = &mut self.walks[walk as usize];
            changed.tasks.insert(position, task);
            changed.renew(self.problem, walk);
            self.place(walk);
        }
    }

    /// Tells where the tasks of a walk are.
    fn place(&mut self, number: u32) {
        for (position, &task) in (0_u32..).zip(&self.walks[number as usize].tasks) {
            self.walk_of[task as usize] = number;
            self.position_of[task as usize] = position;
        }
    }

    /// Brings tasks into an order by chance: any, the heaviest first, or the farthest or nearest to where the first team starts.
    fn sort(&mut self, tasks: &mut [u32]) {
        for last in (1..tasks.len()).rev() {
            let other = self.index(last + 1);
            tasks.swap(last, other);
        }
        let problem = self.problem;
        let away = |task: u32| {
            let first = problem.teams.iter().find(|team| team.start != ANYWHERE);
            first.map(|team| problem.length(team.start, problem.tasks[task as usize].ways[0].from))
        };
        match self.index(11) {
            0..=3 => (),
            4..=7 => tasks.sort_by_key(|&task| {
                let own = &problem.tasks[task as usize];
                std::cmp::Reverse((own.load, own.ways[0].cost))
            }),
            8..=9 => tasks.sort_by_key(|&task| std::cmp::Reverse(away(task))),
            _ => tasks.sort_by_key(|&task| away(task)),
        }
    }

    fn put_back(&mut self, touched: &[(u32, Walk)], left_out: Vec<u32>) {
        for &task in &self.left_out {
            self.walk_of[task as usize] = NONE;
        }
        for (number, walk) in touched {
            self.walks[*number as usize].clone_from(walk);
        }
        for (number, _) in touched {
            self.place(*number);
        }
        for &task in &left_out {
            self.walk_of[task as usize] = NONE;
        }
        self.left_out = left_out;
    }

    fn index(&mut self, below: usize) -> usize {
        ((self.chance.share() * below as f64) as usize).min(below - 1)
    }
}
