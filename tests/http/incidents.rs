//! Incidents over HTTP: who is proposed, what is recorded, the month by village, and that strangers see none of it.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use serde_json::Value;
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tower::ServiceExt;
use zhugan::http::routes::router;
use zhugan::http::service::Service;

use crate::commands::place;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::TOKEN;
use crate::http::of_town;
use crate::http::responders::Row;
use crate::http::responders::by;
use crate::http::responders::coming;
use crate::http::responders::town;
use crate::http::sent;

const PEOPLE: [Row; 5] = [
    ("S1", "police", (0.0, -60.0), "car", "00:00,24:00", ""),
    ("V1", "volunteer", (-60.0, -20.0), "foot", "00:00,24:00", ""),
    (
        "V2",
        "volunteer",
        (-100.0, 30.0),
        "ebike",
        "00:00,24:00",
        "",
    ),
    (
        "V3",
        "volunteer",
        (-140.0, -40.0),
        "foot",
        "00:00,24:00",
        "",
    ),
    ("V4", "volunteer", (-101.0, -8.0), "foot", "08:00,08:00", ""),
];

/// In the canal, nearer to its southern bank.
const IN_THE_WATER: (f64, f64) = (-90.0, -1.0);

fn at((east, north): (f64, f64)) -> Value {
    let there = place(east, north);
    let numbers = there.split(',').map(|text| text.parse::<f64>().unwrap());
    json!(numbers.collect::<Vec<_>>())
}

fn written(service: &Service, method: &str, address: &str, body: &Value) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(address)
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {TOKEN}"));
    let body = Body::from(body.to_string());
    sent(&router(service), request.body(body).unwrap())
}

