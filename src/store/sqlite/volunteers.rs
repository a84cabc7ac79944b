//! Volunteers. The audit log knows them by their numbers: a name is taken away again, an entry of the log never.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::model::account::AccountId;
use crate::model::day::Day;
use crate::model::moment::Moment;
use crate::model::roster::DutyAnswer;
use crate::model::roster::RosterDay;
use crate::model::text::Name;
use crate::model::volunteer::Skill;
use crate::model::volunteer::Volunteer;
use crate::model::volunteer::VolunteerId;
use crate::model::volunteer::VolunteerKind;
use crate::model::volunteer::VolunteerSays;
use crate::model::volunteer::VolunteerState;
use crate::model::volunteer::Weekdays;
use crate::store::Act;
use crate::store::accounts::SecretHash;
use crate::store::fault::StoreFault;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::accounts;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::roster;
use crate::store::sqlite::words;
use crate::store::volunteers::VolunteerStore;

/// What `volunteer` reads.
const COLUMNS: &str = "id, name, kind, skills, weekdays, phone, account, state, consents, version";

/// A volunteer in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    kind: VolunteerKind,
    skills: &'a [Skill],
    weekdays: Weekdays,
    state: VolunteerState,
    consents: Option<bool>,
    version: i64,
}

impl<'a> Logged<'a> {
    fn of(volunteer: &'a Volunteer) -> Self {
        Self {
            kind: volunteer.says.kind,
            skills: &volunteer.says.skills,
            weekdays: volunteer.says.weekdays,
            state: volunteer.state,
            consents: volunteer.consents,
            version: volunteer.version,
        }
    }
}

impl VolunteerStore for SqliteStore {
    fn volunteers(&self, region: &str) -> Result<Vec<Volunteer>, StoreFault> {
        self.read(|transaction| {
            let sql = format!(
                "select {COLUMNS} from volunteer where region = ?1 and state <> 'left' order by id"
            );
            let mut select = transaction.prepare_cached(&sql)?;
            let mut rows = select.query([region])?;
            let mut all = Vec::new();
            while let Some(row) = rows.next()? {
                all.push(volunteer(row)?);
            }
            Ok(all)
        })
    }

    fn volunteer(&self, region: &str, id: VolunteerId) -> Result<Option<Volunteer>, StoreFault> {
        self.read(|transaction| one(transaction, "id", region, id.0))
    }

    fn volunteer_of(
        &self,
        region: &str,
        account: AccountId,
    ) -> Result<Option<Volunteer>, StoreFault> {
        self.read(|transaction| one(transaction, "account", region, account.0))
    }

    fn add_volunteer(
        &self,
        act: &Act<'_>,
        new: &VolunteerSays,
        account: Option<AccountId>,
        state: VolunteerState,
        most: usize,
    ) -> Result<Volunteer, StoreFault> {
        self.write(|transaction| add(transaction, act, (new, account, state), most))
    }

    fn set_volunteer(&self, act: &Act<'_>, after: &Volunteer) -> Result<Volunteer, StoreFault> {
        self.write(|transaction| set(transaction, act, after))
    }

    fn roster(&self, region: &str, from: &Day, to: &Day) -> Result<Vec<RosterDay>, StoreFault> {
        self.read(|transaction| roster::days(transaction, region, from, to))
    }

    fn set_roster(&self, act: &Act<'_>, after: &RosterDay) -> Result<RosterDay, StoreFault> {
        self.write(|transaction| roster::set(transaction, act, after))
    }

    fn duty_answers(
        &self,
        region: &str,
        from: &Day,
        to: &Day,
    ) -> Result<Vec<(Day, VolunteerId, DutyAnswer)>, StoreFault> {
        self.read(|transaction| roster::answers(transaction, region, from, to))
    }

