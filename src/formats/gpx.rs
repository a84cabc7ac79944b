//! GPX 1.0 and 1.1, as receivers and phones write it: waypoints, routes and tracks to features. Always in WGS-84, by its standard.

use serde_json::Value;

use crate::formats::feature::Feature;
use crate::formats::feature::FeatureFile;
use crate::formats::feature::Xy;
use crate::formats::xml;
use crate::formats::xml::Document;
use crate::formats::xml::XmlError;

/// What carries features.
const CARRIERS: [&str; 3] = ["wpt", "rte", "trk"];

/// The features of a document.
///
/// # Errors
///
/// For a text that is no GPX.
pub(super) fn read(text: &str) -> Result<FeatureFile, XmlError> {
    xml::features(text, Walk::default())
}

/// How far a document has been read.
#[derive(Default)]
struct Walk {
    /// The waypoint, route or track that is open.
    feature: Option<Feature>,
    /// The route's or the track's points since the last piece ended.
    line: Vec<Xy>,
    /// Whether a point of a line is open, whose words are not the line's.
    is_in_point: bool,
    is_in_extensions: bool,
}

impl Document for Walk {
    const ROOT: &str = "gpx";

    const NAME: &str = "GPX";

    fn opened(&mut self, name: &str, attributes: &[(String, String)]) {
        let number = |wanted: &str| {
            let found = attributes.iter().find(|(key, _)| key == wanted);
            let number = found.and_then(|(_, value)| value.trim().parse().ok());
            number.unwrap_or(f64::NAN)
        };
        match name {
            _ if CARRIERS.contains(&name) && self.feature.is_none() => {
                let mut feature = Feature::default();
                if name == "wpt" {
                    feature.shape.points.push([number("lon"), number("lat")]);
                }
                self.feature = Some(feature);
            }
            "rtept" | "trkpt" => {
                self.line.push([number("lon"), number("lat")]);
                self.is_in_point = true;
            }
            "extensions" => self.is_in_extensions = true,
            _ => {}
        }
    }

    fn closed(&mut self, name: &str, text: &str) -> Option<Feature> {
        match name {
            "rtept" | "trkpt" => self.is_in_point = false,
            "extensions" => self.is_in_extensions = false,
            _ if CARRIERS.contains(&name) && !self.is_in_extensions => {
                self.end_line();
                return self.feature.take();
            }
            "trkseg" => self.end_line(),
            _ if self.is_in_point || text.is_empty() => {}
            _ => self.keep(name, text),
        }
        None
    }
}

impl Walk {
    /// Words of the feature; its extensions are known by their own names.
    fn keep(&mut self, name: &str, text: &str) {
        let Some(feature) = self.feature.as_mut() else {
            return;
        };
        let key = match name {
            "desc" => "note",
            "type" | "sym" if !self.is_in_extensions => "kind",
            "name" => "name",
            other if self.is_in_extensions => other,
            _ => return,
        };
        // A receiver's symbol says less of the kind than its type does.
        let is_weak = name == "sym" || name == "desc";
        if !is_weak || !feature.properties.contains_key(key) {
            let value = Value::String(text.to_owned());
            feature.properties.insert(key.to_owned(), value);
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if let Some(feature) = self.feature.as_mut()
            && !line.is_empty()
        {
            feature.shape.lines.push(line);
        }
    }
}
