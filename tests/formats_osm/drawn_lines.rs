//! Drawn maps: water lines, coasts, paths, crossings, walls and equipment.

use zhugan::formats::osm::read;
use zhugan::formats::wanted::Wanted;
use zhugan::model::crossing::CrossingKind;
use zhugan::model::crossing::CrossingState;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::OddityKind;
use zhugan::model::path::Ford;
use zhugan::model::path::PathKind;
use zhugan::model::path::Span;
use zhugan::model::water::Course;
use zhugan::model::water::WaterKind;
use zhugan::units::Meters;

use super::town::layers;
use super::town::oddities;
use super::town::place;
use super::town::town;

/// Six nodes in a row, one apart.
const ROW: &str = "
    n1 1 0
    n2 2 0
    n3 3 0
    n4 4 0
    n5 5 0
    n6 6 0
";

fn row(more: &str) -> Layers {
    layers(&format!("{ROW}{more}"))
}

#[test]
fn a_river_line_has_its_width_and_course() {
    let layers = row("
        w1 1-3 waterway=river name=Rhein width=12+m
        w2 3-5 waterway=drain tunnel=culvert width=wide est_width=2
        w3 5 6 waterway=tidal_channel
    ");
    let lines: Vec<_> = layers
        .water_lines
        .iter()
        .map(|line| (&*line.source, line.kind, line.width, line.course))
        .collect();
    let expected = [
        ("w1", WaterKind::River, Some(Meters(12.0)), Course::Open),
        (
            "w2",
            WaterKind::Ditch,
            Some(Meters(2.0)),
            Course::Underground,
        ),
        ("w3", WaterKind::Stream, None, Course::Open),
    ];
    assert_eq!(lines, expected);
    assert_eq!(layers.water_lines[0].name.as_deref(), Some("Rhein"));
    assert_eq!(oddities(&layers), [(OddityKind::BadValue, "w2")]);
    assert_eq!(layers.oddities[0].file, "town.osm");
    assert_eq!(layers.oddities[0].place, Some(place(3.0, 0.0)));
}

#[test]
fn a_river_drawn_as_an_area_is_no_line() {
    let layers = row("w1 1 2 3 1 waterway=river area=yes");
    assert_eq!(layers.water_lines, []);
    assert_eq!(layers.water_areas[0].kind, WaterKind::River);
}

#[test]
fn a_line_over_missing_nodes_is_cut_in_pieces() {
    let layers = row("w1 90 1 2 91 92 3 4 5 93 6 waterway=canal");
    let pieces: Vec<_> = layers
        .water_lines
        .iter()
        .map(|line| {
            (
                &*line.source,
                line.points.len(),
                line.is_cut_at_start,
                line.is_cut_at_end,
            )
        })
        .collect();
    assert_eq!(pieces, [("w1", 2, true, true), ("w1.2", 3, true, true)]);
    assert_eq!(oddities(&layers), [(OddityKind::MissingMember, "w1")]);
    let whole = row("w1 1-6 waterway=canal");
    assert!(!whole.water_lines[0].is_cut_at_start && !whole.water_lines[0].is_cut_at_end);
}

#[test]
fn a_coastline_keeps_its_direction() {
    let layers = row("w1 3 2 1 natural=coastline");
    let points = [place(3.0, 0.0), place(2.0, 0.0), place(1.0, 0.0)];
    assert_eq!(layers.coastlines[0].points, points);
}

#[test]
fn paths_are_what_may_be_walked() {
    let layers = row("
        w1 1 2 highway=footway name=Along+the+bank
        w2 2 3 highway=motorway
        w3 3 4 highway=residential bridge=yes
        w4 4 5 highway=service access=private
        w5 5 6 man_made=pier
        w6 1 3 highway=track ford=yes
    ");
    let paths: Vec<_> = layers
        .paths
        .iter()
        .map(|path| (&*path.source, path.kind, path.span, path.ford))
        .collect();
    let expected = [
        ("w1", PathKind::Footway, Span::Ground, Ford::No),
        ("w3", PathKind::Street, Span::Bridge, Ford::No),
        ("w5", PathKind::Footway, Span::Bridge, Ford::No),
        ("w6", PathKind::Track, Span::Ground, Ford::Unsure),
    ];
    assert_eq!(paths, expected);
    assert_eq!(layers.paths[0].name.as_deref(), Some("Along the bank"));
}

#[test]
fn fords_on_nodes_are_points() {
    let layers = layers(
        "
        n1 1 0 ford=yes
        n2 2 0 ford=stepping_stones foot=yes
        n3 3 0 ford=no
    ",
    );
    let fords: Vec<_> = layers
        .fords
        .iter()
        .map(|ford| (&*ford.source, ford.ford))
        .collect();
    assert_eq!(fords, [("n1", Ford::Unsure), ("n2", Ford::Open)]);
}

#[test]
fn a_lock_gate_for_people_on_foot_is_open_and_given_once() {
    let layers = layers(
        "
        n1 1 0
        n2 2 0
        n3 3 0 waterway=weir
        w1 1 2 waterway=weir highway=footway
        w2 1 2 waterway=dam foot=designated
        w3 1 2 waterway=dam
        w4 1 2 route=ferry foot=yes
    ",
    );
    assert_eq!(layers.paths.len(), 1);
    assert_eq!(layers.paths[0].span, Span::Bridge);
    let crossings: Vec<_> = layers
        .crossings
        .iter()
        .map(|crossing| (&*crossing.source, crossing.kind, crossing.state))
        .collect();
    let expected = [
        ("n3", CrossingKind::Weir, CrossingState::Closed),
        ("w2", CrossingKind::Dam, CrossingState::Open),
        ("w3", CrossingKind::Dam, CrossingState::Closed),
        ("w4", CrossingKind::Ferry, CrossingState::Closed),
    ];
    assert_eq!(crossings, expected);
}

#[test]
fn a_wall_knows_its_gates() {
    let layers = layers(
        "
        n1 1 0
        n2 2 0 barrier=gate
        n3 3 0 barrier=gate locked=yes
        n4 4 0 entrance=yes
        n5 5 0 barrier=stile
        w1 1-4 barrier=wall
        w2 1 5 barrier=fence
    ",
    );
    assert_eq!(layers.walls.len(), 1);
    assert_eq!(layers.walls[0].gates, [place(2.0, 0.0), place(4.0, 0.0)]);
}

#[test]
fn the_gate_of_a_ring_wall_is_told_once() {
    let layers = layers(
        "
        n1 1 0 barrier=gate
        n2 2 0
        n3 2 2
        w1 1-3 1 barrier=wall
    ",
    );
    assert_eq!(layers.walls[0].gates, [place(1.0, 0.0)]);
    assert_eq!(layers.walls[0].points.len(), 4);
}

#[test]
fn schools_are_nodes_and_the_middles_of_grounds_and_of_houses_without_any() {
    let layers = layers(
        "
        n1 1 0 amenity=kindergarten
        n2 2 0 amenity=bank
        n3 4 0
        n4 4 3
        n5 7 0
        w1 3-5 3 amenity=school building=school
        w2 3-5 3 building=kindergarten
        w3 3-5 3 building=school amenity=parking
        w4 91-93 91 amenity=school
    ",
    );
    let found = layers.schools.iter();
    let found: Vec<_> = found.map(|school| (&*school.source, school.at)).collect();
    let middle = place(5.0, 1.0);
    assert_eq!(
        found,
        [("n1", place(1.0, 0.0)), ("w1", middle), ("w2", middle)]
    );
}

#[test]
fn equipment_is_read_from_nodes_and_areas() {
    let layers = layers(
        "
        n1 1 0 emergency=life_ring ref=A1 check_date=2024-05-31 description=At+the+gate
        n2 2 0 disused:emergency=defibrillator check_date=May
        n3 4 0
        n4 4 3
        n5 7 0
        w1 3-5 3 emergency=throw_bag name=Hall
        w2 91-93 91 emergency=defibrillator
    ",
    );
    let found: Vec<_> = layers
        .equipment
        .iter()
        .map(|piece| {
            (
                &*piece.id,
                piece.kind,
                piece.condition,
                piece.name.as_deref(),
            )
        })
        .collect();
    let expected = [
        ("n1", EquipmentKind::Ring, Condition::Usable, Some("A1")),
        ("n2", EquipmentKind::Aed, Condition::Damaged, None),
        ("w1", EquipmentKind::Rope, Condition::Usable, Some("Hall")),
    ];
    assert_eq!(found, expected);
    let first = &layers.equipment[0];
    assert_eq!(first.inspected_on.as_deref(), Some("2024-05-31"));
    assert_eq!(first.note.as_deref(), Some("At the gate"));
    assert_eq!(layers.equipment[2].at, place(5.0, 1.0));
    let odd = [
        (OddityKind::BadValue, "n2"),
        (OddityKind::MissingMember, "w2"),
    ];
    assert_eq!(oddities(&layers), odd);
}

#[test]
fn layers_come_in_order_of_id_whatever_the_order_of_the_file() {
    let in_order = row("
        w1 1-3 highway=path
        w2 3-5 highway=steps
        w30 5 6 highway=track
    ");
    let shuffled = layers(
        "
        w30 5 6 highway=track
        w2 3-5 highway=steps
        n6 6 0
        n3 3 0
        n5 5 0
        n1 1 0
        w1 1-3 highway=path
        n2 2 0
        n4 4 0
    ",
    );
    assert_eq!(in_order, shuffled);
}

#[test]
fn of_two_elements_with_one_id_the_first_is_kept() {
    let layers = row("
        n2 2 5
        w1 1-3 highway=path
        w1 1-4 highway=path
    ");
    assert_eq!(layers.paths.len(), 1);
    assert_eq!(layers.paths[0].points[1], place(2.0, 0.0));
    let twice = OddityKind::Duplicate;
    assert_eq!(oddities(&layers), [(twice, "n2"), (twice, "w1")]);
}

#[test]
fn only_what_is_wanted_is_taken() {
    let text = format!(
        "{ROW}
        w1 1-3 waterway=river
        w2 1-3 highway=path
        w3 1-3 barrier=wall
        w4 1-3 emergency=defibrillator"
    );
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("wanted.osm");
    std::fs::write(&path, town(&text).to_xml()).unwrap();
    let of = |wanted: Wanted| {
        let layers = read("wanted.osm", &path, &wanted, &|_| ()).unwrap();
        [
            layers.water_lines.len(),
            layers.paths.len(),
            layers.walls.len(),
            layers.equipment.len(),
        ]
    };
    assert_eq!(of(Wanted::default()), [0, 0, 0, 0]);
    assert_eq!(
        of(Wanted {
            water: true,
            ..Wanted::default()
        }),
        [1, 0, 0, 0]
    );
    assert_eq!(
        of(Wanted {
            paths: true,
            ..Wanted::default()
        }),
        [0, 1, 0, 0]
    );
    assert_eq!(
        of(Wanted {
            obstacles: true,
            equipment: true,
            ..Wanted::default()
        }),
        [0, 0, 1, 1]
    );
    std::fs::remove_file(&path).unwrap();
}
