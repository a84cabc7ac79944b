//! Opening the file: made whole or not at all, looked through before anything is written, never started over.

use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::fs::Permissions;
use std::io;
use std::io::ErrorKind;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;

use crate::store::fault::StoreFault;
use crate::store::sqlite::faults::of_sqlite;
use crate::store::sqlite::folder;
use crate::store::sqlite::migrations;

/// Marks a file as a store of this program, in SQLite's own header: `zhgn`.
const APPLICATION: i32 = 0x7a68_676e;

/// What every SQLite file begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Where the mark stands in the header, big-endian.
const APPLICATION_AT: usize = 68;

/// How long the header is, bytes.
const HEADER: usize = 100;

/// Somebody who takes a backup at the same time is waited for so long.
const PATIENCE: Duration = Duration::from_secs(5);

/// The connection to the file of a folder that is locked; where there is none, one is made.
pub(super) fn opened(dir: &Path, file: &Path) -> Result<Connection, StoreFault> {
    match fs::symlink_metadata(file) {
        Err(fault) if fault.kind() == ErrorKind::NotFound => make(dir, file)?,
        Err(fault) => return Err(unusable(file, &fault)),
        Ok(_) => {}
    }
    is_ours(file)?;
    is_owned(file)?;
    let mut connection = connected(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Not even what the log holds is carried over into a file that is damaged.
    checkpoint_at_end(&connection, file, false)?;
    looked_through(&connection, file)?;
    checkpoint_at_end(&connection, file, true)?;
    prepare(&mut connection, file)?;
    Ok(connection)
}

/// A second connection to a file that a service uses.
pub(super) fn beside_a_service(file: &Path) -> Result<Connection, StoreFault> {
    is_ours(file)?;
    let mut connection = connected(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    prepare(&mut connection, file)?;
    Ok(connection)
}

fn checkpoint_at_end(connection: &Connection, file: &Path, is_on: bool) -> Result<(), StoreFault> {
    let option = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    let set = connection.set_db_config(option, !is_on);
    set.map(drop).map_err(|fault| of_sqlite(file, &fault))
}

/// A store without a file.
pub(super) fn in_memory(file: &Path) -> Result<Connection, StoreFault> {
    let connection = Connection::open_in_memory();
    let mut connection = connection.map_err(|fault| of_sqlite(file, &fault))?;
    prepare(&mut connection, file)?;
    Ok(connection)
}

/// Makes the file beside its place and puts it there when it is whole: a store is there, or it is not.
fn make(dir: &Path, file: &Path) -> Result<(), StoreFault> {
    let new = beside(file, ".new");
    for half in [new.clone(), beside(&new, "-journal")] {
        match fs::remove_file(&half) {
            Err(fault) if fault.kind() != ErrorKind::NotFound => {
                return Err(unusable(&half, &fault));
            }
            Ok(()) | Err(_) => {}
        }
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let made = folder::owned(&mut options).open(&new);
    made.map_err(|source| StoreFault::Folder {
        dir: dir.display().to_string(),
        source,
    })?;
    let mut connection = connected(&new, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let marked = connection.pragma_update(None, "application_id", APPLICATION);
    marked.map_err(|fault| of_sqlite(&new, &fault))?;
    migrations::migrate(&mut connection, &new)?;
    connection
        .close()
        .map_err(|(_, fault)| of_sqlite(&new, &fault))?;
    let put = || -> io::Result<()> {
        File::open(&new)?.sync_all()?;
        fs::rename(&new, file)?;
        folder::sync(dir)
    };
    put().map_err(|fault| unusable(file, &fault))
}

/// Whether a file is a store of this program, by its first bytes; nothing is opened by SQLite that is not.
pub(super) fn is_ours(file: &Path) -> Result<(), StoreFault> {
    let mut header = Vec::with_capacity(HEADER);
    let read = File::open(file).and_then(|opened| {
        let mut start = opened.take(HEADER as u64);
        start.read_to_end(&mut header)
    });
    read.map_err(|fault| unusable(file, &fault))?;
    if header.is_empty() {
        return Err(StoreFault::Broken {
            file: file.to_owned(),
            what: "it is empty".to_owned(),
        });
    }
    let mark = header.get(APPLICATION_AT..APPLICATION_AT + 4);
    let is_ours = header.starts_with(MAGIC) && mark == Some(&APPLICATION.to_be_bytes());
    is_ours.then_some(()).ok_or_else(|| StoreFault::Foreign {
        file: file.to_owned(),
    })
}

/// Whether its owner may write it; takes from everybody else what they may.
fn is_owned(file: &Path) -> Result<(), StoreFault> {
    let metadata = fs::metadata(file).map_err(|fault| unusable(file, &fault))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;

        let mode = metadata.permissions().mode();
        // Asked here, since an administrator's program is let write anything.
        if mode & 0o200 == 0 {
            return Err(StoreFault::ReadOnly {
                file: file.to_owned(),
            });
        }
        if mode & 0o077 != 0 {
            let own = Permissions::from_mode(mode & 0o700);
            fs::set_permissions(file, own).map_err(|fault| unusable(file, &fault))?;
        }
    }
    Ok(())
}

pub(super) fn connected(file: &Path, flags: OpenFlags) -> Result<Connection, StoreFault> {
    let connection = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .and_then(|connection| {
            connection.busy_timeout(PATIENCE)?;
            Ok(connection)
        });
    connection.map_err(|fault| of_sqlite(file, &fault))
}

/// Looks through the whole file, and whether it is a newer program's.
///
/// # Errors
///
/// If anything is damaged that SQLite can tell, or the file is newer.
pub(super) fn looked_through(connection: &Connection, file: &Path) -> Result<(), StoreFault> {
    migrations::version(connection, file)?;
    let found = connection.query_row("pragma quick_check(1)", [], |row| row.get(0));
    let found: String = found.map_err(|fault| match of_sqlite(file, &fault) {
        // Whatever stops the look is a fault of the file.
        StoreFault::Unusable { file, what } => StoreFault::Broken { file, what },
        other => other,
    })?;
    if found == "ok" {
        return Ok(());
    }
    Err(StoreFault::Broken {
        file: file.to_owned(),
        what: found.split_whitespace().collect::<Vec<_>>().join(" "),
    })
}

fn prepare(connection: &mut Connection, file: &Path) -> Result<(), StoreFault> {
    let set = || -> rusqlite::Result<()> {
        // The answer is the mode that it really has: in memory there is no log.
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)
    };
    set().map_err(|fault| of_sqlite(file, &fault))?;
    migrations::migrate(connection, file)
}

/// The file of the same name with something after it.
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

pub(super) fn unusable(file: &Path, fault: &io::Error) -> StoreFault {
    match fault.kind() {
        ErrorKind::StorageFull | ErrorKind::FileTooLarge => StoreFault::Full {
            file: file.to_owned(),
        },
        ErrorKind::ReadOnlyFilesystem => StoreFault::ReadOnly {
            file: file.to_owned(),
        },
        _ => StoreFault::Unusable {
            file: file.to_owned(),
            what: fault.to_string(),
        },
    }
}
