//! GeoJSON: layers, geometries, datums, ids, and odd features.

use zhugan::formats::region_file::Source;
use zhugan::formats::wanted::Wanted;
use zhugan::geometry::datum::Datum;
use zhugan::model::crossing::CrossingKind;
use zhugan::model::crossing::CrossingState;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::oddity::OddityKind;
use zhugan::model::path::Ford;
use zhugan::model::path::PathKind;
use zhugan::model::path::Span;
use zhugan::model::water::Course;
use zhugan::model::water::WaterKind;
use zhugan::units::Meters;

use super::collection;
use super::feature;
use super::of_kind;
use super::read;
use super::read_json;
use super::wanted;

const SQUARE: &str = "[[[120.41,29.79],[120.42,29.79],[120.42,29.8],[120.41,29.8],[120.41,29.79]]]";
const LINE: &str = "[[120.41,29.79],[120.42,29.8,7.5]]";

#[test]
fn a_polygon_of_water_is_an_area_without_its_repeated_point() {
    let layers = read_json(
        "water",
        &collection(&[&feature(
            r#"{"name":"枫桥塘","kind":"池塘"}"#,
            "Polygon",
            SQUARE,
        )]),
    );
    assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
    let area = &layers.water_areas[0];
    assert_eq!(
        (area.source.as_str(), area.kind),
        ("map-1", WaterKind::Pond)
    );
    assert_eq!(area.name.as_deref(), Some("枫桥塘"));
    assert_eq!(area.rings[0].points.len(), 4);
    assert!(area.rings[0].cuts.is_empty());
}

