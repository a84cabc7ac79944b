//! A proposal as files for other programs: JSON, GeoJSON, CSV.

use serde_json::json;

use crate::app::gap_files::as_json;
use crate::app::gap_files::members;
use crate::app::names;
use crate::app::placement::PlacementReport;
use crate::app::placement_rows::SiteRow;
use crate::formats::csv_rows;
use crate::formats::csv_rows::Cell;
use crate::formats::geojson_lines;
use crate::formats::geojson_lines::Line;

/// The columns of the CSV.
const COLUMNS: [&str; 15] = [
    "rank",
    "kind",
    "lon",
    "lat",
    "bank",
    "chainage_m",
    "water_body",
    "water_body_name",
    "village",
    "village_name",
    "gained_m",
    "covered_m",
    "reason",
    "illustrative",
    "attribution",
];

impl PlacementReport {
    /// One JSON document.
    pub fn json(&self) -> Vec<u8> {
        as_json(self)
    }

    /// A GeoJSON feature collection: a point for each site, what is said of all of them beside.
    pub fn geojson(&self) -> Vec<u8> {
        let points = self.sites.iter().map(|site| {
            let mut properties = members(json!(site));
            properties.remove("at");
            Line {
                id: format!("site-{}", site.rank),
                properties,
                points: vec![site.at],
            }
        });
        let mut about = members(json!(self));
        about.remove("sites");
        let mut text = geojson_lines::text(points.collect(), about);
        text.push('\n');
        text.into_bytes()
    }

    /// A work list: one row for each site.
    pub fn csv(&self) -> Vec<u8> {
        let rows: Vec<Vec<Cell>> = self.sites.iter().map(|site| self.cells(site)).collect();
        csv_rows::bytes(&COLUMNS, &rows)
    }

    fn cells(&self, site: &SiteRow) -> Vec<Cell> {
        vec![
            Cell::Number(site.rank as f64),
            Cell::Text(names::of_equipment(site.kind).to_owned()),
            Cell::Number(site.at[0]),
            Cell::Number(site.at[1]),
            Cell::text_or_empty(site.bank.as_deref()),
            Cell::number_or_empty(site.chainage_m),
            Cell::text_or_empty(site.water_body.as_deref()),
            Cell::text_or_empty(site.water_body_name.as_deref()),
            Cell::text_or_empty(site.village.as_deref()),
            Cell::text_or_empty(site.village_name.as_deref()),
            Cell::Number(site.gained_m),
            Cell::Number(site.covered_m),
            Cell::text_or_empty(site.reason.map(names::of_reason)),
            Cell::Text(self.illustrative.to_string()),
            Cell::text_or_empty(self.attribution.as_deref()),
        ]
    }
}
