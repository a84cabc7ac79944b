//! An evening's patrol: what is due, who walks, and the plan, as INTERFACE promises it.

use std::time::Instant;

use serde::Deserialize;
use serde::Serialize;

use crate::app::fault::Fault;
use crate::app::patrol_fault::PatrolFault;
use crate::app::patrol_layout::DueStretch;
use crate::app::patrol_layout::LaidOut;
use crate::app::patrol_rows::CarriedRow;
use crate::app::patrol_rows::TeamRow;
use crate::app::region::LoadedRegion;
use crate::geometry::lon_lat::LonLat;
use crate::model::day::Day;
use crate::plan::patrol::evening::Aim;
use crate::plan::patrol::evening::Hold;
use crate::plan::patrol::evening::Planned;
use crate::plan::watch::Watch;
use crate::units::Meters;
use crate::units::MetersPerSecond;
use crate::units::Seconds;

/// A gap to what is possible that is as good as none, as a share.
const ENOUGH: f64 = 1e-5;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct PatrolQuestion {
    /// Who walks.
    pub teams: Vec<TeamQuestion>,
    /// How long each may be on its way, unless it says otherwise.
    pub time: Seconds,
    /// What makes the evening good.
    pub aim: Aim,
    /// Which evening.
    pub day: Day,
    /// When teams set off, as `19:00`, if that is known.
    pub begins: Option<String>,
    /// Where teams linger.
    pub hot_spots: Vec<LonLat>,
    /// Whether they look at equipment whose inspection is due.
    pub inspects: bool,
    /// What earlier evenings have not come to.
    pub carried: Vec<CarriedQuestion>,
    /// Whose some stretches are already.
    pub kept: Vec<KeptQuestion>,
    /// Of equally good plans, another seed gives another.
    pub seed: u64,
}

/// Who walks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamQuestion {
    /// Their name, if they have one.
    pub name: Option<String>,
    /// Where they begin; somewhere good, unless it is given.
    pub start: Option<LonLat>,
    /// Where they end; where they began, unless it is given.
    pub end: Option<LonLat>,
    /// How long they have.
    pub time: Option<Seconds>,
    /// How fast they walk; as the region says, unless it is given.
    pub pace: Option<MetersPerSecond>,
}

/// A stretch that earlier evenings have not come to.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CarriedQuestion {
    /// The stretch's id.
    pub stretch: String,
    /// How many.
    pub evenings: u32,
}

/// A stretch that is a team's already.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptQuestion {
    /// The stretch's id.
    pub stretch: String,
    /// The team, by its index.
    pub team: usize,
    /// How firmly.
    pub hold: Hold,
}

/// An evening's patrol. Lengths are rounded to decimeters, times to tenths of a second.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatrolReport {
    /// The region's id.
    pub region: String,
    /// Of all coordinates.
    pub datum: String,
    /// The evening.
    pub day: Day,
    /// When teams set off, as `19:00`, if that is known.
    #[serde(default)]
    pub begins: Option<String>,
    /// What it was planned for: `balanced`, `fewest` or `most`. Where not everything can be seen in time, it is `most`.
    pub aim: Aim,
    /// What is made as small, or as large, as possible: `longest_s`, `teams` or `weighted_m`.
    pub objective: Objective,
    /// What the plan is worth in that.
    pub value: f64,
    /// No plan for these teams, from where they start, and these stretches is better than this.
    pub bound: f64,
    /// How much better another plan could be at most, percent of the value.
    pub gap_percent: f64,
    /// Whether none is better by more than a thousandth of a percent.
    pub proven: bool,
    /// How much bank is due, each meter as often as it is to be seen, meters.
    pub required_m: f64,
    /// How much of that is seen, meters.
    pub seen_m: f64,
    /// How much of that is carried over to the next evening, meters.
    pub carried_m: f64,
    /// The longest walk, seconds.
    pub longest_s: f64,
    /// The shortest walk of a team that walks, seconds.
    pub shortest_s: f64,
    /// How long the planning took, seconds.
    pub seconds: f64,
    /// Who must be named wherever this is shown.
    pub attribution: Option<String>,
    /// What each team does.
    pub teams: Vec<TeamRow>,
    /// What nobody comes to this evening.
    pub carried: Vec<CarriedRow>,
    /// Stretches that were named and that the region does not have, since its map has changed.
    pub unknown: Vec<String>,
}

/// What is made as small, or as large, as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// Seconds of the longest walk; the fewer, the better.
    LongestS,
    /// Teams; the fewer, the better.
    Teams,
    /// Meters seen, each as often as it counts; the more, the better.
    WeightedM,
}

/// A plan as it is told, and as it can be changed by hand.
#[derive(Clone, Debug)]
pub struct PatrolAnswer {
    /// As it is told.
    pub report: PatrolReport,
    planned: Planned,
}

