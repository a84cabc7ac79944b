//! What strangers are told: every public answer is walked, and none holds anybody's name, telephone, home or track.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use serde_json::json;
use zhugan::http::routes::description;
use zhugan::http::routes::router;
use zhugan::http::service::Service;

use crate::formats::Folder;
use crate::http::TOKEN;
use crate::http::kept;
use crate::http::notices::notice;
use crate::http::patch;
use crate::http::sent;

/// A place in the core of the invented water town where nobody lives.
const PLACE: [(&str, &str); 2] = [("lon", "123.0042"), ("lat", "29.8039")];

/// Where somebody has been seen.
const SEEN: [f64; 2] = [123.004_137_7, 29.803_871_3];

/// Not walked here: events never end, and their own tests read what they say; the description is the same text for
/// every service, and its examples are of the invented town; and photos are taken only from whoever has made a report.
const LEFT_OUT: [&str; 7] = [
    "/api/v1/regions/{r}/events",
    "/api/v1/regions/{r}/reports/{id}/photos",
    "/api/v1/openapi.json",
    "/api/docs",
    "/api/docs.css",
    // Opened by a secret that strangers do not have.
    "/api/v1/calendar.ics",
    "/api/v1/regions/{r}/entries/{id}",
];

/// Not walked either: what they answer is about whoever signs in, and tests/http/people.rs reads it.
const ABOUT_ONESELF: [&str; 6] = [
    "/api/v1/session/oidc",
    "/api/v1/session/oidc/back",
    "/api/v1/session",
    "/api/v1/session/password",
    "/api/v1/invitations/look",
    "/api/v1/invitations/accept",
];

/// The water town, whose volunteers have names and telephones; and what nobody may read.
fn town() -> (Folder, Vec<String>) {
    let maps = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/shuixiang");
    let read = |name: &str| fs::read_to_string(maps.join(name)).unwrap();
    let table = read("volunteers.csv");
    let mut secrets = vec![
        "Secret".to_owned(),
        "1390000".to_owned(),
        "a whisper".to_owned(),
    ];
    let mut rows = table.lines();
    let mut people = format!("{},phone\n", rows.next().unwrap());
    for row in rows {
        let cells: Vec<&str> = row.split(',').collect();
        let [id, name, lon, lat] = [0, 1, 4, 5].map(|column| cells[column]);
        let [lon, lat] = [lon, lat].map(|text| text.parse::<f64>().unwrap());
        secrets.extend([format!("\"{id}\""), format!("{lon},{lat}")]);
        let named = row.replace(name, &format!("Secret {id}"));
        let number = id.trim_start_matches("V-");
        writeln!(people, "{named},1390000{number}").unwrap();
    }
    let [lon, lat] = SEEN;
    secrets.push(format!("{lon},{lat}"));
    let names = [
        "region.toml",
        "water.geojson",
        "paths.geojson",
        "buildings.geojson",
        "villages.geojson",
        "equipment.csv",
        "stations.csv",
    ];
    let mut files: Vec<(&str, String)> = names.map(|name| (name, read(name))).into();
    files.push(("volunteers.csv", people));
    let bytes: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    (Folder::new(&bytes), secrets)
}

/// The address of an operation with the examples of its parameters, at our own place.
pub fn address(path: &str, operation: &Value, more: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    let mut query = form_urlencoded::Serializer::new(String::new());
    let parameters = operation["parameters"].as_array();
    for parameter in parameters.into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap();
        let example = match &parameter["example"] {
            Value::String(text) => text.clone(),
            Value::Array(words) => words[0].as_str().unwrap().to_owned(),
            other => other.to_string(),
        };
        let own = PLACE.iter().chain(more).find(|(own, _)| *own == name);
        match parameter["in"].as_str().unwrap() {
            "path" => address = address.replace(&format!("{{{name}}}"), &example),
            "query" => {
                let is_needed = parameter["required"] == true;
                if let Some((_, value)) = own {
                    query.append_pair(name, value);
                } else if is_needed {
                    query.append_pair(name, &example);
                }
            }
            _ => {}
        }
    }
    format!("{address}?{}", query.finish())
}

