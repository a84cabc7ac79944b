//! A plan changed by hand: something is given to another team, or to nobody, and what that costs is seen at once.

use super::evening::Evening;
use super::evening::Planned;
use super::layout::Layout;
use super::problem::Cost;
use super::problem::NO_WAY;
use super::problem::Problem;
use super::walk::Plan;
use super::walk::Walk;

/// So often the order of a changed walk is gone through for something better.
const MOST_PASSES: usize = 6;

impl Evening<'_> {
    /// The plan with some of what is due given to a team, or to nobody.
    ///
    /// Each is put in where it costs least, and the order of that walk and of those that have lost something is improved; all other
    /// walks stay as they are. Nobody asks whether it fits into the team's time: whoever gives it away sees what comes of it.
    ///
    /// The bound stays: it holds for every plan of the same tasks and teams. `O(n²)` for `n` tasks in a walk. None if the team gets
    /// nowhere near within its time: then it is not known how far that would be.
    pub fn given(&self, planned: &Planned, dues: &[usize], to: Option<usize>) -> Option<Planned> {
        let problem = &self.layout.problem;
        let mut plan = self.layout.plan(planned);
        let tasks = dues.iter().filter_map(|&due| self.layout.task_of(due));
        let tasks: Vec<u32> = tasks.collect();
        for (number, walk) in (0_u32..).zip(&mut plan.walks) {
            let n_tasks = walk.tasks.len();
            walk.tasks.retain(|task| !tasks.contains(task));
            if walk.tasks.len() < n_tasks {
                walk.renew(problem, number);
                improve(problem, walk, number);
            }
        }
        plan.left_out.retain(|task| !tasks.contains(task));
        match to {
            Some(team) => {
                let (walk, number) = (&mut plan.walks[team], team as u32);
                for &task in &tasks {
                    put_in(problem, walk, number, task);
                }
                improve(problem, walk, number);
                if Cost::from(NO_WAY) <= walk.length {
                    return None;
                }
            }
            None => plan.left_out.extend(tasks),
        }
        Some(self.told(planned.aim, &plan, planned.bound))
    }
}

impl Layout {
    /// A plan as the core knows it.
    fn plan(&self, planned: &Planned) -> Plan {
        let walks = (0_u32..).zip(&planned.rounds).map(|(number, round)| {
            let tasks = round.stops.iter();
            let tasks = tasks.filter_map(|stop| self.task_of(stop.due));
            Walk::new(&self.problem, number, tasks.collect())
        });
        let left_out = planned.left_out.iter();
        let left_out = left_out.filter_map(|&due| self.task_of(due));
        Plan {
            walks: walks.collect(),
            left_out: left_out.collect(),
            value: 0,
        }
    }
}

/// Puts a task in where the walk becomes least longer.
fn put_in(problem: &Problem, walk: &mut Walk, number: u32, task: u32) {
    let team = problem.teams[number as usize];
    let positions = 0..=walk.tasks.len();
    let best = positions.min_by_key(|&at| walk.length_with(problem, team, at, task));
    walk.tasks.insert(best.unwrap_or(0), task);
    walk.renew(problem, number);
}

/// Moves each task to where the walk is shorter, as long as there is such a place.
fn improve(problem: &Problem, walk: &mut Walk, number: u32) {
    for _ in 0..MOST_PASSES {
        let before = walk.length;
        for task in walk.tasks.clone() {
            let known = walk.clone();
            walk.tasks.retain(|&other| other != task);
            walk.renew(problem, number);
            put_in(problem, walk, number, task);
            if known.length <= walk.length {
                *walk = known;
            }
        }
        if walk.length == before {
            break;
        }
    }
}
