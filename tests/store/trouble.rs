//! A full disk, a damaged file and the way back: backup, restore, check.

use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;

use crate::commands::canal;
use crate::commands::place;
use crate::formats::Folder;
use crate::http::program::Running;
use crate::http::program::folder;
use crate::http::restart::asked;
use crate::http::restart::token;
use crate::program::drained;
use crate::program::zhugan;

const EQUIPMENT: &str = "/api/v1/regions/canal-town/equipment";

fn pole(note: &str) -> String {
    let at = place(50.0, -6.0);
    format!("{{\"kind\":\"pole\",\"at\":[{at}],\"note\":\"{note}\"}}")
}

fn n_pieces(running: &Running) -> u64 {
    let (_, all) = asked(running, ("GET", EQUIPMENT), "", "");
    all["total"].as_u64().unwrap()
}

/// A service that may write files of so many blocks of 512 bytes and no longer ones.
fn limited(town: &Folder, data: &str, n_blocks: u32) -> Running {
    // The signal that goes with the limit is ignored, as a full disk sends none.
    let script = format!("trap '' XFSZ; ulimit -f {n_blocks}; exec \"$@\"");
    let program = env!("CARGO_BIN_EXE_zhugan");
    let mut child = Command::new("sh")
        .args(["-c", &script, "sh", program, "serve", folder(town)])
        .args(["--listen", "127.0.0.1:0", "--data", data])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(drained(child.stderr.take().unwrap()));
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let (_, address) = line.trim().split_once("http://").unwrap();
    Running {
        address: address.trim_end_matches('/').to_owned(),
        child,
    }
}

#[test]
fn on_a_full_disk_a_change_is_refused_and_what_was_there_stays() {
    let (town, kept) = (canal(), Folder::new(&[]));
    let data = folder(&kept);
    let token = token(data);
    let running = limited(&town, data, 2_000);
    running.wait_until_ready();
    let note = "x".repeat(2_000);
    let mut n_added = 0;
    let refused = (0..300).find_map(|_| {
        let (status, answer) = asked(&running, ("POST", EQUIPMENT), &token, &pole(&note));
        if status == 201 {
            n_added += 1;
            return None;
        }
        Some((status, answer))
    });
    let (status, problem) = refused.expect("a megabyte is full after so many notes");
    assert_eq!(
        (status, &problem["type"]),
        (507, &"/problems/not-kept".into())
    );
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("is full") && detail.contains("zhugan.sqlite"),
        "{detail}"
    );
    assert!(
        !detail.contains(data),
        "not where on the machine it is: {detail}"
    );
    assert!(10 < n_added);
    assert_eq!(
        n_pieces(&running),
        3 + n_added,
        "what is refused is not there"
    );
    drop(running);
    let running = Running::new(&[folder(&town), "--data", data]);
    running.wait_until_ready();
    assert_eq!(n_pieces(&running), 3 + n_added);
    let (status, _) = asked(&running, ("POST", EQUIPMENT), &token, &pole(&note));
    assert_eq!(status, 201, "there is room again");
}

