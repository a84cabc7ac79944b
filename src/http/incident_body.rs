//! Incidents as they are written: the call, who should go, who was sent and when they arrived.

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::names;
use crate::app::proposal::Proposal;
use crate::app::responders::Comer;
use crate::app::responders::Whom;
use crate::app::snapshot::Snapshot;
use crate::geometry::converter::Converter;
use crate::geometry::lon_lat::LonLat;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::nearest_body::Shape;
use crate::http::responders_body::ComerBody;
use crate::http::responders_body::comer_body;
use crate::model::incident::Incident;
use crate::model::incident::Sending;
use crate::model::moment::Moment;
use crate::plan::crew::Crew;
use crate::units::Seconds;

/// An incident.
#[derive(Serialize, ToSchema)]
pub(super) struct IncidentBody {
    /// Unique in the whole service, and never given again.
    #[schema(example = 1)]
    id: i64,
    region: String,
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    #[schema(value_type = words::Happened)]
    kind: &'static str,
    at: Position,
    /// The id of the village that it lies in.
    #[schema(required)]
    village: Option<String>,
    /// What the caller said.
    #[schema(required)]
    note: Option<String>,
    #[schema(value_type = words::IncidentState)]
    state: &'static str,
    #[schema(example = "2026-11-25T12:15:00Z")]
    opened_at: String,
    opened_by: String,
    /// None while it is open.
    #[schema(required)]
    closed_at: Option<String>,
    /// From the call until the first who was sent arrived; none until somebody has.
    #[schema(required)]
    first_arrival_s: Option<f64>,
    /// Whether that was within the place's own standard; just as long is.
    #[schema(required)]
    in_time: Option<bool>,
    /// In the order of sending.
    sent: Vec<SendingBody>,
}

/// Somebody or something that was sent.
#[derive(Serialize, ToSchema)]
pub(super) struct SendingBody {
    /// Unique in the whole service, and never given again.
    #[schema(example = 1)]
    id: i64,
    #[schema(value_type = words::RoleName)]
    role: &'static str,
    /// The id of whoever was sent; none if it was whoever was there.
    #[schema(required)]
    responder: Option<String>,
    /// The id of the piece that they bring.
    #[schema(required)]
    equipment: Option<String>,
    /// How long after the sending they should arrive.
    #[schema(required)]
    expected_s: Option<f64>,
    #[schema(example = "2026-11-25T12:15:00Z")]
    sent_at: String,
    /// None while they are on their way.
    #[schema(required)]
    arrived_at: Option<String>,
}

/// Who should go, each in one role; nobody in a role that nobody on duty can have.
#[derive(Serialize, ToSchema)]
pub(super) struct ProposalBody {
    /// The first should be there within so many seconds: the place's own standard.
    #[schema(example = 300.0)]
    standard_s: f64,
    /// When the first of them would arrive; none if nobody can come.
    #[schema(required)]
    first_arrival_s: Option<f64>,
    /// Whether that is within the standard.
    #[schema(required)]
    in_time: Option<bool>,
    /// Goes straight to the casualty.
    #[schema(required)]
    straight: Option<ComerBody>,
    /// Fetches a piece on the way; only where somebody is in the water.
    #[schema(required)]
    fetch: Option<ComerBody>,
    /// Is called.
    #[schema(required)]
    station: Option<ComerBody>,
}

/// An incident, and while it is open who should go now.
#[derive(Serialize, ToSchema)]
pub(super) struct IncidentWithProposal {
    pub incident: IncidentBody,
    /// None once the incident is closed.
    #[schema(required)]
    pub proposal: Option<ProposalBody>,
}

impl IncidentBody {
    /// An incident as it is written.
    ///
    /// # Errors
    ///
    /// For a place that the datum does not cover.
    pub fn new(snapshot: &Snapshot, incident: &Incident, datum: &Converter) -> Result<Self, Fault> {
        let first = incident.first_arrival();
        let standard = snapshot.region.settings.responders.arrival;
        let what = &incident.what;
        Ok(Self {
            id: incident.id.0,
            region: incident.region.clone(),
            datum: datum.datum().to_string(),
            kind: names::of_incident(what.kind),
            at: position(datum, what.at)?,
            village: what.village.as_ref().map(|id| id.as_str().to_owned()),
            note: what.note.as_ref().map(|note| note.as_str().to_owned()),
            state: match incident.closed_at {
                None => "open",
                Some(_) => "closed",
            },
            opened_at: clock::text(incident.opened_at),
            opened_by: incident.opened_by.clone(),
            closed_at: incident.closed_at.map(clock::text),
            first_arrival_s: first.map(Seconds::tenths),
            in_time: first.map(|first| first <= standard),
            sent: incident.sent.iter().map(SendingBody::new).collect(),
        })
    }
}

impl SendingBody {
    /// A sending as it is written.
    pub fn new(sent: &Sending) -> Self {
        let task = &sent.task;
        Self {
            id: sent.id.0,
            role: names::of_role(task.role()),
            responder: task.responder().map(|id| id.as_str().to_owned()),
            equipment: task.equipment().map(|id| id.as_str().to_owned()),
            expected_s: task.expected().map(Seconds::tenths),
            sent_at: clock::text(sent.sent_at),
            arrived_at: sent.arrived_at.map(clock::text),
        }
    }
}

impl ProposalBody {
    /// A proposal for a place as it is written.
    ///
    /// # Errors
    ///
    /// For a place that the datum does not cover.
    pub fn new(
        snapshot: &Snapshot,
        crew: &Crew,
        (proposal, at): (&Proposal, LonLat),
        shape: &Shape,
    ) -> Result<Self, Fault> {
        let standard = snapshot.region.settings.responders.arrival;
        let first = proposal.first_arrival();
        let body = |comer: &Option<Comer>| -> Result<Option<ComerBody>, Fault> {
            let comer = comer.as_ref();
            comer
                .map(|comer| comer_body(snapshot, crew, (comer, at), Whom::All, shape))
                .transpose()
        };
        Ok(Self {
            standard_s: standard.tenths(),
            first_arrival_s: first.map(Seconds::tenths),
            in_time: first.map(|first| first <= standard),
            straight: body(&proposal.straight)?,
            fetch: body(&proposal.fetch)?,
            station: body(&proposal.station)?,
        })
    }
}

/// Where a page of incidents ends, as the address of the next one has it.
pub(super) fn mark_of(incident: &Incident) -> String {
    format!("{}-{}", incident.opened_at.ms, incident.id.0)
}

/// The end of the page before, read from an address.
pub(super) fn read_mark(text: &str) -> Option<(Moment, i64)> {
    let (ms, id) = text.split_once('-')?;
    Some((
        Moment {
            ms: ms.parse().ok()?,
        },
        id.parse().ok()?,
    ))
}
