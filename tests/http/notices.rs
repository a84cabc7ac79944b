//! Notices over HTTP: written by planners, read by everybody while they are in force, and as messages for other programs.

use std::path::Path;

use serde_json::Value;
use serde_json::json;
use zhugan::app::clock;
use zhugan::http::service::Service;
use zhugan::model::account::Role;
use zhugan::model::moment::Moment;

use crate::commands::canal;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::cap_schema::checked;
use crate::http::cap_schema::elements;
use crate::http::cap_schema::of;
use crate::http::cap_schema::ring;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::of_town;
use crate::http::people::asked;
use crate::http::people::joined;

const MINUTE_MS: i64 = 60_000;

pub fn town() -> (Folder, Service) {
    let town = canal();
    let service = kept(&[town.path()]);
    (town, service)
}

/// So many minutes from now.
pub fn minutes(from_now: i64) -> String {
    let ms = clock::now().ms + from_now * MINUTE_MS;
    clock::text(Moment { ms })
}

/// A notice from so many minutes from now until so many.
pub fn notice(from: i64, until: i64) -> Value {
    json!({
        "kind": "thin_ice", "severity": "severe",
        "zh": {"title": "别上冰", "text": "冰很薄。"},
        "en": {"title": "Keep off the ice", "text": "It is thin."},
        "from": minutes(from), "until": minutes(until)
    })
}

pub fn write(service: &Service, notice: &Value) -> Answer {
    let address = of_town("/notices");
    change(service, ("POST", &address), &notice.to_string(), &[])
}

