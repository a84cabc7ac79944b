//! Drawn maps: water areas, buildings and villages, whole and cut.

use std::fmt::Write as _;

use proptest::prelude::any;
use proptest::prop_assert;
use proptest::proptest;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::OddityKind;
use zhugan::model::water::Ring;
use zhugan::model::water::WaterArea;
use zhugan::model::water::WaterKind;

use super::town::layers;
use super::town::oddities;
use super::town::place;

/// A square of 10 with a square island of 2 in it, as four sides and one ring.
const LAKE: &str = "
    n1 0 0
    n2 10 0
    n3 10 10
    n4 0 10
    n5 4 4
    n6 6 4
    n7 6 6
    n8 4 6
    w1 1 2 3
    w2 1 4 3
    w3 5-8 5
";

fn lake(more: &str) -> Layers {
    layers(&format!("{LAKE}{more}"))
}

/// Whether a place is in the water by the even-odd rule.
fn is_wet(area: &WaterArea, x: f64, y: f64) -> bool {
    let at = place(x, y);
    let n_left = |ring: &Ring| {
        let next = ring.points.iter().cycle().skip(1);
        let edges = ring.points.iter().zip(next);
        let lons = edges.filter_map(|(a, b)| {
            let share = (at.lat() - a.lat()) / (b.lat() - a.lat());
            ((a.lat() > at.lat()) != (b.lat() > at.lat()))
                .then(|| a.lon() + share * (b.lon() - a.lon()))
        });
        lons.filter(|lon| *lon < at.lon()).count()
    };
    area.rings.iter().map(n_left).sum::<usize>() % 2 == 1
}

/// How many rings and cuts the only water area has, and whether the water is where it should be.
#[track_caller]
fn check_lake(layers: &Layers, n_rings: usize, n_cuts: usize) {
    let [area] = &layers.water_areas[..] else {
        panic!("{:?}", layers.water_areas);
    };
    assert_eq!(area.rings.len(), n_rings, "{area:?}");
    let n = area.rings.iter().map(|ring| ring.cuts.len()).sum::<usize>();
    assert_eq!(n, n_cuts, "{area:?}");
    assert!(is_wet(area, 1.0, 2.0) && is_wet(area, 8.0, 7.0));
    assert_eq!(is_wet(area, 5.0, 5.1), n_rings == 1);
    assert!(!is_wet(area, 11.0, 5.0));
}

#[test]
fn a_closed_way_is_a_lake() {
    let layers = layers(
        "
        n1 0 0
        n2 10 0
        n3 10 10
        n4 0 10
        w7 1-4 1 natural=water name=Blue+Lake
    ",
    );
    check_lake(&layers, 1, 0);
    assert_eq!(layers.water_areas[0].source, "w7");
    assert_eq!(layers.water_areas[0].name.as_deref(), Some("Blue Lake"));
    assert_eq!(layers.water_areas[0].kind, WaterKind::Lake);
    assert!(layers.oddities.is_empty());
}

#[test]
fn a_relation_is_put_together_and_its_island_is_land() {
    let layers = lake("r1 w1:outer w3:inner w2:outer type=multipolygon natural=water water=pond");
    check_lake(&layers, 2, 0);
    assert_eq!(layers.water_areas[0].source, "r1");
    assert_eq!(layers.water_areas[0].kind, WaterKind::Pond);
    assert!(layers.oddities.is_empty());
}

#[test]
fn roles_are_only_a_hint() {
    check_lake(&lake("r1 w1 w2 w3 type=multipolygon natural=water"), 2, 0);
    let wrong = "r1 w1:inner w2:outer w3:outer type=multipolygon natural=water";
    check_lake(&lake(wrong), 2, 0);
    let all_inner = "r1 w1:inner w2:inner w3:inner type=multipolygon natural=water";
    check_lake(&lake(all_inner), 2, 0);
}

#[test]
fn in_the_old_style_the_outer_way_says_what_the_relation_is() {
    let layers = lake(
        "
        w4 1-4 1 waterway=riverbank name=Rhein
        r1 w4:outer w3:inner type=multipolygon
    ",
    );
    check_lake(&layers, 2, 0);
    assert_eq!(layers.water_areas[0].source, "r1");
    assert_eq!(layers.water_areas[0].kind, WaterKind::River);
    assert_eq!(layers.water_areas[0].name.as_deref(), Some("Rhein"));
}

