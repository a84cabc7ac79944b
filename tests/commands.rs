//! The program as a person or another program meets it: commands, exit codes, what stands on which stream.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use geo::Coord;
use serde_json::Value;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::geometry::plane::LocalPlane;

use crate::formats::Folder;
use crate::formats::collection;
use crate::formats::feature;
use crate::program::PATIENCE;
use crate::program::drained;
use crate::program::ended;
use crate::program::started;
use crate::program::zhugan;

pub const REGION: &str = r#"
id = "canal-town"
name = { en = "Canal Town", zh = "运河镇" }
[[source]]
file = "map.geojson"
use = ["water"]
attribution = "the town's survey"
[[source]]
file = "paths.geojson"
use = ["paths"]
[[source]]
file = "villages.geojson"
use = ["villages"]
[[source]]
file = "equipment.csv"
use = ["equipment"]
illustrative = true
"#;

/// A place some meters east and north of the town's center.
pub fn place(east: f64, north: f64) -> String {
    let center = LonLat::new(120.4, 29.8).unwrap();
    let point = Coord { x: east, y: north };
    let place = LocalPlane::new(center).to_lon_lat(point).unwrap();
    format!("{:.9},{:.9}", place.lon(), place.lat())
}

fn line(points: &[(f64, f64)]) -> String {
    let places: Vec<String> = points
        .iter()
        .map(|&(east, north)| format!("[{}]", place(east, north)))
        .collect();
    format!("[{}]", places.join(","))
}

/// A register of pieces: id, kind, meters east and north, condition.
pub fn register(pieces: &[(&str, &str, f64, f64, &str)]) -> String {
    let row = |(id, kind, east, north, condition): &(&str, &str, f64, f64, &str)| {
        format!("{id},{kind},{},{condition}\n", place(*east, *north))
    };
    let rows: Vec<String> = pieces.iter().map(row).collect();
    format!("id,kind,lon,lat,condition\n{}", rows.concat())
}

/// A canal 10 m wide runs 400 m to the east; a bridge leads over its middle, far from both poles.
///
/// A usable pole stands on its southern bank 100 m from the west, a missing one on its northern bank 100 m from the east.
pub fn canal() -> Folder {
    canal_with(&register(&[
        ("P1", "pole", -100.0, -5.0, "usable"),
        ("P2", "pole", 100.0, 5.0, "missing"),
        ("B1", "board", 0.0, -20.0, "usable"),
    ]))
}

