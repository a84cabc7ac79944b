//! The file of the store: made whole, its owner's alone, and never started over when it cannot be used.

use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::FileExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;

use zhugan::model::crossing::CrossingState::Closed;
use zhugan::model::crossing::CrossingState::Open;
use zhugan::store::Store;
use zhugan::store::fault::StoreFault;
use zhugan::store::sqlite::FILE;
use zhugan::store::sqlite::SqliteStore;

use crate::formats::Folder;
use crate::store::act;
use crate::store::opened;

/// A folder with a store in which so many crossings have been closed, and the path of its file.
fn filled(n_crossings: usize) -> (Folder, PathBuf) {
    let folder = Folder::new(&[]);
    let store = opened(folder.path());
    for number in 0..n_crossings {
        let id = format!("bridge-w{number}");
        store
            .set_crossing(&act("town", 1), &id, Open, Closed)
            .unwrap();
    }
    let file = folder.path().join(FILE);
    (folder, file)
}

/// Why the store of a folder cannot be opened; the file is as it was.
fn refused(folder: &Folder, words: &[&str]) -> StoreFault {
    let file = folder.path().join(FILE);
    let before = fs::read(&file).unwrap();
    let fault = SqliteStore::open(folder.path()).unwrap_err();
    let told = fault.to_string();
    for word in words.iter().chain([&FILE]) {
        assert!(told.contains(word), "no {word:?} in {told:?}");
    }
    assert!(!told.contains('\n'), "{told:?}");
    assert!(fs::read(&file).unwrap() == before, "it is left as it is");
    fault
}

/// Writes over a file from some place on.
fn overwrite(file: &Path, at: u64, bytes: &[u8]) {
    let file = fs::OpenOptions::new().write(true).open(file).unwrap();
    file.write_all_at(bytes, at).unwrap();
}

#[test]
fn a_store_is_made_where_there_is_none_and_is_its_owners_alone() {
    let folder = Folder::new(&[]);
    let dir = folder.path().join("of/zhugan");
    let store = opened(&dir);
    store
        .set_crossing(&act("town", 1), "bridge-w1", Open, Closed)
        .unwrap();
    for name in [FILE, "zhugan.sqlite-wal", "zhugan.sqlite-shm"] {
        let mode = fs::metadata(dir.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    drop(store);
    fs::set_permissions(dir.join(FILE), Permissions::from_mode(0o644)).unwrap();
    let store = opened(&dir);
    let mode = fs::metadata(dir.join(FILE)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "what others may is taken from them");
    let kept = store.register("town").unwrap().crossings;
    assert_eq!(kept, [("bridge-w1".to_owned(), Closed)]);
}

#[test]
fn a_store_that_was_half_made_is_made_again() {
    let halves = [
        ("zhugan.sqlite.new", &b"SQLite format 3\0 and no more"[..]),
        ("zhugan.sqlite.new-journal", b"half"),
    ];
    let folder = Folder::new(&halves);
    let store = opened(folder.path());
    store
        .set_crossing(&act("town", 1), "bridge-w1", Open, Closed)
        .unwrap();
    assert!(!folder.path().join("zhugan.sqlite.new").exists());
}

#[test]
fn one_service_at_a_time_uses_a_folder() {
    let folder = Folder::new(&[]);
    let first = opened(folder.path());
    let second = SqliteStore::open(folder.path()).unwrap_err();
    assert!(matches!(second, StoreFault::InUse { .. }), "{second}");
    drop(first);
    opened(folder.path());
}

#[test]
fn what_is_no_store_is_left_alone() {
    let text = "somebody's diary\n".repeat(500);
    let folder = Folder::new(&[(FILE, text.as_bytes())]);
    let fault = refused(&folder, &["no store of zhugan", "--data"]);
    assert!(matches!(fault, StoreFault::Foreign { .. }));
    let (folder, file) = filled(0);
    overwrite(&file, 68, b"GP10");
    let fault = refused(&folder, &["no store of zhugan"]);
    assert!(matches!(fault, StoreFault::Foreign { .. }));
}

#[test]
fn an_empty_file_is_not_taken_for_a_new_store() {
    let folder = Folder::new(&[(FILE, b"")]);
    refused(&folder, &["damaged", "empty", "zhugan restore"]);
}

#[test]
fn a_file_of_a_newer_version_is_refused() {
    let (folder, file) = filled(0);
    // The version stands in the header, where nothing but the program reads it.
    overwrite(&file, 60, &99_u32.to_be_bytes());
    let fault = refused(&folder, &["newer zhugan", "99"]);
    assert!(matches!(fault, StoreFault::Newer { version: 99, .. }));
}

#[test]
fn a_damaged_page_is_told_and_nothing_is_started_over() {
    let (folder, file) = filled(2_000);
    let n_pages = fs::metadata(&file).unwrap().len() / 4_096;
    assert!(20 < n_pages, "{n_pages}");
    let whole = fs::read(&file).unwrap();
    for page in [1, n_pages / 2, n_pages - 1] {
        overwrite(&file, page * 4_096, &[0x5a; 2_048]);
        let fault = refused(&folder, &["damaged", "zhugan restore"]);
        assert!(matches!(fault, StoreFault::Broken { .. }), "{fault}");
        fs::write(&file, &whole).unwrap();
    }
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    refused(&folder, &["damaged"]);
    fs::write(&file, &whole).unwrap();
    assert_eq!(
        opened(folder.path())
            .register("town")
            .unwrap()
            .crossings
            .len(),
        2_000
    );
}

#[test]
fn a_file_that_must_not_be_written_is_told() {
    let (folder, file) = filled(1);
    fs::set_permissions(&file, Permissions::from_mode(0o400)).unwrap();
    let fault = refused(&folder, &["read-only"]);
    assert!(matches!(fault, StoreFault::ReadOnly { .. }));
}

#[test]
fn a_store_in_memory_ends_with_the_program() {
    let store = SqliteStore::in_memory().unwrap();
    store
        .set_crossing(&act("town", 1), "bridge-w1", Open, Closed)
        .unwrap();
    assert_eq!(store.register("town").unwrap().crossings.len(), 1);
    let other = SqliteStore::in_memory().unwrap();
    assert_eq!(other.register("town").unwrap().crossings, []);
}
