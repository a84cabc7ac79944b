//! Copies of the file: a backup taken while a service writes, and one put back in its place.

use std::fs;
use std::fs::File;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use rusqlite::Connection;
use rusqlite::OpenFlags;

use crate::store::fault::StoreFault;
use crate::store::sqlite::FILE;
use crate::store::sqlite::faults::of_sqlite;
use crate::store::sqlite::folder;
use crate::store::sqlite::opening;
use crate::store::sqlite::opening::beside;
use crate::store::sqlite::opening::unusable;

/// What an old file is called when another takes its place, with a number behind it.
const ASIDE: &str = ".before-restore-";

/// The connection to a file that is there, ours, not newer and whole; it can only be read.
pub(super) fn readable(file: &Path) -> Result<Connection, StoreFault> {
    if !file.is_file() {
        return Err(StoreFault::NoFile {
            file: file.to_owned(),
        });
    }
    opening::is_ours(file)?;
    let connection = opening::connected(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    opening::looked_through(&connection, file)?;
    Ok(connection)
}

/// Writes all that a folder's store holds at one moment into a new file; a service may go on writing meanwhile.
///
/// # Errors
///
/// If there is no store, it is damaged, or the new file is there already or cannot be written.
pub fn backup(dir: &Path, to: &Path) -> Result<(), StoreFault> {
    let connection = readable(&dir.join(FILE))?;
    if fs::symlink_metadata(to).is_ok() {
        return Err(StoreFault::Exists {
            file: to.to_owned(),
        });
    }
    copied(&connection, to)
}

/// Puts a backup in the place of a folder's store; gives the path by which the old one is kept, if there was one.
///
/// # Errors
///
/// If the backup is damaged, foreign or newer, a service uses the folder, or it cannot be written; then the old file is in
/// its place.
pub fn restore(dir: &Path, from: &Path) -> Result<Option<PathBuf>, StoreFault> {
    let backup = readable(from)?;
    let _lock = folder::locked(dir)?;
    let file = dir.join(FILE);
    let new = beside(&file, ".restored");
    removed(&new).map_err(|fault| unusable(&new, &fault))?;
    copied(&backup, &new)?;
    // What the old file's log holds goes with it, if that can be read at all.
    let _ = checkpointed(&file);
    let aside = || -> io::Result<Option<PathBuf>> {
        let aside = match fs::symlink_metadata(&file) {
            Ok(_) => Some(set_aside(&file)?),
            Err(_) => None,
        };
        // A log of the old file would be taken for one of the new file.
        for ending in ["-wal", "-shm"] {
            let of_old = beside(&file, ending);
            match &aside {
                Some(aside) if of_old.exists() => fs::rename(&of_old, beside(aside, ending))?,
                Some(_) | None => removed(&of_old)?,
            }
        }
        fs::rename(&new, &file)?;
        folder::sync(dir)?;
        Ok(aside)
    };
    aside().map_err(|fault| unusable(&file, &fault))
}

/// Writes all that a store holds at one moment into a new file, which comes into being whole.
fn copied(connection: &Connection, to: &Path) -> Result<(), StoreFault> {
    let half = beside(to, ".partial");
    let written = || -> Result<(), StoreFault> {
        removed(&half).map_err(|fault| unusable(&half, &fault))?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let made = folder::owned(&mut options).open(&half);
        made.map_err(|fault| unusable(&half, &fault))?;
        let name = half.to_string_lossy();
        let copied = connection.execute("vacuum into ?1", [&*name]);
        copied.map_err(|fault| of_sqlite(&half, &fault))?;
        drop(readable(&half)?);
        let put = || -> io::Result<()> {
            File::open(&half)?.sync_all()?;
            fs::rename(&half, to)?;
            match to.parent().filter(|dir| !dir.as_os_str().is_empty()) {
                Some(dir) => folder::sync(dir),
                None => folder::sync(Path::new(".")),
            }
        };
        put().map_err(|fault| unusable(to, &fault))
    }();
    if written.is_err() {
        // Half a backup is none.
        let _ = removed(&half);
    }
    written
}

/// Writes what a file's log holds into the file, and empties the log.
fn checkpointed(file: &Path) -> Result<(), StoreFault> {
    opening::is_ours(file)?;
    let connection = opening::connected(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let done = connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
    done.map_err(|fault| of_sqlite(file, &fault))
}

/// Gives a file a second name that is free, so that it stays when another takes its place.
fn set_aside(file: &Path) -> io::Result<PathBuf> {
    let names = (1..10_000).map(|number| beside(file, &format!("{ASIDE}{number}")));
    let mut free = names.filter(|name| fs::symlink_metadata(name).is_err());
    let name = free.next().ok_or_else(|| {
        io::Error::other("too many old files stand beside it; move some of them away")
    })?;
    fs::hard_link(file, &name)?;
    Ok(name)
}

fn removed(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
        Ok(()) | Err(_) => Ok(()),
    }
}
