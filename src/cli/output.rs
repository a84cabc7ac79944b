//! Where answers go: standard output, or a file that is whole or not there; and files that come in.

use std::fs;
use std::fs::File;
use std::io;
use std::io::ErrorKind;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use anyhow::bail;

/// Prints an answer; a reader who has seen enough is no failure.
pub(super) fn print(answer: &[u8]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(answer).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|error| {
            anyhow::anyhow!("standard output: cannot be written ({error}); free some space, or write elsewhere with -o FILE")
        }),
    }
}

/// The bytes of a file that somebody brings, at most so many.
pub(super) fn read(file: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    let shown = file.display();
    let fault = |error: io::Error| {
        anyhow::anyhow!("{shown}: cannot be read ({error}); check its name, and its permissions")
    };
    let mut bytes = Vec::new();
    let opened = File::open(file).map_err(fault)?;
    opened
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(fault)?;
    if bytes.len() as u64 > most {
        bail!("{shown}: is larger than {} MiB; split it", most >> 20);
    }
    Ok(bytes)
}

/// Writes an answer to a file, which holds either all of it or what it held before.
pub(super) fn write(file: &Path, answer: &[u8]) -> anyhow::Result<()> {
    let shown = file.display();
    // Through a link to the file that is meant, so that the link stays.
    let place = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    if place.is_dir() {
        bail!("{shown}: is a folder; name a file after -o");
    }
    let is_special = place.exists() && !place.is_file();
    let written = if is_special {
        File::create(&place).and_then(|mut device| device.write_all(answer))
    } else {
        replace(&place, answer)
    };
    written.map_err(|error| {
        anyhow::anyhow!("{shown}: cannot be written ({error}); check that its folder is there, may be written and has space")
    })
}

/// Writes beside the file and then puts the new one in its place in one step.
fn replace(place: &Path, answer: &[u8]) -> io::Result<()> {
    let (beside, mut new) = new_beside(place)?;
    let written = new
        .write_all(answer)
        .and_then(|()| match fs::metadata(place) {
            Ok(old) => new.set_permissions(old.permissions()),
            Err(_) => Ok(()),
        })
        .and_then(|()| new.sync_all())
        .and_then(|()| fs::rename(&beside, place));
    if written.is_err() {
        // The first failure is the one to tell; a leftover is no second one.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A new file in the same folder, under a name that nothing has.
fn new_beside(place: &Path) -> io::Result<(PathBuf, File)> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 0;
    loop {
        let beside = place.with_file_name(format!(".{name}.{}-{number}", std::process::id()));
        match File::create_new(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
        }
    }
}
