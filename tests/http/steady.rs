//! What stays as it is while other things change, break or come in too great a number.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::routing::get as at;
use futures_util::StreamExt;
use futures_util::future::join_all;
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tower::ServiceExt;
use zhugan::app::scenario::Change;
use zhugan::http::routes::router;
use zhugan::http::routes::wrapped;
use zhugan::http::service::Limits;
use zhugan::http::service::Service;

use crate::commands::REGION;
use crate::commands::canal;
use crate::commands::place;
use crate::formats::Folder;
use crate::http::answer;
use crate::http::canal_town;
use crate::http::get;
use crate::http::of_town;
use crate::http::sent;
use crate::http::serving;

#[test]
fn a_snapshot_in_use_survives_a_change() {
    let (_town, service) = canal_town();
    let before = service.regions().snapshot("canal-town").unwrap();
    let question = before.usual_question();
    let known = before.coverage(&question);
    let gone = [Change::Remove {
        id: "P1".to_owned(),
    }];
    let after = service.regions().change("canal-town", &gone).unwrap();
    assert_eq!(after.version, before.version + 1);
    assert!(known.covered_m > 0.0);
    assert_eq!(before.coverage(&question), known);
    assert!(after.coverage(&question).covered_m <= 0.0);
    let now = get(&service, &of_town("/coverage")).json();
    assert_eq!(
        (&now["covered_m"], &now["version"]),
        (&json!(0.0), &json!(after.version))
    );
    assert_eq!(get(&service, &of_town("/equipment")).json()["total"], 2);
    assert!(
        service.regions().change("canal-town", &gone).is_err(),
        "it is gone"
    );
}

#[test]
fn a_page_that_listens_is_told_of_a_change() {
    let (_town, service) = canal_town();
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let request = Request::get(of_town("/events"))
            .body(Body::empty())
            .unwrap();
        let response = router(&service).oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut told = response.into_body().into_data_stream();
        let gone = [Change::Remove {
            id: "P1".to_owned(),
        }];
        let version = service
            .regions()
            .change("canal-town", &gone)
            .unwrap()
            .version;
        let mut text = String::new();
        while !text.contains("event: equipment") {
            let chunk = timeout(Duration::from_secs(5), told.next()).await.unwrap();
            text += std::str::from_utf8(&chunk.unwrap().unwrap()).unwrap();
        }
        let data = format!("data: {{\"region\":\"canal-town\",\"version\":{version}}}");
        assert!(text.contains(&format!("event: coverage\n{data}")), "{text}");
        service.stop();
        let end = timeout(Duration::from_secs(5), told.next()).await.unwrap();
        assert!(end.is_none(), "it ends with the service");
    });
}

#[test]
fn too_many_questions_are_turned_away_and_the_others_answered() {
    let town = canal();
    let limits = Limits {
        threads: 1,
        waiting: 1,
    };
    let service = Service::new(&[town.path().to_path_buf()], limits);
    service.load();
    let places: Vec<serde_json::Value> = (0..500)
        .map(|_| serde_json::from_str(&format!("[{}]", place(-50.0, -20.0))).unwrap())
        .collect();
    let body = json!({"places": places}).to_string();
    let router = router(&service);
    let answers = Runtime::new().unwrap().block_on(async {
        let asked = (0..12).map(|_| {
            let request =
                Request::post("/api/v1/nearest").header("content-type", "application/json");
            let request = request.body(Body::from(body.clone())).unwrap();
            answer(&router, request)
        });
        join_all(asked).await
    });
    let n_answered = answers.iter().filter(|answer| answer.status == 200).count();
    assert!((1..12).contains(&n_answered), "{n_answered}");
    for turned_away in answers.iter().filter(|answer| answer.status != 200) {
        turned_away.refused(503, "busy", &["again"]);
        assert_eq!(turned_away.header("retry-after"), "1");
    }
    assert_eq!(get(&service, "/healthz").status, 200);
    assert_eq!(get(&service, &of_town("/coverage")).status, 200);
    let shed = format!("zhugan_shed_total {}", 12 - n_answered);
    assert!(get(&service, "/metrics").text().contains(&shed));
}

