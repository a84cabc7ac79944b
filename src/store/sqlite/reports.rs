//! Reports of what people have seen; a volunteer's changes its piece in the same transaction.

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::Row;
use rusqlite::params;
use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::equipment::Condition;
use crate::model::moment::Moment;
use crate::model::report::About;
use crate::model::report::NewReport;
use crate::model::report::Report;
use crate::model::report::ReportId;
use crate::model::report::ReportKind;
use crate::model::report::ReportState;
use crate::model::text::Note;
use crate::store::Act;
use crate::store::PieceChange;
use crate::store::ReportPage;
use crate::store::fault::StoreFault;
use crate::store::sqlite::audit;
use crate::store::sqlite::equipment;
use crate::store::sqlite::equipment::place;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::photos;
use crate::store::sqlite::words;

/// The columns of a report.
const REPORT: &str = "id, kind, equipment, lon, lat, note, reporter, reported_at_ms, state, heeded";

/// A report in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    kind: ReportKind,
    equipment: Option<&'a str>,
    at: Option<LonLat>,
    note: Option<&'a str>,
    reporter: Option<&'a str>,
    state: ReportState,
}

impl<'a> Logged<'a> {
    fn of(report: &'a Report) -> Self {
        let what = &report.what;
        let (equipment, at) = parts(&what.about);
        Self {
            kind: what.kind,
            equipment,
            at,
            note: what.note.as_ref().map(Note::as_str),
            reporter: what.reporter.as_deref(),
            state: report.state,
        }
    }
}

/// A report as the audit log writes it.
pub(super) fn logged(report: &Report) -> Result<String, Trouble> {
    words::json(&Logged::of(report))
}

pub(super) fn open(
    connection: &Connection,
    act: &Act<'_>,
    what: &NewReport,
    heeding: Option<&PieceChange<'_>>,
    most_waiting: usize,
) -> Result<Report, Trouble> {
    if what.reporter.is_none() {
        let waiting =
            "select count(*) from report where region = ?1 and state = 'open' and reporter is null";
        let mut count = connection.prepare_cached(waiting)?;
        let n: i64 = count.query_row([act.region], |row| row.get(0))?;
        if most_waiting <= usize::try_from(n).unwrap_or_default() {
            return Err(StoreFault::TooManyReports.into());
        }
    }
    let heeded = heeding.map(|change| equipment::put(connection, act, change));
    let report = Report {
        id: ReportId(numbers::next(connection, "report")?),
        what: what.clone(),
        reported_at: act.at,
        state: ReportState::Open,
        heeded: heeded.transpose()?,
        photos: Vec::new(),
    };
    let audit = note(connection, act, None, &report)?;
    let (equipment, at) = parts(&what.about);
    let mut insert = connection.prepare_cached(
        "insert into report (id, region, kind, equipment, lon, lat, note, reporter, reported_at_ms, state, heeded, audit)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    insert.execute(params![
        report.id.0,
        act.region,
        words::written(&what.kind)?,
        equipment,
        at.map(LonLat::lon),
        at.map(LonLat::lat),
        what.note.as_ref().map(Note::as_str),
        what.reporter,
        act.at.ms,
        words::written(&report.state)?,
        report.heeded,
        audit,
    ])?;
    Ok(report)
}

pub(super) fn decide(
    connection: &Connection,
    act: &Act<'_>,
    id: ReportId,
    state: ReportState,
    change: Option<&PieceChange<'_>>,
) -> Result<Report, Trouble> {
    let before = one(connection, act.region, id)?.ok_or(StoreFault::UnknownReport(id))?;
    if before.state != ReportState::Open {
        return Err(StoreFault::AlreadyDecided(id).into());
    }
    if let Some(change) = change {
        equipment::put(connection, act, change)?;
    }
    let after = Report {
        state,
        ..before.clone()
    };
    let audit = note(connection, act, Some(&before), &after)?;
    let mut update =
        connection.prepare_cached("update report set state = ?2, audit = ?3 where id = ?1")?;
    update.execute(params![id.0, words::written(&state)?, audit])?;
    Ok(after)
}

