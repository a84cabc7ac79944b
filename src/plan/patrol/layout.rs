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
use crate::ground::Ground;
use crate::ground::place::Place;
use crate::units::Meters;
use crate::units::Seconds;

/// A loose stretch goes to another team only where that saves more than this.
const LOOSE: Seconds = Seconds(240.0);

/// A fixed one goes to no other.
const FIXED: Cost = 1 << 36;

/// An evening laid out on the ground. Working it out takes longer than anything else that happens once, so that it is kept.
#[derive(Debug)]
pub struct Layout {
    pub(super) places: Vec<Place>,
    /// For each task what is due.
    pub(super) due_of: Vec<usize>,
    pub(super) out_of_reach: Vec<usize>,
    pub(super) problem: Problem,
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
            places,
            ms_per_mm,
        };
        let tasks = asked
            .due
            .iter()
            .map(|due| layout.task(ground, due, &place_of));
        let tasks: Vec<Task> = tasks.collect();
        for (number, task) in tasks.into_iter().enumerate() {
            if layout.is_in_reach(&task) {
                layout.due_of.push(number);
                layout.problem.tasks.push(task);
            } else {
                layout.out_of_reach.push(number);
            }
        }
        layout
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
        let problem = &self.problem;
        problem.teams.iter().any(|team| {
            task.ways.iter().any(|way| {
                let walked = problem.length(team.start, way.from)
                    + way.cost
                    + problem.length(way.to, team.end);
                team.takes(walked) + task.pause <= team.most
            })
        })
    }
}
