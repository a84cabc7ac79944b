//! One town for each rule of the ground.

use zhugan::ground::Closures;
use zhugan::model::bank::Side;
use zhugan::model::crossing::CrossingKind;
use zhugan::model::crossing::CrossingState;
use zhugan::model::region::Movement;
use zhugan::model::region::WaterClass;
use zhugan::model::water::Course;
use zhugan::model::water::WaterKind;
use zhugan::model::water::WaterLine;
use zhugan::units::Meters;

use super::drawn::BuiltTown;
use super::drawn::Town;
use super::drawn::check_no_walk;
use super::drawn::check_walk;

fn bank_lengths(town: &BuiltTown) -> Vec<i64> {
    let mut lengths: Vec<i64> = town
        .ground
        .banks
        .iter()
        .map(|bank| bank.length().0.round() as i64)
        .collect();
    lengths.sort_unstable();
    lengths
}

#[test]
fn seams_between_areas_of_one_water_are_no_banks() {
    let town = Town::drawn(
        "
        ......
        .~~~P.
        .~~~..
        ......
        ",
    )
    .built();
    // Six cells, one pond: 30 m by 20 m, once around.
    assert_eq!(bank_lengths(&town), [100]);
    assert_eq!(town.ground.water_bodies.len(), 1);
}

#[test]
fn an_island_has_a_shore_of_its_own() {
    let town = Town::drawn(
        "
        .....P
        .~~~..
        .~.~..
        .~~~..
        ......
        ",
    )
    .built();
    assert_eq!(bank_lengths(&town), [40, 120]);
    assert!(
        town.ground
            .banks
            .iter()
            .all(|bank| bank.side == Side::Shore)
    );
}

#[test]
fn land_lies_on_the_left_of_every_bank() {
    let town = Town::drawn(
        "
        .....P
        .~~~..
        .~.~..
        .~~~..
        ......
        ",
    )
    .built();
    for bank in &town.ground.banks {
        for pair in bank.line.windows(2) {
            let along = pair[1] - pair[0];
            let length = along.x.hypot(along.y);
            let left = geo::Coord {
                x: f64::midpoint(pair[0].x, pair[1].x) - along.y / length,
                y: f64::midpoint(pair[0].y, pair[1].y) + along.x / length,
            };
            let spot = zhugan::ground::spot::Spot::at(left).unwrap();
            assert_eq!(town.ground.on(spot, 0).0, zhugan::ground::place::On::Land);
        }
    }
}

#[test]
fn where_the_map_ends_the_water_has_no_bank() {
    let town = Town::drawn(
        "
        P.........
        ~~~~~~~~~~
        ..........
        ",
    )
    .built();
    assert_eq!(
        town.ground.banks.len(),
        2,
        "a bank on each side, none across the ends"
    );
}

#[test]
fn water_that_the_extract_cut_cannot_be_walked_around() {
    let mut town = Town::drawn(
        "
        P.........
        .~~~~~~~~.
        a.........
        ",
    );
    let around = town.clone().built();
    assert!(
        around.walk('a', 'P').unwrap() < 40.0,
        "a pond is walked around"
    );
    // The western edge of the first cell and the eastern edge of the last were cut by the extract.
    let last = town.layers.water_areas.len() - 1;
    town.layers.water_areas[0].rings[0].cuts = vec![3];
    town.layers.water_areas[last].rings[0].cuts = vec![1];
    let cut = town.built();
    check_no_walk(&cut, 'a', 'P');
    let total: f64 = cut.ground.banks.iter().map(|bank| bank.length().0).sum();
    assert!(
        (total - 160.0).abs() < 0.01,
        "the cut ends are no banks: {total}"
    );
}

fn with_line(kind: WaterKind, width: Option<f64>, course: Course) -> Town {
    let mut town = Town::drawn(
        "
        .....P.....
        c.........d
        .....a.....
        ",
    );
    let at = |x: f64| town.place(geo::Coord { x, y: -10.0 });
    let points = vec![at(-2_000.0), at(2_100.0)];
    town.layers.water_lines.push(WaterLine {
        source: "w9".to_owned(),
        name: Some("Bach".to_owned()),
        kind,
        width: width.map(Meters),
        course,
        points,
        is_cut_at_start: true,
        is_cut_at_end: true,
    });
    town
}

#[test]
fn a_river_that_is_only_a_line_gets_a_left_and_a_right_bank() {
    let town = with_line(WaterKind::River, Some(8.0), Course::Open).built();
    check_no_walk(&town, 'a', 'P');
    let sides: Vec<Side> = town.ground.banks.iter().map(|bank| bank.side).collect();
    assert_eq!(sides, [Side::Left, Side::Right]);
    // It runs east: its left bank is the northern one, 4 m from its line.
    let left = town.ground.banks_near(town.spot('P'), Meters(20.0))[0];
    assert_eq!(town.ground.banks[left.bank as usize].side, Side::Left);
    assert!((left.offset.0 - 6.0).abs() < 0.01, "{}", left.offset);
}

