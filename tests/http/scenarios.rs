//! Scenarios: what they answer equals a full recount, and nothing is kept.

use serde_json::Value;
use serde_json::json;
use zhugan::app::coverage::Counting;
use zhugan::app::coverage::CoverageQuestion;
use zhugan::app::gaps::USUAL_KINDS;
use zhugan::app::scenario::Change;
use zhugan::app::scenario::ScenarioQuestion;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::model::equipment::EquipmentKind;
use zhugan::units::Meters;

use crate::commands::place;
use crate::http::answers::about;
use crate::http::answers::features;
use crate::http::canal_town;
use crate::http::get;
use crate::http::of_town;
use crate::http::post;
use crate::http::sample;
use crate::http::serving;

fn at(east: f64, north: f64) -> Value {
    serde_json::from_str(&format!("[{}]", place(east, north))).unwrap()
}

#[test]
fn a_new_pole_covers_its_bank() {
    let (_town, service) = canal_town();
    let asked =
        json!({"limit_m": 50, "changes": [{"add": {"kind": "pole", "at": at(100.0, -5.0)}}]});
    let answer = post(&service, &of_town("/scenarios/evaluate"), asked.to_string()).json();
    let before = answer["before"]["covered_m"].as_f64().unwrap();
    about(&answer["after"]["covered_m"], 2.0 * before, 0.3);
    assert_eq!(answer["before"]["bank_m"], answer["after"]["bank_m"]);
    assert_eq!(features(&answer["changed"]).count(), 1);
    let stretch = &answer["changed"]["features"][0];
    assert_eq!(stretch["properties"]["change"], "covered");
    assert_eq!(stretch["geometry"]["type"], "LineString");
    let length = stretch["properties"]["to_m"].as_f64().unwrap()
        - stretch["properties"]["from_m"].as_f64().unwrap();
    assert!((length - before).abs() < 0.3, "{length}");
    assert_eq!(answer["placed"][0]["stands"], true);
    assert_eq!(answer["villages"], json!([]), "the east is no village");
    let coverage = get(&service, &of_town("/coverage")).json();
    about(&coverage["covered_m"], before, 0.05);
}

#[test]
fn a_pole_that_goes_uncovers_and_one_that_moves_does_both() {
    let (_town, service) = canal_town();
    let asked = json!({"changes": [{"remove": {"id": "P1"}}]});
    let gone = post(&service, &of_town("/scenarios/evaluate"), asked.to_string()).json();
    assert_eq!(gone["after"]["covered_m"], 0.0);
    assert_eq!(
        gone["changed"]["features"][0]["properties"]["change"],
        "uncovered"
    );
    assert_eq!(gone["villages"][0]["id"], "330681");
    assert_eq!(gone["villages"][0]["after"]["covered_m"], 0.0);
    let asked = json!({"changes": [{"move": {"id": "P1", "at": at(-80.0, -5.0)}}]});
    let moved = post(&service, &of_town("/scenarios/evaluate"), asked.to_string()).json();
    about(
        &moved["after"]["covered_m"],
        moved["before"]["covered_m"].as_f64().unwrap(),
        0.3,
    );
    let changes: Vec<&Value> = features(&moved["changed"])
        .map(|stretch| &stretch["properties"]["change"])
        .collect();
    assert_eq!(changes, [&json!("covered"), &json!("uncovered")]);
}

#[test]
fn a_piece_that_does_not_count_changes_nothing() {
    let (_town, service) = canal_town();
    for change in [
        json!({"add": {"kind": "board", "at": at(100.0, -5.0)}}),
        json!({"remove": {"id": "P2"}}),
        json!({"move": {"id": "P2", "at": at(100.0, -5.0)}}),
        json!({"add": {"kind": "pole", "at": [0.0, 0.0]}}),
    ] {
        let asked = json!({"changes": [change]});
        let answer = post(&service, &of_town("/scenarios/evaluate"), asked.to_string()).json();
        assert_eq!(answer["before"], answer["after"], "{asked}");
        assert_eq!(answer["changed"]["features"], json!([]));
    }
}

#[test]
fn a_pole_in_the_water_is_taken_to_the_bank_and_said_so() {
    let (_town, service) = canal_town();
    let asked = json!({"changes": [{"add": {"kind": "pole", "at": at(100.0, -3.0)}}, {"add": {"kind": "pole", "at": [0.0, 0.0]}}]});
    let answer = post(&service, &of_town("/scenarios/evaluate"), asked.to_string()).json();
    let placed = &answer["placed"][0];
    assert_eq!(
        (&placed["on"], &placed["stands"]),
        (&json!("bank"), &json!(true))
    );
    about(&placed["moved_m"], 2.0, 0.1);
    let nowhere = &answer["placed"][1];
    assert_eq!(
        (&nowhere["change"], &nowhere["on"], &nowhere["stands"]),
        (&json!(1), &json!("outside"), &json!(false))
    );
}

