//! Accounts and what they may do.

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::model::account::Account;
use crate::model::account::AccountId;
use crate::model::account::AccountName;
use crate::model::account::Grant;
use crate::model::account::Role;
use crate::model::moment::Moment;
use crate::store::Act;
use crate::store::accounts::AccountChange;
use crate::store::accounts::By;
use crate::store::accounts::EVERYWHERE;
use crate::store::accounts::SecretHash;
use crate::store::fault::StoreFault;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::sessions;
use crate::store::sqlite::words;

/// An account in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    name: &'a str,
    is_active: bool,
    roles: &'a [Grant],
}

/// The change of something that belongs to no region.
pub(super) fn act<'a>(by: &By<'a>) -> Act<'a> {
    Act {
        region: EVERYWHERE,
        who: by.who,
        at: by.at,
        part_of: None,
    }
}

/// Every account, by name.
pub(super) fn all(connection: &Connection) -> Result<Vec<Account>, Trouble> {
    let mut select = connection.prepare_cached(
        "select id, name, is_active, signed_in_at_ms from account order by name_key",
    )?;
    let found = select.query_map([], account)?;
    let mut found: Vec<Account> = found.collect::<Result<_, _>>()?;
    for account in &mut found {
        account.grants = grants(connection, account.id)?;
    }
    Ok(found)
}

/// The account of a number.
pub(super) fn one(connection: &Connection, id: AccountId) -> Result<Option<Account>, Trouble> {
    let mut select = connection
        .prepare_cached("select id, name, is_active, signed_in_at_ms from account where id = ?1")?;
    let Some(mut found) = select.query_row([id.0], account).optional()? else {
        return Ok(None);
    };
    found.grants = grants(connection, id)?;
    Ok(Some(found))
}

/// The account of a name, with the hash of its password.
pub(super) fn named(
    connection: &Connection,
    name: &AccountName,
) -> Result<Option<(Account, Option<String>)>, Trouble> {
    let mut select =
        connection.prepare_cached("select id, password from account where name_key = ?1")?;
    let found: Option<(i64, Option<String>)> = select
        .query_row([name.key()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((id, password)) = found else {
        return Ok(None);
    };
    Ok(one(connection, AccountId(id))?.map(|account| (account, password)))
}

/// A new account.
pub(super) fn add(
    connection: &Connection,
    by: &By<'_>,
    name: &AccountName,
    password: Option<&str>,
    grant: &Grant,
) -> Result<Account, Trouble> {
    if named(connection, name)?.is_some() {
        return Err(StoreFault::NameTaken(name.as_str().to_owned()).into());
    }
    let id = AccountId(numbers::next(connection, "account")?);
    let account = Account {
        id,
        name: name.clone(),
        grants: vec![grant.clone()],
        is_active: true,
        signed_in_at: None,
    };
    let audit = note(connection, by, None, &account)?;
    let mut insert = connection.prepare_cached(
        "insert into account (id, name, name_key, password, is_active, audit) values (?1, ?2, ?3, ?4, 1, ?5)",
    )?;
    insert.execute(params![id.0, name.as_str(), name.key(), password, audit])?;
    put_grants(connection, id, &account.grants)?;
    Ok(account)
}

/// Changes what somebody may do; whoever may not sign in any more is signed out.
pub(super) fn set(
    connection: &Connection,
    by: &By<'_>,
    id: AccountId,
    change: &AccountChange<'_>,
) -> Result<Account, Trouble> {
    let before = one(connection, id)?.ok_or(StoreFault::UnknownAccount(id))?;
    let grants = change.grants.unwrap_or(&before.grants);
    let is_active = change.is_active.unwrap_or(before.is_active);
    let after = Account {
        is_active,
        grants: grants.to_vec(),
        ..before.clone()
    };
    if after == before {
        return Ok(before);
    }
    let may_administer = |account: &Account| account.may(Role::Administrator, None);
    if change.must_leave_an_administrator && !may_administer(&after) {
        let all = all(connection)?;
        let mut others = all.iter().filter(|account| account.id != id);
        if !others.any(may_administer) {
            return Err(StoreFault::LastAdministrator.into());
        }
    }
    let audit = note(connection, by, Some(&before), &after)?;
    let mut update =
        connection.prepare_cached("update account set is_active = ?2, audit = ?3 where id = ?1")?;
    update.execute(params![id.0, is_active, audit])?;
    connection
        .prepare_cached("delete from account_role where account = ?1")?
        .execute([id.0])?;
    put_grants(connection, id, grants)?;
    if !is_active {
        sessions::end_all(connection, id, None)?;
    }
    Ok(after)
}

/// Another password. The audit log says that, and of the password nothing.
pub(super) fn set_password(
    connection: &Connection,
    by: &By<'_>,
    id: AccountId,
    password: &str,
    but: &SecretHash,
) -> Result<(), Trouble> {
    let number = id.0.to_string();
    let about = ("password", number.as_str());
    audit::note(connection, &act(by), about, None::<&()>, None::<&()>)?;
    let mut update = connection.prepare_cached("update account set password = ?2 where id = ?1")?;
    update.execute(params![id.0, password])?;
    sessions::end_all(connection, id, Some(but))
}

/// An account as the audit log writes it.
pub(super) fn logged(account: &Account) -> Result<String, Trouble> {
    words::json(&of(account))
}

fn of(account: &Account) -> Logged<'_> {
    Logged {
        name: account.name.as_str(),
        is_active: account.is_active,
        roles: &account.grants,
    }
}

fn note(
    connection: &Connection,
    by: &By<'_>,
    before: Option<&Account>,
    after: &Account,
) -> Result<i64, Trouble> {
    let number = after.id.0.to_string();
    let about = ("account", number.as_str());
    let before = before.map(of);
    audit::note(
        connection,
        &act(by),
        about,
        before.as_ref(),
        Some(&of(after)),
    )
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let name: String = row.get(1)?;
    let name = AccountName::new(&name).map_err(|fault| {
        rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Text, fault.into())
    })?;
    Ok(Account {
        id: AccountId(row.get(0)?),
        name,
        grants: Vec::new(),
        is_active: row.get(2)?,
        signed_in_at: row.get::<_, Option<i64>>(3)?.map(|ms| Moment { ms }),
    })
}

fn grants(connection: &Connection, id: AccountId) -> Result<Vec<Grant>, Trouble> {
    let mut select = connection.prepare_cached(
        "select role, region from account_role where account = ?1 order by region",
    )?;
    let mut rows = select.query([id.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(grant(row.get(0)?, row.get(1)?)?);
    }
    Ok(found)
}

/// A role as two columns hold it.
pub(super) fn grant(role: String, region: String) -> Result<Grant, Trouble> {
    Ok(Grant {
        role: words::read(role)?,
        region: (!region.is_empty()).then_some(region),
    })
}

/// The column of a grant's region.
pub(super) fn region(grant: &Grant) -> &str {
    grant.region.as_deref().unwrap_or(EVERYWHERE)
}

/// Of two roles in one region the greater is kept.
fn put_grants(connection: &Connection, id: AccountId, grants: &[Grant]) -> Result<(), Trouble> {
    let mut grants: Vec<&Grant> = grants.iter().collect();
    grants.sort_by_key(|grant| grant.role);
    let mut insert = connection.prepare_cached(
        "insert or replace into account_role (account, role, region) values (?1, ?2, ?3)",
    )?;
    for grant in grants {
        insert.execute(params![id.0, words::written(&grant.role)?, region(grant)])?;
    }
    Ok(())
}