#[test]
fn water_underground_has_no_banks_and_bars_nobody() {
    let town = with_line(WaterKind::River, Some(8.0), Course::Underground).built();
    assert!(town.ground.banks.is_empty());
    check_walk(&town, 'a', 'P', 25.0);
}

#[test]
fn a_stream_that_can_be_stepped_over_bars_nobody() {
    let narrow = with_line(WaterKind::Stream, Some(1.5), Course::Open).built();
    check_walk(&narrow, 'a', 'P', 25.0);
    assert!(
        narrow.ground.banks.is_empty(),
        "streams count only when the region names them"
    );
    let wide = with_line(WaterKind::Stream, Some(3.0), Course::Open).built();
    check_no_walk(&wide, 'a', 'P');
}

#[test]
fn a_stream_that_the_region_names_has_banks_though_it_bars_nobody() {
    let mut town = with_line(WaterKind::Stream, Some(1.5), Course::Open);
    town.settings.water.include.push(WaterClass::Stream);
    let town = town.built();
    assert_eq!(town.ground.banks.len(), 2);
    check_walk(&town, 'a', 'P', 25.0);
}

#[test]
fn a_pond_below_the_smallest_area_is_no_water() {
    let mut town = Town::drawn(
        "
        .....
        P.~.a
        .....
        ",
    );
    town.settings.water.min_area_m2 = 100.1;
    let town = town.built();
    assert!(town.ground.banks.is_empty());
    check_walk(&town, 'a', 'P', 50.0);
}

#[test]
fn paths_steps_and_open_ground_cost_what_the_settings_say() {
    let drawing = "
        ~~~~~~~~~~~
        ...........
        a.........P
        ";
    check_walk(&Town::drawn(drawing).built(), 'a', 'P', 125.0);
    check_walk(&Town::drawn(drawing).path("aP").built(), 'a', 'P', 100.0);
    check_walk(&Town::drawn(drawing).steps("aP").built(), 'a', 'P', 125.0);
    let mut slow = Town::drawn(drawing).path("aP");
    slow.settings.ground.path_factor = 1.2;
    check_walk(&slow.built(), 'a', 'P', 120.0);
}

#[test]
fn a_bank_can_be_walked_by_itself() {
    let town = Town::drawn(
        "
        ##########.
        P........a.
        ~~~~~~~~~~~
        ",
    )
    .built();
    // Along the bank at 1.1 after a slanting leg to it is shorter than 90 m of grass at 1.25.
    let walk = town.walk('a', 'P').unwrap();
    assert!(walk < 90.0 * 1.25 - 0.5 && walk > 90.0 * 1.1, "{walk}");
}

#[test]
fn walls_and_houses_are_walked_around_and_gates_walked_through() {
    let drawing = "
        .....b.....
        ...........
        a....g....P
        ...........
        .....c.....
        ~~~~~~~~~~~
        ";
    let around = Town::drawn(drawing).wall("bgc", "").built();
    // Around the end of the wall: twice sqrt(50² + 20²) over grass.
    check_walk(&around, 'a', 'P', 2.0 * 2900.0_f64.sqrt() * 1.25);
    let through = Town::drawn(drawing).wall("bgc", "g").built();
    check_walk(&through, 'a', 'P', 125.0);
    let by_path = Town::drawn(drawing).wall("bgc", "").path("aP").built();
    check_walk(&by_path, 'a', 'P', 100.0);
}

#[test]
fn a_path_over_narrow_water_is_a_culvert_and_over_wide_water_nothing() {
    let over = |width: f64| {
        let mut town = with_line(WaterKind::River, Some(width), Course::Open).path("Pa");
        town.settings.ground.path_factor = 1.0;
        town.built()
    };
    let narrow = over(8.0);
    check_walk(&narrow, 'a', 'P', 20.0);
    assert_eq!(narrow.ground.crossings[0].kind, CrossingKind::Culvert);
    let wide = over(8.1);
    check_no_walk(&wide, 'a', 'P');
    assert_eq!(wide.ground.crossings[0].kind, CrossingKind::Unbridged);
    assert_eq!(wide.oddities.len(), 1, "{:?}", wide.oddities);
}

#[test]
fn a_bridge_that_a_planner_closes_is_closed() {
    let mut town = Town::drawn(
        "
        P.........
        b~~~~~~~~~
        a.........
        ",
    )
    .built();
    assert!(town.ground.crossings.is_empty(), "b is land");
    town = Town::drawn(
        "
        ~P.........~
        ~~~~~~~~~~~~
        ~a.........~
        ",
    )
    .bridge("Pa")
    .built();
    check_walk(&town, 'a', 'P', 20.0);
    assert_eq!(town.ground.crossings[0].id, "bridge-w1");
    town.closures.set(0, CrossingState::Closed);
    check_no_walk(&town, 'a', 'P');
    assert_ne!(town.closures, Closures::mapped(&town.ground.crossings));
}

