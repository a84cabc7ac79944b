//! `GeoPackage` (OGC 12-128): the feature tables of a `SQLite` file, read without trusting what else stands in it.

use rusqlite::Connection;
use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use serde_json::Value;

use crate::formats::feature::Feature;
use crate::formats::feature::FeatureFile;
use crate::formats::feature::Shape;
use crate::formats::feature::datum_named;
use crate::formats::json::MOST_FEATURES;
use crate::formats::report::Report;
use crate::formats::section::shortened_text;
use crate::formats::wkb;
use crate::geometry::datum::Datum;
use crate::model::oddity::OddityKind;

/// The most layers, and the most columns of one.
const MOST_LAYERS: i64 = 200;

/// Why a `GeoPackage` cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GeoPackageError {
    /// No `SQLite` file, or a broken one.
    #[error("is no GeoPackage that can be read ({0}); export it again as GeoPackage")]
    Broken(String),
    /// A `SQLite` file without features.
    #[error("is a SQLite file without feature tables; export the layer as GeoPackage")]
    NoFeatures,
    /// More features than we read.
    #[error("has more than {limit} features; split it, or leave out what the region does not need")]
    TooMany {
        /// The limit.
        limit: usize,
    },
}

impl From<rusqlite::Error> for GeoPackageError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Broken(match error {
            // What was asked is of no use to whoever made the file.
            rusqlite::Error::SqlInputError { msg, .. } => shortened_text(&msg),
            other => shortened_text(&other.to_string()),
        })
    }
}

/// A feature table, as `gpkg_contents` and `gpkg_geometry_columns` tell.
struct Table {
    name: String,
    geometry: String,
    key: Option<String>,
    system: String,
    organization: String,
    code: i64,
}

/// The feature tables of a file; rasters and attributes are passed over.
///
/// # Errors
///
/// For bytes that are no `GeoPackage` with features.
pub(super) fn read(bytes: &[u8], report: &mut Report) -> Result<Vec<FeatureFile>, GeoPackageError> {
    let connection = opened(bytes)?;
    let mut n_left = MOST_FEATURES;
    let mut layers = Vec::new();
    for table in tables(&connection)? {
        layers.push(layer(&connection, &table, &mut n_left, report)?);
    }
    if layers.is_empty() {
        return Err(GeoPackageError::NoFeatures);
    }
    Ok(layers)
}

/// The file in memory, of which nothing can be run or written.
fn opened(bytes: &[u8]) -> Result<Connection, GeoPackageError> {
    let mut connection = Connection::open_in_memory_with_flags(
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.deserialize_read_exact("main", bytes, bytes.len(), true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    Ok(connection)
}

fn tables(connection: &Connection) -> Result<Vec<Table>, GeoPackageError> {
    let has: bool = connection.query_row(
        "SELECT COUNT(*) = 3 FROM sqlite_schema WHERE type = 'table'
         AND name IN ('gpkg_contents', 'gpkg_geometry_columns', 'gpkg_spatial_ref_sys')",
        [],
        |row| row.get(0),
    )?;
    if !has {
        return Err(GeoPackageError::NoFeatures);
    }
    // A virtual table would run whatever it is made of.
    let mut statement = connection.prepare(
        "SELECT c.table_name, g.column_name, s.srs_name, s.organization, s.organization_coordsys_id
         FROM gpkg_contents c
         JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
         JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
         JOIN sqlite_schema t ON lower(t.name) = lower(c.table_name)
         WHERE c.data_type = 'features' AND t.type = 'table' AND t.sql LIKE 'CREATE TABLE%'
         ORDER BY c.table_name LIMIT ?1",
    )?;
    let found = statement.query_map([MOST_LAYERS], |row| {
        Ok(Table {
            name: row.get(0)?,
            geometry: row.get(1)?,
            key: None,
            system: row.get(2)?,
            organization: row.get(3)?,
            code: row.get(4)?,
        })
    })?;
    let mut tables: Vec<Table> = found.collect::<Result<_, _>>()?;
    for table in &mut tables {
        let key = connection.query_row(
            "SELECT name FROM pragma_table_info(?1) WHERE pk = 1",
            [&table.name],
            |row| row.get(0),
        );
        table.key = match key {
            Ok(key) => Some(key),
            Err(rusqlite::Error::QueryReturnedNoRows) => None,
            Err(error) => return Err(error.into()),
        };
    }
    Ok(tables)
}

fn layer(
    connection: &Connection,
    table: &Table,
    n_left: &mut usize,
    report: &mut Report,
) -> Result<FeatureFile, GeoPackageError> {
    let mut file = FeatureFile {
        layer: Some(table.name.clone()),
        ..FeatureFile::default()
    };
    if table.organization.eq_ignore_ascii_case("epsg") {
        file.datum = u32::try_from(table.code).ok().map(Datum::of_epsg);
    } else if table.code > 0 {
        file.take_datum(&table.system, datum_named(&table.system), report);
    }
    let quoted = table.name.replace('"', "\"\"");
    let mut statement = connection.prepare(&format!("SELECT * FROM \"{quoted}\""))?;
    let columns = columns(connection, &table.name)?;
    if columns.len() != statement.column_count() {
        let fault = format!("the columns of {} are not as it says", table.name);
        return Err(GeoPackageError::Broken(shortened_text(&fault)));
    }
    let is = |name: &str, column: &str| column.eq_ignore_ascii_case(name);
    let mut rows = statement.query([])?;
    let mut number = 0;
    while let Some(row) = rows.next()? {
        *n_left = n_left.checked_sub(1).ok_or(GeoPackageError::TooMany {
            limit: MOST_FEATURES,
        })?;
        number += 1;
        let mut feature = Feature {
            number,
            ..Feature::default()
        };
        let mut shape = Ok(Shape::default());
        for (index, column) in columns.iter().enumerate() {
            let value = row.get_ref(index)?;
            if is(&table.geometry, column) {
                if let ValueRef::Blob(blob) = value {
                    shape = wkb::of_geopackage(blob);
                }
            } else if table.key.as_deref().is_some_and(|key| is(key, column))
                && let ValueRef::Integer(key) = value
            {
                feature.number = usize::try_from(key).unwrap_or(number);
            } else if let Some(value) = plain(value) {
                feature.properties.insert(column.clone(), value);
            }
        }
        match shape {
            Ok(shape) => file.features.push(Feature { shape, ..feature }),
            Err(fault) => {
                let id = format!("{} {}", shortened_text(&table.name), feature.number);
                report.add(OddityKind::BadValue, id, None, fault);
            }
        }
    }
    Ok(file)
}

/// The names of a table's columns, as they are shown; they need not be text, and rusqlite's own list would not survive that.
fn columns(connection: &Connection, table: &str) -> Result<Vec<String>, GeoPackageError> {
    let mut statement = connection.prepare(
        "SELECT CAST(name AS BLOB) FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid",
    )?;
    let names = statement.query_map([table], |row| {
        let name: Vec<u8> = row.get(0)?;
        Ok(String::from_utf8_lossy(&name).into_owned())
    })?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// A cell that is text, a number, or nothing.
fn plain(value: ValueRef<'_>) -> Option<Value> {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => None,
        ValueRef::Integer(number) => Some(number.into()),
        ValueRef::Real(number) => Some(number.into()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned().into()),
    }
}
