//! Responders of whom somebody has said something. The audit log tells neither names nor telephone numbers nor homes: an entry of the
//! log is never taken away.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::model::kept_responder::KeptResponder;
use crate::model::kept_responder::ResponderChange;
use crate::model::register::Presence;
use crate::model::responder::Duty;
use crate::model::responder::ResponderKind;
use crate::model::responder::Travel;
use crate::store::Act;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::words;

/// What `kept` reads.
const COLUMNS: &str = "id, on_duty, presence, says, version";

/// A responder in the audit log: whether they come now, none if their hours hold; and what else somebody has said.
#[derive(Serialize)]
struct Logged {
    on_duty: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    presence: Option<Presence>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    says: Option<LoggedSays>,
}

/// What of a responder is nobody's secret.
#[derive(Serialize)]
struct LoggedSays {
    kind: ResponderKind,
    travel: Travel,
    duty: Duty,
    version: i64,
}

impl Logged {
    fn of(kept: &KeptResponder) -> Self {
        let presence = kept.change.as_ref().map(presence);
        let says = match &kept.change {
            Some(ResponderChange::Says(says)) => Some(LoggedSays {
                kind: says.kind,
                travel: says.travel,
                duty: says.duty,
                version: kept.version,
            }),
            Some(ResponderChange::TakenOff) | None => None,
        };
        Self {
            on_duty: kept.says_on_duty,
            presence,
            says,
        }
    }
}

fn presence(change: &ResponderChange) -> Presence {
    match change {
        ResponderChange::Says(_) => Presence::Registered,
        ResponderChange::TakenOff => Presence::Retired,
    }
}

/// Everybody of whom something was said, by id.
pub(super) fn of_region(
    connection: &Connection,
    region: &str,
) -> Result<Vec<KeptResponder>, Trouble> {
    let sql = format!("select {COLUMNS} from responder where region = ?1 order by id");
    let mut select = connection.prepare_cached(&sql)?;
    let mut rows = select.query([region])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(kept(row)?);
    }
    Ok(all)
}

/// What was said of one of them, if anything was.
pub(super) fn one(
    connection: &Connection,
    region: &str,
    id: &str,
) -> Result<Option<KeptResponder>, Trouble> {
    let sql = format!("select {COLUMNS} from responder where region = ?1 and id = ?2");
    let mut select = connection.prepare_cached(&sql)?;
    let mut rows = select.query([region, id])?;
    rows.next()?.map(kept).transpose()
}

/// A responder as the audit log writes them.
pub(super) fn logged(kept: &KeptResponder) -> Result<String, Trouble> {
    words::json(&Logged::of(kept))
}

/// An id that no responder of the region has or had.
pub(super) fn free_id(
    connection: &Connection,
    region: &str,
    is_taken: &dyn Fn(&str) -> bool,
) -> Result<String, Trouble> {
    let of = ("responder", "responder");
    numbers::free_id(connection, region, of, 1, is_taken)
}

/// Keeps a responder as they are from now on.
pub(super) fn put(
    connection: &Connection,
    act: &Act<'_>,
    before: Option<&KeptResponder>,
    after: &KeptResponder,
) -> Result<(), Trouble> {
    let about = ("responder", after.id.as_str());
    let (was, now) = (before.map(Logged::of), Logged::of(after));
    let audit = audit::note(connection, act, about, was.as_ref(), Some(&now))?;
    let says = match &after.change {
        Some(ResponderChange::Says(says)) => Some(words::json(says)?),
        Some(ResponderChange::TakenOff) | None => None,
    };
    let presence = after.change.as_ref().map(presence);
    let presence = presence.map(|presence| words::written(&presence));
    let mut upsert = connection.prepare_cached(
        "insert into responder (region, id, on_duty, presence, says, version, audit) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict do update set on_duty = excluded.on_duty, presence = excluded.presence, says = excluded.says,
            version = excluded.version, audit = excluded.audit",
    )?;
    upsert.execute(params![
        act.region,
        after.id,
        after.says_on_duty,
        presence.transpose()?,
        says,
        after.version,
        audit
    ])?;
    Ok(())
}

fn kept(row: &Row<'_>) -> Result<KeptResponder, Trouble> {
    let presence: Option<String> = row.get(2)?;
    let says: Option<String> = row.get(3)?;
    let presence = presence.map(words::read::<Presence>).transpose()?;
    let change = match (presence, says) {
        (Some(Presence::Registered), Some(says)) => {
            Some(ResponderChange::Says(words::of_json(&says)?))
        }
        (Some(Presence::Retired), _) => Some(ResponderChange::TakenOff),
        (Some(Presence::Registered) | None, _) => None,
    };
    Ok(KeptResponder {
        id: row.get(0)?,
        says_on_duty: row.get(1)?,
        change,
        version: row.get(4)?,
    })
}
