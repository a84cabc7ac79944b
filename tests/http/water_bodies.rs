//! Water bodies over HTTP: listed in pages, graded by whoever keeps the region, with gaps and coverage following at once.

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
use zhugan::app::keeping;
use zhugan::app::regions::State;
use zhugan::http::routes::router;
use zhugan::http::service::Service;
use zhugan::model::oddity::OddityKind;

use crate::commands::canal;
use crate::formats::Folder;
use crate::http::answers::features;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::patch;
use crate::http::sample;

const HIGHEST: &str = "{\"risk\":4}";

/// The town with a canal, kept by whoever has the token, and the address of its only water.
fn town() -> (Folder, Service, String) {
    let town = canal();
    let service = kept(&[town.path()]);
    let address = canal_of(&service);
    (town, service, address)
}

fn canal_of(service: &Service) -> String {
    let all = get(service, &of_town("/water-bodies")).json();
    let id = all["water_bodies"][0]["id"].as_str().unwrap();
    of_town(&format!("/water-bodies/{id}"))
}

/// The grades of a town's water wherever they are told: in its own answer, in coverage, in every gap.
fn told(service: &Service, address: &str) -> Vec<Value> {
    let own = get(service, address).json()["risk"].clone();
    let coverage = get(service, &of_town("/coverage?by=water_body")).json();
    let gaps = get(service, &of_town("/gaps?sort=risk")).json();
    let of_gaps = features(&gaps).map(|gap| gap["properties"]["risk"].clone());
    let mut told = vec![own, coverage["rows"][0]["risk"].clone()];
    told.extend(of_gaps);
    assert!(2 < told.len(), "the town has gaps");
    told
}

#[test]
fn waters_say_what_they_are_and_how_risky() {
    let (_town, service, address) = town();
    let all = get(&service, &of_town("/water-bodies")).json();
    let one = get(&service, &address).json();
    assert_eq!((&all["total"], &all["next"]), (&json!(1), &Value::Null));
    assert_eq!(all["water_bodies"], json!([one]));
    let coverage = get(&service, &of_town("/coverage")).json();
    // The board stands exactly as far from the bank as a piece may.
    let four = json!({"board": "usable", "ring": "none", "rope": "none", "pole": "usable"});
    let expected = json!({
        "id": one["id"], "name": "=Canal 运河", "kind": "canal", "risk": 2, "mapped_risk": 2, "bank_m": coverage["bank_m"],
        "rescue_points": 0, "complete_rescue_points": 0,
        "four": four, "missing": ["ring", "rope"], "complete": false
    });
    assert_eq!(one, expected);
}

#[test]
fn a_grade_is_told_wherever_risk_is_told() {
    let (_town, service, address) = town();
    assert!(told(&service, &address).iter().all(|risk| *risk == 2));
    let graded = patch(&service, &address, HIGHEST, &[]).json();
    assert_eq!(
        (&graded["risk"], &graded["mapped_risk"]),
        (&json!(4), &json!(2))
    );
    assert!(told(&service, &address).iter().all(|risk| *risk == 4));
    let audit = change(&service, ("GET", &of_town("/audit")), "", &[]).json();
    let entry = &audit["entries"][0];
    assert_eq!(entry["thing"], "water_body");
    assert_eq!(
        (&entry["before"], &entry["after"]),
        (&json!({"risk": 2}), &json!({"risk": 4}))
    );
}

#[test]
fn gaps_at_the_riskiest_water_come_first_in_a_whole_country() {
    let sample = sample();
    let service = kept(&[sample.as_path()]);
    let of_country = |resource: &str| format!("/api/v1/regions/liechtenstein{resource}");
    let gaps = get(&service, &of_country("/gaps?limit=1000")).json();
    let last = features(&gaps).last().unwrap()["properties"]["water_body"].clone();
    let address = of_country(&format!("/water-bodies/{}", last.as_str().unwrap()));
    patch(&service, &address, HIGHEST, &[]).json();
    let first = get(&service, &of_country("/gaps?sort=risk&limit=1")).json();
    let first = &first["features"][0]["properties"];
    assert_eq!((&first["water_body"], &first["risk"]), (&last, &json!(4)));
}

