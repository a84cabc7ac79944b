//! `zhugan nearest`, as a person at a terminal or another program meets it.

use zhugan::geometry::datum::Datum;
use zhugan::geometry::lon_lat::LonLat;

use crate::commands::canal;
use crate::commands::place;
use crate::formats::Folder;
use crate::http::get;
use crate::http::serving;
use crate::program::Done;
use crate::program::zhugan;

/// The nearest to a place some meters east and north of the canal town's center.
fn nearest(town: &Folder, (east, north): (f64, f64), more: &[&str]) -> Done {
    let at = format!("--at={}", place(east, north));
    asked(town, &[&[at.as_str()], more].concat())
}

fn asked(town: &Folder, more: &[&str]) -> Done {
    let folder = town.path().to_str().unwrap();
    zhugan(&[&["nearest", folder], more].concat())
}

#[test]
fn the_json_is_what_the_service_answers() {
    let town = canal();
    let service = serving(&[town.path()]);
    for (east, north) in [(-100.0, 20.0), (-100.0, 1.0), (0.0, -30.0)] {
        let told = nearest(
            &town,
            (east, north),
            &["--format=json", "--kind=pole", "--limit=2", "--unusable"],
        );
        let at = place(east, north);
        let (lon, lat) = at.split_once(',').unwrap();
        let address =
            format!("/api/v1/nearest?lon={lon}&lat={lat}&kind=pole&limit=2&unusable=true");
        assert_eq!(
            told.json(),
            get(&service, &address).json(),
            "{east}, {north}"
        );
    }
}

#[test]
fn the_table_tells_a_person_what_to_fetch_and_over_which_bridge() {
    let town = canal();
    let table = nearest(&town, (-100.0, 6.0), &[]).text();
    for words in [
        "Canal Town 运河镇: 120.39",
        "(wgs84) lies on a bank.",
        "The nearest usable pole, life ring or throw rope on foot",
        "there and back s",
        "P1",
        "another",
        "bridge",
        " CA-",
        "illustrative: made up",
        "Map data: the town's survey",
    ] {
        assert!(table.contains(words), "no {words:?} in\n{table}");
    }
    assert!(
        !table.contains("P2"),
        "nobody relies on a missing pole:\n{table}"
    );
    assert!(!table.contains('\u{1b}'), "plain where nobody looks");
}

#[test]
fn the_table_of_a_casualty_tells_each_bank_and_what_reaches() {
    let town = canal();
    let table = nearest(&town, (-100.0, -2.0), &["--kind", "pole"]).text();
    for words in [
        "lies in the water of =Canal 运河.",
        "3 m from the casualty: a pole, life ring or throw rope reaches so far",
        "7 m from the casualty: a life ring or throw rope reaches so far",
    ] {
        assert!(table.contains(words), "no {words:?} in\n{table}");
    }
    let rows: Vec<&str> = table.lines().filter(|line| line.contains("P1")).collect();
    let reaches: Vec<bool> = rows.iter().map(|row| row.ends_with("yes")).collect();
    assert_eq!(reaches, [true, false], "{table}");
}

#[test]
fn what_cannot_be_used_is_told_apart_when_it_is_asked_for() {
    let town = canal();
    let table = nearest(&town, (100.0, 20.0), &["--unusable"]).text();
    let (usable, others) = table.split_once("Not to be relied on").unwrap();
    assert!(usable.contains("P1") && !usable.contains("P2"), "{table}");
    assert!(
        others.contains("P2") && others.contains("missing"),
        "{table}"
    );
}

#[test]
fn nothing_within_reach_is_an_answer() {
    let town = canal();
    let table = nearest(&town, (0.0, -30.0), &["--kind", "ring"]).text();
    let words = "Nobody can walk from here to a usable life ring.";
    assert!(table.contains(words), "{table}");
}

#[test]
fn a_place_from_a_shifted_map_is_taken_by_its_datum() {
    let town = canal();
    let at = place(-100.0, -20.0);
    let (lon, lat) = at.split_once(',').unwrap();
    let there = LonLat::new(lon.parse().unwrap(), lat.parse().unwrap()).unwrap();
    let (x, y) = Datum::Gcj02.from_wgs84(there).unwrap();
    let shifted = format!("{x},{y}");
    let told = asked(
        &town,
        &["--at", &shifted, "--datum", "gcj02", "--format=json"],
    )
    .json();
    assert_eq!(told["datum"], "gcj02");
    assert_eq!(told["results"][0]["id"], "P1");
    let walk_m = told["results"][0]["walk_m"].as_f64().unwrap();
    assert!((walk_m - 18.8).abs() < 0.3, "{walk_m}");
    asked(&town, &["--at", &shifted]).failed_with(&[
        &shifted,
        "outside the region canal-town as wgs84",
        "add --datum gcj02",
    ]);
}

#[test]
fn a_place_outside_the_region_is_a_failure_that_says_where_the_region_is() {
    let town = canal();
    let words = [
        "-3.1,55.9 lies outside the region canal-town",
        "120.39",
        "give a place in it",
    ];
    asked(&town, &["--at=-3.1,55.9"]).failed_with(&words);
    asked(&town, &["--at", "-3.1,55.9"]).failed_with(&words);
    let no_folder = zhugan(&["nearest", "no-such-folder", "--at", "1,2"]);
    no_folder.failed_with(&["no-such-folder", "is no folder"]);
}

#[test]
fn a_place_that_is_written_wrongly_is_wrong_usage() {
    let town = canal();
    for (wrong, word) in [
        (&["--at", "120.4"][..], "longitude first"),
        (&["--at", "120.4,29.8,3"], "longitude first"),
        (&["--at", "NaN,29.8"], "longitude first"),
        (&["--at", "--format=json"], "longitude first"),
        (&["--at", "29.8,120.4"], "latitude 120.4"),
        (&["--at", "120.4,29.8", "--datum", "mars"], "mars"),
        (&["--at", "1e9,29.8", "--datum", "epsg:4549"], "1000000000"),
        (&["--at", "120.4,29.8", "--limit", "0"], "from 1 to 20"),
        (&["--at", "120.4,29.8", "--kind", "poles"], "pole, ring"),
        (&["--at", "120.4,29.8", "--for", "everybody"], "equipment"),
        (&[], "--at"),
    ] {
        let done = asked(&town, wrong);
        assert_eq!(done.code, Some(2), "{wrong:?}: {}", done.err);
        assert!(done.out.is_empty(), "{wrong:?}");
        assert!(done.err.contains(word), "no {word:?} in {}", done.err);
    }
}

#[test]
fn a_comma_from_a_chinese_keyboard_is_a_comma() {
    let town = canal();
    let at = place(-100.0, -20.0).replace(',', "，");
    let table = asked(&town, &["--at", &at]).text();
    assert!(table.contains("P1"), "{table}");
}