#[test]
fn a_panic_is_a_problem_and_the_service_lives_on() {
    let (_town, service) = canal_town();
    let broken = Router::new().route(
        "/broken",
        at(async || -> &'static str { panic!("on purpose") }),
    );
    let routes = wrapped(&service, broken.route("/whole", at(async || "whole")));
    let request = |address: &str| Request::get(address).body(Body::empty()).unwrap();
    sent(&routes, request("/broken")).refused(500, "mistake", &["log"]);
    assert_eq!(sent(&routes, request("/whole")).text(), "whole");
}

#[test]
fn a_broken_region_is_failed_with_its_reason_and_the_others_are_served() {
    let town = canal();
    let no_toml = Folder::new(&[("region.toml", b"id = [[[")]);
    let toml = b"id = \"no-map\"\nname = { zh = \"\xe6\xa2\xa6\" }\n[[source]]\nfile = \"gone.geojson\"\nuse = [\"water\"]";
    let no_map = Folder::new(&[("region.toml", toml)]);
    let service = serving(&[no_toml.path(), town.path(), no_map.path()]);
    let list = get(&service, "/api/v1/regions").json();
    let regions = list["regions"].as_array().unwrap();
    let states: Vec<&str> = regions
        .iter()
        .map(|region| region["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["failed", "ready", "failed"]);
    let reasons: Vec<&str> = regions
        .iter()
        .map(|region| region["reason"].as_str().unwrap_or_default())
        .collect();
    assert!(
        reasons[0].contains("region.toml") && reasons[2].contains("gone.geojson"),
        "{reasons:?}"
    );
    assert!(reasons.iter().all(|reason| !reason.contains('\n')));
    // Where on the machine the folders are is nobody's business.
    let temporary = std::env::temp_dir().display().to_string();
    assert!(
        reasons.iter().all(|reason| !reason.contains(&temporary)),
        "{reasons:?}"
    );
    assert_eq!(regions[2]["name"]["zh"], "梦");
    get(&service, "/api/v1/regions/no-map/gaps").refused(404, "region-failed", &["gone.geojson"]);
    assert_eq!(get(&service, "/readyz").status, 200);
    assert_eq!(get(&service, &of_town("/gaps")).status, 200);
}

#[test]
fn without_any_good_region_the_service_is_not_ready() {
    let broken = Folder::new(&[("region.toml", b"id = [[[")]);
    let service = serving(&[broken.path()]);
    get(&service, "/readyz").refused(503, "not-ready", &["0 of 1"]);
    assert_eq!(get(&service, "/healthz").status, 200);
}

#[test]
fn a_region_that_is_still_loading_says_so() {
    let town = canal();
    let service = Service::new(&[town.path().to_path_buf()], Limits::of_cores(1));
    let region = get(&service, &of_town("")).json();
    assert_eq!(
        (&region["state"], &region["name"]["en"]),
        (&json!("loading"), &json!("Canal Town"))
    );
    get(&service, &of_town("/gaps")).refused(503, "region-loading", &["again"]);
    get(&service, "/api/v1/nearest?lon=120.4&lat=29.8").refused(503, "region-loading", &["again"]);
    get(&service, "/readyz").refused(503, "not-ready", &["0 of 1"]);
}

#[test]
fn of_two_regions_with_one_id_the_second_fails() {
    let (first, second) = (canal(), canal());
    let service = serving(&[first.path(), second.path()]);
    let other = get(&service, "/api/v1/regions/canal-town-2").json();
    assert_eq!(other["state"], "failed");
    let reason = other["reason"].as_str().unwrap();
    assert!(reason.contains("another id"), "{reason}");
    let temporary = std::env::temp_dir().display().to_string();
    assert!(!reason.contains(&temporary), "{reason}");
    assert_eq!(get(&service, &of_town("")).json()["state"], "ready");
}

/// A region around the canal town.
pub fn county() -> Folder {
    let county = canal();
    let toml = REGION
        .replace("canal-town", "county")
        .replace("paths.geojson", "far.geojson");
    std::fs::write(county.path().join("region.toml"), toml).unwrap();
    let far = format!("[[{}],[{}]]", place(-3_000.0, -20.0), place(3_000.0, -20.0));
    let far = crate::formats::feature(r#"{"id":"far","kind":"footway"}"#, "LineString", &far);
    std::fs::write(
        county.path().join("far.geojson"),
        crate::formats::collection(&[&far]),
    )
    .unwrap();
    county
}

#[test]
fn a_place_in_two_regions_belongs_to_the_smaller() {
    let (town, county) = (canal(), county());
    let service = serving(&[county.path(), town.path()]);
    let region_at = |east: f64| {
        let at = place(east, -20.0);
        let (lon, lat) = at.split_once(',').unwrap();
        get(&service, &format!("/api/v1/nearest?lon={lon}&lat={lat}")).json()["region"].clone()
    };
    assert_eq!(region_at(-50.0), "canal-town");
    assert_eq!(region_at(-2_900.0), "county");
}
