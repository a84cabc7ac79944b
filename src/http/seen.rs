//! What of the banks was seen: this evening, for volunteers of their own team and for planners of all; over weeks, for planners.

use std::collections::BTreeMap;

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::duty_words;
use crate::app::seen::EveningSeen;
use crate::app::seen::TeamSeen;
use crate::app::seen_history::StretchHistory;
use crate::http::ask::Caller;
use crate::http::ask::ask_json;
use crate::http::described::duties as words;
use crate::http::described::parameters;
use crate::http::geojson::Position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::http::visitor::Volunteer;
use crate::http::visitor::may;
use crate::model::account::Role;
use crate::model::moment::Moment;

/// So many weeks are looked back at most.
pub(super) const MOST_WEEKS: u16 = 26;

/// So many weeks are looked back unless another number is asked for.
const USUAL_WEEKS: u16 = 4;

/// What an evening's teams have seen.
#[derive(Serialize, ToSchema)]
pub(super) struct EveningSeenBody {
    region: String,
    /// Of all coordinates.
    #[schema(example = "wgs84")]
    datum: &'static str,
    #[schema(format = Date)]
    day: String,
    /// The number of the published patrol; none: none is published.
    #[schema(required)]
    patrol: Option<i64>,
    /// All teams for planners; for volunteers their own.
    teams: Vec<TeamSeenBody>,
}

/// What a team has seen.
#[derive(Serialize, ToSchema)]
pub(super) struct TeamSeenBody {
    /// Its number, counted from 1.
    team: usize,
    #[schema(required)]
    name: Option<String>,
    #[schema(value_type = words::TeamStateName)]
    state: &'static str,
    /// When it set off, by the phones' clocks.
    #[schema(required)]
    started_at: Option<String>,
    /// When it came back.
    #[schema(required)]
    finished_at: Option<String>,
    /// How much bank it is to see, meters.
    due_m: f64,
    /// How much of that it has seen by its tracks, meters.
    seen_m: f64,
    /// What is odd about its tracks.
    flags: Vec<FlagBody>,
    /// Stretch by stretch, in order.
    stops: Vec<StopSeenBody>,
    /// When each piece was looked at last, by its id.
    pieces: BTreeMap<String, String>,
}

/// Something odd about a track.
#[derive(Serialize, ToSchema)]
pub(super) struct FlagBody {
    #[schema(value_type = words::FlagName)]
    kind: &'static str,
    from: String,
    to: String,
}

/// What was seen of a stretch.
#[derive(Serialize, ToSchema)]
pub(super) struct StopSeenBody {
    /// Counted from 1.
    rank: usize,
    /// The stretch's id.
    stretch: String,
    /// The water body's name, if it has one.
    #[schema(required)]
    water_body: Option<String>,
    /// The village's name, if it lies in one.
    #[schema(required)]
    village: Option<String>,
    /// How long it is, with what is seen over the water, meters.
    length_m: f64,
    /// How much of that was seen, meters.
    seen_m: f64,
    /// What of it was not, as lines: pieces of at least 5 m.
    #[schema(value_type = Vec<Vec<Position>>)]
    left: Vec<Vec<Position>>,
    /// When somebody checked in there.
    #[schema(required)]
    checked_in_at: Option<String>,
    /// Why it was left out.
    #[schema(required, value_type = Option<words::SkipReasonName>)]
    skipped: Option<&'static str>,
}

/// How often stretches were seen.
#[derive(Serialize, ToSchema)]
pub(super) struct SeenHistoryBody {
    region: String,
    /// Of all coordinates.
    #[schema(example = "wgs84")]
    datum: &'static str,
    /// The first evening that counts.
    #[schema(format = Date)]
    from: String,
    /// The last evening that counts.
    #[schema(format = Date)]
    to: String,
    stretches: Vec<StretchHistoryBody>,
}

/// How often a stretch was seen.
#[derive(Serialize, ToSchema)]
pub(super) struct StretchHistoryBody {
    stretch: String,
    #[schema(required)]
    water_body: Option<String>,
    /// 1 (low) to 4 (highest).
    risk: u8,
    #[schema(required)]
    village: Option<String>,
    length_m: f64,
    /// On so many evenings at least four fifths of it were seen.
    seen: u32,
    /// So many times it should have been.
    due: u32,
    line: Vec<Position>,
}