#[test]
fn a_way_that_only_tells_of_its_relation_is_not_given_again() {
    let layers = lake(
        "
        w4 1-4 1 natural=water
        w5 5-8 5 natural=water
        r1 w4:outer w5:inner type=multipolygon natural=water
    ",
    );
    check_lake(&layers, 2, 0);
}

#[test]
fn a_pond_on_an_island_is_water_of_its_own() {
    let layers = lake(
        "
        w5 5-8 5 natural=water name=Inner+Pond
        r1 w1 w2 w5:inner type=multipolygon natural=water
    ",
    );
    let sources: Vec<&str> = layers
        .water_areas
        .iter()
        .map(|area| &*area.source)
        .collect();
    assert_eq!(sources, ["r1", "w5"]);
}

#[test]
fn a_forest_relation_leaves_its_water_alone() {
    let layers = lake(
        "
        w4 1-4 1 natural=water
        n11 -5 -5
        n12 15 -5
        n13 15 15
        w9 11-13 11
        r1 w9:outer w4:inner type=multipolygon landuse=forest
        r2 w4:outer type=multipolygon natural=wetland
    ",
    );
    check_lake(&layers, 1, 0);
    assert_eq!(layers.water_areas[0].source, "w4");
}

#[test]
fn a_way_or_ring_that_stands_twice_does_not_cancel_out() {
    check_lake(
        &lake("r1 w1 w2 w3 w1 type=multipolygon natural=water"),
        2,
        0,
    );
    let layers = lake(
        "
        w8 3 4 1 2 3
        r1 w1 w2 w8 w3 type=multipolygon natural=water
    ",
    );
    check_lake(&layers, 2, 0);
    assert_eq!(oddities(&layers), [(OddityKind::Duplicate, "r1")]);
}

#[test]
fn islands_that_touch_are_two_rings() {
    let layers = lake(
        "
        n9 7 6
        n10 7 7
        n11 6 7
        w4 7 9 10 11 7
        r1 w1 w2 w3:inner w4:inner type=multipolygon natural=water
    ",
    );
    check_lake(&layers, 3, 0);
    assert!(!is_wet(&layers.water_areas[0], 6.5, 6.6));
}

#[test]
fn an_outline_that_touches_itself_becomes_two_rings() {
    let layers = layers(
        "
        n1 0 0
        n2 2 0
        n3 2 2
        n4 4 2
        n5 4 4
        n6 2 4
        n7 0 2
        w1 1 2 3 4 5 6 3 7 1 natural=water
    ",
    );
    let [area] = &layers.water_areas[..] else {
        panic!("{:?}", layers.water_areas);
    };
    assert_eq!(area.rings.len(), 2);
    assert!(is_wet(area, 1.0, 1.0) && is_wet(area, 3.0, 3.0) && !is_wet(area, 3.0, 1.0));
}

#[test]
fn a_missing_way_is_replaced_by_a_cut() {
    // Of the outline, the side from 3 over 4 to 1 is missing: a triangle is left.
    let layers = lake("r1 w1:outer w9:outer w3:inner type=multipolygon natural=water");
    let [area] = &layers.water_areas[..] else {
        panic!("{:?}", layers.water_areas);
    };
    assert_eq!(area.rings[0].points.len(), 3);
    assert_eq!(area.rings[0].cuts, [2]);
    assert_eq!(oddities(&layers), [(OddityKind::MissingMember, "r1")]);
    assert!(is_wet(area, 8.0, 2.0));
}

#[test]
fn the_ways_of_a_cut_outline_may_come_in_any_order() {
    let layers = lake(
        "
        w4 2 3
        w5 2 1
        w6 4 3
        r1 w4 w5 w6 w99 type=multipolygon natural=water
    ",
    );
    check_lake(&layers, 1, 1);
}

