//! GeoJSON as it is sent (RFC 7946), in any datum.

use serde::Deserialize;
use serde::Serialize;
use serde_json::Value;
use serde_json::json;
use utoipa::PartialSchema;
use utoipa::ToSchema;
use utoipa::openapi::ArrayBuilder;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

use crate::app::fault::Fault;
use crate::geometry::converter::Converter;
use crate::geometry::datum::DatumError;
use crate::geometry::lon_lat::LonLat;
use crate::geometry::lon_lat::told;
use crate::http::described::words;

/// Longitude and latitude, or easting and northing of another datum.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Position(pub [f64; 2]);

/// West, south, east, north; degrees (WGS-84) unless the answer names another datum.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub(super) struct Bounds(pub [f64; 4]);

impl PartialSchema for Position {
    fn schema() -> RefOr<Schema> {
        let about = "Longitude and latitude, or easting and northing of another datum.";
        numbers(2, about, json!([123.0118, 29.8021]))
    }
}

impl ToSchema for Position {}

impl PartialSchema for Bounds {
    fn schema() -> RefOr<Schema> {
        let about =
            "West, south, east, north; degrees (WGS-84) unless the answer names another datum.";
        numbers(4, about, json!([122.99, 29.79, 123.03, 29.82]))
    }
}

impl ToSchema for Bounds {}

/// So many numbers, no more and no fewer, which a derived schema would not say.
fn numbers(n: usize, about: &str, example: Value) -> RefOr<Schema> {
    ArrayBuilder::new()
        .items(f64::schema())
        .min_items(Some(n))
        .max_items(Some(n))
        .description(Some(about))
        .examples([example])
        .build()
        .into()
}

impl Bounds {
    /// Around some positions, of which there is at least one.
    pub fn around(line: &[Position]) -> Self {
        let nothing = [
            f64::INFINITY,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
        ];
        let grown = |[west, south, east, north]: [f64; 4], &Position([x, y]): &Position| {
            [west.min(x), south.min(y), east.max(x), north.max(y)]
        };
        Self(line.iter().fold(nothing, grown))
    }
}

/// A form on the earth.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", content = "coordinates")]
pub(super) enum Geometry {
    /// A point.
    Point(Position),
    /// A line of at least two points.
    LineString(Vec<Position>),
}

/// Something on the earth.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Feature<P: ToSchema> {
    /// Always `Feature`.
    #[serde(rename = "type")]
    #[schema(value_type = words::FeatureName)]
    pub kind: &'static str,
    /// Unique among its kind; stable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its form.
    pub geometry: Geometry,
    /// What is known of it.
    pub properties: P,
}

/// Things on the earth.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Collection<P: ToSchema> {
    /// Always `FeatureCollection`.
    #[serde(rename = "type")]
    #[schema(value_type = words::CollectionName)]
    pub kind: &'static str,
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    pub datum: String,
    /// The things.
    pub features: Vec<Feature<P>>,
}

impl<P: ToSchema> Feature<P> {
    pub fn new(id: Option<String>, geometry: Geometry, properties: P) -> Self {
        Self {
            kind: "Feature",
            id,
            geometry,
            properties,
        }
    }
}

impl<P: ToSchema> Collection<P> {
    pub fn new(datum: &Converter, features: Vec<Feature<P>>) -> Self {
        Self {
            kind: "FeatureCollection",
            datum: datum.datum().to_string(),
            features,
        }
    }
}

/// A place as it is sent, degrees rounded to a centimeter.
///
/// # Errors
///
/// For a place that the datum does not cover.
pub(super) fn position(datum: &Converter, place: LonLat) -> Result<Position, Fault> {
    let (x, y) = datum.from_wgs84(place).map_err(Fault::Datum)?;
    Ok(Position([told(x), told(y)]))
}

/// Positions of WGS-84 in a datum.
///
/// # Errors
///
/// For a place that the datum does not cover.
pub(super) fn positions(datum: &Converter, line: &[[f64; 2]]) -> Result<Vec<Position>, Fault> {
    let place = |&[lon, lat]: &[f64; 2]| {
        let place = LonLat::new(lon, lat).map_err(DatumError::NotOnEarth);
        position(datum, place.map_err(Fault::Datum)?)
    };
    line.iter().map(place).collect()
}
