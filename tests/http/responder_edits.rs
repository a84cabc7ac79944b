//! The list of those who may be called, as planners keep it over what the files say.

use serde_json::Value;
use serde_json::json;
use zhugan::app::keeping::check;
use zhugan::http::service::Service;
use zhugan::model::account::Role;

use super::Answer;
use super::change;
use super::kept_in;
use super::of_town;
use super::people::asked;
use super::people::joined;
use super::responders::Row;
use super::responders::coming;
use super::responders::folder;
use super::responders::ids;
use super::roster::at;
use crate::formats::Folder;

const PEOPLE: [Row; 2] = [
    ("S1", "police", (0.0, -60.0), "car", "00:00,24:00", ""),
    (
        "V1",
        "volunteer",
        (-100.0, -30.0),
        "foot",
        "00:00,24:00",
        "",
    ),
];

const HERE: (f64, f64) = (-100.0, -6.0);

fn town() -> (Folder, Folder, Service) {
    let (town, data) = (folder(&PEOPLE), Folder::new(&[]));
    let service = kept_in(&data, &[town.path()]);
    (town, data, service)
}

fn send(service: &Service, request: (&str, &str), body: &Value, seen: &str) -> Answer {
    change(service, request, &body.to_string(), &[("if-match", seen)])
}

fn one(id: &str) -> String {
    of_town(&format!("/responders/{id}"))
}

fn list(service: &Service) -> Vec<Value> {
    let roster = change(service, ("GET", &of_town("/responders")), "", &[]).json();
    roster["responders"].as_array().unwrap().clone()
}

fn wang() -> Value {
    json!({
        "kind": "volunteer", "name": "王芳", "group": "网格员", "phone": "13812345678",
        "home": at((-100.0, -12.0)), "duty": "00:00-24:00", "note": "夜里敲门",
    })
}

#[test]
fn whoever_is_put_on_the_list_comes_at_once_and_after_a_restart() {
    let (town, data, service) = town();
    assert_eq!(ids(&coming(&service, HERE, "")), ["V1", "S1"]);
    let made = send(&service, ("POST", &of_town("/responders")), &wang(), "*").made();
    assert_eq!(
        (&made["id"], &made["name"]),
        (&json!("responder-1"), &json!("王芳"))
    );
    assert_eq!(
        (&made["duty"], &made["travel"]),
        (&json!("always"), &json!("foot"))
    );
    assert_eq!(made["illustrative"], false);
    let first = ["responder-1", "V1", "S1"];
    assert_eq!(ids(&coming(&service, HERE, "")), first);
    drop(service);
    let service = kept_in(&data, &[town.path()]);
    assert_eq!(ids(&coming(&service, HERE, "")), first);
    let again = list(&service)
        .into_iter()
        .find(|one| one["id"] == "responder-1")
        .unwrap();
    assert_eq!(again, made);
}

#[test]
fn whoever_is_on_the_files_is_described_anew_unless_somebody_was_faster() {
    let (town, data, service) = town();
    let before = list(&service)
        .into_iter()
        .find(|one| one["id"] == "V1")
        .unwrap();
    let seen = before["validator"].as_str().unwrap();
    let mut says = wang();
    says["home"] = at((80.0, -30.0));
    let after = send(&service, ("PUT", &one("V1")), &says, seen).json();
    assert_eq!(after["name"], "王芳");
    assert_eq!(after["illustrative"], true, "the files' word stays");
    assert_ne!(after["validator"], before["validator"]);
    assert_eq!(
        ids(&coming(&service, HERE, "")),
        ["S1", "V1"],
        "they live farther away now"
    );
    send(&service, ("PUT", &one("V1")), &wang(), seen).refused(412, "changed-meanwhile", &[]);
    drop(service);
    let service = kept_in(&data, &[town.path()]);
    let kept = list(&service)
        .into_iter()
        .find(|one| one["id"] == "V1")
        .unwrap();
    assert_eq!(kept, after);
}

#[test]
fn whoever_is_taken_off_does_not_come_back_with_the_files_and_nothing_of_them_is_kept() {
    let (town, data, service) = town();
    send(&service, ("PUT", &one("V1")), &wang(), "*").json();
    let gone = change(&service, ("DELETE", &one("V1")), "", &[]);
    assert_eq!(gone.status, 204, "{}", gone.text());
    assert_eq!(ids(&coming(&service, HERE, "")), ["S1"]);
    change(&service, ("DELETE", &one("V1")), "", &[]).refused(404, "unknown-responder", &[]);
    let log = change(&service, ("GET", &of_town("/audit")), "", &[]).text();
    assert!(log.contains("responder"), "{log}");
    for secret in ["王芳", "13812345678", "夜里敲门"] {
        assert!(!log.contains(secret), "{secret} in the log");
    }
    drop(service);
    let report = check(data.path()).unwrap();
    assert_eq!(report.faults, [""; 0]);
    let service = kept_in(&data, &[town.path()]);
    assert_eq!(ids(&coming(&service, HERE, "")), ["S1"]);
}

#[test]
fn what_makes_no_sense_is_refused_and_only_planners_keep_the_list() {
    let (_town, _data, service) = town();
    let address = of_town("/responders");
    for (field, value, words) in [
        ("kind", json!("king"), "volunteer"),
        ("travel", json!("horse"), "ebike"),
        ("duty", json!("sometimes"), "18:00-21:00"),
        ("name", json!(" "), "empty"),
        ("phone", json!("1".repeat(300)), "long"),
    ] {
        let mut wrong = wang();
        wrong[field] = value;
        send(&service, ("POST", &address), &wrong, "*").refused(400, "bad-parameter", &[words]);
    }
    let mut far = wang();
    far["home"] = json!([40.0, 40.0]);
    send(&service, ("POST", &address), &far, "*").refused(400, "outside-region", &[]);
    let cookie = joined(
        &service,
        "dispatcher",
        (Role::Dispatcher, Some("canal-town")),
    );
    let cookie = [("cookie", cookie.as_str())];
    asked(&service, ("POST", &address), &wang(), &cookie).refused(403, "not-allowed", &[]);
    assert_eq!(list(&service).len(), 2);
}
