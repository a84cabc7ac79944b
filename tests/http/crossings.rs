//! Crossings over HTTP: listed, closed and opened by whoever keeps them, with every answer following at once.

use std::path::Path;
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

use crate::commands::canal;
use crate::commands::place;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::answers::features;
use crate::http::get;
use crate::http::kept;
use crate::http::of_town;
use crate::http::patch;
use crate::http::sent;

const CLOSED: &str = "{\"state\":\"closed\"}";
const OPEN: &str = "{\"state\":\"open\"}";

/// The town with a canal, kept by whoever has the token, and the address of its only bridge.
fn town() -> (Folder, Service, String) {
    let town = canal();
    let service = kept(&[town.path()]);
    let bridges = get(&service, &of_town("/crossings")).json();
    let id = bridges["features"][0]["id"].as_str().unwrap();
    let address = of_town(&format!("/crossings/{id}"));
    (town, service, address)
}

/// The nearest pole from the northern bank, across the water from it.
fn from_across(service: &Service) -> Value {
    let at = place(-100.0, 5.5);
    let (lon, lat) = at.split_once(',').unwrap();
    let address = format!("/api/v1/nearest?lon={lon}&lat={lat}&kind=pole");
    get(service, &address).json()
}

#[test]
fn crossings_say_where_they_are_and_whether_people_can_cross() {
    let (_town, service, address) = town();
    let all = get(&service, &of_town("/crossings")).json();
    assert_eq!(
        (&all["type"], &all["datum"], &all["total"]),
        (&json!("FeatureCollection"), &json!("wgs84"), &json!(1))
    );
    let bridge = &all["features"][0];
    assert_eq!(bridge["geometry"]["type"], "Point");
    let lon = bridge["geometry"]["coordinates"][0].as_f64().unwrap();
    assert!((lon - 120.4).abs() < 1e-6, "{lon}");
    let id = bridge["id"].as_str().unwrap();
    assert!(id.starts_with("bridge-"), "{id}");
    let expected = json!({"id": id, "kind": "bridge", "name": null, "state": "open", "mapped_state": "open", "over_water_m": 10.0});
    assert_eq!(bridge["properties"], expected);
    assert_eq!(&get(&service, &address).json(), bridge);
    let closed = get(&service, &of_town("/crossings?state=closed")).json();
    assert_eq!(features(&closed).count(), 0);
    let shifted = get(&service, &of_town("/crossings?datum=gcj02")).json();
    assert_ne!(shifted["features"][0]["geometry"], bridge["geometry"]);
}

#[test]
fn who_closes_the_only_bridge_makes_the_far_bank_unreachable_at_once() {
    let (_town, service, address) = town();
    let before = from_across(&service);
    assert_eq!(
        before["results"][0]["crossings"].as_array().unwrap().len(),
        1
    );
    let wide = of_town("/coverage?limit_m=1000");
    let covered = get(&service, &wide).json();
    let closed = patch(&service, &address, CLOSED, &[]).json();
    let properties = &closed["properties"];
    assert_eq!(
        (&properties["state"], &properties["mapped_state"]),
        (&json!("closed"), &json!("open"))
    );
    let cut_off = from_across(&service);
    assert_eq!(
        (&cut_off["results"], &cut_off["unreachable"]),
        (&json!([]), &json!(1))
    );
    let less = get(&service, &wide).json();
    assert!(less["covered_m"].as_f64().unwrap() < covered["covered_m"].as_f64().unwrap() - 100.0);
    assert_eq!(
        less["version"].as_u64(),
        covered["version"].as_u64().map(|version| version + 1)
    );
    let gaps = get(&service, &of_town("/gaps")).json();
    assert!(features(&gaps).any(|gap| gap["properties"]["reason"] == "unreachable"));
    assert_eq!(
        get(&service, &of_town("/crossings?state=closed")).json()["total"],
        1
    );
    patch(&service, &address, OPEN, &[]).json();
    assert_eq!(from_across(&service), before);
    assert_eq!(
        get(&service, &wide).json()["covered_m"],
        covered["covered_m"]
    );
}

#[test]
fn in_a_whole_town_a_closed_bridge_sends_people_another_way_and_an_opened_one_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/shuixiang");
    let service = kept(&[folder.as_path()]);
    let of_shuixiang = |resource: &str| format!("/api/v1/regions/shuixiang{resource}");
    let gaps = get(&service, &of_shuixiang("/gaps?limit=1000")).json();
    let mut across = features(&gaps).filter(|gap| gap["properties"]["reason"] == "across_water");
    let (address, before, bridge) = across
        .find_map(|gap| {
            let at = &gap["geometry"]["coordinates"][0];
            let address = format!("/api/v1/nearest?lon={}&lat={}&limit=1", at[0], at[1]);
            let answer = get(&service, &address).json();
            let bridge = answer["results"][0]["crossings"][0].as_str()?.to_owned();
            bridge
                .starts_with("bridge-")
                .then_some((address, answer, bridge))
        })
        .expect("somebody has to cross a bridge");
    let bridge = of_shuixiang(&format!("/crossings/{bridge}"));
    let id = get(&service, &bridge).json()["id"].clone();
    patch(&service, &bridge, CLOSED, &[]).json();
    let other = get(&service, &address).json();
    let ways = other["results"].as_array().unwrap();
    assert!(
        ways.iter()
            .all(|way| !way["crossings"].as_array().unwrap().contains(&id)),
        "{other}"
    );
    if let Some(way) = ways.first() {
        let walk = |answer: &Value| answer["walk_m"].as_f64().unwrap();
        assert!(
            walk(&before["results"][0]) < walk(way),
            "no shorter way was there before"
        );
    }
    patch(&service, &bridge, OPEN, &[]).json();
    assert_eq!(get(&service, &address).json(), before);
}