/// Every operation that can be asked without the token: method, address, body.
fn public_questions() -> Vec<(String, String, Option<Value>)> {
    let document: Value = serde_json::from_str(&description()).unwrap();
    let mut questions = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let security = operation["security"].as_array();
            let only_signed_in = security.is_some_and(|ways| !ways.contains(&json!({})));
            if only_signed_in
                || ABOUT_ONESELF.contains(&path.as_str())
                || LEFT_OUT.contains(&path.as_str())
            {
                continue;
            }
            let body = &operation["requestBody"]["content"]["application/json"]["example"];
            // The examples ask about a place where somebody lives, and an answer repeats the question's place.
            let elsewhere = PLACE.iter().zip(["123.0055118", "29.8050503"]);
            let text = elsewhere.fold(body.to_string(), |text, ((_, own), example)| {
                text.replace(example, own)
            });
            let body = (!body.is_null()).then(|| serde_json::from_str(&text).unwrap());
            questions.push((method.to_uppercase(), address(path, operation, &[]), body));
            if path == "/api/v1/nearest" && method == "get" {
                for more in [
                    vec![("for", "responders")],
                    vec![
                        ("for", "responders"),
                        ("via", "fetch"),
                        ("limit", "20"),
                        ("time", "20:00"),
                    ],
                    vec![("unusable", "true")],
                ] {
                    questions.push(("GET".to_owned(), address(path, operation, &more), None));
                }
            }
        }
    }
    let [lon, lat] = PLACE.map(|(_, number)| number.parse::<f64>().unwrap());
    let many = json!({"places": [[lon, lat]], "for": "responders", "via": "fetch", "limit": 20, "geometry": true});
    questions.push(("POST".to_owned(), "/api/v1/nearest".to_owned(), Some(many)));
    questions
}

fn asked(
    service: &Service,
    question: &(String, String, Option<Value>),
    token: Option<&str>,
) -> (u16, String) {
    let (method, address, body) = question;
    let mut request = Request::builder()
        .method(method.as_str())
        .uri(address)
        .header("host", "127.0.0.1:8080")
        .header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = body.as_ref().map(Value::to_string).unwrap_or_default();
    let answer = sent(&router(service), request.body(Body::from(body)).unwrap());
    (answer.status, answer.text())
}

#[test]
fn no_public_answer_holds_a_name_a_telephone_a_home_or_a_track() {
    let (town, secrets) = town();
    let service = kept(&[town.path()]);
    let of_region = |resource: &str| format!("/api/v1/regions/shuixiang{resource}");
    let seen = json!({"on_duty": true, "seen": {"at": SEEN}}).to_string();
    assert_eq!(
        patch(&service, &of_region("/responders/V-01"), &seen, &[]).status,
        200
    );
    let point = json!({"name": "1号救援点", "at": [122.994_788_9, 29.807_025_7]});
    let make = ("POST".to_owned(), of_region("/rescue-points"), Some(point));
    assert_eq!(asked(&service, &make, Some(TOKEN)).0, 201);
    let seen = json!({"kind": "hazard", "at": SEEN, "note": "a whisper"});
    let report = ("POST".to_owned(), of_region("/reports"), Some(seen));
    assert_eq!(asked(&service, &report, Some(TOKEN)).0, 201);
    let call = json!({"kind": "drowning", "at": SEEN, "note": "a whisper", "send": true});
    let open = ("POST".to_owned(), of_region("/incidents"), Some(call));
    assert_eq!(asked(&service, &open, Some(TOKEN)).0, 201);

    let write = (
        "POST".to_owned(),
        of_region("/notices"),
        Some(notice(-1, 60)),
    );
    assert_eq!(asked(&service, &write, Some(TOKEN)).0, 201);

    let told = |text: &str| {
        secrets
            .iter()
            .find(|secret| text.contains(secret.as_str()))
            .cloned()
    };
    let questions = public_questions();
    let mut n_answered = 0;
    for question in &questions {
        let (status, text) = asked(&service, question, None);
        assert!(
            matches!(status, 200 | 201 | 204),
            "{question:?}: {status} {text}"
        );
        assert_eq!(told(&text), None, "{question:?} tells it");
        n_answered += 1;
    }
    assert!(20 <= n_answered, "{n_answered}");

    // The same walk finds all of it for whoever has the token; so the secrets are those that would be told.
    let mut found: Vec<String> = Vec::new();
    for question in &questions {
        found.extend(told(&asked(&service, question, Some(TOKEN)).1));
    }
    assert!(!found.is_empty());
    for resource in ["/responders", "/incidents", "/reports"] {
        let question = ("GET".to_owned(), of_region(resource), None);
        assert!(
            told(&asked(&service, &question, Some(TOKEN)).1).is_some(),
            "{resource}"
        );
        let (status, text) = asked(&service, &question, None);
        assert_eq!((status, told(&text)), (401, None), "{resource}");
    }
}
