//! Arrivals: who can come first, with and without fetching, on foot and on wheels.

use zhugan::ground::graph::Footing;
use zhugan::ground::place::Place;
use zhugan::ground::reach::Pieces;
use zhugan::ground::search::FAR;
use zhugan::plan::arrivals::Arrival;
use zhugan::plan::arrivals::arrivals as search;
use zhugan::plan::call::Call;
use zhugan::plan::call::OwnStands;
use zhugan::plan::call::Party;
use zhugan::plan::call::Wheels;
use zhugan::plan::nearest::nearest;
use zhugan::plan::walks::Walks;

use super::drawn::BuiltTown;
use super::drawn::Town;
use super::nearest::somewhere;
use super::random::Seed;
use super::random::town;

/// A bicycle that is four times as fast as somebody who runs.
const BICYCLE: (Wheels, f64) = (Wheels::Bicycle, 0.25);
const CAR: (Wheels, f64) = (Wheels::Car, 0.25);

fn stands(places: &[Place]) -> OwnStands {
    let numbered = (0..).zip(places.iter().cloned());
    OwnStands::new(numbered.collect::<Pieces>())
}

fn arrivals(
    town: &BuiltTown,
    place: &Place,
    comers: &OwnStands,
    ride: Option<(Wheels, f64)>,
    fetch: Option<&OwnStands>,
) -> Vec<Arrival> {
    let stands = comers.stands();
    let fetch = fetch.map(|fetch| [fetch.stands()]);
    let call = Call {
        parties: &[Party { stands, ride }],
        counts: &|_| true,
        fetch: fetch.as_ref().map(<[_; 1]>::as_slice),
        most: usize::MAX,
        farthest: FAR - 1,
    };
    search(&town.ground, &town.closures, place, &call)
}

fn on_foot(comers: &OwnStands) -> Party<'_> {
    let stands = comers.stands();
    Party { stands, ride: None }
}

/// The walk from everywhere to each of some places, millimeters, by one search from each.
fn walks_between(town: &BuiltTown, from: &Place, to: &[Place]) -> Vec<Option<f64>> {
    let pieces: Vec<(u32, &Place)> = (0..).zip(to).collect();
    let mut walks = Walks::new(&town.ground);
    let mut all = vec![None; to.len()];
    for found in nearest(
        &town.ground,
        &town.closures,
        &mut walks,
        &pieces,
        from,
        to.len(),
    ) {
        all[found.piece as usize] = Some(found.walk.0);
    }
    all
}

#[test]
fn whoever_fetches_takes_the_best_of_all_pairs_of_ways() {
    let mut n_compared = 0;
    for number in 700..760 {
        let town = town(number).built();
        let mut seed = Seed(number);
        let mut places = |n: usize| -> Vec<Place> {
            let spots = (0..n).map(|_| somewhere(&town, &mut seed));
            spots.map(|spot| town.ground.place(spot)).collect()
        };
        let (comers, poles, casualties) = (places(6), places(5), places(4));
        let (comer_stands, pole_stands) = (stands(&comers), stands(&poles));
        let from_poles: Vec<Vec<Option<f64>>> = poles
            .iter()
            .map(|pole| walks_between(&town, pole, &comers))
            .collect();
        for casualty in &casualties {
            let to_poles = walks_between(&town, casualty, &poles);
            let straight_there = walks_between(&town, casualty, &comers);
            let direct = arrivals(&town, casualty, &comer_stands, None, None);
            let fetching = arrivals(&town, casualty, &comer_stands, None, Some(&pole_stands));
            for comer in 0..comers.len() {
                let by_pole = |pole: usize| Some(to_poles[pole]? + from_poles[pole][comer]?);
                let best = (0..poles.len()).filter_map(by_pole).min_by(f64::total_cmp);
                let of = |all: &[Arrival]| {
                    let found = all.iter().find(|arrival| arrival.comer as usize == comer);
                    found.map(|arrival| arrival.way.0)
                };
                for (ours, truth) in [(of(&direct), straight_there[comer]), (of(&fetching), best)] {
                    let is_alike = match (ours, truth) {
                        (Some(ours), Some(truth)) => (ours - truth).abs() < 0.0015,
                        (ours, truth) => ours.is_none() && truth.is_none(),
                    };
                    assert!(
                        is_alike,
                        "town {number}, comer {comer}: {ours:?} for {truth:?}"
                    );
                    n_compared += 1;
                }
            }
            for pair in fetching.windows(2) {
                assert!((pair[0].way.0, pair[0].comer) < (pair[1].way.0, pair[1].comer));
            }
        }
    }
    assert!(n_compared > 2_000, "{n_compared}");
}

fn street() -> Town {
    // b stands at one end of a street, a at the other; c stands on the grass near a.
    Town::drawn(
        "
        .................................
        ..b..........................a...
        .................................
        .......................c.........
        .~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~.
        ",
    )
}

