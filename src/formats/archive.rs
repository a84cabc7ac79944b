//! Zip archives, unpacked in memory and stopped when they turn out to be bombs.

use std::io;
use std::io::Cursor;
use std::io::Read;
use std::io::Write;

use encoding_rs::GB18030;
use zip::ZipArchive;

/// More files than this are in no archive of a map or of a table.
const MOST_FILES: usize = 1_000;

/// So much may come out of one archive, bytes.
const MOST_UNPACKED: u64 = 512 << 20;

/// Tables and maps shrink to a twentieth; what shrinks to less than this share is a bomb.
const MOST_RATIO: u64 = 100;

/// So much may come out at any ratio, bytes.
const FREE_UNPACKED: u64 = 32 << 20;

/// Why an archive cannot be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// No zip, or a broken one.
    #[error("is no zip archive that can be read ({0}); pack it again")]
    Broken(String),
    /// Too many files.
    #[error("holds more than {MOST_FILES} files; pack only what belongs to one map")]
    TooManyFiles,
    /// A bomb, or something far too large.
    #[error("unpacks to more than {} MiB; leave out what the region does not need", .most >> 20)]
    TooLarge {
        /// So much was allowed, bytes.
        most: u64,
    },
}

/// One file of an archive.
#[derive(Debug)]
pub(super) struct Packed {
    /// Its name with its folders, as the archive has it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Packed {
    /// Its name without folders and without its last extension, and that extension in lower case.
    pub fn stem_and_extension(&self) -> (&str, String) {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        (stem, extension.to_ascii_lowercase())
    }
}

/// The files of an archive whose extension is wanted, in lower case.
///
/// # Errors
///
/// For what is no zip, or unpacks to too much; nothing is believed that the archive says of its own sizes.
pub(super) fn unpacked(bytes: &[u8], wanted: &[&str]) -> Result<Vec<Packed>, ArchiveError> {
    let mut archive = opened(bytes)?;
    let most = most_of(bytes);
    let mut left = most;
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let mut file = Packed {
            name: name_of(&mut archive, index)?,
            bytes: Vec::new(),
        };
        if file.name.ends_with('/') || !wanted.contains(&file.stem_and_extension().1.as_str()) {
            continue;
        }
        copy(&mut archive, index, &mut file.bytes, &mut left, most)?;
        files.push(file);
    }
    Ok(files)
}

/// Unpacks everything and keeps nothing: for readers that unpack by themselves, and trust what they are given.
///
/// # Errors
///
/// As [`unpacked`].
pub(super) fn checked(bytes: &[u8]) -> Result<(), ArchiveError> {
    let mut archive = opened(bytes)?;
    let most = most_of(bytes);
    let mut left = most;
    for index in 0..archive.len() {
        copy(&mut archive, index, &mut io::sink(), &mut left, most)?;
    }
    Ok(())
}

fn opened(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, ArchiveError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_FILES {
        return Err(ArchiveError::TooManyFiles);
    }
    Ok(archive)
}

fn most_of(bytes: &[u8]) -> u64 {
    (bytes.len() as u64)
        .saturating_mul(MOST_RATIO)
        .clamp(FREE_UNPACKED, MOST_UNPACKED)
}

/// Names are UTF-8 where the archive says so or they are valid in it, and otherwise as Chinese systems write them.
fn name_of(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize) -> Result<String, ArchiveError> {
    let file = archive.by_index_raw(index).map_err(broken)?;
    let raw = file.name_raw();
    Ok(match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode(raw).0.into_owned(),
    })
}

fn copy(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    into: &mut impl Write,
    left: &mut u64,
    most: u64,
) -> Result<(), ArchiveError> {
    let file = archive.by_index(index).map_err(broken)?;
    let n_bytes = io::copy(&mut file.take(*left + 1), into).map_err(broken)?;
    if n_bytes > *left {
        return Err(ArchiveError::TooLarge { most });
    }
    *left -= n_bytes;
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> ArchiveError {
    ArchiveError::Broken(error.to_string())
}
