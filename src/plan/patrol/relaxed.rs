//! What no plan of an evening can be better than: a linear relaxation in which all teams together walk closed ways.
//!
//! Whoever goes somewhere comes back from there, so as much leads to every place as away from it; what is walked along is walked
//! along by some share of a team. Around a set of places where nobody starts, as much goes in and out as is done within.

use std::collections::BTreeMap;

use microlp::ComparisonOp;
use microlp::LinearExpr;
use microlp::OptimizationDirection;
use microlp::Solution;
use microlp::SolveOutcome;
use microlp::Variable;

use super::joined::Joined;
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

/// By less a cut is not broken.
const BROKEN: f64 = 1e-3;

/// By so much the relaxation may be wrong, as a share.
const INEXACT: f64 = 1e-7;

/// Lengths and times are told in seconds, so that the solver's numbers are of a size.
const PER_SECOND: f64 = 1_000.0;

/// A direct way between two places.
#[derive(Clone, Copy)]
struct Direct {
    ends: [u32; 2],
    seconds: f64,
}

/// A set of places where a walker neither starts nor ends, and a task within: whoever does it comes in and goes out.
struct Cut {
    walker: usize,
    is_within: Vec<bool>,
    task: usize,
}

/// The relaxation of an evening.
pub struct Relaxed<'a> {
    problem: &'a Problem,
    directs: Vec<Direct>,
    walkers: Vec<Walker>,
    cuts: Vec<Cut>,
}

/// A team, or all teams together.
struct Walker {
    /// Where they start and end.
    teams: Vec<Team>,
    /// What they can do and be back in time, by index.
    directs: Vec<usize>,
    tasks: Vec<usize>,
}

impl Walker {
    /// Where they start and end.
    fn ends(&self) -> Vec<u32> {
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
struct Walked {
    directs: Vec<f64>,
    /// For each task in reach its ways.
    ways: Vec<Vec<f64>>,
}

/// What a walker walks, as variables.
struct Walks {
    directs: Vec<[Variable; 2]>,
    ways: Vec<Vec<Variable>>,
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
        Walker {
            teams: teams.to_vec(),
            directs: numbers(self.directs.iter().enumerate().filter(may_go)),
            tasks: numbers(problem.tasks.iter().enumerate().filter(may_do)),
        }
    }

    /// What the longest walk cannot take less than if everything is done, with pauses; `tell` is told of every better bound.
    pub fn least_longest(mut self, watch: Watch<'_>) {
        // All together: with everything to be done, it matters little who does what.
        self.walkers = vec![self.walker(&self.problem.teams)];
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
            let Some(mut solution) = solved(program.solve()) else {
                return;
            };
            tell(&solution);
            for _ in 0..MOST_ROUNDS {
                let before = self.cuts.len();
                for (walker, walks) in walks.iter().enumerate() {
                    self.add_broken(walker, &Walked::new(walks, &solution));
                }
                if before == self.cuts.len() {
                    return;
                }
                for cut in &self.cuts[before..] {
                    if (watch.is_over)() {
                        return;
                    }
                    let terms = self.terms(cut, &walks[cut.walker]);
                    // Those before may have mended it.
                    if surplus(&terms, &solution) < -BROKEN {
                        let cut = LinearExpr::from(terms);
                        let next = solution.add_constraint(cut, ComparisonOp::Ge, 0.0);
                        // What the solver cannot solve proves nothing more.
                        let Some(next) = solved(next) else {
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
                let terms = self.terms(cut, &walks[cut.walker]);
                surplus(&terms, &solution) < BROKEN
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
            let terms = self.terms(cut, &walks[cut.walker]);
            program.add_constraint(terms, ComparisonOp::Ge, 0.0);
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
        for team in &walker.teams {
            // Who ends elsewhere is taken back for nothing, once.
            let taken_back = program.add_var(0.0, (0.0, 1.0));
            lead(team.end, team.start, taken_back);
        }
        for flow in flows.into_values() {
            program.add_constraint(flow, ComparisonOp::Eq, 0.0);
        }
        let time: Cost = walker.teams.iter().map(|team| team.most).sum();
        let most = longest.map_or(time as f64 / PER_SECOND, |longest| {
            spent.add(longest, -(walker.teams.len() as f64));
            0.0
        });
        program.add_constraint(spent, ComparisonOp::Le, most);
        Walks { directs, ways }
    }

    /// What leads over the border of a cut, less twice what is done within.
    fn terms(&self, cut: &Cut, walks: &Walks) -> Vec<(Variable, f64)> {
        let mut terms = Vec::new();
        let walker = &self.walkers[cut.walker];
        for (direct, both) in walker.directs.iter().zip(&walks.directs) {
            if is_crossing(self.directs[*direct].ends, &cut.is_within) {
                terms.extend(both.map(|variable| (variable, 1.0)));
            }
        }
        for (number, ways) in walker.tasks.iter().zip(&walks.ways) {
            let task = &self.problem.tasks[*number];
            for (way, variable) in task.ways.iter().zip(ways) {
                let crosses = is_crossing([way.from, way.to], &cut.is_within);
                let own = if *number == cut.task { 2.0 } else { 0.0 };
                let counts = f64::from(u8::from(crosses)) - own;
                if counts != 0.0 {
                    terms.push((*variable, counts));
                }
            }
        }
        terms
    }

    /// Finds sets of places that are joined among themselves, but less so to a start than what is done in them asks for.
    fn add_broken(&mut self, number: usize, walked: &Walked) {
        let problem = self.problem;
        let walker = &self.walkers[number];
        let mut joined = Joined::new(problem.n_places());
        for (direct, times) in walker.directs.iter().zip(&walked.directs) {
            joined.join(self.directs[*direct].ends, *times);
        }
        for (task_number, ways) in walker.tasks.iter().zip(&walked.ways) {
            for (way, times) in problem.tasks[*task_number].ways.iter().zip(ways) {
                joined.join([way.from, way.to], *times);
            }
        }
        let ends = walker.ends();
        let mut found: Vec<Cut> = Vec::new();
        for (task_number, ways) in walker.tasks.iter().zip(&walked.ways) {
            let task = &problem.tasks[*task_number];
            let asked = 2.0 * ways.iter().sum::<f64>();
            let own: Vec<u32> = task.ways.iter().map(|way| way.from).collect();
            if asked < BROKEN || own.iter().any(|place| ends.contains(place)) {
                continue;
            }
            if let Some(is_within) = joined.cut_off(&own, &ends, asked - BROKEN)
                && found.iter().all(|other| other.is_within != is_within)
            {
                found.push(Cut {
                    walker: number,
                    is_within,
                    task: *task_number,
                });
            }
        }
        self.cuts.extend(found);
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

fn solved(outcome: Result<SolveOutcome, microlp::Error>) -> Option<Solution> {
    outcome.ok()?.into_solution().ok()
}

/// By how much a sum is above zero.
fn surplus(terms: &[(Variable, f64)], solution: &Solution) -> f64 {
    let parts = terms.iter();
    parts
        .map(|(variable, times)| solution.var_value(*variable) * times)
        .sum()
}

fn numbers<T>(of: impl Iterator<Item = (usize, T)>) -> Vec<usize> {
    of.map(|(number, _)| number).collect()
}

fn is_crossing(ends: [u32; 2], is_within: &[bool]) -> bool {
    is_within[ends[0] as usize] != is_within[ends[1] as usize]
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
