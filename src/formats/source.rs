//! One source: its format by its name, and the reader for it.

use std::path::Path;

use crate::formats::clip::ClipArea;
use crate::formats::csv;
use crate::formats::csv::CsvError;
use crate::formats::json;
use crate::formats::json::JsonError;
use crate::formats::layering;
use crate::formats::osm;
use crate::formats::placing::Placing;
use crate::formats::reading::Reading;
use crate::formats::region_file::Source;
use crate::formats::report::Report;
use crate::formats::text;
use crate::formats::text::LARGEST_TEXT;
use crate::formats::text::TextError;
use crate::formats::wanted::Wanted;
use crate::geometry::datum::DatumError;
use crate::model::oddity::OddityKind;

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// An OpenStreetMap extract.
    Osm,
    /// GeoJSON or Esri JSON.
    Json,
    /// An equipment register.
    Csv,
    /// A format that is promised, but not read yet.
    NotYet,
}

impl Format {
    /// The format of a file, by the end of its name.
    pub fn of(file: &str) -> Option<Self> {
        let name = file.to_ascii_lowercase();
        let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
        if ends(&[".osm.pbf", ".osm", ".osm.gz", ".osm.bz2"]) {
            Some(Self::Osm)
        } else if ends(&[".geojson", ".json"]) {
            Some(Self::Json)
        } else if ends(&[".csv"]) {
            Some(Self::Csv)
        } else if ends(&[".gpkg", ".shp", ".zip", ".kml", ".kmz", ".gpx"]) {
            Some(Self::NotYet)
        } else {
            None
        }
    }
}

/// Why a source cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file itself.
    #[error(transparent)]
    Text(#[from] TextError),
    /// Its JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Its CSV.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// Its OpenStreetMap data.
    #[error(transparent)]
    Osm(osm::Fault),
    /// Its datum.
    #[error(transparent)]
    Datum(#[from] DatumError),
    /// A format that nobody reads.
    #[error("is in no format that is read here; convert it to one of {ACCEPTED}")]
    UnknownFormat,
    /// A format that is promised, but not read yet.
    #[error("this format is not readable yet; convert it to one of {ACCEPTED}")]
    NotReadableYet,
    /// A CSV that is wanted for something else.
    #[error(
        "a CSV file holds equipment or responders only; write use = [\"equipment\"] or use = [\"responders\"], and bring other layers as .geojson"
    )]
    CsvIsRegister,
    /// A clip without polygons.
    #[error(
        "has no polygon, so nothing can be clipped to it; name a file with polygons, or remove clip"
    )]
    EmptyClip,
}

/// What is accepted now, in words.
const ACCEPTED: &str =
    ".osm.pbf, .osm, .osm.gz, .osm.bz2, .geojson, .json (GeoJSON or Esri JSON), .csv (equipment)";

/// What a source holds.
///
/// # Errors
///
/// For a file that cannot be read at all; single bad rows and features are oddities.
pub(super) fn read(dir: &Path, source: &Source) -> Result<Reading, SourceError> {
    let path = dir.join(&source.file);
    let mut report = Report::new(&source.file);
    match Format::of(&source.file).ok_or(SourceError::UnknownFormat)? {
        Format::Osm => read_osm(&path, source),
        Format::Json => {
            let text = text::read(&path, source.encoding, LARGEST_TEXT)?;
            report_layer(source, &mut report);
            let file = json::read(&text, &mut report)?;
            drop(text);
            for (column, header) in &source.columns {
                if !file
                    .features
                    .iter()
                    .any(|feature| feature.properties.contains_key(header))
                {
                    let detail = format!(
                        "no feature has the property {header:?}, which region.toml names for {column}"
                    );
                    report.add(OddityKind::BadValue, header.as_str(), None, detail);
                }
            }
            Ok(layering::layers(&file, source, report)?)
        }
        Format::Csv => {
            if !source.wanted.equipment && !source.wanted.responders {
                return Err(SourceError::CsvIsRegister);
            }
            let text = text::read(&path, source.encoding, LARGEST_TEXT)?;
            report_layer(source, &mut report);
            Ok(csv::read(&text, source, report)?)
        }
        Format::NotYet => Err(SourceError::NotReadableYet),
    }
}

/// The one place where OpenStreetMap extracts are read.
fn read_osm(path: &Path, source: &Source) -> Result<Reading, SourceError> {
    let read = osm::read(&source.file, path, &source.wanted, &|_| ());
    let layers = read.map_err(|error| SourceError::Osm(error.fault))?;
    let rows = Vec::new();
    Ok(Reading { layers, rows })
}

fn report_layer(source: &Source, report: &mut Report) {
    if let Some(layer) = &source.layer {
        let detail = "this format has no layers; layer is not used";
        report.add(OddityKind::Ignored, layer.as_str(), None, detail);
    }
}

/// The planning area in a file of polygons; its datum is its own, or that of the source which names the same file.
pub(super) fn read_clip(
    dir: &Path,
    file: &str,
    sources: &[Source],
) -> Result<ClipArea, SourceError> {
    if Format::of(file) != Some(Format::Json) {
        return Err(SourceError::EmptyClip);
    }
    let source = sources
        .iter()
        .find(|source| source.file == file)
        .cloned()
        .unwrap_or_else(|| Source::new(file, Wanted::default()));
    let text = text::read(&dir.join(file), source.encoding, LARGEST_TEXT)?;
    let mut report = Report::new(file);
    let features = json::read(&text, &mut report)?;
    let converter = layering::datum(features.datum, &source, &mut report).converter()?;
    let mut placing = Placing {
        converter: &converter,
        report: &mut report,
    };
    let mut polygons = Vec::new();
    for feature in &features.features {
        for polygon in &feature.shape.polygons {
            polygons.push(placing.rings("clip", std::slice::from_ref(polygon)));
        }
    }
    ClipArea::new(&polygons).ok_or(SourceError::EmptyClip)
}
