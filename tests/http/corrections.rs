//! The map put right over HTTP: what is drawn carries and bars people at once, and what is struck out no longer does.

use std::fs;

use serde_json::Value;
use serde_json::json;
use zhugan::app::keeping;
use zhugan::http::service::Service;

use crate::commands::canal_with;
use crate::commands::place;
use crate::commands::register;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::answers::about;
use crate::http::answers::features;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::patch;
use crate::http::responders::Row;
use crate::http::responders::coming;
use crate::http::responders::ids;
use crate::http::responders::town as town_of;

/// A canal with a bridge in its middle; one pole, 100 m to the west on the southern bank.
fn canal() -> Folder {
    canal_with(&register(&[("P1", "pole", -100.0, -6.0, "usable")]))
}

fn town() -> (Folder, Service) {
    let town = canal();
    let service = kept(&[town.path()]);
    (town, service)
}

fn at(east: f64, north: f64) -> Value {
    serde_json::from_str(&format!("[{}]", place(east, north))).unwrap()
}

fn line(points: &[(f64, f64)]) -> Value {
    points
        .iter()
        .map(|&(east, north)| at(east, north))
        .collect()
}

fn correct(service: &Service, body: &Value) -> Answer {
    let address = of_town("/corrections");
    change(service, ("POST", &address), &body.to_string(), &[])
}

