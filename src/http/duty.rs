//! A volunteer's evening: what they need for it, whether they come, whether their way may be recorded.

use std::collections::BTreeMap;

use axum::extract::RawQuery;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::duty::DutyPack;
use crate::app::duty::OwnDuty;
use crate::app::duty::PackedGround;
use crate::app::duty_words;
use crate::app::entries::TRACK_DAYS;
use crate::app::names;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::ask::ask_json;
use crate::http::ask::gone;
use crate::http::body::JsonBody;
use crate::http::described::duties as words;
use crate::http::described::parameters;
use crate::http::described::words::Kind;
use crate::http::described::words::PieceCondition;
use crate::http::exports::sent;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::converter;
use crate::http::parameters::day;
use crate::http::patrol_body::TeamBody;
use crate::http::patrol_body::team_body;
use crate::http::patrols::GPX;
use crate::http::problem::Fault;
use crate::http::session::private;
use crate::http::visitor::Holder;
use crate::http::visitor::Volunteer;
use crate::http::volunteers::skills;
use crate::model::roster::DutyAnswer;

/// What somebody needs for an evening, also where there is no signal.
#[derive(Serialize, ToSchema)]
pub(super) struct DutyBody {
    region: String,
    #[schema(value_type = BTreeMap<String, String>, example = json!({"zh": "水乡", "en": "Shuixiang"}))]
    region_name: BTreeMap<String, String>,
    /// Of all coordinates.
    #[schema(example = "wgs84")]
    datum: &'static str,
    #[schema(format = Date)]
    day: String,
    #[schema(example = "Asia/Shanghai")]
    time_zone: String,
    /// None: the account is no volunteer's.
    #[schema(required)]
    volunteer: Option<OwnBody>,
    /// None: they are not on that evening.
    #[schema(required)]
    duty: Option<OwnDutyBody>,
    /// The way of their team; none: none is published.
    #[schema(required)]
    patrol: Option<OwnPatrolBody>,
    /// Whom to call, by `police`, `ambulance` and whatever else the region names.
    calls: BTreeMap<String, String>,
    /// What is read out or played on the way, by language, where the region says so.
    reminder: BTreeMap<String, String>,
    /// The equipment along the way.
    equipment: Vec<PackedPieceBody>,
    ground: PackedGroundBody,
    /// A track is kept so many days.
    track_days: i64,
    /// Who must be named wherever this is shown.
    #[schema(required)]
    attribution: Option<String>,
}

/// Who asks.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnBody {
    #[schema(example = 1)]
    id: i64,
    #[schema(example = "王芳")]
    name: String,
    /// Whether their way may be recorded; none: they have not said.
    #[schema(required)]
    consent: Option<bool>,
}

/// What they are to do.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnDutyBody {
    /// The number of their team, counted from 1.
    #[schema(example = 1)]
    team: usize,
    #[schema(required, example = "北队")]
    team_name: Option<String>,
    /// What they have said themselves.
    #[schema(required, value_type = Option<words::AnswerName>)]
    answer: Option<&'static str>,
    /// When teams set off, by the region's clock, if that is known.
    #[schema(required, example = "19:00")]
    begins: Option<String>,
    /// Everybody who is in the team.
    members: Vec<PartnerBody>,
}

/// Somebody who is in the team.
#[derive(Serialize, ToSchema)]
pub(super) struct PartnerBody {
    #[schema(example = 1)]
    id: i64,
    #[schema(example = "王芳")]
    name: String,
    #[schema(required, example = "0575 8700 0000")]
    phone: Option<String>,
    #[schema(value_type = Vec<words::SkillName>)]
    skills: Vec<&'static str>,
    is_me: bool,
    #[schema(required, value_type = Option<words::AnswerName>)]
    answer: Option<&'static str>,
}

/// The way of a team.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnPatrolBody {
    /// The number of the published patrol; another after every change.
    #[schema(example = 7)]
    number: i64,
    /// The team's number, counted from 1.
    #[schema(example = 1)]
    team: usize,
    #[schema(format = DateTime)]
    published_at: String,
    way: TeamBody,
}

/// A piece along the way.
#[derive(Serialize, ToSchema)]
pub(super) struct PackedPieceBody {
    id: String,
    /// What is printed on its label.
    #[schema(example = "SX-0017")]
    code: String,
    #[schema(value_type = Kind)]
    kind: &'static str,
    #[schema(value_type = PieceCondition)]
    condition: &'static str,
    at: Position,
    #[schema(required)]
    name: Option<String>,
}

