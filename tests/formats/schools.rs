//! Schools in GeoJSON: points, or the middles of outlines.

use zhugan::formats::region_file::Source;
use zhugan::formats::wanted::Wanted;
use zhugan::model::oddity::OddityKind;

use super::collection;
use super::feature;
use super::of_kind;
use super::read;
use super::read_json;

const LINE: &str = "[[120.41,29.79],[120.42,29.8,7.5]]";

#[test]
fn schools_are_points_or_the_middles_of_outlines() {
    let square = "[[[120.41,29.79],[120.43,29.79],[120.43,29.81],[120.41,29.81]]]";
    let layers = read_json(
        "schools",
        &collection(&[
            &feature(r#"{"id":"a"}"#, "Point", "[120.41,29.79]"),
            &feature(r#"{"id":"b"}"#, "Polygon", square),
            &feature(r#"{"id":"c"}"#, "LineString", LINE),
        ]),
    );
    let found = layers.schools.iter();
    let found = found.map(|school| (&*school.source, school.at.lon(), school.at.lat()));
    let found: Vec<_> = found.collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], ("a", 120.41, 29.79));
    assert_eq!(found[1].0, "b");
    assert!((found[1].1 - 120.42).abs() < 1e-9 && (found[1].2 - 29.80).abs() < 1e-9);
    assert_eq!(of_kind(&layers, OddityKind::Ignored).len(), 1);
    let words = Source::new("map.geojson", Wanted::ALL);
    let text = collection(&[&feature(r#"{"kind":"幼儿园"}"#, "Point", "[120.41,29.79]")]);
    assert_eq!(read(&words, text.as_bytes()).unwrap().schools.len(), 1);
}