/// What is given to another team by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The stretch's id.
    pub stretch: String,
    /// The team that has it, by its index; none if nobody comes to it.
    pub from: Option<usize>,
    /// The team that has it from now on; none if it is carried over.
    pub to: Option<usize>,
}

impl LoadedRegion {
    /// The day's patrol, as it is laid out.
    pub fn patrol(
        &self,
        question: &PatrolQuestion,
        laid: &LaidOut,
        watch: Watch<'_>,
    ) -> PatrolAnswer {
        let start = Instant::now();
        let planned = laid.evening(self, question).planned(watch);
        let took = laid.took.0 + start.elapsed().as_secs_f64();
        self.patrol_answer(question, laid, planned, took)
    }

    /// A plan with a stretch given to another team by hand.
    ///
    /// # Errors
    ///
    /// If the stretch is not where it is said to be, there is no such team, or it gets nowhere near in its time.
    pub fn given(
        &self,
        question: &PatrolQuestion,
        laid: &LaidOut,
        answer: &PatrolAnswer,
        given: &Given,
    ) -> Result<PatrolAnswer, Fault> {
        let planned = &answer.planned;
        let nowhere = || {
            Fault::from(PatrolFault::NotInPlan {
                stretch: given.stretch.chars().take(80).collect(),
            })
        };
        if given.to.is_some_and(|team| planned.rounds.len() <= team) {
            return Err(nowhere());
        }
        let dues: Vec<usize> = match given.from {
            Some(team) => {
                let round = planned.rounds.get(team).ok_or_else(nowhere)?;
                round.stops.iter().map(|stop| stop.due).collect()
            }
            None => planned.left_out.clone(),
        };
        let dues = dues.into_iter();
        let dues: Vec<usize> = dues
            .filter(|&due| laid.due[due].id == given.stretch)
            .collect();
        if dues.is_empty() || given.from == given.to {
            return Err(nowhere());
        }
        let evening = laid.evening(self, question);
        let changed = evening.given(planned, &dues, given.to);
        let changed = changed.ok_or_else(|| PatrolFault::TooFarForTeam {
            number: given.to.unwrap_or_default(),
        })?;
        Ok(self.patrol_answer(question, laid, changed, answer.report.seconds))
    }

    fn patrol_answer(
        &self,
        question: &PatrolQuestion,
        laid: &LaidOut,
        planned: Planned,
        took: f64,
    ) -> PatrolAnswer {
        let mut report = self.patrol_report(question, laid, &planned);
        report.unknown.clone_from(&laid.unknown);
        report.seconds = (took * 1e3).round() / 1e3;
        PatrolAnswer { report, planned }
    }

    fn patrol_report(
        &self,
        question: &PatrolQuestion,
        laid: &LaidOut,
        planned: &Planned,
    ) -> PatrolReport {
        let due = &laid.due;
        let teams = self.team_rows(question, due, &laid.parties, planned);
        let carried = self.carried_rows(due, planned);
        let length = |one: &DueStretch| -> Meters {
            one.seen.iter().map(|side| side.length(&self.ground)).sum()
        };
        let required: Meters = due.iter().map(length).sum();
        let missed = planned.left_out.iter().chain(&planned.out_of_reach);
        let missed: Meters = missed.map(|&one| length(&due[one])).sum();
        let walks = planned
            .rounds
            .iter()
            .filter(|round| !round.stops.is_empty());
        let walks: Vec<f64> = walks.map(|round| round.takes.tenths()).collect();
        let (objective, is_proven) = match planned.aim {
            Aim::Balanced => (
                Objective::LongestS,
                planned.value <= planned.bound * (1.0 + ENOUGH),
            ),
            Aim::Fewest => (Objective::Teams, planned.value <= planned.bound),
            Aim::Most => (
                Objective::WeightedM,
                planned.value * (1.0 + ENOUGH) >= planned.bound,
            ),
        };
        // A plan that keeps nobody within their time is none of those that the bound is about.
        let is_in_time = teams.iter().all(|team| team.takes_s <= team.most_s + 0.05);
        let is_proven = is_proven && is_in_time;
        let gap = (planned.bound - planned.value).abs() / planned.value.max(1e-9);
        PatrolReport {
            region: self.settings.id.as_str().to_owned(),
            datum: "wgs84".to_owned(),
            day: question.day.clone(),
            begins: question.begins.clone(),
            aim: planned.aim,
            objective,
            value: Meters(planned.value).tenths(),
            bound: Meters(planned.bound).tenths(),
            gap_percent: if is_proven {
                0.0
            } else {
                (gap * 1e5).ceil() / 1e3
            },
            proven: is_proven,
            required_m: required.tenths(),
            seen_m: (required - missed).tenths(),
            carried_m: missed.tenths(),
            longest_s: walks.iter().copied().fold(0.0, f64::max),
            shortest_s: walks.iter().copied().reduce(f64::min).unwrap_or(0.0),
            seconds: 0.0,
            attribution: self.settings.attribution.clone(),
            teams,
            carried,
            unknown: Vec::new(),
        }
    }
}
