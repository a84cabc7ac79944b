//! Volunteers and their evenings as planners keep them.

use serde_json::Value;
use serde_json::json;
use zhugan::app::keeping::check;
use zhugan::http::service::Service;

use super::Answer;
use super::change;
use super::kept_in;
use super::of_town;
use super::people::PASSWORD;
use super::people::asked;
use crate::commands::canal;
use crate::formats::Folder;

/// A Monday.
const MONDAY: &str = "2026-11-30";

fn look(service: &Service, address: &str) -> Value {
    change(service, ("GET", address), "", &[]).json()
}

fn send(service: &Service, request: (&str, &str), body: &Value) -> Answer {
    change(service, request, &body.to_string(), &[])
}

fn add(service: &Service, name: &str, weekdays: &[u8], skills: &[&str]) -> i64 {
    let who =
        json!({"name": name, "kind": "party_volunteer", "weekdays": weekdays, "skills": skills});
    let made = send(
        service,
        ("POST", &of_town("/volunteers")),
        &json!({"who": who}),
    );
    made.made()["id"].as_i64().unwrap()
}

fn town() -> (Folder, Folder, Service) {
    let (town, data) = (canal(), Folder::new(&[]));
    let service = kept_in(&data, &[town.path()]);
    (town, data, service)
}

#[test]
fn a_volunteer_is_added_changed_and_leaves_and_the_log_never_knows_the_name() {
    let (_town, data, service) = town();
    let id = add(&service, "王芳", &[1, 5], &["swimmer", "boat", "swimmer"]);
    let all = look(&service, &of_town("/volunteers"));
    let one = &all["volunteers"][0];
    assert_eq!(one["who"]["weekdays"], json!([1, 5]));
    assert_eq!(one["who"]["skills"], json!(["swimmer", "boat"]));
    assert_eq!(
        (&one["state"], &one["account"]),
        (&json!("active"), &Value::Null)
    );
    let address = of_town(&format!("/volunteers/{id}"));
    let who = json!({"name": "王芳", "kind": "rescue_team", "phone": "13800000000"});
    let validator = one["validator"].as_str().unwrap();
    let body = json!({"who": who}).to_string();
    let seen = [("if-match", validator)];
    let after = change(&service, ("PUT", &address), &body, &seen).json();
    assert_eq!(after["who"]["phone"], "13800000000");
    assert_eq!(
        after["who"]["weekdays"],
        json!([1, 2, 3, 4, 5, 6, 7]),
        "all, unless given"
    );
    change(&service, ("PUT", &address), &body, &seen).refused(412, "changed-meanwhile", &[]);
    let leaves = json!({"who": who, "state": "left"});
    let left = send(&service, ("PUT", &address), &leaves).json();
    assert_eq!(
        (&left["state"], &left["who"]["phone"]),
        (&json!("left"), &Value::Null)
    );
    assert_eq!(
        look(&service, &of_town("/volunteers"))["volunteers"],
        json!([])
    );
    let log = look(&service, &of_town("/audit")).to_string();
    assert!(log.contains("volunteer"), "{log}");
    assert!(!log.contains("王芳") && !log.contains("138"), "{log}");
    drop(service);
    let report = check(data.path()).unwrap();
    assert_eq!((report.volunteers, report.faults), (1, Vec::new()));
}

#[test]
fn an_account_is_one_volunteers_at_most_and_one_that_there_is() {
    let (_town, _data, service) = town();
    let new = |account: &str| json!({"who": {"name": "A", "kind": "other"}, "account": account});
    let address = of_town("/volunteers");
    assert_eq!(
        send(&service, ("POST", &address), &new("keeper")).status,
        201
    );
    send(&service, ("POST", &address), &new("Keeper")).refused(409, "account-taken", &[]);
    send(&service, ("POST", &address), &new("nobody")).refused(400, "unknown-account", &["nobody"]);
}

