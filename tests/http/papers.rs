//! Papers over HTTP and from the command line: a village's report, labels, and where their QR codes lead.

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
use crate::http::get;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::sent;
use crate::program::zhugan;

/// What a request for labels from a host is answered.
fn labels_from(service: &Service, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(of_town("/labels"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    sent(&router(service), request.body(Body::empty()).unwrap())
}

fn is_pdf(answer: &Answer, name: &str) {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("cache-control"), "no-store");
    let named = format!("attachment; filename=\"{name}\"");
    assert_eq!(answer.header("content-disposition"), named);
    assert!(answer.body.starts_with(b"%PDF-"));
}

#[test]
fn a_village_has_a_report_in_both_languages() {
    let (_town, service) = canal_town();
    let report = of_town("/villages/330681/report");
    is_pdf(
        &get(&service, &report),
        "canal-town-330681-report-zh-CN.pdf",
    );
    let english = get(&service, &format!("{report}?lang=en&limit_m=80"));
    is_pdf(&english, "canal-town-330681-report-en.pdf");
    let refused = get(&service, &of_town("/villages/1/report"));
    refused.refused(404, "unknown-village", &["\"1\""]);
    let refused = get(&service, &format!("{report}?lang=de"));
    refused.refused(400, "bad-parameter", &["lang", "zh-CN", "en"]);
    let refused = get(&service, &format!("{report}?limit_m=0"));
    refused.refused(400, "bad-parameter", &["limit_m"]);
}

#[test]
fn labels_lead_to_the_server_that_was_asked_or_to_the_one_that_is_named() {
    let (town, service) = canal_town();
    is_pdf(
        &labels_from(&service, &[("host", "map.example")]),
        "canal-town-labels.pdf",
    );
    let of_village = format!(
        "{}?village=330681&kind=pole,ring&lang=en",
        of_town("/labels")
    );
    let request = Request::get(of_village)
        .header("host", "map.example")
        .body(Body::empty());
    is_pdf(
        &sent(&router(&service), request.unwrap()),
        "canal-town-330681-labels.pdf",
    );
    let endless = "a".repeat(2_000);
    for host in [
        &endless,
        "",
        "a b",
        "me@map.example",
        "map.example/path",
        "<x>",
    ] {
        labels_from(&service, &[("host", host)]).refused(400, "bad-parameter", &["--public-url"]);
    }
    labels_from(&service, &[]).refused(400, "bad-parameter", &["--public-url"]);
    let settings = Settings {
        public_url: Some(Origin::new("https://water.example").unwrap()),
        ..Settings::default()
    };
    let named = Service::with(settings, &[town.path().to_owned()], Limits::of_cores(2));
    named.load();
    is_pdf(
        &labels_from(&named, &[("host", "<x>")]),
        "canal-town-labels.pdf",
    );
}

#[test]
fn the_address_of_a_label_is_the_page_of_its_piece_and_leads_to_it_on_the_map() {
    let (_town, service) = canal_town();
    let piece = get(&service, &of_town("/equipment/P1")).json();
    let code = piece["properties"]["code"].as_str().unwrap();
    for written in [code.to_owned(), code.to_lowercase()] {
        let answer = get(&service, &format!("/p/{written}"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        let page = answer.text();
        let link = "href=\"/?lang=zh-CN#region=canal-town&amp;sel=piece%3AP1\"";
        assert!(page.contains(code) && page.contains(link), "{page}");
    }
}

#[test]
fn the_commands_write_what_the_service_sends() {
    let town = canal();
    let data = Folder::new(&[]);
    let service = kept_in(&data, &[town.path()]);
    let (folder, kept) = (town.path().to_str().unwrap(), data.path().to_str().unwrap());
    let written = |asked: &[&str]| {
        let file = data.path().join("paper.pdf");
        let rest = ["--data", kept, "-o", file.to_str().unwrap()];
        zhugan(&[asked, &rest].concat()).text();
        std::fs::read(file).unwrap()
    };
    let report = get(&service, &of_town("/villages/330681/report?lang=en")).body;
    for village in ["330681", "West"] {
        let same = written(&["report", folder, "--village", village, "--lang", "en"]);
        assert!(same == report, "{} and {} bytes", same.len(), report.len());
    }
    let labels = labels_from(
        &service,
        &[("host", "map.example"), ("x-forwarded-proto", "https")],
    );
    let same = written(&["labels", folder, "--public-url", "https://map.example"]);
    assert!(
        same == labels.body,
        "{} and {} bytes",
        same.len(),
        labels.body.len()
    );
    zhugan(&["report", folder, "--village", "East"]).failed_with(&["East"]);
}
