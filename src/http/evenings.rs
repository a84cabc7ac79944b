//! Who is on which evening: looked at by the week, proposed, changed and published by planners.

use std::collections::BTreeMap;
use std::fmt::Display;

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::duty_words;
use crate::app::evenings::Evening;
use crate::app::evenings::MOST_DAYS;
use crate::http::ask::Caller;
use crate::http::ask::ask_json;
use crate::http::body::JsonBody;
use crate::http::described::duties as words;
use crate::http::described::parameters;
use crate::http::described::patrols;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::day;
use crate::http::patrols::evening;
use crate::http::problem::Fault;
use crate::http::validator::Seen;
use crate::http::validator::Validator;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::day::Day;
use crate::model::roster::MOST_MEMBERS;
use crate::model::roster::MOST_TEAMS;
use crate::model::roster::Member;
use crate::model::roster::RosterDay;
use crate::model::roster::RosterTeam;
use crate::model::text::Name;
use crate::model::volunteer::VolunteerId;
use crate::plan::fair_share::Wanted;

/// So many evenings are looked at unless another number is asked for: a week.
const USUAL_DAYS: u16 = 7;

/// Somebody who is on an evening.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberBody {
    /// The volunteer's number.
    #[schema(example = 1)]
    volunteer: i64,
    /// Whether they stay there when evenings are proposed again.
    #[serde(default)]
    locked: bool,
}

/// A team; its number in the evening's patrol is its place in the list, counted from 1.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RosterTeamBody {
    #[schema(required, min_length = 1, max_length = 200, example = "北队")]
    name: Option<String>,
    #[schema(max_items = 20)]
    members: Vec<MemberBody>,
}

/// Who is on an evening.
#[derive(Serialize, ToSchema)]
pub(super) struct EveningBody {
    #[schema(format = Date)]
    day: String,
    teams: Vec<RosterTeamBody>,
    /// Whether volunteers see it.
    published: bool,
    /// What those who are on it say, by number: `comes` or `cannot`.
    #[schema(value_type = BTreeMap<String, words::AnswerName>)]
    answers: BTreeMap<i64, &'static str>,
    /// For `if-match`, to change it.
    #[schema(example = "\"evening-2026-07-04-1\"")]
    validator: String,
}

/// Evenings, one after the other.
#[derive(Serialize, ToSchema)]
pub(super) struct EveningsBody {
    region: String,
    evenings: Vec<EveningBody>,
}

/// Who is on an evening from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EveningRequest {
    #[schema(max_items = 40)]
    teams: Vec<RosterTeamBody>,
    /// Whether volunteers see it from now on.
    #[serde(default)]
    published: bool,
}

/// How many are wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProposalRequest {
    /// The first evening.
    #[schema(format = Date, example = "2026-07-06")]
    from: String,
    /// So many evenings; a week, unless something else is said.
    #[schema(minimum = 1, maximum = 62)]
    days: Option<u16>,
    /// So many teams on each.
    #[schema(minimum = 1, maximum = 40, example = 4)]
    teams: usize,
    /// So many in each team.
    #[schema(minimum = 1, maximum = 20, example = 2)]
    members: usize,
}

/// Evenings as they might be. Nothing of it is kept.
#[derive(Serialize, ToSchema)]
pub(super) struct ProposedEveningsBody {
    region: String,
    evenings: Vec<EveningBody>,
    /// How often everybody would be on, with the four weeks before, by number. With these weekdays it cannot be fairer.
    #[schema(value_type = BTreeMap<String, u32>)]
    times: BTreeMap<i64, u32>,
    /// Places that nobody can take.
    open: usize,
    /// In how many teams nobody can do something, by skill.
    without: BTreeMap<&'static str, usize>,
}

/// Who is on the evenings of a week, or of as many as are asked for.
#[utoipa::path(get, path = "/api/v1/regions/{r}/evenings", tag = "volunteers",
    params(parameters::Region, words::FirstEvening, words::SoManyEvenings),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = EveningsBody, description = "The evenings.")))]
pub(super) async fn evenings(
    _: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["from", "days"])?;
    let days = asked.number("days", &(1..=MOST_DAYS))?;
    let days = days.unwrap_or(USUAL_DAYS);
    let from = asked.day("from")?;
    ask_json(&caller, move |regions| {
        let from = regions.day_or_today(&region, from)?;
        let found = regions.evenings(&region, &from, days)?;
        Ok(EveningsBody {
            region,
            evenings: found.iter().map(EveningBody::new).collect(),
        })
    })
    .await
}

