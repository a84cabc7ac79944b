//! An evening: what is due, who walks, and the plan that comes of it, on the ground.

use std::cell::Cell;

use serde::Deserialize;
use serde::Serialize;

use super::beside::side_by_side;
use super::evened::evened;
use super::layout::Layout;
use super::lifted::lifted;
use super::problem::Cost;
use super::problem::Problem;
use super::problem::Task;
use super::relaxed::Relaxed;
use super::rounds::Round;
use super::search;
use super::stretches::Side;
use super::subset;
use super::walk::Plan;
use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::Place;
use crate::plan::watch::Standing;
use crate::plan::watch::Watch;
use crate::units::MetersPerSecond;
use crate::units::Seconds;

/// A stretch that is to be walked along this evening.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// Along any of these.
    pub sides: Vec<Side>,
    /// What that is worth: meters seen, each as often as it counts.
    pub worth: f64,
    /// What a team lingers there.
    pub pause: Seconds,
    /// The team that has it already, and whether no other may.
    pub owner: Option<(usize, Hold)>,
}

/// How firmly a stretch is a team's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// It stays unless another team saves much.
    Loose,
    /// Nobody else may do it.
    Fixed,
}

/// Somebody who walks.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Where they begin.
    pub start: Place,
    /// Where they end.
    pub end: Place,
    /// How long they may be on their way.
    pub most: Seconds,
    /// How fast they walk.
    pub pace: MetersPerSecond,
}

/// What makes an evening good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// Everything is seen, and the longest walk is short.
    Balanced,
    /// Everything is seen within the time, by few teams.
    Fewest,
    /// As much as possible is seen within the time, each meter as often as it counts.
    Most,
}

/// What is asked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The ground.
    pub ground: &'a Ground,
    /// Which crossings nobody uses.
    pub closures: &'a Closures,
    /// What is due.
    pub due: &'a [Due],
    /// Who walks.
    pub parties: &'a [Party],
    /// What makes the evening good.
    pub aim: Aim,
    /// Of equally good plans, another seed gives another.
    pub seed: u64,
}

/// A plan for an evening.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// What it was made for.
    pub aim: Aim,
    /// What each party does.
    pub rounds: Vec<Round>,
    /// What nobody does, by its index: there is no time for it.
    pub left_out: Vec<usize>,
    /// What nobody can get to and back from in time, by its index.
    pub out_of_reach: Vec<usize>,
    /// What is made small or large: seconds of the longest walk, teams, or meters as often as they count.
    pub value: f64,
    /// No plan can be better than this.
    pub bound: f64,
}

/// The core counts milliseconds.
pub(super) const MS: f64 = 1_000.0;

/// After so many looks a plan that leaves something out is not hoped to find a place for it.
const SOON: u32 = 400;

/// From so many pairs of a team and something to do on, they are taken together first.
const MANY: usize = 500;

/// So many steps are made in the end for walks that are even beyond the longest.
const EVENING_STEPS: usize = 1_000;

/// An evening laid out on the ground, to be planned and, afterward, changed by hand.
pub struct Evening<'a> {
    pub(super) asked: Asked<'a>,
    pub(super) layout: &'a Layout,
}

impl<'a> Evening<'a> {
    /// What is asked, as it has been laid out.
    pub fn new(asked: Asked<'a>, layout: &'a Layout) -> Self {
        Self { asked, layout }
    }

    /// The best plan that is found until the one who waits has seen enough. Where not everything is found to fit into the time, as much
    /// as possible is seen, whatever was aimed at.
    pub fn planned(&self, watch: Watch<'_>) -> Planned {
        let may_fit = self.layout.may_fit();
        let aim = self.asked.aim;
        if aim == Aim::Balanced
            && may_fit
            && let Some(first) = self.whole(watch)
        {
            return self.balanced(first, watch);
        }
        if aim == Aim::Fewest
            && may_fit
            && let Some(planned) = self.fewest(watch)
        {
            return planned;
        }
        let (plan, bound) = self.most(watch);
        // Whoever looks for much may find a place for everything after all.
        if aim == Aim::Balanced && may_fit && plan.left_out.is_empty() {
            return self.balanced(plan, watch);
        }
        self.told(Aim::Most, &plan, bound)
    }

    /// A plan with everything in it, if one is known or found soon.
    fn whole(&self, watch: Watch<'_>) -> Option<Plan> {
        let known = self.layout.known.clone();
        let whole = known.filter(|plan| plan.left_out.is_empty());
        whole.or_else(|| self.soon(&self.layout.problem, watch))
    }

