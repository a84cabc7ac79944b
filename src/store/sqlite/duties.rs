//! Responders who have said themselves whether they are on duty.

use rusqlite::Connection;
use rusqlite::params;
use serde::Serialize;

use crate::store::Act;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::words;

/// What a responder has said in the audit log; none if their hours hold.
#[derive(Serialize)]
struct Logged {
    on_duty: Option<bool>,
}

/// Whoever has said so last, by id; none of whom their hours hold again.
pub(super) fn of_region(
    connection: &Connection,
    region: &str,
) -> Result<Vec<(String, Option<bool>)>, Trouble> {
    let mut select = connection
        .prepare_cached("select id, on_duty from responder where region = ?1 order by id")?;
    let rows = select.query_map([region], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A responder as the audit log writes them.
pub(super) fn logged(on_duty: Option<bool>) -> Result<String, Trouble> {
    words::json(&Logged { on_duty })
}

pub(super) fn set(
    connection: &Connection,
    act: &Act<'_>,
    responder: &str,
    before: Option<bool>,
    after: Option<bool>,
) -> Result<(), Trouble> {
    let (before, now) = (Logged { on_duty: before }, Logged { on_duty: after });
    let about = ("responder", responder);
    let audit = audit::note(connection, act, about, Some(&before), Some(&now))?;
    let mut upsert = connection.prepare_cached(
        "insert into responder (region, id, on_duty, audit) values (?1, ?2, ?3, ?4)
         on conflict do update set on_duty = excluded.on_duty, audit = excluded.audit",
    )?;
    upsert.execute(params![act.region, responder, after, audit])?;
    Ok(())
}
