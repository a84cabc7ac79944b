//! The pages that come with the program, and the headers that keep them to themselves.

use axum::body::Body;
use axum::http::Request;
use zhugan::http::base_map::BaseMap;
use zhugan::http::routes::router;
use zhugan::http::service::Limits;
use zhugan::http::service::Service;
use zhugan::http::service::Settings;

use crate::commands::canal;
use crate::http::canal_town;
use crate::http::get;
use crate::http::of_town;
use crate::http::sent;

#[test]
fn every_page_has_the_strict_policy() {
    let (_town, service) = canal_town();
    for address in ["/", "/api/docs"] {
        let page = get(&service, address);
        assert_eq!(page.status, 200);
        let policy = page.header("content-security-policy");
        for part in [
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        let text = page.text();
        assert!(
            !text.contains("<script>") && !text.contains("style=\""),
            "{address}"
        );
        // Words may name an address (that of a webhook, as an example); nothing may be fetched from one.
        for of_another in [
            "src=\"http",
            "href=\"http",
            "action=\"http",
            "url(http",
            "@import",
        ] {
            assert!(!text.contains(of_another), "{address}: {of_another}");
        }
    }
    assert_eq!(get(&service, "/").header("cache-control"), "no-cache");
}

#[test]
fn the_server_of_a_configured_base_map_and_no_other_is_allowed() {
    let tiles = "https://tiles.example/{z}/{x}/{y}.png";
    let base_map = BaseMap::new(tiles, "© Somebody").unwrap();
    let town = canal();
    let folders = [town.path().to_path_buf()];
    let settings = Settings {
        base_map: Some(base_map),
        ..Settings::default()
    };
    let service = Service::with(settings, &folders, Limits::of_cores(1));
    service.load();
    let page = get(&service, "/");
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("img-src 'self' data: blob: https://tiles.example;"),
        "{policy}"
    );
    assert_eq!(policy.matches("https://").count(), 2, "{policy}");
    let region = get(&service, &of_town("")).json();
    assert_eq!(region["base_map"]["tiles"], tiles);
    assert_eq!(region["base_map"]["attribution"], "© Somebody");
}

#[test]
fn every_answer_is_taken_for_what_it_says_it_is() {
    let (_town, service) = canal_town();
    for address in ["/healthz", "/", "/nothing", &of_town("/coverage")] {
        let answer = get(&service, address);
        assert_eq!(
            answer.header("x-content-type-options"),
            "nosniff",
            "{address}"
        );
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{address}");
    }
}

#[test]
fn the_description_can_be_read_by_people() {
    let (_town, service) = canal_town();
    let page = get(&service, "/api/docs").text();
    for words in [
        "/api/v1/regions/{r}/gaps",
        "ScenarioRequest",
        "limit_m",
        "POST",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert_eq!(
        get(&service, "/api/docs.css").header("content-type"),
        "text/css; charset=utf-8"
    );
}

#[test]
fn answers_are_compressed_for_those_who_can_read_it() {
    let (_town, service) = canal_town();
    let request = Request::get(of_town("/gaps")).header("accept-encoding", "gzip");
    let answer = sent(&router(&service), request.body(Body::empty()).unwrap());
    assert_eq!(answer.header("content-encoding"), "gzip");
    assert!(answer.body.starts_with(&[0x1f, 0x8b]));
    assert!(
        get(&service, &of_town("/gaps"))
            .header("content-encoding")
            .is_empty()
    );
}
