//! Pieces that somebody has added, edited, moved or retired.

use std::collections::BTreeSet;

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::equipment::Equipment;
use crate::model::import_summary::ImportSummary;
use crate::model::register::Field;
use crate::model::register::KeptPiece;
use crate::model::register::Origin;
use crate::model::register::Presence;
use crate::store::Act;
use crate::store::EntryId;
use crate::store::PieceChange;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::words;

/// The numbers of added pieces begin here: a code that ends with fewer digits is that of a piece of the files.
const FIRST_NUMBER: i64 = 10_001;

pub(super) fn of_region(connection: &Connection, region: &str) -> Result<Vec<KeptPiece>, Trouble> {
    let mut select = connection.prepare_cached(
        "select origin, presence, edited, id, kind, lon, lat, condition, name, village, inspected_on, photo, note, is_illustrative
         from equipment where region = ?1 order by id",
    )?;
    let mut rows = select.query([region])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(KeptPiece {
            origin: words::read(row.get(0)?)?,
            presence: words::read(row.get(1)?)?,
            edited: fields(row.get_ref(2)?.as_str().unwrap_or_default())?,
            piece: piece(row)?,
        });
    }
    Ok(found)
}

pub(super) fn free_id(
    connection: &Connection,
    region: &str,
    is_taken: &dyn Fn(&str) -> bool,
) -> Result<String, Trouble> {
    let mut count = connection
        .prepare_cached("select count(*) from equipment where region = ?1 and origin = 'added'")?;
    let n_added: i64 = count.query_row([region], |row| row.get(0))?;
    let from = FIRST_NUMBER + n_added;
    numbers::free_id(connection, region, ("equipment", "piece"), from, is_taken)
}

/// A piece in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    presence: Presence,
    #[serde(flatten)]
    piece: &'a Equipment,
}

/// A piece as the audit log writes it.
pub(super) fn logged(kept: &KeptPiece) -> Result<String, Trouble> {
    words::json(&Logged {
        presence: kept.presence,
        piece: &kept.piece,
    })
}

/// Gives the number of its entry in the audit log.
pub(super) fn put(
    connection: &Connection,
    act: &Act<'_>,
    change: &PieceChange<'_>,
) -> Result<EntryId, Trouble> {
    let piece = change.after;
    let (origin, mut edited) = kept(connection, act.region, &piece.id)?
        .unwrap_or_else(|| (change.origin, BTreeSet::new()));
    edited.extend(change.edited);
    let before = change.before.map(|piece| Logged {
        presence: Presence::Registered,
        piece,
    });
    let after = Logged {
        presence: change.presence,
        piece,
    };
    let about = ("equipment", piece.id.as_str());
    let audit = audit::note(connection, act, about, before.as_ref(), Some(&after))?;
    let edited: Result<Vec<String>, Trouble> = edited.iter().map(words::written).collect();
    let mut upsert = connection.prepare_cached(
        "insert or replace into equipment (region, id, origin, presence, edited, kind, lon, lat, condition, name, village,
            inspected_on, photo, note, is_illustrative, audit)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?;
    upsert.execute(params![
        act.region,
        piece.id,
        words::written(&origin)?,
        words::written(&change.presence)?,
        edited?.join(","),
        words::written(&piece.kind)?,
        piece.at.lon(),
        piece.at.lat(),
        words::written(&piece.condition)?,
        piece.name,
        piece.village,
        piece.inspected_on,
        piece.photo,
        piece.note,
        piece.is_illustrative,
        audit,
    ])?;
    Ok(audit)
}

/// Gives the number of the entry of the whole in the audit log, to which those of the pieces point.
pub(super) fn put_all(
    connection: &Connection,
    act: &Act<'_>,
    summary: &ImportSummary,
    changes: &[PieceChange<'_>],
) -> Result<EntryId, Trouble> {
    let nothing: Option<&ImportSummary> = None;
    let about = ("import", summary.file.as_str());
    let whole = audit::note(connection, act, about, nothing, Some(summary))?;
    let part = Act {
        part_of: Some(whole),
        ..*act
    };
    for change in changes {
        put(connection, &part, change)?;
    }
    Ok(whole)
}

pub(super) fn retired(connection: &Connection, region: &str) -> Result<Vec<String>, Trouble> {
    let mut select = connection.prepare_cached(
        "select equipment.id from equipment join audit on audit.id = equipment.audit
         where equipment.region = ?1 and presence = 'retired' and audit.part_of is null",
    )?;
    let found = select.query_map([region], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Where a piece comes from of which something is kept, and what.
fn kept(
    connection: &Connection,
    region: &str,
    id: &str,
) -> Result<Option<(Origin, BTreeSet<Field>)>, Trouble> {
    let mut select = connection
        .prepare_cached("select origin, edited from equipment where region = ?1 and id = ?2")?;
    let found: Option<(String, String)> = select
        .query_row([region, id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found
        .map(|(origin, edited)| Ok((words::read(origin)?, fields(&edited)?)))
        .transpose()
}

fn fields(text: &str) -> Result<BTreeSet<Field>, Trouble> {
    let fields = text.split(',').filter(|word| !word.is_empty());
    fields.map(|word| words::read(word.to_owned())).collect()
}

fn piece(row: &Row<'_>) -> Result<Equipment, Trouble> {
    Ok(Equipment {
        id: row.get(3)?,
        kind: words::read(row.get(4)?)?,
        at: place(row.get(5)?, row.get(6)?)?,
        condition: words::read(row.get(7)?)?,
        name: row.get(8)?,
        village: row.get(9)?,
        inspected_on: row.get(10)?,
        photo: row.get(11)?,
        note: row.get(12)?,
        is_illustrative: row.get(13)?,
    })
}

/// A place as it is kept.
pub(super) fn place(lon: f64, lat: f64) -> Result<LonLat, Trouble> {
    LonLat::new(lon, lat).map_err(|fault| Trouble::Row(fault.to_string()))
}
