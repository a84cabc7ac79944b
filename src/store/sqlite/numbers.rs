//! Numbers of rows and ids with numbers: each is given once, also if its row is gone.

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

/// The id of a table, from a number on, that no row of the region has and that is not taken elsewhere. Rows are never taken
/// away, so that none has had it either.
pub(super) fn free_id(
    connection: &Connection,
    region: &str,
    (table, prefix): (&str, &str),
    from: i64,
    is_taken: &dyn Fn(&str) -> bool,
) -> Result<String, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select exists (select 1 from {table} where region = ?1 and id = ?2)"
    ))?;
    // Each id can be taken only once, so that a free one comes soon.
    for number in from.. {
        let id = format!("{prefix}-{number}");
        let is_there: bool = select.query_row([region, &id], |row| row.get(0))?;
        if !is_there && !is_taken(&id) {
            return Ok(id);
        }
    }
    Err(Trouble::Row("no id is free".to_owned()))
}