/// What the teams of an evening have seen so far: stretch by stretch, from their tracks and check-ins.
#[utoipa::path(get, path = "/api/v1/regions/{r}/seen", tag = "volunteers",
    params(parameters::Region, words::DutyDay),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = EveningSeenBody, description = "What was seen.")))]
pub(super) async fn seen(
    volunteer: Holder<Volunteer>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["day"])?;
    let day = asked.day("day")?;
    let visitor = volunteer.visitor();
    let is_planner = may(Some(&visitor), Role::Planner, &region);
    let account = visitor.0.account.id;
    ask_json(&caller, move |regions| {
        let day = regions.day_or_today(&region, day)?;
        let nothing = || EveningSeen {
            patrol: None,
            teams: Vec::new(),
        };
        let found = match (is_planner, regions.team_of(&region, account, &day)?) {
            (true, _) => regions.evening_seen(&region, &day, None)?,
            (false, Some(team)) => regions.evening_seen(&region, &day, Some(team))?,
            (false, None) => nothing(),
        };
        Ok(EveningSeenBody {
            region,
            datum: "wgs84",
            day: day.as_str().to_owned(),
            patrol: found.patrol,
            teams: found.teams.iter().map(TeamSeenBody::new).collect(),
        })
    })
    .await
}

/// How often each stretch of bank was seen in the last weeks, and how often it should have been.
#[utoipa::path(get, path = "/api/v1/regions/{r}/seen/history", tag = "volunteers",
    params(parameters::Region, words::LastEvening, words::SoManyWeeks),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = SeenHistoryBody, description = "How often.")))]
pub(super) async fn seen_history(
    _: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["until", "weeks"])?;
    let weeks = asked.number("weeks", &(1..=MOST_WEEKS))?;
    let weeks = weeks.unwrap_or(USUAL_WEEKS);
    let until = asked.day("until")?;
    ask_json(&caller, move |regions| {
        let to = regions.day_or_today(&region, until)?;
        let from = to.before(7 * weeks - 1).unwrap_or_else(|| to.clone());
        let found = regions.seen_history(&region, &from, &to)?;
        Ok(SeenHistoryBody {
            region,
            datum: "wgs84",
            from: from.as_str().to_owned(),
            to: to.as_str().to_owned(),
            stretches: found.into_iter().map(StretchHistoryBody::new).collect(),
        })
    })
    .await
}

impl TeamSeenBody {
    fn new(team: &TeamSeen) -> Self {
        let moment = |ms| clock::text(Moment { ms });
        let flags = team.flags.iter().map(|flag| FlagBody {
            kind: duty_words::of_flag(flag.kind),
            from: moment(flag.from_ms),
            to: moment(flag.to_ms),
        });
        let stops = team.stops.iter().map(|stop| StopSeenBody {
            rank: stop.rank,
            stretch: stop.stretch.clone(),
            water_body: stop.water_body.clone(),
            village: stop.village.clone(),
            left: lines(&stop.left),
            length_m: stop.length.tenths(),
            seen_m: stop.seen.tenths(),
            checked_in_at: stop.checked_in_at.map(clock::text),
            skipped: stop.skipped.map(duty_words::of_skip_reason),
        });
        let pieces = team.pieces.iter();
        Self {
            team: team.number,
            name: team.name.clone(),
            state: duty_words::of_team_state(team.state),
            started_at: team.started_at.map(clock::text),
            finished_at: team.finished_at.map(clock::text),
            due_m: team.due.tenths(),
            seen_m: team.seen.tenths(),
            flags: flags.collect(),
            stops: stops.collect(),
            pieces: pieces
                .map(|(id, at)| (id.clone(), clock::text(*at)))
                .collect(),
        }
    }
}

fn lines(lines: &[Vec<[f64; 2]>]) -> Vec<Vec<Position>> {
    let line = |line: &Vec<[f64; 2]>| line.iter().map(|&at| Position(at)).collect();
    lines.iter().map(line).collect()
}

impl StretchHistoryBody {
    fn new(one: StretchHistory) -> Self {
        Self {
            stretch: one.stretch,
            water_body: one.water_body,
            risk: one.risk,
            village: one.village,
            length_m: one.length.tenths(),
            seen: one.seen,
            due: one.due,
            line: one.line.into_iter().map(Position).collect(),
        }
    }
}
