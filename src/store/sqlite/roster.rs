//! Who is on which evening, and what they say of it.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::model::day::Day;
use crate::model::roster::DutyAnswer;
use crate::model::roster::RosterDay;
use crate::model::roster::RosterTeam;
use crate::model::volunteer::VolunteerId;
use crate::store::Act;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::words;

/// What `roster_day` reads.
const COLUMNS: &str = "day, teams, is_published, version";

/// An evening in the audit log.
#[derive(Serialize)]
struct Logged {
    teams: Vec<Vec<VolunteerId>>,
    is_published: bool,
    version: i64,
}

impl Logged {
    fn of(day: &RosterDay) -> Self {
        let members = |team: &RosterTeam| team.members.iter().map(|one| one.volunteer).collect();
        Self {
            teams: day.teams.iter().map(members).collect(),
            is_published: day.is_published,
            version: day.version,
        }
    }
}

/// Every evening of a region: its day, its entry in the audit log, and what is written there.
pub(super) fn logged(
    connection: &Connection,
    region: &str,
) -> Result<Vec<(String, i64, String)>, Trouble> {
    let sql = format!("select {COLUMNS}, audit from roster_day where region = ?1");
    let mut select = connection.prepare(&sql)?;
    let mut rows = select.query([region])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let day = roster_day(row)?;
        let text = words::json(&Logged::of(&day))?;
        all.push((day.day.as_str().to_owned(), row.get(4)?, text));
    }
    Ok(all)
}

pub(super) fn days(
    connection: &Connection,
    region: &str,
    from: &Day,
    to: &Day,
) -> Result<Vec<RosterDay>, Trouble> {
    let sql = format!(
        "select {COLUMNS} from roster_day where region = ?1 and ?2 <= day and day <= ?3 order by day"
    );
    let mut select = connection.prepare_cached(&sql)?;
    let mut rows = select.query([region, from.as_str(), to.as_str()])?;
    let mut days = Vec::new();
    while let Some(row) = rows.next()? {
        days.push(roster_day(row)?);
    }
    Ok(days)
}

pub(super) fn set(
    connection: &Connection,
    act: &Act<'_>,
    after: &RosterDay,
) -> Result<RosterDay, Trouble> {
    let before = days(connection, act.region, &after.day, &after.day)?.pop();
    let after = RosterDay {
        version: before.as_ref().map_or(0, |before| before.version) + 1,
        ..after.clone()
    };
    let about = ("roster", after.day.as_str());
    let logged = Logged::of(&after);
    let before = before.as_ref().map(Logged::of);
    let audit = audit::note(connection, act, about, before.as_ref(), Some(&logged))?;
    let mut upsert = connection.prepare_cached(
        "insert into roster_day (region, day, teams, is_published, version, audit) values (?1, ?2, ?3, ?4, ?5, ?6)
         on conflict (region, day) do update set teams = ?3, is_published = ?4, version = ?5, audit = ?6",
    )?;
    upsert.execute(params![
        act.region,
        after.day.as_str(),
        words::json(&after.teams)?,
        after.is_published,
        after.version,
        audit
    ])?;
    Ok(after)
}

pub(super) fn answers(
    connection: &Connection,
    region: &str,
    from: &Day,
    to: &Day,
) -> Result<Vec<(Day, VolunteerId, DutyAnswer)>, Trouble> {
    let mut select = connection.prepare_cached(
        "select day, volunteer, answer from duty_answer
         where region = ?1 and ?2 <= day and day <= ?3 order by day, volunteer",
    )?;
    let mut rows = select.query([region, from.as_str(), to.as_str()])?;
    let mut answers = Vec::new();
    while let Some(row) = rows.next()? {
        let (day, answer) = (words::read(row.get(0)?)?, words::read(row.get(2)?)?);
        answers.push((day, VolunteerId(row.get(1)?), answer));
    }
    Ok(answers)
}

pub(super) fn answer(
    connection: &Connection,
    act: &Act<'_>,
    day: &Day,
    volunteer: VolunteerId,
    answer: DutyAnswer,
) -> Result<(), Trouble> {
    let mut upsert = connection.prepare_cached(
        "insert into duty_answer (region, day, volunteer, answer, at_ms) values (?1, ?2, ?3, ?4, ?5)
         on conflict (region, day, volunteer) do update set answer = ?4, at_ms = ?5",
    )?;
    upsert.execute(params![
        act.region,
        day.as_str(),
        volunteer.0,
        words::written(&answer)?,
        act.at.ms
    ])?;
    Ok(())
}

fn roster_day(row: &Row<'_>) -> Result<RosterDay, Trouble> {
    let teams: String = row.get(1)?;
    Ok(RosterDay {
        day: words::read(row.get(0)?)?,
        teams: words::of_json(&teams)?,
        is_published: row.get(2)?,
        version: row.get(3)?,
    })
}