pub(super) fn one(
    connection: &Connection,
    region: &str,
    id: ReportId,
) -> Result<Option<Report>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {REPORT} from report where region = ?1 and id = ?2"
    ))?;
    let mut rows = select.query(params![region, id.0])?;
    let found = rows.next()?.map(|row| report(connection, row));
    found.transpose()
}

/// The latest open report that says of a piece that it is missing or damaged.
pub(super) fn open_of(
    connection: &Connection,
    region: &str,
    piece: &str,
) -> Result<Option<Report>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {REPORT} from report
         where region = ?1 and state = 'open' and equipment = ?2 and kind in ('missing', 'damaged')
         order by id desc limit 1"
    ))?;
    let mut rows = select.query(params![region, piece])?;
    let found = rows.next()?.map(|row| report(connection, row));
    found.transpose()
}

pub(super) fn page(
    connection: &Connection,
    region: &str,
    page: &ReportPage,
) -> Result<Vec<Report>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {REPORT} from report
         where region = ?1 and id < ?2 and (?3 is null or state = ?3) order by id desc limit ?4"
    ))?;
    let state = page.state.as_ref().map(words::written).transpose()?;
    let mut rows = select.query(params![
        region,
        page.before.unwrap_or(i64::MAX),
        state,
        i64::try_from(page.limit).unwrap_or(i64::MAX),
    ])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(report(connection, row)?);
    }
    Ok(found)
}

/// In what state a piece was before a report of it was heeded, if nobody has changed the piece since.
pub(super) fn condition_before(
    connection: &Connection,
    region: &str,
    report: &Report,
) -> Result<Option<Condition>, Trouble> {
    /// What of a piece's entry in the audit log is needed here.
    #[derive(Deserialize)]
    struct Was {
        condition: Condition,
    }
    let (Some(heeded), About::Piece(piece)) = (report.heeded, &report.what.about) else {
        return Ok(None);
    };
    let mut select = connection.prepare_cached(
        "select audit.before from audit join equipment on equipment.audit = audit.id
         where audit.id = ?1 and equipment.region = ?2 and equipment.id = ?3",
    )?;
    let before: Option<Option<String>> = select
        .query_row(params![heeded, region, piece], |row| row.get(0))
        .optional()?;
    let was = before.flatten();
    let was = was.map(|was| serde_json::from_str::<Was>(&was)).transpose();
    let was = was.map_err(|fault| Trouble::Row(fault.to_string()))?;
    Ok(was.map(|was| was.condition))
}

fn parts(about: &About) -> (Option<&str>, Option<LonLat>) {
    match about {
        About::Piece(id) => (Some(id), None),
        About::Place(at) => (None, Some(*at)),
    }
}

fn note(
    connection: &Connection,
    act: &Act<'_>,
    before: Option<&Report>,
    after: &Report,
) -> Result<i64, Trouble> {
    let id = after.id.0.to_string();
    let (before, after) = (before.map(Logged::of), Logged::of(after));
    let about = ("report", id.as_str());
    audit::note(connection, act, about, before.as_ref(), Some(&after))
}

fn report(connection: &Connection, row: &Row<'_>) -> Result<Report, Trouble> {
    let (lon, lat): (Option<f64>, Option<f64>) = (row.get(3)?, row.get(4)?);
    let about = match (row.get(2)?, lon.zip(lat)) {
        (Some(piece), _) => About::Piece(piece),
        (None, Some((lon, lat))) => About::Place(place(lon, lat)?),
        (None, None) => return Err(Trouble::Row("a report of nothing".to_owned())),
    };
    let text: Option<String> = row.get(5)?;
    let note = text.map(|text| Note::new(&text)).transpose();
    let id = ReportId(row.get(0)?);
    Ok(Report {
        id,
        what: NewReport {
            kind: words::read(row.get(1)?)?,
            about,
            note: note.map_err(|fault| Trouble::Row(format!("a note that {fault}")))?,
            reporter: row.get(6)?,
        },
        reported_at: Moment { ms: row.get(7)? },
        state: words::read(row.get(8)?)?,
        heeded: row.get(9)?,
        photos: photos::of_report(connection, id)?,
    })
}
