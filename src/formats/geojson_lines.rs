//! GeoJSON that goes out: lines with their properties (RFC 7946).

use ::geojson::Feature;
use ::geojson::FeatureCollection;
use ::geojson::Geometry;
use ::geojson::feature::Id;
use serde_json::Map;
use serde_json::Value;

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Unique among the lines.
    pub id: String,
    /// What is known of it.
    pub properties: Map<String, Value>,
    /// Its points: WGS-84 longitude and latitude, degrees; at least two.
    pub points: Vec<[f64; 2]>,
}

/// Lines as a feature collection; what is said of all of them together goes beside the features.
pub fn text(lines: Vec<Line>, about: Map<String, Value>) -> String {
    let feature = |line: Line| Feature {
        geometry: Some(Geometry::new_line_string(line.points)),
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
