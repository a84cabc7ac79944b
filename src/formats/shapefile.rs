//! Shapefiles, loose or in a zip archive: `.shp` with what stands beside it, `.dbf`, `.prj` and `.cpg`.

use std::fmt::Display;
use std::io::Cursor;

use ::shapefile::ShapeReader;
use ::shapefile::dbase;
use ::shapefile::dbase::FieldValue;
use ::shapefile::record::polygon::PolygonRing;
use ::shapefile::record::traits::HasXY;
use encoding_rs::Encoding;
use encoding_rs::GB18030;
use encoding_rs::UTF_8;
use serde_json::Map;
use serde_json::Value;

use crate::formats::archive::Packed;
use crate::formats::feature::Feature;
use crate::formats::feature::FeatureFile;
use crate::formats::feature::Shape;
use crate::formats::feature::Xy;
use crate::formats::json::MOST_FEATURES;
use crate::formats::prj;
use crate::formats::report::Report;
use crate::formats::section::shortened_text;
use crate::model::oddity::OddityKind;

/// The files that are read of a Shapefile, by the ends of their names.
pub(super) const PARTS: [&str; 4] = ["shp", "dbf", "prj", "cpg"];

/// Why a Shapefile cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ShapefileError {
    /// An archive without one.
    #[error("holds no .shp; pack the .shp with its .dbf, .prj and .cpg")]
    NoShapes,
    /// Broken.
    #[error("{part} is no part of a Shapefile that can be read ({fault}); export it again")]
    Broken {
        /// Which part.
        part: String,
        /// What the reader says.
        fault: String,
    },
}

/// The Shapefiles among some files, each a layer by its name; `encoding` is used where no `.cpg` stands beside.
///
/// # Errors
///
/// If there is none, or one cannot be read at all. A record that cannot be read is reported and ends its layer.
pub(super) fn read(
    parts: &[Packed],
    encoding: Option<&'static Encoding>,
    report: &mut Report,
) -> Result<Vec<FeatureFile>, ShapefileError> {
    let mut layers = Vec::new();
    for part in parts {
        let (stem, extension) = part.stem_and_extension();
        if extension != "shp" || stem.starts_with("._") {
            continue;
        }
        let beside = |wanted: &str| {
            let folder = |name: &str| {
                name.rsplit_once(['/', '\\'])
                    .map(|(folder, _)| folder.to_owned())
            };
            parts.iter().find(|other| {
                let (other_stem, extension) = other.stem_and_extension();
                let is_same = other_stem.eq_ignore_ascii_case(stem);
                is_same && extension == wanted && folder(&other.name) == folder(&part.name)
            })
        };
        let mut file = FeatureFile {
            layer: Some(stem.to_owned()),
            ..FeatureFile::default()
        };
        if let Some(words) = beside("prj") {
            let words = String::from_utf8_lossy(&words.bytes);
            file.take_datum(&words, prj::datum(&words), report);
        }
        let encoding = beside("cpg").and_then(|cpg| named(&cpg.bytes)).or(encoding);
        let table = if let Some(dbf) = beside("dbf") {
            properties(dbf, encoding)?
        } else {
            let detail = "has no .dbf beside it, so nothing is known of its shapes";
            report.add(OddityKind::BadValue, stem, None, detail);
            Vec::new()
        };
        shapes(part, stem, table, &mut file, report)?;
        layers.push(file);
    }
    if layers.is_empty() {
        return Err(ShapefileError::NoShapes);
    }
    Ok(layers)
}

fn shapes(
    part: &Packed,
    stem: &str,
    table: Vec<Map<String, Value>>,
    file: &mut FeatureFile,
    report: &mut Report,
) -> Result<(), ShapefileError> {
    let mut reader =
        ShapeReader::new(Cursor::new(&part.bytes[..])).map_err(|error| broken(part, error))?;
    let mut rows = table.into_iter();
    for (number, shape) in (1..=MOST_FEATURES).zip(reader.iter_shapes()) {
        let taken = match shape {
            Ok(shape) => taken(shape),
            Err(error) => {
                let detail = format!("is broken ({error}); it and what follows are left out");
                let id = format!("{} {number}", shortened_text(stem));
                report.add(OddityKind::BadValue, id, None, detail);
                return Ok(());
            }
        };
        let feature = taken.map(|shape| Feature {
            properties: rows.next().unwrap_or_default(),
            shape,
            ..Feature::default()
        });
        file.take(number, feature, report);
    }
    Ok(())
}

/// A shape taken apart.
fn taken(shape: ::shapefile::Shape) -> Result<Shape, String> {
    use ::shapefile::Shape as Its;
    let mut taken = Shape::default();
    match shape {
        Its::NullShape => {}
        Its::Point(point) => taken.points.push(xy(&point)),
        Its::PointM(point) => taken.points.push(xy(&point)),
        Its::PointZ(point) => taken.points.push(xy(&point)),
        Its::Multipoint(points) => taken.points = line(points.points()),
        Its::MultipointM(points) => taken.points = line(points.points()),
        Its::MultipointZ(points) => taken.points = line(points.points()),
        Its::Polyline(lines) => taken.lines = parts(lines.parts()),
        Its::PolylineM(lines) => taken.lines = parts(lines.parts()),
        Its::PolylineZ(lines) => taken.lines = parts(lines.parts()),
        Its::Polygon(polygon) => taken.polygons = polygons(polygon.rings()),
        Its::PolygonM(polygon) => taken.polygons = polygons(polygon.rings()),
        Its::PolygonZ(polygon) => taken.polygons = polygons(polygon.rings()),
        Its::Multipatch(_) => return Err("a body in three dimensions; left out".to_owned()),
    }
    Ok(taken)
}

