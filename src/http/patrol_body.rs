//! Searches for an evening's patrol as they are told.

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::jobs::Found;
use crate::app::jobs::Job;
use crate::app::names;
use crate::app::patrol::Objective;
use crate::app::patrol::PatrolReport;
use crate::app::patrol_rows::AlongRow;
use crate::app::patrol_rows::CarriedReason;
use crate::app::patrol_rows::CarriedRow;
use crate::app::patrol_rows::StopRow;
use crate::app::patrol_rows::TeamRow;
use crate::geometry::converter::Converter;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::geojson::positions;
use crate::http::problem::Fault;

/// A search for an evening's patrol.
#[derive(Serialize, ToSchema)]
pub(super) struct PatrolJobBody {
    /// By what it is known.
    id: String,
    /// `waiting`, `running`, `done` or `failed`.
    #[schema(value_type = words::JobStateName)]
    state: &'static str,
    /// Whether somebody has ended it.
    stopped: bool,
    /// What the best plan so far is worth.
    #[schema(required)]
    value: Option<f64>,
    /// What no plan can be better than, as far as it is known.
    #[schema(required)]
    bound: Option<f64>,
    /// For how long it has run.
    seconds: f64,
    /// The snapshot that it is asked of.
    version: u64,
    /// The plan: while it runs the first good one, then the final one.
    #[schema(required)]
    result: Option<PatrolBody>,
    /// Why it has no answer.
    #[schema(required)]
    fault: Option<String>,
}

/// An evening's patrol. Lengths are rounded to decimeters, times to tenths of a second.
#[derive(Serialize, ToSchema)]
pub(super) struct PatrolBody {
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    /// The evening.
    #[schema(format = Date)]
    day: String,
    /// When teams set off, by the region's clock, if that was said.
    #[schema(required, example = "19:00")]
    begins: Option<String>,
    /// What it was planned for. Where not everything can be seen in time, it is `most`.
    #[schema(value_type = words::PatrolAim)]
    goal: &'static str,
    /// What is made as small (`longest_s`, `teams`) or as large (`weighted_m`: meters seen, each as often as it counts) as possible.
    #[schema(value_type = words::PatrolObjective)]
    objective: &'static str,
    /// What the plan is worth in that.
    value: f64,
    /// No plan for these teams, from where they start, and these stretches is better than this.
    bound: f64,
    /// How much better another plan could be at most, percent of the value.
    gap_percent: f64,
    /// Whether none is better by more than a thousandth of a percent.
    proven: bool,
    /// How much bank is due, each meter as often as it is to be seen.
    required_m: f64,
    /// How much of that is seen.
    seen_m: f64,
    /// How much of that is carried over to the next evening.
    carried_m: f64,
    /// The longest walk.
    longest_s: f64,
    /// The shortest walk of a team that walks.
    shortest_s: f64,
    /// How long the planning took.
    seconds: f64,
    /// What each team does, in the order in which they were given.
    teams: Vec<TeamBody>,
    /// What nobody comes to this evening.
    carried: Vec<CarriedBody>,
    /// Stretches that were named and that the region does not have, since its map has changed.
    unknown: Vec<String>,
}

/// What one team does.
#[derive(Serialize, ToSchema)]
pub(super) struct TeamBody {
    /// Counted from 1.
    number: usize,
    #[schema(required)]
    name: Option<String>,
    start: Position,
    end: Position,
    /// Whether the start was chosen by the planner.
    start_is_chosen: bool,
    /// How long it has.
    most_s: f64,
    walk_m_s: f64,
    /// How long it is on its way, with what it lingers.
    takes_s: f64,
    walk_m: f64,
    seen_m: f64,
    /// The stretches, in order.
    stops: Vec<StopBody>,
    /// The ids of the crossings that it uses, in order.
    crossings: Vec<String>,
    /// All of its way.
    line: Vec<Position>,
}

/// One stretch of a team's way.
#[derive(Serialize, ToSchema)]
struct StopBody {
    /// Counted from 1.
    rank: usize,
    /// The stretch's id.
    stretch: String,
    /// What is walked along.
    along: AlongBody,
    /// What is seen over the water beside, if it is narrow.
    also_sees: Vec<AlongBody>,
    water_body: String,
    #[schema(required)]
    water_body_name: Option<String>,
    /// 1 (low) to 4 (highest).
    risk: u8,
    #[schema(required)]
    village: Option<String>,
    #[schema(required)]
    village_name: Option<String>,
    seen_m: f64,
    /// When it is reached, from setting off.
    after_s: f64,
    /// What the team lingers there.
    pause_s: f64,
    /// How many evenings have not come to it.
    evenings: u32,
    /// The hot spots at it, as they were given, counted from 0.
    hot_spots: Vec<usize>,
    /// The ids of the equipment to look at.
    inspect: Vec<String>,
    /// The stretch, as it is walked.
    line: Vec<Position>,
}

/// A piece of a bank, as it is walked or seen.
#[derive(Serialize, ToSchema)]
struct AlongBody {
    /// The bank's id.
    bank: String,
    #[schema(value_type = words::BankSide)]
    side: &'static str,
    /// Meters from the bank's start; more than `to_m` if it is walked against the bank.
    from_m: f64,
    to_m: f64,
}

