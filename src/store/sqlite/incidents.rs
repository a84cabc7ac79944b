//! Incidents and what was sent.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::incident::Incident;
use crate::model::incident::IncidentId;
use crate::model::incident::IncidentKind;
use crate::model::incident::NewIncident;
use crate::model::incident::Role;
use crate::model::incident::Sending;
use crate::model::incident::SendingId;
use crate::model::incident::Task;
use crate::model::moment::Moment;
use crate::model::text::BadText;
use crate::model::text::Name;
use crate::model::text::Note;
use crate::store::Act;
use crate::store::IncidentPage;
use crate::store::fault::StoreFault;
use crate::store::sqlite::audit;
use crate::store::sqlite::equipment::place;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::words;
use crate::units::Seconds;

/// The columns of an incident, in the order in which they are read.
const INCIDENT: &str =
    "id, region, kind, lon, lat, village, note, opened_at_ms, opened_by, closed_at_ms";

/// The columns of a sending, in the order in which they are read.
const SENDING: &str = "id, role, responder, equipment, expected_s, sent_at_ms, arrived_at_ms";

/// An incident in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    kind: IncidentKind,
    at: LonLat,
    village: Option<&'a Name>,
    note: Option<&'a Note>,
    opened_at_ms: Moment,
    opened_by: &'a str,
    closed_at_ms: Option<Moment>,
}

impl<'a> Logged<'a> {
    fn of(incident: &'a Incident) -> Self {
        Self {
            kind: incident.what.kind,
            at: incident.what.at,
            village: incident.what.village.as_ref(),
            note: incident.what.note.as_ref(),
            opened_at_ms: incident.opened_at,
            opened_by: &incident.opened_by,
            closed_at_ms: incident.closed_at,
        }
    }
}

/// A sending in the audit log.
#[derive(Serialize)]
struct LoggedSending<'a> {
    incident: IncidentId,
    role: Role,
    responder: Option<&'a Name>,
    equipment: Option<&'a Name>,
    expected_s: Option<Seconds>,
    sent_at_ms: Moment,
    arrived_at_ms: Option<Moment>,
}

impl<'a> LoggedSending<'a> {
    fn of(incident: IncidentId, sending: &'a Sending) -> Self {
        Self {
            incident,
            role: sending.task.role(),
            responder: sending.task.responder(),
            equipment: sending.task.equipment(),
            expected_s: sending.task.expected(),
            sent_at_ms: sending.sent_at,
            arrived_at_ms: sending.arrived_at,
        }
    }
}

/// An incident as the audit log writes it.
pub(super) fn logged(incident: &Incident) -> Result<String, Trouble> {
    words::json(&Logged::of(incident))
}

/// A sending as the audit log writes it.
pub(super) fn logged_sending(incident: IncidentId, sending: &Sending) -> Result<String, Trouble> {
    words::json(&LoggedSending::of(incident, sending))
}

pub(super) fn open(
    connection: &Connection,
    act: &Act<'_>,
    what: &NewIncident,
    tasks: &[Task],
) -> Result<Incident, Trouble> {
    let mut incident = Incident {
        id: IncidentId(numbers::next(connection, "incident")?),
        region: act.region.to_owned(),
        what: what.clone(),
        opened_at: act.at,
        opened_by: act.who.to_owned(),
        closed_at: None,
        sent: Vec::new(),
    };
    let audit = note(connection, act, None, &incident)?;
    let mut insert = connection.prepare_cached(
        "insert into incident (id, region, kind, lon, lat, village, note, opened_at_ms, opened_by, audit)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    insert.execute(params![
        incident.id.0,
        act.region,
        words::written(&what.kind)?,
        what.at.lon(),
        what.at.lat(),
        what.village.as_ref().map(Name::as_str),
        what.note.as_ref().map(Note::as_str),
        act.at.ms,
        act.who,
        audit,
    ])?;
    for task in tasks {
        let sending = insert_sending(connection, act, incident.id, task)?;
        incident.sent.push(sending);
    }
    Ok(incident)
}

pub(super) fn send(
    connection: &Connection,
    act: &Act<'_>,
    id: IncidentId,
    task: &Task,
) -> Result<Sending, Trouble> {
    let incident = known(connection, act.region, id)?;
    if incident.closed_at.is_some() {
        return Err(StoreFault::AlreadyClosed(id).into());
    }
    insert_sending(connection, act, id, task)
}

fn insert_sending(
    connection: &Connection,
    act: &Act<'_>,
    incident: IncidentId,
    task: &Task,
) -> Result<Sending, Trouble> {
    let sending = Sending {
        id: SendingId(numbers::next(connection, "sending")?),
        task: task.clone(),
        sent_at: act.at,
        arrived_at: None,
    };
    let audit = note_sending(connection, act, incident, None, &sending)?;
    let mut insert = connection.prepare_cached(
        "insert into sending (id, incident, role, responder, equipment, expected_s, sent_at_ms, audit)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    insert.execute(params![
        sending.id.0,
        incident.0,
        words::written(&task.role())?,
        task.responder().map(Name::as_str),
        task.equipment().map(Name::as_str),
        task.expected().map(|expected| expected.0),
        act.at.ms,
        audit,
    ])?;
    Ok(sending)
}

