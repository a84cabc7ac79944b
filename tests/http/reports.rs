//! Reports over HTTP: a volunteer's is heeded at once, a stranger's waits, and a planner decides.

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
use zhugan::app::reports::MOST_WAITING;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::http::routes::router;
use zhugan::http::service::Service;
use zhugan::model::report::About;
use zhugan::model::report::NewReport;
use zhugan::model::report::ReportKind;

use crate::commands::canal;
use crate::commands::place;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::patch;
use crate::http::post;

const MISSING: &str = "{\"kind\":\"missing\",\"equipment\":\"P1\",\"note\":\"gone\\nsince noon\"}";
const CONFIRMED: &str = "{\"state\":\"confirmed\"}";
const REJECTED: &str = "{\"state\":\"rejected\"}";

fn town() -> (Folder, Service) {
    let town = canal();
    let service = kept(&[town.path()]);
    (town, service)
}

fn volunteer(service: &Service, body: &str) -> Answer {
    change(service, ("POST", &of_town("/reports")), body, &[])
}

fn stranger(service: &Service, body: &str) -> Answer {
    post(service, &of_town("/reports"), body.to_owned())
}

fn made(answer: &Answer) -> Value {
    assert_eq!(answer.status, 201, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn decide(service: &Service, id: i64, decision: &str) -> Answer {
    patch(service, &of_town(&format!("/reports/{id}")), decision, &[])
}

fn reports(service: &Service, query: &str) -> Value {
    change(
        service,
        ("GET", &of_town(&format!("/reports{query}"))),
        "",
        &[],
    )
    .json()
}

fn condition(service: &Service) -> Value {
    let piece = get(service, &of_town("/equipment/P1")).json();
    piece["properties"]["condition"].clone()
}

/// Covered bank, and how many usable poles are near the one that is reported.
fn reach(service: &Service) -> (f64, usize) {
    let coverage = get(service, &of_town("/coverage?kind=pole")).json();
    let at = place(-100.0, -10.0);
    let (lon, lat) = at.split_once(',').unwrap();
    let address = format!("/api/v1/nearest?lon={lon}&lat={lat}&kind=pole");
    let nearest = get(service, &address).json();
    let n = nearest["results"].as_array().unwrap().len();
    (coverage["covered_m"].as_f64().unwrap(), n)
}

#[test]
fn a_volunteers_report_makes_the_piece_unusable_at_once_and_a_rejected_one_puts_it_back() {
    for (kind, after) in [("missing", "missing"), ("damaged", "damaged")] {
        let (_town, service) = town();
        let before = reach(&service);
        assert!(80.0 < before.0 && before.1 == 1, "{before:?}");
        let body = format!("{{\"kind\":\"{kind}\",\"equipment\":\"P1\"}}");
        let mut receipt = made(&volunteer(&service, &body));
        let right = receipt.as_object_mut().unwrap().remove("photo_right");
        assert!(right.is_some_and(|right| right.is_string()));
        assert_eq!(
            receipt,
            json!({"id": 1, "kind": kind, "state": "open", "heeded": true})
        );
        assert_eq!(condition(&service), after);
        assert_eq!(reach(&service), (0.0, 0));
        let rejected = decide(&service, 1, REJECTED).json();
        assert_eq!(rejected["state"], "rejected");
        assert_eq!(condition(&service), "usable");
        assert_eq!(reach(&service), before);
    }
}

#[test]
fn a_strangers_report_changes_nothing_until_it_is_confirmed() {
    let (_town, service) = town();
    let before = reach(&service);
    let answer = stranger(&service, MISSING);
    assert_eq!(made(&answer)["heeded"], false);
    assert_eq!(answer.header("location"), of_town("/reports/1"));
    assert_eq!(
        (condition(&service), reach(&service)),
        (json!("usable"), before)
    );
    let confirmed = decide(&service, 1, CONFIRMED).json();
    assert_eq!(confirmed["state"], "confirmed");
    assert_eq!(
        (condition(&service), reach(&service)),
        (json!("missing"), (0.0, 0))
    );
    stranger(&service, MISSING);
    patch(
        &service,
        &of_town("/equipment/P1"),
        "{\"condition\":\"usable\"}",
        &[],
    )
    .json();
    decide(&service, 2, REJECTED).json();
    assert_eq!(
        (condition(&service), reach(&service)),
        (json!("usable"), before)
    );
}

#[test]
fn a_piece_that_somebody_has_changed_since_is_not_put_back() {
    let (_town, service) = town();
    made(&volunteer(&service, MISSING));
    let note = "{\"note\":\"looked, it is there but broken\",\"condition\":\"damaged\"}";
    patch(&service, &of_town("/equipment/P1"), note, &[]).json();
    decide(&service, 1, REJECTED).json();
    assert_eq!(condition(&service), "damaged");
    // Of two that say the same, the second has changed nothing, and so has nothing to put back.
    let second = made(&volunteer(
        &service,
        "{\"kind\":\"damaged\",\"equipment\":\"P1\"}",
    ));
    assert_eq!(second["heeded"], false);
    decide(&service, 2, REJECTED).json();
    assert_eq!(condition(&service), "damaged");
    let retired = change(&service, ("DELETE", &of_town("/equipment/P2")), "", &[]);
    assert_eq!(retired.status, 204);
    volunteer(&service, "{\"kind\":\"missing\",\"equipment\":\"P2\"}").refused(
        404,
        "unknown-equipment",
        &["P2"],
    );
}

#[test]
fn a_report_is_decided_once_and_each_decision_is_in_the_log() {
    let (_town, service) = town();
    made(&volunteer(&service, MISSING));
    assert_eq!(decide(&service, 1, CONFIRMED).status, 200);
    for decision in [CONFIRMED, REJECTED] {
        decide(&service, 1, decision).refused(409, "report-decided", &["1"]);
    }
    assert_eq!(condition(&service), "missing");
    decide(&service, 2, CONFIRMED).refused(404, "unknown-report", &["2"]);
    decide(&service, 1, "{\"state\":\"open\"}").refused(400, "bad-body", &[]);
    let audit = change(&service, ("GET", &of_town("/audit")), "", &[]).json();
    let things: Vec<(&Value, &Value)> = audit["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (&entry["thing"], &entry["after"]["state"]))
        .collect();
    let expected = [
        (json!("report"), json!("confirmed")),
        (json!("report"), json!("open")),
        (json!("equipment"), Value::Null),
    ];
    assert_eq!(
        things,
        expected.each_ref().map(|(thing, state)| (thing, state))
    );
}

#[test]
fn a_planner_reads_who_reported_what_and_a_stranger_does_not() {
    let (_town, service) = town();
    made(&volunteer(&service, MISSING));
    let hazard = format!(
        "{{\"kind\":\"hazard\",\"at\":[{}],\"note\":\"路灯不亮\"}}",
        place(50.0, 8.0)
    );
    made(&stranger(&service, &hazard));
    let open = reports(&service, "?state=open");
    let [late, early] = &open["reports"].as_array().unwrap()[..] else {
        panic!("{open}")
    };
    assert_eq!(
        (
            &early["kind"],
            &early["equipment"],
            &early["note"],
            &early["reporter"],
            &early["at"]
        ),
        (
            &json!("missing"),
            &json!("P1"),
            &json!("gone\nsince noon"),
            &json!("keeper"),
            &Value::Null
        )
    );
    assert_eq!(
        (
            &late["kind"],
            &late["equipment"],
            &late["note"],
            &late["reporter"]
        ),
        (
            &json!("hazard"),
            &Value::Null,
            &json!("路灯不亮"),
            &Value::Null
        )
    );
    assert!(late["at"][0].as_f64().unwrap() > 120.4);
    decide(&service, 2, CONFIRMED).json();
    assert_eq!(reports(&service, "?state=open")["reports"], json!([early]));
    let mut next = Some(of_town("/reports?limit=1"));
    let mut ids = Vec::new();
    while let Some(address) = next.filter(|_| ids.len() < 9) {
        let page = change(&service, ("GET", &address), "", &[]).json();
        let all = page["reports"].as_array().unwrap().iter();
        ids.extend(all.map(|report| report["id"].clone()));
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(ids, [2, 1]);
    for address in ["/reports", "/reports/1"] {
        get(&service, &of_town(address)).refused(401, "not-signed-in", &[]);
    }
    let shifted = change(
        &service,
        ("GET", &of_town("/reports/2?datum=gcj02")),
        "",
        &[],
    )
    .json();
    assert_ne!(shifted["at"], late["at"]);
}

#[test]
fn whoever_reports_a_piece_does_not_leave_behind_where_they_stand() {
    let (_town, service) = town();
    let body = format!(
        "{{\"kind\":\"missing\",\"equipment\":\"P1\",\"at\":[{}]}}",
        place(50.0, 8.0)
    );
    made(&stranger(&service, &body));
    assert_eq!(reports(&service, "")["reports"][0]["at"], Value::Null);
}

#[test]
fn strangers_of_one_address_report_a_few_times_and_then_wait() {
    let (_town, service) = town();
    for _ in 0..5 {
        made(&stranger(&service, MISSING));
    }
    let refused = stranger(&service, MISSING);
    refused.refused(429, "too-many-reports", &["send it again in"]);
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=600).contains(&wait), "{wait}");
    made(&volunteer(&service, MISSING));
    assert_eq!(
        reports(&service, "")["reports"].as_array().unwrap().len(),
        6
    );
}

#[test]
fn no_more_reports_of_strangers_wait_than_somebody_can_look_into() {
    let (_town, service) = town();
    let regions = service.regions();
    let what = NewReport {
        kind: ReportKind::Hazard,
        about: About::Place(LonLat::new(120.4, 29.8).unwrap()),
        note: None,
        reporter: None,
    };
    for _ in 0..MOST_WAITING {
        regions.report("canal-town", &what).unwrap();
    }
    let refused = stranger(&service, MISSING);
    refused.refused(503, "reports-wait", &["telephone"]);
    made(&volunteer(&service, MISSING));
    decide(&service, 1, REJECTED).json();
    made(&stranger(&service, MISSING));
}

#[test]
fn a_report_that_makes_no_sense_is_refused_and_leaves_no_trace() {
    let (_town, service) = town();
    let long = format!(
        "{{\"kind\":\"missing\",\"equipment\":\"P1\",\"note\":\"{}\"}}",
        "水".repeat(2_001)
    );
    for (body, status, kind) in [
        ("{\"kind\":\"missing\"}", 400, "bad-parameter"),
        (
            "{\"kind\":\"damaged\",\"at\":[120.4,29.8]}",
            400,
            "bad-parameter",
        ),
        ("{\"kind\":\"hazard\"}", 400, "bad-parameter"),
        (
            "{\"kind\":\"hazard\",\"at\":[400,29.8]}",
            400,
            "bad-parameter",
        ),
        (
            "{\"kind\":\"hazard\",\"at\":[9.5,47.1]}",
            400,
            "outside-region",
        ),
        (
            "{\"kind\":\"stolen\",\"equipment\":\"P1\"}",
            400,
            "bad-body",
        ),
        (
            "{\"kind\":\"missing\",\"equipment\":\"P1\",\"reporter\":\"wang\"}",
            400,
            "bad-body",
        ),
        (
            "{\"kind\":\"missing\",\"equipment\":\"P9\"}",
            404,
            "unknown-equipment",
        ),
        (&long, 400, "bad-parameter"),
    ] {
        volunteer(&service, body).refused(status, kind, &[]);
    }
    assert_eq!(reports(&service, "")["reports"], json!([]));
    let elsewhere = "/api/v1/regions/atlantis/reports";
    change(&service, ("POST", elsewhere), MISSING, &[]).refused(404, "unknown-region", &[]);
}

#[test]
fn reports_outlive_the_program_and_can_still_be_rejected() {
    let (town, data) = (canal(), Folder::new(&[]));
    let service = kept_in(&data, &[town.path()]);
    made(&volunteer(&service, MISSING));
    drop(service);
    let service = kept_in(&data, &[town.path()]);
    assert_eq!(condition(&service), "missing");
    decide(&service, 1, REJECTED).json();
    assert_eq!(condition(&service), "usable");
    drop(service);
    let report = keeping::check(data.path()).unwrap();
    assert_eq!((report.reports, report.faults), (1, Vec::<String>::new()));
}

#[test]
fn a_page_that_listens_is_told_of_a_report_and_of_nobody() {
    let (_town, service) = town();
    let runtime = Runtime::new().unwrap();
    let listen = Request::get(of_town("/events"));
    let listen = listen.body(Body::empty()).unwrap();
    let response = runtime.block_on(router(&service).oneshot(listen)).unwrap();
    made(&volunteer(&service, MISSING));
    let mut told = response.into_body().into_data_stream();
    let text = runtime.block_on(async {
        let mut text = String::new();
        while !text.contains("event: report") {
            let chunk = timeout(Duration::from_secs(5), told.next()).await.unwrap();
            text += std::str::from_utf8(&chunk.unwrap().unwrap()).unwrap();
        }
        text
    });
    assert!(text.contains("event: equipment"), "{text}");
    let (_, data) = text.split_once("event: report\ndata: ").unwrap();
    let data: Value = serde_json::from_str(data.lines().next().unwrap()).unwrap();
    let version = get(&service, &of_town("")).json()["version"].clone();
    let expected = json!({"region": "canal-town", "version": version, "id": 1, "kind": "missing", "state": "open"});
    assert_eq!(data, expected);
}