fn xy(point: &impl HasXY) -> Xy {
    [point.x(), point.y()]
}

fn line<P: HasXY>(points: &[P]) -> Vec<Xy> {
    points.iter().map(xy).collect()
}

fn parts<P: HasXY>(parts: &[Vec<P>]) -> Vec<Vec<Xy>> {
    parts.iter().map(|part| line(part)).collect()
}

/// Every outer ring begins a polygon, to which the inner rings after it belong.
fn polygons<P: HasXY>(rings: &[PolygonRing<P>]) -> Vec<Vec<Vec<Xy>>> {
    let mut polygons: Vec<Vec<Vec<Xy>>> = Vec::new();
    for ring in rings {
        match (ring, polygons.last_mut()) {
            (PolygonRing::Inner(points), Some(polygon)) => polygon.push(line(points)),
            (PolygonRing::Outer(points) | PolygonRing::Inner(points), _) => {
                polygons.push(vec![line(points)]);
            }
        }
    }
    polygons
}

/// The rows of a table, in its own encoding or in one that its bytes are valid in.
fn properties(
    part: &Packed,
    encoding: Option<&'static Encoding>,
) -> Result<Vec<Map<String, Value>>, ShapefileError> {
    let encoding = encoding.unwrap_or_else(|| {
        // Chinese offices leave out the .cpg; plain letters are the same in both.
        let is_valid = texts_of(&part.bytes).all(|bytes| std::str::from_utf8(bytes).is_ok());
        if is_valid { UTF_8 } else { GB18030 }
    });
    let mut reader = dbase::ReaderBuilder::new()
        .with_encoding(dbase::encoding::EncodingRs::from(encoding))
        .build(Cursor::new(&part.bytes[..]))
        .map_err(|error| broken(part, error))?;
    let mut rows = Vec::new();
    for record in reader.iter_records() {
        let record = record.map_err(|error| broken(part, error))?;
        let cells = record
            .into_iter()
            .filter_map(|(name, value)| Some((name, plain(value)?)));
        rows.push(cells.collect());
        if rows.len() > MOST_FEATURES {
            break;
        }
    }
    Ok(rows)
}

/// The texts of a table: the names of its columns, 32 bytes apart in its head, and its cells behind the head.
fn texts_of(table: &[u8]) -> impl Iterator<Item = &[u8]> {
    let length = table
        .get(8..10)
        .map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
    let (head, cells) = table
        .split_at_checked(usize::from(length))
        .unwrap_or((&[], table));
    let columns = head.get(32..).unwrap_or_default().chunks_exact(32);
    let names = columns.map(|column| {
        column[..11]
            .split(|&byte| byte == 0)
            .next()
            .unwrap_or_default()
    });
    names.chain([cells])
}

fn plain(value: FieldValue) -> Option<Value> {
    match value {
        FieldValue::Character(text) => text.map(Value::String),
        FieldValue::Memo(text) => Some(Value::String(text)),
        FieldValue::Numeric(number) => number.map(number_text),
        FieldValue::Float(number) => number.map(|number| number_text(f64::from(number))),
        FieldValue::Double(number) | FieldValue::Currency(number) => Some(number_text(number)),
        FieldValue::Integer(number) => Some(number.into()),
        FieldValue::Logical(yes) => yes.map(Value::Bool),
        FieldValue::Date(date) => date.map(|date| {
            Value::String(format!(
                "{:04}-{:02}-{:02}",
                date.year(),
                date.month(),
                date.day()
            ))
        }),
        FieldValue::DateTime(moment) => {
            let date = moment.date();
            Some(Value::String(format!(
                "{:04}-{:02}-{:02}",
                date.year(),
                date.month(),
                date.day()
            )))
        }
    }
}

/// Whole numbers without a decimal point: a table knows no others apart.
fn number_text(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        Value::from(number as i64)
    } else {
        Value::from(number)
    }
}

/// The encoding that a `.cpg` names.
fn named(cpg: &[u8]) -> Option<&'static Encoding> {
    let words = String::from_utf8_lossy(cpg);
    let name = words
        .trim()
        .trim_start_matches('\u{feff}')
        .to_ascii_uppercase();
    match name.as_str() {
        "UTF8" | "65001" => Some(UTF_8),
        "936" | "CP936" | "GBK" | "54936" => Some(GB18030),
        "88591" | "1252" | "CP1252" | "ANSI 1252" => Encoding::for_label(b"windows-1252"),
        other => Encoding::for_label(other.as_bytes()),
    }
}

fn broken(part: &Packed, error: impl Display) -> ShapefileError {
    ShapefileError::Broken {
        part: shortened_text(&part.name),
        fault: shortened_text(&error.to_string()),
    }
}
