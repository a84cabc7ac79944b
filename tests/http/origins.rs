//! Pages of other servers: those that are named may ask, and the others hear nothing.

use axum::body::Body;
use axum::http::Request;
use zhugan::http::origin::Origin;
use zhugan::http::routes::router;
use zhugan::http::service::Limits;
use zhugan::http::service::Service;
use zhugan::http::service::Settings;

use crate::commands::canal;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::canal_town;
use crate::http::of_town;
use crate::http::sent;

const NAMED: &str = "https://map.example";
const OTHER: &str = "https://other.example";

fn town() -> (Folder, Service) {
    let town = canal();
    let settings = Settings {
        origins: vec![
            Origin::new("http://localhost:5173").unwrap(),
            Origin::new(NAMED).unwrap(),
        ],
        ..Settings::default()
    };
    let folders = [town.path().to_path_buf()];
    let service = Service::with(settings, &folders, Limits::of_cores(1));
    service.load();
    (town, service)
}

fn asked(service: &Service, method: &str, address: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(address);
    for &(name, value) in headers {
        request = request.header(name, value);
    }
    sent(&router(service), request.body(Body::empty()).unwrap())
}

fn varies_by_origin(answer: &Answer) -> bool {
    let values = answer.headers.get_all("vary").iter();
    values.into_iter().any(|value| value == "origin")
}

fn shared(answer: &Answer) -> Vec<String> {
    let names = answer.headers.keys().map(|name| name.as_str().to_owned());
    names
        .filter(|name| name.starts_with("access-control-"))
        .collect()
}

#[test]
fn a_page_of_a_named_server_may_read_every_answer_faults_too() {
    let (_town, service) = town();
    for (address, status) in [
        (of_town("/coverage"), 200),
        (of_town("/gaps?limit=0"), 400),
        ("/nothing".to_owned(), 404),
    ] {
        let answer = asked(&service, "GET", &address, &[("origin", NAMED)]);
        assert_eq!(answer.status, status, "{address}");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            NAMED,
            "{address}"
        );
        let shown = answer.header("access-control-expose-headers");
        assert!(
            shown.contains("etag") && shown.contains("retry-after"),
            "{shown}"
        );
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        assert!(varies_by_origin(&answer), "{address}");
    }
}

#[test]
fn a_page_of_a_named_server_is_told_what_it_may_before_it_asks() {
    let (_town, service) = town();
    let headers = [
        ("origin", NAMED),
        ("access-control-request-method", "PATCH"),
        (
            "access-control-request-headers",
            "authorization,content-type,if-match",
        ),
    ];
    let answer = asked(
        &service,
        "OPTIONS",
        &of_town("/crossings/bridge-1"),
        &headers,
    );
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(answer.header("access-control-allow-origin"), NAMED);
    let methods = answer.header("access-control-allow-methods");
    for method in ["GET", "HEAD", "POST", "PATCH", "DELETE"] {
        assert!(
            methods.split(", ").any(|allowed| allowed == method),
            "{methods}"
        );
    }
    let taken = answer.header("access-control-allow-headers");
    for name in ["authorization", "content-type", "if-match", "if-none-match"] {
        assert!(taken.split(", ").any(|allowed| allowed == name), "{taken}");
    }
    assert!(
        answer
            .header("access-control-max-age")
            .parse::<u32>()
            .unwrap()
            > 0
    );
    assert!(varies_by_origin(&answer));
}

#[test]
fn a_page_of_any_other_server_hears_nothing() {
    let (_town, service) = town();
    for origin in [
        OTHER,
        "null",
        "http://map.example",
        "https://map.example:8443",
        "https://map.example.evil.example",
    ] {
        let answer = asked(
            &service,
            "GET",
            &of_town("/coverage"),
            &[("origin", origin)],
        );
        assert_eq!((answer.status, shared(&answer)), (200, vec![]), "{origin}");
        assert!(varies_by_origin(&answer), "{origin}");
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "PATCH"),
        ];
        let before = asked(&service, "OPTIONS", &of_town("/coverage"), &headers);
        assert_eq!((before.status, shared(&before)), (405, vec![]), "{origin}");
    }
    let own = asked(&service, "GET", &of_town("/coverage"), &[]);
    assert_eq!(shared(&own), Vec::<String>::new());
    assert!(
        varies_by_origin(&own),
        "a cache must not give it to a named server's page"
    );
    assert_eq!(
        own.header("vary"),
        "accept-encoding",
        "and not by that alone"
    );
}

#[test]
fn without_a_named_server_nothing_is_said_of_any() {
    let (_town, service) = canal_town();
    let answer = asked(&service, "GET", &of_town("/coverage"), &[("origin", NAMED)]);
    assert_eq!(shared(&answer), Vec::<String>::new());
    assert!(!varies_by_origin(&answer));
}