#[test]
fn waters_come_in_pages_each_once_in_order() {
    let sample = sample();
    let service = kept(&[sample.as_path()]);
    let whole = get(
        &service,
        "/api/v1/regions/liechtenstein/water-bodies?limit=5000",
    )
    .json();
    let mut next = Some("/api/v1/regions/liechtenstein/water-bodies?limit=5".to_owned());
    let mut paged: Vec<Value> = Vec::new();
    while let Some(address) = next.filter(|_| paged.len() < 100) {
        let page = get(&service, &address).json();
        let rows = page["water_bodies"].as_array().unwrap();
        assert!(!rows.is_empty() && rows.len() <= 5);
        paged.extend(rows.iter().cloned());
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(whole["total"], paged.len());
    assert_eq!(whole["water_bodies"].as_array().unwrap(), &paged);
    let ids: Vec<&str> = paged
        .iter()
        .map(|row| row["id"].as_str().unwrap())
        .collect();
    assert!(ids.is_sorted_by(|a, b| a < b));
}

#[test]
fn a_grade_outlives_the_program_and_newer_files_and_a_water_that_vanished_is_told() {
    let (town, data) = (canal(), Folder::new(&[]));
    let service = kept_in(&data, &[town.path()]);
    let address = canal_of(&service);
    patch(&service, &address, HIGHEST, &[]).json();
    drop(service);
    let file = town.path().join("map.geojson");
    let map = fs::read_to_string(&file).unwrap();
    fs::write(&file, map.replace("=Canal 运河", "Kanal")).unwrap();
    let service = kept_in(&data, &[town.path()]);
    let one = get(&service, &address).json();
    assert_eq!((&one["name"], &one["risk"]), (&json!("Kanal"), &json!(4)));
    drop(service);
    let file = town.path().join("map.geojson");
    fs::write(
        &file,
        map.replace("\"canal\",\"kind\"", "\"other\",\"kind\""),
    )
    .unwrap();
    let service = kept_in(&data, &[town.path()]);
    get(&service, &address).refused(404, "unknown-water-body", &[]);
    let same = get(&service, &of_town("/water-bodies/other")).json();
    assert_eq!(same["risk"], 4, "it is the same water under another id");
    let state = service.regions().slots()[0].state();
    let State::Ready(snapshot) = &*state else {
        panic!("not ready")
    };
    let mut oddities = snapshot.region.oddities.iter();
    let vanished = oddities.find(|oddity| oddity.kind == OddityKind::Vanished);
    assert!(vanished.unwrap().detail.contains("graded this water 4"));
    drop(service);
    let report = keeping::check(data.path()).unwrap();
    assert_eq!(
        (report.water_bodies, report.faults),
        (2, Vec::<String>::new()),
        "of the old id and of the new"
    );
}

#[test]
fn who_has_not_seen_the_newest_does_not_grade_over_it_and_no_stranger_does() {
    let (_town, service, address) = town();
    let seen = get(&service, &address);
    let seen = seen.header("etag");
    let first = patch(&service, &address, HIGHEST, &[("if-match", seen)]);
    assert_eq!(first.json()["risk"], 4);
    let late = patch(&service, &address, "{\"risk\":1}", &[("if-match", seen)]);
    late.refused(412, "changed-meanwhile", &["read it again"]);
    let again = patch(&service, &address, HIGHEST, &[]);
    assert_eq!(
        again.header("etag"),
        first.header("etag"),
        "it is so already"
    );
    let stranger = Request::patch(&address).body(Body::from(HIGHEST)).unwrap();
    crate::http::sent(&router(&service), stranger).refused(401, "not-signed-in", &[]);
    assert_eq!(get(&service, &address).json()["risk"], 4);
}

#[test]
fn a_grade_that_makes_no_sense_is_refused() {
    let (_town, service, address) = town();
    for risk in ["0", "5", "-1", "256", "9223372036854775807"] {
        let body = format!("{{\"risk\":{risk}}}");
        let refused = patch(&service, &address, &body, &[]);
        refused.refused(
            400,
            "bad-parameter",
            &["risk", risk, "1 (low) to 4 (highest)"],
        );
    }
    for body in [
        "{}",
        "{\"risk\":\"4\"}",
        "{\"risk\":2.5}",
        "{\"risk\":4,\"name\":\"x\"}",
    ] {
        patch(&service, &address, body, &[]).refused(400, "bad-body", &[]);
    }
    let nowhere = of_town("/water-bodies/w0");
    patch(&service, &nowhere, HIGHEST, &[]).refused(404, "unknown-water-body", &["w0"]);
}

#[test]
fn a_page_that_listens_is_told_of_a_grade() {
    let (_town, service, address) = town();
    let runtime = Runtime::new().unwrap();
    let listen = Request::get(of_town("/events"));
    let listen = listen.body(Body::empty()).unwrap();
    let response = runtime.block_on(router(&service).oneshot(listen)).unwrap();
    assert_eq!(patch(&service, &address, HIGHEST, &[]).status, 200);
    let mut told = response.into_body().into_data_stream();
    runtime.block_on(async {
        let mut text = String::new();
        while !text.contains("event: water_bodies") {
            let chunk = timeout(Duration::from_secs(5), told.next()).await.unwrap();
            text += std::str::from_utf8(&chunk.unwrap().unwrap()).unwrap();
        }
        assert!(!text.contains("event: equipment"), "{text}");
    });
}
