//! Waters that somebody has graded.

use rusqlite::Connection;
use rusqlite::params;
use serde::Serialize;

use crate::store::Act;
use crate::store::EntryId;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::words;

/// A water in the audit log.
#[derive(Serialize)]
struct Logged {
    risk: u8,
}

/// The grades that somebody has given, 1 (low) to 4 (highest), by id.
pub(super) fn of_region(
    connection: &Connection,
    region: &str,
) -> Result<Vec<(String, u8)>, Trouble> {
    let mut select = connection
        .prepare_cached("select id, risk from water_body where region = ?1 order by id")?;
    let rows = select.query_map([region], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A water as the audit log writes it.
pub(super) fn logged(risk: u8) -> Result<String, Trouble> {
    words::json(&Logged { risk })
}

pub(super) fn set(
    connection: &Connection,
    act: &Act<'_>,
    water_body: &str,
    before: u8,
    after: u8,
) -> Result<EntryId, Trouble> {
    let (before, now) = (Logged { risk: before }, Logged { risk: after });
    let about = ("water_body", water_body);
    let audit = audit::note(connection, act, about, Some(&before), Some(&now))?;
    let mut upsert = connection.prepare_cached(
        "insert into water_body (region, id, risk, audit) values (?1, ?2, ?3, ?4)
         on conflict do update set risk = excluded.risk, audit = excluded.audit",
    )?;
    upsert.execute(params![act.region, water_body, after, audit])?;
    Ok(audit)
}
