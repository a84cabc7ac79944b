//! Incidents: opened with a proposal of who goes, what was sent and when it arrived, closed; for dispatchers alone.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::keeping::IncidentPage;
use crate::http::ask::Caller;
use crate::http::ask::ask_created;
use crate::http::ask::ask_json;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::incident_body::IncidentBody;
use crate::http::incident_body::IncidentWithProposal;
use crate::http::incident_body::ProposalBody;
use crate::http::incident_body::SendingBody;
use crate::http::incident_body::mark_of;
use crate::http::incident_body::read_mark;
use crate::http::nearest_body::Shape;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::converter;
use crate::http::parameters::place;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::visitor::Dispatcher;
use crate::http::visitor::Holder;
use crate::model::incident::Incident;
use crate::model::incident::IncidentId;
use crate::model::incident::IncidentKind;
use crate::model::incident::NewIncident;
use crate::model::incident::Role;
use crate::model::incident::SendingId;
use crate::model::incident::Task;
use crate::model::text::BadText;
use crate::model::text::Name;
use crate::model::text::Note;
use crate::units::Seconds;

/// So many at a time.
pub(super) const MOST_INCIDENTS: usize = 500;

/// So many unless another number is asked for.
const USUAL_INCIDENTS: usize = 50;

/// A call.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IncidentRequest {
    #[schema(value_type = words::Happened)]
    kind: IncidentKind,
    /// Where; in the water, if somebody is in it.
    at: Position,
    /// Of all coordinates.
    #[schema(value_type = Option<words::DatumName>)]
    datum: Option<String>,
    /// What the caller said, at most 2,000 characters.
    #[schema(max_length = 2000)]
    note: Option<String>,
    /// Whether everybody in the proposal is sent at once; false.
    send: Option<bool>,
}

/// What becomes of an incident.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IncidentChange {
    state: ClosedRequest,
}

/// An incident is closed for good.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ClosedRequest {
    /// It is over.
    Closed,
}

/// Whom or what to send.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SendingRequest {
    #[schema(value_type = words::RoleName)]
    role: Role,
    /// The id of whoever is sent.
    responder: Option<String>,
    /// The id of the piece that they bring.
    equipment: Option<String>,
    /// In how many seconds they should arrive, 0 to 86,400.
    #[schema(minimum = 0, maximum = 86400)]
    expected_s: Option<f64>,
}

/// When somebody arrived.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ArrivalRequest {
    /// With its offset, like `2026-11-25T20:15:00+08:00`; now, unless it is given.
    #[schema(example = "2026-11-25T20:15:00+08:00")]
    arrived_at: Option<String>,
}

/// Incidents, the latest first.
#[derive(Serialize, ToSchema)]
pub(super) struct IncidentsBody {
    incidents: Vec<IncidentBody>,
    /// Where the next page is, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Opens an incident and proposes who goes straight, who fetches what on the way, and which station is called.
#[utoipa::path(post, path = "/api/v1/regions/{r}/incidents", tag = "incidents",
    params(parameters::Region),
    request_body = IncidentRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = IncidentWithProposal, description = "The incident, and who should go.", headers(("location" = String, description = "Where the incident is.")))))]