#[test]
fn whoever_answers_the_open_call_waits_until_a_planner_decides() {
    let (_town, _data, service) = town();
    let who = json!({"name": "李强", "kind": "village_cadre", "phone": "13900000000"});
    let address = of_town("/volunteers/applications");
    let applied = asked(&service, ("POST", &address), &who, &[]);
    assert_eq!(
        applied.made(),
        json!({"id": 1, "state": "applied"}),
        "and nothing else"
    );
    let team = json!({"teams": [{"name": null, "members": [{"volunteer": 1}]}]});
    let evening = of_town(&format!("/evenings/{MONDAY}"));
    send(&service, ("PUT", &evening), &team).refused(404, "unknown-volunteer", &[]);
    let decided = json!({"who": who, "state": "active"});
    let after = send(&service, ("PUT", &of_town("/volunteers/1")), &decided).json();
    assert_eq!(after["state"], "active");
    assert_eq!(send(&service, ("PUT", &evening), &team).status, 200);
    for _ in 0..4 {
        asked(&service, ("POST", &address), &who, &[]);
    }
    asked(&service, ("POST", &address), &who, &[]).refused(429, "too-many-reports", &[]);
}

#[test]
fn an_evening_takes_nobody_twice_and_tells_who_was_faster() {
    let (_town, _data, service) = town();
    let (one, other) = (add(&service, "A", &[1], &[]), add(&service, "B", &[1], &[]));
    let address = of_town(&format!("/evenings/{MONDAY}"));
    let team = |members: &[i64]| {
        let members = members
            .iter()
            .map(|id| json!({"volunteer": id, "locked": true}));
        json!({"name": "北队", "members": members.collect::<Vec<_>>()})
    };
    let twice = json!({"teams": [team(&[one]), team(&[other, one])]});
    send(&service, ("PUT", &address), &twice).refused(400, "bad-roster", &["twice"]);
    let week = look(&service, &of_town(&format!("/evenings?from={MONDAY}")));
    let evenings = week["evenings"].as_array().unwrap();
    assert_eq!(evenings.len(), 7);
    let validator = evenings[0]["validator"].as_str().unwrap();
    let good = json!({"teams": [team(&[one]), team(&[other])], "published": true}).to_string();
    let seen = [("if-match", validator)];
    let after = change(&service, ("PUT", &address), &good, &seen).json();
    assert_eq!(after["published"], true);
    assert_eq!(
        after["teams"][1]["members"],
        json!([{"volunteer": other, "locked": true}])
    );
    change(&service, ("PUT", &address), &good, &seen).refused(412, "changed-meanwhile", &[]);
}

#[test]
fn a_week_is_proposed_in_which_everybody_is_on_as_often_as_others() {
    let (_town, _data, service) = town();
    let (all, some): (&[u8], &[u8]) = (&[1, 2, 3, 4, 5, 6, 7], &[1, 2]);
    let ids = [
        add(&service, "A", all, &["swimmer"]),
        add(&service, "B", all, &["swimmer"]),
        add(&service, "C", all, &[]),
        add(&service, "D", some, &[]),
    ];
    let asked = json!({"from": MONDAY, "teams": 1, "members": 2});
    let address = of_town("/evenings/proposals");
    let week = send(&service, ("POST", &address), &asked).json();
    let times = |week: &Value| -> Vec<u64> {
        let times = ids.iter().map(|id| week["times"][id.to_string()].as_u64());
        times.map(Option::unwrap).collect()
    };
    // Fourteen places; D comes on two days at most.
    assert_eq!(times(&week), [4, 4, 4, 2]);
    assert_eq!(week["open"], 0);
    assert_eq!(
        look(&service, &of_town(&format!("/evenings?from={MONDAY}")))["evenings"][0]["teams"],
        json!([]),
        "nothing is kept"
    );
    // What is published counts and stays, and the week after makes up for it.
    let evening = of_town(&format!("/evenings/{MONDAY}"));
    let monday = json!({"teams": [{"name": null, "members": [{"volunteer": ids[2]}, {"volunteer": ids[3]}]}], "published": true});
    send(&service, ("PUT", &evening), &monday).json();
    let again = send(&service, ("POST", &address), &asked).json();
    assert_eq!(
        again["evenings"][0]["teams"],
        monday["teams"]
            .clone()
            .as_array()
            .map(|teams| {
                let mut teams = teams.clone();
                for member in teams[0]["members"].as_array_mut().unwrap() {
                    member["locked"] = json!(false);
                }
                Value::Array(teams)
            })
            .unwrap()
    );
    assert_eq!(times(&again), [4, 4, 4, 2]);
    let next = json!({"from": "2026-12-07", "days": 1, "teams": 1, "members": 2});
    let next = send(&service, ("POST", &address), &next).json();
    let members = &next["evenings"][0]["teams"][0]["members"];
    assert_eq!(
        members,
        &json!([{"volunteer": ids[0], "locked": false}, {"volunteer": ids[1], "locked": false}])
    );
    send(
        &service,
        ("POST", &address),
        &json!({"from": MONDAY, "teams": 0, "members": 2}),
    )
    .refused(400, "bad-parameter", &["teams is 0"]);
}

