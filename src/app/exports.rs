//! The register of a region as a file for somebody else's program.

use crate::app::fault::Fault;
use crate::app::names;
use crate::app::patrol::PatrolReport;
use crate::app::snapshot::Snapshot;
use crate::formats::csv_rows::Cell;
use crate::formats::points::Point;
pub use crate::formats::points::PointFormat;
use crate::formats::points::Points;
pub use crate::formats::points::PointsError;
use crate::geometry::converter::Converter;

/// What is told of each piece, beside its place; every reader of registers knows these names.
const COLUMNS: [&str; 10] = [
    "id",
    "code",
    "kind",
    "condition",
    "name",
    "village",
    "inspected_on",
    "photo",
    "note",
    "illustrative",
];

/// A file that goes out.
#[derive(Clone, Debug)]
pub struct Export {
    /// Its name: the region, and the datum unless it is WGS-84.
    pub file_name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Export {
    /// The ways of a plan as GPX 1.1; that of one team, if it is named.
    pub fn of_ways(plan: &PatrolReport, team: Option<usize>) -> Self {
        Self {
            bytes: plan.gpx(team),
            file_name: "patrol.gpx".to_owned(),
        }
    }
}

impl Snapshot {
    /// All equipment of the region, in the order of ids.
    ///
    /// # Errors
    ///
    /// For a datum that the format or one of the places cannot be written in.
    pub fn export(&self, format: PointFormat, datum: &Converter) -> Result<Export, Fault> {
        let region = &self.region;
        let rows = region.equipment.iter().enumerate().map(|(index, piece)| {
            let (x, y) = datum.from_wgs84(piece.at)?;
            let code = self.code(index).to_string();
            let text = |text: &str| Cell::Text(text.to_owned());
            let optional = |text: &Option<String>| Cell::text_or_empty(text.as_deref());
            Ok(Point {
                title: piece.name.clone().unwrap_or_else(|| code.clone()),
                at: [x, y],
                cells: vec![
                    text(&piece.id),
                    Cell::Text(code),
                    text(names::of_equipment(piece.kind)),
                    text(names::of_condition(piece.condition)),
                    optional(&piece.name),
                    optional(&piece.village),
                    optional(&piece.inspected_on),
                    optional(&piece.photo),
                    optional(&piece.note),
                    text(if piece.is_illustrative { "yes" } else { "no" }),
                ],
            })
        });
        let id = region.settings.id.as_str();
        let points = Points {
            name: id,
            attribution: region.settings.attribution.as_deref(),
            datum: datum.datum(),
            columns: &COLUMNS,
            rows: rows.collect::<Result<_, Fault>>()?,
        };
        let suffix = match datum.datum().to_string().as_str() {
            "wgs84" => String::new(),
            other => format!("-{}", other.replace(':', "-")),
        };
        Ok(Export {
            file_name: format!("{id}{suffix}.{}", format.extension()),
            bytes: format.bytes(&points)?,
        })
    }
}
