//! What the nearest tells beside the usable pieces.

use serde_json::Value;
use serde_json::json;
use zhugan::http::service::Service;

use crate::commands::REGION;
use crate::commands::canal_with;
use crate::commands::place;
use crate::commands::register;
use crate::formats::Folder;
use crate::http::answers::about;
use crate::http::get;
use crate::http::post;
use crate::http::serving;

/// The canal town with a usable pole in the west and pieces that nobody can use all around.
fn worn_town() -> (Folder, Service) {
    let town = canal_with(&register(&[
        ("P1", "pole", -100.0, -5.0, "usable"),
        ("far", "pole", 50.0, -20.0, "damaged"),
        ("near", "pole", -90.0, -20.0, "missing"),
        ("across", "pole", -100.0, 5.0, "unverified"),
        ("board", "board", -95.0, -20.0, "damaged"),
    ]));
    let service = serving(&[town.path()]);
    (town, service)
}

/// The nearest to a place some meters east and north of the town's center.
fn nearest(service: &Service, (east, north): (f64, f64), more: &str) -> Value {
    let there = place(east, north);
    let (lon, lat) = there.split_once(',').unwrap();
    get(
        service,
        &format!("/api/v1/nearest?lon={lon}&lat={lat}{more}"),
    )
    .json()
}

fn ids(pieces: &Value) -> Vec<&str> {
    let pieces = pieces.as_array().unwrap().iter();
    pieces.map(|piece| piece["id"].as_str().unwrap()).collect()
}

#[test]
fn pieces_that_nobody_can_use_are_told_apart_and_only_when_asked_for() {
    let (_town, service) = worn_town();
    let here = (-100.0, -20.0);
    let plain = nearest(&service, here, "&kind=pole");
    assert!(plain.get("unusable").is_none(), "{plain}");
    let told = nearest(&service, here, "&kind=pole&unusable=true");
    assert_eq!(told["results"], plain["results"], "never among the results");
    assert_eq!(ids(&told["results"]), ["P1"]);
    assert_eq!(
        ids(&told["unusable"]),
        ["near", "far", "across"],
        "by the walk, though the straight line is shorter across the canal"
    );
    let missing = &told["unusable"][0];
    for name in ["condition", "why"] {
        assert_eq!(missing[name], "missing");
    }
    assert_eq!(missing["kind"], "pole");
    about(&missing["walk_m"], 12.5, 0.1);
    about(&missing["straight_m"], 10.0, 0.1);
    assert!(
        missing["code"].as_str().unwrap().starts_with("CA-"),
        "{missing}"
    );
    let across = &told["unusable"][2];
    assert!(
        across["straight_m"].as_f64() < told["unusable"][1]["straight_m"].as_f64(),
        "{told}"
    );
}

#[test]
fn of_the_pieces_that_nobody_can_use_there_are_no_more_than_asked_for_and_of_no_other_kind() {
    let (_town, service) = worn_town();
    let here = (-100.0, -20.0);
    let one = nearest(&service, here, "&kind=pole&limit=1&unusable=true");
    assert_eq!(ids(&one["unusable"]), ["near"]);
    let boards = nearest(&service, here, "&kind=board&unusable=true");
    assert_eq!(ids(&boards["unusable"]), ["board"]);
    let rings = nearest(&service, here, "&kind=ring&unusable=true");
    assert_eq!(rings["unusable"], json!([]));
}

#[test]
fn from_the_water_each_piece_that_nobody_can_use_is_told_once_with_its_shorter_walk() {
    let (_town, service) = worn_town();
    let told = nearest(&service, (-100.0, 0.0), "&kind=pole&unusable=true");
    assert_eq!(ids(&told["unusable"]), ["across", "near", "far"]);
    about(&told["unusable"][0]["walk_m"], 0.0, 0.5);
}

