//! Settings of regions that somebody has turned.

use rusqlite::Connection;
use rusqlite::params;
use serde::Serialize;

use crate::model::setting::Setting;
use crate::model::setting::Turned;
use crate::store::Act;
use crate::store::EntryId;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::words;

/// A setting in the audit log.
#[derive(Serialize)]
struct Logged {
    value: Option<f64>,
}

/// The settings of a region that somebody has turned, by name.
pub(super) fn of_region(connection: &Connection, region: &str) -> Result<Vec<Turned>, Trouble> {
    let mut select = connection
        .prepare_cached("select name, value from setting where region = ?1 order by name")?;
    let mut rows = select.query([region])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let setting = Setting::named(&name);
        found.push(Turned {
            setting: setting.ok_or_else(|| Trouble::Row(format!("no setting {name:?}")))?,
            value: row.get(1)?,
        });
    }
    Ok(found)
}

/// A setting as the audit log writes it.
pub(super) fn logged(value: Option<f64>) -> Result<String, Trouble> {
    words::json(&Logged { value })
}

/// Keeps how settings were and are; gives the last entry.
pub(super) fn put(
    connection: &Connection,
    act: &Act<'_>,
    changes: &[(Option<f64>, Turned)],
) -> Result<EntryId, Trouble> {
    let mut upsert = connection.prepare_cached(
        "insert or replace into setting (region, name, value, audit) values (?1, ?2, ?3, ?4)",
    )?;
    let mut last = 0;
    for (before, Turned { setting, value }) in changes {
        let name = setting.name();
        let (before, after) = (Logged { value: *before }, Logged { value: *value });
        last = audit::note(
            connection,
            act,
            ("setting", name),
            Some(&before),
            Some(&after),
        )?;
        upsert.execute(params![act.region, name, value, last])?;
    }
    Ok(last)
}