#[test]
fn wheels_stay_on_the_ways_that_allow_them() {
    let ways = |town: &BuiltTown, ride| -> Vec<(u32, f64)> {
        let comers = stands(&[town.stand('b').unwrap()]);
        let found = arrivals(town, &town.stand('a').unwrap(), &comers, ride, None);
        found
            .iter()
            .map(|arrival| (arrival.comer, arrival.way.0))
            .collect()
    };
    let on_street = street().street("ba").built();
    let length = on_street.spot('a').distance(on_street.spot('b')).0;
    let close = |ways: Vec<(u32, f64)>, expected: f64| {
        assert_eq!(ways.len(), 1);
        assert!(
            (ways[0].1 - expected).abs() < 0.5,
            "{ways:?} for {expected}"
        );
    };
    close(ways(&on_street, None), length);
    close(ways(&on_street, Some(BICYCLE)), length / 4.0);
    close(ways(&on_street, Some(CAR)), length / 4.0);

    let on_steps = street().steps("ba").built();
    close(ways(&on_steps, Some(CAR)), ways(&on_steps, None)[0].1);

    assert!(Wheels::Bicycle.may_go(Footing::Cycleway) && !Wheels::Car.may_go(Footing::Cycleway));
}

#[test]
fn whoever_does_not_count_now_does_not_come_and_nobody_from_beyond_the_limit() {
    let town = street().street("ba").built();
    let comers = stands(&[town.stand('b').unwrap(), town.stand('c').unwrap()]);
    let place = town.stand('a').unwrap();
    let asked = |counts: &dyn Fn(u32) -> bool, most, farthest| -> Vec<u32> {
        let call = Call {
            parties: &[on_foot(&comers)],
            counts,
            fetch: None,
            most,
            farthest,
        };
        let found = search(&town.ground, &town.closures, &place, &call);
        found.iter().map(|arrival| arrival.comer).collect()
    };
    assert_eq!(asked(&|_| true, 9, FAR - 1), [1, 0]);
    assert_eq!(asked(&|_| true, 1, FAR - 1), [1]);
    assert_eq!(asked(&|comer| comer == 0, 9, FAR - 1), [0]);
    assert_eq!(asked(&|_| true, 9, 1_000), [0_u32; 0]);
}

#[test]
fn those_who_come_by_different_means_are_found_together_as_each_would_be_alone() {
    let (mut n_compared, mut n_riding) = (0, 0);
    for number in 760..790 {
        let town = town(number).built();
        let mut seed = Seed(number);
        let mut places = |first: u32, n: u32| -> Vec<(u32, Place)> {
            let spots = (first..first + n).map(|number| (number, somewhere(&town, &mut seed)));
            spots
                .map(|(number, spot)| (number, town.ground.place(spot)))
                .collect()
        };
        let own = |places: Vec<(u32, Place)>| OwnStands::new(places.into_iter().collect());
        let groups = [places(0, 4), places(4, 4), places(8, 4)].map(own);
        let poles = own(places(0, 3));
        let casualty = places(0, 1).remove(0).1;
        let rides = [None, Some(BICYCLE), Some(CAR)];
        let parties: Vec<Party> = groups
            .iter()
            .zip(rides)
            .map(|(group, ride)| Party {
                stands: group.stands(),
                ride,
            })
            .collect();
        for fetch in [None, Some([poles.stands()])] {
            let asked = |parties: &[Party], most| {
                let call = Call {
                    parties,
                    counts: &|_| true,
                    fetch: fetch.as_ref().map(<[_; 1]>::as_slice),
                    most,
                    farthest: FAR - 1,
                };
                search(&town.ground, &town.closures, &casualty, &call)
            };
            let mut alone: Vec<Arrival> = parties
                .iter()
                .flat_map(|party| asked(std::slice::from_ref(party), usize::MAX))
                .collect();
            alone.sort_by(|a, b| a.way.0.total_cmp(&b.way.0).then(a.comer.cmp(&b.comer)));
            let key = |arrival: &Arrival| (arrival.comer, arrival.way);
            let keys = |all: &[Arrival]| -> Vec<_> { all.iter().map(key).collect() };
            let together = asked(&parties, usize::MAX);
            assert_eq!(keys(&together), keys(&alone), "town {number}");
            let first = asked(&parties, 3);
            assert_eq!(keys(&first), keys(&alone)[..first.len()], "town {number}");
            n_compared += together.len();
            n_riding += together.iter().filter(|arrival| arrival.comer >= 4).count();
        }
    }
    assert!(
        n_compared > 300 && n_riding > 150,
        "{n_compared}, {n_riding}"
    );
}

#[test]
fn the_line_of_an_arrival_leads_from_whoever_comes_by_the_pole_to_the_place() {
    let town = street().street("ba").built();
    let (comer, pole, place) = ('b', 'c', 'a');
    let comers = stands(&[town.stand(comer).unwrap()]);
    let poles = stands(&[town.stand(pole).unwrap()]);
    let found = arrivals(
        &town,
        &town.stand(place).unwrap(),
        &comers,
        Some(BICYCLE),
        Some(&poles),
    );
    let line = &found[0].line;
    assert_eq!(
        (line[0], *line.last().unwrap()),
        (town.spot(comer), town.spot(place))
    );
    assert!(line.contains(&town.spot(pole)), "{line:?}");
    let (fetched, rest) = found[0].fetched.unwrap();
    assert_eq!(fetched, 0);
    let walk = town.walk(pole, place).unwrap();
    assert!((rest.0 - walk).abs() < 0.0015, "{rest} for {walk}");
}
