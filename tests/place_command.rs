//! `zhugan place`, as a person at a terminal or another program meets it.

use std::fs;
use std::path::Path;

use serde_json::Value;
use serde_json::json;

use crate::commands::canal;
use crate::commands::place;
use crate::commands::register;
use crate::formats::Folder;
use crate::program::Done;
use crate::program::zhugan;

fn asked(town: &Folder, more: &[&str]) -> Done {
    let folder = town.path().to_str().unwrap();
    zhugan(&[&["place", folder], more].concat())
}

#[test]
fn the_table_tells_a_person_what_is_gained_and_how_good_it_is() {
    let town = canal();
    let table = asked(&town, &["--sites=3"]).text();
    for words in [
        "With a pole at 3 more places,",
        "within 50 m along the ground.",
        "No other choice among",
        "covers more",
        "illustrative: made up",
        "Sites, those first that add most",
        "gains m",
        "nothing near",
        "Map data: the town's survey",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
}

#[test]
fn the_files_tell_the_same_places_in_the_same_order() {
    let town = canal();
    let json = asked(&town, &["--sites=3", "--format=json"]).json();
    let geojson = asked(&town, &["--sites=3", "--format=geojson"]).json();
    let csv = asked(&town, &["--sites=3", "--format=csv"]).text();
    let sites = json["sites"].as_array().unwrap();
    let points = geojson["features"].as_array().unwrap();
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!((sites.len(), points.len(), rows.len()), (3, 3, 4));
    for ((site, point), row) in sites.iter().zip(points).zip(&rows[1..]) {
        assert_eq!(point["geometry"]["coordinates"], site["at"]);
        assert_eq!(point["properties"]["gained_m"], site["gained_m"]);
        let cells: Vec<&str> = row.split(',').collect();
        let number = |index: usize| cells[index].parse::<f64>().unwrap();
        let at: Vec<f64> = serde_json::from_value(site["at"].clone()).unwrap();
        assert_eq!(vec![number(2), number(3)], at);
    }
    for name in [
        "bank_m",
        "covered_before_m",
        "covered_after_m",
        "bound",
        "proven",
    ] {
        assert!(!json[name].is_null(), "{name}");
    }
}

#[test]
fn proposed_places_written_into_the_register_cover_what_was_claimed() {
    let town = canal();
    let claimed = asked(&town, &["--sites=2", "--format=json"]).json();
    let mut equipment = fs::read_to_string(town.path().join("equipment.csv")).unwrap();
    for site in claimed["sites"].as_array().unwrap() {
        let row = format!(
            "new-{},pole,{},{},usable\n",
            site["rank"], site["at"][0], site["at"][1]
        );
        equipment.push_str(&row);
    }
    let file = town.path().join("planned.csv");
    fs::write(&file, equipment).unwrap();
    let folder = town.path().to_str().unwrap();
    let gaps = zhugan(&[
        "gaps",
        folder,
        "--equipment",
        file.to_str().unwrap(),
        "--format=json",
    ]);
    let number = |of: &Value| of.as_f64().unwrap();
    let (covered, promised) = (&gaps.json()["covered_m"], &claimed["covered_after_m"]);
    assert!(
        (number(covered) - number(promised)).abs() < 0.15,
        "{covered} {promised}"
    );
}

#[test]
fn where_all_of_the_samples_bank_is_asked_for_all_of_it_is_covered() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/liechtenstein");
    let folder = sample.to_str().unwrap();
    let all = [
        "place",
        folder,
        "--cover=100%",
        "--steps=20",
        "--format=json",
    ];
    let report = zhugan(&all).json();
    let number = |name: &str| report[name].as_f64().unwrap();
    let left = number("bank_m") - number("covered_after_m") - number("out_of_reach_m");
    assert!(left.abs() < 1.0, "{left} m are left out");
    assert!(
        number("value") <= number("bound") * 1.02,
        "{} places, {} at least",
        number("value"),
        number("bound")
    );
}

#[test]
fn with_a_number_of_steps_the_answer_is_the_same_every_time() {
    let town = canal();
    let answer = || {
        let mut json = asked(&town, &["--cover=90%", "--steps=40", "--format=json"]).json();
        json["seconds"] = Value::Null;
        json
    };
    let first = answer();
    assert_eq!(first, answer());
    assert_eq!(first["objective"], "sites");
}

