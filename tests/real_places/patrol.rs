//! A plan for an evening of the sample region, walked anew by somebody who does not know how it was made.

use zhugan::formats::read_region;
use zhugan::ground::Closures;
use zhugan::ground::Ground;
use zhugan::ground::place::Place;
use zhugan::plan::patrol::evening::Aim;
use zhugan::plan::patrol::evening::Asked;
use zhugan::plan::patrol::evening::Due;
use zhugan::plan::patrol::evening::Evening;
use zhugan::plan::patrol::evening::Party;
use zhugan::plan::patrol::layout::Layout;
use zhugan::plan::patrol::stretches::stretches;
use zhugan::units::Meters;
use zhugan::units::MetersPerSecond;
use zhugan::units::Seconds;

use crate::towns::patrol_checks::check_all_told;
use crate::towns::patrol_checks::check_rounds_on;
use crate::towns::patrol_checks::due;
use crate::towns::patrol_checks::found_after;

const MINUTES: f64 = 90.0;

/// Water up to this width is seen from either side.
const NARROW: Meters = Meters(15.0);

fn party(place: &Place) -> Party {
    Party {
        start: place.clone(),
        end: place.clone(),
        most: Seconds(MINUTES * 60.0),
        pace: MetersPerSecond(1.2),
    }
}

#[test]
fn every_walk_of_the_sample_region_is_walked_anew_and_nothing_is_claimed_that_is_not_so() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/maps/liechtenstein");
    let (settings, layers) = read_region(dir.as_ref(), &|_| ()).unwrap();
    let ground = Ground::build(&layers, &settings, &|_| ()).unwrap().0;
    let closures = Closures::mapped(&ground.crossings);
    let all: Vec<Due> = stretches(&ground, NARROW)
        .iter()
        .map(|stretch| due(stretch, &ground))
        .collect();
    // Four teams begin where stretches do, far from each other.
    let parties = [1, 3, 5, 7].map(|eighth| {
        let side = &all[all.len() * eighth / 8].sides[0];
        let node = ground.nodes[side.ends(&ground)[0] as usize];
        party(&ground.standing(node).unwrap().place)
    });
    let asked = Asked {
        ground: &ground,
        closures: &closures,
        due: &all,
        parties: &parties,
        aim: Aim::Most,
        seed: 1,
    };
    let layout = Layout::new(asked);
    let planned = found_after(&Evening::new(asked, &layout), 150);
    check_all_told(&all, &planned);
    check_rounds_on((&ground, &closures), &all, &parties, &planned);
    let n_stops: usize = planned.rounds.iter().map(|round| round.stops.len()).sum();
    assert!(n_stops > 60, "{n_stops} stretches are walked along");
    let worth = |of: &mut dyn Iterator<Item = usize>| of.map(|one| all[one].worth).sum::<f64>();
    let stops = planned.rounds.iter().flat_map(|round| &round.stops);
    let claimed = worth(&mut stops.map(|stop| stop.due));
    assert!(
        (claimed - planned.value).abs() < 0.01 * claimed,
        "{claimed} {}",
        planned.value
    );
    assert!(
        planned
            .rounds
            .iter()
            .all(|round| round.takes.0 <= MINUTES * 60.0)
    );
}
