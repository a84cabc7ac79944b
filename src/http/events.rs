//! What happens to a region, told to every page that listens.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::RawQuery;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::response::sse::Event as Told;
use axum::response::sse::KeepAlive;
use axum::response::sse::Sse;
use futures_util::Stream;
use futures_util::stream;
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use utoipa::ToSchema;

use crate::app::names;
use crate::app::regions::Event;
use crate::app::regions::News;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::http::service::Service;

/// A line that says nothing is sent this often, so that nobody between takes the silence for the end.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// What an event says.
#[derive(Serialize, ToSchema)]
pub(super) struct EventBody {
    /// The region's id.
    region: String,
    /// The version of its newest snapshot.
    version: u64,
}

/// What the event `report` says; nothing of who has made it.
#[derive(Serialize, ToSchema)]
pub(super) struct ReportEventBody {
    #[serde(flatten)]
    of: EventBody,
    /// The report's number.
    id: i64,
    #[schema(value_type = words::Seen)]
    kind: &'static str,
    #[schema(value_type = words::ReportStateName)]
    state: &'static str,
}

/// What the event `job` says.
#[derive(Serialize, ToSchema)]
pub(super) struct JobEventBody {
    #[serde(flatten)]
    of: EventBody,
    /// The search's id.
    id: String,
    #[schema(value_type = words::JobStateName)]
    state: &'static str,
}

/// One page that listens; its place is free again when it goes.
struct Listening {
    region: String,
    events: Receiver<Event>,
    stopping: watch::Receiver<bool>,
    /// Told, but not yet sent.
    next: VecDeque<Told>,
    _place: OwnedSemaphorePermit,
}

/// Server-sent events: `coverage`, `equipment`, `crossings`, `water_bodies`, `rescue_points`, `settings`, `report`, `incidents`, `notices`, `responders` and `job`, each with the region's newest version; `report` also with number, kind and state, `job` with the search and how far it is.
#[utoipa::path(get, path = "/api/v1/regions/{r}/events", tag = "events",
    params(parameters::Region),
    responses((status = 200, content_type = "text/event-stream", body = String, description = "Events for as long as anybody listens; the data of each is an EventBody, of `report` a ReportEventBody, of `job` a JobEventBody.")))]
pub(super) async fn events(
    State(service): State<Service>,
    Address(id): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let parts = service.parts();
    let region = parts.regions.slot(&id)?.id.clone();
    let place = parts.streams.clone().try_acquire_owned();
    let listening = Listening {
        region,
        events: parts.events.subscribe(),
        stopping: parts.stopping.subscribe(),
        next: VecDeque::new(),
        _place: place.map_err(|_| Fault::Busy)?,
    };
    let alive = KeepAlive::new().interval(SIGN_OF_LIFE);
    Ok(Sse::new(told(listening)).keep_alive(alive).into_response())
}

fn told(listening: Listening) -> impl Stream<Item = Result<Told, Infallible>> {
    stream::unfold(listening, |mut listening| async {
        let told = listening.next().await?;
        Some((Ok(told), listening))
    })
}

impl Listening {
    /// What is told next; nothing once the service stops.
    async fn next(&mut self) -> Option<Told> {
        if let Some(next) = self.next.pop_front() {
            return Some(next);
        }
        loop {
            let event = tokio::select! {
                event = self.events.recv() => event,
                _ = self.stopping.wait_for(|stops| *stops) => return None,
            };
            match event {
                Ok(event) if event.region == self.region => {
                    let names: &[&str] = match event.news {
                        News::Loaded => &[
                            "coverage",
                            "equipment",
                            "crossings",
                            "water_bodies",
                            "rescue_points",
                        ],
                        News::Equipment => &["coverage", "equipment"],
                        News::Crossings => &["coverage", "crossings"],
                        News::WaterBodies => &["coverage", "water_bodies"],
                        News::Settings => &["coverage", "settings"],
                        News::RescuePoints => &["rescue_points"],
                        News::Report { .. } => &["report"],
                        News::Incidents => &["incidents"],
                        News::Notices => &["notices"],
                        News::Patrols => &["patrol"],
                        News::Responders => &["responders"],
                        News::Job { .. } => &["job"],
                    };
                    let told = names.iter().map(|name| told_as(name, &event));
                    self.next.extend(told);
                    return self.next.pop_front();
                }
                // Of another region; or some were missed, and the next one has the newest version anyhow.
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

fn told_as(name: &str, event: &Event) -> Told {
    let body = EventBody {
        region: event.region.clone(),
        version: event.version,
    };
    let told = Told::default().event(name);
    // A region's id, words and numbers can always be written.
    if let News::Report { id, kind, state } = event.news {
        let body = ReportEventBody {
            of: body,
            id: id.0,
            kind: names::of_report(kind),
            state: names::of_report_state(state),
        };
        return told.json_data(body).unwrap_or_default();
    }
    if let News::Job { id, state } = event.news {
        let body = JobEventBody {
            of: body,
            id: id.to_string(),
            state: names::of_job_state(state),
        };
        return told.json_data(body).unwrap_or_default();
    }
    told.json_data(body).unwrap_or_default()
}
