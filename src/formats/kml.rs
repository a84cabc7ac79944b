//! KML (OGC 07-147), as phones and map programs write it: placemarks to features. Always in WGS-84, by its standard.

use serde_json::Value;

use crate::formats::feature::Feature;
use crate::formats::feature::FeatureFile;
use crate::formats::feature::Xy;
use crate::formats::xml;
use crate::formats::xml::Document;
use crate::formats::xml::XmlError;

/// The placemarks of a document.
///
/// # Errors
///
/// For a text that is no KML.
pub(super) fn read(text: &str) -> Result<FeatureFile, XmlError> {
    xml::features(text, Walk::default())
}

/// How far a document has been read.
#[derive(Default)]
struct Walk {
    /// The placemark that is open.
    feature: Option<Feature>,
    /// The name of the data that is open.
    data: Option<String>,
    coordinates: Vec<Xy>,
    rings: Vec<Vec<Xy>>,
    is_inner: bool,
    is_in_polygon: bool,
}

impl Document for Walk {
    const ROOT: &str = "kml";

    const NAME: &str = "KML";

    fn opened(&mut self, name: &str, attributes: &[(String, String)]) {
        let attribute = |wanted: &str| {
            let found = attributes.iter().find(|(key, _)| key == wanted);
            found.map(|(_, value)| value.clone())
        };
        match name {
            "Placemark" => {
                self.feature = Some(Feature {
                    id: attribute("id").filter(|id| !id.trim().is_empty()),
                    ..Feature::default()
                });
            }
            "Data" | "SimpleData" => self.data = attribute("name"),
            "Polygon" => {
                self.is_in_polygon = true;
                self.rings.clear();
            }
            "innerBoundaryIs" => self.is_inner = true,
            _ => {}
        }
    }

    fn closed(&mut self, name: &str, text: &str) -> Option<Feature> {
        if name == "Placemark" {
            return self.feature.take();
        }
        let feature = self.feature.as_mut()?;
        let mut keep = |key: String| {
            if !text.is_empty() {
                feature
                    .properties
                    .insert(key, Value::String(text.to_owned()));
            }
        };
        match name {
            "name" => keep("name".to_owned()),
            "description" => keep("note".to_owned()),
            "value" => {
                if let Some(key) = self.data.clone() {
                    keep(key);
                }
            }
            "SimpleData" => {
                if let Some(key) = self.data.take() {
                    keep(key);
                }
            }
            "Data" => self.data = None,
            "coordinates" => self.coordinates = positions(text),
            "Point" => feature
                .shape
                .points
                .extend(self.coordinates.drain(..).take(1)),
            "LineString" => feature
                .shape
                .lines
                .push(std::mem::take(&mut self.coordinates)),
            "LinearRing" => {
                let ring = std::mem::take(&mut self.coordinates);
                match (self.is_in_polygon, self.is_inner) {
                    (false, _) => feature.shape.lines.push(ring),
                    (true, true) => self.rings.push(ring),
                    // The outer ring comes first, wherever it stands.
                    (true, false) => self.rings.insert(0, ring),
                }
            }
            "innerBoundaryIs" => self.is_inner = false,
            "Polygon" => {
                self.is_in_polygon = false;
                feature.shape.polygons.push(std::mem::take(&mut self.rings));
            }
            _ => {}
        }
        None
    }
}

/// `lon,lat[,height]` after `lon,lat[,height]`; what is no number is NaN, and told where places are checked.
fn positions(text: &str) -> Vec<Xy> {
    let number = |part: Option<&str>| {
        let number = part.and_then(|part| part.trim().parse().ok());
        number.unwrap_or(f64::NAN)
    };
    let tuples = text.split_whitespace();
    let positions = tuples.map(|tuple| {
        let mut parts = tuple.split(',');
        [number(parts.next()), number(parts.next())]
    });
    positions.collect()
}
