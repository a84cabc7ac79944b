//! Rescue points that somebody has made.

use rusqlite::Connection;
use rusqlite::params;
use serde::Serialize;

use crate::model::register::Presence;
use crate::model::rescue_point::KeptPoint;
use crate::model::rescue_point::RescuePoint;
use crate::store::Act;
use crate::store::EntryId;
use crate::store::PointChange;
use crate::store::sqlite::audit;
use crate::store::sqlite::equipment::place;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::words;

/// A rescue point in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    presence: Presence,
    #[serde(flatten)]
    point: &'a RescuePoint,
}

pub(super) fn of_region(connection: &Connection, region: &str) -> Result<Vec<KeptPoint>, Trouble> {
    let mut select = connection.prepare_cached(
        "select presence, id, name, lon, lat, note, pieces from rescue_point where region = ?1 order by id",
    )?;
    let mut rows = select.query([region])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let pieces: String = row.get(6)?;
        let pieces = serde_json::from_str(&pieces);
        found.push(KeptPoint {
            presence: words::read(row.get(0)?)?,
            point: RescuePoint {
                id: row.get(1)?,
                name: row.get(2)?,
                at: place(row.get(3)?, row.get(4)?)?,
                note: row.get(5)?,
                pieces: pieces.map_err(|fault| Trouble::Row(fault.to_string()))?,
            },
        });
    }
    Ok(found)
}

/// An id that no rescue point of the region has or had.
pub(super) fn free_id(connection: &Connection, region: &str) -> Result<String, Trouble> {
    let mut count =
        connection.prepare_cached("select count(*) from rescue_point where region = ?1")?;
    let n: i64 = count.query_row([region], |row| row.get(0))?;
    // Rows are never taken away, and ids are given in order.
    Ok(format!("rescue-point-{}", n + 1))
}

/// A rescue point as the audit log writes it.
pub(super) fn logged(kept: &KeptPoint) -> Result<String, Trouble> {
    words::json(&Logged {
        presence: kept.presence,
        point: &kept.point,
    })
}

pub(super) fn put(
    connection: &Connection,
    act: &Act<'_>,
    change: &PointChange<'_>,
) -> Result<EntryId, Trouble> {
    let point = change.after;
    let before = change.before.map(|point| Logged {
        presence: Presence::Registered,
        point,
    });
    let after = Logged {
        presence: change.presence,
        point,
    };
    let about = ("rescue_point", point.id.as_str());
    let audit = audit::note(connection, act, about, before.as_ref(), Some(&after))?;
    let mut upsert = connection.prepare_cached(
        "insert or replace into rescue_point (region, id, presence, name, lon, lat, note, pieces, audit)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    upsert.execute(params![
        act.region,
        point.id,
        words::written(&change.presence)?,
        point.name,
        point.at.lon(),
        point.at.lat(),
        point.note,
        words::json(&point.pieces)?,
        audit,
    ])?;
    Ok(audit)
}