#[test]
fn two_banks_of_a_cut_river_are_joined_at_their_ends() {
    let layers = layers(
        "
        n1 0 0
        n2 10 0
        n3 20 0
        n4 0 2
        n5 10 2
        n6 20 2
        w1 1-3
        w2 4-6
        r1 w1:outer w2:outer w3:outer w4:outer type=multipolygon natural=water water=river
    ",
    );
    let [area] = &layers.water_areas[..] else {
        panic!("{:?}", layers.water_areas);
    };
    let [ring] = &area.rings[..] else {
        panic!("{:?}", area.rings);
    };
    assert_eq!((ring.points.len(), &ring.cuts[..]), (6, &[2, 5][..]));
    assert!(is_wet(area, 5.0, 1.0) && is_wet(area, 15.0, 1.0));
}

#[test]
fn an_island_of_missing_water_is_not_water() {
    let layers = lake("r1 w9:outer w3:inner type=multipolygon natural=water");
    assert_eq!(layers.water_areas, []);
    assert_eq!(oddities(&layers), [(OddityKind::MissingMember, "r1")]);
}

#[test]
fn an_island_with_a_gap_closes_on_itself_and_not_on_the_shore() {
    let layers = lake(
        "
        w4 5 6 7 8
        r1 w1 w2 w4:inner w9:inner type=multipolygon natural=water
    ",
    );
    check_lake(&layers, 2, 1);
}

#[test]
fn the_edge_over_missing_nodes_is_a_cut() {
    let layers = layers(
        "
        n1 0 0
        n2 10 0
        n3 10 10
        n4 0 10
        w7 1 2 99 98 3 4 1 natural=water
        w8 97 1 2 3 4 97 waterway=dock
        w9 1 97 2 3 4 1 waterway=dock
    ",
    );
    let cuts: Vec<&[u32]> = layers
        .water_areas
        .iter()
        .map(|area| &*area.rings[0].cuts)
        .collect();
    assert_eq!(cuts, [&[0], &[3], &[3]]);
    let missing = OddityKind::MissingMember;
    assert_eq!(
        oddities(&layers),
        [(missing, "w7"), (missing, "w8"), (missing, "w9")]
    );
}

#[test]
fn an_outline_that_is_no_ring_is_closed_or_left_out_and_told() {
    let layers = layers(
        "
        n1 0 0
        n2 10 0
        n3 10 10
        w1 1-3 natural=water
        w2 1 2 1 natural=water
        w3 91-94 91 natural=water
    ",
    );
    assert_eq!(layers.water_areas.len(), 1);
    assert_eq!(layers.water_areas[0].rings[0].cuts, [2]);
    let expected = [
        (OddityKind::UnclosedRing, "w1"),
        (OddityKind::TooFewPoints, "w2"),
        (OddityKind::MissingMember, "w3"),
    ];
    assert_eq!(oddities(&layers), expected);
}

#[test]
fn a_building_with_a_yard_is_one_building() {
    let layers = lake(
        "
        w4 1-4 1 building=yes
        r1 w4:outer w3:inner type=multipolygon building=yes
        n21 20 20
        n22 20.00001 20
        n23 20.00001 20.00001
        w9 21-23 21 building=yes
    ",
    );
    let [building] = &layers.buildings[..] else {
        panic!("{:?}", layers.buildings);
    };
    assert_eq!((building.source.as_str(), building.rings.len()), ("r1", 2));
}

#[test]
fn villages_are_of_the_level_with_the_most_areas_that_close() {
    let layers = lake(
        "
        n9 20 0
        n10 20 10
        w4 2 9 10 3
        w5 2 3
        w6 3 4 1 2
        r1 w5 w6 type=boundary boundary=administrative admin_level=8 name=West ref=17
        r2 w5 w4 type=boundary boundary=administrative admin_level=8 name=East
        r3 w6 w4 type=boundary boundary=administrative admin_level=7 name=Both
        r4 w3 type=boundary boundary=administrative admin_level=11 name=Island
        r5 w6 w99 type=boundary boundary=administrative admin_level=8 name=Lost
        r6 w5 w6 type=boundary boundary=administrative admin_level=8
        w8 1 2 3 1 boundary=administrative admin_level=8 name=Triangle
    ",
    );
    let villages: Vec<_> = layers
        .villages
        .iter()
        .map(|village| (&*village.id, &*village.name, village.code.as_deref()))
        .collect();
    let expected = [
        ("r1", "West", Some("17")),
        ("r2", "East", None),
        ("w8", "Triangle", None),
    ];
    assert_eq!(villages, expected);
    assert_eq!(oddities(&layers), [(OddityKind::MissingMember, "r5")]);
}

