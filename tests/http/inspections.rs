//! Inspections over HTTP: what is to be looked at, the longest overdue first, and what somebody found.

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use serde_json::json;
use zhugan::app::regions::State;
use zhugan::http::routes::router;
use zhugan::http::service::Service;
use zhugan::model::day::Day;

use crate::commands::REGION;
use crate::commands::canal_with;
use crate::commands::place;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::of_town;
use crate::http::patch;
use crate::http::sent;

/// Poles are looked at every 30 days, all else every 90.
const DAYS: &str = "[inspection]\ndays = { pole = 30 }\n";

/// Two poles, a ring and a board, last looked at on these days.
fn town() -> (Folder, Service) {
    let at = place(-100.0, -5.0);
    let other = place(-60.0, -5.0);
    let rows = format!(
        "id,kind,lon,lat,condition,name,village,inspected_on\n\
         B1,board,{at},usable,,,2026-08-27\n\
         P1,pole,{at},usable,东桥,West,2026-10-26\n\
         P2,pole,{other},missing,,,\n\
         R1,ring,{at},usable,,,2026-08-26\n"
    );
    let town = canal_with(&rows);
    let region = format!("{REGION}{DAYS}");
    std::fs::write(town.path().join("region.toml"), region).unwrap();
    let service = kept(&[town.path()]);
    (town, service)
}

/// What is due on a day: ids, with days overdue.
fn due(service: &Service, day: &str) -> Vec<(String, Option<i64>, bool)> {
    let state = service.regions().slots()[0].state();
    let State::Ready(snapshot) = &*state else {
        panic!("not ready")
    };
    let all = snapshot.by_due_day(0..4, &Day::new(day).unwrap());
    let told = all.into_iter().map(|due| {
        let id = snapshot.region.equipment[due.piece].id.clone();
        (id, due.days_overdue, due.is_overdue())
    });
    told.collect()
}

fn inspect(service: &Service, id: &str, body: &str) -> Answer {
    let address = of_town(&format!("/equipment/{id}/inspections"));
    change(service, ("POST", &address), body, &[])
}

fn told(service: &Service, query: &str) -> Value {
    get(service, &of_town(&format!("/inspections{query}"))).json()
}