fn corrected(service: &Service, body: &Value) -> Value {
    let answer = correct(service, body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn corrections(service: &Service) -> Value {
    let answer = change(service, ("GET", &of_town("/corrections")), "", &[]);
    answer.json()["corrections"].clone()
}

fn take_back(service: &Service, id: &str) -> Answer {
    let address = of_town(&format!("/corrections/{id}"));
    change(service, ("DELETE", &address), "", &[])
}

/// How far the pole is for somebody on the northern bank opposite of it, if anybody can fetch it.
fn across(service: &Service) -> Option<f64> {
    let there = place(-100.0, 6.0);
    let (lon, lat) = there.split_once(',').unwrap();
    let answer = get(
        service,
        &format!("/api/v1/nearest?lon={lon}&lat={lat}&limit=1"),
    );
    answer.json()["results"][0]["walk_m"].as_f64()
}

fn crossings(service: &Service) -> Vec<Value> {
    let answer = get(service, &of_town("/crossings")).json();
    features(&answer).cloned().collect()
}

/// Everything that follows from the ground, without the version.
fn all(service: &Service) -> Vec<Value> {
    let asked = [
        "/coverage",
        "/gaps",
        "/crossings",
        "/water-bodies",
        "/equipment",
    ];
    let answers = asked.map(|resource| {
        let mut answer = get(service, &of_town(resource)).json();
        answer.as_object_mut().unwrap().remove("version");
        answer
    });
    answers.into()
}

fn bridge() -> Value {
    let over = line(&[(-90.0, -8.0), (-90.0, 8.0)]);
    json!({"what": "path", "kind": "footway", "bridge": true, "line": over, "name": "西桥"})
}

#[test]
fn a_bridge_that_the_map_lacks_is_drawn_and_the_pole_is_near_at_once() {
    let (_town, service) = town();
    let before = (all(&service), across(&service).unwrap());
    assert!(
        200.0 < before.1,
        "over the bridge in the middle: {}",
        before.1
    );

    let made = corrected(&service, &bridge());
    assert_eq!(
        (
            &made["id"],
            &made["what"],
            &made["kind"],
            &made["bridge"],
            &made["name"]
        ),
        (
            &json!("correction-1"),
            &json!("path"),
            &json!("footway"),
            &json!(true),
            &json!("西桥")
        )
    );
    let near = across(&service).unwrap();
    about(&json!(near), 34.0, 12.0);
    let names: Vec<Value> = crossings(&service)
        .iter()
        .map(|crossing| crossing["properties"]["name"].clone())
        .collect();
    assert!(names.contains(&json!("西桥")), "{names:?}");
    assert_eq!(corrections(&service), json!([made]));

    assert_eq!(take_back(&service, "correction-1").status, 204);
    assert_eq!((all(&service), across(&service).unwrap()), before);
    assert_eq!(corrections(&service), json!([]));
    let again = take_back(&service, "correction-1");
    again.refused(
        404,
        "unknown-correction",
        &["correction-1", "corrections lists them"],
    );
    // Its id is not given again.
    assert_eq!(corrected(&service, &bridge())["id"], "correction-2");
}

#[test]
fn a_bridge_that_is_not_there_is_struck_out_and_nobody_comes_over_it() {
    let (_town, service) = town();
    let before = all(&service);
    assert_eq!(crossings(&service).len(), 1);
    let body = json!({"what": "no_path", "at": at(3.0, 0.0), "note": "2021 拆除"});
    let made = corrected(&service, &body);
    assert_eq!(
        (
            &made["what"],
            &made["source"],
            &made["line"].as_array().unwrap().len(),
            &made["note"]
        ),
        (&json!("no_path"), &json!("bridge"), &1, &json!("2021 拆除"))
    );
    assert_eq!(across(&service), None);
    assert_eq!(crossings(&service).len(), 0);
    // What is struck out already is not found again: the next one is.
    assert_eq!(corrected(&service, &body)["source"], "north");
    assert_eq!(take_back(&service, "correction-2").status, 204);

    assert_eq!(take_back(&service, "correction-1").status, 204);
    assert_eq!(all(&service), before);
}

#[test]
fn a_pond_that_the_map_lacks_gets_its_banks_and_a_canal_that_was_filled_in_loses_them() {
    let (_town, service) = town();
    let waters = || {
        let answer = get(&service, &of_town("/water-bodies")).json();
        let waters = answer["water_bodies"].as_array().unwrap().clone();
        let named = waters
            .iter()
            .map(|water| (water["name"].clone(), water["kind"].clone()));
        named.collect::<Vec<_>>()
    };
    let canal = (json!("=Canal 运河"), json!("canal"));
    assert_eq!(waters(), std::slice::from_ref(&canal));
    let bank = || {
        get(&service, &of_town("/coverage")).json()["bank_m"]
            .as_f64()
            .unwrap()
    };
    let of_canal = bank();
    let square = line(&[
        (60.0, -60.0),
        (90.0, -60.0),
        (90.0, -30.0),
        (60.0, -30.0),
        (60.0, -60.0),
    ]);
    let pond = json!({"what": "water", "kind": "pond", "outline": square, "name": "新塘"});
    let made = corrected(&service, &pond);
    assert_eq!(
        made["line"].as_array().unwrap().len(),
        4,
        "its first point once"
    );
    assert_eq!(waters(), [canal, (json!("新塘"), json!("pond"))]);
    about(&json!(bank() - of_canal), 120.0, 1.0);

    let made = corrected(&service, &json!({"what": "no_water", "at": at(-50.0, 2.0)}));
    assert_eq!(made["source"], "canal");
    assert_eq!(waters(), [(json!("新塘"), json!("pond"))]);
    about(&json!(across(&service).unwrap()), 12.0, 6.0);
    // What somebody has drawn is taken back, and not struck out.
    let body = json!({"what": "no_water", "at": at(75.0, -45.0)});
    correct(&service, &body).refused(400, "nothing-there", &["no water within 15 m"]);
}

#[test]
fn what_was_put_right_stays_over_a_restart_and_is_no_news_of_the_files() {
    let (town, data) = (canal(), Folder::new(&[]));
    let service = kept_in(&data, &[town.path()]);
    corrected(&service, &bridge());
    corrected(&service, &json!({"what": "no_path", "at": at(0.0, 50.0)}));
    let before = (all(&service), corrections(&service));
    drop(service);

    let service = kept_in(&data, &[town.path()]);
    assert_eq!((all(&service), corrections(&service)), before);
    let report = change(&service, ("GET", &of_town("/import-report")), "", &[]).json();
    assert_eq!(
        (&report["at"], &report["things"]),
        (&Value::Null, &json!([]))
    );
    drop(service);
    let kept = keeping::check(data.path()).unwrap();
    assert_eq!((kept.corrections, kept.faults), (2, Vec::<String>::new()));

    // Newer files lack what was struck out: that is told, and the rest holds.
    let file = town.path().join("paths.geojson");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("\"id\":\"north\"", "\"id\":\"north-2\""),
    )
    .unwrap();
    let service = kept_in(&data, &[town.path()]);
    assert_eq!(corrections(&service), before.1);
    about(&json!(across(&service).unwrap()), 34.0, 12.0);
    let snapshot = service.regions().slots()[0].state();
    let zhugan::app::regions::State::Ready(snapshot) = &*snapshot else {
        panic!("not ready");
    };
    let mut told = snapshot.region.oddities.iter();
    assert!(
        told.any(|oddity| oddity.id == "correction-2" && oddity.detail.contains("struck north")),
        "{:?}",
        snapshot.region.oddities
    );
}

#[test]
fn corrections_are_undone_from_the_audit_log_and_the_undoing_as_well() {
    let (_town, service) = town();
    let last = || {
        let log = change(&service, ("GET", &of_town("/audit?limit=1")), "", &[]);
        log.json()["entries"][0].clone()
    };
    let undo = |entry: &Value| {
        let address = of_town(&format!("/audit/{}/undo", entry["id"]));
        change(&service, ("POST", &address), "", &[])
    };
    let before = all(&service);
    corrected(&service, &bridge());
    let after = all(&service);
    let made = last();
    assert_eq!(
        (&made["thing"], &made["before"]),
        (&json!("correction"), &Value::Null)
    );
    assert_eq!(made["after"]["kind"], "footway");

    let undone = undo(&made).json();
    assert_eq!(
        (&undone["thing"], &undone["thing_id"]),
        (&json!("correction"), &json!("correction-1"))
    );
    assert_eq!(all(&service), before);
    undo(&made).refused(409, "changed-since", &["correction-1"]);
    assert_eq!(undo(&undone).status, 200);
    assert_eq!(all(&service), after);
}

#[test]
fn what_cannot_be_on_the_map_is_refused_in_clear_words_and_changes_nothing() {
    let (_town, service) = town();
    let before = (all(&service), get(&service, &of_town("/coverage")).json());
    let path =
        |points: &[(f64, f64)]| json!({"what": "path", "kind": "footway", "line": line(points)});
    let water =
        |points: &[(f64, f64)]| json!({"what": "water", "kind": "pond", "outline": line(points)});
    let many: Vec<(f64, f64)> = (0..501).map(|n| (f64::from(n) / 10.0, -50.0)).collect();
    let to_and_fro: Vec<(f64, f64)> = (0..200)
        .map(|n| (if n % 2 == 0 { -100.0 } else { 100.0 }, -50.0))
        .collect();
    let mut sea = water(&[(60.0, -60.0), (90.0, -60.0), (90.0, -30.0)]);
    sea["kind"] = json!("sea");
    let mut moat = path(&[(0.0, -50.0), (50.0, -50.0)]);
    moat["kind"] = json!("moat");
    let cases = [
        (
            path(&[(0.0, -50.0)]),
            "bad-parameter",
            "line has fewer than 2 different points",
        ),
        (
            path(&[(0.0, -50.0), (0.0, -50.0)]),
            "bad-parameter",
            "give at least 2",
        ),
        (
            path(&many),
            "bad-parameter",
            "line has 501 points; give at most 500",
        ),
        (
            path(&[(0.0, -50.0), (0.2, -50.0)]),
            "cannot-draw",
            "shorter than 1 m",
        ),
        (path(&to_and_fro), "cannot-draw", "draw it in pieces"),
        (
            path(&[(0.0, -50.0), (9_000.0, -50.0)]),
            "outside-region",
            "outside",
        ),
        (moat, "bad-parameter", "give one of footway, cycleway"),
        (
            water(&[(60.0, -60.0), (90.0, -60.0), (60.0, -60.0)]),
            "bad-parameter",
            "outline has fewer than 3",
        ),
        (
            water(&[(60.0, -60.0), (90.0, -30.0), (90.0, -60.0), (60.0, -30.0)]),
            "cannot-draw",
            "crosses itself; draw its bank once around",
        ),
        (sea, "cannot-draw", "give another kind of water"),
        (
            json!({"what": "no_path", "at": at(100.0, 60.0)}),
            "nothing-there",
            "no path within 15 m",
        ),
        (
            json!({"what": "no_water", "at": at(100.0, 60.0)}),
            "nothing-there",
            "no water within 15 m",
        ),
        (json!({"what": "wall", "line": []}), "bad-body", "wall"),
    ];
    for (body, kind, words) in cases {
        correct(&service, &body).refused(400, kind, &[words]);
    }
    assert_eq!(corrections(&service), json!([]));
    assert_eq!(
        (all(&service), get(&service, &of_town("/coverage")).json()),
        before
    );
}

#[test]
fn other_files_in_the_place_of_those_that_were_read_are_told_before_the_map_is_corrected() {
    let (town, service) = town();
    let file = town.path().join("paths.geojson");
    let mut text = fs::read_to_string(&file).unwrap();
    text.push('\n');
    fs::write(&file, text).unwrap();
    let refused = correct(&service, &bridge());
    refused.refused(409, "other-files", &["start it again"]);
    assert_eq!(corrections(&service), json!([]));
}

#[test]
fn whoever_was_seen_somewhere_is_still_there_on_the_new_ground() {
    let people: [Row; 2] = [
        ("V1", "volunteer", (-190.0, 90.0), "foot", "00:00,24:00", ""),
        (
            "V2",
            "volunteer",
            (-100.0, -90.0),
            "foot",
            "00:00,24:00",
            "",
        ),
    ];
    let (_town, service) = town_of(&people);
    let here = (-100.0, -6.0);
    assert_eq!(ids(&coming(&service, here, "")), ["V2", "V1"]);
    let address = of_town("/responders/V1");
    let body = json!({"seen": {"at": at(-95.0, -8.0)}}).to_string();
    patch(&service, &address, &body, &[]).json();
    assert_eq!(ids(&coming(&service, here, "")), ["V1", "V2"]);
    corrected(&service, &bridge());
    assert_eq!(ids(&coming(&service, here, "")), ["V1", "V2"]);
}
