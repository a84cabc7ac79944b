//! Rescue points over HTTP: made of pieces that stand together, complete as long as all of 四个一 can be used.

use std::fs;

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use serde_json::json;
use zhugan::app::keeping;
use zhugan::app::regions::State;
use zhugan::http::routes::router;
use zhugan::http::service::Service;
use zhugan::model::oddity::OddityKind;

use crate::commands::canal_with;
use crate::commands::place;
use crate::commands::register;
use crate::formats::Folder;
use crate::http::Answer;
use crate::http::answers::features;
use crate::http::change;
use crate::http::get;
use crate::http::kept;
use crate::http::kept_in;
use crate::http::of_town;
use crate::http::patch;
use crate::http::sent;

/// All of 四个一 stand 100 m to the west; a lone pole stands 100 m to the east, on the other bank.
fn equipment() -> String {
    register(&[
        ("B1", "board", -100.0, -6.0, "usable"),
        ("O1", "rope", -101.0, -6.0, "usable"),
        ("P1", "pole", -99.0, -6.0, "usable"),
        ("P2", "pole", 100.0, 6.0, "usable"),
        ("R1", "ring", -102.0, -6.0, "usable"),
    ])
}

fn town() -> (Folder, Service) {
    let town = canal_with(&equipment());
    let service = kept(&[town.path()]);
    (town, service)
}

fn point(id: &str) -> String {
    of_town(&format!("/rescue-points/{id}"))
}

fn add(service: &Service, body: &str) -> Answer {
    change(service, ("POST", &of_town("/rescue-points")), body, &[])
}

fn at(east: f64, north: f64) -> String {
    format!("[{}]", place(east, north))
}

/// The rescue point in the west, with what stands there.
fn west(service: &Service) -> Value {
    let body = format!("{{\"name\":\" 西桥 \",\"at\":{}}}", at(-100.0, -6.0));
    let answer = add(service, &body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.header("location"), point("rescue-point-1"));
    serde_json::from_slice(&answer.body).unwrap()
}

#[test]
fn a_rescue_point_takes_what_stands_beside_it_and_is_complete_with_all_four() {
    let (_town, service) = town();
    let made = west(&service);
    let canal = get(&service, &of_town("/water-bodies")).json()["water_bodies"][0].clone();
    let usable = json!({"board": "usable", "ring": "usable", "rope": "usable", "pole": "usable"});
    let expected = json!({
        "id": "rescue-point-1", "name": "西桥", "note": null,
        "pieces": ["B1", "O1", "P1", "R1"], "gone": [],
        "water_body": canal["id"], "village": "330681",
        "four": usable, "missing": [], "complete": true
    });
    assert_eq!(made["properties"], expected);
    assert_eq!(get(&service, &point("rescue-point-1")).json(), made);
    let all = get(&service, &of_town("/rescue-points")).json();
    assert_eq!((&all["total"], &all["complete"]), (&json!(1), &json!(1)));
    assert_eq!(all["features"], json!([made]));
    assert_eq!(
        (
            &canal["rescue_points"],
            &canal["complete_rescue_points"],
            &canal["complete"]
        ),
        (&json!(1), &json!(1), &json!(true))
    );
}

#[test]
fn what_cannot_be_used_is_missing_at_once_at_the_point_and_at_its_water() {
    let (_town, service) = town();
    west(&service);
    let told = || {
        let point = get(&service, &point("rescue-point-1")).json()["properties"].clone();
        let water = get(&service, &of_town("/water-bodies")).json()["water_bodies"][0].clone();
        [point, water].map(|of| {
            json!([
                of["missing"],
                of["complete"],
                of["four"]["rope"],
                of["four"]["pole"]
            ])
        })
    };
    for (condition, rope) in [
        ("damaged", "unusable"),
        ("missing", "unusable"),
        ("unverified", "unusable"),
    ] {
        let body = format!("{{\"condition\":\"{condition}\"}}");
        patch(&service, &of_town("/equipment/O1"), &body, &[]).json();
        let expected = json!([["rope"], false, rope, "usable"]);
        assert_eq!(told(), [expected.clone(), expected]);
    }
    patch(
        &service,
        &of_town("/equipment/O1"),
        "{\"condition\":\"usable\"}",
        &[],
    )
    .json();
    // The other pole is at the same water, but not at this rescue point.
    patch(
        &service,
        &of_town("/equipment/P1"),
        "{\"condition\":\"missing\"}",
        &[],
    )
    .json();
    let expected = [
        json!([["pole"], false, "usable", "unusable"]),
        json!([[], true, "usable", "usable"]),
    ];
    assert_eq!(told(), expected);
    let incomplete = get(&service, &of_town("/rescue-points?complete=false")).json();
    assert_eq!(features(&incomplete).count(), 1);
    let complete = get(&service, &of_town("/rescue-points?complete=true")).json();
    assert_eq!(features(&complete).count(), 0);
    let retired = change(&service, ("DELETE", &of_town("/equipment/P1")), "", &[]);
    assert_eq!(retired.status, 204);
    let gone = get(&service, &point("rescue-point-1")).json();
    assert_eq!(gone["properties"]["gone"], json!(["P1"]));
    assert_eq!(gone["properties"]["four"]["pole"], "none");
}

