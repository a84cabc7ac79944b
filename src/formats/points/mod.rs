//! What stands at points, on its way out: one table, written in everybody's formats.

mod csv;
mod geojson;
mod geopackage;
mod gpx;
mod kml;
pub(in crate::formats) mod markup;
mod spreadsheet;

use crate::formats::csv_rows::Cell;
use crate::geometry::datum::Datum;

/// Rows with places.
#[derive(Clone, Debug)]
pub struct Points<'a> {
    /// What they are, as a layer or a sheet is called.
    pub name: &'a str,
    /// Of whose data they are made, if somebody must be named.
    pub attribution: Option<&'a str>,
    /// Of all coordinates.
    pub datum: Datum,
    /// The names of the cells.
    pub columns: &'a [&'a str],
    /// In the order in which they are written.
    pub rows: Vec<Point>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Point {
    /// By what it is called where there is room for one word.
    pub title: String,
    /// Longitude and latitude, or easting and northing in meters, in the table's datum.
    pub at: [f64; 2],
    /// As many as the table has columns.
    pub cells: Vec<Cell>,
}

/// A format in which points go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointFormat {
    /// UTF-8 with a byte order mark, which spreadsheets need.
    Csv,
    /// RFC 7946; another datum than WGS-84 is named in a member `datum`.
    GeoJson,
    /// OGC 12-128.
    GeoPackage,
    /// Version 1.1.
    Gpx,
    /// Version 2.2.
    Kml,
    /// Office Open XML.
    Xlsx,
}

/// Why points cannot go out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PointsError {
    /// A format that knows one datum only.
    #[error(
        "{format} is in wgs84 by its standard, not in {datum}; take datum=wgs84, or another format"
    )]
    OnlyWgs84 {
        /// The format.
        format: &'static str,
        /// What was asked for.
        datum: Datum,
    },
    /// More than a sheet has rows.
    #[error("a spreadsheet holds 1,048,575 rows at most; take csv, or another format")]
    TooManyRows,
    /// A writer gives up.
    #[error("the {format} cannot be written: {fault}")]
    Failed {
        /// The format.
        format: &'static str,
        /// What the writer says.
        fault: String,
    },
}

impl PointFormat {
    /// Every format, in the order of this enum.
    pub const ALL: [Self; 6] = [
        Self::Csv,
        Self::GeoJson,
        Self::GeoPackage,
        Self::Gpx,
        Self::Kml,
        Self::Xlsx,
    ];

    /// Its usual extension, by which it is asked for, too.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::GeoPackage => "gpkg",
            Self::Gpx => "gpx",
            Self::Kml => "kml",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::GeoJson => "application/geo+json",
            Self::GeoPackage => "application/geopackage+sqlite3",
            Self::Gpx => "application/gpx+xml",
            Self::Kml => "application/vnd.google-earth.kml+xml",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The points in this format.
    ///
    /// # Errors
    ///
    /// For a datum or a number of rows that the format cannot hold.
    pub fn bytes(self, points: &Points<'_>) -> Result<Vec<u8>, PointsError> {
        let of_wgs84 = |format: &'static str| {
            let is_wgs84 = points.datum.is_same_as(Datum::Wgs84);
            let datum = points.datum;
            is_wgs84
                .then_some(())
                .ok_or(PointsError::OnlyWgs84 { format, datum })
        };
        match self {
            Self::Csv => Ok(csv::bytes(points)),
            Self::GeoJson => Ok(geojson::bytes(points)),
            Self::GeoPackage => geopackage::bytes(points),
            Self::Gpx => of_wgs84("GPX").map(|()| gpx::bytes(points)),
            Self::Kml => of_wgs84("KML").map(|()| kml::bytes(points)),
            Self::Xlsx => spreadsheet::bytes(points),
        }
    }
}
