//! Corrections of the map that somebody has made.

use rusqlite::Connection;
use rusqlite::params;
use serde::Serialize;

use crate::model::correction::Correction;
use crate::model::correction::KeptCorrection;
use crate::model::register::Presence;
use crate::store::Act;
use crate::store::CorrectionChange;
use crate::store::EntryId;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::imports;
use crate::store::sqlite::numbers;
use crate::store::sqlite::words;

/// A correction in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    presence: Presence,
    #[serde(flatten)]
    correction: &'a Correction,
}

/// The corrections of a region, in the order in which they were made.
pub(super) fn of_region(
    connection: &Connection,
    region: &str,
) -> Result<Vec<KeptCorrection>, Trouble> {
    let mut select = connection.prepare_cached(
        "select presence, correction from correction where region = ?1 order by length(id), id",
    )?;
    let mut rows = select.query([region])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let correction: String = row.get(1)?;
        found.push(KeptCorrection {
            presence: words::read(row.get(0)?)?,
            correction: words::of_json(&correction)?,
        });
    }
    Ok(found)
}

/// An id that no correction of the region has or had, and nothing of its files either.
pub(super) fn free_id(
    connection: &Connection,
    region: &str,
    is_taken: &dyn Fn(&str) -> bool,
) -> Result<String, Trouble> {
    let mut count =
        connection.prepare_cached("select count(*) from correction where region = ?1")?;
    let n: i64 = count.query_row([region], |row| row.get(0))?;
    let of = ("correction", "correction");
    numbers::free_id(connection, region, of, n + 1, is_taken)
}

/// A correction as the audit log writes it.
pub(super) fn logged(kept: &KeptCorrection) -> Result<String, Trouble> {
    words::json(&Logged {
        presence: kept.presence,
        correction: &kept.correction,
    })
}

/// Keeps what becomes of a correction, and what the map holds with it, so that it is not told as news of the files.
pub(super) fn put(
    connection: &Connection,
    act: &Act<'_>,
    change: &CorrectionChange<'_>,
) -> Result<EntryId, Trouble> {
    let correction = change.correction;
    let as_it_is = |presence| Logged {
        presence,
        correction,
    };
    let before = change.before.map(as_it_is);
    let after = as_it_is(change.after);
    let about = ("correction", correction.id.as_str());
    let audit = audit::note(connection, act, about, before.as_ref(), Some(&after))?;
    let mut upsert = connection.prepare_cached(
        "insert or replace into correction (region, id, presence, correction, audit)
         values (?1, ?2, ?3, ?4, ?5)",
    )?;
    upsert.execute(params![
        act.region,
        correction.id,
        words::written(&change.after)?,
        words::json(correction)?,
        audit,
    ])?;
    imports::put(connection, act.region, act.at, change.seen, None)?;
    Ok(audit)
}
