//! What goes out comes in again, to the last digit; and nothing of it is run by whoever opens it.

use zhugan::formats::csv_rows::Cell;
use zhugan::formats::points::Point;
use zhugan::formats::points::PointFormat;
use zhugan::formats::points::Points;
use zhugan::formats::region_file::Source;
use zhugan::geometry::datum::Datum;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::model::equipment::Equipment;

use super::read;
use super::wanted;

const COLUMNS: [&str; 8] = [
    "id",
    "code",
    "kind",
    "condition",
    "name",
    "village",
    "inspected_on",
    "note",
];

/// Coordinates with all the digits that a number has.
pub const PLACES: [[f64; 2]; 4] = [
    [120.410_987_654_321_09, 29.790_123_456_789_01],
    [-0.000_000_123_4, -33.100_000_000_000_01],
    [1e-7, 0.1 + 0.2],
    [179.999_999_999_999_97, 89.0],
];

/// Names as people give them, and as those do who mean harm.
const NAMES: [&str; 4] = [
    "桥头 & 埠头 <1>",
    "=HYPERLINK(\"http://example.invalid\",\"x\")",
    "<script>alert(1)</script>\"'",
    "-2+3, 第二行\nsecond line",
];

/// Pieces at those places, under those names.
pub fn points() -> Points<'static> {
    let rows = PLACES
        .iter()
        .zip(NAMES)
        .enumerate()
        .map(|(row, (&at, name))| {
            let text = |text: &str| Cell::Text(text.to_owned());
            Point {
                title: name.to_owned(),
                at,
                cells: vec![
                    Cell::Text(format!("FQ-{row}")),
                    Cell::Text(format!("FQ-000{row}-K")),
                    text("ring"),
                    text("damaged"),
                    text(name),
                    text("@枫源村"),
                    text("2024-05-03"),
                    Cell::Empty,
                ],
            }
        });
    Points {
        name: "枫桥",
        attribution: Some("© OpenStreetMap contributors"),
        datum: Datum::Wgs84,
        columns: &COLUMNS,
        rows: rows.collect(),
    }
}

fn back(format: PointFormat, bytes: &[u8], datum: Option<Datum>) -> Vec<Equipment> {
    let mut source = Source::new(
        format!("register.{}", format.extension()),
        wanted("equipment"),
    );
    source.datum = datum;
    let layers = read(&source, bytes).unwrap();
    assert!(
        layers.oddities.is_empty(),
        "{format:?}: {:?}",
        layers.oddities
    );
    layers.equipment
}

/// As many digits as tell a number from every other.
fn digits(place: [f64; 2]) -> [String; 2] {
    place.map(|number| number.to_string())
}

#[test]
fn what_goes_out_in_any_format_comes_in_again_to_the_last_digit() {
    for format in PointFormat::ALL {
        let bytes = format.bytes(&points()).unwrap();
        let pieces = back(format, &bytes, None);
        assert_eq!(pieces.len(), PLACES.len(), "{format:?}");
        for (row, piece) in pieces.iter().enumerate() {
            assert_eq!(piece.id, format!("FQ-{row}"), "{format:?}");
            assert_eq!(
                digits([piece.at.lon(), piece.at.lat()]),
                digits(PLACES[row]),
                "{format:?}"
            );
            assert_eq!(piece.name.as_deref(), Some(NAMES[row]), "{format:?}");
            assert_eq!(piece.village.as_deref(), Some("@枫源村"), "{format:?}");
            assert_eq!(
                piece.inspected_on.as_deref(),
                Some("2024-05-03"),
                "{format:?}"
            );
            assert_eq!(piece.note, None, "{format:?}");
        }
    }
}

#[test]
fn a_piece_without_a_name_comes_back_without_one() {
    for format in PointFormat::ALL {
        let mut points = points();
        points.rows.truncate(1);
        points.rows[0].title = "FQ-0000-K".to_owned();
        points.rows[0].cells[4] = Cell::Empty;
        let bytes = format.bytes(&points).unwrap();
        assert_eq!(back(format, &bytes, None)[0].name, None, "{format:?}");
    }
}

#[test]
fn other_datums_go_out_where_the_format_can_say_so_and_are_refused_where_it_cannot() {
    for datum in [Datum::Gcj02, Datum::Bd09, Datum::of_epsg(4549)] {
        // Only the first place is one that these are made for.
        let mut points = points();
        points.rows.truncate(1);
        let at = LonLat::new(PLACES[0][0], PLACES[0][1]).unwrap();
        let (x, y) = datum.converter().unwrap().from_wgs84(at).unwrap();
        points.datum = datum;
        points.rows[0].at = [x, y];
        for format in PointFormat::ALL {
            let outcome = format.bytes(&points);
            if matches!(format, PointFormat::Gpx | PointFormat::Kml) {
                let line = outcome.unwrap_err().to_string();
                assert!(line.contains("wgs84 by its standard"), "{line}");
                continue;
            }
            // GeoJSON and GeoPackage name their datum themselves; whoever reads a table says it.
            let told = match format {
                PointFormat::GeoJson | PointFormat::GeoPackage => None,
                _ => Some(datum),
            };
            let piece = &back(format, &outcome.unwrap(), told)[0];
            let off = (piece.at.lon() - at.lon()).abs() + (piece.at.lat() - at.lat()).abs();
            assert!(off < 1e-8, "{format:?} {datum}: {off}");
        }
    }
}

#[test]
fn a_text_that_begins_like_a_formula_is_a_text_in_csv_and_in_a_spreadsheet() {
    let csv = PointFormat::Csv.bytes(&points()).unwrap();
    assert!(
        csv.starts_with(b"\xef\xbb\xbf"),
        "a spreadsheet knows UTF-8 by its mark"
    );
    let mut reader = csv::Reader::from_reader(&csv[3..]);
    let mut n_guarded = 0;
    for record in reader.records() {
        // Numbers stand behind the texts, and may begin with a minus.
        for cell in record.unwrap().iter().take(COLUMNS.len()) {
            let begins_badly = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!begins_badly, "{cell:?}");
            n_guarded += usize::from(cell.starts_with('\''));
        }
    }
    assert_eq!(
        n_guarded,
        2 + PLACES.len(),
        "a formula, a sum, and every village"
    );
    let xlsx = PointFormat::Xlsx.bytes(&points()).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(xlsx)).unwrap();
    let sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    let sheet = std::io::read_to_string(sheet).unwrap();
    assert!(
        sheet.contains("<c r=\"A2\" t=\"s\">"),
        "texts are shared strings: {sheet}"
    );
    assert!(
        !sheet.contains("<f>") && !sheet.contains("<f "),
        "no formula: {sheet}"
    );
}

#[test]
fn letters_that_xml_forbids_are_left_out_and_the_document_stays_whole() {
    let mut points = points();
    points.rows[0].cells[4] = Cell::Text("a\u{0}b\u{b}c\u{ffff}d".to_owned());
    for format in [PointFormat::Gpx, PointFormat::Kml] {
        let bytes = format.bytes(&points).unwrap();
        assert_eq!(back(format, &bytes, None)[0].name.as_deref(), Some("abcd"));
    }
}
