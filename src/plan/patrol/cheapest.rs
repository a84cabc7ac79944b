//! Where a task is put in: in which walk, and after what, it costs least.

use super::problem::Cost;
use super::problem::Team;
use super::search::NONE;
use super::search::Search;

/// A task is put in beside so many that are nearest to it, if there are more.
const NEAREST: usize = 100;

/// Where a task costs least, as far as it is known.
struct Cheapest {
    least: Cost,
    at: Option<(u32, usize)>,
}

impl Search<'_> {
    /// Where a task costs least: a walk, and a position in it. Of many positions, those beside what is nearest to it.
    pub(super) fn cheapest(&mut self, task: u32) -> Option<(u32, usize)> {
        let own = &self.problem.tasks[task as usize];
        let mut best = Cheapest {
            least: Cost::MAX,
            at: None,
        };
        let mut was_empty: Option<Team> = None;
        let is_few = self.problem.tasks.len() <= NEAREST;
        for number in 0..self.walks.len() as u32 {
            let n_tasks = self.walks[number as usize].tasks.len();
            let team = self.problem.teams[number as usize];
            if n_tasks == 0 && own.owner.is_none() {
                // Of teams that are all the same and do nothing, one is tried.
                if was_empty == Some(team) {
                    continue;
                }
                was_empty = Some(team);
            }
            if is_few {
                for position in 0..=n_tasks {
                    self.try_at(task, number, position, &mut best);
                }
            } else {
                self.try_at(task, number, 0, &mut best);
                if n_tasks > 0 {
                    self.try_at(task, number, n_tasks, &mut best);
                }
            }
        }
        if !is_few {
            for nearest in 1..NEAREST {
                let near = self.near[task as usize][nearest];
                let walk = self.walk_of[near as usize];
                if walk != NONE {
                    let position = self.position_of[near as usize] as usize;
                    self.try_at(task, walk, position, &mut best);
                    self.try_at(task, walk, position + 1, &mut best);
                }
            }
        }
        best.at
    }

    /// What a task costs at a position of a walk, if it fits there and the position is not overlooked.
    fn try_at(&mut self, task: u32, number: u32, position: usize, best: &mut Cheapest) {
        let problem = self.problem;
        let own = &problem.tasks[task as usize];
        let walk = &self.walks[number as usize];
        let team = problem.teams[number as usize];
        if walk.load + own.load > team.capacity {
            return;
        }
        let length = walk.length_with(problem, team, position, task);
        if length > team.most {
            return;
        }
        let before = self.counts(walk.length, team.most);
        let more = self.counts(length, team.most) - before + own.strays(number);
        if more < best.least && self.chance.share() >= self.overlooked {
            best.least = more;
            best.at = Some((number, position));
        }
    }
}
