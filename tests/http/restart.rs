//! What people change survives a restart; where it cannot be kept, that is said, or there is no service.

use std::fs;
use std::io::Read;
use std::io::Write;

use serde_json::Value;

use crate::commands::canal;
use crate::formats::Folder;
use crate::http::program::Running;
use crate::http::program::folder;
use crate::http::program::saying;
use crate::program::zhugan;

/// A key for a program, as whoever runs the service makes one.
pub fn token(data: &str) -> String {
    let key = ["user", "key", "keeper", "--role", "planner", "--data", data];
    zhugan(&key).text().trim().to_owned()
}

/// A request of a program: method, address, token, body; its status and the JSON of its answer.
pub fn asked(
    running: &Running,
    (method, address): (&str, &str),
    token: &str,
    body: &str,
) -> (u16, Value) {
    let mut stream = running.connected();
    let length = body.len();
    write!(
        stream,
        "{method} {address} HTTP/1.1\r\nhost: zhugan\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or_default())
}

fn bridge(running: &Running) -> (String, Value) {
    let all = ("GET", "/api/v1/regions/canal-town/crossings");
    let (_, all) = asked(running, all, "", "");
    let properties = &all["features"][0]["properties"];
    let id = properties["id"].as_str().unwrap();
    let address = format!("/api/v1/regions/canal-town/crossings/{id}");
    (address, properties["state"].clone())
}

#[test]
fn a_closed_crossing_is_still_closed_after_a_restart() {
    let (town, kept) = (canal(), Folder::new(&[]));
    let data = folder(&kept);
    let token = token(data);
    let arguments = [folder(&town), "--data", data];
    for (before, after) in [("open", "closed"), ("closed", "open"), ("open", "closed")] {
        let running = Running::new(&arguments);
        running.wait_until_ready();
        let (address, state) = bridge(&running);
        assert_eq!(state, before);
        let body = format!("{{\"state\":\"{after}\"}}");
        let (status, told) = asked(&running, ("PATCH", &address), &token, &body);
        assert_eq!((status, &told["properties"]["state"]), (200, &after.into()));
        let (_, region) = asked(&running, ("GET", "/api/v1/regions/canal-town"), "", "");
        assert_eq!(region["stored"], "file");
    }
    let running = Running::new(&arguments);
    running.wait_until_ready();
    assert_eq!(bridge(&running).1, "closed");
}

#[test]
fn without_a_folder_that_was_named_changes_live_until_the_program_ends_and_it_says_so() {
    let town = canal();
    let (_running, said) = saying(&[folder(&town)], 3);
    let line = said.lines().last().unwrap();
    assert!(
        line.starts_with("Changes live until the program ends: ") && line.contains("--data"),
        "{said}"
    );
}

#[test]
fn a_named_folder_that_cannot_be_used_is_one_clear_line_and_no_service() {
    let (town, kept) = (canal(), Folder::new(&[("file", b"")]));
    let below = kept.path().join("file/below");
    let serve = |data: &str| {
        zhugan(&[
            "serve",
            folder(&town),
            "--listen",
            "127.0.0.1:0",
            "--data",
            data,
        ])
    };
    serve(below.to_str().unwrap()).failed_with(&["file/below", "--data"]);
    let _running = Running::new(&[folder(&town), "--data", folder(&kept)]);
    serve(folder(&kept)).failed_with(&["another service", "--data"]);
}

#[test]
fn a_store_that_is_no_store_is_left_alone_and_there_is_no_service() {
    let town = canal();
    let kept = Folder::new(&[("zhugan.sqlite", b"somebody's diary")]);
    let arguments = [
        "serve",
        folder(&town),
        "--listen",
        "127.0.0.1:0",
        "--data",
        folder(&kept),
    ];
    zhugan(&arguments).failed_with(&["zhugan.sqlite", "no store of zhugan"]);
    let text = fs::read(kept.path().join("zhugan.sqlite")).unwrap();
    assert_eq!(text, b"somebody's diary");
}
