//! Plans of evenings that were published.

use rusqlite::Connection;
use rusqlite::OptionalExtension as _;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::model::day::Day;
use crate::model::moment::Moment;
use crate::model::published::PatrolNumber;
use crate::model::published::PatrolSummary;
use crate::model::published::Published;
use crate::store::Act;
use crate::store::fault::StoreFault;
use crate::store::patrols::NewPatrol;
use crate::store::patrols::PatrolPage;
use crate::store::patrols::PatrolStore;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::words;

/// What `published` reads.
const COLUMNS: &str = "id, day, is_withdrawn, published_at_ms, who, search, summary";

/// A plan in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    day: &'a Day,
    is_withdrawn: bool,
    #[serde(flatten)]
    summary: &'a PatrolSummary,
}

impl<'a> Logged<'a> {
    fn of(patrol: &'a Published) -> Self {
        Self {
            day: &patrol.day,
            is_withdrawn: patrol.is_withdrawn,
            summary: &patrol.summary,
        }
    }
}

/// Every plan of a region: its number, its entry in the audit log, and what is written there.
pub(super) fn logged(
    connection: &Connection,
    region: &str,
) -> Result<Vec<(i64, i64, String)>, Trouble> {
    let sql = format!("select {COLUMNS}, audit from patrol where region = ?1");
    let mut select = connection.prepare(&sql)?;
    let mut rows = select.query([region])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let patrol = published(row)?;
        let text = words::json(&Logged::of(&patrol))?;
        all.push((patrol.number.0, row.get(7)?, text));
    }
    Ok(all)
}

impl PatrolStore for SqliteStore {
    fn publish_patrol(
        &self,
        act: &Act<'_>,
        before: Option<&Published>,
        new: &NewPatrol<'_>,
    ) -> Result<Published, StoreFault> {
        self.write(|transaction| publish(transaction, act, before, new))
    }

    fn withdraw_patrol(&self, act: &Act<'_>, before: &Published) -> Result<(), StoreFault> {
        self.write(|transaction| withdraw(transaction, act, before))
    }

    fn patrol(&self, region: &str, day: &Day) -> Result<Option<Published>, StoreFault> {
        let sql = format!(
            "select {COLUMNS} from patrol where region = ?1 and day = ?2 order by id desc limit 1"
        );
        let found = self.read(|transaction| one(transaction, &sql, region, day));
        Ok(found?.filter(|patrol| !patrol.is_withdrawn))
    }

    fn patrol_before(&self, region: &str, day: &Day) -> Result<Option<Published>, StoreFault> {
        let sql = format!("{} and day < ?2 order by day desc limit 1", holding());
        self.read(|transaction| one(transaction, &sql, region, day))
    }

    fn patrol_plan(&self, number: PatrolNumber) -> Result<Option<Vec<u8>>, StoreFault> {
        self.read(|transaction| {
            let plan = transaction
                .query_row("select plan from patrol where id = ?1", [number.0], |row| {
                    row.get(0)
                })
                .optional();
            Ok(plan?)
        })
    }

    fn patrols(&self, region: &str, page: &PatrolPage) -> Result<Vec<Published>, StoreFault> {
        self.read(|transaction| of_page(transaction, region, page))
    }
}

/// Selects the plans that hold.
fn holding() -> String {
    format!(
        "select {COLUMNS} from patrol as it where region = ?1 and not is_withdrawn
         and not exists (select 1 from patrol where region = it.region and day = it.day and id > it.id)"
    )
}

fn publish(
    connection: &Connection,
    act: &Act<'_>,
    before: Option<&Published>,
    new: &NewPatrol<'_>,
) -> Result<Published, Trouble> {
    let patrol = Published {
        number: PatrolNumber(numbers::next(connection, "patrol")?),
        day: new.day.clone(),
        is_withdrawn: false,
        at: act.at,
        who: act.who.to_owned(),
        search: new.search.to_owned(),
        summary: new.summary.clone(),
    };
    let audit = audit::note(
        connection,
        act,
        ("patrol", &patrol.number.0.to_string()),
        before.map(Logged::of).as_ref(),
        Some(&Logged::of(&patrol)),
    )?;
    let mut insert = connection.prepare_cached(&format!(
        "insert into patrol ({COLUMNS}, region, audit, plan)
         values (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    ))?;
    insert.execute(params![
        patrol.number.0,
        patrol.day.as_str(),
        patrol.at.ms,
        patrol.who,
        patrol.search,
        words::json(&patrol.summary)?,
        act.region,
        audit,
        new.plan,
    ])?;
    Ok(patrol)
}

fn withdraw(connection: &Connection, act: &Act<'_>, before: &Published) -> Result<(), Trouble> {
    let after = Published {
        is_withdrawn: true,
        ..before.clone()
    };
    let audit = audit::note(
        connection,
        act,
        ("patrol", &before.number.0.to_string()),
        Some(&Logged::of(before)),
        Some(&Logged::of(&after)),
    )?;
    let mut update = connection
        .prepare_cached("update patrol set is_withdrawn = 1, audit = ?2 where id = ?1")?;
    update.execute(params![before.number.0, audit])?;
    Ok(())
}

fn one(
    connection: &Connection,
    sql: &str,
    region: &str,
    day: &Day,
) -> Result<Option<Published>, Trouble> {
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(params![region, day.as_str()])?;
    rows.next()?.map(published).transpose()
}

fn of_page(
    connection: &Connection,
    region: &str,
    page: &PatrolPage,
) -> Result<Vec<Published>, Trouble> {
    let sql = format!("{} and day < ?2 order by day desc limit ?3", holding());
    let mut select = connection.prepare_cached(&sql)?;
    // No day of the calendar is later than these letters.
    let before = page.before.as_ref().map_or("9999", Day::as_str);
    let limit = i64::try_from(page.limit).unwrap_or(i64::MAX);
    let mut rows = select.query(params![region, before, limit])?;
    let mut patrols = Vec::new();
    while let Some(row) = rows.next()? {
        patrols.push(published(row)?);
    }
    Ok(patrols)
}

fn published(row: &Row<'_>) -> Result<Published, Trouble> {
    let summary: String = row.get(6)?;
    Ok(Published {
        number: PatrolNumber(row.get(0)?),
        day: words::read(row.get(1)?)?,
        is_withdrawn: row.get(2)?,
        at: Moment { ms: row.get(3)? },
        who: row.get(4)?,
        search: row.get(5)?,
        summary: words::of_json(&summary)?,
    })
}