/// A stretch that nobody comes to this evening.
#[derive(Serialize, ToSchema)]
struct CarriedBody {
    /// The stretch's id.
    stretch: String,
    /// Its sides.
    banks: Vec<AlongBody>,
    water_body: String,
    #[schema(required)]
    water_body_name: Option<String>,
    /// 1 (low) to 4 (highest).
    risk: u8,
    #[schema(required)]
    village: Option<String>,
    #[schema(required)]
    village_name: Option<String>,
    length_m: f64,
    /// How many evenings have not come to it, with this one.
    evenings: u32,
    /// `no_time`: others were worth more within the time; `out_of_reach`: no team can be there and back in time.
    #[schema(value_type = words::CarriedReasonName)]
    reason: &'static str,
    line: Vec<Position>,
}

impl PatrolJobBody {
    /// A search as it is now, in a datum.
    ///
    /// # Errors
    ///
    /// For a place that the datum does not cover.
    pub fn new(job: &Job, datum: &Converter) -> Result<Self, Fault> {
        let now = job.progress();
        let result = match &now.found {
            Some(Found::Patrol(answer)) => Some(PatrolBody::new(&answer.report, datum)?),
            Some(Found::Placement(_)) | None => None,
        };
        let tenths = |number: f64| (number * 10.0).round() / 10.0;
        Ok(Self {
            id: job.id.to_string(),
            state: names::of_job_state(now.state),
            stopped: now.is_stopped,
            value: now.value.map(tenths),
            bound: now.bound.map(tenths),
            seconds: (now.seconds * 1000.0).round() / 1000.0,
            version: now.version,
            result,
            fault: now.fault.map(|fault| fault.to_string()),
        })
    }
}

impl PatrolBody {
    /// A plan in a datum.
    ///
    /// # Errors
    ///
    /// For a place that the datum does not cover.
    pub fn new(report: &PatrolReport, datum: &Converter) -> Result<Self, Fault> {
        let teams = report.teams.iter().map(|team| team_body(team, datum));
        let carried = report.carried.iter().map(|row| carried_body(row, datum));
        Ok(Self {
            datum: datum.datum().to_string(),
            day: report.day.as_str().to_owned(),
            begins: report.begins.clone(),
            goal: report.goal(),
            objective: match report.objective {
                Objective::LongestS => "longest_s",
                Objective::Teams => "teams",
                Objective::WeightedM => "weighted_m",
            },
            value: report.value,
            bound: report.bound,
            gap_percent: report.gap_percent,
            proven: report.proven,
            required_m: report.required_m,
            seen_m: report.seen_m,
            carried_m: report.carried_m,
            longest_s: report.longest_s,
            shortest_s: report.shortest_s,
            seconds: report.seconds,
            teams: teams.collect::<Result<_, Fault>>()?,
            carried: carried.collect::<Result<_, Fault>>()?,
            unknown: report.unknown.clone(),
        })
    }
}

pub(super) fn team_body(team: &TeamRow, datum: &Converter) -> Result<TeamBody, Fault> {
    let mut ends = positions(datum, &[team.start, team.end])?.into_iter();
    let mut end = || ends.next().unwrap_or(Position([0.0, 0.0]));
    let stops = team.stops.iter().map(|stop| stop_body(stop, datum));
    Ok(TeamBody {
        number: team.number,
        name: team.name.clone(),
        start: end(),
        end: end(),
        start_is_chosen: team.start_is_chosen,
        most_s: team.most_s,
        walk_m_s: team.walk_m_s,
        takes_s: team.takes_s,
        walk_m: team.walk_m,
        seen_m: team.seen_m,
        stops: stops.collect::<Result<_, Fault>>()?,
        crossings: team.crossings.clone(),
        line: positions(datum, &team.line)?,
    })
}

fn stop_body(stop: &StopRow, datum: &Converter) -> Result<StopBody, Fault> {
    Ok(StopBody {
        rank: stop.rank,
        stretch: stop.stretch.clone(),
        along: along_body(&stop.along),
        also_sees: stop.also_sees.iter().map(along_body).collect(),
        water_body: stop.water_body.clone(),
        water_body_name: stop.water_body_name.clone(),
        risk: stop.risk,
        village: stop.village.clone(),
        village_name: stop.village_name.clone(),
        seen_m: stop.seen_m,
        after_s: stop.after_s,
        pause_s: stop.pause_s,
        evenings: stop.evenings,
        hot_spots: stop.hot_spots.clone(),
        inspect: stop.inspect.clone(),
        line: positions(datum, &stop.line)?,
    })
}

fn along_body(along: &AlongRow) -> AlongBody {
    AlongBody {
        bank: along.bank.clone(),
        side: names::of_side(along.side),
        from_m: along.from_m,
        to_m: along.to_m,
    }
}

fn carried_body(row: &CarriedRow, datum: &Converter) -> Result<CarriedBody, Fault> {
    Ok(CarriedBody {
        stretch: row.stretch.clone(),
        banks: row.banks.iter().map(along_body).collect(),
        water_body: row.water_body.clone(),
        water_body_name: row.water_body_name.clone(),
        risk: row.risk,
        village: row.village.clone(),
        village_name: row.village_name.clone(),
        length_m: row.length_m,
        evenings: row.evenings,
        reason: match row.reason {
            CarriedReason::NoTime => "no_time",
            CarriedReason::OutOfReach => "out_of_reach",
        },
        line: positions(datum, &row.line)?,
    })
}
