//! A plan on the ground: what each team walks along, when, and how it gets there.

use super::between::Leading;
use super::between::way;
use super::evening::Aim;
use super::evening::Evening;
use super::evening::MS;
use super::evening::Planned;
use super::problem::Cost;
use super::problem::Problem;
use super::problem::Team;
use super::walk::Plan;
use crate::plan::walks::Walks;
use crate::units::Meters;
use crate::units::Seconds;

/// What one party does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    /// How long it is on its way, with what it lingers.
    pub takes: Seconds,
    /// What it does, in order.
    pub stops: Vec<Stop>,
    /// The way back after the last stop.
    pub back: Leading,
}

/// One stretch on a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// What is due, by its index.
    pub due: usize,
    /// Along which of its sides.
    pub side: usize,
    /// Whether from its end to its beginning.
    pub is_against: bool,
    /// When it is reached, from setting off.
    pub after: Seconds,
    /// The way there.
    pub way: Leading,
}

impl Evening<'_> {
    /// The plan on the ground.
    pub(super) fn told(&self, aim: Aim, plan: &Plan, bound: f64) -> Planned {
        let problem = &self.layout.problem;
        let mut walks = Walks::new(self.asked.ground);
        let told = plan.told(problem);
        let rounds = plan.walks.iter().zip(&told).zip(&problem.teams);
        let rounds = rounds
            .map(|((walk, told), team)| self.round(&mut walks, problem, *team, walk.length, told));
        let left_out = plan.left_out.iter();
        let left_out = left_out.map(|&task| self.layout.due_of[task as usize]);
        let mut left_out: Vec<usize> = left_out.collect();
        left_out.sort_unstable();
        Planned {
            aim,
            rounds: rounds.collect(),
            left_out,
            out_of_reach: self.layout.out_of_reach.clone(),
            value: self.value(aim, plan),
            bound,
        }
    }

    /// What a plan is worth: seconds of the longest walk, teams, or meters as often as they count.
    fn value(&self, aim: Aim, plan: &Plan) -> f64 {
        let busy = plan.walks.iter().filter(|walk| !walk.tasks.is_empty());
        match aim {
            Aim::Balanced => plan.longest() as f64 / MS,
            Aim::Fewest => busy.count() as f64,
            Aim::Most => {
                let tasks = busy.flat_map(|walk| &walk.tasks);
                let worth = tasks.map(|&task| {
                    let due = self.layout.due_of[task as usize];
                    self.asked.due[due].worth
                });
                worth.sum()
            }
        }
    }

    fn round(
        &self,
        walks: &mut Walks,
        problem: &Problem,
        team: Team,
        takes: Cost,
        told: &[(u32, usize)],
    ) -> Round {
        let seconds = |cost: Cost| Seconds(cost as f64 / MS);
        let (mut at, mut walked, mut paused) = (team.start, 0, 0);
        let mut stops = Vec::with_capacity(told.len());
        for &(task, number) in told {
            let way = problem.tasks[task as usize].ways[number];
            walked += problem.length(at, way.from);
            stops.push(Stop {
                due: self.layout.due_of[task as usize],
                side: number / 2,
                is_against: number % 2 == 1,
                after: seconds(team.takes(walked) + paused),
                way: self.leading(walks, at, way.from),
            });
            walked += way.cost;
            paused += problem.tasks[task as usize].pause;
            at = way.to;
        }
        let back = if told.is_empty() {
            Leading::default()
        } else {
            self.leading(walks, at, team.end)
        };
        Round {
            takes: seconds(takes),
            stops,
            back,
        }
    }

    fn leading(&self, walks: &mut Walks, from: u32, to: u32) -> Leading {
        let asked = &self.asked;
        let [one, other] = [from, to].map(|place| &self.layout.places[place as usize]);
        // What was rounded up on the way to milliseconds is within this.
        let farthest = self.layout.problem.length(from, to) as f64 / self.layout.ms_per_mm + 2.0;
        way(
            asked.ground,
            asked.closures,
            walks,
            [one, other],
            Meters(farthest / 1_000.0),
        )
        .unwrap_or_default()
    }
}