#[test]
fn lines_of_water_have_kind_width_and_course() {
    let layers = read_json(
        "water",
        &collection(&[
            &feature(r#"{"waterway":"canal","width":"12 m"}"#, "LineString", LINE),
            &feature(
                r#"{"type":"溪","width_m":3,"tunnel":"culvert"}"#,
                "LineString",
                LINE,
            ),
            &feature(r#"{"width_m":"wide"}"#, "LineString", LINE),
        ]),
    );
    let [canal, stream, river] = &layers.water_lines[..] else {
        panic!("{layers:?}");
    };
    assert_eq!(
        (canal.kind, canal.width, canal.course),
        (WaterKind::Canal, Some(Meters(12.0)), Course::Open)
    );
    assert_eq!(
        (stream.kind, stream.width, stream.course),
        (WaterKind::Stream, Some(Meters(3.0)), Course::Underground)
    );
    assert_eq!((river.kind, river.width), (WaterKind::River, None));
    assert_eq!(of_kind(&layers, OddityKind::BadValue)[0].id, "map-3");
}

#[test]
fn our_own_names_come_before_other_words_for_them() {
    let layers = read_json(
        "water",
        &collection(&[&feature(
            r#"{"Kind":"canal","type":"river","waterway":"ditch","名称":"b","name":"a"}"#,
            "LineString",
            LINE,
        )]),
    );
    let line = &layers.water_lines[0];
    assert_eq!(
        (line.kind, line.name.as_deref()),
        (WaterKind::Canal, Some("a"))
    );
}

#[test]
fn weirs_gates_and_ferries_are_crossings_open_only_if_said() {
    let layers = read_json(
        "water",
        &collection(&[
            &feature(r#"{"kind":"weir"}"#, "Point", "[120.41,29.79]"),
            &feature(
                r#"{"waterway":"lock_gate","foot":"designated"}"#,
                "LineString",
                LINE,
            ),
            &feature(r#"{"kind":"ferry","foot":"yes"}"#, "LineString", LINE),
            &feature(r#"{"kind":"dam","foot":"no"}"#, "LineString", LINE),
            &feature(
                r#"{"kind":"weir","state":"open"}"#,
                "Point",
                "[120.41,29.79]",
            ),
        ]),
    );
    let found: Vec<_> = layers
        .crossings
        .iter()
        .map(|crossing| (crossing.kind, crossing.state))
        .collect();
    assert_eq!(
        found,
        [
            (CrossingKind::Weir, CrossingState::Closed),
            (CrossingKind::LockGate, CrossingState::Open),
            (CrossingKind::Ferry, CrossingState::Closed),
            (CrossingKind::Dam, CrossingState::Closed),
            (CrossingKind::Weir, CrossingState::Open),
        ]
    );
}

#[test]
fn ways_have_kind_span_and_ford_and_those_not_for_feet_are_told() {
    let layers = read_json(
        "paths",
        &collection(&[
            &feature(
                r#"{"highway":"footway","bridge":"viaduct","name":"廊桥"}"#,
                "LineString",
                LINE,
            ),
            &feature(r#"{"kind":"steps","tunnel":true}"#, "LineString", LINE),
            &feature(
                r#"{"highway":"service","tunnel":"building_passage","bridge":"no"}"#,
                "LineString",
                LINE,
            ),
            &feature(r#"{"highway":"track","ford":"yes"}"#, "LineString", LINE),
            &feature(
                r#"{"highway":"path","ford":"yes","foot":"yes"}"#,
                "LineString",
                LINE,
            ),
            &feature(r#"{"highway":"motorway"}"#, "LineString", LINE),
            &feature(
                r#"{"highway":"residential","foot":"no"}"#,
                "LineString",
                LINE,
            ),
            &feature("null", "MultiLineString", &format!("[{LINE},{LINE}]")),
            &feature(r#"{"kind":"ford"}"#, "Point", "[120.41,29.79]"),
        ]),
    );
    let found: Vec<_> = layers
        .paths
        .iter()
        .map(|path| (path.source.as_str(), path.kind, path.span, path.ford))
        .collect();
    assert_eq!(
        found,
        [
            ("map-1", PathKind::Footway, Span::Bridge, Ford::No),
            ("map-2", PathKind::Steps, Span::Tunnel, Ford::No),
            ("map-3", PathKind::Street, Span::Ground, Ford::No),
            ("map-4", PathKind::Track, Span::Ground, Ford::Unsure),
            ("map-5", PathKind::Footway, Span::Ground, Ford::Open),
            ("map-8", PathKind::Street, Span::Ground, Ford::No),
            ("map-8-2", PathKind::Street, Span::Ground, Ford::No),
        ]
    );
    assert_eq!(layers.fords[0].ford, Ford::Unsure);
    let ignored = of_kind(&layers, OddityKind::Ignored);
    assert!(ignored[0].detail.contains("2 times"), "{ignored:?}");
}

#[test]
fn villages_take_their_code_as_text_or_number() {
    let layers = read_json(
        "villages",
        &collection(&[
            &feature(
                r#"{"name":"枫源村","adcode":330681109290}"#,
                "Polygon",
                SQUARE,
            ),
            &feature(
                r#"{"名称":"大溪村","code":"330681109260"}"#,
                "MultiPolygon",
                &format!("[{SQUARE}]"),
            ),
            &feature(r#"{"name":"三江村"}"#, "Polygon", SQUARE),
            &feature("{}", "Polygon", SQUARE),
            &feature("{}", "Point", "[120.4,29.8]"),
        ]),
    );
    let found: Vec<_> = layers
        .villages
        .iter()
        .map(|village| {
            (
                village.id.as_str(),
                village.name.as_str(),
                village.code.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("330681109290", "枫源村", Some("330681109290")),
            ("330681109260", "大溪村", Some("330681109260")),
            ("map-3", "三江村", None),
            ("map-4", "map-4", None),
        ]
    );
    assert_eq!(of_kind(&layers, OddityKind::Ignored).len(), 1);
}

#[test]
fn obstacles_are_buildings_or_walls_by_shape() {
    let layers = read_json(
        "obstacles",
        &collection(&[
            &feature("{}", "Polygon", SQUARE),
            &feature("{}", "LineString", LINE),
        ]),
    );
    assert_eq!((layers.buildings.len(), layers.walls.len()), (1, 1));
}

#[test]
fn equipment_has_the_same_names_as_in_csv() {
    let layers = read_json(
        "equipment",
        &collection(&[
            &feature(
                r#"{"编号":"Q1","类型":"救生圈","检查日期":"2024-05-03"}"#,
                "Point",
                "[120.41,29.79]",
            ),
            &feature(
                r#"{"id":7,"kind":"rope"}"#,
                "MultiPoint",
                "[[120.42,29.79],[120.43,29.79]]",
            ),
        ]),
    );
    let found: Vec<_> = layers
        .equipment
        .iter()
        .map(|piece| (piece.id.as_str(), piece.kind))
        .collect();
    assert_eq!(
        found,
        [
            ("Q1", EquipmentKind::Ring),
            ("7", EquipmentKind::Rope),
            ("7-2", EquipmentKind::Rope)
        ]
    );
}

#[test]
fn with_several_layers_a_feature_must_say_which() {
    let source = Source::new("map.geojson", Wanted::ALL);
    let text = collection(&[
        &feature(r#"{"kind":"pond"}"#, "Polygon", SQUARE),
        &feature(r#"{"kind":"footway"}"#, "LineString", LINE),
        &feature(r#"{"kind":"pole"}"#, "Point", "[120.41,29.79]"),
        &feature(r#"{"layer":"obstacles"}"#, "Polygon", SQUARE),
        &feature(r#"{"layer":"villages","name":"a"}"#, "Polygon", SQUARE),
        &feature("{}", "Polygon", SQUARE),
    ]);
    let layers = read(&source, text.as_bytes()).unwrap();
    assert_eq!(
        (
            layers.water_areas.len(),
            layers.paths.len(),
            layers.equipment.len(),
            layers.buildings.len(),
            layers.villages.len()
        ),
        (1, 1, 1, 1, 1)
    );
    assert_eq!(of_kind(&layers, OddityKind::Ignored).len(), 1);
}

#[test]
fn ids_come_from_the_feature_then_its_properties_and_are_unique() {
    let with_id = format!(
        r#"{{"type":"Feature","id":12,"properties":{{"id":"x"}},"geometry":{{"type":"LineString","coordinates":{LINE}}}}}"#
    );
    let layers = read_json(
        "paths",
        &collection(&[
            &with_id,
            &with_id,
            &feature(r#"{"id":"12-2"}"#, "LineString", LINE),
        ]),
    );
    let ids: Vec<&str> = layers
        .paths
        .iter()
        .map(|path| path.source.as_str())
        .collect();
    assert_eq!(ids, ["12", "12-2", "12-2-2"]);
    assert_eq!(of_kind(&layers, OddityKind::Duplicate).len(), 2);
}

#[test]
fn the_files_own_datum_wins_and_a_contradiction_is_told() {
    let gcj02 = r#"{"type":"FeatureCollection","datum":"gcj02","features":[{"type":"Feature","properties":{"kind":"pole"},"geometry":{"type":"Point","coordinates":[121.531541859215,31.17530398364597]}}]}"#;
    let mut source = Source::new("map.geojson", wanted("equipment"));
    for (said, n_told) in [(None, 0), (Some(Datum::Gcj02), 0), (Some(Datum::Wgs84), 1)] {
        source.datum = said;
        let layers = read(&source, gcj02.as_bytes()).unwrap();
        let at = layers.equipment[0].at;
        assert!((at.lon() - 121.527_210_6).abs() < 1e-6, "{at:?}");
        assert_eq!(of_kind(&layers, OddityKind::Contradiction).len(), n_told);
    }
}

#[test]
fn a_crs_member_is_understood_wherever_it_stands() {
    for name in [
        "urn:ogc:def:crs:EPSG::3857",
        "EPSG:3857",
        "http://www.opengis.net/def/crs/EPSG/0/3857",
    ] {
        let text = format!(
            r#"{{"features":[{{"type":"Feature","properties":{{"kind":"pole"}},"geometry":{{"type":"Point","coordinates":[13349254.479,3308491.831]}}}}],"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"{name}"}}}}}}"#
        );
        let layers = read_json("equipment", &text);
        let at = layers.equipment[0].at;
        assert!(
            (at.lon() - 119.918_393_3).abs() < 1e-7 && (at.lat() - 28.471_038_6).abs() < 1e-7,
            "{at:?}"
        );
    }
    let text = collection(&[]).replace(
        "\"features\"",
        r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"features""#,
    );
    assert!(read_json("water", &text).oddities.is_empty());
    assert_eq!(
        read_json("water", &text.replace("CRS84", "MARS")).oddities[0].kind,
        OddityKind::BadValue
    );
}

#[test]
fn single_features_geometries_and_collections_of_them_are_read() {
    let one = feature("{}", "LineString", LINE);
    assert_eq!(read_json("paths", &one).paths.len(), 1);
    let bare = format!(r#"{{"type":"LineString","coordinates":{LINE}}}"#);
    assert_eq!(read_json("paths", &bare).paths.len(), 1);
    let both = format!(
        r#"{{"type":"GeometryCollection","geometries":[{bare},{{"type":"GeometryCollection","geometries":[{bare}]}}]}}"#
    );
    assert_eq!(read_json("paths", &both).paths.len(), 2);
}

#[test]
fn empty_and_broken_geometries_cost_only_themselves() {
    let good = feature("{}", "LineString", LINE);
    for (bad, kind) in [
        (
            r#"{"type":"Feature","properties":{},"geometry":null}"#.to_owned(),
            OddityKind::Ignored,
        ),
        (r#"{"type":"Feature"}"#.to_owned(), OddityKind::Ignored),
        (feature("{}", "LineString", "[]"), OddityKind::TooFewPoints),
        (
            feature("{}", "LineString", "[[120,30]]"),
            OddityKind::TooFewPoints,
        ),
        (
            feature("{}", "LineString", "[[120,30],[120,30]]"),
            OddityKind::TooFewPoints,
        ),
        (
            feature("{}", "LineString", "[[120,30],[121,null],[122,31]]"),
            OddityKind::BadPlace,
        ),
        (
            feature("{}", "LineString", "[[120,30],[121,91],[122,31]]"),
            OddityKind::BadPlace,
        ),
        (
            feature("{}", "LineString", "[[120,30],[1e999,31]]"),
            OddityKind::BadValue,
        ),
        (
            feature("{}", "LineString", "[120,30]"),
            OddityKind::BadValue,
        ),
        (
            feature("{}", "LineString", "\"here\""),
            OddityKind::BadValue,
        ),
        (feature("{}", "Circle", "[120,30]"), OddityKind::BadValue),
        (feature("[]", "LineString", LINE), OddityKind::BadValue),
        ("7".to_owned(), OddityKind::BadValue),
        ("null".to_owned(), OddityKind::BadValue),
    ] {
        let layers = read_json("paths", &collection(&[&good, &bad, &good]));
        assert!(layers.paths.len() >= 2, "{bad}");
        assert_eq!(
            layers.oddities[0].kind, kind,
            "{bad}: {:?}",
            layers.oddities
        );
    }
    let empty = read_json(
        "water",
        &collection(&[
            &feature("{}", "Polygon", "[]"),
            &feature("{}", "Point", "[]"),
        ]),
    );
    assert_eq!(empty.water_areas.len(), 0);
    assert_eq!(empty.oddities.len(), 2, "{:?}", empty.oddities);
}

#[test]
fn an_outline_that_touches_or_crosses_itself_is_kept_and_told() {
    let bow_tie = "[[[120.0,30.0],[120.1,30.1],[120.1,30.0],[120.0,30.1],[120.0,30.0]]]";
    let touching =
        "[[[120.0,30.0],[120.2,30.0],[120.2,30.1],[120.1,30.0],[120.0,30.1],[120.0,30.0]]]";
    let spike = "[[[120.0,30.0],[120.2,30.0],[120.3,30.0],[120.2,30.0],[120.2,30.1],[120.0,30.0]]]";
    let hole_outside = "[[[120.0,30.0],[120.1,30.0],[120.1,30.1],[120.0,30.0]],[[120.05,30.02],[120.3,30.02],[120.3,30.04],[120.05,30.02]]]";
    let stray_hole = "[[[120.0,30.0],[120.1,30.0],[120.1,30.1],[120.0,30.0]],[[120.2,30.2],[120.3,30.2],[120.3,30.3],[120.2,30.2]]]";
    let flat = "[[[120.0,30.0],[120.2,30.0],[120.1,30.0],[120.0,30.0]]]";
    for invalid in [bow_tie, touching, spike, hole_outside, stray_hole, flat] {
        let layers = read_json("water", &collection(&[&feature("{}", "Polygon", invalid)]));
        assert_eq!(layers.water_areas.len(), 1);
        assert_eq!(
            of_kind(&layers, OddityKind::InvalidOutline).len(),
            1,
            "{invalid}"
        );
    }
    let hole_at_corner = "[[[120.0,30.0],[120.2,30.0],[120.2,30.2],[120.0,30.2],[120.0,30.0]],[[120.0,30.0],[120.1,30.05],[120.05,30.1],[120.0,30.0]]]";
    for valid in [SQUARE, hole_at_corner] {
        let layers = read_json("water", &collection(&[&feature("{}", "Polygon", valid)]));
        assert!(layers.oddities.is_empty(), "{:?}", layers.oddities);
    }
}

#[test]
fn a_ring_left_open_is_closed_and_told() {
    let open = "[[[120.41,29.79],[120.42,29.79],[120.42,29.8]]]";
    let layers = read_json("water", &collection(&[&feature("{}", "Polygon", open)]));
    assert_eq!(layers.water_areas[0].rings[0].points.len(), 3);
    assert_eq!(of_kind(&layers, OddityKind::UnclosedRing).len(), 1);
}

#[test]
fn a_village_in_another_is_told_but_not_one_in_its_hole() {
    let around = "[[[120.0,30.0],[120.3,30.0],[120.3,30.3],[120.0,30.3],[120.0,30.0]]]";
    let inner = "[[[120.1,30.1],[120.2,30.1],[120.2,30.2],[120.1,30.2],[120.1,30.1]]]";
    let holed = format!(
        "[{},{}]",
        &around[1..around.len() - 1],
        &inner[1..inner.len() - 1]
    );
    for (outer, n_told) in [(around, 1), (holed.as_str(), 0)] {
        let layers = read_json(
            "villages",
            &collection(&[
                &feature(r#"{"name":"in"}"#, "Polygon", inner),
                &feature(r#"{"name":"out"}"#, "Polygon", outer),
            ]),
        );
        let told = of_kind(&layers, OddityKind::Overlap);
        assert_eq!(told.len(), n_told, "{told:?}");
        assert!(
            told.iter()
                .all(|oddity| oddity.id == "map-1 in" && oddity.detail.contains("map-2 out"))
        );
    }
}
