//! Esri JSON: told from GeoJSON by what is in it; rings, curves, dates, Esri's own numbers.

use zhugan::formats::region_file::Source;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::oddity::OddityKind;

use super::of_kind;
use super::read;
use super::wanted;

#[test]
fn esri_features_are_told_apart_by_what_is_in_them() {
    let text = r#"{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":102100,"latestWkid":3857},
        "fields":[{"name":"checked","type":"esriFieldTypeDate"}],
        "features":[{"attributes":{"OBJECTID":1,"id":"b1","kind":"lifebuoy","checked":1714694400000},"geometry":{"x":13349254.479,"y":3308491.831}},
                    {"attributes":{"kind":"ring"},"geometry":{"x":"NaN","y":"NaN"}}]}"#;
    let mut source = Source::new("register.json", wanted("equipment"));
    source.columns = [("inspected_on".to_owned(), "checked".to_owned())].into();
    let layers = read(&source, text.as_bytes()).unwrap();
    let [piece] = &layers.equipment[..] else {
        panic!("{layers:?}");
    };
    assert_eq!((piece.id.as_str(), piece.kind), ("b1", EquipmentKind::Ring));
    assert_eq!(piece.inspected_on.as_deref(), Some("2024-05-03"));
    assert!((piece.at.lon() - 119.918_393_3).abs() < 1e-7);
    assert_eq!(of_kind(&layers, OddityKind::Ignored).len(), 1);
}

#[test]
fn esris_own_number_for_web_mercator_is_known() {
    let text = r#"{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":102100},
        "features":[{"attributes":{"kind":"ring"},"geometry":{"x":13349254.479,"y":3308491.831}}]}"#;
    let layers = read(&Source::new("a.json", wanted("equipment")), text.as_bytes()).unwrap();
    assert!((layers.equipment[0].at.lat() - 28.471_038_6).abs() < 1e-7);
}

#[test]
fn esris_anticlockwise_rings_are_holes_of_the_ring_before() {
    let text = r#"{"geometryType":"esriGeometryPolygon","spatialReference":{"wkid":4326},
        "features":[{"attributes":{},"geometry":{"rings":[
            [[4.0,51.0],[4.0,51.1],[4.1,51.1],[4.0,51.0]],
            [[4.02,51.06],[4.04,51.08],[4.02,51.08],[4.02,51.06]],
            [[5.0,51.0],[5.0,51.1],[5.1,51.1],[5.0,51.0]]]}}]}"#;
    let layers = read(&Source::new("a.json", wanted("water")), text.as_bytes()).unwrap();
    assert_eq!(layers.water_areas[0].rings.len(), 3);
    assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
}

#[test]
fn esri_curves_become_straight_lines_and_are_told() {
    let text = r#"{"geometryType":"esriGeometryPolygon","spatialReference":{"wkid":4326},
        "features":[{"attributes":{},"geometry":{"curveRings":[[[4.0,51.0],[4.1,51.0],{"c":[[4.1,51.1],[4.15,51.05]]},[4.0,51.0]]]}}]}"#;
    let layers = read(&Source::new("docks.json", wanted("water")), text.as_bytes()).unwrap();
    assert_eq!(layers.water_areas[0].rings[0].points.len(), 4);
    assert!(layers.oddities[0].detail.contains("curves"));
}
