//! Water bodies: what water there is and how risky it is, graded by whoever keeps the region.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::names;
use crate::app::snapshot::Snapshot;
use crate::http::ask::Caller;
use crate::http::ask::ask_changed;
use crate::http::ask::ask_region;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::register_parameters;
use crate::http::described::words;
use crate::http::four_ones::FourOnesBody;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::http::validator::Seen;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;

/// So many water bodies come on a page at most.
pub(super) const MOST_WATERS: usize = 5_000;

/// So many come unless another number is asked for.
const USUAL_WATERS: usize = 1_000;

/// A page of water bodies.
#[derive(Serialize, ToSchema)]
pub(super) struct WaterBodiesBody {
    region: String,
    /// The snapshot that was asked.
    version: u64,
    /// How many there are on all pages.
    total: usize,
    /// By id.
    water_bodies: Vec<WaterBodyBody>,
    /// Where the next page is, if there is one.
    #[schema(required)]
    next: Option<String>,
}

/// What is known of a water body.
#[derive(Serialize, ToSchema)]
pub(super) struct WaterBodyBody {
    #[schema(example = "w018")]
    id: String,
    #[schema(required)]
    name: Option<String>,
    #[schema(value_type = words::Water)]
    kind: &'static str,
    /// Its risk grade, 1 (low) to 4 (highest).
    risk: u8,
    /// The same as the region's file says it.
    mapped_risk: u8,
    /// Bank, meters.
    bank_m: f64,
    /// How many rescue points are at it.
    rescue_points: usize,
    /// Those of them at which all of 四个一 can be used.
    complete_rescue_points: usize,
    /// What there is on its banks and at its rescue points.
    #[serde(flatten)]
    four: FourOnesBody,
}

/// What is said of a water body.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WaterBodyRequest {
    /// Its risk grade, 1 (low) to 4 (highest).
    #[schema(minimum = 1, maximum = 4)]
    risk: i64,
}

/// The water bodies of a region, with their risk grades.
#[utoipa::path(get, path = "/api/v1/regions/{r}/water-bodies", tag = "waters",
    params(parameters::Region, register_parameters::WaterBodiesAPage, register_parameters::AfterWaterBody),
    responses((status = 200, body = WaterBodiesBody, description = "A page of water bodies.", headers(("etag" = String, description = "For if-match and if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn water_bodies(
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["limit", "after"])?;
    let limit = asked
        .number("limit", &(1..=MOST_WATERS))?
        .unwrap_or(USUAL_WATERS);
    let after = asked.text("after").map(str::to_owned);
    ask_region(&caller, &region, move |snapshot| {
        let all = snapshot.water_bodies_by_id();
        let bodies = &snapshot.region.ground.water_bodies;
        let is_before = |index: &usize| {
            let after = after.as_deref();
            after.is_some_and(|after| bodies[*index].id.as_str() <= after)
        };
        let first = all.partition_point(is_before);
        let page = &all[first..all.len().min(first + limit)];
        let last = page.last().filter(|_| first + limit < all.len());
        let next = last.map(|&last| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("limit", &limit.to_string());
            query.append_pair("after", &bodies[last].id);
            let region = snapshot.region.settings.id.as_str();
            format!("/api/v1/regions/{region}/water-bodies?{}", query.finish())
        });
        let rows = page.iter().map(|&index| row(snapshot, index));
        Ok(WaterBodiesBody {
            region: snapshot.region.settings.id.as_str().to_owned(),
            version: snapshot.version,
            total: all.len(),
            water_bodies: rows.collect(),
            next,
        })
    })
    .await
}

/// One water body.
#[utoipa::path(get, path = "/api/v1/regions/{r}/water-bodies/{id}", tag = "waters",
    params(parameters::Region, register_parameters::WaterBodyId),
    responses((status = 200, body = WaterBodyBody, description = "The water body.", headers(("etag" = String, description = "For if-match and if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn water_body(
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask_region(&caller, &region, move |snapshot| one(snapshot, &id)).await
}

/// Gives a water body a risk grade, and keeps it so: coverage and gaps follow at once.
#[utoipa::path(patch, path = "/api/v1/regions/{r}/water-bodies/{id}", tag = "waters",
    params(parameters::Region, register_parameters::WaterBodyId, parameters::IfMatch),
    request_body = WaterBodyRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = WaterBodyBody, description = "As it is now.", headers(("etag" = String, description = "Of the region as it is now.")))))]
pub(super) async fn set_risk(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<WaterBodyRequest>,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let risk = grade(asked.risk)?;
    ask_changed(&caller, move |regions| {
        let is_seen = |before: &Snapshot| seen.is(before);
        let after = regions.set_risk(&planner.who(), &region, &id, risk, is_seen)?;
        let graded = one(&after, &id)?;
        Ok((after, graded))
    })
    .await
}

fn grade(risk: i64) -> Result<u8, Fault> {
    let grade = u8::try_from(risk).ok();
    let grade = grade.filter(|grade| (1..=4).contains(grade));
    grade.ok_or_else(|| {
        let risk = shown(&risk.to_string());
        bad(
            "risk",
            format!("risk is {risk}; give a grade from 1 (low) to 4 (highest)"),
        )
    })
}

fn one(snapshot: &Snapshot, id: &str) -> Result<WaterBodyBody, Fault> {
    let index = snapshot.water_body(id)?;
    Ok(row(snapshot, index))
}

fn row(snapshot: &Snapshot, index: usize) -> WaterBodyBody {
    let body = &snapshot.region.ground.water_bodies[index];
    let there = snapshot.at_waters()[index];
    WaterBodyBody {
        id: body.id.clone(),
        name: body.name.clone(),
        kind: names::of_water(body.kind),
        risk: snapshot.region.risk(index),
        mapped_risk: body.risk,
        bank_m: there.bank.tenths(),
        rescue_points: there.n_points,
        complete_rescue_points: there.n_complete,
        four: FourOnesBody::from(there.four),
    }
}