/// The walking ground around the way. The nearest piece to a place is that for which the straight way to a node in sight (no barrier
/// between), times 1.25, and from there as `near` says, is the least.
#[derive(Serialize, ToSchema)]
pub(super) struct PackedGroundBody {
    nodes: Vec<Position>,
    /// Of each node its nearest usable pieces, at most three: index in `equipment`, meters on foot.
    #[schema(value_type = Vec<Vec<Vec<f64>>>)]
    near: Vec<Vec<(usize, f64)>>,
    /// What nobody walks through: the water's edge, houses, walls.
    #[schema(value_type = Vec<Vec<Position>>)]
    barriers: Vec<[Position; 2]>,
}

/// What lets a phone hand in.
#[derive(Serialize, ToSchema)]
pub(super) struct HandInBody {
    /// Shown in the header `hand-in`; it is never told again.
    #[schema(example = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c")]
    right: String,
    /// Until when it holds.
    #[schema(format = DateTime)]
    until: String,
}

/// Where a calendar is.
#[derive(Serialize, ToSchema)]
pub(super) struct CalendarAddressBody {
    /// Beneath the address of the service.
    #[schema(
        example = "/api/v1/calendar.ics?key=b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
    )]
    url: String,
}

/// Whether somebody comes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerRequest {
    #[schema(format = Date, example = "2026-07-04")]
    day: String,
    #[schema(value_type = words::AnswerName)]
    answer: DutyAnswer,
}

/// Whether the way may be recorded.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentRequest {
    /// If not, what is kept of it is deleted.
    consent: bool,
}

/// What whoever asks needs for an evening: their team, its way, the equipment and the walking ground around it.
#[utoipa::path(get, path = "/api/v1/regions/{r}/duty", tag = "volunteers",
    params(parameters::Region, words::DutyDay),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = DutyBody, description = "Their evening.")))]
pub(super) async fn duty(
    volunteer: Holder<Volunteer>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["day"])?;
    let day = asked.day("day")?;
    let account = volunteer.visitor().0.account.id;
    let datum = converter("wgs84")?;
    ask_json(&caller, move |regions| {
        DutyBody::new(&regions.duty(&region, account, day)?, &datum)
    })
    .await
}

/// Gives a right to hand in for the account of whoever asks: with it a phone sends what was entered later, whoever is signed in then.
#[utoipa::path(post, path = "/api/v1/regions/{r}/duty/hand-in", tag = "volunteers",
    params(parameters::Region),
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = HandInBody, description = "The right.")))]
pub(super) async fn allow_hand_in(
    volunteer: Holder<Volunteer>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let account = volunteer.visitor().0.account.id;
    let allowed = ask(&caller.service, move |regions| {
        Ok(regions.allow_hand_in(&region, account)?)
    })
    .await?;
    let body = HandInBody {
        right: allowed.right.as_str().to_owned(),
        until: clock::text(allowed.until),
    };
    Ok(private(StatusCode::CREATED, &body, None))
}

/// Gives the address of a calendar with the evenings of whoever asks, for programs that look there again and again. The address before it opens nothing any more.
#[utoipa::path(post, path = "/api/v1/regions/{r}/duty/calendar", tag = "volunteers",
    params(parameters::Region),
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = CalendarAddressBody, description = "The address; whoever knows it sees the calendar.")))]
pub(super) async fn make_calendar(
    volunteer: Holder<Volunteer>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let account = volunteer.visitor().0.account.id;
    let key = ask(&caller.service, move |regions| {
        Ok(regions.calendar_key(&region, account)?)
    })
    .await?;
    let body = CalendarAddressBody {
        url: format!("/api/v1/calendar.ics?key={}", key.as_str()),
    };
    Ok(private(StatusCode::CREATED, &body, None))
}

/// A volunteer's evenings as iCalendar (RFC 5545): when, where, how far. Nobody's name is in it.
#[utoipa::path(get, path = "/api/v1/calendar.ics", tag = "volunteers",
    params(words::CalendarKey),
    responses((status = 200, content_type = "text/calendar", body = String, description = "The evenings.")))]
pub(super) async fn calendar(caller: Caller, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["key"])?;
    let key = asked.text("key").unwrap_or_default().to_owned();
    let calendar = ask(&caller.service, move |regions| Ok(regions.calendar(&key)?)).await?;
    let mut response = calendar.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let keep = HeaderValue::from_static("private, no-cache");
    headers.insert(header::CACHE_CONTROL, keep);
    Ok(response)
}

/// The way of the team of whoever asks as GPX 1.1, as a route and as a track.
#[utoipa::path(get, path = "/api/v1/regions/{r}/duty/gpx", tag = "volunteers",
    params(parameters::Region, words::DutyDay),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, content_type = "application/gpx+xml", body = String, description = "The way.")))]
