//! Points as `GeoPackage` 1.3: one feature table in an `SQLite` file that is made in memory.

use rusqlite::Connection;
use rusqlite::ToSql;
use rusqlite::types::Null;

use crate::formats::csv_rows::Cell;
use crate::formats::points::Points;
use crate::formats::points::PointsError;
use crate::geometry::datum::Datum;

/// The number of a reference system that has none of its own: the standard leaves those from 100,000 to whoever needs them.
const OWN_SYSTEM: i64 = 100_000;

/// The tables that every file has; the strings of reference systems are those of the standard.
const TABLES: &str = r#"
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
    ('WGS 84', 4326, 'EPSG', 4326,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]',
     NULL);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
    description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
"#;

/// The file.
pub(super) fn bytes(points: &Points<'_>) -> Result<Vec<u8>, PointsError> {
    file(points).map_err(|error| PointsError::Failed {
        format: "GeoPackage",
        fault: error.to_string(),
    })
}

fn file(points: &Points<'_>) -> rusqlite::Result<Vec<u8>> {
    let mut base = Connection::open_in_memory()?;
    base.execute_batch(TABLES)?;
    let system = system(&base, points.datum)?;
    let quoted = |column: &&str| format!("\"{}\"", column.replace('"', "\"\""));
    let columns: Vec<String> = points.columns.iter().map(quoted).collect();
    let defined: Vec<String> = columns
        .iter()
        .map(|column| format!(", {column} TEXT"))
        .collect();
    let defined = defined.concat();
    base.execute_batch(&format!(
        "CREATE TABLE register (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT{defined})"
    ))?;
    let inside = |axis: usize| {
        let numbers = points.rows.iter().map(move |point| point.at[axis]);
        let least = numbers.clone().reduce(f64::min);
        (least, numbers.reduce(f64::max))
    };
    let ((west, east), (south, north)) = (inside(0), inside(1));
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, min_x, min_y, max_x, max_y, srs_id)
         VALUES ('register', 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (points.name, points.attribution.unwrap_or_default(), west, south, east, north, system),
    )?;
    base.execute(
        "INSERT INTO gpkg_geometry_columns VALUES ('register', 'geom', 'POINT', ?1, 0, 0)",
        [system],
    )?;
    let transaction = base.transaction()?;
    let places: Vec<String> = (1..=columns.len() + 1)
        .map(|place| format!("?{place}"))
        .collect();
    let mut insert = transaction.prepare(&format!(
        "INSERT INTO register ({}) VALUES ({})",
        [&["geom".to_owned()], &columns[..]].concat().join(", "),
        places.join(", ")
    ))?;
    for point in &points.rows {
        let blob = blob(point.at, system as i32);
        let mut cells: Vec<&dyn ToSql> = vec![&blob];
        cells.extend(point.cells.iter().map(|cell| -> &dyn ToSql {
            match cell {
                Cell::Text(text) => text,
                Cell::Number(number) => number,
                Cell::Empty => &Null,
            }
        }));
        insert.execute(&cells[..])?;
    }
    drop(insert);
    transaction.commit()?;
    Ok(base.serialize("main")?.to_vec())
}

/// The number of a datum in this file, where it is named.
fn system(base: &Connection, datum: Datum) -> rusqlite::Result<i64> {
    if datum.is_same_as(Datum::Wgs84) {
        return Ok(4326);
    }
    let name = datum.to_string();
    let (number, organization) = match datum {
        Datum::Epsg(code) => (i64::from(code), "EPSG"),
        Datum::Cgcs2000 => (4490, "EPSG"),
        Datum::Wgs84 | Datum::Gcj02 | Datum::Bd09 => (OWN_SYSTEM, "zhugan"),
    };
    base.execute(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?2, 'undefined', NULL)",
        (name, number, organization),
    )?;
    Ok(number)
}

/// A point as the standard wants it: a head of 8 bytes without an envelope, and well-known binary, little end first.
fn blob([x, y]: [f64; 2], system: i32) -> Vec<u8> {
    let mut blob = b"GP\x00\x01".to_vec();
    blob.extend(system.to_le_bytes());
    blob.push(1);
    blob.extend(1_u32.to_le_bytes());
    blob.extend(x.to_le_bytes());
    blob.extend(y.to_le_bytes());
    blob
}
