//! Teams that have no place of their own begin somewhere on a good walk: first walks are looked for that begin and end anywhere.

use rayon::prelude::*;

use super::evened::evened;
use super::evening::Aim;
use super::evening::Asked;
use super::layout::Layout;
use super::problem::ANYWHERE;
use super::problem::Cost;
use super::problem::Problem;
use super::problem::Team;
use super::search;
use super::search::Near;
use super::walk::Plan;
use crate::ground::place::Place;
use crate::plan::watch::Watch;

/// So many plans are begun by chance, with so many steps for each: where walks lie is soon settled, and differently each time.
const BEGUN: u64 = 8;
const FIRST_STEPS: usize = 400;

/// So many steps the best of them has more.
const STEPS: usize = 1_000;

/// And so many for every walk to make the others even.
const EVENING_STEPS: usize = 1_500;

impl Layout {
    /// Some teams begin, and end, on the walks of a plan that is good if they may do so anywhere; that plan is where the search goes
    /// on from. If all have a place, a plan from there is. With few teams wanted, nobody moves.
    #[must_use]
    pub fn amid(mut self, asked: Asked<'_>, is_free: &[bool], is_over: &dyn Fn() -> bool) -> Self {
        let is_few = asked.aim == Aim::Fewest && self.may_fit();
        if is_few || self.due_of.is_empty() {
            return self;
        }
        if !is_free.contains(&true) {
            self.known = Some(self.good(asked, is_over));
            return self;
        }
        let before = self.problem.teams.clone();
        let teams = self.problem.teams.iter_mut().zip(is_free);
        for (team, _) in teams.filter(|(_, is_free)| **is_free) {
            (team.start, team.end) = (ANYWHERE, ANYWHERE);
        }
        self.sort_out();
        let mut plan = self.good(asked, is_over);
        self.begin_at_the_edge(asked.aim, &mut plan);
        let teams = self.problem.teams.iter_mut().zip(before).zip(&plan.walks);
        for ((team, before), walk) in teams.filter(|((team, _), _)| team.start == ANYWHERE) {
            *team = before;
            if !walk.tasks.is_empty() {
                (team.start, team.end) = (walk.start(), walk.start());
            }
        }
        // From there less may be in reach, but nothing that is walked.
        let due_before = std::mem::take(&mut self.due_of);
        self.sort_out();
        self.known = self.renumbered(plan, &due_before);
        self
    }

    /// A plan with all in it, or else with much.
    fn good(&self, asked: Asked<'_>, is_over: &dyn Fn() -> bool) -> Plan {
        if asked.aim == Aim::Balanced && self.may_fit() {
            let plan = best_begun(&self.problem, asked.seed, is_over);
            if plan.left_out.is_empty() {
                return evened(&self.problem, plan, EVENING_STEPS, asked.seed, is_over);
            }
        }
        best_begun(&self.prized(asked.due).0, asked.seed, is_over)
    }

    /// Walks that may begin anywhere on them begin where least else is in reach. They are as long from there, teams are less in each
    /// other's way, and it is the sooner proven that no plan for these starts is much better.
    fn begin_at_the_edge(&self, aim: Aim, plan: &mut Plan) {
        let problem = &self.problem;
        let told = plan.told(problem);
        let is_whole = aim == Aim::Balanced && plan.left_out.is_empty();
        let longest = if is_whole { plan.longest() } else { Cost::MAX };
        let walks = (0_u32..).zip(plan.walks.iter_mut().zip(told));
        for (number, (walk, told)) in walks {
            let team = problem.teams[number as usize];
            if team.start != ANYWHERE {
                continue;
            }
            let most = team.most.min(longest);
            let in_reach = |place: u32| -> Cost {
                let there = Team {
                    start: place,
                    end: place,
                    ..team
                };
                let tasks = problem.tasks.iter();
                let tasks = tasks.filter(|task| problem.alone(&there, task) <= most);
                tasks.map(|task| task.ways[0].cost + task.pause).sum()
            };
            let starts = told
                .iter()
                .map(|&(task, way)| problem.tasks[task as usize].ways[way].from);
            let edge = (0..).zip(starts).min_by_key(|&(_, place)| in_reach(place));
            if let Some((at, place)) = edge {
                walk.tasks.rotate_left(at);
                walk.begin(problem, number, place);
            }
        }
    }

    /// A plan for tasks that were numbered otherwise; none if one that is done is not there.
    fn renumbered(&self, mut plan: Plan, due_before: &[usize]) -> Option<Plan> {
        let now = |task: u32| -> Option<u32> { self.task_of(due_before[task as usize]) };
        plan.left_out = plan.left_out.iter().filter_map(|&task| now(task)).collect();
        for (number, walk) in (0_u32..).zip(&mut plan.walks) {
            let tasks = walk.tasks.iter().map(|&task| now(task));
            walk.tasks = tasks.collect::<Option<_>>()?;
            walk.renew(&self.problem, number);
        }
        Some(plan)
    }

    /// Where a team begins, and ends if it may begin anywhere.
    pub fn start(&self, team: usize) -> Place {
        self.places[self.problem.teams[team].start as usize].clone()
    }
}

/// The best of several plans begun by chance.
fn best_begun(problem: &Problem, seed: u64, is_over: &dyn Fn() -> bool) -> Plan {
    let n_begun = if is_over() { 1 } else { BEGUN };
    let near = Near::new(problem);
    let begun = (0..n_begun).into_par_iter().map(|number| {
        let seed = seed.wrapping_add(number);
        search::cooled(problem, &near, None, FIRST_STEPS, seed, Watch::NOBODY)
    });
    let begun: Vec<Plan> = begun.collect();
    let best = begun
        .into_iter()
        .min_by_key(|plan| (problem.lost(&plan.left_out), plan.value));
    let watch = Watch {
        is_over,
        tell: &|_| (),
    };
    search::cooled(problem, &near, best, STEPS, seed, watch)
}
