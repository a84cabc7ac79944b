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
    let header = Cursor::new(&part.bytes[..]);
    ShapeReader::new(header).map_err(|error| broken(part, error))?;
    let mut rows = table.into_iter();
    for (number, record) in (1..=MOST_FEATURES).zip(records(&part.bytes)) {
        let taken = match record.and_then(|record| shape(&part.bytes, record)) {
            Ok(shape) => taken(shape),
            Err(fault) => {
                let detail = format!("is broken ({fault}); it and what follows are left out");
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

/// The length of the file's header and of a record's, bytes.
const HEADER: usize = 100;
const RECORD_HEADER: usize = 8;

/// The records of a `.shp`, each with its header, cut by what it says of its own length.
fn records(bytes: &[u8]) -> impl Iterator<Item = Result<&[u8], String>> {
    let mut rest = bytes.get(HEADER..).unwrap_or_default();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let words = rest.get(4..RECORD_HEADER).map(|words| big(words) as usize);
        let length = words.and_then(|words| words.checked_mul(2)?.checked_add(RECORD_HEADER));
        let cut = length.and_then(|length| rest.split_at_checked(length));
        let Some((record, others)) = cut else {
            rest = &[];
            return Some(Err("it ends before its end".to_owned()));
        };
        rest = others;
        Some(Ok(record))
    })
}

/// The shape of a record, read by itself, so that no record can lead the reader astray.
fn shape(bytes: &[u8], record: &[u8]) -> Result<::shapefile::Shape, String> {
    let content = &record[RECORD_HEADER..];
    // Nothing that a record says of its size is believed before it is held against its length.
    let number = |from: usize| content.get(from..from + 4).map_or(0, little);
    let (n_parts, n_points) = match number(0) {
        3 | 5 | 13 | 15 | 23 | 25 | 31 => (number(36), number(40)),
        8 | 18 | 28 => (0, number(36)),
        _ => (0, 0),
    };
    let least = 4 * u64::from(n_parts) + 16 * u64::from(n_points);
    if content.len() as u64 <= least && least > 0 {
        return Err(format!(
            "{n_parts} parts and {n_points} points do not fit into it"
        ));
    }
    // So is where each part begins: none before the first point, before the part in front of it, or behind the last point.
    let begins = (0..n_parts as usize).map(|part| number(44 + 4 * part));
    if !begins.clone().is_sorted() || begins.max().is_some_and(|last| n_points < last) {
        return Err("its parts do not begin one after the other".to_owned());
    }
    let mut alone = bytes[..HEADER].to_vec();
    alone.extend(record);
    let words = u32::try_from(alone.len() / 2).unwrap_or(u32::MAX);
    alone[24..28].copy_from_slice(&words.to_be_bytes());
    let reader = ShapeReader::new(Cursor::new(&alone[..]));
    let mut reader = reader.map_err(|error| error.to_string())?;
    let shape = reader.iter_shapes().next();
    let shape = shape.ok_or_else(|| "it is empty".to_owned())?;
    shape.map_err(|error| error.to_string())
}

fn big(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn little(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
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
