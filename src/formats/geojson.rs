//! GeoJSON (RFC 7946, and the `crs` member of its forerunner) to features.

use std::fmt;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::IgnoredAny;
use serde::de::SeqAccess;
use serde::de::Visitor;
use serde_json::Map;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::formats::columns::scalar_text;
use crate::formats::feature::Feature;
use crate::formats::feature::FeatureFile;
use crate::formats::feature::Shape;
use crate::formats::feature::Xy;
use crate::formats::feature::datum_named;
use crate::formats::json::JsonError;
use crate::formats::json::Members;
use crate::formats::json::for_each_item;
use crate::formats::json::shorten;
use crate::formats::report::Report;

/// Geometry collections within each other deeper than this are refused.
const DEEPEST_COLLECTION: usize = 8;

/// A feature of which the geometry is still text, so that a bad one costs only itself.
#[derive(Deserialize)]
struct RawFeature<'a> {
    #[serde(default)]
    id: Value,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
    properties: Option<Map<String, Value>>,
}

/// The features of a GeoJSON text, whose outermost members are given.
pub(super) fn read(
    text: &str,
    members: &Members<'_>,
    report: &mut Report,
) -> Result<FeatureFile, JsonError> {
    let mut file = FeatureFile::default();
    let word = |name: &str| -> Option<String> {
        members
            .get(name)
            .and_then(|member| serde_json::from_str(member.get()).ok())
    };
    if let Some(crs) = members.get("crs").filter(|crs| crs.get() != "null") {
        let crs: Value = serde_json::from_str(crs.get()).unwrap_or_default();
        let name = crs["properties"]["name"].as_str().unwrap_or("crs");
        file.take_datum(name, datum_named(name), report);
    }
    if let Some(name) = word("datum") {
        file.take_datum(&name, datum_named(&name), report);
    }
    match word("type").as_deref() {
        Some("FeatureCollection") => {
            let list = members.get("features").ok_or_else(|| {
                JsonError::NoFeatures("a FeatureCollection has no member features".to_owned())
            })?;
            for_each_item(list, |number, raw| {
                file.take(number, feature(raw.get()), report);
            })?;
        }
        Some("Feature") => file.take(1, feature(text), report),
        Some(_) if members.contains_key("coordinates") || members.contains_key("geometries") => {
            let feature = shape(text).map(|shape| Feature {
                shape,
                ..Feature::default()
            });
            file.take(1, feature, report);
        }
        _ => {
            return Err(JsonError::NoFeatures(
                "its type is none of GeoJSON's".to_owned(),
            ));
        }
    }
    Ok(file)
}

fn feature(text: &str) -> Result<Feature, String> {
    let raw: RawFeature<'_> = serde_json::from_str(text)
        .map_err(|error| format!("is no feature: {}; left out", shorten(&error)))?;
    Ok(Feature {
        number: 0,
        id: scalar_text(&raw.id),
        properties: raw.properties.unwrap_or_default(),
        shape: match raw.geometry {
            Some(geometry) => shape(geometry.get())?,
            None => Shape::default(),
        },
    })
}

fn shape(text: &str) -> Result<Shape, String> {
    let mut shape = Shape::default();
    add(text, 0, &mut shape)
        .map_err(|fault| format!("its geometry is no GeoJSON: {fault}; left out"))?;
    Ok(shape)
}

/// A geometry of which the coordinates are still text, until its type says what they are.
#[derive(Deserialize)]
struct RawGeometry<'a> {
    r#type: String,
    #[serde(borrow)]
    coordinates: Option<&'a RawValue>,
    #[serde(borrow)]
    geometries: Option<&'a RawValue>,
}

fn add(text: &str, depth: usize, shape: &mut Shape) -> Result<(), String> {
    let raw: RawGeometry<'_> = serde_json::from_str(text).map_err(|error| shorten(&error))?;
    if raw.r#type == "GeometryCollection" {
        let parts: Vec<&RawValue> = coordinates(raw.geometries)?;
        if depth == DEEPEST_COLLECTION && !parts.is_empty() {
            return Err("collections within collections, too deep".to_owned());
        }
        return parts
            .into_iter()
            .try_for_each(|part| add(part.get(), depth + 1, shape));
    }
    let part = raw.coordinates;
    match raw.r#type.as_str() {
        "Point" => shape.points.push(coordinates::<Position>(part)?.0),
        "MultiPoint" => shape.points.extend(line(coordinates(part)?)),
        "LineString" => shape.lines.push(line(coordinates(part)?)),
        "MultiLineString" => shape.lines.extend(lines(coordinates(part)?)),
        "Polygon" => shape.polygons.push(lines(coordinates(part)?)),
        "MultiPolygon" => {
            let polygons: Vec<_> = coordinates(part)?;
            shape.polygons.extend(polygons.into_iter().map(lines));
        }
        _ => return Err("its type is none of GeoJSON's".to_owned()),
    }
    Ok(())
}

fn coordinates<'a, T: Deserialize<'a>>(text: Option<&'a RawValue>) -> Result<T, String> {
    let text = text.ok_or("it has no coordinates")?;
    serde_json::from_str(text.get()).map_err(|error| shorten(&error))
}

fn line(positions: Vec<Position>) -> Vec<Xy> {
    positions.into_iter().map(|position| position.0).collect()
}

fn lines(parts: Vec<Vec<Position>>) -> Vec<Vec<Xy>> {
    parts.into_iter().map(line).collect()
}

/// The first two numbers of a position; a height is of no use here, and a number that is missing or null is NaN.
struct Position(Xy);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PositionVisitor).map(Self)
    }
}

struct PositionVisitor;

impl<'de> Visitor<'de> for PositionVisitor {
    type Value = Xy;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a position like [120.41, 29.79]")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Xy, A::Error> {
        let mut number = || -> Result<f64, A::Error> {
            let number: Option<Option<f64>> = numbers.next_element()?;
            Ok(number.flatten().unwrap_or(f64::NAN))
        };
        let xy = [number()?, number()?];
        while numbers.next_element::<IgnoredAny>()?.is_some() {}
        Ok(xy)
    }
}
