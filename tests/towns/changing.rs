//! A register that changes: what is repaired is what working everything out anew would give.

use std::sync::Arc;

use proptest::prelude::*;
use zhugan::app::gaps::GapsQuestion;
use zhugan::app::region::BuildFigures;
use zhugan::app::region::LayerCounts;
use zhugan::app::region::LoadedRegion;
use zhugan::app::waters::Grades;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::ground::place::FARTHEST_LEG;
use zhugan::ground::spot::Spot;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::Equipment;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::order::Order;
use zhugan::plan::coverage::coverage;
use zhugan::plan::intervals::Intervals;
use zhugan::plan::ranked;
use zhugan::plan::ranked::RANKED;
use zhugan::plan::survey::ReachByKind;
use zhugan::units::Meters;

use super::drawn::BuiltTown;
use super::drawn::Town;
use super::drawn::pole;
use super::nearest::somewhere;
use super::random::Seed;
use super::random::town;

const KINDS: [EquipmentKind; 2] = [EquipmentKind::Pole, EquipmentKind::Ring];

const LIMIT: Meters = Meters(35.0);

/// A town as a region without any equipment.
fn bare(town: BuiltTown) -> LoadedRegion {
    LoadedRegion {
        settings: town.town.settings,
        ground: Arc::new(town.ground),
        closures: town.closures,
        grades: Grades::default(),
        rescue_points: Arc::default(),
        corrections: Arc::default(),
        turned: Arc::default(),
        equipment: Vec::new(),
        order: Order::default(),
        standings: Vec::new(),
        reach: ReachByKind::new(&[], &[]),
        crew: Arc::default(),
        people: Arc::default(),
        oddities: Arc::default(),
        counts: LayerCounts::default(),
        figures: BuildFigures::default(),
    }
}

/// Works out all that can be repaired.
fn work_out(region: &LoadedRegion) {
    let (ground, closures) = (&region.ground, &region.closures);
    region.reach.rank(ground, closures);
    region.reach.of_usable(ground, closures);
    region.reach.of_unusable(ground, closures);
    for kind in KINDS {
        region.reach.settled(ground, closures, kind);
        region.reach.settled_unusable(ground, closures, kind);
    }
}

fn id_of(region: &LoadedRegion, number: u32) -> &str {
    &region.equipment[region.order.index(number).unwrap()].id
}

/// The nearest pieces of a spot, by id and in millimeters; panics while they cannot be looked up.
fn nearest(region: &LoadedRegion, spot: Spot) -> Vec<(&str, u32)> {
    let kinds = region.reach.ranked(&KINDS).unwrap();
    let ground = &region.ground;
    let look = (RANKED, FARTHEST_LEG);
    let found = ranked::nearest(ground, &kinds, spot, look).unwrap().near;
    let told = found.iter();
    told.map(|near| (id_of(region, near.piece), near.cost))
        .collect()
}

/// What one bank has of coverage, and the nearest piece of each of its gaps, by id.
type Told<'a> = (Intervals, Vec<Option<(&'a str, Meters)>>);

/// What is told of each bank.
fn banks(region: &LoadedRegion) -> Vec<Told<'_>> {
    let survey = region
        .reach
        .survey(&region.ground, &region.closures, &KINDS);
    let banks = coverage(&survey, LIMIT).banks.into_iter();
    let told = banks.map(|bank| {
        let nearest = bank.gaps.iter().map(|gap| gap.nearest);
        let nearest = nearest.map(|found| found.map(|(piece, far)| (id_of(region, piece), far)));
        (bank.covered, nearest.collect())
    });
    told.collect()
}

/// Every label of every kind, by id: how far each node is from which piece, and by which way.
fn labels(region: &LoadedRegion) -> Vec<Vec<(u32, &str, Option<u32>)>> {
    let (ground, closures) = (&region.ground, &region.closures);
    let mut reaches = region.reach.of_usable(ground, closures);
    reaches.extend(region.reach.of_unusable(ground, closures));
    let of = |reach: &zhugan::ground::reach::Reach| {
        let nodes = 0..ground.graph.n_nodes() as u32;
        let labels = nodes.filter_map(|node| reach.labels().at_rank(node, 0));
        let told = labels.map(|label| (label.distance, label.origin, label.before));
        told.map(|(far, origin, before)| (far, id_of(region, origin), before))
            .collect()
    };
    reaches.into_iter().flatten().map(of).collect()
}

fn unreachable(region: &LoadedRegion, spot: Spot) -> [usize; 4] {
    let (ground, closures) = (&region.ground, &region.closures);
    let from = ground.place(spot);
    let here = region.reach.islands(ground, closures).of(&from);
    let of = |kind| {
        let usable = region.reach.settled(ground, closures, kind);
        let others = region.reach.settled_unusable(ground, closures, kind);
        [usable, others].map(|settled| settled.n_unreachable(ground, &here, &[&from]))
    };
    let [[a, b], [c, d]] = KINDS.map(of);
    [a, b, c, d]
}

/// A piece of some kind and condition, at one of a few spots so that several stand at the same one; its id comes anywhere.
fn some_piece(region: &LoadedRegion, spots: &[Spot], seed: &mut Seed) -> Equipment {
    let id = format!("{:05}", seed.below(100_000));
    let spot = spots[seed.below(spots.len())];
    let conditions = [Condition::Usable, Condition::Usable, Condition::Missing];
    Equipment {
        kind: KINDS[seed.below(2)],
        condition: conditions[seed.below(3)],
        ..pole(&id, region.ground.plane.to_lon_lat(spot.coord()).unwrap())
    }
}

