//! Volunteers: the list that planners keep, and the open call that anybody may answer.

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::duty_words;
use crate::app::volunteers::KnownVolunteer;
use crate::app::volunteers::VolunteerChange;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::ask::ask_created;
use crate::http::ask::ask_json;
use crate::http::body::JsonBody;
use crate::http::described::duties as words;
use crate::http::described::parameters;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::peer::Peer;
use crate::http::problem::Fault;
use crate::http::session::private;
use crate::http::validator::Seen;
use crate::http::validator::Validator;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::text::Name;
use crate::model::volunteer::Skill;
use crate::model::volunteer::Volunteer;
use crate::model::volunteer::VolunteerId;
use crate::model::volunteer::VolunteerKind;
use crate::model::volunteer::VolunteerSays;
use crate::model::volunteer::VolunteerState;
use crate::model::volunteer::Weekdays;

/// Who somebody is.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WhoBody {
    #[schema(min_length = 1, max_length = 200, example = "王芳")]
    pub name: String,
    #[schema(value_type = words::VolunteerKindName)]
    pub kind: VolunteerKind,
    #[serde(default)]
    #[schema(value_type = Vec<words::SkillName>)]
    pub skills: Vec<Skill>,
    /// The days of the week on which they come, 1 (Monday) to 7 (Sunday); all of them, unless they are given.
    #[serde(default = "every_day")]
    #[schema(max_items = 7, example = json!([1, 3, 5]))]
    pub weekdays: Vec<u8>,
    #[schema(min_length = 1, max_length = 200, example = "0575 8700 0000")]
    pub phone: Option<String>,
}

/// A volunteer.
#[derive(Serialize, ToSchema)]
pub(super) struct VolunteerBody {
    #[schema(example = 1)]
    id: i64,
    who: WhoBody,
    /// What they sign in with; none: they cannot yet.
    #[schema(required, example = "wang")]
    account: Option<String>,
    #[schema(value_type = words::VolunteerStateName)]
    state: &'static str,
    /// Whether their way may be recorded; none: they have not said.
    #[schema(required)]
    consents: Option<bool>,
    /// For `if-match`, to change them.
    #[schema(example = "\"volunteer-1-3\"")]
    validator: String,
}

/// The volunteers of a region.
#[derive(Serialize, ToSchema)]
pub(super) struct VolunteersBody {
    region: String,
    /// By number; those who have left are not among them.
    volunteers: Vec<VolunteerBody>,
}

/// A volunteer as they are from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VolunteerRequest {
    who: WhoBody,
    /// The name of the account that they sign in with, if they have one.
    #[schema(example = "wang")]
    account: Option<String>,
    /// Whether they are on the roster; they are, unless something else is said. Of whoever has left neither telephone number nor account is kept.
    #[schema(value_type = Option<words::VolunteerStateName>)]
    state: Option<VolunteerState>,
}

/// What somebody who has answered the open call is told.
#[derive(Serialize, ToSchema)]
pub(super) struct AppliedBody {
    /// Their number.
    #[schema(example = 1)]
    id: i64,
    #[schema(value_type = words::VolunteerStateName)]
    state: &'static str,
}

/// The volunteers of a region who have not left.
#[utoipa::path(get, path = "/api/v1/regions/{r}/volunteers", tag = "volunteers",
    params(parameters::Region),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = VolunteersBody, description = "The volunteers.")))]
pub(super) async fn volunteers(
    _: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask_json(&caller, move |regions| {
        let all = regions.volunteers(&region)?;
        Ok(VolunteersBody {
            region,
            volunteers: all.iter().map(VolunteerBody::new).collect(),
        })
    })
    .await
}

/// Puts somebody on the list.
#[utoipa::path(post, path = "/api/v1/regions/{r}/volunteers", tag = "volunteers",
    params(parameters::Region),
    request_body = VolunteerRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = VolunteerBody, description = "They are on it.", headers(("location" = String, description = "Where they are changed.")))))]
