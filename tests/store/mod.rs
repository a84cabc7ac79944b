//! The store: what is kept, what is refused, and what becomes of a file that cannot be used.

mod crash;
mod entries;
mod files;
mod incidents;
mod notices;
mod patrols;
mod people;
mod photos;
mod register;
mod trouble;

use std::path::Path;

use zhugan::model::moment::Moment;
use zhugan::store::Act;
use zhugan::store::AuditEntry;
use zhugan::store::AuditPage;
use zhugan::store::Store;
use zhugan::store::sqlite::SqliteStore;

/// Somebody who changes something in a region, so many milliseconds after the beginning.
pub fn act(region: &str, ms: i64) -> Act<'_> {
    Act {
        region,
        who: "keeper",
        at: Moment { ms },
        part_of: None,
    }
}

pub fn opened(dir: &Path) -> SqliteStore {
    SqliteStore::open(dir).unwrap()
}

/// The whole audit log of a region, the earliest first.
pub fn log(store: &dyn Store, region: &str) -> Vec<AuditEntry> {
    let all = AuditPage {
        part_of: None,
        before: None,
        limit: 10_000,
    };
    let mut log = store.audit(region, &all).unwrap();
    log.reverse();
    log
}
