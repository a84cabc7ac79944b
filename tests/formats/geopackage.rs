//! `GeoPackage`: feature tables of an `SQLite` file, and nothing else that stands in it.

use rusqlite::Connection;
use zhugan::formats::region_file::Source;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::oddity::OddityKind;

use super::of_kind;
use super::read;
use super::wanted;

/// The tables that a `GeoPackage` must have, less the columns that nobody needs.
const HEAD: &str = "
    CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
        organization_coordsys_id INTEGER, definition TEXT, description TEXT);
    INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '', ''), ('x', 4549, 'EPSG', 4549, '', '');
    CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, srs_id INTEGER);
    CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER,
        z TINYINT, m TINYINT);";

/// A point as `GeoPackage` binary, little end first, without an envelope.
fn point(x: f64, y: f64) -> Vec<u8> {
    let mut blob = b"GP\x00\x01".to_vec();
    blob.extend(4326_i32.to_le_bytes());
    blob.push(1);
    blob.extend(1_u32.to_le_bytes());
    blob.extend(x.to_le_bytes());
    blob.extend(y.to_le_bytes());
    blob
}

/// A file of the head, what `sql` adds, and pieces with their geometry.
fn package(sql: &str, pieces: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let base = Connection::open_in_memory().unwrap();
    base.execute_batch(HEAD).unwrap();
    base.execute_batch(
        "CREATE TABLE poles (fid INTEGER PRIMARY KEY, geom BLOB, 类型 TEXT, 编号 TEXT);
         INSERT INTO gpkg_contents VALUES ('poles', 'features', 'poles', 4326);
         INSERT INTO gpkg_geometry_columns VALUES ('poles', 'geom', 'POINT', 4326, 0, 0);",
    )
    .unwrap();
    for (id, blob) in pieces {
        let row = (blob, "救生圈", id);
        base.execute(
            "INSERT INTO poles (geom, 类型, 编号) VALUES (?1, ?2, ?3)",
            row,
        )
        .unwrap();
    }
    base.execute_batch(sql).unwrap();
    base.serialize("main").unwrap().to_vec()
}

/// A file with two pieces.
pub fn sample() -> Vec<u8> {
    package(
        "",
        &[
            ("FQ-1", point(120.411, 29.79)),
            ("FQ-2", point(120.5, 29.8)),
        ],
    )
}

fn source() -> Source {
    Source::new("poles.gpkg", wanted("equipment"))
}

#[test]
fn the_pieces_of_a_feature_table_are_read_under_chinese_columns() {
    let bytes = package(
        "",
        &[
            ("FQ-1", point(120.411, 29.79)),
            ("FQ-2", point(120.5, 29.8)),
        ],
    );
    let layers = read(&source(), &bytes).unwrap();
    assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
    let piece = &layers.equipment[0];
    assert_eq!(
        (piece.id.as_str(), piece.kind),
        ("FQ-1", EquipmentKind::Ring)
    );
    assert_eq!((piece.at.lon(), piece.at.lat()), (120.411, 29.79));
}

#[test]
fn rasters_attributes_and_empty_geometries_are_passed_over() {
    let mut empty = point(f64::NAN, f64::NAN);
    empty[3] |= 0x10;
    let sql = "CREATE TABLE dtm (id INTEGER PRIMARY KEY, tile_data BLOB);
         INSERT INTO gpkg_contents VALUES ('dtm', '2d-gridded-coverage', 'dtm', 4326);
         CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);
         INSERT INTO gpkg_contents VALUES ('people', 'attributes', 'people', NULL);";
    let pieces = [("FQ-1", point(120.411, 29.79)), ("FQ-2", empty)];
    let layers = read(&source(), &package(sql, &pieces)).unwrap();
    assert_eq!(layers.equipment.len(), 1);
    assert!(
        of_kind(&layers, OddityKind::Ignored)[0]
            .detail
            .contains("without a geometry")
    );
}

#[test]
fn shapes_that_lie_about_their_size_cost_nothing_but_themselves() {
    let line = |n_points: u32| {
        let mut blob = b"GP\x00\x01".to_vec();
        blob.extend(4326_i32.to_le_bytes());
        blob.push(1);
        blob.extend(2_u32.to_le_bytes());
        blob.extend(n_points.to_le_bytes());
        blob
    };
    // A collection in a collection in a collection …
    let mut nested = b"GP\x00\x01\x00\x00\x00\x00".to_vec();
    for _ in 0..100_000 {
        nested.push(1);
        nested.extend(7_u32.to_le_bytes());
        nested.extend(1_u32.to_le_bytes());
    }
    let pieces = [
        ("a", line(u32::MAX)),
        ("b", nested),
        ("c", b"GP".to_vec()),
        ("d", b"no geometry at all".to_vec()),
        ("e", point(120.411, 29.79)),
    ];
    let layers = read(&source(), &package("", &pieces)).unwrap();
    assert_eq!(layers.equipment.len(), 1);
    assert_eq!(
        of_kind(&layers, OddityKind::BadValue).len(),
        4,
        "{:?}",
        layers.oddities
    );
}

#[test]
fn a_column_whose_name_is_no_text_is_no_reason_to_fall() {
    let bytes = sample();
    // "编号" in the schema becomes bytes that are no UTF-8.
    let name = "编号".as_bytes();
    let at = bytes.windows(name.len()).position(|found| found == name);
    let mut broken = bytes.clone();
    broken[at.unwrap() + 2] = 0xff;
    let before = read(&source(), &bytes).unwrap();
    let after = read(&source(), &broken);
    assert!(after.is_err() || after.unwrap().equipment.len() == before.equipment.len());
}

#[test]
fn nothing_in_the_file_is_run() {
    // A view that never ends stands in the place of a feature table.
    let sql = "DROP TABLE poles;
         CREATE VIEW poles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
             SELECT i AS fid, NULL AS geom FROM n;";
    let line = read(&source(), &package(sql, &[])).unwrap_err();
    assert!(line.contains("without feature tables"), "{line}");
    // The list of contents itself may be such a view.
    let sql = "DROP TABLE gpkg_contents;
         CREATE VIEW gpkg_contents AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
             SELECT 'poles' AS table_name, 'features' AS data_type FROM n;";
    let line = read(&source(), &package(sql, &[])).unwrap_err();
    assert!(line.contains("without feature tables"), "{line}");
}

#[test]
fn a_file_that_is_broken_is_refused_in_one_line() {
    let bytes = package("", &[("FQ-1", point(120.411, 29.79))]);
    for broken in [&b"SQLite format 3\0"[..], &bytes[..600], b"hello"] {
        let line = read(&source(), broken).unwrap_err();
        assert!(line.contains("GeoPackage"), "{line}");
    }
}
