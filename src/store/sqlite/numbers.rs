//! Numbers of rows: each is given once, also if its row is gone.

use rusqlite::Connection;
use rusqlite::OptionalExtension;

use crate::store::sqlite::faults::Trouble;

/// The number that the next row of a table has; no row has had it.
pub(super) fn next(connection: &Connection, table: &str) -> Result<i64, Trouble> {
    let mut select =
        connection.prepare_cached("select seq from sqlite_sequence where name = ?1")?;
    let last: Option<i64> = select.query_row([table], |row| row.get(0)).optional()?;
    Ok(last.unwrap_or_default() + 1)
}