    fn set_calendar_key(
        &self,
        region: &str,
        account: AccountId,
        hash: &SecretHash,
        now: Moment,
    ) -> Result<(), StoreFault> {
        self.write(|transaction| {
            let mut upsert = transaction.prepare_cached(
                "insert into calendar_key (region, account, hash, made_at_ms) values (?1, ?2, ?3, ?4)
                 on conflict (region, account) do update set hash = ?3, made_at_ms = ?4",
            )?;
            upsert.execute(params![region, account.0, hash, now.ms])?;
            Ok(())
        })
    }

    fn calendar_of(&self, hash: &SecretHash) -> Result<Option<(String, AccountId)>, StoreFault> {
        self.read(|transaction| {
            let mut select = transaction
                .prepare_cached("select region, account from calendar_key where hash = ?1")?;
            let mut rows = select.query(params![hash])?;
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            let (region, id): (String, AccountId) = (row.get(0)?, AccountId(row.get(1)?));
            let account = accounts::one(transaction, id)?;
            Ok(account
                .is_some_and(|account| account.is_active)
                .then_some((region, id)))
        })
    }

    fn answer_duty(
        &self,
        act: &Act<'_>,
        day: &Day,
        volunteer: VolunteerId,
        answer: DutyAnswer,
    ) -> Result<(), StoreFault> {
        self.write(|transaction| roster::answer(transaction, act, day, volunteer, answer))
    }

    fn hand_over(
        &self,
        act: &Act<'_>,
        after: &RosterDay,
        from: VolunteerId,
        to: VolunteerId,
    ) -> Result<(), StoreFault> {
        self.write(|transaction| {
            roster::set(transaction, act, after)?;
            roster::answer(transaction, act, &after.day, from, DutyAnswer::Cannot)?;
            roster::answer(transaction, act, &after.day, to, DutyAnswer::Comes)
        })
    }
}

/// Every volunteer of a region, those who have left included: their numbers, their entries in the audit log, and what is written there.
pub(super) fn logged(
    connection: &Connection,
    region: &str,
) -> Result<Vec<(i64, i64, String)>, Trouble> {
    let sql = format!("select {COLUMNS}, audit from volunteer where region = ?1");
    let mut select = connection.prepare(&sql)?;
    let mut rows = select.query([region])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let one = volunteer(row)?;
        all.push((one.id.0, row.get(10)?, words::json(&Logged::of(&one))?));
    }
    Ok(all)
}

fn one(
    connection: &Connection,
    column: &str,
    region: &str,
    value: i64,
) -> Result<Option<Volunteer>, Trouble> {
    let sql = format!("select {COLUMNS} from volunteer where region = ?1 and {column} = ?2");
    let mut select = connection.prepare_cached(&sql)?;
    let mut rows = select.query(params![region, value])?;
    rows.next()?.map(volunteer).transpose()
}