/// Says who is on an evening, and whether volunteers see it.
#[utoipa::path(put, path = "/api/v1/regions/{r}/evenings/{day}", tag = "volunteers",
    params(parameters::Region, patrols::Evening, words::IfEvening),
    request_body = EveningRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = EveningBody, description = "As it is now.")))]
pub(super) async fn set_evening(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, day)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<EveningRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let day = evening(&day)?;
    let teams = asked.teams.into_iter().map(RosterTeamBody::read);
    let after = RosterDay {
        day,
        teams: teams.collect::<Result<_, _>>()?,
        is_published: asked.published,
        version: 0,
    };
    ask_json(&caller, move |regions| {
        let has_seen = |now: &RosterDay| seen.is_version(&kept_as(&now.day), now.version);
        let found = regions.set_evening(&planner.who(), &region, &after, has_seen)?;
        Ok(EveningBody::new(&found))
    })
    .await
}

/// Proposes who is on the evenings from a day on, so that everybody is on as often as others: locked places and published evenings stay, whoever cannot come is left out. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/regions/{r}/evenings/proposals", tag = "volunteers",
    params(parameters::Region),
    request_body = ProposalRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = ProposedEveningsBody, description = "The evenings as they might be.")))]
pub(super) async fn propose_evenings(
    _: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<ProposalRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let from = day("from", &asked.from)?;
    let days = within("days", asked.days.unwrap_or(USUAL_DAYS), MOST_DAYS)?;
    let wanted = Wanted {
        teams: within("teams", asked.teams, MOST_TEAMS)?,
        members: within("members", asked.members, MOST_MEMBERS)?,
    };
    ask_json(&caller, move |regions| {
        let proposed = regions.propose_evenings(&region, &from, days, wanted)?;
        let evenings = proposed.days.into_iter().map(|day| Evening {
            day,
            answers: BTreeMap::new(),
        });
        let evenings: Vec<Evening> = evenings.collect();
        let share = proposed.share;
        let without = share.without.into_iter();
        Ok(ProposedEveningsBody {
            region,
            evenings: evenings.iter().map(EveningBody::new).collect(),
            times: share
                .times
                .into_iter()
                .map(|(id, times)| (id.0, times))
                .collect(),
            open: share.n_open,
            without: without
                .map(|(skill, n)| (duty_words::of_skill(skill), n))
                .collect(),
        })
    })
    .await
}

/// A number from 1 to `most`.
fn within<N: Copy + PartialOrd + Display + From<u8>>(
    name: &'static str,
    number: N,
    most: N,
) -> Result<N, Fault> {
    if number < N::from(1) || most < number {
        let detail = format!("{name} is {number}; give a number from 1 to {most}");
        return Err(bad(name, detail));
    }
    Ok(number)
}

impl RosterTeamBody {
    fn read(self) -> Result<RosterTeam, Fault> {
        let name = self.name.as_deref().map(Name::new).transpose();
        let members = self.members.into_iter().map(|member| Member {
            volunteer: VolunteerId(member.volunteer),
            is_locked: member.locked,
        });
        Ok(RosterTeam {
            name: name.map_err(|fault| bad("name", format!("name {fault}")))?,
            members: members.collect(),
        })
    }
}

impl EveningBody {
    fn new(evening: &Evening) -> Self {
        let Evening { day, answers } = evening;
        let teams = day.teams.iter().map(|team| RosterTeamBody {
            name: team.name.as_ref().map(|name| name.as_str().to_owned()),
            members: team
                .members
                .iter()
                .map(|member| MemberBody {
                    volunteer: member.volunteer.0,
                    locked: member.is_locked,
                })
                .collect(),
        });
        Self {
            day: day.day.as_str().to_owned(),
            teams: teams.collect(),
            published: day.is_published,
            answers: answers
                .iter()
                .map(|(volunteer, answer)| (volunteer.0, duty_words::of_answer(*answer)))
                .collect(),
            validator: Validator::of_version(&kept_as(&day.day), day.version).text(),
        }
    }
}

fn kept_as(day: &Day) -> String {
    format!("evening-{}", day.as_str())
}