    /// Everything within the time, with a short longest walk, from a plan that has everything in it.
    fn balanced(&self, mut first: Plan, watch: Watch<'_>) -> Planned {
        let problem = &self.layout.problem;
        let strays = first.walks.iter().map(|walk| walk.strays);
        first.value = first.longest() + strays.sum::<Cost>();
        // A better plan has only shorter walks.
        let mut shorter = problem.clone();
        for team in &mut shorter.teams {
            team.most = team.most.min(first.longest());
        }
        let n_teams = Cost::try_from(problem.teams.len().max(1)).unwrap_or(Cost::MAX);
        let alone = problem.tasks.iter().map(|task| self.alone(task));
        let known = (self.layout.least_work() / n_teams).max(alone.max().unwrap_or(0));
        let seconds = |cost: Cost| cost as f64 / MS;
        let bound = |watch: Watch<'_>| {
            if problem.tasks.len() <= subset::MOST_TASKS {
                let least = seconds(subset::least_by_hardest(problem, watch.is_over));
                (watch.tell)(Standing {
                    value: least,
                    bound: least,
                });
            }
            // Where many teams each could do much, the bound of all together is there long before that of each apart.
            if problem.tasks.len() * problem.teams.len() > MANY {
                Relaxed::new(&shorter).least_mean(watch);
            }
            Relaxed::new(&shorter).least_longest(watch);
        };
        let look = |watch: Watch<'_>| {
            let tell = |now: Standing| {
                (watch.tell)(Standing {
                    value: now.value / MS,
                    bound: now.bound / MS,
                });
            };
            let watch = Watch {
                tell: &tell,
                ..watch
            };
            search::best_from(problem, first, 0, self.asked.seed, watch)
        };
        let (plan, bound) = side_by_side(
            look,
            bound,
            seconds(known),
            |one, other| one > other,
            &|value, bound| value <= bound,
            watch,
        );
        let plan = evened(problem, plan, EVENING_STEPS, self.asked.seed, &|| false);
        let plan = lifted(problem, plan);
        let bound = bound.min(seconds(plan.longest()));
        self.told(Aim::Balanced, &plan, bound)
    }

    /// A plan in which nothing is left out, if there is one soon.
    fn soon(&self, problem: &Problem, watch: Watch<'_>) -> Option<Plan> {
        let n_looks = Cell::new(0);
        let is_over = || {
            n_looks.set(n_looks.get() + 1);
            n_looks.get() > SOON || (watch.is_over)()
        };
        let soon = Watch {
            is_over: &is_over,
            tell: &|_| (),
        };
        let plan = search::best(problem, 0, self.asked.seed, soon);
        plan.left_out.is_empty().then_some(plan)
    }

    /// What the shortest walk takes that does a task, whoever does it.
    fn alone(&self, task: &Task) -> Cost {
        let problem = &self.layout.problem;
        let alone = problem.teams.iter().map(|team| problem.alone(team, task));
        alone.min().unwrap_or(0)
    }

    /// Everything within the time by few teams; none if not even all together are found to manage it.
    fn fewest(&self, watch: Watch<'_>) -> Option<Planned> {
        let total = Cell::new(self.layout.least_work() as f64);
        if !(watch.is_over)() {
            let n_teams = self.layout.problem.teams.len() as f64;
            let tell = |now: Standing| total.set(total.get().max(now.bound * MS * n_teams));
            let watch = Watch {
                tell: &tell,
                ..watch
            };
            Relaxed::new(&self.layout.problem).least_mean(watch);
        }
        // The teams with the most time first: with fewer than these it cannot be done.
        let mut times: Vec<Cost> = self
            .layout
            .problem
            .teams
            .iter()
            .map(|team| team.most)
            .collect();
        times.sort_unstable_by_key(|time| std::cmp::Reverse(*time));
        let mut left = total.get() as Cost;
        let needed = times.iter().take_while(|time| {
            let is_needed = left > 0;
            left -= **time;
            is_needed
        });
        let n_least = needed.count();
        let mut problem = self.layout.problem.clone();
        let mut plan = self.soon(&problem, watch)?;
        let busy = |plan: &Plan| {
            let walks = plan.walks.iter().enumerate();
            let mut busy: Vec<(Cost, usize)> = walks
                .filter(|(_, walk)| !walk.tasks.is_empty())
                .map(|(team, walk)| (walk.length, team))
                .collect();
            busy.sort_unstable();
            busy
        };
        // Whoever does least stays at home, if the others manage without.
        'fewer: while busy(&plan).len() > n_least && !(watch.is_over)() {
            for (_, team) in busy(&plan) {
                let mut fewer = problem.clone();
                fewer.teams[team].most = 0;
                if let Some(better) = self.soon(&fewer, watch) {
                    (problem, plan) = (fewer, better);
                    let n_teams = busy(&plan).len() as f64;
                    (watch.tell)(Standing {
                        value: n_teams,
                        bound: n_least as f64,
                    });
                    continue 'fewer;
                }
            }
            break;
        }
        Some(self.told(Aim::Fewest, &plan, n_least as f64))
    }

    /// As much as possible within the time.
    fn most(&self, watch: Watch<'_>) -> (Plan, f64) {
        let (problem, worth, scale) = self.layout.prized(self.asked.due);
        let all: f64 = worth.iter().sum();
        let bound = |watch: Watch<'_>| Relaxed::new(&problem).most_worth(&worth, watch);
        let look = |watch: Watch<'_>| {
            let tell = |now: Standing| {
                (watch.tell)(Standing {
                    value: now.value / scale,
                    ..now
                });
            };
            let watch = Watch {
                tell: &tell,
                ..watch
            };
            match self.layout.known.clone() {
                Some(known) => search::best_from(&problem, known, 0, self.asked.seed, watch),
                None => search::best(&problem, 0, self.asked.seed, watch),
            }
        };
        let (plan, bound) = side_by_side(
            look,
            bound,
            all,
            |one, other| one < other,
            // Worth is counted in whole numbers by the core.
            &|value, bound| value * (1.0 + 1e-6) >= bound,
            watch,
        );
        let lost: f64 = plan.left_out.iter().map(|&task| worth[task as usize]).sum();
        (plan, bound.max(all - lost))
    }
}
