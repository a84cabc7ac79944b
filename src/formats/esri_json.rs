//! Esri JSON, as `ArcGIS` exports feature sets, to features.

use serde::Deserialize;
use serde_json::Map;
use serde_json::Value;

use crate::formats::feature::Feature;
use crate::formats::feature::FeatureFile;
use crate::formats::feature::Shape;
use crate::formats::feature::Xy;
use crate::formats::json::JsonError;
use crate::formats::json::Members;
use crate::formats::json::for_each_item;
use crate::formats::json::shorten;
use crate::formats::register;
use crate::formats::report::Report;
use crate::geometry::datum::Datum;
use crate::model::oddity::OddityKind;

/// Web Mercator under Esri's own numbers.
const WEB_MERCATOR: [u64; 2] = [102_100, 102_113];

/// A feature as Esri writes it.
#[derive(Deserialize)]
struct RawFeature {
    #[serde(default)]
    attributes: Option<Map<String, Value>>,
    #[serde(default)]
    geometry: Value,
}

/// Whether the outermost members are those of an Esri feature set.
pub(super) fn is_esri(members: &Members<'_>) -> bool {
    let has = |name: &str| members.contains_key(name);
    has("features") && !has("type") && (has("geometryType") || has("spatialReference"))
}

/// The features of an Esri feature set.
pub(super) fn read(members: &Members<'_>, report: &mut Report) -> Result<FeatureFile, JsonError> {
    let mut file = FeatureFile::default();
    let member = |name: &str| -> Value {
        members
            .get(name)
            .and_then(|member| serde_json::from_str(member.get()).ok())
            .unwrap_or_default()
    };
    let reference = member("spatialReference");
    if let Some(code) = ["latestWkid", "wkid"]
        .iter()
        .find_map(|name| reference[name].as_u64())
    {
        file.datum = Some(datum(code));
    } else if !reference.is_null() {
        file.take_datum(&reference.to_string(), None, report);
    }
    let dates = date_fields(&member("fields"));
    let list = members
        .get("features")
        .ok_or_else(|| JsonError::NoFeatures("no member features".to_owned()))?;
    for_each_item(list, |number, raw| {
        let feature = feature(raw.get(), &dates, number, report);
        file.take(number, feature, report);
    })?;
    Ok(file)
}

fn feature(
    text: &str,
    dates: &[String],
    number: usize,
    report: &mut Report,
) -> Result<Feature, String> {
    let raw: RawFeature = serde_json::from_str(text)
        .map_err(|error| format!("is no feature: {}; left out", shorten(&error)))?;
    let (shape, has_curves) = shape(&raw.geometry);
    if has_curves {
        report.add(
            OddityKind::BadValue,
            format!("feature {number}"),
            None,
            "has curves; each is taken as straight lines through the points given",
        );
    }
    Ok(Feature {
        number,
        id: None,
        properties: with_dates(raw.attributes.unwrap_or_default(), dates),
        shape,
    })
}

fn datum(code: u64) -> Datum {
    if WEB_MERCATOR.contains(&code) {
        return Datum::of_epsg(3857);
    }
    Datum::of_epsg(u32::try_from(code).unwrap_or(u32::MAX))
}

/// The names of the fields that hold moments.
fn date_fields(fields: &Value) -> Vec<String> {
    let fields = fields.as_array().map(Vec::as_slice).unwrap_or_default();
    fields
        .iter()
        .filter(|field| field["type"] == "esriFieldTypeDate")
        .filter_map(|field| field["name"].as_str().map(str::to_owned))
        .collect()
}

/// Moments in milliseconds become dates.
fn with_dates(mut attributes: Map<String, Value>, dates: &[String]) -> Map<String, Value> {
    for name in dates {
        if let Some(value) = attributes.get_mut(name)
            && let Some(date) = value.as_i64().and_then(register::date_of_millis)
        {
            *value = Value::String(date);
        }
    }
    attributes
}

/// A geometry, and whether it has curves.
fn shape(geometry: &Value) -> (Shape, bool) {
    let mut shape = Shape::default();
    let mut has_curves = false;
    let lists = |name: &str| geometry[name].as_array().map_or(&[][..], Vec::as_slice);
    if geometry["x"].is_number() || geometry["y"].is_number() {
        shape.points.push([
            geometry["x"].as_f64().unwrap_or(f64::NAN),
            geometry["y"].as_f64().unwrap_or(f64::NAN),
        ]);
    }
    for point in lists("points") {
        line_to(point, &mut shape.points);
    }
    for part in ["paths", "curvePaths"].into_iter().flat_map(lists) {
        shape.lines.push(line(part, &mut has_curves));
    }
    for ring in ["rings", "curveRings"].into_iter().flat_map(lists) {
        let ring = line(ring, &mut has_curves);
        match shape.polygons.last_mut() {
            Some(polygon) if !is_clockwise(&ring) => polygon.push(ring),
            _ => shape.polygons.push(vec![ring]),
        }
    }
    (shape, has_curves)
}

/// Esri's outer rings run clockwise; a ring that does not is a hole of the outer ring before it.
fn is_clockwise(ring: &[Xy]) -> bool {
    let twice_the_area: f64 = ring
        .iter()
        .zip(ring.iter().cycle().skip(1))
        .map(|([x1, y1], [x2, y2])| x1 * y2 - x2 * y1)
        .sum();
    twice_the_area < 0.0
}

fn line(part: &Value, has_curves: &mut bool) -> Vec<Xy> {
    let mut points = Vec::new();
    for segment in part.as_array().map(Vec::as_slice).unwrap_or_default() {
        if segment.is_object() {
            *has_curves = true;
        }
        line_to(segment, &mut points);
    }
    points
}

/// Where a segment leads: `[x, y]`; or a curve: `{"c": [end, on the way]}`, `{"b": [end, …]}`, `{"a": [end, …]}`.
fn line_to(segment: &Value, points: &mut Vec<Xy>) {
    let position = |value: &Value| -> Xy {
        [
            value[0].as_f64().unwrap_or(f64::NAN),
            value[1].as_f64().unwrap_or(f64::NAN),
        ]
    };
    let Some(curve) = segment.as_object() else {
        points.push(position(segment));
        return;
    };
    for (kind, parts) in curve {
        if kind == "c" && parts[1].is_array() {
            points.push(position(&parts[1]));
        }
        points.push(position(&parts[0]));
    }
}
