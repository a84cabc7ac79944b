//! The nearest pieces: looked up, searched for, and judged.

use geo::Coord;
use zhugan::ground::graph::Footing;
use zhugan::ground::place::FARTHEST_LEG;
use zhugan::ground::place::On;
use zhugan::ground::place::Place;
use zhugan::ground::place::Standing;
use zhugan::ground::spot::Spot;
use zhugan::ground::spot::nearest_share;
use zhugan::model::equipment::EquipmentKind;
use zhugan::plan::nearest::nearest as search;
use zhugan::plan::ranked;
use zhugan::plan::ranked::RANKED;
use zhugan::plan::survey::ReachByKind;
use zhugan::plan::walks::Walks;
use zhugan::units::Meters;

use super::drawn::BuiltTown;
use super::drawn::Town;
use super::drawn::pole;
use super::oracle::Oracle;
use super::random::Seed;
use super::random::town;

const KINDS: [EquipmentKind; 1] = [EquipmentKind::Pole];

/// The pole farthest above the truth, and its excess, that a walk over a mesh may be.
const MOST_EXCESS: f64 = 0.03;

/// A place on the land of a town, anywhere.
pub fn somewhere(town: &BuiltTown, seed: &mut Seed) -> Spot {
    let nodes = &town.ground.nodes;
    loop {
        let (a, b) = (
            nodes[seed.below(nodes.len())],
            nodes[seed.below(nodes.len())],
        );
        let between = a.toward(b, seed.below(1_000) as f64 / 1_000.0);
        let mut aside = || i32::try_from(seed.below(8_000)).unwrap() - 4_000;
        let spot = Spot {
            x: between.x + aside(),
            y: between.y + aside(),
        };
        if town.ground.on(spot, 0).0 == On::Land {
            return spot;
        }
    }
}

/// Poles at some places of a town, ranked.
fn poles_at(town: &BuiltTown, places: Vec<Place>) -> ReachByKind {
    let at = town.town.place(Coord { x: 0.0, y: 0.0 });
    let equipment = vec![pole("any", at); places.len()];
    let standing = |place: Place| {
        Some(Standing {
            bank: place.bank,
            place,
            moved: Meters::ZERO,
            other_bank: None,
        })
    };
    let standings: Vec<Option<Standing>> = places.into_iter().map(standing).collect();
    let reach = ReachByKind::new(&equipment, &standings);
    reach.rank(&town.ground, &town.closures);
    reach
}

/// How far it is by way of a path or a bank that the place is beside: straight to it, and along it.
fn by_joining(town: &BuiltTown, oracle: &Oracle<'_>, from_pole: &[f64], spot: Spot) -> f64 {
    let ground = &town.ground;
    let mut least = f64::INFINITY;
    for a in 0..ground.nodes.len() as u32 {
        for (b, arc) in ground.graph.neighbors(a) {
            if matches!(arc.footing(), Footing::Open | Footing::Crossing) {
                continue;
            }
            let [from, to] = [a, b].map(|node| ground.nodes[node as usize]);
            let share = nearest_share(from, to, spot);
            let beside = from.toward(to, share);
            let aside = spot.distance(beside).0;
            // The line of a bank bars the way: one stops a little before it.
            let is_free = aside < 0.01 || oracle.is_free(spot, beside.toward(spot, 0.02));
            if aside <= 2.0 && is_free {
                let along = f64::from(arc.cost) / 1000.0 * share - 0.002;
                let aside = aside * ground.settings.open_factor;
                least = least.min(from_pole[a as usize] + along + aside);
            }
        }
    }
    least
}