#[test]
fn many_places_are_told_what_nobody_can_use_too() {
    let (_town, service) = worn_town();
    let there: Vec<f64> = place(-100.0, -20.0)
        .split(',')
        .map(|part| part.parse().unwrap())
        .collect();
    let asked = json!({"places": [there], "kind": ["pole"], "unusable": true});
    let many = post(&service, "/api/v1/nearest", asked.to_string()).json();
    let alone = nearest(&service, (-100.0, -20.0), "&kind=pole&unusable=true");
    assert_eq!(many["answers"][0]["unusable"], alone["unusable"]);
}

#[test]
fn a_kind_that_is_named_twice_counts_once() {
    let town = canal_with(&register(&[
        ("P1", "pole", -100.0, -5.0, "usable"),
        ("P2", "pole", -90.0, -5.0, "damaged"),
    ]));
    let service = serving(&[town.path()]);
    let once = nearest(
        &service,
        (-100.0, -20.0),
        "&kind=pole&limit=20&unusable=true",
    );
    let twice = nearest(
        &service,
        (-100.0, -20.0),
        "&kind=pole,pole&limit=20&unusable=true",
    );
    assert_eq!(once, twice);
}

/// What reaches from each side, as offset and kinds, the nearer side first.
fn over_water(answer: &Value) -> Vec<(f64, Value)> {
    let sides = answer["over_water"].as_array().unwrap().iter();
    let told = sides.map(|side| (side["offset_m"].as_f64().unwrap(), side["kinds"].clone()));
    told.collect()
}

#[test]
fn a_casualty_is_told_what_reaches_over_the_water_from_each_bank() {
    let (_town, service) = worn_town();
    let all = json!(["pole", "ring", "rope"]);
    let middle = nearest(&service, (-100.0, 0.0), "&kind=pole&limit=1");
    assert_eq!(
        over_water(&middle),
        [(5.0, all.clone()), (5.0, all.clone())],
        "exactly as far as a pole reaches"
    );
    let aside = nearest(&service, (-100.0, -0.03), "&kind=pole&limit=1");
    assert_eq!(
        over_water(&aside),
        [(5.0, all), (5.1, json!(["ring", "rope"]))],
        "3 cm farther than a pole reaches, and never told as if it were near enough"
    );
    let [near, far] = [0, 1].map(|side| {
        let bank = &aside["over_water"][side]["from_bank"];
        let mut results = aside["results"].as_array().unwrap().iter();
        results.find(|found| found["from_bank"] == *bank).unwrap()
    });
    assert_eq!((&near["id"], &far["id"]), (&json!("P1"), &json!("P1")));
    assert_eq!(near["reaches"], true);
    assert_eq!(
        far["reaches"], false,
        "brought over the bridge, it is too short"
    );
}

#[test]
fn how_far_a_piece_reaches_over_the_water_is_the_regions_own() {
    let town = canal_with(&register(&[("P1", "pole", -100.0, -5.0, "usable")]));
    let longer = format!("{REGION}[reach]\nover_water_m = {{ pole = 8, ring = 3 }}\n");
    std::fs::write(town.path().join("region.toml"), longer).unwrap();
    let service = serving(&[town.path()]);
    let answer = nearest(&service, (-100.0, -2.0), "&kind=pole");
    assert_eq!(
        over_water(&answer),
        [
            (3.0, json!(["pole", "ring", "rope"])),
            (7.0, json!(["pole", "rope"]))
        ]
    );
    let mut results = answer["results"].as_array().unwrap().iter();
    assert!(results.all(|found| found["reaches"] == true), "{answer}");
}

#[test]
fn on_land_nothing_is_said_of_reaching_over_the_water() {
    let (_town, service) = worn_town();
    let answer = nearest(&service, (-100.0, -20.0), "&kind=pole");
    assert!(answer.get("over_water").is_none(), "{answer}");
    assert!(answer["results"][0].get("reaches").is_none(), "{answer}");
}

#[test]
fn a_warning_board_reaches_nobody() {
    let town = canal_with(&register(&[("B1", "board", -100.0, -5.0, "usable")]));
    let service = serving(&[town.path()]);
    let answer = nearest(&service, (-100.0, 0.0), "&kind=board");
    assert_eq!(answer["results"][0]["reaches"], false);
}
