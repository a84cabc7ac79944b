//! Keys of programs: what they show instead of signing in. Only the hash of a key is kept.

use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::params;
use serde::Serialize;

use crate::model::account::Account;
use crate::model::account::AccountId;
use crate::model::account::Grant;
use crate::model::account::Key;
use crate::model::account::KeyId;
use crate::model::moment::Moment;
use crate::store::accounts::By;
use crate::store::accounts::NewKey;
use crate::store::accounts::SecretHash;
use crate::store::fault::StoreFault;
use crate::store::sqlite::accounts;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::numbers;
use crate::store::sqlite::words;

/// So many keys of one account at the same time.
const MOST_KEYS: usize = 50;

/// A key in the audit log.
#[derive(Serialize)]
struct Logged<'a> {
    name: &'a str,
    is_active: bool,
    #[serde(flatten)]
    grant: &'a Grant,
}

const COLUMNS: &str = "id, name, role, region, expires_at_ms, used_at_ms";

pub(super) fn add(
    connection: &Connection,
    by: &By<'_>,
    account: AccountId,
    new: &NewKey<'_>,
) -> Result<Key, Trouble> {
    if MOST_KEYS <= of_account(connection, account, by.at)?.len() {
        return Err(StoreFault::TooMany("keys of one account").into());
    }
    let id = KeyId(numbers::next(connection, "api_key")?);
    let number = id.0.to_string();
    let after = Logged {
        name: new.name,
        is_active: true,
        grant: new.grant,
    };
    let about = ("api_key", number.as_str());
    let audit = audit::note(
        connection,
        &accounts::act(by),
        about,
        None::<&()>,
        Some(&after),
    )?;
    let mut insert = connection.prepare_cached(
        "insert into api_key (id, hash, account, name, role, region, expires_at_ms, is_active, audit)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8)",
    )?;
    insert.execute(params![
        id.0,
        new.hash,
        account.0,
        new.name,
        words::written(&new.grant.role)?,
        accounts::region(new.grant),
        new.expires_at.ms,
        audit
    ])?;
    Ok(Key {
        id,
        name: new.name.to_owned(),
        grant: new.grant.clone(),
        expires_at: new.expires_at,
        used_at: None,
    })
}

/// The keys of an account that open something.
pub(super) fn of_account(
    connection: &Connection,
    account: AccountId,
    now: Moment,
) -> Result<Vec<Key>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {COLUMNS} from api_key where account = ?1 and is_active and ?2 < expires_at_ms order by id"
    ))?;
    let mut rows = select.query(params![account.0, now.ms])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(key(row)?);
    }
    Ok(found)
}

pub(super) fn end(
    connection: &Connection,
    by: &By<'_>,
    account: AccountId,
    id: KeyId,
) -> Result<bool, Trouble> {
    let mine = of_account(connection, account, by.at)?;
    let Some(found) = mine.into_iter().find(|key| key.id == id) else {
        return Ok(false);
    };
    let number = id.0.to_string();
    let logged = |is_active| Logged {
        name: &found.name,
        is_active,
        grant: &found.grant,
    };
    let about = ("api_key", number.as_str());
    let (before, after) = (logged(true), logged(false));
    let audit = audit::note(
        connection,
        &accounts::act(by),
        about,
        Some(&before),
        Some(&after),
    )?;
    let mut update =
        connection.prepare_cached("update api_key set is_active = 0, audit = ?2 where id = ?1")?;
    update.execute(params![id.0, audit])?;
    Ok(true)
}

/// Whose key it is, if it opens something.
pub(super) fn of_secret(
    connection: &Connection,
    hash: &SecretHash,
    now: Moment,
) -> Result<Option<(Account, Key)>, Trouble> {
    let mut select = connection.prepare_cached(&format!(
        "select {COLUMNS}, account from api_key where hash = ?1 and is_active and ?2 < expires_at_ms"
    ))?;
    let mut rows = select.query(params![hash, now.ms])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let (key, id) = (key(row)?, AccountId(row.get(6)?));
    let account = accounts::one(connection, id)?;
    let account = account.filter(|account| account.is_active);
    Ok(account.map(|account| (account, key)))
}

/// Notes that a key has been used. The audit log has what was done with it.
pub(super) fn used(connection: &Connection, id: KeyId, now: Moment) -> Result<(), Trouble> {
    let mut update = connection.prepare_cached(
        "update api_key set used_at_ms = ?2 where id = ?1 and (used_at_ms is null or used_at_ms <= ?3)",
    )?;
    update.execute(params![id.0, now.ms, now.ms - Key::USED_WITHIN_MS])?;
    Ok(())
}

/// A key as the audit log writes it.
pub(super) fn logged(name: &str, is_active: bool, grant: &Grant) -> Result<String, Trouble> {
    words::json(&Logged {
        name,
        is_active,
        grant,
    })
}

fn key(row: &Row<'_>) -> Result<Key, Trouble> {
    Ok(Key {
        id: KeyId(row.get(0)?),
        name: row.get(1)?,
        grant: accounts::grant(row.get(2)?, row.get(3)?)?,
        expires_at: Moment { ms: row.get(4)? },
        used_at: row.get::<_, Option<i64>>(5)?.map(|ms| Moment { ms }),
    })
}
