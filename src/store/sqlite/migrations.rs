//! The versions of the file: an older one is brought up to date by itself, a newer one is refused.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::TransactionBehavior;

use crate::store::fault::StoreFault;
use crate::store::sqlite::faults::of_sqlite;

/// What leads from each version to the next. A script that has been published is never changed.
///
/// `user_version` and a list do all that is needed; a crate for migrations brings a parser for its files or a table of
/// its own, and would have to be raised together with rusqlite every time.
const SCRIPTS: [&str; KNOWN as usize] = [
    include_str!("migrations/1.sql"),
    include_str!("migrations/2.sql"),
    include_str!("migrations/3.sql"),
    include_str!("migrations/4.sql"),
    include_str!("migrations/5.sql"),
    include_str!("migrations/6.sql"),
    include_str!("migrations/7.sql"),
    include_str!("migrations/8.sql"),
    include_str!("migrations/9.sql"),
    include_str!("migrations/10.sql"),
    include_str!("migrations/11.sql"),
];

/// The version that this program reads and writes.
pub(super) const KNOWN: i64 = 11;

/// The version of a file.
///
/// # Errors
///
/// For a file that a newer program has written.
pub(super) fn version(connection: &Connection, file: &Path) -> Result<i64, StoreFault> {
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0));
    let version: i64 = version.map_err(|fault| of_sqlite(file, &fault))?;
    if KNOWN < version {
        return Err(StoreFault::Newer {
            file: file.to_owned(),
            version,
            known: KNOWN,
        });
    }
    Ok(version)
}

/// Brings a file up to date, each version whole or not at all.
pub(super) fn migrate(connection: &mut Connection, file: &Path) -> Result<(), StoreFault> {
    let version = version(connection, file)?;
    let done = usize::try_from(version).unwrap_or_default();
    for (script, next) in SCRIPTS.iter().zip(1_i64..).skip(done) {
        step(connection, script, next).map_err(|fault| of_sqlite(file, &fault))?;
    }
    Ok(())
}

fn step(connection: &mut Connection, script: &str, next: i64) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(script)?;
    transaction.pragma_update(None, "user_version", next)?;
    transaction.commit()
}