#[test]
fn changes_that_make_no_sense_are_named() {
    let (_town, service) = canal_town();
    let address = of_town("/scenarios/evaluate");
    let refused = |changes: Value, status, kind, word| {
        let asked = json!({"changes": changes});
        post(&service, &address, asked.to_string()).refused(status, kind, &[word]);
    };
    refused(
        json!([{"remove": {"id": "P9"}}]),
        404,
        "unknown-equipment",
        "P9",
    );
    refused(
        json!([{"remove": {"id": "P1"}}, {"remove": {"id": "P1"}}]),
        400,
        "already-removed",
        "change 1",
    );
    refused(
        json!([{"add": {"kind": "boat", "at": [120.4, 29.8]}}]),
        400,
        "bad-parameter",
        "kind is boat",
    );
    refused(
        json!([{"add": {"kind": "pole", "at": [29.8, 120.4]}}]),
        400,
        "bad-parameter",
        "longitude first",
    );
    let many = vec![json!({"remove": {"id": "P1"}}); 501];
    refused(json!(many), 400, "bad-parameter", "at most 500");
    let asked = json!({"limit_m": 0.5, "changes": []});
    post(&service, &address, asked.to_string()).refused(400, "bad-parameter", &["limit_m is 0.5"]);
}

#[test]
fn a_scenario_counts_pieces_in_any_condition_when_it_is_asked_to() {
    let service = serving(&[&sample()]);
    let evaluate = "/api/v1/regions/liechtenstein/scenarios/evaluate";
    let coverage = "/api/v1/regions/liechtenstein/coverage";
    let any = post(
        &service,
        evaluate,
        r#"{"condition": "any", "changes": []}"#.to_owned(),
    )
    .json();
    let usable = post(&service, evaluate, r#"{"changes": []}"#.to_owned()).json();
    let all = get(&service, &format!("{coverage}?condition=any")).json();
    about(
        &any["before"]["covered_m"],
        all["covered_m"].as_f64().unwrap(),
        0.11,
    );
    let [any, usable] = [any, usable].map(|body| body["before"]["covered_m"].as_f64().unwrap());
    assert!(any > usable, "{any}, {usable}");
}

#[test]
fn a_scenario_equals_a_full_recount() {
    let service = serving(&[&sample()]);
    let snapshot = service.regions().snapshot("liechtenstein").unwrap();
    let region = &snapshot.region;
    let mut seed = 20_261_125_u64;
    let mut random = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for limit in [Meters(50.0), Meters(180.0)] {
        let changes: Vec<Change> = (0..12)
            .map(|number| {
                let bank = &region.ground.banks[random(region.ground.banks.len())];
                let point = bank.line[random(bank.line.len())];
                let at = region.ground.plane.to_lon_lat(point).unwrap();
                let at = LonLat::new(at.lon() + 2e-5, at.lat() - 1e-5).unwrap();
                let id = region.equipment[number * 9].id.clone();
                match number % 3 {
                    0 => Change::Add {
                        kind: EquipmentKind::Pole,
                        at,
                    },
                    1 => Change::Move { id, at },
                    _ => Change::Remove { id },
                }
            })
            .collect();
        let kinds = USUAL_KINDS.to_vec();
        let question = CoverageQuestion::new(&kinds, limit, Counting::Usable);
        let asked = ScenarioQuestion {
            kinds,
            counting: Counting::Usable,
            limit,
            changes: changes.clone(),
        };
        let outcome = snapshot.evaluate(&asked).unwrap().outcome;
        let recount = region.changed(&changes).unwrap().coverage(&question);
        let tenth = |length: Meters| (length.0 * 10.0).round() / 10.0;
        assert!(
            (tenth(outcome.after.covered) - recount.covered_m).abs() < 0.11,
            "{outcome:?}"
        );
        assert!(
            (tenth(outcome.before.covered) - snapshot.coverage(&question).covered_m).abs() < 0.11
        );
        let net: f64 = outcome
            .changed
            .iter()
            .map(|stretch| {
                let length = (stretch.to - stretch.from).0;
                match stretch.change {
                    zhugan::plan::scenario::Change::Covered => length,
                    zhugan::plan::scenario::Change::Uncovered => -length,
                }
            })
            .sum();
        let change = (outcome.after.covered - outcome.before.covered).0;
        assert!((net - change).abs() < 0.2, "{net} {change}");
        for (village, _, after) in &outcome.villages {
            let id = &region.ground.villages[*village].id;
            let row = recount.villages.iter().find(|row| row.id == *id).unwrap();
            assert!((tenth(after.covered) - row.covered_m).abs() < 0.11, "{id}");
        }
    }
}