#[test]
fn what_is_looked_up_is_what_a_search_finds_and_what_the_judge_says() {
    let mut n_judged = 0;
    for number in 500..560 {
        let town = town(number).built();
        let ground = &town.ground;
        let oracle = Oracle::new(&town);
        let mut seed = Seed(number);
        let places: Vec<Place> = (0..12)
            .map(|_| ground.place(somewhere(&town, &mut seed)))
            .collect();
        let from_poles: Vec<Vec<f64>> = places
            .iter()
            .map(|place| oracle.walks_from(place))
            .collect();
        let reach = poles_at(&town, places.clone());
        let kinds = reach.ranked(&KINDS).unwrap();
        let pieces: Vec<(u32, &Place)> = reach.usable_pieces(&KINDS).collect();
        let mut walks = Walks::new(ground);
        for _ in 0..20 {
            let spot = somewhere(&town, &mut seed);
            let look = (RANKED, FARTHEST_LEG);
            let start = ranked::nearest(ground, &kinds, spot, look).unwrap();
            let (from, found) = (start.place, start.near);
            let searched = search(
                ground,
                &town.closures,
                &mut walks,
                &pieces,
                &ground.place(spot),
                RANKED,
            );
            let ours = found
                .iter()
                .map(|near| (near.piece, f64::from(near.cost) / 1000.0));
            let theirs = searched.iter().map(|found| (found.piece, found.walk.0));
            assert!(
                ours.eq(theirs),
                "town {number}, {spot:?}: {found:?} {searched:?}"
            );

            let last = found
                .last()
                .map_or(f64::INFINITY, |near| f64::from(near.cost) / 1000.0);
            for (piece, (place, from_pole)) in places.iter().zip(&from_poles).enumerate() {
                let truth = oracle.reach_from(from_pole, place, spot.coord());
                let least = truth.min(by_joining(&town, &oracle, from_pole, spot));
                // Side by side on the bank, one walks along it: that is what the walks along banks are judged for.
                let edge = |place: &Place| place.bank.map(|bank| (bank.bank, bank.edge));
                if edge(place).is_some() && edge(place) == edge(&from) {
                    continue;
                }
                match found.iter().find(|near| near.piece as usize == piece) {
                    Some(near) => {
                        let walk = f64::from(near.cost) / 1000.0;
                        assert!(
                            walk >= least - 1e-6 && walk <= truth * (1.0 + MOST_EXCESS) + 0.01,
                            "town {number}, {spot:?}, pole {piece}: {walk} where the judge says {truth}"
                        );
                    }
                    None if found.len() == RANKED => assert!(
                        last <= truth * (1.0 + MOST_EXCESS) + 0.01,
                        "town {number}, {spot:?}: pole {piece} at {truth} is nearer than the last at {last}"
                    ),
                    None => assert!(
                        truth.is_infinite(),
                        "town {number}, {spot:?}: pole {piece} at {truth} was left out"
                    ),
                }
                n_judged += 1;
            }
        }
    }
    assert!(n_judged > 10_000, "{n_judged}");
}

#[test]
fn the_way_to_a_piece_is_as_long_as_its_walk_or_pulled_taut_a_little_shorter() {
    for number in 560..600 {
        let town = town(number).built();
        let ground = &town.ground;
        let mut seed = Seed(number);
        let places = (0..8).map(|_| ground.place(somewhere(&town, &mut seed)));
        let places: Vec<Place> = places.collect();
        let reach = poles_at(&town, places.clone());
        let kinds = reach.ranked(&KINDS).unwrap();
        for _ in 0..20 {
            let spot = somewhere(&town, &mut seed);
            let look = (RANKED, FARTHEST_LEG);
            let start = ranked::nearest(ground, &kinds, spot, look).unwrap();
            let from = start.place;
            for near in start.near {
                let drawn = ranked::found(ground, &kinds, &from, &near, true);
                let told = ranked::found(ground, &kinds, &from, &near, false);
                let line = &drawn.way.line;
                assert_eq!(
                    (line[0], *line.last().unwrap()),
                    (spot, places[near.piece as usize].at)
                );
                let length: f64 = line
                    .windows(2)
                    .map(|pair| pair[0].distance(pair[1]).0)
                    .sum();
                assert!(
                    length <= drawn.walk.0 + 0.01,
                    "town {number}: {length} of {}",
                    drawn.walk
                );
                assert!(
                    length >= drawn.straight.0 - 0.01,
                    "town {number}: {length} of {}",
                    drawn.straight
                );
                assert_eq!(drawn.way.crossings, told.way.crossings);
                assert_eq!(drawn.walk, told.walk);
            }
        }
    }
}

#[test]
fn of_pieces_equally_far_away_the_one_with_the_lowest_number_comes_first() {
    let town = Town::drawn(
        "
        .....................
        ...P......a......Q...
        .....................
        .~~~~~~~~~~~~~~~~~~~.
        .....................
        ",
    )
    .built();
    let place = |x: f64| {
        let middle = town.spot('a');
        town.ground.place(Spot {
            x: middle.x + (x * 1000.0) as i32,
            ..middle
        })
    };
    let reach = poles_at(
        &town,
        vec![place(7.0), place(-7.0), place(7.0), place(-7.0)],
    );
    let kinds = reach.ranked(&KINDS).unwrap();
    let look = (RANKED, FARTHEST_LEG);
    let start = ranked::nearest(&town.ground, &kinds, town.spot('a'), look).unwrap();
    let found = start.near;
    let pieces: Vec<u32> = found.iter().map(|near| near.piece).collect();
    assert_eq!(pieces, [0, 1, 2]);
    assert!(
        found.iter().all(|near| near.cost == found[0].cost),
        "{found:?}"
    );
}