pub fn written(service: &Service, notice: &Value) -> Value {
    let answer = write(service, notice);
    assert_eq!(answer.status, 201, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn in_force(service: &Service) -> Vec<i64> {
    let all = get(service, &of_town("/notices")).json();
    let notices = all["notices"].as_array().unwrap().iter();
    notices
        .map(|notice| notice["id"].as_i64().unwrap())
        .collect()
}

fn one(id: &Value) -> String {
    of_town(&format!("/notices/{id}"))
}

pub fn cap(service: &Service, id: &Value) -> Answer {
    get(service, &format!("{}/cap", one(id)))
}

#[test]
fn everybody_reads_what_is_in_force_now_and_nothing_else() {
    let (_town, service) = town();
    let now = written(&service, &notice(-1, 60));
    let coming = written(&service, &notice(30, 60));
    let withdrawn = written(&service, &notice(-1, 50));
    let gone = change(&service, ("DELETE", &one(&withdrawn["id"])), "", &[]);
    assert_eq!(gone.status, 204);
    let states = [&now, &coming, &withdrawn].map(|notice| notice["state"].clone());
    assert_eq!(states, ["in_force", "coming", "in_force"]);

    let all = get(&service, &of_town("/notices")).json();
    assert_eq!(in_force(&service), [now["id"].as_i64().unwrap()]);
    assert_eq!(all["notices"][0], now);
    assert_eq!(all["changes_at"], coming["from"], "then there will be two");

    let everything = of_town("/notices?all=true");
    get(&service, &everything).refused(401, "not-signed-in", &["sign in"]);
    let volunteer = joined(&service, "wang", (Role::Volunteer, Some("canal-town")));
    let headers = [("cookie", volunteer.as_str())];
    let answer = asked(&service, ("GET", &everything), &Value::Null, &headers);
    answer.refused(403, "not-allowed", &["planner"]);
    let answer = change(&service, ("GET", &everything), "", &[]).json();
    let states = answer["notices"].as_array().unwrap().iter();
    let states: Vec<&Value> = states.map(|notice| &notice["state"]).collect();
    assert_eq!(states, ["withdrawn", "coming", "in_force"]);
    let page = change(
        &service,
        ("GET", &of_town("/notices?all=true&limit=2")),
        "",
        &[],
    )
    .json();
    let next = page["next"].as_str().unwrap();
    let rest = change(&service, ("GET", next), "", &[]).json();
    assert_eq!(rest["notices"], json!([now]));
}

#[test]
fn a_notice_is_changed_only_by_whoever_has_seen_it_as_it_is() {
    let (_town, service) = town();
    let before = written(&service, &notice(-1, 60));
    let seen = before["etag"].as_str().unwrap().to_owned();
    let address = one(&before["id"]);
    let body = r#"{"severity":"extreme","en":null}"#;
    let edited = change(&service, ("PATCH", &address), body, &[("if-match", &seen)]).json();
    assert_eq!(edited["severity"], "extreme");
    assert_eq!(edited["en"], Value::Null);
    assert_eq!(edited["zh"], before["zh"]);
    assert_ne!(edited["etag"], before["etag"]);
    for method in ["PATCH", "DELETE"] {
        let answer = change(&service, (method, &address), body, &[("if-match", &seen)]);
        answer.refused(412, "changed-meanwhile", &["read it again"]);
    }
    let silent = change(&service, ("PATCH", &address), r#"{"zh":null}"#, &[]);
    silent.refused(400, "bad-notice", &["says nothing"]);
    let same = change(
        &service,
        ("PATCH", &address),
        r#"{"severity":"extreme"}"#,
        &[],
    )
    .json();
    assert_eq!(same["etag"], edited["etag"], "nothing has changed");
    let log = change(&service, ("GET", &of_town("/audit")), "", &[]).json();
    let entries = log["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(
        (&entries[0]["thing"], &entries[0]["after"]["severity"]),
        (&json!("notice"), &json!("extreme"))
    );
}

#[test]
fn what_makes_no_sense_is_refused_with_the_mend() {
    let (_town, service) = town();
    let refused = |change: Value, kind: &str, words: &[&str]| {
        let mut notice = notice(-1, 60);
        for (name, value) in change.as_object().unwrap() {
            notice[name] = value.clone();
        }
        let answer = write(&service, &notice);
        let status = if kind.starts_with("unknown") {
            404
        } else {
            400
        };
        answer.refused(status, kind, words);
    };
    refused(
        json!({"zh": null, "en": null}),
        "bad-body",
        &["says nothing"],
    );
    refused(
        json!({"until": minutes(-2)}),
        "bad-body",
        &["ends before it begins"],
    );
    refused(
        json!({"from": minutes(-9), "until": minutes(-2)}),
        "bad-notice",
        &["is over already"],
    );
    refused(
        json!({"until": minutes(30 * 24 * 60)}),
        "bad-body",
        &["more than 30 days"],
    );
    let next_year = json!({"from": minutes(367 * 24 * 60), "until": minutes(368 * 24 * 60)});
    refused(next_year, "bad-notice", &["more than a year ahead"]);
    refused(
        json!({"until": "2026-07-04 08:00"}),
        "bad-parameter",
        &["until", "with its offset"],
    );
    refused(
        json!({"villages": ["nowhere"]}),
        "unknown-village",
        &["nowhere"],
    );
    refused(
        json!({"water_bodies": ["dry"]}),
        "unknown-water-body",
        &["dry"],
    );
    refused(
        json!({"villages": ["330681", "330681"]}),
        "bad-body",
        &["twice"],
    );
    refused(
        json!({"zh": {"title": "", "text": "x"}}),
        "bad-parameter",
        &["title of zh", "empty"],
    );
    refused(
        json!({"en": {"title": "x", "text": "y".repeat(2_001)}}),
        "bad-parameter",
        &["text of en"],
    );
    refused(json!({"kind": "fire"}), "bad-body", &["cannot be read"]);
    assert_eq!(in_force(&service), [0_i64; 0]);
}

#[test]
fn nobody_reads_more_than_fifty() {
    let (_town, service) = town();
    let mut first = Value::Null;
    for _ in 0..50 {
        first = written(&service, &notice(-1, 60));
    }
    let answer = write(&service, &notice(-1, 60));
    answer.refused(409, "too-many-notices", &["withdraw some"]);
    change(&service, ("DELETE", &one(&first["id"])), "", &[]);
    assert_eq!(write(&service, &notice(-1, 60)).status, 201);
}

#[test]
fn a_notice_is_a_message_of_the_common_alerting_protocol() {
    let (_town, service) = town();
    let mut asked = notice(-1, 60);
    asked["villages"] = json!(["330681"]);
    let id = written(&service, &asked)["id"].clone();
    let answer = cap(&service, &id);
    assert_eq!(answer.header("content-type"), "application/cap+xml");
    let first = checked(&answer.text());
    assert_eq!(of(&first, "msgType"), ["Alert"]);
    assert_eq!(of(&first, "references"), [""; 0]);
    assert_eq!(of(&first, "language"), ["zh-CN", "en"]);
    assert_eq!(of(&first, "event"), ["薄冰", "Thin ice"]);
    assert_eq!(of(&first, "headline"), ["别上冰", "Keep off the ice"]);
    assert_eq!(of(&first, "severity"), ["Severe"; 2]);
    assert_eq!(of(&first, "urgency"), ["Immediate"; 2]);
    assert_eq!(of(&first, "areaDesc"), ["West"; 2]);
    // The village is the western half of the town, 300 m wide.
    let corners = ring(of(&first, "polygon")[0]).unwrap();
    assert_eq!(corners.len(), 5);
    let lons = corners.iter().map(|[_, lon]| *lon);
    let width = lons.clone().fold(f64::MIN, f64::max) - lons.fold(f64::MAX, f64::min);
    assert!((0.002..0.005).contains(&width), "{width}");

    change(
        &service,
        ("PATCH", &one(&id)),
        r#"{"severity":"minor"}"#,
        &[],
    )
    .json();
    let second = checked(&cap(&service, &id).text());
    let message = |all: &[(String, String)]| {
        let [sender, name, sent] =
            ["sender", "identifier", "sent"].map(|name| of(all, name)[0].to_owned());
        format!("{sender},{name},{sent}")
    };
    assert_eq!(of(&second, "msgType"), ["Update"]);
    assert_eq!(of(&second, "references"), [message(&first)]);

    change(&service, ("DELETE", &one(&id)), "", &[]);
    let third = checked(&cap(&service, &id).text());
    assert_eq!(of(&third, "msgType"), ["Cancel"]);
    let both = format!("{} {}", message(&first), message(&second));
    assert_eq!(of(&third, "references"), [both]);
    let again = change(&service, ("DELETE", &one(&id)), "", &[]);
    again.refused(409, "notice-withdrawn", &["write another"]);
}

#[test]
fn a_notice_that_has_not_begun_is_no_message_yet() {
    let (_town, service) = town();
    let coming = written(&service, &notice(30, 60));
    cap(&service, &coming["id"]).refused(404, "unknown-notice", &[]);
    cap(&service, &json!(999)).refused(404, "unknown-notice", &["999"]);
    let feed = get(&service, &of_town("/notices/feed")).text();
    assert!(!feed.contains("<entry>"), "{feed}");
}

#[test]
fn the_feed_leads_to_every_message() {
    let (_town, service) = town();
    let kept = written(&service, &notice(-1, 60));
    let gone = written(&service, &notice(-1, 50));
    change(&service, ("DELETE", &one(&gone["id"])), "", &[]);
    let feed = get(&service, &of_town("/notices/feed"));
    assert_eq!(feed.header("content-type"), "application/atom+xml");
    let text = feed.text();
    let all = elements(&text);
    assert_eq!(of(&all, "title")[1..], ["别上冰 · Keep off the ice"; 2]);
    let ids = of(&all, "id");
    assert!(
        ids.iter()
            .all(|id| id.starts_with("urn:uuid:") && id.len() == 45),
        "{ids:?}"
    );
    assert!(ids[0] != ids[1] && ids[1] != ids[2], "{ids:?}");
    for notice in [kept, gone] {
        let address = notice["cap"].as_str().unwrap();
        assert!(text.contains(&format!("href=\"{address}\"")), "{text}");
        checked(&get(&service, address).text());
    }
    let nowhere = get(&service, "/api/v1/regions/atlantis/notices/feed");
    nowhere.refused(404, "unknown-region", &["atlantis"]);
}

#[test]
fn a_script_in_a_notice_is_only_text() {
    let (_town, service) = town();
    let bad = "<script>alert('1')</script> & \"]]>";
    let mut asked = notice(-1, 60);
    asked["zh"] = json!({"title": bad, "text": bad});
    let made = written(&service, &asked);
    let message = cap(&service, &made["id"]);
    assert_eq!(message.header("x-content-type-options"), "nosniff");
    let feed = get(&service, &of_town("/notices/feed"));
    for text in [message.text(), feed.text()] {
        assert!(!text.contains("<script"), "{text}");
    }
    assert_eq!(of(&checked(&message.text()), "headline")[0], bad);
    assert_eq!(
        get(&service, &of_town("/notices")).json()["notices"][0]["zh"]["title"],
        bad
    );
}

#[test]
fn every_village_and_water_of_a_town_has_an_outline_of_few_corners() {
    let service = kept(&[&Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/shuixiang")]);
    let rows = |by: &str| -> Vec<Value> {
        let address = format!("/api/v1/regions/shuixiang/coverage?by={by}");
        let answer = get(&service, &address).json();
        let rows = answer["rows"].as_array().unwrap().iter();
        rows.map(|row| row["id"].clone()).take(100).collect()
    };
    let mut asked = notice(-1, 60);
    asked["villages"] = json!(rows("village"));
    asked["water_bodies"] = json!(rows("water_body"));
    let n_places = ["villages", "water_bodies"].map(|list| asked[list].as_array().unwrap().len());
    assert!(n_places.iter().all(|n| 10 < *n), "{n_places:?}");
    let address = "/api/v1/regions/shuixiang/notices";
    let made = change(&service, ("POST", address), &asked.to_string(), &[]);
    assert_eq!(made.status, 201, "{}", made.text());
    let message = get(&service, made.header("location")).text();
    let all = checked(&message);
    assert_eq!(
        of(&all, "areaDesc").len(),
        2 * n_places.iter().sum::<usize>()
    );
    let [west, south, east, north] = [122.9, 29.7, 123.1, 29.9];
    for polygon in of(&all, "polygon") {
        for [lat, lon] in ring(polygon).unwrap() {
            let is_there = (south..north).contains(&lat) && (west..east).contains(&lon);
            assert!(is_there, "{lat},{lon}");
        }
    }
}

#[test]
fn a_notice_is_taken_along_on_every_volunteers_phone_while_it_is_in_force() {
    let (_town, service) = town();
    let cookie = joined(&service, "wang", (Role::Volunteer, Some("canal-town")));
    let told = || {
        let address = of_town("/duty");
        let pack = asked(
            &service,
            ("GET", &address),
            &Value::Null,
            &[("cookie", &cookie)],
        );
        pack.json()["notices"].clone()
    };
    assert_eq!(told(), json!([]));
    let now = written(&service, &notice(-5, 60));
    written(&service, &notice(30, 60));
    let notices = told();
    assert_eq!(notices.as_array().unwrap().len(), 1, "{notices}");
    assert_eq!(notices[0]["id"], now["id"]);
    assert_eq!(notices[0]["zh"]["title"], "别上冰");
}
