//! The audit log: a row for every change, written in the change's own transaction, never changed and never deleted.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::moment::Moment;
use crate::store::Act;
use crate::store::AuditEntry;
use crate::store::AuditPage;
use crate::store::EntryId;
use crate::store::recorded::Recorded;
use crate::store::recorded::RecordedCrossing;
use crate::store::recorded::RecordedPiece;
use crate::store::recorded::RecordedSetting;
use crate::store::recorded::RecordedThing;
use crate::store::recorded::RecordedWater;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::words;

/// What `entry` reads.
const COLUMNS: &str = "id, at_ms, who, thing, thing_id, before, after";

/// Writes a row; the rows that it is about name its number.
pub(super) fn note(
    connection: &Connection,
    act: &Act<'_>,
    (thing, id): (&str, &str),
    before: Option<&impl Serialize>,
    after: Option<&impl Serialize>,
) -> Result<i64, Trouble> {
    let before = before.map(words::json).transpose()?;
    let after = after.map(words::json).transpose()?;
    let mut insert = connection.prepare_cached(
        "insert into audit (at_ms, region, who, thing, thing_id, before, after, part_of)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let number = insert.insert(params![
        act.at.ms,
        act.region,
        act.who,
        thing,
        id,
        before,
        after,
        act.part_of
    ])?;
    Ok(number)
}

/// A page of a region's log, the latest first.
pub(super) fn page(
    connection: &Connection,
    region: &str,
    page: &AuditPage,
) -> Result<Vec<AuditEntry>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {COLUMNS} from audit where region = ?1 and id < ?2 and part_of is ?4 order by id desc limit ?3"
    ))?;
    let before = page.before.unwrap_or(i64::MAX);
    let limit = i64::try_from(page.limit).unwrap_or(i64::MAX);
    let rows = select.query_map(params![region, before, limit, page.part_of], entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An entry of a region as what can be undone.
pub(super) fn recorded(
    connection: &Connection,
    region: &str,
    entry: EntryId,
) -> Result<Option<Recorded>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {COLUMNS} from audit where region = ?1 and id = ?2"
    ))?;
    let mut rows = select.query(params![region, entry])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let entry = self::entry(row)?;
    let (id, before, after) = (entry.thing_id, entry.before, entry.after);
    Ok(Some(match entry.thing.as_str() {
        "crossing" => Recorded::Crossing {
            id,
            before: whole::<RecordedCrossing>(before.as_deref())?.state,
            after: whole::<RecordedCrossing>(after.as_deref())?.state,
        },
        "water_body" => Recorded::Water {
            id,
            before: whole::<RecordedWater>(before.as_deref())?.risk,
            after: whole::<RecordedWater>(after.as_deref())?.risk,
        },
        "equipment" => Recorded::Piece(RecordedPiece {
            id,
            before: standing(before.as_deref())?,
            after: standing(after.as_deref())?,
        }),
        "rescue_point" => Recorded::Point {
            id,
            before: standing(before.as_deref())?,
            after: standing(after.as_deref())?,
        },
        "setting" => Recorded::Setting {
            name: id,
            before: whole::<RecordedSetting>(before.as_deref())?.value,
            after: whole::<RecordedSetting>(after.as_deref())?.value,
        },
        "correction" => Recorded::Correction {
            id,
            before: standing(before.as_deref())?,
            after: standing(after.as_deref())?,
        },
        "import" => Recorded::Import {
            summary: whole(after.as_deref())?,
            pieces: pieces_of(connection, region, entry.id)?,
        },
        _ => Recorded::Other { thing: entry.thing },
    }))
}

/// The pieces that an import has changed, in its order.
fn pieces_of(
    connection: &Connection,
    region: &str,
    import: EntryId,
) -> Result<Vec<RecordedPiece>, Trouble> {
    let mut select = connection.prepare_cached(
        "select thing_id, before, after from audit where region = ?1 and part_of = ?2 order by id",
    )?;
    let mut rows = select.query(params![region, import])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (before, after): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
        found.push(RecordedPiece {
            id: row.get(0)?,
            before: standing(before.as_deref())?,
            after: standing(after.as_deref())?,
        });
    }
    Ok(found)
}

/// Something that is never gone.
fn whole<T: DeserializeOwned>(text: Option<&str>) -> Result<T, Trouble> {
    let nothing = || Trouble::Row("an entry without a state".to_owned());
    words::of_json(text.ok_or_else(nothing)?)
}

/// Something that comes and goes, if it was there.
fn standing<T: DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, Trouble> {
    let read = text.map(words::of_json::<RecordedThing<T>>).transpose()?;
    Ok(read.and_then(RecordedThing::standing))
}

fn entry(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    Ok(AuditEntry {
        id: row.get(0)?,
        at_ms: Moment { ms: row.get(1)? },
        who: row.get(2)?,
        thing: row.get(3)?,
        thing_id: row.get(4)?,
        before: row.get(5)?,
        after: row.get(6)?,
    })
}
