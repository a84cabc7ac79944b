//! Settings that a planner turns while the region is served.

use serde_json::Value;
use serde_json::json;
use zhugan::http::service::Service;

use crate::commands::canal;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::patch;

fn town() -> (Folder, Service) {
    let town = canal();
    let service = kept(&[town.path()]);
    (town, service)
}

fn turn(service: &Service, body: &Value) -> Answer {
    patch(service, &of_town("/settings"), &body.to_string(), &[])
}

/// A setting by its name: what counts, what the file says, whether somebody has set it.
fn setting(service: &Service, name: &str) -> Value {
    let answer = get(service, &of_town("/settings")).json();
    let all = answer["settings"].as_array().unwrap();
    let one = all.iter().find(|one| one["name"] == name).unwrap();
    json!([one["value"], one["of_files"], one["is_set"]])
}

fn covered(service: &Service) -> Value {
    get(service, &of_town("/coverage")).json()["covered_m"].clone()
}

#[test]
fn a_longer_target_covers_more_bank_at_once_and_the_files_own_counts_again_when_it_is_taken_back() {
    let (_town, service) = town();
    let before = covered(&service);
    let of_80 = get(&service, &of_town("/coverage?limit_m=80")).json()["covered_m"].clone();
    assert_ne!(of_80, before);
    assert_eq!(setting(&service, "target_m"), json!([50.0, 50.0, false]));

    let answer = turn(&service, &json!({"target_m": 80})).json();
    assert_eq!(answer["settings"][0]["value"], 80.0);
    assert_eq!(covered(&service), of_80);
    assert_eq!(setting(&service, "target_m"), json!([80.0, 50.0, true]));
    let region = get(&service, &of_town("")).json();
    assert_eq!(region["settings"]["target_m"], 80.0);

    turn(&service, &json!({"target_m": null})).json();
    assert_eq!(covered(&service), before);
    assert_eq!(setting(&service, "target_m"), json!([50.0, 50.0, false]));
}

#[test]
fn whoever_runs_faster_is_there_sooner_and_a_shorter_interval_makes_more_pieces_due() {
    let (_town, service) = town();
    let run_s = || {
        let answer = get(
            &service,
            "/api/v1/nearest?lon=120.398965&lat=29.799946&limit=1",
        )
        .json();
        answer["results"][0]["run_s"].as_f64().unwrap()
    };
    let slow = run_s();
    turn(
        &service,
        &json!({"run_m_s": 4, "arrival_s": 600, "inspect_days": 7}),
    )
    .json();
    assert!((run_s() - slow / 2.0).abs() <= 0.1, "{} of {slow}", run_s());
    assert_eq!(setting(&service, "arrival_s"), json!([600.0, 300.0, true]));
    assert_eq!(setting(&service, "inspect_days"), json!([7.0, 90.0, true]));
}

#[test]
fn what_was_turned_stays_over_a_restart_and_is_undone_from_the_log() {
    let (town, data) = (canal(), Folder::new(&[]));
    let service = kept_in(&data, &[town.path()]);
    turn(&service, &json!({"target_m": 80, "warn_m": 200})).json();
    turn(&service, &json!({"target_m": 90})).json();
    let before = covered(&service);
    drop(service);
    let service = kept_in(&data, &[town.path()]);
    assert_eq!(covered(&service), before);
    assert_eq!(setting(&service, "target_m"), json!([90.0, 50.0, true]));

    let log = change(&service, ("GET", &of_town("/audit")), "", &[]).json();
    let entries = log["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 3, "one for each setting: {log}");
    assert_eq!(
        (
            &entries[0]["thing"],
            &entries[0]["thing_id"],
            &entries[0]["before"],
            &entries[0]["after"]
        ),
        (
            &json!("setting"),
            &json!("target_m"),
            &json!({"value": 80.0}),
            &json!({"value": 90.0})
        )
    );
    let undo = |entry: &Value| {
        let address = of_town(&format!("/audit/{}/undo", entry["id"]));
        change(&service, ("POST", &address), "", &[])
    };
    undo(&entries[2]).refused(409, "changed-since", &["target_m"]);
    assert_eq!(undo(&entries[0]).json()["thing"], "setting");
    assert_eq!(setting(&service, "target_m"), json!([80.0, 50.0, true]));
    assert_eq!(undo(&entries[2]).status, 200);
    assert_eq!(setting(&service, "target_m"), json!([50.0, 50.0, false]));
    let kept = zhugan::app::keeping::check(data.path()).unwrap();
    assert_eq!((kept.settings, kept.faults), (2, Vec::<String>::new()));
}

#[test]
fn settings_that_make_no_sense_are_refused_whole() {
    let (_town, service) = town();
    for (body, kind, words) in [
        (
            json!({"target_m": 0}),
            "bad-parameter",
            "give a number from 1 to 1000",
        ),
        (
            json!({"target_m": 1001}),
            "bad-parameter",
            "target_m is 1001",
        ),
        (json!({"run_m_s": 9}), "bad-parameter", "from 0.5 to 8"),
        (
            json!({"inspect_days": 7.5}),
            "bad-parameter",
            "give a whole number",
        ),
        (
            json!({"warn_m": 60, "target_m": 70}),
            "warns-too-soon",
            "at least as much as target_m",
        ),
        (
            json!({"target_m": 60, "warn_m": 5000}),
            "bad-parameter",
            "warn_m is 5000",
        ),
        (json!({}), "bad-body", "changes nothing"),
        (json!({"movement": "paths"}), "bad-body", "movement"),
    ] {
        turn(&service, &body).refused(400, kind, &[words]);
    }
    assert_eq!(setting(&service, "target_m"), json!([50.0, 50.0, false]));
    let log = change(&service, ("GET", &of_town("/audit")), "", &[]).json();
    assert_eq!(log["entries"], json!([]));
    let stale = [("if-match", "\"1-2\"")];
    let late = patch(&service, &of_town("/settings"), "{\"target_m\":60}", &stale);
    late.refused(412, "changed-meanwhile", &[]);
}