pub(super) fn arrive(
    connection: &Connection,
    act: &Act<'_>,
    incident: IncidentId,
    id: SendingId,
    arrived_at: Moment,
) -> Result<Sending, Trouble> {
    let mut sent = known(connection, act.region, incident)?.sent.into_iter();
    let unknown = StoreFault::UnknownSending {
        incident,
        sending: id,
    };
    let before = sent.find(|sending| sending.id == id).ok_or(unknown)?;
    if arrived_at < before.sent_at {
        return Err(StoreFault::BeforeItBegan.into());
    }
    let after = Sending {
        arrived_at: Some(arrived_at),
        ..before.clone()
    };
    let audit = note_sending(connection, act, incident, Some(&before), &after)?;
    let mut update = connection
        .prepare_cached("update sending set arrived_at_ms = ?2, audit = ?3 where id = ?1")?;
    update.execute(params![id.0, arrived_at.ms, audit])?;
    Ok(after)
}

pub(super) fn close(
    connection: &Connection,
    act: &Act<'_>,
    id: IncidentId,
    closed_at: Moment,
) -> Result<Incident, Trouble> {
    let before = known(connection, act.region, id)?;
    if before.closed_at.is_some() {
        return Err(StoreFault::AlreadyClosed(id).into());
    }
    if closed_at < before.opened_at {
        return Err(StoreFault::BeforeItBegan.into());
    }
    let after = Incident {
        closed_at: Some(closed_at),
        ..before.clone()
    };
    let audit = note(connection, act, Some(&before), &after)?;
    let mut update = connection
        .prepare_cached("update incident set closed_at_ms = ?2, audit = ?3 where id = ?1")?;
    update.execute(params![id.0, closed_at.ms, audit])?;
    Ok(after)
}

pub(super) fn one(
    connection: &Connection,
    region: &str,
    id: IncidentId,
) -> Result<Option<Incident>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {INCIDENT} from incident where region = ?1 and id = ?2"
    ))?;
    let mut rows = select.query(params![region, id.0])?;
    match rows.next()? {
        Some(row) => Ok(Some(incident(connection, row)?)),
        None => Ok(None),
    }
}

pub(super) fn page(
    connection: &Connection,
    region: &str,
    page: &IncidentPage,
) -> Result<Vec<Incident>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {INCIDENT} from incident
         where region = ?1 and opened_at_ms >= ?2 and opened_at_ms < ?3 and (opened_at_ms, id) < (?4, ?5)
            and (?6 is null or (closed_at_ms is null) = ?6)
         order by opened_at_ms desc, id desc limit ?7"
    ))?;
    let (last_ms, last_id) = page
        .after
        .map_or((i64::MAX, i64::MAX), |(at, id)| (at.ms, id.0));
    let mut rows = select.query(params![
        region,
        page.from.map_or(i64::MIN, |from| from.ms),
        page.until.map_or(i64::MAX, |until| until.ms),
        last_ms,
        last_id,
        page.is_open,
        i64::try_from(page.limit).unwrap_or(i64::MAX),
    ])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(incident(connection, row)?);
    }
    Ok(found)
}

fn known(connection: &Connection, region: &str, id: IncidentId) -> Result<Incident, Trouble> {
    let found = one(connection, region, id)?;
    Ok(found.ok_or(StoreFault::UnknownIncident(id))?)
}

fn note(
    connection: &Connection,
    act: &Act<'_>,
    before: Option<&Incident>,
    after: &Incident,
) -> Result<i64, Trouble> {
    let id = after.id.0.to_string();
    let (before, after) = (before.map(Logged::of), Logged::of(after));
    audit::note(
        connection,
        act,
        ("incident", &id),
        before.as_ref(),
        Some(&after),
    )
}

fn note_sending(
    connection: &Connection,
    act: &Act<'_>,
    incident: IncidentId,
    before: Option<&Sending>,
    after: &Sending,
) -> Result<i64, Trouble> {
    let id = after.id.0.to_string();
    let logged = |sending| LoggedSending::of(incident, sending);
    let (before, after) = (before.map(logged), logged(after));
    audit::note(
        connection,
        act,
        ("sending", &id),
        before.as_ref(),
        Some(&after),
    )
}

fn incident(connection: &Connection, row: &Row<'_>) -> Result<Incident, Trouble> {
    let id = IncidentId(row.get(0)?);
    Ok(Incident {
        id,
        region: row.get(1)?,
        what: NewIncident {
            kind: words::read(row.get(2)?)?,
            at: place(row.get(3)?, row.get(4)?)?,
            village: text(row.get(5)?, Name::new)?,
            note: text(row.get(6)?, Note::new)?,
        },
        opened_at: Moment { ms: row.get(7)? },
        opened_by: row.get(8)?,
        closed_at: moment(row.get(9)?),
        sent: sent_to(connection, id)?,
    })
}

fn sent_to(connection: &Connection, id: IncidentId) -> Result<Vec<Sending>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {SENDING} from sending where incident = ?1 order by id"
    ))?;
    let mut rows = select.query([id.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let expected: Option<f64> = row.get(4)?;
        let task = Task::new(
            words::read(row.get(1)?)?,
            text(row.get(2)?, Name::new)?,
            text(row.get(3)?, Name::new)?,
            expected.map(Seconds),
        );
        found.push(Sending {
            id: SendingId(row.get(0)?),
            task: task.map_err(|fault| Trouble::Row(format!("a sending that {fault}")))?,
            sent_at: Moment { ms: row.get(5)? },
            arrived_at: moment(row.get(6)?),
        });
    }
    Ok(found)
}

fn moment(ms: Option<i64>) -> Option<Moment> {
    ms.map(|ms| Moment { ms })
}

fn text<T>(
    kept: Option<String>,
    checked: impl FnOnce(&str) -> Result<T, BadText>,
) -> Result<Option<T>, Trouble> {
    let read = kept.map(|text| checked(&text)).transpose();
    read.map_err(|fault| Trouble::Row(format!("a text that {fault}")))
}
