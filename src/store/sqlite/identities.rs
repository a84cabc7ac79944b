//! Identities: who somebody is for a provider that they sign in with.

use rusqlite::Connection;
use rusqlite::OptionalExtension;
use rusqlite::params;
use serde::Serialize;

use crate::model::account::Account;
use crate::model::account::AccountId;
use crate::model::account::Identity;
use crate::store::accounts::By;
use crate::store::sqlite::accounts;
use crate::store::sqlite::audit;
use crate::store::sqlite::faults::Trouble;
use crate::store::sqlite::words;

/// An identity in the audit log.
#[derive(Serialize)]
struct Logged {
    account: i64,
}

/// Whose account it opens.
pub(super) fn account_of(
    connection: &Connection,
    identity: &Identity,
) -> Result<Option<Account>, Trouble> {
    let mut select = connection
        .prepare_cached("select account from identity where issuer = ?1 and subject = ?2")?;
    let Identity { issuer, subject } = identity;
    let id = select.query_row([issuer, subject], |row| row.get(0));
    let Some(id) = id.optional()? else {
        return Ok(None);
    };
    accounts::one(connection, AccountId(id))
}

/// Has it open an account from now on.
pub(super) fn add(
    connection: &Connection,
    by: &By<'_>,
    identity: &Identity,
    account: AccountId,
) -> Result<(), Trouble> {
    let Identity { issuer, subject } = identity;
    let name = name(issuer, subject);
    let about = ("identity", name.as_str());
    let after = Logged { account: account.0 };
    let audit = audit::note(
        connection,
        &accounts::act(by),
        about,
        None::<&()>,
        Some(&after),
    )?;
    let mut insert = connection.prepare_cached(
        "insert into identity (issuer, subject, account, audit) values (?1, ?2, ?3, ?4)",
    )?;
    insert.execute(params![issuer, subject, account.0, audit])?;
    Ok(())
}

/// What the audit log calls it.
pub(super) fn name(issuer: &str, subject: &str) -> String {
    format!("{issuer} {subject}")
}

/// As the audit log writes it.
pub(super) fn logged(account: i64) -> Result<String, Trouble> {
    words::json(&Logged { account })
}