#[test]
fn a_second_piece_counts_where_every_meter_is_wanted_twice() {
    let town = canal();
    let once = asked(&town, &["--sites=6", "--format=json"]).json();
    let twice = asked(&town, &["--sites=6", "--backup", "--format=json"]).json();
    let gained = |report: &Value| -> f64 {
        let sites = report["sites"].as_array().unwrap().iter();
        sites.map(|site| site["gained_m"].as_f64().unwrap()).sum()
    };
    assert!(
        gained(&twice) > gained(&once) - 0.1,
        "{} {}",
        gained(&twice),
        gained(&once)
    );
    let covered = |report: &Value| report["covered_after_m"].as_f64().unwrap();
    assert!(covered(&twice) <= covered(&once) + 0.1);
}

#[test]
fn a_required_place_is_among_them_and_a_forbidden_bank_is_not() {
    let town = canal();
    let at = place(100.0, -5.0);
    let free = asked(&town, &["--sites=1", "--format=json"]).json();
    let bank = free["sites"][0]["bank"].as_str().unwrap().to_owned();
    let required = asked(
        &town,
        &["--sites=2", &format!("--require={at}"), "--format=json"],
    )
    .json();
    let sites = required["sites"].as_array().unwrap();
    assert_eq!(
        sites.iter().filter(|site| site["required"] == true).count(),
        1
    );
    let forbid = format!("--forbid={bank}@0-100000");
    let elsewhere = asked(&town, &["--sites=1", &forbid, "--format=json"]).json();
    assert_ne!(elsewhere["sites"][0]["bank"], bank.as_str());
}

#[test]
fn wrong_questions_are_answered_with_the_mend() {
    let town = canal();
    let refused = |more: &[&str], words: &[&str]| {
        let done = asked(&town, more);
        assert!(
            done.code == Some(2) || done.code == Some(1),
            "{:?}",
            done.code
        );
        for words in words {
            assert!(done.err.contains(words), "{words}: {}", done.err);
        }
    };
    refused(&[], &["--sites <N>", "--cover <PERCENT>"]);
    refused(&["--sites=3", "--cover=95%"], &["cannot be used with"]);
    refused(&["--sites=0"], &["1 to 2000"]);
    refused(&["--cover=140"], &["at most 100%", "like 95%"]);
    refused(&["--sites=1", "--forbid=x"], &["way-17-left@120-240"]);
    refused(
        &["--sites=1", "--forbid=x@1-2"],
        &["no bank has the id", "a gap names"],
    );
    refused(
        &["--sites=1", "--require=10.0,10.0"],
        &["nothing can stand"],
    );
}

#[test]
fn a_piece_that_is_hardly_missed_is_moved_to_where_it_helps() {
    let town = canal();
    // Two poles beside each other: one of them is hardly missed.
    let twice = register(&[
        ("P1", "pole", -100.0, 6.0, "usable"),
        ("P2", "pole", -96.5, 6.0, "usable"),
    ]);
    let file = town.path().join("twice.csv");
    fs::write(&file, twice).unwrap();
    let equipment = format!("--equipment={}", file.to_str().unwrap());
    let stays = asked(&town, &["--sites=1", &equipment, "--format=json"]).json();
    let moved = asked(
        &town,
        &["--sites=1", "--move=1", &equipment, "--format=json"],
    )
    .json();
    assert_eq!(stays["moved"], json!([]));
    assert_eq!(moved["moved"].as_array().unwrap().len(), 1);
    assert_eq!(moved["sites"].as_array().unwrap().len(), 2);
    let covered = |report: &Value| report["covered_after_m"].as_f64().unwrap();
    assert!(
        covered(&moved) > covered(&stays) + 50.0,
        "{}",
        covered(&moved)
    );
    assert_eq!(moved["covered_before_m"], stays["covered_before_m"]);
    let value = |report: &Value, name: &str| report[name].as_f64().unwrap();
    assert!(value(&moved, "value") <= value(&moved, "bound") + 0.1);
}

#[test]
fn where_every_village_comes_first_the_small_one_is_not_left_out() {
    let town = canal();
    let share = |report: &Value| {
        let sites = report["sites"].as_array().unwrap().iter();
        sites.filter(|site| site["village"] == "330681").count()
    };
    let free = asked(&town, &["--sites=2", "--limit-m=20", "--format=json"]).json();
    let fair = asked(
        &town,
        &["--sites=2", "--limit-m=20", "--fair=20%", "--format=json"],
    )
    .json();
    assert!(share(&fair) >= share(&free), "{fair}");
    let value = |report: &Value, name: &str| report[name].as_f64().unwrap();
    assert!(value(&fair, "value") <= value(&free, "bound") + 0.1);
    assert!(value(&fair, "bound") >= value(&free, "value") - 0.1);
    let never = asked(
        &town,
        &["--sites=1", "--limit-m=20", "--fair=100%", "--format=json"],
    )
    .json();
    assert_eq!(never["below"], json!(["330681"]));
}
