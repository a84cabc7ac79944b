//! The roster over HTTP: who is on duty and where they are, changed and followed at once.

use std::fs;

use serde_json::Value;
use serde_json::json;
use zhugan::http::service::Service;

use crate::commands::place;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::TOKEN;
use crate::http::get;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::patch;
use crate::http::responders::Row;
use crate::http::responders::by;
use crate::http::responders::coming;
use crate::http::responders::folder;
use crate::http::responders::ids;
use crate::http::responders::town;

const PEOPLE: [Row; 3] = [
    ("S1", "police", (0.0, -60.0), "car", "00:00,24:00", ""),
    (
        "V1",
        "volunteer",
        (-100.0, -30.0),
        "foot",
        "00:00,24:00",
        "",
    ),
    ("V2", "volunteer", (-80.0, -60.0), "foot", "08:00,08:00", ""),
];

const HERE: (f64, f64) = (-100.0, -6.0);

fn changed(service: &Service, id: &str, body: &Value) -> Answer {
    let address = of_town(&format!("/responders/{id}"));
    patch(service, &address, &body.to_string(), &[])
}

pub fn at((east, north): (f64, f64)) -> Value {
    let there = place(east, north);
    json!(
        there
            .split(',')
            .map(|text| text.parse::<f64>().unwrap())
            .collect::<Vec<_>>()
    )
}

#[test]
fn whoever_says_so_is_on_duty_or_off_it_whatever_the_hour_until_their_hours_hold_again() {
    let (_town, service) = town(&PEOPLE);
    assert_eq!(ids(&coming(&service, HERE, "")), ["V1", "S1"]);
    let off = changed(&service, "V1", &json!({"on_duty": false})).json();
    assert_eq!(
        (&off["on_duty"], &off["says_on_duty"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(off["duty"], "always");
    let on = changed(&service, "V2", &json!({"on_duty": true})).json();
    assert_eq!(
        (&on["on_duty"], &on["duty"]),
        (&json!(true), &json!("never"))
    );
    assert_eq!(ids(&coming(&service, HERE, "")), ["V2", "S1"]);
    for id in ["V1", "V2"] {
        let again = changed(&service, id, &json!({"on_duty": null})).json();
        assert_eq!(again["says_on_duty"], Value::Null);
    }
    assert_eq!(ids(&coming(&service, HERE, "")), ["V1", "S1"]);
}

#[test]
fn whoever_is_elsewhere_sets_off_from_there_and_is_at_home_again_when_nobody_knows() {
    let (_town, service) = town(&PEOPLE);
    let first = |service: &Service| coming(service, HERE, "")["results"][0].clone();
    let home = first(&service);
    let seen = changed(
        &service,
        "V1",
        &json!({"seen": {"at": at((-100.0, -10.0))}}),
    )
    .json();
    assert!(seen["seen"]["when"].is_string(), "{seen}");
    let near = first(&service);
    assert_eq!(
        (&home["from"], &near["from"]),
        (&json!("home"), &json!("last_seen"))
    );
    assert!(
        near["arrival_s"].as_f64() < home["arrival_s"].as_f64(),
        "{near} before {home}"
    );
    changed(&service, "V1", &json!({"on_duty": true})).json();
    assert_eq!(first(&service), near, "what is left out stays as it is");
    changed(&service, "V1", &json!({"seen": null})).json();
    assert_eq!(first(&service), home);
}

#[test]
fn what_somebody_has_said_survives_a_restart_and_where_they_were_does_not() {
    let (town, data) = (folder(&PEOPLE), Folder::new(&[]));
    let opened = || kept_in(&data, &[town.path()]);
    let service = opened();
    let change = json!({"on_duty": false, "seen": {"at": at((-100.0, -10.0))}});
    changed(&service, "V1", &change).json();
    drop(service);
    let roster = by(TOKEN, &opened(), &of_town("/responders")).json();
    let all = roster["responders"].as_array().unwrap();
    let one = all.iter().find(|one| one["id"] == "V1").unwrap();
    assert_eq!(
        (&one["says_on_duty"], &one["on_duty"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(one["seen"], Value::Null);
    assert_eq!(all.len(), 3);
    let track = at((-100.0, -10.0))[0].as_f64().unwrap().to_be_bytes();
    for file in fs::read_dir(data.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        let mut parts = bytes.windows(track.len());
        assert!(!parts.any(|part| part == track), "no track on disk");
    }
}

#[test]
fn a_change_that_makes_no_sense_is_refused_and_so_is_a_stranger() {
    let (_town, service) = town(&PEOPLE);
    for (id, body, status, kind, word) in [
        (
            "V9",
            json!({"on_duty": true}),
            404,
            "unknown-responder",
            "V9",
        ),
        ("V1", json!({"on_duty": "yes"}), 400, "bad-body", "boolean"),
        ("V1", json!({"duty": true}), 400, "bad-body", "duty"),
        (
            "V1",
            json!({"seen": {"at": [120.4, 95.0]}}),
            400,
            "bad-parameter",
            "latitude",
        ),
        (
            "V1",
            json!({"seen": {"at": at(HERE), "when": "noon"}}),
            400,
            "bad-parameter",
            "offset",
        ),
        (
            "V1",
            json!({"seen": {"at": at(HERE), "when": "2999-01-01T00:00:00Z"}}),
            400,
            "bad-parameter",
            "has been",
        ),
    ] {
        changed(&service, id, &body).refused(status, kind, &[word]);
    }
    get(&service, &of_town("/responders")).refused(401, "not-signed-in", &[]);
}
