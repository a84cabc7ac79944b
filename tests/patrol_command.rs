//! `zhugan patrol`, as a person at a terminal or another program meets it.

use std::fs;

use serde_json::Value;

use crate::commands::canal;
use crate::formats::Folder;
use crate::program::Done;
use crate::program::zhugan;

const DAY: &str = "--day=2026-11-28";

fn asked(town: &Folder, more: &[&str]) -> Done {
    let folder = town.path().to_str().unwrap();
    // A day on which both halves of the canal are due.
    let usual = ["patrol", folder, "--teams=2", DAY, "--steps=200"];
    zhugan(&[&usual[..], more].concat())
}

#[test]
fn the_table_tells_a_person_who_walks_where_and_how_good_it_is() {
    let town = canal();
    let table = asked(&town, &["--minutes=90", "--goal=balanced"]).text();
    for words in [
        "2026-11-28:",
        "m of bank are due;",
        "The longest walk takes",
        "Teams without a --start begin amid what is due.",
        "Team 1",
        "Map data: the town's survey",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
}

#[test]
fn what_is_seen_and_what_is_carried_over_is_what_is_due() {
    let town = canal();
    for minutes in ["1", "3", "90"] {
        let minutes = format!("--minutes={minutes}");
        let plan = asked(&town, &[&minutes, "--format=json"]).json();
        let number = |name: &str| plan[name].as_f64().unwrap();
        assert!((number("seen_m") + number("carried_m") - number("required_m")).abs() < 0.2);
        let lengths = |list: &Value, name: &str| -> f64 {
            let rows = list.as_array().unwrap().iter();
            rows.map(|row| row[name].as_f64().unwrap()).sum()
        };
        let seen: f64 = plan["teams"]
            .as_array()
            .unwrap()
            .iter()
            .map(|team| lengths(&team["stops"], "seen_m"))
            .sum();
        assert!((seen - number("seen_m")).abs() < 1.0, "{seen}");
        assert!((lengths(&plan["carried"], "length_m") - number("carried_m")).abs() < 1.0);
        assert!(number("longest_s") <= minutes[10..].parse::<f64>().unwrap() * 60.0);
    }
}

#[test]
fn what_one_evening_does_not_come_to_counts_more_on_the_next() {
    let town = canal();
    let first = asked(&town, &["--minutes=3", "--format=json"]).json();
    let carried = first["carried"].as_array().unwrap();
    assert!(!carried.is_empty(), "three minutes are short");
    let file = town.path().join("last.json");
    fs::write(&file, first.to_string()).unwrap();
    let after = format!("--after={}", file.display());
    let next = asked(&town, &["--minutes=90", "--format=json", &after]).json();
    let stops = next["teams"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|team| team["stops"].as_array().unwrap());
    let stops: Vec<&Value> = stops.collect();
    for row in carried {
        let stop = stops
            .iter()
            .find(|stop| stop["stretch"] == row["stretch"])
            .unwrap();
        assert_eq!(stop["evenings"], row["evenings"]);
    }
    let wrong = town.path().join("wrong.json");
    fs::write(&wrong, "{}").unwrap();
    let after = format!("--after={}", wrong.display());
    let done = asked(&town, &["--minutes=90", &after]);
    done.failed_with(&["is no plan as patrol --format json writes it"]);
}

#[test]
fn the_files_tell_the_same_ways() {
    let town = canal();
    let json = asked(&town, &["--minutes=90", "--format=json"]).json();
    let geojson = asked(&town, &["--minutes=90", "--format=geojson"]).json();
    let gpx = asked(&town, &["--minutes=90", "--format=gpx"]).text();
    let team = json["teams"]
        .as_array()
        .unwrap()
        .iter()
        .find(|team| !team["stops"].as_array().unwrap().is_empty());
    let team = team.unwrap();
    let lines = geojson["features"].as_array().unwrap();
    let line = lines
        .iter()
        .find(|line| line["properties"]["number"] == team["number"])
        .unwrap();
    assert_eq!(line["geometry"]["coordinates"], team["line"]);
    assert_eq!(geojson["value"], json["value"]);
    let points = team["line"].as_array().unwrap();
    for (group, point) in [("rte", "rtept"), ("trk", "trkpt")] {
        assert!(gpx.contains(&format!("<{group}>")), "{gpx}");
        let [lon, lat] = [0, 1].map(|index| points[0][index].to_string());
        assert!(
            gpx.contains(&format!("<{point} lat=\"{lat}\" lon=\"{lon}\"/>")),
            "{gpx}"
        );
    }
    assert!(gpx.contains("survey</desc>"));
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let town = canal();
    for (wrong, words) in [
        ("--minutes=0", "from 1 to 720 minutes"),
        ("--minutes=9 --teams=0", "from 1 to 40"),
        ("--minutes=9 --day=2026-02-30", "a day like"),
        ("--minutes=9 --start=9", "two numbers with a comma"),
    ] {
        let parts: Vec<&str> = wrong.split(' ').collect();
        let folder = town.path().to_str().unwrap();
        let mut all = vec!["patrol", folder];
        if !wrong.contains("--teams") {
            all.push("--teams=2");
        }
        all.extend(parts);
        let done = zhugan(&all);
        assert_eq!(done.code, Some(2), "{wrong}: {}", done.err);
        assert!(done.err.contains(words), "{wrong}: {}", done.err);
    }
    let done = asked(&town, &["--minutes=9", "--start=0,0"]);
    done.failed_with(&["team 0, counted from 0, begins or ends where nobody can stand"]);
}

#[test]
fn four_teams_see_what_they_can_of_the_sample_region_and_all_the_rest_is_named() {
    let usual = [
        "patrol",
        "maps/liechtenstein",
        "--teams=4",
        "--minutes=90",
        "--format=json",
    ];
    let plan = zhugan(&[&usual[..], &["--day=2026-11-29", "--steps=800"]].concat()).json();
    let number = |name: &str| plan[name].as_f64().unwrap();
    assert!(number("required_m") > 30_000.0);
    assert!((number("seen_m") + number("carried_m") - number("required_m")).abs() < 0.2);
    let teams = plan["teams"].as_array().unwrap();
    let stops = teams
        .iter()
        .flat_map(|team| team["stops"].as_array().unwrap());
    let carried = plan["carried"].as_array().unwrap();
    let mut named: Vec<&str> = stops
        .chain(carried)
        .map(|row| row["stretch"].as_str().unwrap())
        .collect();
    let n_named = named.len();
    named.sort_unstable();
    named.dedup();
    assert_eq!(
        named.len(),
        n_named,
        "each stretch is somebody's or carried over, once"
    );
    for team in teams {
        assert!(team["takes_s"].as_f64().unwrap() <= 5_400.0);
    }
    // Within ten seconds it is 10 percent; this is a fraction of these steps.
    assert!(number("gap_percent") < 25.0, "{}", number("gap_percent"));
    assert!(number("value") <= number("bound"));
}
