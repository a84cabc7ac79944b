//! One town for each trap in which others name a piece that nobody can fetch from there.

use zhugan::ground::place::FARTHEST_LEG;
use zhugan::ground::place::Place;
use zhugan::model::crossing::CrossingKind;
use zhugan::model::crossing::CrossingState;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::over_water::OverWater;
use zhugan::plan::nearest::nearest as search;
use zhugan::plan::nearest::sides;
use zhugan::plan::ranked;
use zhugan::plan::ranked::RANKED;
use zhugan::plan::ranked::Start;
use zhugan::plan::walks::Walks;

use super::drawn::BuiltTown;
use super::drawn::Town;

const KINDS: [EquipmentKind; 1] = [EquipmentKind::Pole];

/// The nearest poles of a place with their walks, looked up; in the water, side by side.
///
/// What is searched for must be the same.
fn nearest(town: &BuiltTown, at: char) -> String {
    let ground = &town.ground;
    let reach = town.reach();
    reach.rank(ground, &town.closures);
    let kinds = reach.ranked(&KINDS).unwrap();
    let spot = town.spot(at);
    let starts: Vec<Start> = if at.is_ascii_digit() {
        let sides = sides(ground, spot).into_iter();
        sides
            .filter_map(|side| ranked::nearest_to_bank(ground, &kinds, side, RANKED))
            .collect()
    } else {
        let look = (RANKED, FARTHEST_LEG);
        vec![ranked::nearest(ground, &kinds, spot, look).unwrap()]
    };
    let pieces: Vec<(u32, &Place)> = reach.usable_pieces(&KINDS).collect();
    let mut walks = Walks::new(ground);
    let shown = |found: Vec<(u32, f64)>| {
        let each = found.into_iter().map(|(piece, meters)| {
            let id = &town.town.layers.equipment[piece as usize].id;
            format!("{id} {meters:.1} m")
        });
        each.collect::<Vec<_>>().join(", ")
    };
    let answers: Vec<String> = starts
        .iter()
        .map(|Start { place, near }| {
            let looked_up = near
                .iter()
                .map(|near| (near.piece, f64::from(near.cost) / 1000.0));
            let looked_up = shown(looked_up.collect());
            let whole = match place.bank.filter(|_| at.is_ascii_digit()) {
                Some(bank) => ground.place_on_bank(bank).unwrap(),
                None => ground.place(place.at),
            };
            let searched = search(ground, &town.closures, &mut walks, &pieces, &whole, RANKED);
            let searched = searched.iter().map(|found| (found.piece, found.walk.0));
            assert_eq!(
                looked_up,
                shown(searched.collect()),
                "looked up and searched"
            );
            looked_up
        })
        .collect();
    answers.join(" | ")
}

/// Asserts which poles are nearest to a place, and how far each is; nothing if nobody gets to any.
#[track_caller]
fn check_nearest(town: &BuiltTown, at: char, poles: &str) {
    assert_eq!(nearest(town, at), poles, "from {at}");
}

const RIVER: &str = "
    .Q..............................c.
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    .a......................P.......d.
    ";

fn river() -> Town {
    Town::drawn(RIVER).path("Qc").bridge("cd").path("dPa")
}

#[test]
fn the_pole_on_the_far_bank_is_not_the_nearest() {
    // 20 m away straight; 310 m to the bridge, 20 m over it, 310 m back.
    check_nearest(&river().built(), 'a', "P 230.0 m, Q 640.0 m");
}

#[test]
fn a_bridge_that_is_closed_changes_the_answer_at_once() {
    let mut town = river().built();
    town.closures.set(0, CrossingState::Closed);
    check_nearest(&town, 'a', "P 230.0 m");
    town.closures.set(0, CrossingState::Open);
    check_nearest(&town, 'a', "P 230.0 m, Q 640.0 m");
}

#[test]
fn of_a_canal_only_the_own_side_counts() {
    let town = Town::drawn(
        "
        P.........
        ~~~~~~~~~~
        a.........
        ..........
        Q.........
        ",
    )
    .built();
    check_nearest(&town, 'a', "Q 25.0 m");
}