pub(super) async fn duty_gpx(
    volunteer: Holder<Volunteer>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["day"])?;
    let day = asked.day("day")?;
    let account = volunteer.visitor().0.account.id;
    let gpx = ask(&caller.service, move |regions| {
        let day = regions.day_or_today(&region, day)?;
        Ok(regions.own_gpx(&region, account, &day)?)
    });
    Ok(sent(gpx.await?, GPX))
}

/// Says whether whoever asks comes on an evening that they are on.
#[utoipa::path(put, path = "/api/v1/regions/{r}/duty/answer", tag = "volunteers",
    params(parameters::Region),
    request_body = AnswerRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It is written down.")))]
pub(super) async fn answer_duty(
    volunteer: Holder<Volunteer>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<AnswerRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let day = day("day", &asked.day)?;
    let account = volunteer.visitor().0.account.id;
    ask(&caller.service, move |regions| {
        let says = (&day, asked.answer);
        Ok(regions.answer_duty(&volunteer.who(), &region, account, says)?)
    })
    .await?;
    Ok(gone())
}

/// Says whether the way of whoever asks may be recorded.
#[utoipa::path(put, path = "/api/v1/regions/{r}/duty/consent", tag = "volunteers",
    params(parameters::Region),
    request_body = ConsentRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It is written down.")))]
pub(super) async fn consent(
    volunteer: Holder<Volunteer>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<ConsentRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let account = volunteer.visitor().0.account.id;
    ask(&caller.service, move |regions| {
        Ok(regions.consent(&volunteer.who(), &region, account, asked.consent)?)
    })
    .await?;
    Ok(gone())
}

impl DutyBody {
    fn new(pack: &DutyPack, datum: &Converter) -> Result<Self, Fault> {
        let region = &pack.snapshot.region;
        let settings = &region.settings;
        let own = pack.volunteer.as_ref();
        let duty = pack.duty.as_ref().map(|duty| OwnDutyBody::new(duty, pack));
        let patrol = pack.way.as_ref().map(|(published, team)| {
            Ok::<_, Fault>(OwnPatrolBody {
                number: published.number.0,
                team: team.number,
                published_at: clock::text(published.at),
                way: team_body(team, datum)?,
            })
        });
        let equipment = pack.pieces.iter().map(|&index| {
            let piece = &region.equipment[index as usize];
            Ok::<_, Fault>(PackedPieceBody {
                id: piece.id.clone(),
                code: pack.snapshot.code(index as usize).to_string(),
                kind: names::of_equipment(piece.kind),
                condition: names::of_condition(piece.condition),
                at: position(datum, piece.at)?,
                name: piece.name.clone(),
            })
        });
        Ok(Self {
            region: settings.id.as_str().to_owned(),
            region_name: settings.name.clone(),
            datum: "wgs84",
            day: pack.day.as_str().to_owned(),
            time_zone: settings.time_zone.clone(),
            volunteer: own.map(|own| OwnBody {
                id: own.id.0,
                name: own.says.name.as_str().to_owned(),
                consent: own.consents,
            }),
            duty,
            patrol: patrol.transpose()?,
            calls: settings.country_calls.clone(),
            reminder: settings.reminder.clone(),
            equipment: equipment.collect::<Result<_, Fault>>()?,
            ground: PackedGroundBody::new(&pack.ground),
            track_days: TRACK_DAYS,
            attribution: settings.attribution.clone(),
        })
    }
}

impl OwnDutyBody {
    fn new(duty: &OwnDuty, pack: &DutyPack) -> Self {
        let me = pack.volunteer.as_ref().map(|own| own.id);
        let members = duty.members.iter().map(|(member, answer)| PartnerBody {
            id: member.id.0,
            name: member.says.name.as_str().to_owned(),
            phone: member
                .says
                .phone
                .as_ref()
                .map(|phone| phone.as_str().to_owned()),
            skills: skills(&member.says.skills),
            is_me: Some(member.id) == me,
            answer: answer.map(duty_words::of_answer),
        });
        let members: Vec<PartnerBody> = members.collect();
        let own = members.iter().find(|member| member.is_me);
        Self {
            team: duty.team,
            team_name: duty.name.clone(),
            answer: own.and_then(|own| own.answer),
            begins: pack.begins.clone(),
            members,
        }
    }
}

impl PackedGroundBody {
    fn new(ground: &PackedGround) -> Self {
        Self {
            nodes: ground.nodes.iter().map(|&at| Position(at)).collect(),
            near: ground.near.clone(),
            barriers: ground
                .barriers
                .iter()
                .map(|ends| ends.map(Position))
                .collect(),
        }
    }
}
