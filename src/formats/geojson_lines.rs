//! GeoJSON that goes out: lines and points with their properties (RFC 7946).

use ::geojson::Feature;
use ::geojson::FeatureCollection;
use ::geojson::Geometry;
use ::geojson::feature::Id;
use serde_json::Map;
use serde_json::Value;

/// One line or point.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Unique among them.
    pub id: String,
    /// What is known of it.
    pub properties: Map<String, Value>,
    /// Its points: WGS-84 longitude and latitude, degrees; of a line at least two.
    pub points: Vec<[f64; 2]>,
}

/// Lines and points as a feature collection; what is said of all of them together goes beside the features.
pub fn text(lines: Vec<Line>, about: Map<String, Value>) -> String {
    let geometry = |points: Vec<[f64; 2]>| match points[..] {
        [only] => Geometry::new_point(only),
        _ => Geometry::new_line_string(points),
    };
    let feature = |line: Line| Feature {
        geometry: Some(geometry(line.points)),
        id: Some(Id::String(line.id)),
        properties: Some(line.properties),
        ..Feature::default()
    };
    let collection = FeatureCollection {
        bbox: None,
        features: lines.into_iter().map(feature).collect(),
        foreign_members: Some(about),
    };
    collection.to_string()
}
