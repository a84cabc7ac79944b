//! Undoing changes from the audit log.

use serde_json::Value;
use serde_json::json;
use zhugan::http::service::Service;

use crate::commands::canal;
use crate::http::answers::features;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::of_town;

fn last(service: &Service) -> Value {
    let log = change(service, ("GET", &of_town("/audit?limit=1")), "", &[]);
    log.json()["entries"][0].clone()
}

fn undo(service: &Service, entry: &Value) -> crate::http::Answer {
    let id = &entry["id"];
    change(
        service,
        ("POST", &of_town(&format!("/audit/{id}/undo"))),
        "",
        &[],
    )
}

/// The pieces by id, as everybody is told of them.
fn pieces(service: &Service) -> Vec<Value> {
    let answer = get(service, &of_town("/equipment")).json();
    let mut pieces: Vec<Value> = features(&answer).cloned().collect();
    pieces.sort_by_key(|piece| piece["id"].to_string());
    pieces
}

fn covered(service: &Service) -> Value {
    get(service, &of_town("/coverage")).json()["covered_m"].clone()
}

#[test]
fn every_kind_of_change_can_be_undone_and_the_undoing_as_well() {
    let town = canal();
    let service = kept(&[town.path()]);
    let before = (pieces(&service), covered(&service));
    let first = before.0[0]["id"].as_str().unwrap().to_owned();
    let at = before.0[0]["geometry"]["coordinates"].clone();
    let one = of_town(&format!("/equipment/{first}"));
    let changes = [
        (
            ("POST", of_town("/equipment")),
            json!({"kind": "ring", "at": at}),
        ),
        (
            ("PATCH", one.clone()),
            json!({"condition": "missing", "note": "taken"}),
        ),
        (("DELETE", one), Value::Null),
    ];
    for ((method, address), body) in changes {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = change(&service, (method, &address), &body, &[]);
        assert!(answer.status < 300, "{}", answer.text());
        let after = (pieces(&service), covered(&service));
        assert_ne!(after, before, "{method}");
        let entry = last(&service);

        let undone = undo(&service, &entry).json();
        assert_eq!((pieces(&service), covered(&service)), before, "{method}");
        assert_eq!(undone["id"], last(&service)["id"]);
        assert_eq!(undone["thing"], "equipment");

        assert_eq!(undo(&service, &undone).status, 200);
        assert_eq!(
            (pieces(&service), covered(&service)),
            after,
            "{method} again"
        );
        assert_eq!(undo(&service, &last(&service)).status, 200);
        assert_eq!((pieces(&service), covered(&service)), before);
    }
}

#[test]
fn a_closed_bridge_is_opened_by_undoing_it() {
    let town = canal();
    let service = kept(&[town.path()]);
    let all = get(&service, &of_town("/crossings")).json();
    let id = features(&all).next().unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let one = of_town(&format!("/crossings/{id}"));
    let state = || get(&service, &one).json()["properties"]["state"].clone();
    assert_eq!(state(), "open");
    change(&service, ("PATCH", &one), r#"{"state": "closed"}"#, &[]).json();
    assert_eq!(state(), "closed");
    assert_eq!(undo(&service, &last(&service)).json()["thing"], "crossing");
    assert_eq!(state(), "open");
}

#[test]
fn what_somebody_has_changed_since_is_not_undone_over_their_head() {
    let town = canal();
    let service = kept(&[town.path()]);
    let id = pieces(&service)[0]["id"].as_str().unwrap().to_owned();
    let one = of_town(&format!("/equipment/{id}"));
    change(
        &service,
        ("PATCH", &one),
        r#"{"condition": "damaged"}"#,
        &[],
    )
    .json();
    let first = last(&service);
    change(&service, ("PATCH", &one), r#"{"note": "bent"}"#, &[]).json();
    undo(&service, &first).refused(409, "changed-since", &[&id, "undo that first"]);
    let said = get(&service, &one).json();
    assert_eq!(said["properties"]["condition"], "damaged");
    assert_eq!(said["properties"]["note"], "bent");
    assert_eq!(undo(&service, &last(&service)).status, 200);
    assert_eq!(undo(&service, &first).status, 200, "one after the other");
}

#[test]
fn what_has_happened_and_what_is_not_there_cannot_be_undone() {
    let town = canal();
    let service = kept(&[town.path()]);
    let at = pieces(&service)[0]["geometry"]["coordinates"].clone();
    let call = json!({"kind": "hazard", "at": at}).to_string();
    let opened = change(&service, ("POST", &of_town("/incidents")), &call, &[]);
    assert_eq!(opened.status, 201, "{}", opened.text());
    undo(&service, &last(&service)).refused(422, "not-undoable", &["incident"]);
    undo(&service, &json!({"id": 999})).refused(404, "unknown-entry", &["999"]);
    let elsewhere = "/api/v1/regions/atlantis/audit/1/undo";
    change(&service, ("POST", elsewhere), "", &[]).refused(404, "unknown-region", &["atlantis"]);
}
