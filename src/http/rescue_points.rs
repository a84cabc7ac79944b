//! Rescue points: where equipment stands together, and what is there of 四个一; made and edited by whoever keeps the region.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Deserialize;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::snapshot::Snapshot;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask_changed;
use crate::http::ask::ask_created;
use crate::http::ask::ask_gone;
use crate::http::ask::ask_region;
use crate::http::body::JsonBody;
use crate::http::described::parameters;
use crate::http::described::register_parameters;
use crate::http::four_ones::FourOnesBody;
use crate::http::geojson::Collection;
use crate::http::geojson::Feature;
use crate::http::geojson::Geometry;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::parameters::place;
use crate::http::problem::Fault;
use crate::http::register::name;
use crate::http::register::note;
use crate::http::validator::Seen;
use crate::http::visitor::Holder;
use crate::http::visitor::Planner;
use crate::model::rescue_point::MOST_PIECES;
use crate::model::rescue_point::PointEdit;
use crate::model::said::Said;

/// The rescue points of a region.
#[derive(Serialize, ToSchema)]
pub(super) struct RescuePointsBody {
    #[serde(flatten)]
    collection: Collection<PointProperties>,
    /// The snapshot that was asked.
    version: u64,
    /// How many there are.
    total: usize,
    /// Those of them at which all of 四个一 can be used.
    complete: usize,
}

/// What is known of a rescue point.
#[derive(Serialize, ToSchema)]
pub(super) struct PointProperties {
    #[schema(example = "rescue-point-1")]
    id: String,
    name: String,
    #[schema(required)]
    note: Option<String>,
    /// The ids of its pieces.
    pieces: Vec<String>,
    /// Those of them that are not in the register any more.
    gone: Vec<String>,
    /// The id of the water body that it is at; none if the map has no bank within 50 m any more.
    #[schema(required)]
    water_body: Option<String>,
    /// The id of the village that it lies in.
    #[schema(required)]
    village: Option<String>,
    #[serde(flatten)]
    four: FourOnesBody,
}

/// A rescue point that is made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPointRequest {
    /// What people call it.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Where it is: within 50 m of a bank.
    at: Position,
    /// A remark.
    #[schema(min_length = 1, max_length = 2000)]
    note: Option<String>,
    /// The ids of its pieces, each at no other rescue point; those that stand within 15 m, unless they are given.
    #[schema(max_items = 50)]
    pieces: Option<Vec<String>>,
}

/// What is said of a rescue point; what is left out stays as it is, and null takes away the note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PointRequest {
    /// What people call it.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// Where it is: within 50 m of a bank.
    at: Option<Position>,
    /// A remark.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 2000)]
    note: Said<String>,
    /// The ids of all of its pieces, each at no other rescue point.
    #[schema(max_items = 50)]
    pieces: Option<Vec<String>>,
}

/// The rescue points of a region, as GeoJSON, with what is there of 四个一.
#[utoipa::path(get, path = "/api/v1/regions/{r}/rescue-points", tag = "rescue points",
    params(parameters::Region, parameters::WaterBody, register_parameters::Complete, parameters::Datum),
    responses((status = 200, body = RescuePointsBody, description = "The rescue points.", headers(("etag" = String, description = "For if-match and if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn rescue_points(
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["water_body", "complete", "datum"])?;
    let is_complete = asked.word("complete", &[("true", true), ("false", false)])?;
    let water = asked.text("water_body").map(str::to_owned);
    let datum = asked.datum()?;
    ask_region(&caller, &region, move |snapshot| {
        let water = water.map(|id| snapshot.water_body(&id)).transpose()?;
        let region = &snapshot.region;
        let is_asked = |index: &usize| {
            let point = &region.rescue_points[*index];
            is_complete.is_none_or(|asked| region.four_at(point).is_complete() == asked)
                && water.is_none_or(|water| region.water_at(point.at) == Some(water))
        };
        let found: Vec<usize> = (0..region.rescue_points.len()).filter(is_asked).collect();
        let four = |index: &&usize| region.four_at(&region.rescue_points[**index]);
        let complete = found.iter().filter(|index| four(index).is_complete());
        let complete = complete.count();
        let features = found.iter().map(|&index| feature(snapshot, index, &datum));
        Ok(RescuePointsBody {
            version: snapshot.version,
            total: found.len(),
            complete,
            collection: Collection::new(&datum, features.collect::<Result<_, _>>()?),
        })
    })
    .await
}

/// One rescue point, as GeoJSON.
#[utoipa::path(get, path = "/api/v1/regions/{r}/rescue-points/{id}", tag = "rescue points",
    params(parameters::Region, register_parameters::PointId, parameters::Datum),
    responses((status = 200, body = Feature<PointProperties>, description = "The rescue point.", headers(("etag" = String, description = "For if-match and if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn rescue_point(
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    ask_region(&caller, &region, move |snapshot| {
        feature(snapshot, snapshot.region.rescue_point(&id)?, &datum)
    })
    .await
}

/// Makes a rescue point of pieces that stand together on a bank.
#[utoipa::path(post, path = "/api/v1/regions/{r}/rescue-points", tag = "rescue points",
    params(parameters::Region, parameters::Datum),
    request_body = NewPointRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 201, body = Feature<PointProperties>, description = "The rescue point, with its new id.", headers(("etag" = String, description = "Of the region as it is now."), ("location" = String, description = "Where the rescue point is.")))))]
pub(super) async fn add_rescue_point(
    planner: Holder<Planner>,
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
    JsonBody(asked): JsonBody<NewPointRequest>,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let at = place(&datum, asked.at.0, "at")?;
    let edits = asked.edits()?;
    ask_created(&caller, move |regions| {
        let (after, id) = regions.add_rescue_point(&planner.who(), &region, at, &edits)?;
        let added = feature(&after, after.region.rescue_point(&id)?, &datum)?;
        let address = format!("/api/v1/regions/{region}/rescue-points/{id}");
        Ok((Some(after), address, added))
    })
    .await
}

/// Changes what is said of a rescue point: its name, its place, its pieces.
#[utoipa::path(patch, path = "/api/v1/regions/{r}/rescue-points/{id}", tag = "rescue points",
    params(parameters::Region, register_parameters::PointId, parameters::IfMatch, parameters::Datum),
    request_body = PointRequest,
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, body = Feature<PointProperties>, description = "As it is now.", headers(("etag" = String, description = "Of the region as it is now.")))))]
pub(super) async fn edit_rescue_point(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
    JsonBody(asked): JsonBody<PointRequest>,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    let edits = asked.edits(&datum)?;
    ask_changed(&caller, move |regions| {
        let is_seen = |before: &Snapshot| seen.is(before);
        let after = regions.edit_rescue_point(&planner.who(), &region, &id, &edits, is_seen)?;
        let edited = feature(&after, after.region.rescue_point(&id)?, &datum)?;
        Ok((after, edited))
    })
    .await
}

