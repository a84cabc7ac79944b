//! Codes: the piece that a code which was read out belongs to, and what else is near it.

use std::str::FromStr;
use std::sync::Arc;

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::names;
use crate::app::nearest::NearestPiece;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::geometry::converter::Converter;
use crate::geometry::lon_lat::LonLat;
use crate::http::ask::Caller;
use crate::http::ask::ask_json;
use crate::http::ask::ask_of_some_region;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::geojson::position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::model::code::Code;

/// The piece that has a code.
#[derive(Serialize, ToSchema)]
pub(super) struct CodeBody {
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    /// As it is printed.
    #[schema(example = "LI-0173-K")]
    code: String,
    /// The region's id.
    region: String,
    piece: CodedPiece,
    /// For a caller who says where they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    near: Option<NearBody>,
}

/// A piece as it is found by its code.
#[derive(Serialize, ToSchema)]
struct CodedPiece {
    id: String,
    /// `pole`, `ring`, `rope`, `board`, `jacket`, `aed` or `other`.
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    /// `usable`, `damaged`, `missing` or `unverified`.
    #[schema(value_type = words::PieceCondition)]
    condition: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    at: Position,
    /// The villages that it stands in; none where no village is mapped.
    villages: Vec<VillageName>,
    /// Made up for demonstration, which must be said.
    illustrative: bool,
}

/// A village by its id and its name.
#[derive(Serialize, ToSchema)]
struct VillageName {
    id: String,
    name: String,
}

/// What else is near a piece.
#[derive(Serialize, ToSchema)]
struct NearBody {
    /// From the caller to the piece as the crow flies, meters; large where the caller stands beside another piece.
    straight_m: f64,
    /// The other usable poles, rings and ropes that are nearest on foot, from the piece; at most three.
    results: Vec<OtherPiece>,
}

/// Another piece that somebody can walk to.
#[derive(Serialize, ToSchema)]
struct OtherPiece {
    id: String,
    #[schema(example = "LI-0173-K")]
    code: String,
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    #[schema(value_type = words::PieceCondition)]
    condition: &'static str,
    at: Position,
    /// The walk: effective meters, which count what is underfoot.
    walk_m: f64,
    /// For information only, never for order.
    straight_m: f64,
    /// At the region's running speed.
    run_s: f64,
    /// The ids of the crossings on the way.
    crossings: Vec<String>,
}

/// The piece that has a code, however it is written: small letters, spaces, full-width signs; with a place, what else is near.
#[utoipa::path(get, path = "/api/v1/codes/{code}", tag = "equipment",
    params(parameters::PieceCode, parameters::CallerLon, parameters::CallerLat, parameters::Datum),
    responses((status = 200, body = CodeBody, description = "The piece.", headers(("etag" = String, description = "For if-none-match; not where a place is given."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn code(
    caller: Caller,
    Address(text): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["lon", "lat", "datum"])?;
    let datum = asked.datum()?;
    let is_beside = ["lon", "lat"].iter().any(|name| asked.text(name).is_some());
    let beside = is_beside.then(|| asked.place(&datum)).transpose()?;
    let code = Code::from_str(&text)?;
    match beside {
        // Where somebody is is nobody else's business, a cache's neither.
        Some(from) => {
            ask_json(&caller, move |regions| {
                let (snapshot, mut body) = coded(regions, &code, &datum)?;
                body.near = Some(near(&snapshot, &body.piece.id, from, &datum)?);
                Ok(body)
            })
            .await
        }
        None => ask_of_some_region(&caller, move |regions| coded(regions, &code, &datum)).await,
    }
}

fn coded(
    regions: &Regions,
    code: &Code,
    datum: &Converter,
) -> Result<(Arc<Snapshot>, CodeBody), Fault> {
    let (snapshot, index) = regions.coded(code)?;
    let body = CodeBody {
        datum: datum.datum().to_string(),
        code: code.to_string(),
        region: snapshot.region.settings.id.as_str().to_owned(),
        piece: piece(&snapshot, index, datum)?,
        near: None,
    };
    Ok((snapshot, body))
}

fn piece(snapshot: &Snapshot, index: usize, datum: &Converter) -> Result<CodedPiece, Fault> {
    let piece = &snapshot.region.equipment[index];
    let villages = snapshot.villages_of(index).map(|village| VillageName {
        id: village.id.clone(),
        name: village.name.clone(),
    });
    Ok(CodedPiece {
        id: piece.id.clone(),
        kind: names::of_equipment(piece.kind),
        condition: names::of_condition(piece.condition),
        name: piece.name.clone(),
        at: position(datum, piece.at)?,
        villages: villages.collect(),
        illustrative: piece.is_illustrative,
    })
}

/// The other pieces, from where this one stands: the caller's own place may be off by more than the piece's.
fn near(snapshot: &Snapshot, id: &str, from: LonLat, datum: &Converter) -> Result<NearBody, Fault> {
    let index = snapshot.region.piece(id)?;
    let at = snapshot.region.equipment[index as usize].at;
    let straight = snapshot.region.ground.plane.distance(from, at);
    let others = snapshot.others_near(index as usize)?;
    Ok(NearBody {
        straight_m: straight.tenths(),
        results: others
            .iter()
            .map(|found| other(snapshot, found, datum))
            .collect::<Result<_, _>>()?,
    })
}

fn other(
    snapshot: &Snapshot,
    found: &NearestPiece,
    datum: &Converter,
) -> Result<OtherPiece, Fault> {
    let piece = &snapshot.region.equipment[found.piece as usize];
    Ok(OtherPiece {
        id: piece.id.clone(),
        code: snapshot.code(found.piece as usize).to_string(),
        kind: names::of_equipment(piece.kind),
        condition: names::of_condition(piece.condition),
        at: position(datum, piece.at)?,
        walk_m: found.walk.tenths(),
        straight_m: found.straight.tenths(),
        run_s: found.run.tenths(),
        crossings: snapshot
            .crossing_ids(&found.crossings)
            .map(str::to_owned)
            .collect(),
    })
}