/// One change, of whatever sort.
fn change(pieces: &mut Vec<Equipment>, other: Equipment, seed: &mut Seed) {
    let chosen = seed.below(pieces.len().max(1));
    match seed.below(5) {
        0 if !pieces.is_empty() => {
            pieces.swap_remove(chosen);
        }
        1 if !pieces.is_empty() => pieces[chosen].at = other.at,
        2 if !pieces.is_empty() => pieces[chosen].condition = other.condition,
        3 if !pieces.is_empty() => pieces[chosen].kind = other.kind,
        _ if pieces.iter().all(|piece| piece.id != other.id) => pieces.push(other),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn after_changes_of_every_sort_all_answers_are_as_if_worked_out_anew(
        number in 0_u64..10_000,
        chance: u64,
    ) {
        let town = town(number).built();
        let mut seed = Seed(chance);
        let spots: Vec<Spot> = (0..7).map(|_| somewhere(&town, &mut seed)).collect();
        let asked: Vec<Spot> = (0..12).map(|_| somewhere(&town, &mut seed)).collect();
        let bare = bare(town);
        let mut pieces: Vec<Equipment> = Vec::new();
        for _ in 0..8 {
            let piece = some_piece(&bare, &spots, &mut seed);
            if pieces.iter().all(|other| other.id != piece.id) {
                pieces.push(piece);
            }
        }
        let mut region = bare.with_equipment(pieces.clone());
        work_out(&region);
        for _ in 0..8 {
            for _ in 0..=seed.below(3) {
                let other = some_piece(&bare, &spots, &mut seed);
                change(&mut pieces, other, &mut seed);
            }
            region = region.with_equipment(pieces.clone());
            let anew = bare.with_equipment(pieces.clone());
            for &spot in &asked {
                let now = nearest(&region, spot);
                work_out(&anew);
                prop_assert_eq!(now, nearest(&anew, spot));
                prop_assert_eq!(unreachable(&region, spot), unreachable(&anew, spot));
            }
            prop_assert_eq!(&region.standings, &anew.standings);
            prop_assert_eq!(banks(&region), banks(&anew));
            prop_assert_eq!(labels(&region), labels(&anew));
            let question = GapsQuestion {
                kinds: KINDS.to_vec(),
                limit: Some(LIMIT),
            };
            prop_assert_eq!(region.gaps(&question).gaps, anew.gaps(&question).gaps);
        }
    }
}

/// Where a pole of the drawing is.
fn at(town: &BuiltTown, letter: char) -> LonLat {
    let spot = town.standing(letter).unwrap().place.at;
    town.ground.plane.to_lon_lat(spot.coord()).unwrap()
}

/// Poles under these ids at the two ends of a street, and the pole that somebody halfway between is sent to.
fn between(first: &str, second: &str, change: impl FnOnce(&mut Vec<Equipment>)) -> String {
    let town = Town::drawn("P....a....Q").built();
    let (places, middle) = (['P', 'Q'].map(|letter| at(&town, letter)), town.spot('a'));
    let mut pieces = vec![pole(first, places[0]), pole(second, places[1])];
    let region = bare(town).with_equipment(pieces.clone());
    work_out(&region);
    change(&mut pieces);
    let region = region.with_equipment(pieces);
    let found = nearest(&region, middle);
    assert_eq!(found[0].1, found[1].1, "{found:?}");
    found[0].0.to_owned()
}

#[test]
fn of_two_that_are_equally_far_the_one_whose_id_comes_first_is_told_first_whatever_the_order_of_rows()
 {
    assert_eq!(between("a", "b", |_| {}), "a");
    assert_eq!(between("b", "a", |_| {}), "a");
}

#[test]
fn a_new_piece_that_is_equally_far_is_told_first_if_its_id_comes_first() {
    let renamed = |id: &'static str| {
        move |pieces: &mut Vec<Equipment>| {
            let mut last = pieces.pop().unwrap();
            last.id = id.to_owned();
            pieces.push(last);
        }
    };
    assert_eq!(between("m", "n", renamed("a")), "a");
    assert_eq!(between("m", "n", renamed("z")), "m");
}

#[test]
fn a_kind_that_a_change_does_not_touch_is_not_worked_out_again() {
    let town = Town::drawn("P....a....Q").built();
    let places = ['P', 'Q'].map(|letter| at(&town, letter));
    let ring = Equipment {
        kind: EquipmentKind::Ring,
        ..pole("ring", places[1])
    };
    let mut pieces = vec![pole("pole", places[0]), ring];
    let before = bare(town).with_equipment(pieces.clone());
    work_out(&before);
    pieces[0].condition = Condition::Missing;
    let after = before.with_equipment(pieces);
    let rings = |region: &LoadedRegion| {
        let rings = region.reach.ranked(&[EquipmentKind::Ring]).unwrap();
        std::ptr::from_ref(rings[0].reach)
    };
    assert_eq!(rings(&before), rings(&after));
    let poles = after.reach.ranked(&[EquipmentKind::Pole]).unwrap();
    assert!(poles.is_empty());
}
