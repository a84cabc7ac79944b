//! Files made to break a reader: an error of one line or oddities, never a crash.

use std::fmt::Write as _;

use proptest::prelude::*;
use zhugan::formats::region_file::Source;
use zhugan::formats::region_file::parse;
use zhugan::formats::wanted::Wanted;
use zhugan::model::oddity::OddityKind;

use super::collection;
use super::feature;
use super::read;
use super::read_json;
use super::wanted;

fn check_refused(file: &str, bytes: &[u8], part: &str) {
    let line = read(&Source::new(file, wanted("equipment")), bytes).unwrap_err();
    assert!(line.contains(part), "{part:?} is not in {line:?}");
}

#[test]
fn broken_json_is_refused_in_one_line() {
    for (text, part) in [
        ("", "no JSON"),
        ("{", "no JSON"),
        ("[1,2]", "FeatureCollection"),
        ("null", "FeatureCollection"),
        ("{}", "none of GeoJSON's"),
        (r#"{"type":"Topology"}"#, "none of GeoJSON's"),
        (r#"{"type":"FeatureCollection"}"#, "features"),
        (
            r#"{"type":"FeatureCollection","features":{}}"#,
            "FeatureCollection",
        ),
        (r#"{"type":"FeatureCollection","features":[}"#, "no JSON"),
        (r#"{"type":"FeatureCollection","features":[{"#, "no JSON"),
        (
            r#"{"type":"FeatureCollection","features":[NaN]}"#,
            "no JSON",
        ),
    ] {
        check_refused("map.json", text.as_bytes(), part);
    }
}

#[test]
fn binary_files_are_refused_as_no_text() {
    check_refused("map.json", b"PK\x03\x04\x00\x00", "text");
    check_refused("poles.csv", b"id,kind\x00lon,lat", "zero byte");
    check_refused("poles.csv", &[0xff; 100], "encoding");
}

#[test]
fn deep_nesting_costs_only_its_feature() {
    let deep = "[".repeat(1_000_000);
    check_refused("map.json", deep.as_bytes(), "JSON");
    let balanced = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let layers = read_json(
        "paths",
        &collection(&[&feature("{}", "LineString", &balanced)]),
    );
    assert_eq!(layers.oddities[0].kind, OddityKind::BadValue);
    let mut nested = String::from(r#"{"type":"Point","coordinates":[120,30]}"#);
    for _ in 0..30 {
        nested = format!(r#"{{"type":"GeometryCollection","geometries":[{nested}]}}"#);
    }
    let layers = read_json("equipment", &nested);
    assert!(
        layers.oddities[0].detail.contains("too deep"),
        "{:?}",
        layers.oddities
    );
}

#[test]
fn lone_surrogates_cost_only_their_feature() {
    let bad = feature(r#"{"name":"\ud800"}"#, "Point", "[120,30]");
    let good = feature(
        r#"{"name":"\ud83d\ude00","kind":"pole"}"#,
        "Point",
        "[120,30]",
    );
    let layers = read_json("equipment", &collection(&[&bad, &good]));
    assert_eq!(layers.equipment.len(), 1);
    assert_eq!(layers.oddities[0].kind, OddityKind::BadValue);
}

#[test]
fn a_huge_attribute_is_no_trouble_and_no_huge_message() {
    let huge = "x".repeat(10 << 20);
    let layers = read_json(
        "equipment",
        &collection(&[&feature(
            &format!(r#"{{"kind":"{huge}"}}"#),
            "Point",
            "[120,30]",
        )]),
    );
    assert_eq!(layers.equipment.len(), 1);
    assert!(
        layers
            .oddities
            .iter()
            .all(|oddity| oddity.detail.len() < 500)
    );
    let csv = format!("id,kind,lon,lat,note\na,pole,120,30,{huge}\nb,pole,121,30,\n");
    let layers = read(
        &Source::new("poles.csv", wanted("equipment")),
        csv.as_bytes(),
    )
    .unwrap();
    assert_eq!(layers.equipment.len(), 1);
    assert!(layers.oddities[0].detail.contains("bytes"));
}

#[test]
fn a_flood_of_oddities_is_counted_not_listed() {
    let mut csv = String::from("id,kind,lon,lat\n");
    for row in 0..30_000 {
        writeln!(csv, "{row},pole,x,y").unwrap();
    }
    let layers = read(
        &Source::new("poles.csv", wanted("equipment")),
        csv.as_bytes(),
    )
    .unwrap();
    assert!(layers.oddities.len() <= 10_001);
    assert!(
        layers
            .oddities
            .last()
            .unwrap()
            .detail
            .contains("more oddities")
    );
}

#[test]
fn the_same_id_thousands_of_times_is_quick() {
    let line = feature(r#"{"id":"1"}"#, "LineString", "[[120,30],[120.1,30]]");
    let layers = read_json("paths", &collection(&vec![line.as_str(); 20_000]));
    assert_eq!(layers.paths.len(), 20_000);
    assert_eq!(layers.paths[19_999].source, "1-20000");
}

#[test]
fn an_entangled_outline_is_told_in_bounded_time() {
    // A zigzag of long diagonals: none cross, but each lies within the bounds of every other.
    let mut ring = String::from("[[[-1,-1]");
    for step in 0..40_000 {
        let (far, shift) = (f64::from(step % 2) * 50.0, f64::from(step) * 1e-4);
        write!(ring, ",[{},{far}]", far + shift).unwrap();
    }
    ring.push_str(",[70,-1],[-1,-1]]]");
    let layers = read_json("water", &collection(&[&feature("{}", "Polygon", &ring)]));
    assert_eq!(
        layers.oddities[0].kind,
        OddityKind::InvalidOutline,
        "{:?}",
        layers.oddities
    );
}

#[test]
fn formats_that_are_not_read_say_what_is() {
    for (file, part) in [
        ("a.dxf", "no format"),
        ("a", ".geojson"),
        ("a.xls", ".xlsx"),
    ] {
        check_refused(file, b"x", part);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_an_error_or_layers(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for file in ["a.json", "a.csv", "a.xlsx", "a.shp", "a.zip", "a.gpkg", "a.kml", "a.kmz", "a.gpx"] {
            let _ = read(&Source::new(file, wanted("equipment")), &bytes);
        }
    }

    #[test]
    fn a_truncated_or_damaged_file_is_an_error_or_layers(
        cut in 0..2000_usize, at in 0..2000_usize, byte in any::<u8>(),
    ) {
        let whole = collection(&[
            &feature(r#"{"name":"枫","kind":"pond","id":3}"#, "Polygon", "[[[120.0,30.0],[120.1,30.1],[120.1,30.0],[120.0,30.0]]]"),
            &feature(r#"{"kind":"footway","bridge":"yes"}"#, "LineString", "[[120,30],[121,30.5,9]]"),
            &feature(r#"{"kind":"pole","condition":"ok"}"#, "Point", "[120.41,29.79]"),
        ]).into_bytes();
        let csv = b"id,kind,lon,lat,note\na,pole,120.41,29.79,\"x\"\nb,ring,120.42,29.79,\n".to_vec();
        for (file, mut bytes) in [("a.json", whole), ("a.csv", csv)] {
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(cut.max(1).min(bytes.len()));
            let _ = read(&Source::new(file, Wanted::ALL), &bytes);
        }
    }

    #[test]
    fn any_text_is_settings_or_one_line(text in "[a-z0-9=\\[\\]{}\"., \\n#_-]{0,200}") {
        if let Err(error) = parse(&text) {
            prop_assert!(!error.to_string().contains('\n'));
        }
    }

    #[test]
    fn any_coordinates_are_places_or_oddities(
        points in prop::collection::vec((-200.0..200.0_f64, -100.0..100.0_f64), 0..12),
    ) {
        let ring: Vec<String> = points.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
        let text = collection(&[&feature("{}", "Polygon", &format!("[[{}]]", ring.join(",")))]);
        for layer in ["water", "villages", "obstacles"] {
            let layers = read_json(layer, &text);
            let n_found = layers.water_areas.len() + layers.villages.len() + layers.buildings.len();
            prop_assert!(n_found == 1 || !layers.oddities.is_empty());
        }
    }
}