pub(super) async fn add_volunteer(
    planner: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<VolunteerRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let change = asked.read()?;
    ask_created(&caller, move |regions| {
        let account = change.account.as_deref();
        let made = regions.add_volunteer(&planner.who(), &region, &change.says, account)?;
        let id = made.volunteer.id.0;
        let address = format!("/api/v1/regions/{region}/volunteers/{id}");
        Ok((None, address, VolunteerBody::new(&made)))
    })
    .await
}

/// Says anew who somebody is, what they sign in with, and whether they are on the roster.
#[utoipa::path(put, path = "/api/v1/regions/{r}/volunteers/{id}", tag = "volunteers",
    params(parameters::Region, words::VolunteerNumber, words::IfVolunteer),
    request_body = VolunteerRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = VolunteerBody, description = "As they are now.")))]
pub(super) async fn set_volunteer(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<VolunteerRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let change = asked.read()?;
    ask_json(&caller, move |regions| {
        let has_seen = |now: &Volunteer| seen.is_version(&kept_as(now.id), now.version);
        let (who, id) = (planner.who(), VolunteerId(id));
        let after = regions.set_volunteer(&who, &region, id, change, has_seen)?;
        Ok(VolunteerBody::new(&after))
    })
    .await
}

/// Answers the open call: a planner decides. At most 5 in ten minutes from one address.
#[utoipa::path(post, path = "/api/v1/regions/{r}/volunteers/applications", tag = "volunteers",
    params(parameters::Region),
    request_body = WhoBody,
    responses((status = 201, body = AppliedBody, description = "It is written down.")))]
pub(super) async fn apply(
    peer: Peer,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<WhoBody>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let says = asked.read()?;
    caller.count_stranger(peer)?;
    let made = ask(&caller.service, move |regions| {
        Ok(regions.apply(&region, &says)?)
    })
    .await?;
    let body = AppliedBody {
        id: made.id.0,
        state: duty_words::of_state(made.state),
    };
    Ok(private(StatusCode::CREATED, &body, None))
}

impl WhoBody {
    fn of(says: &VolunteerSays) -> Self {
        Self {
            name: says.name.as_str().to_owned(),
            kind: says.kind,
            skills: says.skills.clone(),
            weekdays: says.weekdays.numbers().collect(),
            phone: says.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        }
    }

    pub(super) fn read(self) -> Result<VolunteerSays, Fault> {
        let name = Name::new(&self.name).map_err(|fault| bad("name", format!("name {fault}")))?;
        let phone = self.phone.as_deref().map(Name::new).transpose();
        let phone = phone.map_err(|fault| bad("phone", format!("phone {fault}")))?;
        let wrong = || bad("weekdays", "weekdays are numbers from 1 (Monday) to 7");
        let mut skills = self.skills;
        skills.sort_unstable();
        skills.dedup();
        Ok(VolunteerSays {
            name,
            kind: self.kind,
            skills,
            weekdays: Weekdays::of(self.weekdays).ok_or_else(wrong)?,
            phone,
        })
    }
}

fn every_day() -> Vec<u8> {
    Weekdays::ALL.numbers().collect()
}

impl VolunteerRequest {
    fn read(self) -> Result<VolunteerChange, Fault> {
        Ok(VolunteerChange {
            says: self.who.read()?,
            account: self.account,
            state: self.state.unwrap_or(VolunteerState::Active),
        })
    }
}

impl VolunteerBody {
    fn new(known: &KnownVolunteer) -> Self {
        let volunteer = &known.volunteer;
        Self {
            id: volunteer.id.0,
            who: WhoBody::of(&volunteer.says),
            account: known.account.clone(),
            state: duty_words::of_state(volunteer.state),
            consents: volunteer.consents,
            validator: Validator::of_version(&kept_as(volunteer.id), volunteer.version).text(),
        }
    }
}

/// The words for what somebody can do.
pub(super) fn skills(skills: &[Skill]) -> Vec<&'static str> {
    skills
        .iter()
        .map(|skill| duty_words::of_skill(*skill))
        .collect()
}

fn kept_as(id: VolunteerId) -> String {
    format!("volunteer-{}", id.0)
}