fn add(
    connection: &Connection,
    act: &Act<'_>,
    (new, account, state): (&VolunteerSays, Option<AccountId>, VolunteerState),
    most: usize,
) -> Result<Volunteer, Trouble> {
    let mut count = connection
        .prepare_cached("select count(*) from volunteer where region = ?1 and state = ?2")?;
    let n: i64 = count.query_row(params![act.region, words::written(&state)?], |row| {
        row.get(0)
    })?;
    if most <= usize::try_from(n).unwrap_or_default() {
        return Err(StoreFault::TooManyVolunteers.into());
    }
    let volunteer = Volunteer {
        id: VolunteerId(numbers::next(connection, "volunteer")?),
        says: new.clone(),
        account,
        state,
        consents: None,
        version: 1,
    };
    must_be_free(connection, act.region, &volunteer)?;
    let audit = note(connection, act, None, &volunteer)?;
    let mut insert = connection.prepare_cached(
        "insert into volunteer (id, region, name, kind, skills, weekdays, phone, account, state, consents, version, audit)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    put(&mut insert, act.region, &volunteer, audit)?;
    Ok(volunteer)
}

fn set(connection: &Connection, act: &Act<'_>, after: &Volunteer) -> Result<Volunteer, Trouble> {
    let before = one(connection, "id", act.region, after.id.0)?;
    let before = before.ok_or_else(|| Trouble::Row("a volunteer who is not there".to_owned()))?;
    let mut after = Volunteer {
        version: before.version + 1,
        ..after.clone()
    };
    if after.state == VolunteerState::Left {
        after.says.phone = None;
        after.account = None;
        after.consents = None;
    }
    must_be_free(connection, act.region, &after)?;
    let audit = note(connection, act, Some(&before), &after)?;
    let mut update = connection.prepare_cached(
        "update volunteer set name = ?3, kind = ?4, skills = ?5, weekdays = ?6, phone = ?7, account = ?8,
            state = ?9, consents = ?10, version = ?11, audit = ?12
         where id = ?1 and region = ?2",
    )?;
    put(&mut update, act.region, &after, audit)?;
    Ok(after)
}

/// Has somebody sign in with an account, unless they left meanwhile or have another, or the account is somebody else's: whoever has
/// taken the invitation keeps its role all the same.
pub(super) fn tie(
    connection: &Connection,
    act: &Act<'_>,
    id: VolunteerId,
    account: AccountId,
) -> Result<(), Trouble> {
    let is_free = one(connection, "account", act.region, account.0)?.is_none();
    let found = one(connection, "id", act.region, id.0)?;
    let found = found.filter(|found| found.state == VolunteerState::Active && is_free);
    if let Some(found) = found.filter(|found| found.account.is_none()) {
        let after = Volunteer {
            account: Some(account),
            ..found
        };
        set(connection, act, &after)?;
    }
    Ok(())
}

/// An account is at most one volunteer's of a region.
fn must_be_free(
    connection: &Connection,
    region: &str,
    volunteer: &Volunteer,
) -> Result<(), Trouble> {
    let Some(account) = volunteer.account else {
        return Ok(());
    };
    match one(connection, "account", region, account.0)? {
        Some(other) if other.id != volunteer.id => Err(StoreFault::AccountTaken.into()),
        Some(_) | None => Ok(()),
    }
}

fn put(
    statement: &mut rusqlite::Statement<'_>,
    region: &str,
    volunteer: &Volunteer,
    audit: i64,
) -> Result<(), Trouble> {
    let says = &volunteer.says;
    statement.execute(params![
        volunteer.id.0,
        region,
        says.name.as_str(),
        words::written(&says.kind)?,
        words::json(&says.skills)?,
        u8::from(says.weekdays),
        says.phone.as_ref().map(Name::as_str),
        volunteer.account.map(|account| account.0),
        words::written(&volunteer.state)?,
        volunteer.consents,
        volunteer.version,
        audit,
    ])?;
    Ok(())
}

fn note(
    connection: &Connection,
    act: &Act<'_>,
    before: Option<&Volunteer>,
    after: &Volunteer,
) -> Result<i64, Trouble> {
    let id = after.id.0.to_string();
    let about = ("volunteer", id.as_str());
    let before = before.map(Logged::of);
    audit::note(
        connection,
        act,
        about,
        before.as_ref(),
        Some(&Logged::of(after)),
    )
}

fn volunteer(row: &Row<'_>) -> Result<Volunteer, Trouble> {
    let name = |text: String| {
        Name::new(&text).map_err(|fault| Trouble::Row(format!("a name that {fault}")))
    };
    let weekdays: u8 = row.get(4)?;
    let weekdays = Weekdays::try_from(weekdays);
    let phone: Option<String> = row.get(5)?;
    let account: Option<i64> = row.get(6)?;
    Ok(Volunteer {
        id: VolunteerId(row.get(0)?),
        says: VolunteerSays {
            name: name(row.get(1)?)?,
            kind: words::read(row.get(2)?)?,
            skills: words::of_json(&row.get::<_, String>(3)?)?,
            weekdays: weekdays.map_err(|fault| Trouble::Row(fault.to_owned()))?,
            phone: phone.map(name).transpose()?,
        },
        account: account.map(AccountId),
        state: words::read(row.get(7)?)?,
        consents: row.get(8)?,
        version: row.get(9)?,
    })
}
