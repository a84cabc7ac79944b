//! What no plan of an evening can be better than: a linear relaxation in which all teams together walk closed ways.
//!
//! Whoever goes somewhere comes back from there, so as much leads to every place as away from it; what is walked along is walked
//! along by some share of a team. Around a set of places where nobody starts, as much goes in and out as is done within.

use core::time::Duration;
use std::collections::BTreeMap;

use microlp::ComparisonOp;
use microlp::LinearExpr;
use microlp::OptimizationDirection;
use microlp::Solution;
use microlp::SolveOutcome;
use microlp::Variable;

use super::cuts::BROKEN;
use super::cuts::Cut;
use super::cuts::excludes;
use super::cuts::surplus;
use super::problem::Cost;
use super::problem::NO_WAY;
use super::problem::Problem;
use super::problem::Task;
use super::problem::Team;
use super::problem::USUAL_PACE;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;

/// A direct way is left out where another one over a place between is longer by no more than this share.
const SPARSE: f64 = 0.03;

/// So many rounds of cuts are added before those that hold anyway are left out, so often at most.
const MOST_ROUNDS: usize = 10;
const MOST_STARTS: usize = 20;

/// By so much the relaxation may be wrong, as a share.
const INEXACT: f64 = 1e-7;

/// After so long the solver lets itself be asked whether it is over, and goes on from there: the clock changes nothing in what it finds.
const PATIENCE: Duration = Duration::from_millis(100);

/// Lengths and times are told in seconds, so that the solver's numbers are of a size.
const PER_SECOND: f64 = 1_000.0;

/// A direct way between two places.
#[derive(Clone, Copy)]
pub(super) struct Direct {
    pub(super) ends: [u32; 2],
    pub(super) seconds: f64,
}

/// The relaxation of an evening.
pub struct Relaxed<'a> {
    pub(super) problem: &'a Problem,
    pub(super) directs: Vec<Direct>,
    pub(super) walkers: Vec<Walker>,
    pub(super) cuts: Vec<Cut>,
}

/// A team, or all teams together.
pub(super) struct Walker {
    /// Where they start and end.
    pub(super) teams: Vec<Team>,
    /// What they can do and be back in time, by index.
    pub(super) directs: Vec<usize>,
    pub(super) tasks: Vec<usize>,
    /// For each of the tasks those that they cannot do as well, if they are one team.
    pub(super) excludes: Vec<Vec<bool>>,
}

impl Walker {
    /// Where they start and end.
    pub(super) fn ends(&self) -> Vec<u32> {
        let ends = self.teams.iter().flat_map(|team| [team.start, team.end]);
        ends.collect()
    }
}

/// What is asked of the relaxation.
#[derive(Clone, Copy)]
enum For<'a> {
    /// Everything is done, and the longest time of a team is short.
    All,
    /// As much as possible of what is worth something is done in time.
    Most(&'a [f64]),
}

/// How often a walker walks everything.
pub(super) struct Walked {
    pub(super) directs: Vec<f64>,
    /// For each task in reach its ways.
    pub(super) ways: Vec<Vec<f64>>,
}

/// What a walker walks, as variables.
pub(super) struct Walks {
    pub(super) directs: Vec<[Variable; 2]>,
    pub(super) ways: Vec<Vec<Variable>>,
    pub(super) taken_back: Vec<Variable>,
}

impl<'a> Relaxed<'a> {
    /// Thins the ways between places out, without making any shorter than it is.
    pub fn new(problem: &'a Problem) -> Self {
        let n_places = problem.n_places() as u32;
        let mut directs = Vec::new();
        for a in 0..n_places {
            for b in 0..a {
                let length = problem.length(a, b);
                if length < Cost::from(NO_WAY) && !has_between(problem, a, b, length) {
                    directs.push(Direct {
                        ends: [a, b],
                        seconds: length as f64 / PER_SECOND,
                    });
                }
            }
        }
        let longer = how_much_longer(problem, &directs);
        for direct in &mut directs {
            direct.seconds /= longer;
        }
        Self {
            problem,
            directs,
            walkers: Vec::new(),
            cuts: Vec::new(),
        }
    }

    /// What some teams can do and be back in time.
    fn walker(&self, teams: &[Team]) -> Walker {
        let problem = self.problem;
        // Whoever walks from one place to another has come from the start, and goes on to the end.
        let is_in_time = |from: u32, to: u32, cost: Cost| {
            teams.iter().any(|team| {
                let walked = problem.length(team.start, from) + cost + problem.length(to, team.end);
                team.takes(walked) <= team.most
            })
        };
        let may_go = |(_, direct): &(usize, &Direct)| {
            let [a, b] = direct.ends;
            let length = problem.length(a, b);
            is_in_time(a, b, length) || is_in_time(b, a, length)
        };
        let may_do = |(_, task): &(usize, &Task)| {
            let mut ways = task.ways.iter();
            ways.any(|way| is_in_time(way.from, way.to, way.cost))
        };
        let tasks = numbers(problem.tasks.iter().enumerate().filter(may_do));
        let excludes = match teams {
            [team] => excludes(problem, *team, &tasks),
            _ => Vec::new(),
        };
        Walker {
            teams: teams.to_vec(),
            directs: numbers(self.directs.iter().enumerate().filter(may_go)),
            tasks,
            excludes,
        }
    }

