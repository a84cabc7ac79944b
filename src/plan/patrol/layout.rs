//! An evening laid out: its places, how far they are apart, and what is to be done as the core knows it.

use std::collections::BTreeMap;

use super::between::at_node;
use super::between::lengths;
use super::evening::Asked;
use super::evening::Due;
use super::evening::Hold;
use super::evening::MS;
use super::problem::Cost;
use super::problem::Goal;
use super::problem::NO_WAY;
use super::problem::Owner;
use super::problem::Problem;
use super::problem::Task;
use super::problem::Team;
use super::problem::USUAL_PACE;
use super::problem::Way;
use super::walk::Plan;
use crate::ground::Ground;
use crate::ground::place::Place;
use crate::units::Meters;
use crate::units::Seconds;

/// A loose stretch goes to another team only where that saves more than this.
const LOOSE: Seconds = Seconds(240.0);

/// A fixed one goes to no other.
const FIXED: Cost = 1 << 36;

/// A meter that is seen is worth so many times the walk along it, so that it is walked along wherever there is time.
const EAGER: f64 = 10.0;

/// An evening laid out on the ground. Working it out takes longer than anything else that happens once, so that it is kept.
#[derive(Debug)]
pub struct Layout {
    pub(super) places: Vec<Place>,
    /// For each task what is due, in order.
    pub(super) due_of: Vec<usize>,
    pub(super) out_of_reach: Vec<usize>,
    pub(super) problem: Problem,
    /// What is due as the core knows it, in reach or not.
    pub(super) tasks: Vec<Task>,
    /// A plan that is known before any is looked for.
    pub(super) known: Option<Plan>,
    /// Milliseconds of an effective millimeter at the pace for which lengths are told.
    pub(super) ms_per_mm: f64,
}

impl Layout {
    /// Lays an evening out: `O(p k log k)` for `p` places and the `k` nodes that a team can reach in its time.
    pub fn new(asked: Asked<'_>) -> Self {
        let ground = asked.ground;
        let fastest = asked.parties.iter().map(|party| party.pace.0);
        let fastest = fastest.fold(0.1, f64::max);
        let ms_per_mm = 1.0 / fastest;
        let mut places: Vec<Place> = Vec::new();
        for party in asked.parties {
            places.extend([party.start.clone(), party.end.clone()]);
        }
        let mut place_of: BTreeMap<u32, u32> = BTreeMap::new();
        for side in asked.due.iter().flat_map(|due| &due.sides) {
            for node in side.ends(ground) {
                place_of.entry(node).or_insert_with(|| {
                    places.push(at_node(ground, node));
                    places.len() as u32 - 1
                });
            }
        }
        // Whoever is back in time has been nowhere farther from anywhere else on the way.
        let most = asked.parties.iter().map(|party| party.most.0);
        let farthest = Meters(most.fold(0.0, f64::max) * fastest);
        let limit = Meters(farthest.0 / 2.0 * (1.0 + 1e-9));
        let is_round = asked
            .parties
            .iter()
            .all(|party| party.start.at == party.end.at);
        let limit = if is_round { limit } else { farthest };
        let mut lengths = lengths(ground, asked.closures, &places, limit);
        for length in &mut lengths {
            if *length < NO_WAY {
                *length = (f64::from(*length) * ms_per_mm).ceil() as u32;
            }
        }
        let teams: Vec<Team> = (0_u32..)
            .zip(asked.parties)
            .map(|(number, party)| Team {
                start: 2 * number,
                end: 2 * number + 1,
                capacity: Cost::MAX / 8,
                most: (party.most.0 * MS) as Cost,
                pace: (fastest / party.pace.0 * USUAL_PACE as f64).round() as Cost,
            })
            .collect();
        let mut layout = Self {
            due_of: Vec::new(),
            out_of_reach: Vec::new(),
            problem: Problem::new(places.len(), lengths, Vec::new(), teams, Goal::Longest),
            tasks: Vec::new(),
            known: None,
            places,
            ms_per_mm,
        };
        let tasks = asked.due.iter();
        let tasks = tasks.map(|due| layout.task(ground, due, &place_of));
        layout.tasks = tasks.collect();
        layout.sort_out();
        layout
    }

    /// What is to be walked as the core knows it, in milliseconds: places, tasks in reach, teams.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Tells what is in reach of the teams from what is not.
    pub(super) fn sort_out(&mut self) {
        let numbers = 0..self.tasks.len();
        let (near, far) = numbers.partition(|&number| self.is_in_reach(&self.tasks[number]));
        (self.due_of, self.out_of_reach) = (near, far);
        let tasks = self.due_of.iter().map(|&due| self.tasks[due].clone());
        self.problem.tasks = tasks.collect();
    }

    fn task(&self, ground: &Ground, due: &Due, place_of: &BTreeMap<u32, u32>) -> Task {
        let ways = due.sides.iter().flat_map(|side| {
            let [from, to] = side.ends(ground).map(|node| place_of[&node]);
            let cost = (f64::from(side.cost(ground)) * self.ms_per_mm).ceil() as Cost;
            let there = Way { from, to, cost };
            let back = Way {
                from: to,
                to: from,
                cost,
            };
            [there, back]
        });
        Task {
            pause: (due.pause.0 * MS).ceil() as Cost,
            owner: due.owner.map(|(team, hold)| Owner {
                team: team as u32,
                price: match hold {
                    Hold::Loose => (LOOSE.0 * MS) as Cost,
                    Hold::Fixed => FIXED,
                },
            }),
            ..Task::new(ways.collect())
        }
    }

    /// Whether some team can do it and be back in time.
    fn is_in_reach(&self, task: &Task) -> bool {
        let mut teams = self.problem.teams.iter();
        teams.any(|team| self.problem.alone(team, task) <= team.most)
    }

    /// Which task something that is due is, by its index, if anybody can get there.
    pub(super) fn task_of(&self, due: usize) -> Option<u32> {
        self.due_of.binary_search(&due).ok().map(|task| task as u32)
    }

    /// Whether everything may be done in time, as far as can be told without a plan.
    pub(super) fn may_fit(&self) -> bool {
        let time: Cost = self.problem.teams.iter().map(|team| team.most).sum();
        self.out_of_reach.is_empty() && self.least_work() <= time
    }

    /// What everything takes at least, with no way between.
    pub(super) fn least_work(&self) -> Cost {
        let tasks = self.problem.tasks.iter();
        let work = tasks.map(|task| {
            let shortest = task.ways.iter().map(|way| way.cost).min();
            shortest.unwrap_or(0) + task.pause
        });
        work.sum()
    }

    /// The problem with what is lost with each task, that worth in meters as often as they count, and what one of those counts.
    pub(super) fn prized(&self, due: &[Due]) -> (Problem, Vec<f64>, f64) {
        let worth = self.due_of.iter().map(|&one| due[one].worth);
        let worth: Vec<f64> = worth.collect();
        let all: f64 = worth.iter().sum();
        let mut problem = self.problem.clone();
        problem.goal = Goal::Total;
        let tasks = problem.tasks.iter();
        let walked: Cost = tasks.map(|task| task.ways[0].cost + task.pause).sum();
        let scale = EAGER * walked as f64 / all.max(1e-9);
        for (task, worth) in problem.tasks.iter_mut().zip(&worth) {
            task.worth = Some(((worth * scale) as Cost).max(1));
        }
        (problem, worth, scale)
    }
}