#[test]
fn whoever_leaves_is_taken_off_the_evenings_that_are_to_come() {
    let (_town, _data, service) = town();
    let (one, other) = (add(&service, "A", &[1], &[]), add(&service, "B", &[1], &[]));
    let soon = look(&service, &of_town("/evenings?days=2"))["evenings"][1]["day"].clone();
    let address = of_town(&format!("/evenings/{}", soon.as_str().unwrap()));
    let members = json!([{"volunteer": one}, {"volunteer": other}]);
    let team = json!({"teams": [{"name": null, "members": members}], "published": true});
    send(&service, ("PUT", &address), &team).json();
    let leaves = json!({"who": {"name": "A", "kind": "other"}, "state": "left"});
    send(
        &service,
        ("PUT", &of_town(&format!("/volunteers/{one}"))),
        &leaves,
    )
    .json();
    let evening = look(&service, &of_town("/evenings?days=2"))["evenings"][1].clone();
    let left = json!([{"volunteer": other, "locked": false}]);
    assert_eq!(
        (&evening["teams"][0]["members"], &evening["published"]),
        (&left, &json!(true))
    );
}

#[test]
fn whoever_takes_an_invitation_that_is_for_a_volunteer_signs_in_as_them() {
    let (_town, data, service) = town();
    let id = add(&service, "王芳", &[1], &[]);
    let asked_for = json!({"role": "volunteer", "region": "canal-town", "volunteer": id});
    let invited = send(&service, ("POST", "/api/v1/invitations"), &asked_for).made();
    assert_eq!(invited["volunteer"], id);
    let taken = json!({"token": invited["token"], "name": "wang", "password": PASSWORD});
    let accept = ("POST", "/api/v1/invitations/accept");
    let joined = asked(&service, accept, &taken, &[]);
    assert_eq!(joined.status, 201, "{}", joined.text());
    let listed = &look(&service, &of_town("/volunteers"))["volunteers"][0];
    assert_eq!(listed["account"], "wang");
    let cookie = joined
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let duty = ("GET", &*of_town("/duty"));
    let pack = asked(&service, duty, &Value::Null, &[("cookie", &cookie)]).json();
    assert_eq!(pack["volunteer"]["id"], id);
    // Nobody else is invited as them, and nobody as somebody who is not there.
    send(&service, ("POST", "/api/v1/invitations"), &asked_for).refused(409, "has-account", &[]);
    let nobody = json!({"role": "volunteer", "region": "canal-town", "volunteer": 99});
    send(&service, ("POST", "/api/v1/invitations"), &nobody).refused(404, "unknown-volunteer", &[]);
    let anywhere = json!({"role": "volunteer", "region": null, "volunteer": id});
    send(&service, ("POST", "/api/v1/invitations"), &anywhere).refused(
        400,
        "bad-parameter",
        &["region"],
    );
    drop(service);
    let report = check(data.path()).unwrap();
    assert_eq!((report.volunteers, report.faults), (1, Vec::new()));
}

#[test]
fn an_invitation_for_somebody_who_has_left_meanwhile_still_gives_its_role() {
    let (_town, _data, service) = town();
    let id = add(&service, "王芳", &[1], &[]);
    let asked_for = json!({"role": "volunteer", "region": "canal-town", "volunteer": id});
    let invited = send(&service, ("POST", "/api/v1/invitations"), &asked_for).made();
    let left = json!({"who": {"name": "王芳", "kind": "other"}, "state": "left"});
    send(
        &service,
        ("PUT", &of_town(&format!("/volunteers/{id}"))),
        &left,
    )
    .json();
    let taken = json!({"token": invited["token"], "name": "wang", "password": PASSWORD});
    let joined = asked(
        &service,
        ("POST", "/api/v1/invitations/accept"),
        &taken,
        &[],
    );
    assert_eq!(joined.made()["account"]["name"], "wang");
    assert_eq!(
        look(&service, &of_town("/volunteers"))["volunteers"],
        json!([])
    );
}