    /// What the teams cannot take less than in the mean if everything is done, with pauses; `tell` is told of every better bound.
    pub fn least_mean(mut self, watch: Watch<'_>) {
        // All together: with everything to be done, it matters little who does what.
        self.walkers = vec![self.walker(&self.problem.teams)];
        self.tightened(For::All, watch);
    }

    /// What the longest walk cannot take less than if everything is done and every team is back in time, with pauses; `tell` is told
    /// of every better bound.
    pub fn least_longest(mut self, watch: Watch<'_>) {
        let teams = self.problem.teams.chunks(1);
        self.walkers = teams.map(|team| self.walker(team)).collect();
        self.tightened(For::All, watch);
    }

    /// What cannot be exceeded of what the tasks are worth, within the teams' time; `tell` is told of every better bound.
    pub fn most_worth(mut self, worth: &[f64], watch: Watch<'_>) {
        let teams = self.problem.teams.chunks(1);
        self.walkers = teams.map(|team| self.walker(team)).collect();
        self.tightened(For::Most(worth), watch);
    }

    /// Solves the relaxation, adds cuts that it breaks, and so on.
    fn tightened(&mut self, asked: For<'_>, watch: Watch<'_>) {
        let tell = |solution: &Solution| {
            let now = solution.objective();
            let bound = match asked {
                For::All => now * (1.0 - INEXACT),
                For::Most(_) => now * (1.0 + INEXACT),
            };
            (watch.tell)(Standing { value: now, bound });
        };
        for _ in 0..MOST_STARTS {
            let (program, walks) = self.program(asked);
            let Some(mut solution) = solved(program.solve(), watch.is_over) else {
                return;
            };
            tell(&solution);
            for _ in 0..MOST_ROUNDS {
                let before = self.cuts.len();
                let walked = walks.iter().map(|walks| Walked::new(walks, &solution));
                let walked: Vec<Walked> = walked.collect();
                for walker in 0..self.walkers.len() {
                    self.add_broken(walker, &walked);
                }
                if before == self.cuts.len() {
                    return;
                }
                for cut in &self.cuts[before..] {
                    if (watch.is_over)() {
                        return;
                    }
                    let terms = self.terms(cut, &walks);
                    let least = cut.least();
                    // Those before may have mended it.
                    if surplus(&terms, least, &solution) < -BROKEN {
                        let cut = LinearExpr::from(terms);
                        let next = solution.add_constraint(cut, ComparisonOp::Ge, least);
                        // What the solver cannot solve proves nothing more.
                        let Some(next) = solved(next, watch.is_over) else {
                            return;
                        };
                        solution = next;
                    }
                }
                tell(&solution);
            }
            // What holds anyway need not be asked for.
            let cuts = std::mem::take(&mut self.cuts).into_iter();
            let is_needed = |cut: &Cut| {
                let terms = self.terms(cut, &walks);
                surplus(&terms, cut.least(), &solution) < BROKEN
            };
            self.cuts = cuts.filter(is_needed).collect();
        }
    }

    /// The relaxation with the cuts that are known.
    fn program(&self, asked: For<'_>) -> (microlp::Problem, Vec<Walks>) {
        let problem = self.problem;
        let mut program = microlp::Problem::new(match asked {
            For::All => OptimizationDirection::Minimize,
            For::Most(_) => OptimizationDirection::Maximize,
        });
        program.set_time_limit(PATIENCE);
        // Nothing takes longer than everything.
        let longest = match asked {
            For::All => Some(program.add_var(1.0, (0.0, f64::INFINITY))),
            For::Most(_) => None,
        };
        let mut done: Vec<LinearExpr> = Vec::new();
        done.resize_with(problem.tasks.len(), LinearExpr::empty);
        let walkers = self.walkers.iter();
        let walks: Vec<Walks> = walkers
            .map(|walker| self.add_walker(&mut program, asked, walker, longest, &mut done))
            .collect();
        for done in done {
            let is_asked = match asked {
                For::All => ComparisonOp::Eq,
                For::Most(_) => ComparisonOp::Le,
            };
            program.add_constraint(done, is_asked, 1.0);
        }
        for cut in &self.cuts {
            let terms = self.terms(cut, &walks);
            program.add_constraint(terms, ComparisonOp::Ge, cut.least());
        }
        (program, walks)
    }

