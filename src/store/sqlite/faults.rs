//! What SQLite says, told as a fault of the store.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::store::fault::StoreFault;

/// Why some work within a transaction was not done; then nothing of it is.
pub(super) enum Trouble {
    /// The database says so.
    Sqlite(rusqlite::Error),
    /// A row that the program has not written so.
    Row(String),
    /// The work itself makes no sense.
    Refused(StoreFault),
}

impl From<rusqlite::Error> for Trouble {
    fn from(fault: rusqlite::Error) -> Self {
        Self::Sqlite(fault)
    }
}

impl From<StoreFault> for Trouble {
    fn from(fault: StoreFault) -> Self {
        Self::Refused(fault)
    }
}

impl Trouble {
    /// The fault, with the file that it is about.
    pub fn with(self, file: &Path) -> StoreFault {
        match self {
            Self::Sqlite(fault) => of_sqlite(file, &fault),
            Self::Row(what) => StoreFault::Broken {
                file: file.to_owned(),
                what,
            },
            Self::Refused(fault) => fault,
        }
    }
}

/// What an error of the database means for a file.
pub(super) fn of_sqlite(file: &Path, fault: &rusqlite::Error) -> StoreFault {
    let (file, what) = (file.to_owned(), fault.to_string());
    match fault.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreFault::Broken { file, what }
        }
        Some(ErrorCode::DiskFull) => StoreFault::Full { file },
        Some(ErrorCode::ReadOnly) => StoreFault::ReadOnly { file },
        // A limit on the size of files is told as a write that failed.
        Some(ErrorCode::SystemIoFailure) if is_failed_write(fault) => StoreFault::Full { file },
        _ => StoreFault::Unusable { file, what },
    }
}

fn is_failed_write(fault: &rusqlite::Error) -> bool {
    let code = fault.sqlite_error().map(|fault| fault.extended_code);
    code == Some(rusqlite::ffi::SQLITE_IOERR_WRITE)
}
