//! One source: its format by its name, and the reader for it.

use std::io::Cursor;
use std::path::Path;

use crate::formats::archive;
use crate::formats::archive::ArchiveError;
use crate::formats::archive::Packed;
use crate::formats::clip::ClipArea;
use crate::formats::csv;
use crate::formats::csv::CsvError;
use crate::formats::feature::FeatureFile;
use crate::formats::geopackage;
use crate::formats::geopackage::GeoPackageError;
use crate::formats::gpx;
use crate::formats::input::Input;
use crate::formats::json;
use crate::formats::json::JsonError;
use crate::formats::kml;
use crate::formats::layering;
use crate::formats::osm;
use crate::formats::pieces::FileColumn;
use crate::formats::placing::Placing;
use crate::formats::reading::Reading;
use crate::formats::region_file::Source;
use crate::formats::report::Report;
use crate::formats::section::shortened_text;
use crate::formats::shapefile;
use crate::formats::shapefile::ShapefileError;
use crate::formats::spreadsheet;
use crate::formats::spreadsheet::SpreadsheetError;
use crate::formats::table::TableError;
use crate::formats::text;
use crate::formats::text::LARGEST_TEXT;
use crate::formats::text::TextError;
use crate::formats::wanted::Wanted;
use crate::formats::xml::XmlError;
use crate::geometry::datum::DatumError;
use crate::model::oddity::OddityKind;

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// An OpenStreetMap extract.
    Osm,
    /// GeoJSON or Esri JSON.
    Json,
    /// A register as text.
    Csv,
    /// A register as a spreadsheet.
    Xlsx,
    /// A Shapefile, loose or in an archive.
    Shapefile,
    /// A `SQLite` file of layers.
    GeoPackage,
    /// Placemarks, loose or in an archive.
    Kml,
    /// Waypoints, routes and tracks.
    Gpx,
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
        } else if ends(&[".xlsx"]) {
            Some(Self::Xlsx)
        } else if ends(&[".shp", ".zip"]) {
            Some(Self::Shapefile)
        } else if ends(&[".gpkg"]) {
            Some(Self::GeoPackage)
        } else if ends(&[".kml", ".kmz"]) {
            Some(Self::Kml)
        } else if ends(&[".gpx"]) {
            Some(Self::Gpx)
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
    /// A table that is wanted for something else.
    #[error(
        "a table holds equipment or responders only; write use = [\"equipment\"] or use = [\"responders\"], and bring other layers as .geojson or .gpkg"
    )]
    TableIsRegister,
    /// Its workbook.
    #[error(transparent)]
    Spreadsheet(#[from] SpreadsheetError),
    /// Its shapes.
    #[error(transparent)]
    Shapefile(#[from] ShapefileError),
    /// Its tables.
    #[error(transparent)]
    GeoPackage(#[from] GeoPackageError),
    /// Its XML.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// Its archive.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A Shapefile's shapes without the files beside them.
    #[error(
        "is only a part of a Shapefile; put its .shp, .shx, .dbf, .prj and .cpg into one .zip, and take that"
    )]
    Alone,
    /// An archive without the document that it is named for.
    #[error("holds no .kml; export it again as KMZ or KML")]
    NoDocument,
    /// No layer of the name that the region's file gives.
    #[error("has no layer {wanted:?}; its layers are {found}")]
    NoLayer {
        /// As the region's file names it.
        wanted: String,
        /// Those that it has.
        found: String,
    },
    /// A clip without polygons.
    #[error(
        "has no polygon, so nothing can be clipped to it; name a file with polygons, or remove clip"
    )]
    EmptyClip,
}

impl SourceError {
    /// The columns of a table in which those that are needed were not found; none of any other fault.
    pub fn columns(&self) -> &[FileColumn] {
        let (Self::Csv(CsvError::Table(fault)) | Self::Spreadsheet(SpreadsheetError::Table(fault))) =
            self
        else {
            return &[];
        };
        match fault {
            TableError::NoColumn { columns, .. } | TableError::NoMappedColumn { columns, .. } => {
                columns
            }
            TableError::Empty | TableError::TooManyRows { .. } | TableError::Datum(_) => &[],
        }
    }
}

/// What is accepted now, in words.
const ACCEPTED: &str = ".osm.pbf, .osm, .osm.gz, .osm.bz2, .geojson, .json (GeoJSON or Esri JSON), .gpkg, .shp, .zip (a Shapefile), .kml, .kmz, .gpx, .csv, .xlsx";

/// What a source holds.
///
/// # Errors
///
/// For a file that cannot be read at all; single bad rows and features are oddities.
pub(super) fn read(input: &Input<'_>, source: &Source) -> Result<Reading, SourceError> {
    let mut report = Report::new(&source.file);
    match Format::of(&source.file).ok_or(SourceError::UnknownFormat)? {
        Format::Osm => read_osm(input, source),
        Format::Csv | Format::Xlsx if !source.wanted.equipment && !source.wanted.responders => {
            Err(SourceError::TableIsRegister)
        }
        Format::Csv => {
            let text = input.text(source.encoding, LARGEST_TEXT)?;
            report_layer(source, &mut report);
            Ok(csv::read(&text, source, report)?)
        }
        Format::Xlsx => {
            let bytes = input.bytes(LARGEST_TEXT)?;
            Ok(spreadsheet::read(&bytes, source, report)?)
        }
        format @ (Format::Json
        | Format::Shapefile
        | Format::GeoPackage
        | Format::Kml
        | Format::Gpx) => {
            let files = features(input, format, source, &mut report)?;
            report_columns(&files, source, &mut report);
            Ok(layering::layers(&files, source, report)?)
        }
    }
}

