//! A volunteer's evening: what they need for it, whether they come, whether their way may be recorded.

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
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::ask::ask_json;
use crate::http::ask::gone;
use crate::http::body::JsonBody;
use crate::http::described::duties as words;
use crate::http::described::parameters;
use crate::http::duty_body::DutyBody;
use crate::http::exports::sent;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::converter;
use crate::http::parameters::day;
use crate::http::patrols::GPX;
use crate::http::problem::Fault;
use crate::http::session::private;
use crate::http::visitor::Holder;
use crate::http::visitor::Volunteer;
use crate::model::roster::DutyAnswer;
use crate::model::volunteer::VolunteerId;

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

/// Whose evening is taken over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TakeOverRequest {
    #[schema(format = Date, example = "2026-07-04")]
    day: String,
    /// The number of whoever hands it over.
    #[schema(example = 2)]
    volunteer: i64,
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

/// Puts whoever asks in the place of somebody who hands an evening over, which they have said with `hands_over`. Whoever is first has it.
#[utoipa::path(post, path = "/api/v1/regions/{r}/duty/take-over", tag = "volunteers",
    params(parameters::Region),
    request_body = TakeOverRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "They are on that evening, and the other is not.")))]
pub(super) async fn take_over(
    volunteer: Holder<Volunteer>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<TakeOverRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let day = day("day", &asked.day)?;
    let account = volunteer.visitor().0.account.id;
    ask(&caller.service, move |regions| {
        let of = (&day, VolunteerId(asked.volunteer));
        Ok(regions.take_over(&volunteer.who(), &region, account, of)?)
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
