//! Crossings: the only ways over water, as they are mapped and as they are now; closed and opened by whoever keeps them.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::fault::Fault as Unanswered;
use crate::app::names;
use crate::app::snapshot::Snapshot;
use crate::geometry::converter::Converter;
use crate::geometry::datum::DatumError;
use crate::http::ask::Caller;
use crate::http::ask::ask_changed;
use crate::http::ask::ask_region;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Collection;
use crate::http::geojson::Feature;
use crate::http::geojson::Geometry;
use crate::http::geojson::position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::http::validator::Seen;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::crossing::CrossingState;

/// The crossings of a region.
#[derive(Serialize, ToSchema)]
pub(super) struct CrossingsBody {
    #[serde(flatten)]
    collection: Collection<CrossingProperties>,
    /// The snapshot that was asked.
    version: u64,
    /// How many there are.
    total: usize,
}

/// What is known of a crossing.
#[derive(Serialize, ToSchema)]
pub(super) struct CrossingProperties {
    #[schema(example = "bridge-w4711")]
    id: String,
    /// `bridge`, `culvert`, `tunnel`, `weir`, `dam`, `lock_gate`, `ford`, `ferry` or `unbridged`.
    #[schema(value_type = words::Crossing)]
    kind: &'static str,
    #[schema(required)]
    name: Option<String>,
    /// Whether people can cross now: `open` or `closed`.
    #[schema(value_type = words::Passage)]
    state: &'static str,
    /// The same as the map says it.
    #[schema(value_type = words::Passage)]
    mapped_state: &'static str,
    /// How much of it lies over water, meters.
    over_water_m: f64,
}

/// What becomes of a crossing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CrossingRequest {
    state: StateRequest,
}

/// Whether people can cross.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StateRequest {
    /// They can.
    Open,
    /// Nobody can.
    Closed,
}

/// The crossings of a region, as GeoJSON: a point in the middle of each.
#[utoipa::path(get, path = "/api/v1/regions/{r}/crossings", tag = "crossings",
    params(parameters::Region, parameters::Passage, parameters::Datum),
    responses((status = 200, body = CrossingsBody, description = "The crossings.", headers(("etag" = String, description = "For if-match and if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn crossings(
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["state", "datum"])?;
    let states = [
        ("open", CrossingState::Open),
        ("closed", CrossingState::Closed),
    ];
    let state = asked.word("state", &states)?;
    let datum = asked.datum()?;
    ask_region(&caller, &region, move |snapshot| {
        let region = &snapshot.region;
        let is_asked =
            |&crossing: &usize| state.is_none_or(|state| region.crossing_state(crossing) == state);
        let found = (0..region.ground.crossings.len()).filter(is_asked);
        let features = found.map(|crossing| feature(snapshot, crossing, &datum));
        let features: Vec<_> = features.collect::<Result<_, _>>()?;
        Ok(CrossingsBody {
            version: snapshot.version,
            total: features.len(),
            collection: Collection::new(&datum, features),
        })
    })
    .await
}

/// One crossing, as GeoJSON.
#[utoipa::path(get, path = "/api/v1/regions/{r}/crossings/{id}", tag = "crossings",
    params(parameters::Region, parameters::CrossingId, parameters::Datum),
    responses((status = 200, body = Feature<CrossingProperties>, description = "The crossing.", headers(("etag" = String, description = "For if-match and if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn crossing(
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    ask_region(&caller, &region, move |snapshot| {
        feature(snapshot, snapshot.region.crossing(&id)?, &datum)
    })
    .await
}

/// Opens or closes a crossing, and keeps it so: what is reached, what is nearest and the map follow at once.
#[utoipa::path(patch, path = "/api/v1/regions/{r}/crossings/{id}", tag = "crossings",
    params(parameters::Region, parameters::CrossingId, parameters::IfMatch, parameters::Datum),
    request_body = CrossingRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = Feature<CrossingProperties>, description = "As it is now.", headers(("etag" = String, description = "Of the region as it is now.")))))]
pub(super) async fn set_crossing(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<CrossingRequest>,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let state = match asked.state {
        StateRequest::Open => CrossingState::Open,
        StateRequest::Closed => CrossingState::Closed,
    };
    ask_changed(&caller, move |regions| {
        let is_seen = |before: &Snapshot| seen.is(before);
        let after = regions.set_crossing(&planner.who(), &region, &id, state, is_seen)?;
        let changed = feature(&after, after.region.crossing(&id)?, &datum)?;
        Ok((after, changed))
    })
    .await
}

fn feature(
    snapshot: &Snapshot,
    index: usize,
    datum: &Converter,
) -> Result<Feature<CrossingProperties>, Fault> {
    let ground = &snapshot.region.ground;
    let crossing = &ground.crossings[index];
    let at = ground.plane.to_lon_lat(crossing.at.coord());
    let at = at.map_err(|fault| Unanswered::Datum(DatumError::NotOnEarth(fault)))?;
    let properties = CrossingProperties {
        id: crossing.id.clone(),
        kind: names::of_crossing(crossing.kind),
        name: crossing.name.clone(),
        state: names::of_state(snapshot.region.crossing_state(index)),
        mapped_state: names::of_state(crossing.state),
        over_water_m: (crossing.over_water.0 * 10.0).round() / 10.0,
    };
    let at = Geometry::Point(position(datum, at)?);
    Ok(Feature::new(Some(crossing.id.clone()), at, properties))
}