pub fn canal_with(equipment: &str) -> Folder {
    let canal = line(&[(-200.0, 0.0), (200.0, 0.0)]);
    let water = feature(
        r#"{"id":"canal","kind":"canal","name":"=Canal 运河","width_m":"10"}"#,
        "LineString",
        &canal,
    );
    let path = |properties: &str, from: f64, to: f64| {
        feature(properties, "LineString", &line(&[(0.0, from), (0.0, to)]))
    };
    let south = path(r#"{"id":"south","kind":"footway"}"#, -100.0, -6.0);
    let bridge = path(
        r#"{"id":"bridge","kind":"footway","bridge":"yes"}"#,
        -6.0,
        6.0,
    );
    let north = path(r#"{"id":"north","kind":"footway"}"#, 6.0, 100.0);
    // The western half is one village, the eastern half none.
    let west = line(&[
        (-300.0, -200.0),
        (0.0, -200.0),
        (0.0, 200.0),
        (-300.0, 200.0),
        (-300.0, -200.0),
    ]);
    let village = feature(
        r#"{"name":"West","code":"330681"}"#,
        "Polygon",
        &format!("[{west}]"),
    );
    Folder::new(&[
        ("region.toml", REGION.as_bytes()),
        ("map.geojson", collection(&[&water]).as_bytes()),
        (
            "paths.geojson",
            collection(&[&south, &bridge, &north]).as_bytes(),
        ),
        ("villages.geojson", collection(&[&village]).as_bytes()),
        ("equipment.csv", equipment.as_bytes()),
    ])
}

fn shown(folder: &Folder) -> &str {
    folder.path().to_str().unwrap()
}

fn about(value: &Value, expected: f64, within: f64) {
    let found = value.as_f64().unwrap();
    assert!(
        (found - expected).abs() <= within,
        "{found}, not {expected}"
    );
}

#[test]
fn a_pole_covers_its_own_bank_and_the_rest_of_both_banks_are_gaps() {
    let town = canal();
    let report = zhugan(&["gaps", shown(&town), "--format", "json"]).json();
    assert_eq!(report["region"], "canal-town");
    assert_eq!(report["datum"], "wgs84");
    assert_eq!(report["limit_m"], 50.0);
    about(&report["bank_m"], 800.0, 1.0);
    // 50 m to each side, at 1.1 effective meters a meter of bank.
    about(&report["covered_m"], 100.0 / 1.1, 0.3);
    about(&report["covered_share"], 100.0 / 1.1 / 800.0, 0.001);
    let gaps = report["gaps"].as_array().unwrap();
    let sum: f64 = gaps
        .iter()
        .map(|gap| gap["length_m"].as_f64().unwrap())
        .sum();
    let open = report["bank_m"].as_f64().unwrap() - report["covered_m"].as_f64().unwrap();
    assert!((sum - open).abs() < 0.1 * gaps.len() as f64, "{sum} {open}");
    assert_eq!(report["water_bodies"][0]["kind"], "canal");
    assert_eq!(report["water_bodies"][0]["name"], "=Canal 运河");
    assert_eq!(report["villages"][0]["id"], "330681");
    about(&report["villages"][0]["bank_m"], 400.0, 1.0);
    about(&report["elsewhere"]["bank_m"], 400.0, 1.0);
}

#[test]
fn a_gap_says_where_it_is_why_and_what_is_nearest() {
    let town = canal();
    let report = zhugan(&["gaps", shown(&town), "--format", "json"]).json();
    let gaps = report["gaps"].as_array().unwrap();
    let reasons: Vec<&str> = gaps
        .iter()
        .map(|gap| gap["reason"].as_str().unwrap())
        .collect();
    assert!(reasons.contains(&"across_water"), "{reasons:?}");
    assert!(reasons.contains(&"only_unusable"), "{reasons:?}");
    for gap in gaps {
        assert_eq!(gap["nearest"], "P1");
        assert!(gap["from_m"].as_f64() < gap["to_m"].as_f64());
        assert!(gap["worst_reach_m"].as_f64().unwrap() > 50.0);
        let first = &gap["line"][0];
        about(&first[0], 120.4, 0.01);
        about(&first[1], 29.8, 0.01);
        let digits = first[0].to_string();
        assert!(digits.split('.').nth(1).unwrap().len() <= 7, "{digits}");
    }
    let opposite = gaps.iter().find(|gap| gap["reason"] == "across_water");
    let opposite = opposite.unwrap();
    assert_eq!(opposite["village"], "330681");
    about(&opposite["nearest_straight_m"], 10.0, 0.1);
}

#[test]
fn nobody_gets_there_is_null_and_no_failure() {
    let town = canal_with("id,kind,lon,lat\n");
    let report = zhugan(&["gaps", shown(&town), "--format", "json"]).json();
    assert_eq!(report["covered_m"], 0.0);
    for gap in report["gaps"].as_array().unwrap() {
        assert_eq!(gap["reason"], "unreachable");
        assert!(gap["worst_reach_m"].is_null() && gap["nearest"].is_null());
    }
}

#[test]
fn the_build_figures_are_there() {
    let town = canal();
    let report = zhugan(&["gaps", shown(&town), "--format", "json"]).json();
    let build = &report["build"];
    for name in ["read_s", "ground_s", "reach_s"] {
        assert!(build[name].as_f64().unwrap() > 0.0, "{name}");
    }
    assert!(build["nodes"].as_u64().unwrap() > 80);
    assert!(build["edges"].as_u64() > build["nodes"].as_u64());
    if Path::new("/proc/self/status").exists() {
        assert!(build["peak_rss_mb"].as_u64().unwrap() > 1);
    }
}

#[test]
fn another_limit_other_kinds_and_another_register_are_taken() {
    let town = canal();
    let wider = ["gaps", shown(&town), "--format", "json", "--limit-m", "88"];
    about(&zhugan(&wider).json()["covered_m"], 160.0, 30.0);
    let boards = ["gaps", shown(&town), "--format=json", "--kind", "board,aed"];
    let report = zhugan(&boards).json();
    assert_eq!(report["kinds"], serde_json::json!(["board", "aed"]));
    assert_eq!(report["gaps"][0]["nearest"], "B1");
    let other = Folder::new(&[(
        "other.csv",
        register(&[("R1", "ring", 100.0, 5.0, "usable")]).as_bytes(),
    )]);
    let other = other.path().join("other.csv");
    let other = other.to_str().unwrap();
    let replaced = ["gaps", shown(&town), "--format=json", "--equipment", other];
    let report = zhugan(&replaced).json();
    assert_eq!(report["equipment"]["total"], 1);
    assert_eq!(report["gaps"][0]["nearest"], "R1");
    assert_eq!(report["illustrative"], false);
}

#[test]
fn a_pole_beside_the_bridge_serves_both_banks() {
    let town = canal_with(&register(&[("P1", "pole", -5.0, -5.0, "usable")]));
    let report = zhugan(&["gaps", shown(&town), "--format", "json"]).json();
    // To the bridge over open ground, over its 12 m, and back to the bank over open ground.
    let over_water = 26.0_f64.sqrt() * 1.25 + 12.0 + 1.0 * 1.25;
    let (own, other) = (100.0 / 1.1, 2.0 * (50.0 - over_water) / 1.1);
    about(&report["covered_m"], own + other, 0.3);
}

#[test]
fn made_up_equipment_is_said_to_be_made_up() {
    let town = canal();
    let table = zhugan(&["gaps", shown(&town)]).text();
    assert!(table.contains("illustrative: made up"), "{table}");
    let report = zhugan(&["check", shown(&town)]).text();
    assert!(report.contains("illustrative: made up"), "{report}");
    for format in ["json", "geojson"] {
        let answer = zhugan(&["gaps", shown(&town), "--format", format]).json();
        assert_eq!(answer["illustrative"], true, "{format}");
        assert_eq!(answer["attribution"], "the town's survey", "{format}");
    }
    let csv = zhugan(&["gaps", shown(&town), "--format", "csv"]).text();
    let header = csv.lines().next().unwrap();
    assert!(header.ends_with("illustrative,attribution"), "{header}");
    let mut rows = csv.lines().skip(1);
    assert!(
        rows.all(|row| row.ends_with("true,the town's survey")),
        "{csv}"
    );
}

#[test]
fn the_table_tells_a_person_what_matters() {
    let town = canal();
    let table = zhugan(&["gaps", shown(&town), "--top", "1"]).text();
    for words in [
        "Canal Town 运河镇: 11.3% of the bank is covered.",
        "within 50 m of a usable pole, life ring or throw rope",
        "Of 3 pieces of equipment, 2 are of these kinds, and 1 of those are usable.",
        "By water body",
        "By village",
        "more gaps: --top",
        "Map data: the town's survey",
    ] {
        assert!(table.contains(words), "no {words:?} in\n{table}");
    }
    assert!(!table.contains('\u{1b}'), "plain where nobody looks");
}

#[test]
fn geojson_holds_a_line_for_each_gap() {
    let town = canal();
    let json = zhugan(&["gaps", shown(&town), "--format", "json"]).json();
    let map = zhugan(&["gaps", shown(&town), "--format", "geojson"]).json();
    assert_eq!(map["type"], "FeatureCollection");
    let (gaps, features) = (&json["gaps"], &map["features"]);
    assert_eq!(
        features.as_array().unwrap().len(),
        gaps.as_array().unwrap().len()
    );
    for (gap, feature) in gaps
        .as_array()
        .unwrap()
        .iter()
        .zip(features.as_array().unwrap())
    {
        assert_eq!(feature["geometry"]["type"], "LineString");
        assert_eq!(feature["geometry"]["coordinates"], gap["line"]);
        assert_eq!(feature["properties"]["reason"], gap["reason"]);
        assert_eq!(feature["properties"]["length_m"], gap["length_m"]);
        assert!(feature["properties"].get("line").is_none());
    }
}

#[test]
fn a_spreadsheet_runs_nothing_from_a_csv() {
    let town = canal_with(&register(&[("@P1", "pole", -100.0, -5.0, "usable")]));
    let csv = zhugan(&["gaps", shown(&town), "--format", "csv"]).text();
    assert!(csv.contains(",'=Canal 运河,"), "{csv}");
    assert!(csv.contains(",'@P1,"), "{csv}");
    assert!(!csv.contains(",=Canal") && !csv.contains(",@P1"), "{csv}");
}

#[test]
fn a_file_is_written_whole_and_nothing_is_left_beside_it() {
    let town = canal();
    let folder = Folder::new(&[("gaps.csv", b"what stood here before, and was much longer")]);
    let file = folder.path().join("gaps.csv");
    let done = zhugan(&[
        "gaps",
        shown(&town),
        "--format=csv",
        "-o",
        file.to_str().unwrap(),
    ]);
    assert_eq!((done.text(), done.err.as_str()), (String::new(), ""));
    let csv = fs::read_to_string(&file).unwrap();
    assert!(csv.starts_with("id,bank,"), "{csv}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let nowhere = folder.path().join("no folder").join("gaps.csv");
    let nowhere = nowhere.to_str().unwrap();
    zhugan(&["gaps", shown(&town), "-o", nowhere]).failed_with(&[nowhere, "check that"]);
    let itself = folder.path().to_str().unwrap();
    zhugan(&["gaps", shown(&town), "-o", itself]).failed_with(&[itself, "is a folder"]);
}

#[test]
fn a_fault_is_one_line_with_file_fault_and_mend() {
    let gone = "no-such-folder";
    zhugan(&["gaps", gone]).failed_with(&[gone, "is no folder", "give the folder"]);
    let empty = Folder::new(&[]);
    zhugan(&["check", shown(&empty)]).failed_with(&[shown(&empty), "no region.toml"]);
    let town = canal();
    let missing = ["gaps", shown(&town), "--equipment", "no-such.csv"];
    zhugan(&missing).failed_with(&["no-such.csv", "is no file", "--equipment"]);
    let odd = Folder::new(&[("region.toml", b"id = \"a\"\nname = [[[")]);
    zhugan(&["gaps", shown(&odd)]).failed_with(&["region.toml", "line 2", "toml.io"]);
    let two_lines = "no\nsuch\u{1b}[31m";
    zhugan(&["gaps", two_lines]).failed_with(&["no such"]);
}

#[test]
fn a_map_that_was_cut_off_is_named() {
    let whole = fs::read(sample("liechtenstein-2013-08-03.osm.pbf")).unwrap();
    let toml =
        b"id = \"a\"\nname = { en = \"A\" }\n[[source]]\nfile = \"cut.osm.pbf\"\nuse = [\"water\"]";
    let folder = Folder::new(&[("region.toml", toml), ("cut.osm.pbf", &whole[..300_000])]);
    for command in ["gaps", "check"] {
        zhugan(&[command, shown(&folder)]).failed_with(&["cut.osm.pbf", "cut off", "again"]);
    }
}

#[test]
fn a_region_without_anything_has_no_ground_and_says_so() {
    let toml =
        b"id = \"a\"\nname = { en = \"A\" }\n[[source]]\nfile = \"e.csv\"\nuse = [\"equipment\"]";
    let folder = Folder::new(&[("region.toml", toml), ("e.csv", b"id,kind,lon,lat\n")]);
    zhugan(&["gaps", shown(&folder)]).failed_with(&[shown(&folder), "name a source"]);
}

#[test]
fn a_wrong_question_is_exit_code_2() {
    let town = canal();
    for wrong in [
        &["--limit-m", "NaN"][..],
        &["--limit-m", "-5"],
        &["--limit-m=0"],
        &["--limit-m", "inf"],
        &["--limit-m", "fifty"],
        &["--kind", "poles"],
        &["--kind", ""],
        &["--format", "xml"],
        &["--no-such-option"],
    ] {
        let done = zhugan(&[&["gaps", shown(&town)], wrong].concat());
        assert_eq!(done.code, Some(2), "{wrong:?}: {}", done.err);
        assert!(done.out.is_empty() && !done.err.is_empty(), "{wrong:?}");
    }
    assert_eq!(zhugan(&["gaps"]).code, Some(2));
    assert_eq!(zhugan(&["no-such-command"]).code, Some(2));
    assert_eq!(zhugan(&["--help"]).code, Some(0));
}

#[test]
fn a_check_counts_what_is_there_and_lists_what_is_odd() {
    let town = canal_with(&register(&[
        ("P1", "pole", -100.0, -5.0, "usable"),
        ("wet", "pole", -50.0, -3.0, "usable"),
        ("bad", "pole", -100.0, 5.0, "splendid"),
    ]));
    let report = zhugan(&["check", shown(&town), "--format", "json"]).json();
    assert_eq!(report["datum"], "wgs84");
    assert_eq!(report["layers"]["water_lines"], 1);
    assert_eq!(report["water_bodies"][0]["kind"], "canal");
    about(&report["bank_m"], 800.0, 1.0);
    assert_eq!(report["crossings"][0]["kind"], "bridge");
    assert_eq!(report["crossings"][0]["open"], 1);
    assert_eq!(report["villages"][0]["name"], "West");
    let oddities = report["oddities"].as_array().unwrap();
    let odd = |id: &str, kind: &str| {
        let mut all = oddities.iter();
        let found = all.find(|odd| odd["id"] == id && odd["kind"] == kind);
        found.unwrap_or_else(|| panic!("{id} is no {kind}: {oddities:?}"))
    };
    let wet = odd("wet", "off_ground");
    about(&wet["place"][1], 29.8, 0.001);
    assert!(
        wet["detail"]
            .as_str()
            .unwrap()
            .contains("2.0 m into the water")
    );
    odd("wet", "either_bank");
    let table = zhugan(&["check", shown(&town)]).text();
    assert!(table.contains("wet at 120.39"), "{table}");
    assert!(table.contains("splendid"), "{table}");
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let town = canal();
    let mut child = started(&["gaps", shown(&town)], None);
    drop(child.stdout.take());
    let err = drained(child.stderr.take().unwrap());
    assert_eq!(ended(&mut child), Some(0));
    assert!(err.recv_timeout(PATIENCE).unwrap().is_empty());
}

#[test]
fn columns_line_up_with_chinese_names_in_them() {
    let town = canal();
    let table = zhugan(&["gaps", shown(&town)]).text();
    let start = table
        .lines()
        .position(|line| line.starts_with("  water "))
        .unwrap();
    let rows: Vec<&str> = table.lines().skip(start).take(2).collect();
    // Each of the two Chinese signs takes two columns of the terminal.
    let column = |row: &str, word: &str| {
        let before = &row[..row.find(word).unwrap()];
        before
            .chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum::<usize>()
    };
    assert_eq!(column(rows[0], "kind"), column(rows[1], "canal"), "{table}");
}

fn sample(file: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("maps/liechtenstein").join(file)
}
