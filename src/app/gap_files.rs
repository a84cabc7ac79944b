//! The report on gaps as files for other programs: JSON, GeoJSON, CSV.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::app::gaps::GapRow;
use crate::app::gaps::GapsReport;
use crate::app::names;
use crate::formats::csv_rows;
use crate::formats::csv_rows::Cell;
use crate::formats::geojson_lines;
use crate::formats::geojson_lines::Line;

/// The columns of the CSV.
const COLUMNS: [&str; 18] = [
    "id",
    "bank",
    "side",
    "water_body",
    "water_body_name",
    "village",
    "village_name",
    "from_m",
    "to_m",
    "length_m",
    "worst_reach_m",
    "reason",
    "nearest",
    "nearest_straight_m",
    "lon",
    "lat",
    "illustrative",
    "attribution",
];

impl GapsReport {
    /// One JSON document.
    pub fn json(&self) -> Vec<u8> {
        as_json(self)
    }

    /// A GeoJSON feature collection: a line for each gap, what is said of all of them beside.
    pub fn geojson(&self) -> Vec<u8> {
        let lines = self.gaps.iter().map(|gap| Line {
            id: gap.id.clone(),
            properties: properties(gap),
            points: gap.line.clone(),
        });
        let about = members(json!({
            "region": self.region,
            "datum": self.datum,
            "kinds": self.kinds,
            "limit_m": self.limit_m,
            "bank_m": self.bank_m,
            "covered_m": self.covered_m,
            "illustrative": self.illustrative,
            "attribution": self.attribution,
        }));
        let mut text = geojson_lines::text(lines.collect(), about);
        text.push('\n');
        text.into_bytes()
    }

    /// One row for each gap; `lon` and `lat` are the middle point of its line.
    pub fn csv(&self) -> Vec<u8> {
        let rows: Vec<Vec<Cell>> = self.gaps.iter().map(|gap| self.cells(gap)).collect();
        csv_rows::bytes(&COLUMNS, &rows)
    }

    fn cells(&self, gap: &GapRow) -> Vec<Cell> {
        let text = |text: &str| Cell::Text(text.to_owned());
        let middle = gap.line.get(gap.line.len() / 2);
        let side = members(json!({ "side": gap.side }));
        vec![
            text(&gap.id),
            text(&gap.bank),
            Cell::text_or_empty(side["side"].as_str()),
            text(&gap.water_body),
            Cell::text_or_empty(gap.water_body_name.as_deref()),
            Cell::text_or_empty(gap.village.as_deref()),
            Cell::text_or_empty(gap.village_name.as_deref()),
            Cell::Number(gap.from_m),
            Cell::Number(gap.to_m),
            Cell::Number(gap.length_m),
            Cell::number_or_empty(gap.worst_reach_m),
            text(names::of_reason(gap.reason)),
            Cell::text_or_empty(gap.nearest.as_deref()),
            Cell::number_or_empty(gap.nearest_straight_m),
            Cell::number_or_empty(middle.map(|point| point[0])),
            Cell::number_or_empty(middle.map(|point| point[1])),
            text(if self.illustrative { "true" } else { "false" }),
            Cell::text_or_empty(self.attribution.as_deref()),
        ]
    }
}

/// All that is known of a gap but its line.
fn properties(gap: &GapRow) -> Map<String, Value> {
    let mut properties = members(json!(gap));
    properties.remove("line");
    properties
}

pub(super) fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

/// A report as one line of JSON.
pub(super) fn as_json(report: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(report).expect("reports hold texts, numbers and lists only");
    bytes.push(b'\n');
    bytes
}
