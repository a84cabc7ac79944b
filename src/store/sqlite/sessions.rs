//! Sessions: who is signed in. Only the hash of a session's secret is kept.

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::params;

use crate::model::account::Account;
use crate::model::account::AccountId;
use crate::model::moment::Moment;
use crate::store::accounts::By;
use crate::store::accounts::NewSession;
use crate::store::accounts::SecretHash;
use crate::store::fault::StoreFault;
use crate::store::sqlite::accounts;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;

/// So many sessions of one account at the same time; the one that would end first makes room for the next.
const MOST_SESSIONS: i64 = 50;

pub(super) fn open(
    connection: &Connection,
    account: AccountId,
    session: &NewSession,
    instead_of: Option<&SecretHash>,
) -> Result<(), Trouble> {
    if let Some(old) = instead_of {
        end(connection, old)?;
    }
    connection
        .prepare_cached("delete from session where expires_at_ms <= ?1")?
        .execute([session.at.ms])?;
    let mut insert = connection
        .prepare_cached("insert into session (hash, account, expires_at_ms) values (?1, ?2, ?3)")?;
    insert.execute(params![session.hash, account.0, session.expires_at.ms])?;
    let mut crowd = connection.prepare_cached(
        "delete from session where hash in
            (select hash from session where account = ?1 order by expires_at_ms desc limit -1 offset ?2)",
    )?;
    crowd.execute(params![account.0, MOST_SESSIONS])?;
    connection
        .prepare_cached("update account set signed_in_at_ms = ?2 where id = ?1")?
        .execute(params![account.0, session.at.ms])?;
    if session.is_by_provider {
        note(connection, account, session)?;
    }
    Ok(())
}

/// Writes down that a provider has vouched for somebody.
fn note(connection: &Connection, id: AccountId, session: &NewSession) -> Result<(), Trouble> {
    let account = accounts::one(connection, id)?.ok_or(StoreFault::UnknownAccount(id))?;
    let by = By {
        who: account.name.as_str(),
        at: session.at,
    };
    let number = id.0.to_string();
    let about = ("sign_in", number.as_str());
    audit::note(
        connection,
        &accounts::act(&by),
        about,
        None::<&()>,
        None::<&()>,
    )?;
    Ok(())
}

/// Whose session it is, if it has not ended.
pub(super) fn of(
    connection: &Connection,
    hash: &SecretHash,
    now: Moment,
) -> Result<Option<Account>, Trouble> {
    let mut select = connection
        .prepare_cached("select account from session where hash = ?1 and ?2 < expires_at_ms")?;
    let id = select.query_row(params![hash, now.ms], |row| row.get(0));
    let Some(id) = id.optional()? else {
        return Ok(None);
    };
    let account = accounts::one(connection, AccountId(id))?;
    Ok(account.filter(|account| account.is_active))
}

pub(super) fn end(connection: &Connection, hash: &SecretHash) -> Result<(), Trouble> {
    let mut delete = connection.prepare_cached("delete from session where hash = ?1")?;
    delete.execute(params![hash])?;
    Ok(())
}

/// Ends every session of an account, perhaps but one.
pub(super) fn end_all(
    connection: &Connection,
    account: AccountId,
    but: Option<&SecretHash>,
) -> Result<(), Trouble> {
    let mut delete = connection
        .prepare_cached("delete from session where account = ?1 and (?2 is null or hash <> ?2)")?;
    delete.execute(params![account.0, but])?;
    Ok(())
}