#[test]
fn a_backup_is_taken_while_a_service_writes_and_put_back_after_the_file_is_damaged() {
    let (town, kept) = (canal(), Folder::new(&[]));
    let data = folder(&kept);
    let token = token(data);
    let copy = kept.path().join("copy.sqlite");
    let copy = copy.to_str().unwrap();
    let running = Running::new(&[folder(&town), "--data", data]);
    running.wait_until_ready();
    for _ in 0..5 {
        assert_eq!(
            asked(&running, ("POST", EQUIPMENT), &token, &pole("old")).0,
            201
        );
    }
    let done = zhugan(&["backup", copy, "--data", data]);
    assert!(done.text().contains("copy.sqlite"));
    zhugan(&["backup", copy, "--data", data]).failed_with(&["is there already"]);
    assert_eq!(
        asked(&running, ("POST", EQUIPMENT), &token, &pole("new")).0,
        201
    );
    zhugan(&["restore", copy, "--data", data]).failed_with(&["another service", "end it"]);
    assert_eq!(n_pieces(&running), 9, "nothing has happened to it");
    drop(running);

    let file = kept.path().join("zhugan.sqlite");
    // As if the log had been written into the file long ago.
    let whole = settled(&file);
    let mut damaged = whole.clone();
    damaged[4_096..6_000].fill(0x5a);
    fs::write(&file, &damaged).unwrap();
    let serve = [
        "serve",
        folder(&town),
        "--listen",
        "127.0.0.1:0",
        "--data",
        data,
    ];
    zhugan(&serve).failed_with(&["zhugan.sqlite", "damaged", "zhugan restore"]);
    zhugan(&["check", "--store", "--data", data]).failed_with(&["damaged"]);
    zhugan(&["backup", "never.sqlite", "--data", data]).failed_with(&["damaged"]);
    assert!(!Path::new("never.sqlite").exists());
    assert!(fs::read(&file).unwrap() == damaged, "it is left as it is");

    let done = zhugan(&["restore", copy, "--data", data]).text();
    assert!(done.contains("zhugan.sqlite.before-restore-1"), "{done}");
    let aside = kept.path().join("zhugan.sqlite.before-restore-1");
    assert!(fs::read(aside).unwrap() == damaged);
    let running = Running::new(&[folder(&town), "--data", data]);
    running.wait_until_ready();
    assert_eq!(n_pieces(&running), 8, "as it was when the backup was taken");
    let told = zhugan(&["check", "--store", "--data", data]).text();
    assert!(
        told.contains("All is well") && told.contains("5 pieces"),
        "{told}"
    );
    let report = zhugan(&["check", "--store", "--data", data, "--format", "json"]).json();
    assert_eq!(
        (&report["audit"], &report["equipment"]),
        // Four entries are about the program that was let in.
        (&9.into(), &5.into())
    );
}

/// The bytes of a store that no service uses, its log written into it.
fn settled(file: &Path) -> Vec<u8> {
    drop(zhugan::store::sqlite::SqliteStore::open(file.parent().unwrap()).unwrap());
    fs::read(file).unwrap()
}

#[test]
fn what_is_no_backup_is_not_put_in_the_place_of_anything() {
    let (town, kept) = (canal(), Folder::new(&[("diary", b"dear diary")]));
    let data = folder(&kept);
    token(data);
    let file = kept.path().join("zhugan.sqlite");
    let before = fs::read(&file).unwrap();
    let name = |name: &str| kept.path().join(name).to_str().unwrap().to_owned();
    zhugan(&["restore", &name("diary"), "--data", data]).failed_with(&["no store of zhugan"]);
    zhugan(&["restore", &name("nothing"), "--data", data]).failed_with(&["not there"]);
    let mut newer = before.clone();
    newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(name("newer"), newer).unwrap();
    zhugan(&["restore", &name("newer"), "--data", data]).failed_with(&["newer zhugan"]);
    assert!(fs::read(&file).unwrap() == before);
    let empty = Folder::new(&[]);
    zhugan(&["check", "--store", "--data", folder(&empty)]).failed_with(&["not there"]);
    zhugan(&["backup", &name("b"), "--data", folder(&empty)]).failed_with(&["not there"]);
    assert_eq!(zhugan(&["check", "--store", folder(&town)]).code, Some(2));
    assert_eq!(zhugan(&["check"]).code, Some(2));
}

#[test]
fn a_changed_row_that_the_audit_log_does_not_know_is_found() {
    let (town, kept) = (canal(), Folder::new(&[]));
    let data = folder(&kept);
    let token = token(data);
    let running = Running::new(&[folder(&town), "--data", data]);
    running.wait_until_ready();
    assert_eq!(
        asked(
            &running,
            ("POST", EQUIPMENT),
            &token,
            &pole("all is well here")
        )
        .0,
        201
    );
    drop(running);
    let file = kept.path().join("zhugan.sqlite");
    let mut bytes = settled(&file);
    let text = b"all is well here";
    let at = bytes
        .windows(text.len())
        .position(|window| window == text)
        .unwrap();
    bytes[at] = b'A';
    fs::write(&file, bytes).unwrap();
    let check = ["check", "--store", "--data", data];
    zhugan(&check).failed_with(&["piece-10001", "audit log"]);
}