fn opened(service: &Service, body: &Value) -> (String, Value) {
    let answer = written(service, "POST", &of_town("/incidents"), body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let address = answer.header("location").to_owned();
    (address, serde_json::from_slice(&answer.body).unwrap())
}

fn drowning(service: &Service) -> (String, Value) {
    let call = json!({"kind": "drowning", "at": at(IN_THE_WATER), "note": "a child"});
    opened(service, &call)
}

fn read(service: &Service, address: &str) -> Value {
    by(TOKEN, service, address).json()
}

#[test]
fn one_goes_straight_and_another_fetches_so_that_both_are_early_and_the_first_station_is_called() {
    let (_town, service) = town(&PEOPLE);
    let (_, answer) = drowning(&service);
    let proposal = &answer["proposal"];
    let role = |name: &str| {
        (
            proposal[name]["id"].clone(),
            proposal[name]["arrival_s"].as_f64(),
        )
    };
    let ((straight, first), (fetch, second)) = (role("straight"), role("fetch"));
    assert_ne!(straight, fetch, "nobody has two roles");
    assert_eq!(proposal["station"]["id"], "S1");
    assert_eq!(proposal["fetch"]["fetches"]["id"], "P1");
    // Every pair of whoever could go straight and whoever could fetch, on either bank.
    let list = |more: &str| coming(&service, IN_THE_WATER, more)["results"].clone();
    let people = |all: Value| -> Vec<(Value, f64)> {
        let all = all.as_array().unwrap().iter();
        let people = all.filter(|one| one["kind"] == "volunteer");
        people
            .map(|one| (one["id"].clone(), one["arrival_s"].as_f64().unwrap()))
            .collect()
    };
    let (straights, fetchers) = (people(list("&limit=9")), people(list("&limit=9&via=fetch")));
    assert!(
        straights.len() >= 6 && fetchers.len() >= 6,
        "three people, two banks: {straights:?} {fetchers:?}"
    );
    let sums = straights.iter().flat_map(|(one, soon)| {
        let others = fetchers.iter().filter(move |(other, _)| other != one);
        others.map(move |(_, later)| soon + later)
    });
    let least = sums.min_by(f64::total_cmp).unwrap();
    assert!(
        (first.unwrap() + second.unwrap() - least).abs() < 0.11,
        "{proposal}"
    );
    assert!(
        straights.iter().chain(&fetchers).all(|(id, _)| id != "V4"),
        "never on duty"
    );
    let sooner = first.unwrap().min(second.unwrap());
    assert_eq!(proposal["first_arrival_s"], sooner);
    assert_eq!(proposal["in_time"], true);
}

#[test]
fn whoever_is_alone_fetches_and_where_nobody_is_on_duty_the_call_is_kept_all_the_same() {
    let (_town, service) = town(&PEOPLE[1..2]);
    let (_, answer) = drowning(&service);
    assert_eq!(answer["proposal"]["fetch"]["id"], "V1");
    assert_eq!(answer["proposal"]["straight"], Value::Null);
    let missing = json!({"kind": "missing_person", "at": at((-90.0, -20.0))});
    let (_, answer) = opened(&service, &missing);
    assert_eq!(
        answer["proposal"]["straight"]["id"], "V1",
        "nothing is fetched on land"
    );
    assert_eq!(answer["proposal"]["fetch"], Value::Null);

    let (_town, service) = town(&PEOPLE[4..]);
    let (address, answer) = drowning(&service);
    for name in ["straight", "fetch", "station", "first_arrival_s", "in_time"] {
        assert_eq!(answer["proposal"][name], Value::Null, "{name}");
    }
    assert_eq!(read(&service, &address)["incident"]["state"], "open");
}

#[test]
fn what_was_sent_and_when_it_arrived_is_recorded_until_the_incident_is_closed() {
    let (_town, service) = town(&PEOPLE);
    let call = json!({"kind": "drowning", "at": at(IN_THE_WATER), "send": true});
    let (address, answer) = opened(&service, &call);
    let sent = answer["incident"]["sent"].as_array().unwrap();
    let roles: Vec<&Value> = sent.iter().map(|one| &one["role"]).collect();
    assert_eq!(roles, ["straight", "fetch", "station"]);
    for (one, name) in sent.iter().zip(["straight", "fetch", "station"]) {
        let proposed = &answer["proposal"][name];
        assert_eq!(one["responder"], proposed["id"]);
        assert_eq!(one["expected_s"], proposed["arrival_s"]);
        assert_eq!(one["arrived_at"], Value::Null);
    }
    let more = json!({"role": "fetch", "responder": "V3", "equipment": "P1", "expected_s": 90});
    let answer = written(&service, "POST", &format!("{address}/sendings"), &more);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let arrival = answer.header("location").to_owned();
    let arrived = written(&service, "PATCH", &arrival, &json!({})).json();
    assert!(arrived["arrived_at"].is_string(), "{arrived}");
    let now = read(&service, &address);
    assert_eq!(now["incident"]["sent"].as_array().unwrap().len(), 4);
    assert!(now["incident"]["first_arrival_s"].as_f64().unwrap() < 60.0);
    assert_eq!(now["incident"]["in_time"], true);
    assert!(now["proposal"]["station"].is_object(), "it goes on");

    let closed = json!({"state": "closed"});
    let after = written(&service, "PATCH", &address, &closed).json();
    assert_eq!(after["state"], "closed");
    written(&service, "PATCH", &address, &closed).refused(409, "incident-closed", &[]);
    written(&service, "POST", &format!("{address}/sendings"), &more).refused(
        409,
        "incident-closed",
        &[],
    );
    assert_eq!(read(&service, &address)["proposal"], Value::Null);
}

#[test]
fn incidents_are_listed_the_latest_first_page_by_page() {
    let (_town, service) = town(&PEOPLE);
    let addresses: Vec<String> = (0..5).map(|_| drowning(&service).0).collect();
    written(
        &service,
        "PATCH",
        &addresses[2],
        &json!({"state": "closed"}),
    )
    .json();
    let ids = |page: &Value| -> Vec<i64> {
        let incidents = page["incidents"].as_array().unwrap().iter();
        incidents.map(|one| one["id"].as_i64().unwrap()).collect()
    };
    let mut all = Vec::new();
    let mut next = Some(of_town("/incidents?limit=2"));
    for _ in 0..5 {
        let Some(address) = next else { break };
        let page = read(&service, &address);
        all.extend(ids(&page));
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(next, None);
    assert_eq!(all, [5, 4, 3, 2, 1]);
    assert_eq!(
        ids(&read(&service, &of_town("/incidents?state=closed"))),
        [3]
    );
    assert_eq!(
        ids(&read(&service, &of_town("/incidents?state=open"))),
        [5, 4, 2, 1]
    );
}

#[test]
fn a_month_tells_by_village_how_many_there_were_and_how_many_were_reached_in_time() {
    let (_town, service) = town(&PEOPLE);
    // West of the center there is a village; east of it there is none.
    let (west, east) = (IN_THE_WATER, (90.0, -20.0));
    let mut month = String::new();
    for (there, late) in [
        (west, Some(60)),
        (west, Some(600)),
        (west, None),
        (east, Some(300)),
    ] {
        let call = json!({"kind": "drowning", "at": at(there), "send": true});
        let (address, answer) = opened(&service, &call);
        let opened_at = answer["incident"]["opened_at"].as_str().unwrap();
        opened_at[..7].clone_into(&mut month);
        let sending = format!("{address}/sendings/{}", answer["incident"]["sent"][0]["id"]);
        if let Some(seconds) = late {
            let opened_at: jiff::Timestamp = opened_at.parse().unwrap();
            let arrived = opened_at + jiff::SignedDuration::from_secs(seconds);
            let body = json!({"arrived_at": arrived.to_string()});
            written(&service, "PATCH", &sending, &body).json();
        }
    }
    let summary = read(
        &service,
        &of_town(&format!("/incidents/summary?month={month}")),
    );
    assert_eq!(summary["standard_s"], 300.0);
    let counts = |figures: &Value| -> Vec<Value> {
        let names = ["incidents", "arrived", "in_time"];
        names.iter().map(|name| figures[name].clone()).collect()
    };
    assert_eq!(counts(&summary["total"]), [4, 3, 2]);
    let [west, none] = &summary["villages"].as_array().unwrap()[..] else {
        panic!("{summary}");
    };
    assert_eq!(
        (&west["village"], &west["name"]),
        (&json!("330681"), &json!("West"))
    );
    assert_eq!(counts(west), [3, 2, 1]);
    assert_eq!(none["village"], Value::Null);
    assert_eq!(counts(none), [1, 1, 1]);
    let before = read(&service, &of_town("/incidents/summary?month=2020-02"));
    assert_eq!(counts(&before["total"]), [0, 0, 0]);
    assert_eq!(before["total"]["median_first_arrival_s"], Value::Null);
    for wrong in ["", "?month=2026-13", "?month=26-1", "?month=2026-11-01"] {
        by(
            TOKEN,
            &service,
            &of_town(&format!("/incidents/summary{wrong}")),
        )
        .refused(400, "bad-parameter", &["2026-11"]);
    }
}

#[test]
fn a_call_that_makes_no_sense_is_refused_with_what_would() {
    let (_town, service) = town(&PEOPLE);
    let (address, _) = drowning(&service);
    let here = at(IN_THE_WATER);
    for (body, status, kind, words) in [
        (
            json!({"kind": "fire", "at": here}),
            400,
            "bad-body",
            "drowning",
        ),
        (json!({"kind": "drowning"}), 400, "bad-body", "at"),
        (
            json!({"kind": "drowning", "at": [120.4, 95.0]}),
            400,
            "bad-parameter",
            "latitude",
        ),
        (
            json!({"kind": "drowning", "at": [9.5, 40.1]}),
            404,
            "no-region",
            "no region",
        ),
        (
            json!({"kind": "drowning", "at": here, "note": "x".repeat(2_001)}),
            400,
            "bad-parameter",
            "at most 2000",
        ),
        (
            json!({"kind": "drowning", "at": here, "who": "me"}),
            400,
            "bad-body",
            "who",
        ),
    ] {
        let answer = written(&service, "POST", &of_town("/incidents"), &body);
        answer.refused(status, kind, &[words]);
    }
    let sendings = format!("{address}/sendings");
    for (body, status, kind, words) in [
        (
            json!({"role": "fetch", "responder": "V1"}),
            400,
            "bad-parameter",
            "equipment",
        ),
        (
            json!({"role": "straight", "responder": "V9"}),
            404,
            "unknown-responder",
            "V9",
        ),
        (
            json!({"role": "fetch", "equipment": "P9"}),
            404,
            "unknown-equipment",
            "P9",
        ),
        (
            json!({"role": "station", "responder": "S1", "expected_s": -1}),
            400,
            "bad-parameter",
            "86400",
        ),
    ] {
        written(&service, "POST", &sendings, &body).refused(status, kind, &[words]);
    }
    written(&service, "PATCH", &format!("{sendings}/99"), &json!({})).refused(
        404,
        "unknown-sending",
        &[],
    );
    written(
        &service,
        "PATCH",
        &of_town("/incidents/99"),
        &json!({"state": "closed"}),
    )
    .refused(404, "unknown-incident", &["99"]);
    let none = written(
        &service,
        "PATCH",
        &format!("{sendings}/1"),
        &json!({"arrived_at": "soon"}),
    );
    none.refused(400, "bad-parameter", &["offset"]);
}

#[test]
fn strangers_neither_open_nor_see_incidents() {
    let (_town, service) = town(&PEOPLE);
    let (address, _) = drowning(&service);
    for (method, address) in [
        ("GET", of_town("/incidents")),
        ("GET", of_town("/incidents/summary?month=2026-11")),
        ("GET", address.clone()),
        ("POST", of_town("/incidents")),
        ("PATCH", address.clone()),
        ("POST", format!("{address}/sendings")),
        ("PATCH", format!("{address}/sendings/1")),
    ] {
        let request = Request::builder().method(method).uri(&address);
        let request = request.body(Body::empty()).unwrap();
        sent(&router(&service), request).refused(401, "not-signed-in", &[]);
    }
}

#[test]
fn whoever_listens_is_told_of_every_incident_but_not_what_it_is() {
    let (town, service): (Folder, Service) = town(&PEOPLE);
    let told = Runtime::new().unwrap().block_on(async {
        let listen = Request::get(of_town("/events"))
            .body(Body::empty())
            .unwrap();
        let stream = router(&service).oneshot(listen).await.unwrap();
        let mut chunks = stream.into_body().into_data_stream();
        let call = json!({"kind": "drowning", "at": at(IN_THE_WATER), "note": "a child"});
        let open = Request::post(of_town("/incidents"))
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {TOKEN}"))
            .body(Body::from(call.to_string()))
            .unwrap();
        router(&service).oneshot(open).await.unwrap();
        let chunk = timeout(Duration::from_secs(5), chunks.next()).await;
        chunk.unwrap().unwrap().unwrap()
    });
    let told = String::from_utf8_lossy(&told);
    assert!(told.contains("event: incidents"), "{told}");
    assert!(!told.contains("child") && !told.contains("120.3"), "{told}");
    drop(town);
}
