//! Equipment: what stands where, in what condition.

use axum::extract::RawQuery;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::names;
use crate::app::snapshot::Snapshot;
use crate::geometry::converter::Converter;
use crate::http::ask::Caller;
use crate::http::ask::ask_region;
use crate::http::described::parameters;
use crate::http::described::words;
use crate::http::geojson::Collection;
use crate::http::geojson::Feature;
use crate::http::geojson::Geometry;
use crate::http::geojson::position;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::parameters::bad;
use crate::http::problem::Fault;
use crate::http::problem::shown;
use crate::model::equipment::Condition;

/// So many pieces come on a page at most.
pub(super) const MOST_PIECES: usize = 5_000;

/// So many come unless another number is asked for.
const USUAL_PIECES: usize = 1_000;

/// A page of equipment.
#[derive(Serialize, ToSchema)]
pub(super) struct EquipmentBody {
    #[serde(flatten)]
    collection: Collection<PieceProperties>,
    /// The snapshot that was asked.
    version: u64,
    /// How many pieces there are on all pages.
    total: usize,
    /// Where the next page is, if there is one.
    #[schema(required)]
    next: Option<String>,
}

/// What is known of a piece.
#[derive(Serialize, ToSchema)]
pub(super) struct PieceProperties {
    id: String,
    /// `pole`, `ring`, `rope`, `board`, `jacket`, `aed` or `other`.
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    /// `usable`, `damaged`, `missing` or `unverified`.
    #[schema(value_type = words::PieceCondition)]
    condition: &'static str,
    #[schema(required)]
    name: Option<String>,
    /// The village as the register says.
    #[schema(required)]
    village: Option<String>,
    /// `YYYY-MM-DD`.
    #[schema(required)]
    inspected_on: Option<String>,
    #[schema(required)]
    note: Option<String>,
    /// The code that is printed on it and read out over the telephone.
    #[schema(example = "LI-0173-K")]
    code: String,
    /// Made up for demonstration, which must be said.
    illustrative: bool,
    /// What it stands on: `land`, `bank`, `water`, `obstacle` or `outside`.
    #[schema(value_type = words::Standing)]
    on: &'static str,
    /// How far it was moved to the bank that it is taken to stand on, meters.
    moved_m: f64,
}

/// The equipment of a region, as GeoJSON.
#[utoipa::path(get, path = "/api/v1/regions/{r}/equipment", tag = "equipment",
    params(parameters::Region, parameters::OnlyKinds, parameters::Village, parameters::Condition, parameters::PiecesAPage, parameters::AfterPiece, parameters::Datum),
    responses((status = 200, body = EquipmentBody, description = "A page of equipment.", headers(("etag" = String, description = "For if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn equipment(
    caller: Caller,
    Address(region): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let known = ["kind", "village", "condition", "limit", "after", "datum"];
    let asked = Parameters::new(query.as_deref(), &known)?;
    let kinds = asked.only_kinds()?;
    let condition = condition(&asked)?;
    let village = asked.text("village").map(str::to_owned);
    let after = asked.text("after").map(str::to_owned);
    let limit = asked
        .number("limit", &(1..=MOST_PIECES))?
        .unwrap_or(USUAL_PIECES);
    let datum = asked.datum()?;
    ask_region(&caller, &region, move |snapshot| {
        let found = snapshot.pieces(kinds.as_deref(), village.as_deref(), condition)?;
        let first = start(snapshot, &found, after.as_deref())?;
        let page = &found[first..found.len().min(first + limit)];
        let last = page.last().filter(|_| first + limit < found.len());
        let next = last.map(|&last| {
            let id = &snapshot.region.equipment[last].id;
            next_address(snapshot.region.settings.id.as_str(), query.as_deref(), id)
        });
        let features = page.iter().map(|&index| feature(snapshot, index, &datum));
        Ok(EquipmentBody {
            collection: Collection::new(&datum, features.collect::<Result<_, _>>()?),
            version: snapshot.version,
            total: found.len(),
            next,
        })
    })
    .await
}

/// One piece, as GeoJSON.
#[utoipa::path(get, path = "/api/v1/regions/{r}/equipment/{id}", tag = "equipment",
    params(parameters::Region, parameters::PieceId, parameters::Datum),
    responses((status = 200, body = Feature<PieceProperties>, description = "The piece.", headers(("etag" = String, description = "For if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn piece(
    caller: Caller,
    Address((region, id)): Address<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let datum = Parameters::new(query.as_deref(), &["datum"])?.datum()?;
    ask_region(&caller, &region, move |snapshot| {
        let index = snapshot.region.piece(&id)? as usize;
        feature(snapshot, index, &datum)
    })
    .await
}

fn condition(asked: &Parameters<'_>) -> Result<Option<Condition>, Fault> {
    let words = [
        ("usable", Condition::Usable),
        ("damaged", Condition::Damaged),
        ("missing", Condition::Missing),
        ("unverified", Condition::Unverified),
    ];
    asked.word("condition", &words)
}

/// Where the page begins.
fn start(snapshot: &Snapshot, found: &[usize], after: Option<&str>) -> Result<usize, Fault> {
    let Some(after) = after else {
        return Ok(0);
    };
    let equipment = &snapshot.region.equipment;
    let last = found.iter().position(|&index| equipment[index].id == after);
    last.map(|last| last + 1).ok_or_else(|| {
        let after = shown(after);
        bad(
            "after",
            format!("after is {after}; give the id of the last piece of a page"),
        )
    })
}

fn next_address(region: &str, query: Option<&str>, after: &str) -> String {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let mut next = form_urlencoded::Serializer::new(String::new());
    next.extend_pairs(pairs.filter(|(name, _)| name != "after"));
    next.append_pair("after", after);
    format!("/api/v1/regions/{region}/equipment?{}", next.finish())
}

/// A piece as it is sent.
pub(super) fn feature(
    snapshot: &Snapshot,
    index: usize,
    datum: &Converter,
) -> Result<Feature<PieceProperties>, Fault> {
    let piece = &snapshot.region.equipment[index];
    let standing = snapshot.region.standings[index].as_ref();
    let on = standing.map_or("outside", |standing| names::of_on(standing.place.on));
    let moved_m = standing.map_or(0.0, |standing| standing.moved.0);
    let properties = PieceProperties {
        id: piece.id.clone(),
        kind: names::of_equipment(piece.kind),
        condition: names::of_condition(piece.condition),
        name: piece.name.clone(),
        village: piece.village.clone(),
        inspected_on: piece.inspected_on.clone(),
        note: piece.note.clone(),
        code: snapshot.code(index).to_string(),
        illustrative: piece.is_illustrative,
        on,
        moved_m: (moved_m * 10.0).round() / 10.0,
    };
    let at = Geometry::Point(position(datum, piece.at)?);
    Ok(Feature::new(Some(piece.id.clone()), at, properties))
}
