//! Where the next pieces go, over HTTP: a search begins, has an answer at once, and its places cover what it claims.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use serde_json::json;
use tokio::runtime::Runtime;
use zhugan::http::routes::router;
use zhugan::http::service::Service;

use crate::commands::canal;
use crate::commands::place;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::TOKEN;
use crate::http::answer;
use crate::http::answers::about;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::of_town;
use crate::http::post;
use crate::http::sample;

/// So often a search is asked whether it is done.
pub(super) const MOST_LOOKS: usize = 600;

pub(super) fn town() -> (Folder, Service) {
    let town = canal();
    let service = kept(&[town.path()]);
    (town, service)
}

pub(super) async fn asked(router: &Router, method: &str, address: &str, body: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(address)
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {TOKEN}"));
    answer(router, request.body(Body::from(body.to_owned())).unwrap()).await
}

/// The search when it is done, and everything that was seen of it before.
fn searched(service: &Service, question: &Value, stops: bool) -> (Value, Vec<Value>) {
    searched_at(service, &of_town("/placement"), question, stops)
}

pub(super) fn searched_at(
    service: &Service,
    place: &str,
    question: &Value,
    stops: bool,
) -> (Value, Vec<Value>) {
    let router = router(service);
    Runtime::new().unwrap().block_on(async {
        let begun = asked(&router, "POST", place, &question.to_string()).await;
        assert_eq!(begun.status, 202, "{}", begun.text());
        let address = begun.header("location").to_owned();
        assert!(address.starts_with(&format!("{place}/")), "{address}");
        let mut seen: Vec<Value> = vec![serde_json::from_str(&begun.text()).unwrap()];
        for _ in 0..MOST_LOOKS {
            let now = asked(&router, "GET", &address, "").await.json();
            let (is_over, has_answer) = (now["state"] == "done", !now["result"].is_null());
            seen.push(now);
            if is_over {
                break;
            }
            if stops && has_answer {
                let ended = asked(&router, "DELETE", &address, "").await;
                assert_eq!(
                    (ended.status, &ended.json()["stopped"]),
                    (200, &json!(true))
                );
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let last = seen.pop().unwrap();
        assert_eq!(last["state"], "done", "{last}");
        (last, seen)
    })
}

fn changes(result: &Value) -> Value {
    let sites = result["sites"].as_array().unwrap().iter();
    let add = |site: &Value| json!({"add": {"kind": "pole", "at": site["at"]}});
    sites.map(add).collect()
}

#[test]
fn the_places_of_a_search_cover_what_it_claims_when_they_are_tried_out() {
    let (_town, service) = town();
    let (job, _) = searched(&service, &json!({"sites": 3, "limit_m": 50}), false);
    let result = &job["result"];
    assert_eq!(
        (&result["proven"], &job["stopped"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(result["sites"].as_array().unwrap().len(), 3);
    let tried = json!({"limit_m": 50, "changes": changes(result)});
    let tried = post(&service, &of_town("/scenarios/evaluate"), tried.to_string()).json();
    for (claimed, counted) in [("covered_before_m", "before"), ("covered_after_m", "after")] {
        about(
            &tried[counted]["covered_m"],
            result[claimed].as_f64().unwrap(),
            0.15,
        );
    }
    let rows = result["sites"].as_array().unwrap();
    let last = rows.last().unwrap();
    assert_eq!(last["covered_m"], result["covered_after_m"]);
    assert!(
        rows.iter()
            .all(|row| row["gained_m"].as_f64().unwrap() > 1.0)
    );
    assert!(
        rows.iter()
            .all(|row| row["reason"].is_string() && row["bank"].is_string())
    );
    let curve = result["curve"].as_array().unwrap();
    assert_eq!(curve[0]["covered_m"], result["covered_before_m"]);
    about(
        &curve[3]["covered_m"],
        result["covered_after_m"].as_f64().unwrap(),
        0.15,
    );
    assert!(curve.len() > 4, "it goes on beyond the three");
}

#[test]
fn a_search_for_the_fewest_covers_what_can_be() {
    let (_town, service) = town();
    let (job, _) = searched(&service, &json!({"cover_percent": 100}), false);
    let result = &job["result"];
    assert_eq!(
        (&result["objective"], &result["proven"]),
        (&json!("sites"), &json!(true))
    );
    let left = |name: &str| result[name].as_f64().unwrap();
    let uncovered = left("bank_m") - left("covered_after_m") - left("out_of_reach_m");
    assert!(uncovered < 0.5, "{result}");
}

#[test]
fn whoever_has_seen_enough_has_the_best_so_far() {
    let service = kept(&[&sample()]);
    let place = "/api/v1/regions/liechtenstein/placement";
    // So many that the search does not end by itself.
    let question = json!({"sites": 300, "seconds": 60});
    let (job, seen) = searched_at(&service, place, &question, true);
    assert_eq!(job["stopped"], true);
    assert!(
        job["seconds"].as_f64().unwrap() < 50.0,
        "{}",
        job["seconds"]
    );
    assert_eq!(job["result"]["sites"].as_array().unwrap().len(), 300);
    let first = seen.iter().find(|job| !job["result"].is_null()).unwrap();
    assert_eq!(
        first["state"], "running",
        "it has an answer before it is done"
    );
    let value = |job: &Value| job["result"]["value"].as_f64().unwrap();
    assert!(value(&job) >= value(first) - 0.1);
}

#[test]
fn a_required_place_is_kept_and_a_forbidden_stretch_left_free() {
    let (_town, service) = town();
    let at: Value = serde_json::from_str(&format!("[{}]", place(100.0, -5.0))).unwrap();
    let (job, _) = searched(&service, &json!({"sites": 2, "required": [at]}), false);
    let sites = job["result"]["sites"].as_array().unwrap();
    let required: Vec<&Value> = sites
        .iter()
        .filter(|site| site["required"] == true)
        .collect();
    assert_eq!((sites.len(), required.len()), (2, 1));
    about(&required[0]["at"][0], at[0].as_f64().unwrap(), 1e-6);
    let free = sites.iter().find(|site| site["required"] == false).unwrap();
    let (bank, around) = (
        free["bank"].as_str().unwrap(),
        free["chainage_m"].as_f64().unwrap(),
    );
    let stretch = json!({"bank": bank, "from_m": around - 30.0, "to_m": around + 30.0});
    let asked = json!({"sites": 2, "required": [at], "forbidden": [stretch]});
    let (job, _) = searched(&service, &asked, false);
    for site in job["result"]["sites"].as_array().unwrap() {
        let is_there =
            site["bank"] == bank && (site["chainage_m"].as_f64().unwrap() - around).abs() < 29.9;
        assert!(!is_there || site["required"] == true, "{site}");
    }
}

#[test]
fn only_the_places_that_are_given_are_chosen_from() {
    let (_town, service) = town();
    let at =
        |east: f64| -> Value { serde_json::from_str(&format!("[{}]", place(east, -5.0))).unwrap() };
    let only = [at(100.0), at(60.0), at(105.0)];
    let (job, _) = searched(&service, &json!({"sites": 3, "only": only}), false);
    let result = &job["result"];
    assert_eq!(result["candidates"], 3);
    let at = result["sites"][0]["at"][0].as_f64().unwrap();
    let is_given = only
        .iter()
        .any(|given| (given[0].as_f64().unwrap() - at).abs() < 1e-4);
    assert!(is_given, "{result}");
}

#[test]
fn so_many_of_each_kind_are_put_up_each_with_its_own_reach() {
    let (_town, service) = town();
    let by_kind = json!([
        {"kind": "pole", "sites": 2},
        {"kind": "ring", "sites": 1, "limit_m": 80},
        {"kind": "rope", "limit_m": 20},
    ]);
    let question = json!({"kinds": ["pole", "ring", "rope"], "limit_m": 50, "by_kind": by_kind});
    let (job, _) = searched(&service, &question, false);
    let result = &job["result"];
    let expected = json!([
        {"kind": "pole", "limit_m": 50.0, "sites": 2},
        {"kind": "ring", "limit_m": 80.0, "sites": 1},
        {"kind": "rope", "limit_m": 20.0, "sites": 0},
    ]);
    assert_eq!(result["by_kind"], expected);
    let sites = result["sites"].as_array().unwrap();
    let kinds = sites.iter().map(|site| site["kind"].as_str().unwrap());
    let mut kinds: Vec<&str> = kinds.collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["pole", "pole", "ring"]);
    let gain = |kind: &str| {
        let of_kind = sites.iter().filter(|site| site["kind"] == kind);
        let gains = of_kind.map(|site| site["gained_m"].as_f64().unwrap());
        gains.fold(0.0, f64::max)
    };
    assert!(
        gain("ring") > gain("pole") + 10.0,
        "a ring reaches farther: {sites:?}"
    );
}

#[test]
fn places_that_are_required_are_of_the_first_kind_and_leave_the_others_their_number() {
    let (_town, service) = town();
    let at =
        |east: f64| -> Value { serde_json::from_str(&format!("[{}]", place(east, -5.0))).unwrap() };
    let by_kind = json!([{"kind": "pole", "sites": 2}, {"kind": "ring", "sites": 1}]);
    let question = json!({"by_kind": by_kind, "required": [at(20.0), at(60.0), at(100.0)]});
    let (job, _) = searched(&service, &question, false);
    let rows = job["result"]["by_kind"].as_array().unwrap();
    let sites: Vec<&Value> = rows.iter().map(|row| &row["sites"]).collect();
    assert_eq!(sites, [3, 1, 0], "{rows:?}");
    assert_eq!(job["result"]["proven"], true);
}

#[test]
fn banks_near_past_incidents_count_more_and_only_where_that_is_asked_for() {
    let (_town, service) = town();
    let at: Value = serde_json::from_str(&format!("[{}]", place(100.0, 5.0))).unwrap();
    for kind in ["drowning", "hazard"] {
        let incident = json!({"at": at, "kind": kind}).to_string();
        let opened = change(&service, ("POST", &of_town("/incidents")), &incident, &[]);
        assert_eq!(opened.status, 201, "{}", opened.text());
    }
    let of = |question: Value| {
        let (job, _) = searched(&service, &question, false);
        let result = &job["result"];
        let sites = result["sites"].as_array().unwrap().iter();
        let gained: f64 = sites.map(|site| site["gained_m"].as_f64().unwrap()).sum();
        (
            result["weighted_by"].clone(),
            result["value"].as_f64().unwrap(),
            gained,
        )
    };
    let plain = json!({"sites": 1, "by_risk": false});
    let (by, value, gained) = of(plain);
    assert_eq!(by, json!({"houses": 0, "schools": 0, "incidents": 0}));
    assert!((value - gained).abs() < 0.2, "{value} {gained}");
    let near = json!({"sites": 1, "by_risk": false, "near_incidents": 2, "near_houses": 1});
    let (by, value, gained) = of(near);
    assert_eq!(by["incidents"], 1, "a hazard is none: {by}");
    assert!((value - 3.0 * gained).abs() < 0.5, "{value} {gained}");
}

#[test]
fn pieces_stand_on_paths_beside_the_banks_too_unless_they_are_to_stand_on_banks() {
    let service = kept(&[&sample()]);
    let place = "/api/v1/regions/liechtenstein/placement";
    let of = |beside: bool| {
        let question = json!({"sites": 60, "seconds": 3, "beside": beside, "near_schools": 1});
        let (job, _) = searched_at(&service, place, &question, false);
        let result = job["result"].clone();
        let schools = result["weighted_by"]["schools"].as_u64().unwrap();
        assert!(schools > 0, "there are schools near banks");
        let sites = result["sites"].as_array().unwrap().iter();
        let on_paths = sites.filter(|site| site["on"] == "path").count();
        (on_paths, result["value"].as_f64().unwrap())
    };
    let ((on_paths, anywhere), (none, on_banks)) = (of(true), of(false));
    assert_eq!(none, 0);
    assert!(
        on_paths > 0 && anywhere > on_banks,
        "{on_paths}: {anywhere} {on_banks}"
    );
}

#[test]
fn what_cannot_be_searched_for_is_refused_with_the_mend() {
    let (_town, service) = town();
    let refused = |question: Value, kind: &str, words: &[&str]| {
        let address = of_town("/placement");
        change(&service, ("POST", &address), &question.to_string(), &[]).refused(400, kind, words);
    };
    let bad = "bad-parameter";
    refused(json!({}), bad, &["sites or cover_percent"]);
    refused(
        json!({"sites": 3, "cover_percent": 90}),
        bad,
        &["one of the two"],
    );
    refused(json!({"sites": 0}), bad, &["1 to 1000"]);
    refused(json!({"cover_percent": 101}), bad, &["at most 100"]);
    refused(json!({"sites": 1, "seconds": 1e9}), bad, &["0 to 60"]);
    refused(json!({"sites": 1, "limit_m": -1}), bad, &["limit_m is -1"]);
    refused(json!({"sites": 1, "kinds": []}), bad, &["kinds is empty"]);
    refused(json!({"sites": 1, "kinds": ["boat"]}), bad, &["boat"]);
    let pole = json!({"kind": "pole", "sites": 3});
    let mixed = |by_kind: Value| json!({"kinds": ["pole"], "by_kind": by_kind});
    refused(
        mixed(json!([{"kind": "ring", "sites": 3}])),
        bad,
        &["add it to kinds"],
    );
    refused(mixed(json!([pole, pole])), bad, &["pole is named twice"]);
    refused(
        mixed(json!([{"kind": "pole", "sites": 0}])),
        bad,
        &["1 to 1000"],
    );
    refused(
        mixed(json!([{"kind": "pole", "sites": 1001}])),
        bad,
        &["at most 1000"],
    );
    refused(
        mixed(json!([{"kind": "pole", "limit_m": 0}])),
        bad,
        &["limit_m is 0"],
    );
    refused(
        json!({"sites": 1, "by_kind": [pole]}),
        bad,
        &["by_kind tells numbers"],
    );
    refused(
        json!({"sites": 1, "near_schools": 11}),
        bad,
        &["near_schools is 11", "0 to 10"],
    );
    refused(
        json!({"sites": 1, "near_houses": -1}),
        bad,
        &["near_houses is -1"],
    );
    refused(
        json!({"cover_percent": 90, "moves": 1}),
        bad,
        &["does not go with cover_percent"],
    );
    let unknown = get(&service, &of_town("/placement/00c0ffee00c0ffee"));
    assert_eq!(unknown.status, 401, "for planners");
}

#[test]
fn a_bank_that_is_not_there_fails_the_search_in_words() {
    let (_town, service) = town();
    let router = router(&service);
    let stretch = json!({"bank": "nowhere", "from_m": 0, "to_m": 1});
    let question = json!({"sites": 1, "forbidden": [stretch]}).to_string();
    let failed = Runtime::new().unwrap().block_on(async {
        let begun = asked(&router, "POST", &of_town("/placement"), &question).await;
        let address = begun.header("location").to_owned();
        for _ in 0..MOST_LOOKS {
            let now = asked(&router, "GET", &address, "").await.json();
            if now["state"] == "failed" {
                return now;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Value::Null
    });
    let fault = failed["fault"].as_str().unwrap();
    assert!(
        fault.contains("nowhere") && fault.contains("a gap names"),
        "{fault}"
    );
}
