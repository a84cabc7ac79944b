//! One town for each trap that other systems fell into.

use zhugan::ground::place::On;
use zhugan::model::crossing::CrossingKind;
use zhugan::model::crossing::CrossingState;
use zhugan::model::oddity::OddityKind;
use zhugan::model::path::Ford;
use zhugan::units::Meters;

use super::drawn::Town;
use super::drawn::check_no_walk;
use super::drawn::check_walk;

#[test]
fn a_pole_across_the_river_is_as_far_as_the_bridge() {
    let town = Town::drawn(
        "
        .P..............................c.
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        .a..............................d.
        ",
    )
    .path("Pc")
    .bridge("cd")
    .path("da")
    .built();
    // 310 m to the bridge, 20 m over it, 310 m back, all on paths: not 20 m.
    check_walk(&town, 'a', 'P', 640.0);
}

#[test]
fn a_place_beside_the_canal_belongs_to_its_own_side() {
    let town = Town::drawn(
        "
        P.........
        ~~~~~~~~~~
        a.........
        Q.........
        ",
    )
    .built();
    check_no_walk(&town, 'a', 'P');
    check_walk(&town, 'a', 'Q', 12.5);
    let place = town.ground.place(town.spot('a'));
    let beside = town.ground.banks_near(place.at, Meters(20.0));
    assert_eq!(beside[0].offset, Meters(5.0), "the near bank comes first");
    assert_eq!(beside[1].offset, Meters(15.0), "then the far one");
}

#[test]
fn an_island_is_not_at_distance_zero_but_out_of_reach() {
    let town = Town::drawn(
        "
        P........
        ..~~~~~..
        ..~~a~~..
        ..~~~~~..
        .........
        ",
    )
    .built();
    check_no_walk(&town, 'P', 'a');
}

#[test]
fn the_leg_from_the_true_point_to_the_path_counts() {
    let town = Town::drawn(
        "
        ....a.....
        ..........
        ..........
        b........P
        ~~~~~~~~~~
        ",
    )
    .path("bP")
    .built();
    // Over open ground the straight way: sqrt(50² + 30²) × 1.25 = 72.9 m; by the path no shorter.
    check_walk(&town, 'a', 'P', 72.9);
}

#[test]
fn nobody_takes_a_ferry_for_a_walk() {
    let drawing = "
        P....c....
        ~~~~~~~~~~
        ~~~~~~~~~~
        a....d....
        ";
    let town = Town::drawn(drawing)
        .crossing("cd", CrossingKind::Ferry, CrossingState::Closed)
        .built();
    check_no_walk(&town, 'a', 'P');
    assert_eq!(town.ground.crossings[0].id, "ferry-w500");
    assert!(
        town.oddities
            .iter()
            .any(|oddity| oddity.kind == OddityKind::ClosedCrossing)
    );
}

#[test]
fn a_lock_gate_that_is_open_to_people_joins_the_banks() {
    let drawing = "
        P....c....
        ~~~~~~~~~~
        a....d....
        ";
    let gate = |state| {
        let mut town = Town::drawn(drawing).crossing("cd", CrossingKind::LockGate, state);
        town.settings.ground.bank_factor = 1.25;
        town.built()
    };
    // 50 m over the grass on each side, 20 m over the gate.
    check_walk(
        &gate(CrossingState::Open),
        'a',
        'P',
        50.0 * 1.25 * 2.0 + 20.0,
    );
    check_no_walk(&gate(CrossingState::Closed), 'a', 'P');
}

#[test]
fn a_lock_gate_that_is_mapped_as_a_point_joins_the_banks_too() {
    let town = Town::drawn(
        "
        P.........
        ~~~~~5~~~~
        a.........
        ",
    )
    .crossing("5", CrossingKind::LockGate, CrossingState::Open)
    .built();
    let walk = town.walk('a', 'P').unwrap();
    assert!((125.0..140.0).contains(&walk), "{walk}");
}

#[test]
fn waters_that_only_touch_at_their_corners_do_not_leak() {
    let town = Town::drawn(
        "
        ~.....P
        .~.....
        ..~....
        ...~...
        a...~..
        .....~.
        ......~
        ",
    )
    .built();
    check_no_walk(&town, 'a', 'P');
}

#[test]
fn houses_that_only_touch_at_their_corners_do_not_leak() {
    let town = Town::drawn(
        "
        ~~~~~~~~~
        ##..P..##
        ..#...#..
        ...#.#...
        ....#....
        ....a....
        ",
    )
    .built();
    let walk = town.walk('a', 'P');
    assert!(walk.is_none(), "the yard is closed: {walk:?}");
}

#[test]
fn a_phantom_ford_on_a_pavement_opens_nothing_and_closes_nothing() {
    let town = Town::drawn(
        "
        P..b..c..a
        ~~~~~~~~~~
        ..........
        ",
    )
    .path("Pbca")
    .ford_point('b')
    .built();
    check_walk(&town, 'a', 'P', 90.0);
    assert!(town.ground.crossings.is_empty());
}

#[test]
fn a_ford_through_water_is_closed_unless_the_map_says_open() {
    let drawing = "
        P....c....
        ~~~~~~~~~~
        a....d....
        ";
    let unsure = Town::drawn(drawing)
        .path("Pc")
        .path("ad")
        .ford("cd", Ford::Unsure)
        .built();
    check_no_walk(&unsure, 'a', 'P');
    let open = Town::drawn(drawing)
        .path("Pc")
        .path("ad")
        .ford("cd", Ford::Open)
        .built();
    check_walk(&open, 'a', 'P', 120.0);
}

#[test]
fn a_place_in_the_water_has_no_legs_over_land() {
    let town = Town::drawn(
        "
        P.........
        ~~~~3~~~~~
        a.........
        ",
    )
    .built();
    let place = town.ground.place(town.spot('3'));
    assert_eq!(place.on, On::Water);
    assert!(place.legs.is_empty());
    let banks = town.ground.banks_near(place.at, Meters(15.0));
    assert_eq!(banks.len(), 2, "one answer for each bank");
}

#[test]
fn near_the_pole_a_degree_of_longitude_is_not_a_degree_of_latitude() {
    // At 60° N, a pole 0.0009° to the east (50 m) is nearer than one 0.0006° to the north (67 m).
    let water = zhugan::geometry::lon_lat::LonLat::new;
    let at = |lon: f64, lat: f64| water(24.9 + lon, 60.0 + lat).unwrap();
    let mut town = Town::drawn("P~~");
    town.layers.equipment = vec![
        super::drawn::pole("east", at(0.0009, 0.0)),
        super::drawn::pole("north", at(0.0, 0.0006)),
    ];
    town.layers.water_areas[0].rings[0].points = vec![
        at(-0.0002, -0.0002),
        at(0.0002, -0.0002),
        at(0.0002, -0.0001),
        at(-0.0002, -0.0001),
    ];
    town.layers.water_areas.truncate(1);
    let town = town.built();
    let coverage = town.coverage(10.0);
    let nearest = coverage.gaps().next().unwrap().nearest.unwrap();
    assert_eq!(town.town.layers.equipment[nearest.0 as usize].id, "east");
}