/// Gives a rescue point up for good; its pieces stay where they are.
#[utoipa::path(delete, path = "/api/v1/regions/{r}/rescue-points/{id}", tag = "rescue points",
    params(parameters::Region, register_parameters::PointId, parameters::IfMatch),
    security(("bearer" = []), ("session" = [])),
    responses((status = 204, description = "It is gone.", headers(("etag" = String, description = "Of the region as it is now.")))))]
pub(super) async fn retire_rescue_point(
    planner: Holder<Planner>,
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
    seen: Seen,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    ask_gone(&caller, move |regions| {
        let is_seen = |before: &Snapshot| seen.is(before);
        Ok(regions.retire_rescue_point(&planner.who(), &region, &id, is_seen)?)
    })
    .await
}

impl NewPointRequest {
    fn edits(&self) -> Result<Vec<PointEdit>, Fault> {
        let mut edits = vec![PointEdit::Name(name("name", &self.name)?)];
        if let Some(text) = &self.note {
            edits.push(PointEdit::Note(Some(note(text)?)));
        }
        if let Some(ids) = &self.pieces {
            edits.push(PointEdit::Pieces(pieces(ids)?));
        }
        Ok(edits)
    }
}

impl PointRequest {
    fn edits(&self, datum: &Converter) -> Result<Vec<PointEdit>, Fault> {
        let mut edits = Vec::new();
        if let Some(text) = &self.name {
            edits.push(PointEdit::Name(name("name", text)?));
        }
        if let Some(at) = self.at {
            edits.push(PointEdit::At(place(datum, at.0, "at")?));
        }
        match &self.note {
            Said::Nothing => {}
            Said::None => edits.push(PointEdit::Note(None)),
            Said::This(text) => edits.push(PointEdit::Note(Some(note(text)?))),
        }
        if let Some(ids) = &self.pieces {
            edits.push(PointEdit::Pieces(pieces(ids)?));
        }
        if edits.is_empty() {
            return Err(Fault::BadBody {
                detail: "the body changes nothing; give one or more of name, at, note, pieces"
                    .to_owned(),
            });
        }
        Ok(edits)
    }
}

/// Ids of pieces, each once and not too many.
fn pieces(ids: &[String]) -> Result<Vec<String>, Fault> {
    if MOST_PIECES < ids.len() {
        let n = ids.len();
        let detail = format!("pieces holds {n} ids; give at most {MOST_PIECES}");
        return Err(bad("pieces", detail));
    }
    let mut sorted = ids.to_vec();
    sorted.sort();
    sorted.dedup();
    if sorted.len() < ids.len() {
        return Err(bad("pieces", "pieces names one twice; name each once"));
    }
    Ok(sorted)
}

fn feature(
    snapshot: &Snapshot,
    index: usize,
    datum: &Converter,
) -> Result<Feature<PointProperties>, Fault> {
    let region = &snapshot.region;
    let point = &region.rescue_points[index];
    let water = region.water_at(point.at);
    let is_gone = |id: &&String| region.piece(id).is_err();
    let properties = PointProperties {
        id: point.id.clone(),
        name: point.name.clone(),
        note: point.note.clone(),
        pieces: point.pieces.clone(),
        gone: point.pieces.iter().filter(is_gone).cloned().collect(),
        water_body: water.map(|water| region.ground.water_bodies[water].id.clone()),
        village: snapshot.village_at(point.at).map(str::to_owned),
        four: FourOnesBody::from(region.four_at(point)),
    };
    let at = Geometry::Point(position(datum, point.at)?);
    Ok(Feature::new(Some(point.id.clone()), at, properties))
}
