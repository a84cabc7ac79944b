//! The register over HTTP: pieces added, edited, moved and retired by whoever keeps it, with every answer following at once.

use std::fs;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use serde_json::Value;
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tower::ServiceExt;
use zhugan::app::regions::State;
use zhugan::http::routes::router;
use zhugan::http::service::Service;
use zhugan::model::oddity::OddityKind;

use crate::commands::canal;
use crate::commands::place;
use crate::commands::register;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::answers::features;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::patch;
use crate::http::sent;

/// The town with a canal, kept by whoever has the token.
fn town() -> (Folder, Service) {
    let town = canal();
    let service = kept(&[town.path()]);
    (town, service)
}

fn piece(id: &str) -> String {
    of_town(&format!("/equipment/{id}"))
}

/// A place as it stands in a body.
fn at(east: f64, north: f64) -> String {
    format!("[{}]", place(east, north))
}

fn add(service: &Service, body: &str) -> Answer {
    change(service, ("POST", &of_town("/equipment")), body, &[])
}

fn retire(service: &Service, id: &str, headers: &[(&str, &str)]) -> Answer {
    change(service, ("DELETE", &piece(id)), "", headers)
}

fn created(answer: &Answer) -> Value {
    assert_eq!(answer.status, 201, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

/// The ids of the poles that are nearest to a place.
fn nearest(service: &Service, east: f64, north: f64) -> Vec<String> {
    let at = place(east, north);
    let (lon, lat) = at.split_once(',').unwrap();
    let address = format!("/api/v1/nearest?lon={lon}&lat={lat}&kind=pole");
    let answer = get(service, &address).json();
    let results = answer["results"].as_array().unwrap().iter();
    let ids = results.map(|result| result["id"].as_str().unwrap().to_owned());
    ids.collect()
}

fn covered_m(service: &Service) -> f64 {
    let coverage = get(service, &of_town("/coverage?kind=pole")).json();
    coverage["covered_m"].as_f64().unwrap()
}

#[test]
fn an_added_pole_is_there_at_once() {
    let (_town, service) = town();
    let before = covered_m(&service);
    let body = format!(
        "{{\"kind\":\"pole\",\"at\":{},\"name\":\" 东桥 \",\"inspected_on\":\"2026-11-25\",\"note\":\"new\\nred\"}}",
        at(100.0, -6.0)
    );
    let answer = add(&service, &body);
    let added = created(&answer);
    assert_eq!(answer.header("location"), piece("piece-10001"));
    let seen = get(&service, &piece("piece-10001"));
    assert_eq!(seen.json(), added);
    assert_eq!(answer.header("etag"), seen.header("etag"));
    let properties = &added["properties"];
    for (field, value) in [
        ("id", json!("piece-10001")),
        ("kind", json!("pole")),
        ("condition", json!("usable")),
        ("name", json!("东桥")),
        ("village", Value::Null),
        ("inspected_on", json!("2026-11-25")),
        ("note", json!("new\nred")),
        ("illustrative", json!(false)),
    ] {
        assert_eq!(properties[field], value, "{field}");
    }
    assert_eq!(nearest(&service, 100.0, -10.0)[0], "piece-10001");
    assert!(before + 50.0 < covered_m(&service));
    let code = properties["code"].as_str().unwrap();
    let found = get(&service, &format!("/api/v1/codes/{code}")).json();
    assert_eq!(found["piece"]["id"], "piece-10001");
}

#[test]
fn a_missing_pole_covers_nothing_from_then_on_and_a_found_one_does() {
    let (_town, service) = town();
    let (before, version) = (covered_m(&service), version(&service));
    assert_eq!(nearest(&service, -100.0, -10.0), ["P1"]);
    let missing = patch(&service, &piece("P1"), "{\"condition\":\"missing\"}", &[]);
    assert_eq!(missing.json()["properties"]["condition"], "missing");
    assert_eq!(nearest(&service, -100.0, -10.0), [""; 0]);
    assert!(covered_m(&service).abs() < 1e-9);
    let again = patch(&service, &piece("P1"), "{\"condition\":\"missing\"}", &[]);
    assert_eq!(again.json(), missing.json(), "it is so already");
    patch(&service, &piece("P1"), "{\"condition\":\"usable\"}", &[]).json();
    assert!((covered_m(&service) - before).abs() < 1e-9);
    assert_eq!(self::version(&service), version + 2);
}

fn version(service: &Service) -> u64 {
    let region = get(service, &of_town("")).json();
    region["version"].as_u64().unwrap()
}

#[test]
fn what_is_said_changes_what_is_left_out_stays_and_null_takes_away() {
    let (_town, service) = town();
    let said = "{\"name\":\"桥\",\"village\":\"West\",\"inspected_on\":\"2024-02-29\",\"note\":\"rope frayed\"}";
    patch(&service, &piece("P1"), said, &[]).json();
    let body = format!(
        "{{\"kind\":\"ring\",\"at\":{},\"note\":null}}",
        at(-50.0, -8.0)
    );
    let moved = patch(&service, &piece("P1"), &body, &[]).json();
    let properties = &moved["properties"];
    let expected = [
        ("kind", json!("ring")),
        ("condition", json!("usable")),
        ("name", json!("桥")),
        ("village", json!("West")),
        ("inspected_on", json!("2024-02-29")),
        ("note", Value::Null),
    ];
    for (field, value) in expected {
        assert_eq!(properties[field], value, "{field}");
    }
    let lon = moved["geometry"]["coordinates"][0].as_f64().unwrap();
    let there = place(-50.0, -8.0);
    let there: f64 = there.split(',').next().unwrap().parse().unwrap();
    assert!((lon - there).abs() < 2e-7, "{lon} {there}");
    assert_eq!(get(&service, &piece("P1")).json(), moved);
}

#[test]
fn a_retired_pole_is_gone_and_its_id_is_not_given_again() {
    let (_town, service) = town();
    let body = format!("{{\"kind\":\"pole\",\"at\":{}}}", at(100.0, -6.0));
    created(&add(&service, &body));
    let gone = retire(&service, "piece-10001", &[]);
    assert_eq!((gone.status, gone.text().as_str()), (204, ""));
    assert_eq!(
        gone.header("etag"),
        get(&service, &of_town("/equipment")).header("etag")
    );
    let nothing = get(&service, &piece("piece-10001"));
    nothing.refused(404, "unknown-equipment", &["piece-10001"]);
    assert_eq!(retire(&service, "piece-10001", &[]).status, 404);
    assert_eq!(retire(&service, "P1", &[]).status, 204);
    let left = get(&service, &of_town("/equipment")).json();
    let ids: Vec<&Value> = features(&left).map(|piece| &piece["id"]).collect();
    assert_eq!(ids, ["B1", "P2"]);
    let next = created(&add(&service, &body));
    assert_eq!(next["id"], "piece-10002");
}

#[test]
fn nobody_writes_the_register_without_the_token() {
    let (_town, service) = town();
    for (method, address) in [
        ("POST", of_town("/equipment")),
        ("PATCH", piece("P1")),
        ("DELETE", piece("P1")),
    ] {
        let request = Request::builder().method(method).uri(address);
        // A stranger's body is not even read.
        let request = request.body(Body::from("{")).unwrap();
        sent(&router(&service), request).refused(401, "not-signed-in", &["Bearer"]);
    }
    assert_eq!(get(&service, &piece("P1")).status, 200);
}

#[test]
fn of_two_keepers_the_second_is_told_that_the_piece_has_changed() {
    let (_town, service) = town();
    let seen = get(&service, &piece("P1"));
    let seen = [("if-match", seen.header("etag"))];
    let first = patch(&service, &piece("P1"), "{\"condition\":\"damaged\"}", &seen);
    assert_eq!(first.status, 200);
    let late = patch(&service, &piece("P1"), "{\"condition\":\"missing\"}", &seen);
    late.refused(412, "changed-meanwhile", &["read it again"]);
    retire(&service, "P1", &seen).refused(412, "changed-meanwhile", &["read it again"]);
    let now = get(&service, &piece("P1"));
    assert_eq!(now.json()["properties"]["condition"], "damaged");
    let newest = [("if-match", now.header("etag"))];
    assert_eq!(retire(&service, "P1", &newest).status, 204);
}

#[test]
fn a_piece_that_makes_no_sense_is_refused() {
    let (_town, service) = town();
    let before = version(&service);
    let long = format!("{{\"name\":\"{}\"}}", "水".repeat(201));
    for (body, kind, words) in [
        ("{}", "bad-body", "changes nothing"),
        ("{\"id\":\"P9\"}", "bad-body", "id"),
        ("{\"kind\":\"stick\"}", "bad-parameter", "stick"),
        ("{\"condition\":\"fine\"}", "bad-parameter", "unverified"),
        ("{\"name\":\"\"}", "bad-parameter", "name must not be empty"),
        ("{\"name\":\"a\\u0000b\"}", "bad-parameter", "U+0000"),
        (long.as_str(), "bad-parameter", "201 characters"),
        (
            "{\"inspected_on\":\"2026-02-30\"}",
            "bad-parameter",
            "2026-02-30",
        ),
        ("{\"at\":[190,0]}", "bad-parameter", "190"),
        ("{\"at\":[9.5,47.1]}", "outside-region", "canal-town"),
        ("{\"at\":[9.5]}", "bad-body", "at"),
    ] {
        patch(&service, &piece("P1"), body, &[]).refused(400, kind, &[words]);
    }
    for (body, kind, words) in [
        ("{\"kind\":\"pole\"}", "bad-body", "at"),
        ("{\"at\":[120.4,29.8]}", "bad-body", "kind"),
        (
            "{\"kind\":\"pole\",\"at\":[9.5,47.1]}",
            "outside-region",
            "canal-town",
        ),
        (
            "{\"kind\":\"pole\",\"at\":[120.4,29.8],\"note\":\" \"}",
            "bad-parameter",
            "note",
        ),
    ] {
        add(&service, body).refused(400, kind, &[words]);
    }
    patch(&service, &piece("P9"), "{\"name\":\"x\"}", &[]).refused(
        404,
        "unknown-equipment",
        &["P9"],
    );
    assert_eq!(version(&service), before, "nothing has changed");
}

#[test]
fn a_place_may_be_given_in_another_datum() {
    let (_town, service) = town();
    let shifted = get(&service, &format!("{}?datum=gcj02", piece("P1"))).json();
    let at = &shifted["geometry"]["coordinates"];
    let body = format!("{{\"kind\":\"pole\",\"at\":{at}}}");
    let address = of_town("/equipment?datum=gcj02");
    let added = created(&change(&service, ("POST", &address), &body, &[]));
    let there = get(&service, &format!("{}?datum=gcj02", piece("piece-10001"))).json();
    assert_eq!(added, there);
    let plain = get(&service, &piece("piece-10001")).json();
    let of_neighbor = get(&service, &piece("P1")).json();
    let lon = |piece: &Value| piece["geometry"]["coordinates"][0].as_f64().unwrap();
    assert!((lon(&plain) - lon(&of_neighbor)).abs() < 1.5e-7);
    assert_ne!(plain["geometry"], there["geometry"]);
}

#[test]
fn a_page_that_listens_is_told_of_changed_equipment() {
    let (_town, service) = town();
    let runtime = Runtime::new().unwrap();
    let listen = Request::get(of_town("/events"))
        .body(Body::empty())
        .unwrap();
    let response = runtime.block_on(router(&service).oneshot(listen)).unwrap();
    assert_eq!(retire(&service, "P1", &[]).status, 204);
    let mut told = response.into_body().into_data_stream();
    let text = runtime.block_on(async {
        let mut text = String::new();
        while !text.contains("event: equipment") {
            let chunk = timeout(Duration::from_secs(5), told.next()).await.unwrap();
            text += std::str::from_utf8(&chunk.unwrap().unwrap()).unwrap();
        }
        text
    });
    assert!(text.starts_with("event: coverage\n"), "{text}");
}

#[test]
fn whoever_keeps_the_region_reads_who_has_changed_what() {
    let (_town, service) = town();
    let body = format!("{{\"kind\":\"pole\",\"at\":{}}}", at(100.0, -6.0));
    created(&add(&service, &body));
    patch(&service, &piece("P1"), "{\"condition\":\"damaged\"}", &[]).json();
    assert_eq!(retire(&service, "P1", &[]).status, 204);
    let page = |address: &str| change(&service, ("GET", address), "", &[]).json();
    let first = page(&of_town("/audit?limit=2"));
    let second = page(first["next"].as_str().unwrap());
    let entries = |page: &Value| page["entries"].as_array().unwrap().clone();
    let all = [entries(&first), entries(&second)].concat();
    let told: Vec<String> = all
        .iter()
        .map(|entry| {
            let word = |word: &Value| word.as_str().unwrap_or("-").to_owned();
            let of = |when: &str, field: &str| word(&entry[when][field]);
            format!(
                "{} {} {} {} {}",
                word(&entry["who"]),
                word(&entry["thing_id"]),
                of("before", "condition"),
                of("after", "condition"),
                of("after", "presence")
            )
        })
        .collect();
    let expected = [
        "keeper P1 damaged damaged retired",
        "keeper P1 usable damaged registered",
        "keeper piece-10001 - usable registered",
    ];
    assert_eq!(told, expected);
    assert_eq!(second["next"], Value::Null);
    let stranger = get(&service, &of_town("/audit"));
    stranger.refused(401, "not-signed-in", &["Bearer"]);
    let wrong = change(&service, ("GET", &of_town("/audit?limit=1001")), "", &[]);
    wrong.refused(400, "bad-parameter", &["limit", "1000"]);
}

#[test]
fn what_people_have_changed_lies_over_the_files_after_a_restart() {
    let (town, data) = (canal(), Folder::new(&[]));
    let service = kept_in(&data, &[town.path()]);
    let body = format!("{{\"kind\":\"rope\",\"at\":{}}}", at(100.0, -6.0));
    let added = created(&add(&service, &body));
    patch(&service, &piece("P1"), "{\"condition\":\"damaged\"}", &[]).json();
    patch(&service, &piece("P2"), "{\"condition\":\"usable\"}", &[]).json();
    assert_eq!(retire(&service, "B1", &[]).status, 204);
    let before = get(&service, &of_town("/equipment")).json();
    drop(service);
    let service = kept_in(&data, &[town.path()]);
    let after = get(&service, &of_town("/equipment")).json();
    assert_eq!(after["features"], before["features"]);
    assert_eq!(
        get(&service, &piece("piece-10001")).json(),
        added,
        "its code, too"
    );
    drop(service);

    // The files as they come next year: P1 is gone, P2 stands elsewhere, and there is a new ring.
    let newer = register(&[
        ("P2", "pole", 150.0, 5.0, "unverified"),
        ("R1", "ring", 0.0, -20.0, "usable"),
        ("B1", "board", 0.0, -20.0, "usable"),
    ]);
    fs::write(town.path().join("equipment.csv"), newer).unwrap();
    let service = kept_in(&data, &[town.path()]);
    let all = get(&service, &of_town("/equipment")).json();
    let told: Vec<String> = features(&all)
        .map(|piece| {
            let word = |field: &str| piece["properties"][field].as_str().unwrap();
            format!("{} {} {}", word("id"), word("kind"), word("condition"))
        })
        .collect();
    let expected = [
        "P1 pole damaged",
        "P2 pole usable",
        "R1 ring usable",
        "piece-10001 rope usable",
    ];
    assert_eq!(told, expected);
    let there = place(150.0, 5.0);
    let there: f64 = there.split(',').next().unwrap().parse().unwrap();
    let of_files = get(&service, &piece("P2")).json();
    let lon = of_files["geometry"]["coordinates"][0].as_f64().unwrap();
    assert!(
        (lon - there).abs() < 2e-7,
        "nobody has moved it but the files"
    );
    let State::Ready(snapshot) = &*service.regions().slots()[0].state() else {
        panic!("the town is not ready");
    };
    let odd = snapshot.region.oddities.iter();
    let vanished: Vec<&str> = odd
        .filter(|odd| odd.kind == OddityKind::Vanished)
        .map(|odd| odd.id.as_str())
        .collect();
    assert_eq!(vanished, ["P1"]);
}