fn ids(answer: &Value) -> Vec<&str> {
    let rows = answer["inspections"].as_array().unwrap().iter();
    rows.map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn what_nobody_has_looked_at_comes_first_then_the_longest_overdue_by_the_days_of_its_kind() {
    let (_town, service) = town();
    let expected = |days: [Option<i64>; 4]| -> Vec<(String, Option<i64>, bool)> {
        let ids = ["P2", "R1", "B1", "P1"].map(str::to_owned);
        let rows = ids.into_iter().zip(days);
        rows.map(|(id, days)| (id, days, days.is_none_or(|days| 0 < days)))
            .collect()
    };
    // On the very day a piece is in time.
    assert_eq!(
        due(&service, "2026-11-24"),
        expected([None, Some(0), Some(-1), Some(-1)])
    );
    assert_eq!(
        due(&service, "2026-11-25"),
        expected([None, Some(1), Some(0), Some(0)])
    );
    assert_eq!(
        due(&service, "2027-11-25"),
        expected([None, Some(366), Some(365), Some(365)])
    );
}

#[test]
fn the_list_tells_what_is_overdue_where_and_in_what_state() {
    let (_town, service) = town();
    patch(
        &service,
        &of_town("/equipment/P1"),
        "{\"inspected_on\":\"2001-02-03\"}",
        &[],
    )
    .json();
    patch(
        &service,
        &of_town("/equipment/R1"),
        "{\"inspected_on\":\"2150-01-01\"}",
        &[],
    )
    .json();
    patch(
        &service,
        &of_town("/equipment/B1"),
        "{\"inspected_on\":\"2160-01-01\"}",
        &[],
    )
    .json();
    let all = told(&service, "");
    assert_eq!(ids(&all), ["P2", "P1", "R1", "B1"]);
    assert_eq!(
        (&all["total"], &all["overdue"], &all["next"]),
        (&json!(4), &json!(2), &Value::Null)
    );
    assert!(Day::new(all["today"].as_str().unwrap()).is_ok());
    let [never, late] = [&all["inspections"][0], &all["inspections"][1]];
    assert_eq!(
        (
            &never["condition"],
            &never["inspected_on"],
            &never["due_on"],
            &never["days_overdue"],
            &never["overdue"]
        ),
        (
            &json!("missing"),
            &Value::Null,
            &Value::Null,
            &Value::Null,
            &json!(true)
        )
    );
    assert_eq!(
        (
            &late["kind"],
            &late["name"],
            &late["village"],
            &late["inspected_on"],
            &late["due_on"]
        ),
        (
            &json!("pole"),
            &json!("东桥"),
            &json!("West"),
            &json!("2001-02-03"),
            &json!("2001-03-05")
        )
    );
    assert!(9_000 < late["days_overdue"].as_i64().unwrap());
    assert_eq!(ids(&told(&service, "?overdue=true")), ["P2", "P1"]);
    assert_eq!(ids(&told(&service, "?overdue=false")), ["R1", "B1"]);
    assert_eq!(ids(&told(&service, "?kind=ring,board")), ["R1", "B1"]);
    assert_eq!(
        ids(&told(&service, "?village=330681&kind=pole")),
        ["P2", "P1"]
    );
    let mut next = Some(of_town("/inspections?limit=3"));
    let mut paged = Vec::new();
    while let Some(address) = next.filter(|_| paged.len() < 9) {
        let page = get(&service, &address).json();
        paged.extend(ids(&page).into_iter().map(str::to_owned));
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(paged, ids(&all));
    for wrong in ["?overdue=yes", "?limit=0", "?skip=-1", "?kind=boat"] {
        get(&service, &of_town(&format!("/inspections{wrong}"))).refused(400, "bad-parameter", &[]);
    }
}

#[test]
fn whoever_has_looked_says_so_and_what_is_reached_follows() {
    let (_town, service) = town();
    let answer = inspect(
        &service,
        "P1",
        "{\"condition\":\"damaged\",\"note\":\"split\"}",
    );
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.header("location"), of_town("/equipment/P1"));
    let piece: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(piece, get(&service, &of_town("/equipment/P1")).json());
    let properties = &piece["properties"];
    let today = told(&service, "")["today"].clone();
    assert_eq!(
        (
            &properties["condition"],
            &properties["inspected_on"],
            &properties["note"]
        ),
        (&json!("damaged"), &today, &json!("split"))
    );
    let coverage = get(&service, &of_town("/coverage?kind=pole")).json();
    assert_eq!(coverage["covered_m"], 0.0);
    assert!(!ids(&told(&service, "?overdue=true")).contains(&"P1"));
    // Without a note, what was said before stays.
    let again = inspect(&service, "P1", "{\"condition\":\"usable\"}");
    let again: Value = serde_json::from_slice(&again.body).unwrap();
    assert_eq!(
        (
            &again["properties"]["note"],
            &again["properties"]["condition"]
        ),
        (&json!("split"), &json!("usable"))
    );
    let audit = change(&service, ("GET", &of_town("/audit")), "", &[]).json();
    let after: Vec<&Value> = audit["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["after"]["inspected_on"])
        .collect();
    assert_eq!(after, [&today, &today]);
}

#[test]
fn an_inspection_that_makes_no_sense_is_refused_and_so_is_a_stranger() {
    let (_town, service) = town();
    inspect(&service, "P1", "{\"condition\":\"fine\"}").refused(
        400,
        "bad-parameter",
        &["condition", "usable"],
    );
    inspect(&service, "P1", "{}").refused(400, "bad-body", &["condition"]);
    inspect(
        &service,
        "P1",
        "{\"condition\":\"usable\",\"inspected_on\":\"2026-01-01\"}",
    )
    .refused(400, "bad-body", &[]);
    inspect(&service, "P1", "{\"condition\":\"usable\",\"note\":\" \"}").refused(
        400,
        "bad-parameter",
        &["note"],
    );
    inspect(&service, "P9", "{\"condition\":\"usable\"}").refused(
        404,
        "unknown-equipment",
        &["P9"],
    );
    let address = of_town("/equipment/P1/inspections");
    let stranger = Request::post(&address).body(Body::from("{")).unwrap();
    sent(&router(&service), stranger).refused(401, "not-signed-in", &[]);
    let seen = get(&service, &of_town("/equipment/P1"));
    let seen = [("if-match", seen.header("etag"))];
    let usable = "{\"condition\":\"damaged\"}";
    assert_eq!(
        change(&service, ("POST", &address), usable, &seen).status,
        201
    );
    let late = change(
        &service,
        ("POST", &address),
        "{\"condition\":\"usable\"}",
        &seen,
    );
    late.refused(412, "changed-meanwhile", &[]);
}
