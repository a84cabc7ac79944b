//! How long answers may be kept: a region's as long as it has not changed, a place's not at all.

use axum::body::Body;
use axum::http::Request;
use zhugan::app::scenario::Change;
use zhugan::http::routes::router;
use zhugan::http::service::Service;

use crate::commands::place;
use crate::http::Answer;
use crate::http::canal_town;
use crate::http::get;
use crate::http::of_town;
use crate::http::post;
use crate::http::sent;

fn with(service: &Service, address: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(address);
    for &(name, value) in headers {
        request = request.header(name, value);
    }
    sent(&router(service), request.body(Body::empty()).unwrap())
}

fn of_regions(service: &Service) -> Vec<String> {
    let list = get(service, &of_town("/equipment")).json();
    let code = list["features"][0]["properties"]["code"].as_str().unwrap();
    vec![
        "/api/v1/regions".to_owned(),
        of_town(""),
        of_town("/coverage?by=village"),
        of_town("/gaps"),
        of_town("/equipment"),
        of_town("/equipment/P2"),
        of_town("/crossings"),
        format!("/api/v1/codes/{code}"),
        "/tiles/canal-town.json".to_owned(),
    ]
}

#[test]
fn who_has_the_newest_answer_of_a_region_is_told_so() {
    let (_town, service) = canal_town();
    for address in of_regions(&service) {
        let first = get(&service, &address);
        assert_eq!(first.status, 200, "{address}");
        assert_eq!(first.header("cache-control"), "no-cache", "{address}");
        let tag = first.header("etag");
        assert!(
            tag.starts_with('"') && tag.ends_with('"'),
            "{address}: {tag:?}"
        );
        for known in [tag.to_owned(), format!("W/{tag}"), format!("\"x\", {tag}")] {
            let again = with(&service, &address, &[("if-none-match", &known)]);
            assert_eq!(again.status, 304, "{address} with {known}");
            assert!(again.body.is_empty());
            assert_eq!(again.header("etag"), tag, "{address}");
            assert_eq!(again.header("cache-control"), "no-cache", "{address}");
            assert_eq!(again.header("vary"), "accept-encoding", "{address}");
        }
        assert_eq!(
            with(&service, &address, &[("if-none-match", "\"x\"")]).status,
            200
        );
    }
}

#[test]
fn after_a_change_every_answer_of_the_region_is_a_new_one() {
    let (_town, service) = canal_town();
    let addresses = of_regions(&service);
    let tags: Vec<String> = addresses
        .iter()
        .map(|address| get(&service, address).header("etag").to_owned())
        .collect();
    let gone = [Change::Remove {
        id: "P1".to_owned(),
    }];
    service.regions().change("canal-town", &gone).unwrap();
    for (address, tag) in addresses.iter().zip(&tags) {
        let again = with(&service, address, &[("if-none-match", tag)]);
        assert_ne!(again.status, 304, "{address}");
        assert_ne!(again.header("etag"), tag, "{address}");
    }
}

#[test]
fn a_packed_answer_has_a_validator_of_its_own_and_is_known_by_either() {
    let (_town, service) = canal_town();
    let address = of_town("/gaps");
    let plain = get(&service, &address);
    let packed = with(&service, &address, &[("accept-encoding", "gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_ne!(plain.header("etag"), packed.header("etag"), "other bytes");
    for answer in [&plain, &packed] {
        let tag = answer.header("etag");
        let headers = [("accept-encoding", "gzip"), ("if-none-match", tag)];
        let again = with(&service, &address, &headers);
        assert_eq!((again.status, again.header("etag")), (304, tag));
    }
}

#[test]
fn answers_to_places_and_plans_are_kept_by_nobody() {
    let (_town, service) = canal_town();
    let list = get(&service, &of_town("/equipment")).json();
    let code = list["features"][0]["properties"]["code"].as_str().unwrap();
    let at = place(-100.0, -20.0);
    let (lon, lat) = at.split_once(',').unwrap();
    let answers = [
        get(&service, &format!("/api/v1/nearest?lon={lon}&lat={lat}")),
        get(
            &service,
            &format!("/api/v1/codes/{code}?lon={lon}&lat={lat}"),
        ),
        post(
            &service,
            "/api/v1/nearest",
            format!("{{\"places\":[[{lon},{lat}]]}}"),
        ),
        post(
            &service,
            &of_town("/scenarios/evaluate"),
            "{\"changes\":[]}",
        ),
    ];
    for answer in answers {
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("etag"), "");
    }
}

#[test]
fn a_fault_is_kept_by_nobody_and_has_no_validator() {
    let (_town, service) = canal_town();
    for address in [
        of_town("/gaps?village=1"),
        of_town("/equipment/P9"),
        "/api/v1/codes/CA-0009-D".to_owned(),
    ] {
        let fault = get(&service, &address);
        assert_eq!(fault.status, 404, "{address}");
        assert_eq!(fault.header("cache-control"), "no-store", "{address}");
        assert_eq!(fault.header("etag"), "", "{address}");
    }
}