#[test]
fn nobody_jumps_off_a_bridge() {
    let town = Town::drawn(
        "
        ...........
        ~~~~~~~~~~~
        b....a....c
        ~~~~~~~~~~~
        .....P.....
        ",
    )
    .bridge("bac")
    .built();
    check_no_walk(&town, 'a', 'P');
}

#[test]
fn a_tunnel_under_the_water_is_a_crossing() {
    let town = Town::drawn(
        "
        P.........
        ~~~~~~~~~~
        a.........
        ",
    )
    .tunnel("Pa")
    .built();
    check_walk(&town, 'a', 'P', 20.0);
    assert_eq!(town.ground.crossings[0].kind, CrossingKind::Tunnel);
}

#[test]
fn where_people_keep_to_paths_the_grass_is_only_a_short_leg() {
    let drawing = "
        c.................d
        .a...............P.
        ...................
        ~~~~~~~~~~~~~~~~~~~
        ";
    let mut town = Town::drawn(drawing).path("cd");
    town.settings.ground.movement = Movement::Paths;
    let town = town.built();
    let walk = town.walk('a', 'P').unwrap();
    let open = Town::drawn(drawing)
        .path("cd")
        .built()
        .walk('a', 'P')
        .unwrap();
    assert!(walk >= open, "{walk} {open}");
    assert!(walk < 160.0 + 2.0 * 14.2 * 1.25 + 20.0, "{walk}");
    let mut far = Town::drawn(
        "
        c.................d
        ...................
        ...................
        ...................
        ...................
        ...................
        .........a.........
        .....P.............
        ",
    )
    .path("cd");
    far.settings.ground.movement = Movement::Paths;
    assert!(
        far.built().standing('P').is_none(),
        "70 m from the path, and no bank"
    );
}

#[test]
fn equipment_surveyed_into_the_water_stands_on_the_bank() {
    let mut town = Town::drawn(
        "
        .a........
        ~~~~~~~~~~
        ~~~~~~~~~~
        ~~~~~~~~~~
        ..........
        Q.........
        ",
    );
    let at = town.place(geo::Coord { x: 40.0, y: -11.0 });
    town.layers.equipment.push(super::drawn::pole("P", at));
    let town = town.built();
    let standing = town.standings[1].as_ref().unwrap();
    assert!((standing.moved.0 - 6.0).abs() < 0.01, "{}", standing.moved);
    assert!(standing.other_bank.is_none(), "the other bank is 24 m away");
    assert!(town.ground.place(standing.place.at).on != zhugan::ground::place::On::Outside);
}

#[test]
fn equipment_between_two_near_banks_may_belong_to_either() {
    let mut town = Town::drawn(
        "
        Q.........
        ~~~~~~~~~~
        ..........
        ",
    );
    let at = town.place(geo::Coord { x: 40.0, y: -9.0 });
    town.layers.equipment.push(super::drawn::pole("P", at));
    let town = town.built();
    let standing = town.standings[1].as_ref().unwrap();
    assert!((standing.moved.0 - 4.0).abs() < 0.01);
    assert!(standing.other_bank.is_some());
}

#[test]
fn a_place_inside_a_house_leaves_by_its_nearest_wall() {
    let town = Town::drawn(
        "
        .....
        .###.
        .###.
        P....
        ~~~~~
        ",
    )
    .built();
    let inside = town
        .ground
        .place(town.spot('P').toward(town.spot('P'), 0.0));
    assert!(!inside.legs.is_empty());
    let mut middle = town.spot('P');
    middle.x += 20_000;
    middle.y += 12_000;
    let place = town.ground.place(middle);
    assert_eq!(place.on, zhugan::ground::place::On::Obstacle);
    let nearest = place.legs.iter().map(|leg| leg.cost).min().unwrap();
    assert!(
        nearest >= 8_750,
        "seven meters to the wall at 1.25 come first: {nearest}"
    );
}

#[test]
fn the_same_river_is_one_water_body_however_many_areas_it_has() {
    let mut town = Town::drawn(
        "
        ~~~~.~~~~~
        P.........
        ",
    );
    for area in &mut town.layers.water_areas {
        area.kind = WaterKind::River;
        area.name = Some("Feng".to_owned());
    }
    let town = town.built();
    assert_eq!(town.ground.water_bodies.len(), 1);
    assert_eq!(town.ground.water_bodies[0].id, "w1000");
    assert_eq!(town.ground.water_bodies[0].name.as_deref(), Some("Feng"));
}