#[test]
fn a_piece_belongs_to_one_rescue_point_and_a_rescue_point_to_a_bank() {
    let (_town, service) = town();
    west(&service);
    let body = |pieces: &str| {
        format!(
            "{{\"name\":\"东\",\"at\":{},\"pieces\":{pieces}}}",
            at(100.0, 6.0)
        )
    };
    add(&service, &body("[\"P2\",\"P1\"]")).refused(
        409,
        "at-other-point",
        &["P1", "rescue-point-1"],
    );
    add(&service, &body("[\"P9\"]")).refused(404, "unknown-equipment", &["P9"]);
    add(&service, &body("[\"P2\",\"P2\"]")).refused(400, "bad-parameter", &["pieces", "twice"]);
    let many: Vec<String> = (0..51).map(|n| format!("X{n}")).collect();
    add(&service, &body(&json!(many).to_string())).refused(400, "bad-parameter", &["51", "50"]);
    let far = format!("{{\"name\":\"田\",\"at\":{}}}", at(0.0, -90.0));
    add(&service, &far).refused(400, "off-bank", &["50 m"]);
    let elsewhere = "{\"name\":\"远\",\"at\":[9.5,47.1]}";
    add(&service, elsewhere).refused(400, "outside-region", &[]);
    for nameless in ["\"\"", "\"a\\nb\""] {
        let body = format!("{{\"name\":{nameless},\"at\":{}}}", at(100.0, 6.0));
        add(&service, &body).refused(400, "bad-parameter", &["name"]);
    }
    let all = get(&service, &of_town("/rescue-points")).json();
    assert_eq!(all["total"], 1, "nothing of it is made");
    let stranger = Request::post(of_town("/rescue-points"))
        .body(Body::from("{"))
        .unwrap();
    sent(&router(&service), stranger).refused(401, "not-signed-in", &[]);
    assert_eq!(add(&service, &body("[]")).status, 201);
}

#[test]
fn a_rescue_point_is_edited_and_given_up_and_the_log_can_put_it_back() {
    let (_town, service) = town();
    let made = west(&service);
    let seen = get(&service, &point("rescue-point-1"));
    let seen = seen.header("etag");
    let body = format!(
        "{{\"name\":\"西桥头\",\"note\":\"灯坏\",\"pieces\":[\"P1\"],\"at\":{}}}",
        at(-90.0, -6.0)
    );
    let edited = patch(
        &service,
        &point("rescue-point-1"),
        &body,
        &[("if-match", seen)],
    )
    .json();
    let properties = &edited["properties"];
    assert_eq!(
        (
            &properties["name"],
            &properties["note"],
            &properties["missing"]
        ),
        (
            &json!("西桥头"),
            &json!("灯坏"),
            &json!(["board", "ring", "rope"])
        )
    );
    let late = patch(
        &service,
        &point("rescue-point-1"),
        "{\"note\":null}",
        &[("if-match", seen)],
    );
    late.refused(412, "changed-meanwhile", &[]);
    patch(&service, &point("rescue-point-1"), "{}", &[]).refused(400, "bad-body", &["pieces"]);
    let audit = change(&service, ("GET", &of_town("/audit")), "", &[]).json();
    let entry = &audit["entries"][0];
    assert_eq!(
        (&entry["thing"], &entry["thing_id"]),
        (&json!("rescue_point"), &json!("rescue-point-1"))
    );
    // What was before is all that a change back takes.
    let before = &entry["before"];
    let back = json!({"name": before["name"], "at": before["at"], "note": before["note"], "pieces": before["pieces"]});
    let again = patch(&service, &point("rescue-point-1"), &back.to_string(), &[]).json();
    assert_eq!(again, made);
    let gone = change(&service, ("DELETE", &point("rescue-point-1")), "", &[]);
    assert_eq!(gone.status, 204, "{}", gone.text());
    get(&service, &point("rescue-point-1")).refused(404, "unknown-rescue-point", &[]);
    let next = add(
        &service,
        &format!("{{\"name\":\"西\",\"at\":{}}}", at(-100.0, -6.0)),
    );
    assert_eq!(
        next.header("location"),
        point("rescue-point-2"),
        "an id is given once"
    );
}

#[test]
fn rescue_points_outlive_the_program_and_a_piece_that_the_files_have_no_longer_is_told() {
    let (town, data) = (canal_with(&equipment()), Folder::new(&[]));
    let service = kept_in(&data, &[town.path()]);
    let made = west(&service);
    drop(service);
    let service = kept_in(&data, &[town.path()]);
    assert_eq!(get(&service, &point("rescue-point-1")).json(), made);
    drop(service);
    let file = town.path().join("equipment.csv");
    let rows = fs::read_to_string(&file).unwrap();
    fs::write(&file, rows.replace("O1,", "O7,")).unwrap();
    let service = kept_in(&data, &[town.path()]);
    let less = get(&service, &point("rescue-point-1")).json();
    let properties = &less["properties"];
    assert_eq!(
        (&properties["gone"], &properties["missing"]),
        (&json!(["O1"]), &json!(["rope"]))
    );
    let state = service.regions().slots()[0].state();
    let State::Ready(snapshot) = &*state else {
        panic!("not ready")
    };
    let mut oddities = snapshot.region.oddities.iter();
    let vanished = oddities
        .find(|oddity| oddity.kind == OddityKind::Vanished)
        .unwrap();
    assert!(vanished.id == "rescue-point-1" && vanished.detail.contains("O1"));
    drop(service);
    let report = keeping::check(data.path()).unwrap();
    assert_eq!(
        (report.rescue_points, report.faults),
        (1, Vec::<String>::new())
    );
}