/// The features of a file that holds features, a list for each of the layers that are wanted of it.
fn features(
    input: &Input<'_>,
    format: Format,
    source: &Source,
    report: &mut Report,
) -> Result<Vec<FeatureFile>, SourceError> {
    let text = || input.text(source.encoding, LARGEST_TEXT);
    let bytes = || input.bytes(LARGEST_TEXT);
    let is_packed = Path::new(&source.file)
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("zip") || end.eq_ignore_ascii_case("kmz"));
    match format {
        Format::Json => {
            report_layer(source, report);
            Ok(vec![json::read(&text()?, report)?])
        }
        Format::Gpx => {
            report_layer(source, report);
            Ok(vec![gpx::read(&text()?)?])
        }
        Format::Kml => {
            report_layer(source, report);
            if !is_packed {
                return Ok(vec![kml::read(&text()?)?]);
            }
            let mut files = archive::unpacked(&bytes()?, &["kml"])?;
            // The document of an archive is the first, by its standard doc.kml.
            let document = files.drain(..).next().ok_or(SourceError::NoDocument)?;
            let text = text::decode(document.bytes, source.encoding)?;
            Ok(vec![kml::read(&text)?])
        }
        Format::Shapefile => {
            let parts = if is_packed {
                archive::unpacked(&bytes()?, &shapefile::PARTS)?
            } else {
                beside(input.path().ok_or(SourceError::Alone)?)?
            };
            layers_of(shapefile::read(&parts, source.encoding, report)?, source)
        }
        Format::GeoPackage => layers_of(geopackage::read(&bytes()?, report)?, source),
        Format::Osm | Format::Csv | Format::Xlsx => Err(SourceError::UnknownFormat),
    }
}

/// The layer that the region's file names, or all of them.
fn layers_of(
    mut layers: Vec<FeatureFile>,
    source: &Source,
) -> Result<Vec<FeatureFile>, SourceError> {
    let Some(wanted) = &source.layer else {
        return Ok(layers);
    };
    let names: Vec<String> = layers
        .iter()
        .filter_map(|layer| layer.layer.clone())
        .collect();
    layers.retain(|layer| layer.layer.as_ref() == Some(wanted));
    if layers.is_empty() {
        return Err(SourceError::NoLayer {
            wanted: wanted.clone(),
            found: shortened_text(&names.join(", ")),
        });
    }
    Ok(layers)
}

/// A loose Shapefile and the files beside it that are there.
fn beside(path: &Path) -> Result<Vec<Packed>, SourceError> {
    let mut parts = Vec::new();
    for part in shapefile::PARTS {
        let is_shapes = part == "shp";
        let lower = path.with_extension(part);
        let upper = path.with_extension(part.to_ascii_uppercase());
        let found = [lower, upper].into_iter().find(|path| path.is_file());
        let found = if is_shapes {
            Some(path.to_owned())
        } else {
            found
        };
        if let Some(found) = found {
            parts.push(Packed {
                name: found.to_string_lossy().into_owned(),
                bytes: text::bytes(&found, LARGEST_TEXT)?,
            });
        }
    }
    Ok(parts)
}

/// Tells which of the properties that the region's file names no feature has.
fn report_columns(files: &[FeatureFile], source: &Source, report: &mut Report) {
    for (column, header) in &source.columns {
        let mut features = files.iter().flat_map(|file| &file.features);
        if !features.any(|feature| feature.properties.contains_key(header)) {
            let detail = format!(
                "no feature has the property {header:?}, which region.toml names for {column}"
            );
            report.add(OddityKind::BadValue, header.as_str(), None, detail);
        }
    }
}

/// The one place where OpenStreetMap extracts are read.
fn read_osm(input: &Input<'_>, source: &Source) -> Result<Reading, SourceError> {
    let layers = match input {
        Input::File(path) => {
            osm::read(&source.file, path, &source.wanted, &|_| ()).map_err(|error| error.fault)
        }
        Input::Bytes(bytes) => osm::read_from(&source.file, Cursor::new(bytes), source.wanted),
    };
    let layers = layers.map_err(SourceError::Osm)?;
    Ok(Reading {
        layers,
        ..Reading::default()
    })
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
    let format = Format::of(file).ok_or(SourceError::UnknownFormat)?;
    if matches!(format, Format::Osm | Format::Csv | Format::Xlsx) {
        return Err(SourceError::EmptyClip);
    }
    let source = sources
        .iter()
        .find(|source| source.file == file)
        .cloned()
        .unwrap_or_else(|| Source::new(file, Wanted::default()));
    let mut report = Report::new(file);
    let mut polygons = Vec::new();
    let input = Input::File(dir.join(file));
    for features in features(&input, format, &source, &mut report)? {
        let converter = layering::datum(features.datum, &source, &mut report).converter()?;
        let mut placing = Placing {
            converter: &converter,
            report: &mut report,
        };
        for feature in &features.features {
            for polygon in &feature.shape.polygons {
                polygons.push(placing.rings("clip", std::slice::from_ref(polygon)));
            }
        }
    }
    ClipArea::new(&polygons).ok_or(SourceError::EmptyClip)
}
