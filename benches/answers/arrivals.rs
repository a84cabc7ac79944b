//! Who comes first with what they fetch on the way, beside whole searches from the place and from everything to fetch.

use zhugan::ground::Ground;
use zhugan::ground::graph::Footing;
use zhugan::ground::place::Place as Stand;
use zhugan::ground::reach::Pieces;
use zhugan::ground::search::FAR;
use zhugan::plan::arrivals::arrivals as search;
use zhugan::plan::call::Call;
use zhugan::plan::call::OwnStands;
use zhugan::plan::call::Party;
use zhugan::plan::call::Wheels;
use zhugan::units::Meters;

use crate::clock::Row;
use crate::clock::middle;
use crate::clock::once;
use crate::clock::section;
use crate::places::Place;
use crate::places::Seed;
use crate::places::poles;
use crate::twins;

const N_COMERS: usize = 500;
const N_POLES: usize = 5_000;
const N_PLACES: usize = 200;
const MOST: usize = 3;

/// The first three of 500 on duty, each by way of one of 5,000 poles, to places on banks.
pub fn arrivals(place: &Place) {
    section(&format!(
        "arrivals: the first {MOST} of {N_COMERS} on duty, fetching one of {N_POLES} poles, on {}; n is places",
        place.file
    ));
    let (ground, closures) = (&place.ground, &place.closures);
    let (_, standings) = poles(ground, N_POLES);
    let poles_at: Vec<Stand> = standings.into_iter().flatten().map(|s| s.place).collect();
    let comers_at = beside_streets(ground, N_COMERS);
    let (_, standings) = poles(ground, N_PLACES);
    let casualties: Vec<Stand> = standings.into_iter().flatten().map(|s| s.place).collect();
    let (comers, to_fetch) = (stands(&comers_at), stands(&poles_at));
    let fetch = [to_fetch.stands()];
    let bicycle = Some((Wheels::Bicycle, 2.0 / 5.5));
    let car = Some((Wheels::Car, 2.0 / 8.3));
    let party = |comers: &OwnStands, ride| (comers.clone(), ride);
    let thirds = [(0, None), (1, bicycle), (2, car)];
    let thirds = thirds.map(|(third, ride)| (every_third(&comers_at, third), ride));
    for (what, parties, with_twin) in [
        (
            "on foot, by whole searches",
            vec![party(&comers, None)],
            true,
        ),
        (
            "by bicycle as far as it may go",
            vec![party(&comers, bicycle)],
            false,
        ),
        (
            "a third each on foot, by bicycle, by car",
            thirds.to_vec(),
            false,
        ),
    ] {
        let parties: Vec<Party> = parties
            .iter()
            .map(|(comers, ride)| Party {
                stands: comers.stands(),
                ride: *ride,
            })
            .collect();
        let call = Call {
            parties: &parties,
            counts: &|_| true,
            fetch: Some(&fetch),
            most: MOST,
            farthest: FAR - 1,
        };
        let (mut times, mut slow) = (Vec::new(), Vec::new());
        for (index, casualty) in casualties.iter().enumerate() {
            let (time, found) = once(|| search(ground, closures, casualty, &call));
            times.push(time);
            if with_twin && index % 40 == 0 {
                let (time, all) =
                    once(|| twins::fetching(ground, closures, casualty, &poles_at, &comers_at));
                slow.push(time);
                let ours: Vec<(Meters, u32)> = found.iter().map(|a| (a.way, a.comer)).collect();
                assert_eq!(ours, all[..ours.len()], "place {index}");
            }
        }
        times.sort_unstable();
        let (late, last) = (times[times.len() * 99 / 100], times[times.len() - 1]);
        Row {
            what,
            n: N_PLACES,
            ours: middle(times),
            twin: with_twin.then(|| middle(slow)),
            note: format!(
                "99 % within {:.2} ms, all within {:.2} ms",
                late.as_secs_f64() * 1e3,
                last.as_secs_f64() * 1e3
            ),
        }
        .print();
    }
}

fn stands(places: &[Stand]) -> OwnStands {
    let numbered = (0..).zip(places.iter().cloned());
    OwnStands::new(numbered.collect::<Pieces>())
}

/// Every third of some places, from one of the first three on.
fn every_third(places: &[Stand], first: usize) -> OwnStands {
    let numbered = (0..).zip(places.iter().cloned());
    OwnStands::new(numbered.skip(first).step_by(3).collect::<Pieces>())
}

/// Places within 5 m of streets.
fn beside_streets(ground: &Ground, n: usize) -> Vec<Stand> {
    let is_on_street = |&node: &u32| {
        let mut arcs = ground.graph.arcs(node).iter();
        arcs.any(|arc| arc.footing() == Footing::Street)
    };
    let nodes: Vec<u32> = (0..ground.graph.n_nodes() as u32)
        .filter(is_on_street)
        .collect();
    let mut seed = Seed(n as u64);
    let places = std::iter::repeat_with(|| {
        let mut spot = ground.nodes[nodes[seed.below(nodes.len())] as usize];
        spot.x += i32::try_from(seed.below(10_000)).unwrap() - 5_000;
        ground.place(spot)
    });
    places
        .filter(|place| !place.legs.is_empty())
        .take(n)
        .collect()
}
