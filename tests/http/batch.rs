//! Many places at once.

use serde_json::json;

use crate::commands::place;
use crate::http::canal_town;
use crate::http::get;
use crate::http::post;

fn at(east: f64, north: f64) -> [f64; 2] {
    let text = place(east, north);
    let (lon, lat) = text.split_once(',').unwrap();
    [lon.parse().unwrap(), lat.parse().unwrap()]
}

#[test]
fn many_places_are_answered_in_order_as_each_by_itself() {
    let (_town, service) = canal_town();
    let places = [at(-100.0, -20.0), at(0.0, 0.0), at(100.0, 30.0)];
    let asked = json!({"places": places, "for": "equipment", "kind": ["pole"], "limit": 2, "geometry": true, "datum": "wgs84"});
    let answer = post(&service, "/api/v1/nearest", asked.to_string()).json();
    assert_eq!(answer["datum"], "wgs84");
    for (number, [lon, lat]) in places.iter().enumerate() {
        let alone = get(
            &service,
            &format!("/api/v1/nearest?lon={lon}&lat={lat}&kind=pole&limit=2"),
        );
        assert_eq!(answer["answers"][number], alone.json(), "{number}");
    }
}

#[test]
fn a_place_in_no_region_does_not_spoil_the_others() {
    let (_town, service) = canal_town();
    let asked = json!({"places": [[0.0, 0.0], at(-100.0, -20.0)]});
    let answer = post(&service, "/api/v1/nearest", asked.to_string()).json();
    let problem = answer["answers"][0]["problem"].as_str().unwrap();
    assert!(problem.contains("no region"), "{problem}");
    assert_eq!(answer["answers"][1]["region"], "canal-town");
}

#[test]
fn what_makes_no_sense_among_many_places_is_named() {
    let (_town, service) = canal_town();
    let many = json!({"places": vec![[120.4, 29.8]; 1001]});
    let cases = [
        (many, "bad-parameter", "at most 1000"),
        (
            json!({"places": [[120.4, 95.0]]}),
            "bad-parameter",
            "latitude 95",
        ),
        (
            json!({"places": [], "limit": 0}),
            "bad-parameter",
            "from 1 to 20",
        ),
        (
            json!({"places": [], "kind": ["poles"]}),
            "bad-parameter",
            "pole, ring",
        ),
        (
            json!({"places": [], "for": "boats"}),
            "bad-parameter",
            "give equipment or responders",
        ),
        (
            json!({"places": [], "via": "fetch"}),
            "bad-parameter",
            "for=responders",
        ),
        (
            json!({"places": [], "for": "responders", "via": "boat"}),
            "bad-parameter",
            "give fetch",
        ),
        (
            json!({"places": [], "for": "responders", "time": "24:00"}),
            "bad-parameter",
            "00:00 to 23:59",
        ),
        (
            json!({"places": [], "datum": "mars"}),
            "bad-parameter",
            "wgs84",
        ),
        (json!({"places": [], "plases": 1}), "bad-body", "plases"),
        (json!({"places": [[1.0]]}), "bad-body", "length"),
        (json!([]), "bad-body", "NearestRequest"),
    ];
    for (body, kind, word) in cases {
        post(&service, "/api/v1/nearest", body.to_string()).refused(400, kind, &[word]);
    }
}
