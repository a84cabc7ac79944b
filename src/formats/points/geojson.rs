//! Points as `GeoJSON` (RFC 7946).

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::formats::csv_rows::Cell;
use crate::formats::points::Points;
use crate::geometry::datum::Datum;

/// A feature collection, a feature to a line.
pub(super) fn bytes(points: &Points<'_>) -> Vec<u8> {
    let mut about = format!(
        r#""type":"FeatureCollection","name":{}"#,
        json!(points.name)
    );
    if !points.datum.is_same_as(Datum::Wgs84) {
        about.extend([r#","datum":"#, &json!(points.datum.to_string()).to_string()]);
    }
    if let Some(attribution) = points.attribution {
        about.extend([r#","attribution":"#, &json!(attribution).to_string()]);
    }
    let features = points.rows.iter().map(|point| {
        let cells = points.columns.iter().zip(&point.cells);
        let properties: Map<String, Value> = cells
            .map(|(column, cell)| ((*column).to_owned(), value(cell)))
            .collect();
        json!({
            "type": "Feature",
            "properties": properties,
            "geometry": { "type": "Point", "coordinates": point.at },
        })
        .to_string()
    });
    let features: Vec<String> = features.collect();
    format!("{{{about},\"features\":[\n{}\n]}}\n", features.join(",\n")).into_bytes()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Number(number) => Value::from(*number),
        Cell::Empty => Value::Null,
    }
}
