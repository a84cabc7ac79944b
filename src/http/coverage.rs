//! Coverage: how much bank is within reach, in all, by village or by water body.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::coverage::CoverageQuestion;
use crate::app::coverage::CoverageReport;
use crate::app::names;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::told;
use crate::http::ask::Caller;
use crate::http::ask::ask_region;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Bounds;
use crate::http::geojson::Position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;

/// How much bank is within reach.
#[derive(Serialize, ToSchema)]
pub(super) struct CoverageBody {
    region: String,
    /// The snapshot that was asked.
    version: u64,
    #[schema(value_type = words::DatumName)]
    datum: &'static str,
    /// A bank that is no farther than this along the ground is covered, meters.
    limit_m: f64,
    /// The kinds that count.
    #[schema(value_type = Vec<words::Kind>)]
    kinds: Vec<&'static str>,
    /// All bank, meters.
    bank_m: f64,
    /// Covered bank, meters.
    covered_m: f64,
    /// From 0 to 1.
    covered_share: f64,
    /// How many gaps there are.
    gaps: usize,
    /// `village` or `water_body`, if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<words::CoveredBy>)]
    by: Option<&'static str>,
    /// The longest uncovered bank first.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<Row>>,
    /// Banks in no village.
    #[serde(skip_serializing_if = "Option::is_none")]
    elsewhere: Option<Elsewhere>,
}

/// One village or water body.
#[derive(Serialize, ToSchema)]
struct Row {
    id: String,
    #[schema(required)]
    name: Option<String>,
    /// A village's official code, where it is known.
    #[schema(required)]
    code: Option<String>,
    /// A water body's kind.
    #[schema(required, value_type = Option<words::Water>)]
    kind: Option<&'static str>,
    /// A water body's risk grade, 1 (low) to 4 (highest).
    #[schema(required)]
    risk: Option<u8>,
    /// Bank, meters.
    bank_m: f64,
    /// Covered bank, meters.
    covered_m: f64,
    gaps: usize,
    /// How many pieces of the kinds that count stand in the village, in any condition; of a water body it is not counted.
    #[schema(required)]
    equipment: Option<usize>,
    /// West, south, east, north, degrees (WGS-84).
    #[schema(required)]
    bounds: Option<Bounds>,
    /// A point inside the village.
    #[schema(required)]
    center: Option<Position>,
}

/// Banks in no village.
#[derive(Serialize, ToSchema)]
struct Elsewhere {
    /// Meters.
    bank_m: f64,
    /// Meters.
    covered_m: f64,
    gaps: usize,
}

/// By what coverage is told apart.
#[derive(Clone, Copy)]
enum By {
    Village,
    WaterBody,
}

/// How much bank is within reach of equipment, on foot along the ground.
#[utoipa::path(get, path = "/api/v1/regions/{r}/coverage", tag = "coverage",
    params(parameters::Region, parameters::By, parameters::Kinds, parameters::LimitM, parameters::Counted),
    responses((status = 200, body = CoverageBody, description = "How much bank is within reach.", headers(("etag" = String, description = "For if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn coverage(
    caller: Caller,
    Address(id): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let known = ["by", "kind", "limit_m", "condition"];
    let asked = Parameters::new(query.as_deref(), &known)?;
    let by = asked.word(
        "by",
        &[("village", By::Village), ("water_body", By::WaterBody)],
    )?;
    let (kinds, limit, counting) = (asked.kinds()?, asked.limit()?, asked.counting()?);
    ask_region(&caller, &id, move |snapshot| {
        let limit = limit.unwrap_or(snapshot.region.settings.reach.target);
        let report = snapshot.coverage(&CoverageQuestion::new(&kinds, limit, counting));
        Ok(body(snapshot, &report, by))
    })
    .await
}

fn body(snapshot: &Snapshot, report: &CoverageReport, by: Option<By>) -> CoverageBody {
    let rows = by.map(|by| match by {
        By::Village => villages(snapshot, report),
        By::WaterBody => water_bodies(snapshot, report),
    });
    let kinds = report.question.kinds().iter();
    CoverageBody {
        region: snapshot.region.settings.id.as_str().to_owned(),
        version: snapshot.version,
        datum: "wgs84",
        limit_m: report.question.limit().0,
        kinds: kinds.map(|&kind| names::of_equipment(kind)).collect(),
        bank_m: report.bank_m,
        covered_m: report.covered_m,
        covered_share: report.covered_share,
        gaps: report.gaps.len(),
        by: by.map(|by| match by {
            By::Village => "village",
            By::WaterBody => "water_body",
        }),
        elsewhere: rows.is_some().then_some(Elsewhere {
            bank_m: report.elsewhere.bank_m,
            covered_m: report.elsewhere.covered_m,
            gaps: report.elsewhere.gaps,
        }),
        rows,
    }
}

fn villages(snapshot: &Snapshot, report: &CoverageReport) -> Vec<Row> {
    let n_pieces = snapshot.pieces_by_village(report.question.kinds());
    let rows = report.villages.iter();
    rows.map(|row| {
        let village = snapshot.village(&row.id).ok();
        let code = village.and_then(|index| snapshot.region.ground.villages[index].code.clone());
        Row {
            id: row.id.clone(),
            name: Some(row.name.clone()),
            code,
            kind: None,
            risk: None,
            bank_m: row.bank_m,
            covered_m: row.covered_m,
            gaps: row.gaps,
            equipment: village.map(|index| n_pieces[index]),
            center: village.and_then(|index| center(snapshot, index)),
            bounds: village.and_then(|index| snapshot.base.bounds.villages[index].map(Bounds)),
        }
    })
    .collect()
}

fn water_bodies(snapshot: &Snapshot, report: &CoverageReport) -> Vec<Row> {
    let rows = report.water_bodies.iter();
    rows.map(|row| Row {
        id: row.id.clone(),
        name: row.name.clone(),
        code: None,
        kind: Some(names::of_water(row.kind)),
        risk: Some(row.risk),
        bank_m: row.bank_m,
        covered_m: row.covered_m,
        gaps: row.gaps,
        equipment: None,
        center: None,
        bounds: snapshot
            .water_body(&row.id)
            .ok()
            .and_then(|index| snapshot.base.bounds.water_bodies[index].map(Bounds)),
    })
    .collect()
}

fn center(snapshot: &Snapshot, village: usize) -> Option<Position> {
    let center = snapshot.base.village_centers[village]?;
    Some(Position([told(center.lon()), told(center.lat())]))
}
