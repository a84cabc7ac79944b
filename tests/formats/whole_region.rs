//! A whole folder: several sources, a clip, progress, and what is wrong with a folder.

use std::sync::Mutex;

use zhugan::formats::read_region;
use zhugan::model::oddity::OddityKind;

use super::Folder;
use super::collection;
use super::feature;
use super::of_kind;

const REGION: &str = r#"
id = "town"
name = { en = "Town" }
time_zone = "Asia/Shanghai"
[[source]]
file = "poles.csv"
use = ["equipment"]
attribution = "the town"
[[source]]
file = "more.geojson"
use = ["equipment"]
illustrative = true
attribution = "the town"
[[source]]
file = "water.geojson"
use = ["water"]
clip = "villages.geojson"
[[source]]
file = "villages.geojson"
use = ["villages"]
"#;

fn square(x: f64, y: f64, side: f64) -> String {
    let (e, n) = (x + side, y + side);
    format!("[[[{x},{y}],[{e},{y}],[{e},{n}],[{x},{n}],[{x},{y}]]]")
}

fn town() -> Folder {
    let poles = "id,kind,lon,lat\na,pole,120.40,29.79\nfar,pole,121.5,29.79\n";
    let more = collection(&[
        &feature(r#"{"id":"a","kind":"pole"}"#, "Point", "[120.40001,29.79]"),
        &feature(r#"{"id":"b","kind":"ring"}"#, "Point", "[120.41,29.79]"),
    ]);
    let water = collection(&[
        &feature(
            r#"{"id":"inside"}"#,
            "Polygon",
            &square(120.41, 29.79, 0.001),
        ),
        // The villages end at 120.42; 900 m and 1,100 m east of it.
        &feature(
            r#"{"id":"near"}"#,
            "Polygon",
            &square(120.4293, 29.79, 0.001),
        ),
        &feature(
            r#"{"id":"far"}"#,
            "Polygon",
            &square(120.4315, 29.79, 0.001),
        ),
        &feature(r#"{"id":"around"}"#, "Polygon", &square(120.0, 29.0, 1.5)),
        &feature(
            r#"{"id":"through"}"#,
            "LineString",
            "[[119.0,29.785],[122.0,29.785]]",
        ),
        &feature(
            r#"{"id":"past"}"#,
            "LineString",
            "[[119.0,28.0],[122.0,28.0]]",
        ),
    ]);
    let villages = collection(&[
        &feature(
            r#"{"name":"west","code":"1"}"#,
            "Polygon",
            &square(120.40, 29.78, 0.01),
        ),
        &feature(
            r#"{"name":"east","code":"2"}"#,
            "Polygon",
            &square(120.41, 29.78, 0.01),
        ),
    ]);
    Folder::new(&[
        ("region.toml", REGION.as_bytes()),
        ("poles.csv", poles.as_bytes()),
        ("more.geojson", more.as_bytes()),
        ("water.geojson", water.as_bytes()),
        ("villages.geojson", villages.as_bytes()),
    ])
}

#[test]
fn all_sources_become_one() {
    let folder = town();
    let done = Mutex::new(Vec::new());
    let (settings, layers) = read_region(folder.path(), &|progress| {
        assert_eq!(progress.n_sources, 4);
        done.lock().unwrap().push(progress.file.to_owned());
    })
    .unwrap();
    assert_eq!(done.lock().unwrap().len(), 4);
    assert_eq!(settings.id.as_str(), "town");
    assert_eq!(settings.attribution.as_deref(), Some("the town"));
    let ids: Vec<&str> = layers
        .equipment
        .iter()
        .map(|piece| piece.id.as_str())
        .collect();
    assert_eq!(ids, ["a", "far", "b"]);
    assert!(layers.equipment[2].is_illustrative && !layers.equipment[0].is_illustrative);
    let told = of_kind(&layers, OddityKind::Duplicate);
    assert_eq!((told.len(), told[0].file.as_str()), (1, "more.geojson"));
    assert!(
        told[0].detail.contains("feature 1") && told[0].detail.contains("row 2 of poles.csv"),
        "{told:?}"
    );
    assert_eq!(layers.villages.len(), 2);
}

#[test]
fn what_lies_wholly_outside_the_clip_is_left_out_and_told() {
    let folder = town();
    let (_, layers) = read_region(folder.path(), &|_| {}).unwrap();
    let areas: Vec<&str> = layers
        .water_areas
        .iter()
        .map(|area| area.source.as_str())
        .collect();
    assert_eq!(areas, ["inside", "near", "around"]);
    let lines: Vec<&str> = layers
        .water_lines
        .iter()
        .map(|line| line.source.as_str())
        .collect();
    assert_eq!(lines, ["through"]);
    let told = of_kind(&layers, OddityKind::Outside);
    assert!(
        told.len() == 1 && told[0].detail.contains("2 times"),
        "{told:?}"
    );
}

#[test]
fn what_lies_deep_inside_the_clip_or_in_its_hole_is_told_apart() {
    let outer = square(120.0, 29.0, 0.4);
    let hole = square(120.1, 29.1, 0.2);
    let clip = format!(
        "[{},{}]",
        &outer[1..outer.len() - 1],
        &hole[1..hole.len() - 1]
    );
    let water = collection(&[
        &feature(r#"{"id":"in"}"#, "Polygon", &square(120.05, 29.05, 0.001)),
        &feature(
            r#"{"id":"in the hole"}"#,
            "Polygon",
            &square(120.2, 29.2, 0.001),
        ),
    ]);
    let clip = collection(&[&feature("{}", "Polygon", &clip)]);
    let folder = Folder::new(&[
        (
            "region.toml",
            b"id = \"a\"\n[[source]]\nfile = \"w.json\"\nuse = [\"water\"]\nclip = \"c.json\"",
        ),
        ("w.json", water.as_bytes()),
        ("c.json", clip.as_bytes()),
    ]);
    let (_, layers) = read_region(folder.path(), &|_| {}).unwrap();
    assert_eq!(layers.clip.len(), 2);
    let areas: Vec<&str> = layers
        .water_areas
        .iter()
        .map(|area| area.source.as_str())
        .collect();
    assert_eq!(areas, ["in"]);
}

#[test]
fn the_clip_is_one_outline_without_seams() {
    let folder = town();
    let (_, layers) = read_region(folder.path(), &|_| {}).unwrap();
    let [ring] = &layers.clip[..] else {
        panic!("{:?}", layers.clip);
    };
    assert!(ring.len() <= 6 && ring.first() != ring.last(), "{ring:?}");
    for corner in ring {
        let is_edge = |value: f64, low: f64, high: f64| {
            (value - low).abs() < 1e-8 || (value - high).abs() < 1e-8
        };
        assert!(is_edge(corner.lat(), 29.78, 29.79), "{corner:?}");
    }
}

#[test]
fn a_folder_that_is_no_region_is_refused_in_one_line() {
    for (files, part) in [
        (vec![], "region.toml"),
        (vec![("region.toml", "id = \"a\"")], "[[source]]"),
        (
            vec![(
                "region.toml",
                "id = \"a\"\n[[source]]\nfile = \"b.csv\"\nuse = [\"equipment\"]",
            )],
            "b.csv: cannot be read",
        ),
        (
            vec![(
                "region.toml",
                "id = \"a\"\n[[source]]\nfile = \".\"\nuse = [\"equipment\"]",
            )],
            "file inside the region's folder",
        ),
        (
            vec![
                (
                    "region.toml",
                    "id = \"a\"\n[[source]]\nfile = \"b.csv\"\nuse = [\"equipment\"]\nclip = \"c.json\"",
                ),
                ("b.csv", "lon,lat\n"),
                ("c.json", r#"{"type":"FeatureCollection","features":[]}"#),
            ],
            "c.json: has no polygon",
        ),
    ] {
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect();
        let folder = Folder::new(&files);
        let line = read_region(folder.path(), &|_| {}).unwrap_err().to_string();
        assert!(line.contains(part) && !line.contains('\n'), "{line}");
    }
}
