//! Vector tiles and their description.

use axum::body::Body;
use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use serde::Serialize;
use serde_json::Map;
use serde_json::Value;
use utoipa::ToSchema;

use crate::app::snapshot::Snapshot;
use crate::app::snapshot::TileBody;
use crate::app::tiles::LAYERS;
use crate::app::tiles::MAX_ZOOM;
use crate::app::tiles::MIN_ZOOM;
use crate::app::tiles::TileQuestion;
use crate::geometry::map_tile::MapTile;
use crate::http::ask::Caller;
use crate::http::ask::ask;
use crate::http::ask::ask_region;
use crate::http::described::parameters;
use crate::http::described::words::TileBytes;
use crate::http::geojson::Bounds;
use crate::http::parameters::Address;
use crate::http::parameters::Parameters;
use crate::http::problem::Fault;
use crate::http::problem::shown;

/// Tiles of a named version never change.
const FOREVER: &str = "public, max-age=604800, immutable";

/// Tiles of no named version are asked for again, with their validator.
const ASK_AGAIN: &str = "public, no-cache";

/// A description of the tiles (`TileJSON` 3.0.0).
#[derive(Serialize, ToSchema)]
pub(super) struct TileJson {
    #[schema(example = "3.0.0")]
    tilejson: &'static str,
    name: String,
    /// Where the tiles are, from the root of this service.
    tiles: Vec<String>,
    minzoom: u8,
    maxzoom: u8,
    bounds: Bounds,
    #[schema(required)]
    attribution: Option<String>,
    vector_layers: Vec<LayerBody>,
}

/// One layer of the tiles.
#[derive(Serialize, ToSchema)]
struct LayerBody {
    id: &'static str,
    /// What is said of its features.
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
}

/// What the tiles of a region are like.
#[utoipa::path(get, path = "/tiles/{r}.json", tag = "tiles", operation_id = "tiles",
    params(parameters::Region),
    responses((status = 200, body = TileJson, description = "What the tiles are like.", headers(("etag" = String, description = "For if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn description(
    caller: Caller,
    Address(file): Address<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::new(query.as_deref(), &[])?;
    let id = file
        .strip_suffix(".json")
        .ok_or_else(|| Fault::NothingHere {
            path: format!("/tiles/{}", shown(&file)),
        })?;
    ask_region(&caller, id, |snapshot| Ok(tile_json(snapshot))).await
}

/// One vector tile, gzipped where the client takes it.
#[utoipa::path(get, path = "/tiles/{r}/{z}/{x}/{y}.mvt", tag = "tiles",
    params(parameters::Region, parameters::Zoom, parameters::Column, parameters::Row, parameters::Counted, parameters::Version),
    responses((status = 200, content_type = "application/vnd.mapbox-vector-tile", body = TileBytes, description = "The tile.", headers(("etag" = String, description = "For if-none-match."))), (status = 204, description = "There is nothing to draw.", headers(("etag" = String, description = "For if-none-match."))), (status = 304, description = "Nothing has changed since the validator in if-none-match.")))]
pub(super) async fn tile(
    caller: Caller,
    Address((id, z, x, y)): Address<(String, String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let asked = Parameters::new(query.as_deref(), &["v", "condition"])?;
    let version = asked.number("v", &(0..=u64::MAX))?;
    let snapshot = caller.service.regions().snapshot(&id)?;
    let tile = TileQuestion {
        tile: tile_at(&z, &x, &y)?,
        counting: asked.counting()?,
    };
    let body = if let Some(body) = snapshot.known_tile(tile) {
        body
    } else {
        let snapshot = snapshot.clone();
        ask(&caller.service, move |_| Ok(snapshot.tile(tile))).await?
    };
    let keep = if version == Some(snapshot.version) {
        FOREVER
    } else {
        ASK_AGAIN
    };
    if body.gzipped.is_empty() || is_known(&headers, &body.etag) || caller.takes_gzip {
        return Ok(sent(&headers, &body, keep));
    }
    let plain = ask(&caller.service, move |_| Ok(body.plain())).await?;
    Ok(with_headers(Body::from(plain), keep))
}

fn tile_json(snapshot: &Snapshot) -> TileJson {
    let settings = &snapshot.region.settings;
    let id = settings.id.as_str();
    let fields = |names: &[&str]| {
        let field = |name: &&str| ((*name).to_owned(), Value::from("String, Number or Boolean"));
        names.iter().map(field).collect()
    };
    let layer = |&(id, names): &(&'static str, &[&str])| LayerBody {
        id,
        fields: fields(names),
    };
    TileJson {
        tilejson: "3.0.0",
        name: id.to_owned(),
        tiles: vec![format!(
            "/tiles/{id}/{{z}}/{{x}}/{{y}}.mvt?v={}",
            snapshot.version
        )],
        minzoom: MIN_ZOOM,
        maxzoom: MAX_ZOOM,
        bounds: Bounds(snapshot.base.bounds.region),
        attribution: settings.attribution.clone(),
        vector_layers: LAYERS.iter().map(layer).collect(),
    }
}

fn tile_at(z: &str, x: &str, y: &str) -> Result<MapTile, Fault> {
    let bad = |what: &str, text: &str| Fault::BadAddress {
        detail: format!(
            "{what} is {}; a tile is /tiles/REGION/ZOOM/COLUMN/ROW.mvt",
            shown(text)
        ),
    };
    let row = y.strip_suffix(".mvt").ok_or_else(|| bad("the row", y))?;
    let z: u8 = z.parse().map_err(|_| bad("the zoom", z))?;
    let x: u32 = x.parse().map_err(|_| bad("the column", x))?;
    let y: u32 = row.parse().map_err(|_| bad("the row", row))?;
    if !(MIN_ZOOM..=MAX_ZOOM).contains(&z) {
        let detail = format!("zoom {z} is not served; take {MIN_ZOOM} to {MAX_ZOOM}");
        return Err(Fault::NoSuchTile { detail });
    }
    MapTile::new(z, x, y).ok_or_else(|| Fault::NoSuchTile {
        detail: format!(
            "zoom {z} has columns and rows from 0 to {}, not {x}, {y}",
            (1_u64 << z) - 1
        ),
    })
}

fn sent(headers: &HeaderMap, body: &TileBody, keep: &'static str) -> Response {
    let mut response = if is_known(headers, &body.etag) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        let keep = HeaderValue::from_static(keep);
        response.headers_mut().insert(header::CACHE_CONTROL, keep);
        response
    } else if body.gzipped.is_empty() {
        let mut response = with_headers(Body::empty(), keep);
        *response.status_mut() = StatusCode::NO_CONTENT;
        response.headers_mut().remove(header::CONTENT_TYPE);
        response
    } else {
        let mut response = with_headers(Body::from(Bytes::from_owner(body.gzipped.clone())), keep);
        let gzip = HeaderValue::from_static("gzip");
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, gzip);
        response
    };
    if let Ok(etag) = HeaderValue::from_str(&body.etag) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response
}

fn with_headers(body: Body, keep: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.mapbox-vector-tile"),
        (header::CACHE_CONTROL, keep),
        (header::VARY, "accept-encoding"),
    ];
    (headers, body).into_response()
}

/// Whether the client has these very bytes already.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    let lists = known.filter_map(|list| list.to_str().ok());
    let mut tags = lists.flat_map(|list| list.split(','));
    tags.any(|tag| {
        let tag = tag.trim();
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag
    })
}