#[test]
fn a_scrap_of_a_boundary_is_no_village() {
    let layers = layers(
        "
        n1 0 0
        n2 0.1 0
        n3 0.2 0.1
        w1 1-3
        r1 w1 w99 type=boundary boundary=administrative admin_level=10 name=Scrap
    ",
    );
    assert_eq!(layers.villages, []);
    assert_eq!(oddities(&layers), [(OddityKind::MissingMember, "r1")]);
}

#[test]
fn a_boundary_with_a_short_gap_is_closed() {
    let layers = lake(
        "
        n9 0.1 0
        w6 9 2 3 4 1
        r1 w6 w99 type=boundary boundary=administrative admin_level=10 name=Gap
    ",
    );
    assert_eq!(layers.villages.len(), 1);
    assert_eq!(layers.villages[0].rings[0].len(), 5);
    assert_eq!(oddities(&layers), [(OddityKind::MissingMember, "r1")]);
}

proptest! {
    /// However a lake's outline is cut into ways, turned and shuffled, it is the same lake.
    #[test]
    fn an_outline_is_the_same_however_it_is_cut_into_ways(
        n_nodes in 3_usize..30,
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), any::<bool>()), 1..8),
        order in proptest::collection::vec(any::<u32>(), 8),
    ) {
        let mut text = String::new();
        for node in 0..n_nodes {
            let angle = std::f64::consts::TAU * node as f64 / n_nodes as f64;
            writeln!(text, "n{node} {} {}", angle.cos() * 10.0, angle.sin() * 10.0).unwrap();
        }
        let mut starts: Vec<(usize, bool)> =
            cuts.iter().map(|(at, turned)| (at.index(n_nodes), *turned)).collect();
        starts.sort_unstable();
        starts.dedup_by_key(|(at, _)| *at);
        let mut members = Vec::new();
        for (way, &(start, is_turned)) in starts.iter().enumerate() {
            let next = starts[(way + 1) % starts.len()].0;
            let length = (next + n_nodes - start - 1) % n_nodes + 1;
            let mut refs: Vec<String> =
                (0..=length).map(|i| ((start + i) % n_nodes).to_string()).collect();
            if is_turned {
                refs.reverse();
            }
            writeln!(text, "w{way} {}", refs.join(" ")).unwrap();
            members.push((order[way], format!("w{way}")));
        }
        members.sort();
        let members: Vec<String> = members.into_iter().map(|(_, way)| way).collect();
        writeln!(text, "r1 {} type=multipolygon natural=water", members.join(" ")).unwrap();
        let layers = layers(&text);
        prop_assert!(layers.oddities.is_empty());
        let ring = &layers.water_areas[0].rings[0];
        prop_assert!(layers.water_areas.len() == 1 && ring.cuts.is_empty());
        let mut found: Vec<(i32, i32)> = ring.points.iter().map(|at| at.key()).collect();
        let mut steps = found.clone();
        steps.rotate_left(1);
        let longest = found.iter().zip(&steps).map(|(a, b)| {
            let east = f64::from(a.0 - b.0);
            east.hypot(f64::from(a.1 - b.1))
        }).fold(0.0, f64::max);
        let side = 2e6 * (std::f64::consts::PI / n_nodes as f64).sin();
        prop_assert!((longest - side).abs() < 10.0, "only neighbors are joined");
        found.sort_unstable();
        found.dedup();
        prop_assert!(found.len() == n_nodes);
    }
}

/// Places are kept as the file gives them.
#[test]
fn places_are_exact() {
    let layers = layers(
        "
        n1 0.12345 0
        n2 10 0
        n3 10 10
        w1 1-3 1 natural=water
    ",
    );
    let expected = LonLat::new(9.001_234_5, 47.0).unwrap();
    assert!(layers.water_areas[0].rings[0].points.contains(&expected));
}
