//! What the files of a region held when they were last read, and what was another then.

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::params;
use serde::de::DeserializeOwned;

use crate::model::import_report::ImportReport;
use crate::model::import_report::Seen;
use crate::model::import_report::Thing;
use crate::model::moment::Moment;
use crate::store::KeptImport;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::words;

/// What the files held, by kind; nothing if they have never been read.
pub(super) fn last(
    connection: &Connection,
    region: &str,
) -> Result<Vec<(Thing, Vec<Seen>)>, Trouble> {
    let mut select = connection
        .prepare_cached("select thing, seen from last_import where region = ?1 order by thing")?;
    let mut rows = select.query([region])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let seen = row.get_ref(1)?.as_str().unwrap_or_default();
        found.push((words::read(row.get(0)?)?, parsed(seen)?));
    }
    Ok(found)
}

/// Keeps what the files hold now, and what is another, if anything is.
pub(super) fn put(
    connection: &Connection,
    region: &str,
    at: Moment,
    seen: &[(Thing, Vec<Seen>)],
    report: Option<&ImportReport>,
) -> Result<(), Trouble> {
    let mut forget = connection.prepare_cached("delete from last_import where region = ?1")?;
    forget.execute([region])?;
    let mut insert = connection
        .prepare_cached("insert into last_import (region, thing, seen) values (?1, ?2, ?3)")?;
    for (thing, seen) in seen {
        insert.execute(params![region, words::written(thing)?, words::json(seen)?])?;
    }
    if let Some(report) = report {
        let mut upsert = connection.prepare_cached(
            "insert or replace into import_report (region, at_ms, report) values (?1, ?2, ?3)",
        )?;
        upsert.execute(params![region, at.ms, words::json(report)?])?;
    }
    Ok(())
}

/// What was another when the files last were.
pub(super) fn report(connection: &Connection, region: &str) -> Result<Option<KeptImport>, Trouble> {
    let mut select =
        connection.prepare_cached("select at_ms, report from import_report where region = ?1")?;
    let row: Option<(i64, String)> = select
        .query_row([region], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    row.map(|(ms, report)| {
        Ok(KeptImport {
            region: region.to_owned(),
            at_ms: Moment { ms },
            report: parsed(&report)?,
        })
    })
    .transpose()
}

/// The same of every region.
pub(super) fn reports(connection: &Connection) -> Result<Vec<KeptImport>, Trouble> {
    let mut select =
        connection.prepare_cached("select region from import_report order by region")?;
    let regions = select.query_map([], |row| row.get(0))?;
    let regions: Vec<String> = regions.collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for region in regions {
        found.extend(report(connection, &region)?);
    }
    Ok(found)
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    serde_json::from_str(text).map_err(|fault| Trouble::Row(fault.to_string()))
}