#[test]
fn a_pole_around_an_island_is_no_pole_on_it() {
    let drawing = |island: &str| {
        format!(
            "
            P..........
            .~~~~~~~~~.
            .~~{island}~~.
            .~~~~~~~~~.
            ...........
            "
        )
    };
    check_nearest(&Town::drawn(&drawing("a...b")).built(), 'a', "");
    check_nearest(&Town::drawn(&drawing("a...Q")).built(), 'a', "Q 50.0 m");
}

#[test]
fn the_leg_from_the_place_itself_counts() {
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
    // Over open ground: sqrt(50² + 30²) × 1.25; from the path alone it would be 50 m.
    check_nearest(&town, 'a', "P 72.9 m");
}

const CROSSED: &str = "
    P....c....
    ~~~~~~~~~~
    a....d....
    ..........
    ..........
    ..........
    ..........
    ..........
    ..........
    ..........
    ..........
    ..........
    ..........
    ..........
    ..........
    ..........
    ..........
    ..........
    Q.........
    ";

/// A pole behind a crossing, 145 m over it, and another 200 m away on the own side.
fn crossed(kind: CrossingKind, state: CrossingState) -> BuiltTown {
    let mut town = Town::drawn(CROSSED).crossing("cd", kind, state);
    town.settings.ground.bank_factor = 1.25;
    town.built()
}

#[test]
fn nobody_takes_a_ferry_to_a_pole() {
    let town = crossed(CrossingKind::Ferry, CrossingState::Closed);
    check_nearest(&town, 'a', "Q 200.0 m");
}

#[test]
fn a_pole_behind_an_open_lock_gate_is_the_nearest_until_the_gate_is_closed() {
    let mut town = crossed(CrossingKind::LockGate, CrossingState::Open);
    check_nearest(&town, 'a', "P 145.0 m, Q 200.0 m");
    town.closures.set(0, CrossingState::Closed);
    check_nearest(&town, 'a', "Q 200.0 m");
}

#[test]
fn a_pole_behind_a_weir_is_the_nearest_only_while_somebody_may_walk_on_it() {
    let mut town = crossed(CrossingKind::Weir, CrossingState::Closed);
    check_nearest(&town, 'a', "Q 200.0 m");
    town.closures.set(0, CrossingState::Open);
    check_nearest(&town, 'a', "P 145.0 m, Q 200.0 m");
}

#[test]
fn waters_that_touch_at_their_corners_keep_a_pole_away() {
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
    check_nearest(&town, 'a', "");
}

#[test]
fn each_side_of_the_water_has_its_own_nearest_pole() {
    let town = Town::drawn(
        "
        ...P............
        ~~~0~~~~~~~~~~~~
        ~~~~~~~~~~~~~~~~
        ...........Q....
        ",
    )
    .built();
    let answer = nearest(&town, '0');
    let sides: Vec<&str> = answer.split(" | ").collect();
    assert_eq!(sides.len(), 2, "{answer}");
    assert!(
        sides[0].starts_with("P ") && !sides[0].contains('Q'),
        "{answer}"
    );
    assert!(
        sides[1].starts_with("Q ") && !sides[1].contains('P'),
        "{answer}"
    );
}

#[test]
fn a_casualty_exactly_as_far_out_as_a_pole_is_long_is_reached() {
    let town = Town::drawn(
        "
        ....P.....
        ~~~~0~~~~~
        ~~~~~~~~~~
        ....Q.....
        ",
    )
    .built();
    let usual = OverWater::default();
    let sides = sides(&town.ground, town.spot('0'));
    let reaches: Vec<(f64, bool)> = sides
        .iter()
        .map(|side| {
            let reaches = usual.reaches(EquipmentKind::Pole, side.offset);
            (side.offset.0, reaches)
        })
        .collect();
    assert_eq!(reaches, [(5.0, true), (15.0, false)]);
}

#[test]
fn a_pole_of_which_only_the_place_is_known_does_not_vanish() {
    let town = Town::drawn(
        "
        a...P.....
        ~~~~~~~~~~
        ..........
        ",
    )
    .path("aP")
    .built();
    let pole = &town.town.layers.equipment[0];
    assert!(pole.name.is_none() && pole.village.is_none() && pole.inspected_on.is_none());
    check_nearest(&town, 'a', "P 40.0 m");
}
