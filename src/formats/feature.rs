//! Features of any vector file, before they are a layer: a shape in the file's own coordinates, and its properties.

use serde_json::Map;
use serde_json::Value;

use crate::formats::report::Report;
use crate::formats::section::shortened_text;
use crate::geometry::datum::Datum;
use crate::model::oddity::OddityKind;

/// Two coordinates in the file's own system, easting or longitude first; not finite if the file has none there.
pub(super) type Xy = [f64; 2];

/// What one file holds, or one layer of a file with several.
#[derive(Debug, Default)]
pub(super) struct FeatureFile {
    /// The layer's name, in a file with layers.
    pub layer: Option<String>,
    /// The datum that the file itself names.
    pub datum: Option<Datum>,
    /// In the file's order.
    pub features: Vec<Feature>,
}

/// One feature.
#[derive(Debug, Default)]
pub(super) struct Feature {
    /// Its place in the file, counted from 1.
    pub number: usize,
    /// Its own id.
    pub id: Option<String>,
    /// Its attributes.
    pub properties: Map<String, Value>,
    /// Its shape.
    pub shape: Shape,
}

/// A shape of any kind, taken apart.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Points.
    pub points: Vec<Xy>,
    /// Lines.
    pub lines: Vec<Vec<Xy>>,
    /// Polygons, each of rings.
    pub polygons: Vec<Vec<Vec<Xy>>>,
}

impl Shape {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty() && self.lines.is_empty() && self.polygons.is_empty()
    }
}

impl FeatureFile {
    /// Takes the datum that a file names, or reports a name that means nothing.
    pub fn take_datum(&mut self, name: &str, datum: Option<Datum>, report: &mut Report) {
        if datum.is_some() {
            self.datum = datum;
            return;
        }
        let detail = format!(
            "the coordinate system {:?} is not known; taken as the region's file says",
            shortened_text(name)
        );
        report.add(OddityKind::BadValue, "crs", None, detail);
    }

    /// Takes a feature, or reports why it cannot be taken.
    pub fn take(&mut self, number: usize, feature: Result<Feature, String>, report: &mut Report) {
        match feature {
            Ok(feature) => self.features.push(Feature { number, ..feature }),
            Err(fault) => {
                report.add(
                    OddityKind::BadValue,
                    format!("feature {number}"),
                    None,
                    fault,
                );
            }
        }
    }
}

/// The datum that a coordinate system's name means, like `urn:ogc:def:crs:EPSG::4549` or `gcj02`.
pub(super) fn datum_named(name: &str) -> Option<Datum> {
    let upper = name.trim().to_ascii_uppercase();
    if upper.ends_with("CRS84") {
        return Some(Datum::Wgs84);
    }
    if let Some((_, code)) = upper.split_once("EPSG") {
        let digits = code.rsplit([':', '/', '#']).next()?;
        return digits.parse().ok().map(Datum::of_epsg);
    }
    upper.parse().ok()
}
