//! A month of incidents, village by village, as it is written.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::clock;
use crate::app::incident_summary::Figures;
use crate::app::snapshot::Snapshot;
use crate::http::ask::Caller;
use crate::http::ask::ask_json;
use crate::http::described::parameters;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::visitor::Dispatcher;
use crate::http::visitor::Holder;
use crate::units::Seconds;

/// A month of incidents.
#[derive(Serialize, ToSchema)]
pub(super) struct SummaryBody {
    region: String,
    #[schema(example = "2026-11")]
    month: String,
    /// The place's own standard for the first arrival, seconds.
    #[schema(example = 300.0)]
    standard_s: f64,
    total: FiguresBody,
    /// Those in which there was an incident, by id; the last may be none: what lies in no village.
    villages: Vec<VillageFigures>,
}

/// Figures of some incidents.
#[derive(Serialize, ToSchema)]
struct FiguresBody {
    incidents: usize,
    /// Where somebody who was sent has arrived.
    arrived: usize,
    /// Where the first was there within the standard; just as long is.
    in_time: usize,
    /// The middle of the times from the call until the first arrived; none where nobody has.
    #[schema(required)]
    median_first_arrival_s: Option<f64>,
}

/// Figures of a village.
#[derive(Serialize, ToSchema)]
struct VillageFigures {
    #[schema(required)]
    village: Option<String>,
    /// As the region names it now.
    #[schema(required)]
    name: Option<String>,
    #[serde(flatten)]
    figures: FiguresBody,
}

/// The incidents of a month by the region's clock, and how soon somebody was there, by village.
#[utoipa::path(get, path = "/api/v1/regions/{r}/incidents/summary", tag = "incidents",
    params(parameters::Region, parameters::Month),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = SummaryBody, description = "The month.")))]
pub(super) async fn incident_summary(
    _: Holder<Dispatcher>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["month"])?;
    let text = asked.text("month").unwrap_or_default().to_owned();
    let month = read(&text).ok_or_else(|| wrong(&text))?;
    ask_json(&caller, move |regions| {
        let snapshot = regions.snapshot(&region)?;
        let settings = &snapshot.region.settings;
        let bounds = clock::month(&settings.time_zone, month.0, month.1);
        let bounds = bounds.ok_or_else(|| wrong(&text))?;
        let summary = regions.incident_summary(&snapshot, bounds)?;
        let mut villages: Vec<_> = summary.villages.into_iter().collect();
        villages.sort_by_key(|(village, _)| village.is_none());
        Ok(SummaryBody {
            standard_s: settings.responders.arrival.tenths(),
            total: figures(&summary.total),
            villages: villages
                .into_iter()
                .map(|(village, of_village)| VillageFigures {
                    name: village.as_deref().and_then(|id| name_of(&snapshot, id)),
                    village,
                    figures: figures(&of_village),
                })
                .collect(),
            region,
            month: text,
        })
    })
    .await
}

fn figures(figures: &Figures) -> FiguresBody {
    FiguresBody {
        incidents: figures.n_incidents,
        arrived: figures.first_arrivals.len(),
        in_time: figures.n_in_time,
        median_first_arrival_s: figures.middle().map(Seconds::tenths),
    }
}

fn name_of(snapshot: &Snapshot, village: &str) -> Option<String> {
    let index = snapshot.village(village).ok()?;
    let village = &snapshot.region.ground.villages[index];
    Some(village.name.clone())
}

/// A year and a number from 1 to 12, from a text like `2026-11`.
fn read(text: &str) -> Option<(i16, i8)> {
    let (year, month) = text.split_once('-')?;
    let is_number =
        |part: &str, n: usize| part.len() == n && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(year, 4) || !is_number(month, 2) {
        return None;
    }
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    ((1970..=9000).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}

fn wrong(text: &str) -> Fault {
    let detail = match text {
        "" => "month is missing; give one like 2026-11".to_owned(),
        text => format!("month is {}; give one like 2026-11", shown(text)),
    };
    bad("month", detail)
}
