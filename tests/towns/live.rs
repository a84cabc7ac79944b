//! What a scenario recounts is what counting everything anew would give.

use proptest::prelude::*;
use zhugan::ground::place::Place;
use zhugan::ground::spot::Spot;
use zhugan::model::equipment::EquipmentKind;
use zhugan::plan::coverage::Coverage;
use zhugan::plan::coverage::coverage;
use zhugan::plan::live::LiveCoverage;
use zhugan::plan::straight::PieceTree;
use zhugan::plan::straight::entry;
use zhugan::plan::straight::nearest_to_line;
use zhugan::plan::survey::ReachByKind;
use zhugan::units::Meters;

use super::drawn::BuiltTown;
use super::drawn::Town;
use super::drawn::pole;
use super::random::Seed;
use super::random::town;

const LIMIT: Meters = Meters(35.0);

/// Coverage with poles at these places alone.
pub fn counted_anew(town: &BuiltTown, places: &[(u32, Place)]) -> Coverage {
    let n = places.iter().map(|(piece, _)| *piece + 1).max();
    let at = town.town.place(geo::Coord { x: 0.0, y: 0.0 });
    let equipment = vec![pole("any", at); n.unwrap_or(0) as usize];
    let mut standings = vec![None; equipment.len()];
    for (piece, place) in places {
        standings[*piece as usize] = Some(zhugan::ground::place::Standing {
            place: place.clone(),
            bank: place.bank,
            moved: Meters::ZERO,
            other_bank: None,
        });
    }
    let reach = ReachByKind::new(&equipment, &standings);
    let survey = reach.survey(&town.ground, &town.closures, &[EquipmentKind::Pole]);
    coverage(&survey, LIMIT)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn after_every_change_all_banks_are_as_if_counted_anew(number in 0_u64..10_000, chance: u64) {
        let town = town(number).built();
        let mut seed = Seed(chance);
        let reach = town.reach();
        let survey = reach.survey(&town.ground, &town.closures, &[EquipmentKind::Pole]);
        let mut places: Vec<(u32, Place)> = survey
            .pieces()
            .map(|(piece, place)| (piece, place.clone()))
            .collect();
        let mut live = LiveCoverage::new(survey, LIMIT);
        let free: Vec<Place> = "abcde".chars().filter_map(|letter| town.stand(letter)).collect();
        for number in 10..16 {
            let place = free[seed.below(free.len())].clone();
            let before = live.banks().to_vec();
            let touched = match seed.below(3) {
                0 if !places.is_empty() => {
                    let (piece, _) = places.swap_remove(seed.below(places.len()));
                    live.remove(piece)
                }
                1 if !places.is_empty() => {
                    let moved = seed.below(places.len());
                    places[moved].1 = place.clone();
                    live.move_to(places[moved].0, place)
                }
                _ => {
                    places.push((number, place.clone()));
                    live.add(number, place)
                }
            };
            let anew = counted_anew(&town, &places);
            prop_assert_eq!(live.banks(), &anew.banks[..]);
            prop_assert_eq!(live.coverage().total, anew.total);
            for (bank, (old, new)) in before.iter().zip(live.banks()).enumerate() {
                prop_assert!(old == new || touched.contains(&(bank as u32)));
            }
        }
    }

    #[test]
    fn the_piece_nearest_to_a_line_is_the_one_that_a_look_at_every_piece_finds(chance: u64) {
        let mut seed = Seed(chance);
        let mut aside = |most: i32| seed.next() as i32 % most;
        let mut near = |spot: Spot, most: i32| Spot {
            x: spot.x + aside(most),
            y: spot.y + aside(most),
        };
        let middle = Spot { x: 0, y: 0 };
        let mut line = vec![near(middle, 100_000)];
        for i in 0..300 {
            line.push(near(line[i], 10_000));
        }
        let pieces: Vec<Spot> = (0..12).map(|_| near(middle, 400_000)).collect();
        let entries = pieces.iter().enumerate();
        let tree = PieceTree::bulk_load(entries.map(|(i, &at)| entry(i as u32, at)).collect());
        let (piece, distance) = nearest_to_line(&tree, &line).unwrap();
        let to_line = |at: Spot| {
            let on_edge = |pair: &[Spot]| {
                let share = zhugan::ground::spot::nearest_share(pair[0], pair[1], at);
                pair[0].toward(pair[1], share).distance(at)
            };
            line.windows(2).map(on_edge).fold(Meters(f64::INFINITY), Meters::min)
        };
        let least = pieces.iter().map(|&at| to_line(at)).fold(Meters(f64::INFINITY), Meters::min);
        prop_assert_eq!(distance, least);
        prop_assert_eq!(to_line(pieces[piece as usize]), least);
    }
}

#[test]
fn the_first_piece_of_a_bare_town_covers_its_bank() {
    let town = Town::drawn(
        "
        ..a.......
        ~~~~~~~~~~
        ",
    )
    .built();
    let reach = town.reach();
    let survey = reach.survey(&town.ground, &town.closures, &[EquipmentKind::Pole]);
    let mut live = LiveCoverage::new(survey, LIMIT);
    assert!(live.coverage().total.covered.0 < 0.001);
    let touched = live.add(0, town.stand('a').unwrap());
    assert!(!touched.is_empty());
    assert!(live.coverage().total.covered > Meters(30.0));
    assert_eq!(live.remove(7), Vec::<u32>::new());
}