#[test]
fn a_crossing_that_is_so_already_changes_nothing() {
    let (_town, service, address) = town();
    let version = || get(&service, &of_town("")).json()["version"].clone();
    let before = version();
    patch(&service, &address, OPEN, &[]).json();
    assert_eq!(version(), before);
    patch(&service, &address, CLOSED, &[]).json();
    patch(&service, &address, CLOSED, &[]).json();
    assert_eq!(
        version().as_u64(),
        before.as_u64().map(|version| version + 1)
    );
}

#[test]
fn nobody_changes_anything_without_the_token() {
    let (_town, service, address) = town();
    let refused = |authorization: Option<&str>| -> Answer {
        let mut request = Request::patch(&address).header("content-type", "application/json");
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        // A stranger's body is not even read.
        sent(&router(&service), request.body(Body::from("{")).unwrap())
    };
    let none = refused(None);
    none.refused(401, "not-signed-in", &["authorization: Bearer KEY"]);
    assert_eq!(none.header("www-authenticate"), "Bearer realm=\"zhugan\"");
    let wrong = refused(Some("Bearer 0123456789abcdee"));
    wrong.refused(401, "wrong-key", &["zhugan user key"]);
    assert!(wrong.header("www-authenticate").contains("invalid_token"));
    assert_eq!(
        get(&service, &address).json()["properties"]["state"],
        "open"
    );
    let trying = crate::http::post(
        &service,
        &of_town("/scenarios/evaluate"),
        "{\"changes\":[]}",
    );
    assert_eq!(trying.status, 200, "trying out stores nothing");
}

#[test]
fn who_has_not_seen_the_newest_does_not_overwrite_it() {
    let (_town, service, address) = town();
    let seen = get(&service, &of_town("/crossings"));
    let seen = seen.header("etag");
    let first = patch(&service, &address, CLOSED, &[("if-match", seen)]);
    assert_eq!(first.json()["properties"]["state"], "closed");
    let late = patch(&service, &address, OPEN, &[("if-match", seen)]);
    late.refused(412, "changed-meanwhile", &["read it again"]);
    assert_eq!(
        get(&service, &address).json()["properties"]["state"],
        "closed"
    );
    assert_ne!(first.header("etag"), seen);
    assert_eq!(first.header("etag"), get(&service, &address).header("etag"));
    for expected in [first.header("etag"), "*"] {
        assert_eq!(
            patch(&service, &address, CLOSED, &[("if-match", expected)]).status,
            200
        );
    }
}

#[test]
fn a_change_that_makes_no_sense_is_refused() {
    let (_town, service, address) = town();
    for (body, words) in [
        ("{\"state\":\"shut\"}", "shut"),
        ("{}", "state"),
        ("{\"state\":\"open\",\"until\":\"noon\"}", "until"),
    ] {
        patch(&service, &address, body, &[]).refused(400, "bad-body", &[words]);
    }
    let nowhere = of_town("/crossings/bridge-1");
    patch(&service, &nowhere, CLOSED, &[]).refused(404, "unknown-crossing", &["bridge-1"]);
    let elsewhere = "/api/v1/regions/atlantis/crossings/bridge-1";
    patch(&service, elsewhere, CLOSED, &[]).refused(404, "unknown-region", &["atlantis"]);
}

#[test]
fn a_page_that_listens_is_told_of_a_closed_crossing() {
    let (_town, service, address) = town();
    let runtime = Runtime::new().unwrap();
    let listen = Request::get(of_town("/events"))
        .body(Body::empty())
        .unwrap();
    let response = runtime.block_on(router(&service).oneshot(listen)).unwrap();
    let closed = patch(&service, &address, CLOSED, &[]);
    assert_eq!(closed.status, 200);
    let version = get(&service, &of_town("")).json()["version"].clone();
    let mut told = response.into_body().into_data_stream();
    let text = runtime.block_on(async {
        let mut text = String::new();
        while !text.contains("event: crossings") {
            let chunk = timeout(Duration::from_secs(5), told.next()).await.unwrap();
            text += std::str::from_utf8(&chunk.unwrap().unwrap()).unwrap();
        }
        text
    });
    let data = format!("data: {{\"region\":\"canal-town\",\"version\":{version}}}");
    assert!(
        text.starts_with(&format!("event: coverage\n{data}")),
        "{text}"
    );
    assert!(!text.contains("event: equipment"), "{text}");
}