pub(super) async fn open_incident(
    dispatcher: Holder<Dispatcher>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<IncidentRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let datum = converter(asked.datum.as_deref().unwrap_or("wgs84"))?;
    let at = place(&datum, asked.at.0, "at")?;
    let note = asked.note.as_deref().filter(|note| !note.trim().is_empty());
    let note = note.map(Note::new).transpose();
    let note = note.map_err(|fault| bad("note", format!("note {fault}")))?;
    ask_created(&caller, move |regions| {
        let snapshot = regions.snapshot(&region)?;
        if regions.at_given(at, datum.datum())?.region.settings.id != snapshot.region.settings.id {
            let detail = format!("at lies outside the region {region}; give a place in it");
            return Err(bad("at", detail));
        }
        let crew = snapshot.crew();
        let proposal = snapshot.proposal(&crew, asked.kind, at, snapshot.now())?;
        let tasks = if asked.send.unwrap_or(false) {
            let tasks = proposal.tasks(&snapshot, &crew);
            tasks.map_err(|fault| bad("send", format!("the proposal {fault}")))?
        } else {
            Vec::new()
        };
        let village = snapshot.village_at(at).and_then(|id| Name::new(id).ok());
        let what = NewIncident {
            kind: asked.kind,
            at,
            village,
            note,
        };
        let incident = regions.open_incident(&dispatcher.who(), &region, &what, &tasks)?;
        let shape = Shape {
            datum,
            with_lines: true,
        };
        let proposal = ProposalBody::new(&snapshot, &crew, (&proposal, at), &shape)?;
        let body = IncidentWithProposal {
            incident: IncidentBody::new(&snapshot, &incident, &shape.datum)?,
            proposal: Some(proposal),
        };
        Ok((None, address_of(&incident), body))
    })
    .await
}

/// The incidents of a region, the latest first.
#[utoipa::path(get, path = "/api/v1/regions/{r}/incidents", tag = "incidents",
    params(parameters::Region, parameters::Incidents, parameters::IncidentsAPage, parameters::AfterIncident, parameters::Datum),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = IncidentsBody, description = "The incidents.")))]
pub(super) async fn incidents(
    _: Holder<Dispatcher>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["state", "limit", "after", "datum"])?;
    let after = asked.text("after").map(|text| {
        let wrong = || {
            let detail = format!("after is {}; take it from the next of a page", shown(text));
            bad("after", detail)
        };
        read_mark(text).ok_or_else(wrong)
    });
    let limit = asked.number("limit", &(1..=MOST_INCIDENTS))?;
    let limit = limit.unwrap_or(USUAL_INCIDENTS);
    let page = IncidentPage {
        from: None,
        until: None,
        is_open: asked.word("state", &[("open", true), ("closed", false)])?,
        after: after.transpose()?.map(|(at, id)| (at, IncidentId(id))),
        // One more tells whether there is a next page.
        limit: limit + 1,
    };
    let datum = asked.datum()?;
    let query: Vec<(String, String)> = ["state", "limit", "datum"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), asked.text(name)?.to_owned())))
        .collect();
    ask_json(&caller, move |regions| {
        let snapshot = regions.snapshot(&region)?;
        let mut found = regions.incidents(&region, &page)?;
        let has_more = limit < found.len();
        found.truncate(limit);
        let next = found.last().filter(|_| has_more).map(|last| {
            let mut next = form_urlencoded::Serializer::new(String::new());
            next.extend_pairs(&query)
                .append_pair("after", &mark_of(last));
            format!("/api/v1/regions/{region}/incidents?{}", next.finish())
        });
        let bodies = found.iter();
        let bodies = bodies.map(|incident| IncidentBody::new(&snapshot, incident, &datum));
        Ok(IncidentsBody {
            incidents: bodies.collect::<Result<_, _>>()?,
            next,
        })
    })
    .await
}

/// One incident, and while it is open who should go now.
#[utoipa::path(get, path = "/api/v1/regions/{r}/incidents/{id}", tag = "incidents",
    params(parameters::Region, parameters::IncidentNumber, parameters::Datum),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = IncidentWithProposal, description = "The incident.")))]
pub(super) async fn incident(
    _: Holder<Dispatcher>,
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    ask_json(&caller, move |regions| {
        let snapshot = regions.snapshot(&region)?;
        let incident = regions.incident(&region, IncidentId(id))?;
        let (kind, at) = (incident.what.kind, incident.what.at);
        let shape = Shape {
            datum,
            with_lines: true,
        };
        let proposal = if incident.closed_at.is_none() {
            let crew = snapshot.crew();
            let proposal = snapshot.proposal(&crew, kind, at, snapshot.now())?;
            let body = ProposalBody::new(&snapshot, &crew, (&proposal, at), &shape)?;
            Some(body)
        } else {
            None
        };
        Ok(IncidentWithProposal {
            incident: IncidentBody::new(&snapshot, &incident, &shape.datum)?,
            proposal,
        })
    })
    .await
}