    /// Adds what a walker walks: as much leads away from every place as to it, and it takes no more than the time.
    fn add_walker(
        &self,
        program: &mut microlp::Problem,
        asked: For<'_>,
        walker: &Walker,
        longest: Option<Variable>,
        done: &mut [LinearExpr],
    ) -> Walks {
        let problem = self.problem;
        let mut flows: BTreeMap<u32, LinearExpr> = BTreeMap::new();
        let mut lead = |from: u32, to: u32, variable: Variable| {
            if from != to {
                for (place, way) in [(from, 1.0), (to, -1.0)] {
                    let flow = flows.entry(place).or_insert_with(LinearExpr::empty);
                    flow.add(variable, way);
                }
            }
        };
        let paces = walker.teams.iter().map(|team| team.pace);
        let slower = paces.min().unwrap_or(USUAL_PACE) as f64 / USUAL_PACE as f64;
        let mut spent = LinearExpr::empty();
        let directs = walker.directs.iter().map(|&direct| {
            let Direct {
                ends: [a, b],
                seconds,
            } = self.directs[direct];
            [(a, b), (b, a)].map(|(from, to)| {
                let variable = program.add_var(0.0, (0.0, f64::INFINITY));
                spent.add(variable, seconds * slower);
                lead(from, to, variable);
                variable
            })
        });
        let directs = directs.collect();
        let ways = walker.tasks.iter().map(|&number| {
            let task = &problem.tasks[number];
            let ways = task.ways.iter().map(|way| {
                let gain = match asked {
                    For::All => 0.0,
                    For::Most(worth) => worth[number],
                };
                let variable = program.add_var(gain, (0.0, 1.0));
                let seconds = way.cost as f64 / PER_SECOND * slower;
                spent.add(variable, seconds + task.pause as f64 / PER_SECOND);
                done[number].add(variable, 1.0);
                lead(way.from, way.to, variable);
                variable
            });
            ways.collect()
        });
        let ways = ways.collect();
        let taken_back = walker.teams.iter().map(|team| {
            // Who ends elsewhere is taken back for nothing, once.
            let taken_back = program.add_var(0.0, (0.0, 1.0));
            lead(team.end, team.start, taken_back);
            taken_back
        });
        let taken_back = taken_back.collect();
        for flow in flows.into_values() {
            program.add_constraint(flow, ComparisonOp::Eq, 0.0);
        }
        let time: Cost = walker.teams.iter().map(|team| team.most).sum();
        let most = longest.map_or(time as f64 / PER_SECOND, |longest| {
            spent.add(longest, -(walker.teams.len() as f64));
            0.0
        });
        program.add_constraint(spent, ComparisonOp::Le, most);
        Walks {
            directs,
            ways,
            taken_back,
        }
    }
}

impl Walked {
    fn new(walks: &Walks, solution: &Solution) -> Self {
        let value = |variable: &Variable| solution.var_value(*variable);
        let directs = walks.directs.iter();
        let ways = walks.ways.iter();
        Self {
            directs: directs.map(|both| both.iter().map(value).sum()).collect(),
            ways: ways.map(|ways| ways.iter().map(value).collect()).collect(),
        }
    }
}

/// The optimum, once the solver has it; none if it has none, or it is over before.
fn solved(
    outcome: Result<SolveOutcome, microlp::Error>,
    is_over: &dyn Fn() -> bool,
) -> Option<Solution> {
    let mut outcome = outcome.ok()?;
    while !outcome.is_optimal() {
        if is_over() {
            return None;
        }
        outcome = outcome.resume().ok()?;
    }
    outcome.into_solution().ok()
}

fn numbers<T>(of: impl Iterator<Item = (usize, T)>) -> Vec<usize> {
    of.map(|(number, _)| number).collect()
}

/// Whether a place lies so nearly on the way between two others that the direct way is not needed.
fn has_between(problem: &Problem, a: u32, b: u32, length: Cost) -> bool {
    let enough = (length as f64 * (1.0 + SPARSE)) as Cost;
    (0..problem.n_places() as u32).any(|via| {
        let (there, on) = (problem.length(a, via), problem.length(via, b));
        there < length && on < length && there + on <= enough
    })
}

/// How many times longer the ways over direct ones are than they should be, where that is most.
fn how_much_longer(problem: &Problem, directs: &[Direct]) -> f64 {
    let n_places = problem.n_places();
    let mut lengths = vec![f64::INFINITY; n_places * n_places];
    for direct in directs {
        let [a, b] = direct.ends.map(|end| end as usize);
        lengths[a * n_places + b] = direct.seconds;
        lengths[b * n_places + a] = direct.seconds;
    }
    for via in 0..n_places {
        for from in 0..n_places {
            let there = lengths[from * n_places + via];
            if there.is_infinite() {
                continue;
            }
            for to in 0..n_places {
                let length = there + lengths[via * n_places + to];
                if length < lengths[from * n_places + to] {
                    lengths[from * n_places + to] = length;
                }
            }
        }
    }
    let mut longer: f64 = 1.0;
    for a in 0..n_places {
        for b in 0..a {
            let length = problem.length(a as u32, b as u32) as f64 / PER_SECOND;
            if length > 0.0 && length < f64::from(NO_WAY) / PER_SECOND {
                longer = longer.max(lengths[a * n_places + b] / length);
            }
        }
    }
    longer
}
