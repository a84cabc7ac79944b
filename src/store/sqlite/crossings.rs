//! Crossings that somebody has opened or closed.

use rusqlite::Connection;
use rusqlite::params;
use serde::Serialize;

use crate::model::crossing::CrossingState;
use crate::store::Act;
use crate::store::EntryId;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::words;

/// A crossing in the audit log.
#[derive(Serialize)]
struct Logged {
    state: CrossingState,
}

pub(super) fn of_region(
    connection: &Connection,
    region: &str,
) -> Result<Vec<(String, CrossingState)>, Trouble> {
    let mut select = connection
        .prepare_cached("select id, state from crossing where region = ?1 order by id")?;
    let mut rows = select.query([region])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get(0)?, words::read(row.get(1)?)?));
    }
    Ok(found)
}

/// A crossing as the audit log writes it.
pub(super) fn logged(state: CrossingState) -> Result<String, Trouble> {
    words::json(&Logged { state })
}

pub(super) fn set(
    connection: &Connection,
    act: &Act<'_>,
    crossing: &str,
    before: CrossingState,
    after: CrossingState,
) -> Result<EntryId, Trouble> {
    let (before, now) = (Logged { state: before }, Logged { state: after });
    let audit = audit::note(
        connection,
        act,
        ("crossing", crossing),
        Some(&before),
        Some(&now),
    )?;
    let mut upsert = connection.prepare_cached(
        "insert into crossing (region, id, state, audit) values (?1, ?2, ?3, ?4)
         on conflict do update set state = excluded.state, audit = excluded.audit",
    )?;
    upsert.execute(params![
        act.region,
        crossing,
        words::written(&after)?,
        audit
    ])?;
    Ok(audit)
}