/// Closes an incident.
#[utoipa::path(patch, path = "/api/v1/regions/{r}/incidents/{id}", tag = "incidents",
    params(parameters::Region, parameters::IncidentNumber, parameters::Datum),
    request_body = IncidentChange,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = IncidentBody, description = "As it is now.")))]
pub(super) async fn close_incident(
    dispatcher: Holder<Dispatcher>,
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<IncidentChange>,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let ClosedRequest::Closed = asked.state;
    ask_json(&caller, move |regions| {
        let closed = regions.close_incident(&dispatcher.who(), &region, IncidentId(id))?;
        let snapshot = regions.snapshot(&region)?;
        Ok(IncidentBody::new(&snapshot, &closed, &datum)?)
    })
    .await
}

/// Records that somebody is sent to an incident.
#[utoipa::path(post, path = "/api/v1/regions/{r}/incidents/{id}/sendings", tag = "incidents",
    params(parameters::Region, parameters::IncidentNumber),
    request_body = SendingRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = SendingBody, description = "What was recorded.", headers(("location" = String, description = "Where the arrival is recorded.")))))]
pub(super) async fn send(
    dispatcher: Holder<Dispatcher>,
    caller: Caller,
    Address((region, id)): Address<(String, i64)>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<SendingRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let task = asked.task()?;
    ask_created(&caller, move |regions| {
        let sent = regions.record_sending(&dispatcher.who(), &region, IncidentId(id), &task)?;
        let address = format!(
            "/api/v1/regions/{region}/incidents/{id}/sendings/{}",
            sent.id.0
        );
        Ok((None, address, SendingBody::new(&sent)))
    })
    .await
}

/// Records when somebody who was sent arrived; a second time corrects the first.
#[utoipa::path(patch, path = "/api/v1/regions/{r}/incidents/{id}/sendings/{sending}", tag = "incidents",
    params(parameters::Region, parameters::IncidentNumber, parameters::SendingNumber),
    request_body = ArrivalRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = SendingBody, description = "As it is now.")))]
pub(super) async fn arrive(
    dispatcher: Holder<Dispatcher>,
    caller: Caller,
    Address((region, id, sending)): Address<(String, i64, i64)>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<ArrivalRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let at = asked.arrived_at.as_deref().map(|text| {
        let wrong = || {
            let text = shown(text);
            let detail = format!(
                "arrived_at is {text}; give a time with its offset like 2026-11-25T20:15:00+08:00"
            );
            bad("arrived_at", detail)
        };
        clock::parsed(text).ok_or_else(wrong)
    });
    let at = at.transpose()?;
    ask_json(&caller, move |regions| {
        let (incident, sending) = (IncidentId(id), SendingId(sending));
        let arrived = regions.record_arrival(&dispatcher.who(), &region, incident, sending, at)?;
        Ok(SendingBody::new(&arrived))
    })
    .await
}

/// Where an incident is.
fn address_of(incident: &Incident) -> String {
    format!(
        "/api/v1/regions/{}/incidents/{}",
        incident.region, incident.id.0
    )
}

impl SendingRequest {
    fn task(&self) -> Result<Task, Fault> {
        let name = |parameter: &'static str, text: &Option<String>| {
            let wrong = |fault: BadText| bad(parameter, format!("{parameter} {fault}"));
            text.as_deref().map(Name::new).transpose().map_err(wrong)
        };
        let responder = name("responder", &self.responder)?;
        let equipment = name("equipment", &self.equipment)?;
        let expected = self.expected_s.map(Seconds);
        let task = Task::new(self.role, responder, equipment, expected);
        task.map_err(|fault| bad("role", format!("the sending {fault}")))
    }
}
