//! What checks a patrol: every walk walked anew, and every plan tried.

use zhugan::ground::Closures;
use zhugan::ground::Ground;
use zhugan::ground::place::Leg;
use zhugan::ground::place::On;
use zhugan::ground::place::Place;
use zhugan::ground::search::FAR;
use zhugan::ground::search::Labels;
use zhugan::ground::spot::Spot;
use zhugan::plan::patrol::between::at_node;
use zhugan::plan::patrol::evening::Aim;
use zhugan::plan::patrol::evening::Asked;
use zhugan::plan::patrol::evening::Due;
use zhugan::plan::patrol::evening::Evening;
use zhugan::plan::patrol::evening::Party;
use zhugan::plan::patrol::evening::Planned;
use zhugan::plan::patrol::layout::Layout;
use zhugan::plan::patrol::rounds::Round;
use zhugan::plan::patrol::stretches::Side;
use zhugan::plan::patrol::stretches::Stretch;
use zhugan::plan::watch::Watch;
use zhugan::units::Meters;
use zhugan::units::MetersPerSecond;
use zhugan::units::Seconds;

use super::drawn::BuiltTown;
use crate::walks::Walks;

/// One meter a second, so that seconds are effective meters.
const PACE: MetersPerSecond = MetersPerSecond(1.0);

/// Steps enough for a few stretches, and the same on every machine.
const LOOKS: u32 = 4_000;

pub fn due(stretch: &Stretch, ground: &Ground) -> Due {
    let seen: Meters = stretch.sides.iter().map(|side| side.length(ground)).sum();
    Due {
        sides: stretch.sides.clone(),
        worth: seen.0,
        pause: Seconds(0.0),
        owner: None,
    }
}

pub fn party(start: &Place, most: f64) -> Party {
    Party {
        start: start.clone(),
        end: start.clone(),
        most: Seconds(most),
        pace: PACE,
    }
}

pub fn planned(town: &BuiltTown, due: &[Due], parties: &[Party], aim: Aim) -> Planned {
    planned_by(town, due, parties, aim, 1)
}

fn asked<'a>(
    town: &'a BuiltTown,
    due: &'a [Due],
    parties: &'a [Party],
    aim: Aim,
    seed: u64,
) -> Asked<'a> {
    Asked {
        ground: &town.ground,
        closures: &town.closures,
        due,
        parties,
        aim,
        seed,
    }
}

/// A plan with one of what is due given to another party by hand, unless that gets nowhere near in its time.
pub fn given(
    town: &BuiltTown,
    due: &[Due],
    parties: &[Party],
    planned: &Planned,
    (one, to): (usize, Option<usize>),
) -> Option<Planned> {
    let asked = asked(town, due, parties, planned.aim, 1);
    let layout = Layout::new(asked);
    Evening::new(asked, &layout).given(planned, &[one], to)
}

pub fn planned_by(
    town: &BuiltTown,
    due: &[Due],
    parties: &[Party],
    aim: Aim,
    seed: u64,
) -> Planned {
    let asked = asked(town, due, parties, aim, seed);
    let layout = Layout::new(asked);
    found(&Evening::new(asked, &layout))
}

pub fn found(evening: &Evening<'_>) -> Planned {
    found_after(evening, LOOKS)
}

/// The plan after so many looks at whether to end.
pub fn found_after(evening: &Evening<'_>, looks: u32) -> Planned {
    let left = std::cell::Cell::new(looks);
    let is_over = || left.replace(left.get().saturating_sub(1)) == 0;
    evening.planned(Watch {
        is_over: &is_over,
        ..Watch::NOBODY
    })
}

/// A plan of parties that may begin anywhere, and where they begin then.
pub fn planned_amid(
    town: &BuiltTown,
    due: &[Due],
    parties: &[Party],
    aim: Aim,
) -> (Vec<Party>, Planned) {
    let asked = asked(town, due, parties, aim, 1);
    let layout = Layout::new(asked).amid(asked, &vec![true; parties.len()], &|| false);
    let found = found(&Evening::new(asked, &layout));
    let moved =
        (0..parties.len()).map(|number| party(&layout.start(number), parties[number].most.0));
    (moved.collect(), found)
}

/// How far it is from one end of a way to another: the ends of stretches are nodes, and teams start and end at places.
pub struct Far<'a> {
    town: &'a BuiltTown,
    starts: Vec<Labels>,
}

impl<'a> Far<'a> {
    pub fn new(town: &'a BuiltTown, parties: &[Party]) -> Self {
        let of = |party: &Party| town.labels_of(&party.start.legs);
        Self {
            town,
            starts: parties.iter().map(of).collect(),
        }
    }

    pub fn to_node(&self, party: usize, node: u32) -> f64 {
        meters(self.starts[party].distance(node))
    }

    pub fn between(&self, from: u32, to: u32) -> f64 {
        let place = at_node(&self.town.ground, from);
        meters(self.town.labels_of(&place.legs).distance(to))
    }
}

pub fn meters(millimeters: u32) -> f64 {
    if millimeters == FAR {
        f64::INFINITY
    } else {
        f64::from(millimeters) / 1000.0
    }
}

/// The ways to walk along a stretch: from node to node, effective meters.
pub fn ways(due: &Due, ground: &Ground) -> Vec<(u32, u32, f64)> {
    let both = |side: &Side| {
        let ([from, to], cost) = (side.ends(ground), f64::from(side.cost(ground)) / 1000.0);
        [(from, to, cost), (to, from, cost)]
    };
    due.sides.iter().flat_map(both).collect()
}

/// The shortest walk of a party along some stretches, by trying every order and way.
pub fn shortest(far: &Far<'_>, due: &[Due], party: usize, at: Option<u32>, left: &[usize]) -> f64 {
    let ground = &far.town.ground;
    if left.is_empty() {
        return at.map_or(0.0, |at| far.to_node(party, at));
    }
    let mut least = f64::INFINITY;
    for (index, &next) in left.iter().enumerate() {
        let mut rest = left.to_vec();
        rest.remove(index);
        for (from, to, cost) in ways(&due[next], ground) {
            let there = match at {
                None => far.to_node(party, from),
                Some(at) => far.between(at, from),
            };
            if there.is_finite() {
                let walk = there + cost + shortest(far, due, party, Some(to), &rest);
                least = least.min(walk);
            }
        }
    }
    least
}

/// The shortest walk of a party along some stretches in a given order, by trying every way.
pub fn in_order(far: &Far<'_>, due: &[Due], party: usize, order: &[usize]) -> f64 {
    fn onward(far: &Far<'_>, due: &[Due], party: usize, at: Option<u32>, order: &[usize]) -> f64 {
        let Some((&next, rest)) = order.split_first() else {
            return at.map_or(0.0, |at| far.to_node(party, at));
        };
        let walks = ways(&due[next], &far.town.ground)
            .into_iter()
            .map(|(from, to, cost)| {
                let there = match at {
                    None => far.to_node(party, from),
                    Some(at) => far.between(at, from),
                };
                there + cost + onward(far, due, party, Some(to), rest)
            });
        walks.fold(f64::INFINITY, f64::min)
    }
    onward(far, due, party, None, order)
}

/// Every way to share stretches out to so many parties and nobody; nobody is the last.
pub fn shares(n_due: usize, n_parties: usize) -> Vec<Vec<Vec<usize>>> {
    let n_shares = (n_parties + 1).pow(n_due as u32);
    let share = |mut number: usize| {
        let mut parts = vec![Vec::new(); n_parties + 1];
        for one in 0..n_due {
            parts[number % (n_parties + 1)].push(one);
            number /= n_parties + 1;
        }
        parts
    };
    (0..n_shares).map(share).collect()
}

/// Walks a round anew: everything leads on from what was before it, lies on the ground, uses open crossings only, and takes as long as
/// is claimed.
fn check_round(
    (ground, closures): (&Ground, &Closures),
    due: &[Due],
    party: &Party,
    round: &Round,
) {
    let from = |legs: &[Leg]| Walks::from_legs(ground, closures, legs).labels;
    let mut line: Vec<Spot> = vec![party.start.at];
    let mut seconds = 0.0;
    let mut at: Option<u32> = None;
    for stop in &round.stops {
        let side = &due[stop.due].sides[stop.side];
        let mut spots = side.spots(ground);
        let mut ends = side.ends(ground);
        if stop.is_against {
            spots.reverse();
            ends.reverse();
        }
        let there = match at {
            None => from(&party.start.legs).distance(ends[0]),
            Some(at) => from(&at_node(ground, at).legs).distance(ends[0]),
        };
        seconds += meters(there) / party.pace.0;
        assert!(
            (stop.after.0 - seconds).abs() < 0.1,
            "{} {seconds}",
            stop.after.0
        );
        seconds += f64::from(side.cost(ground)) / 1000.0 / party.pace.0 + due[stop.due].pause.0;
        for part in [&stop.way.line, &spots] {
            if let Some(first) = part.first() {
                assert_eq!(line.last(), Some(first), "no jump");
            }
            line.extend(part);
        }
        assert_eq!(spots.first(), line.get(line.len() - spots.len()));
        at = Some(ends[1]);
    }
    if let Some(at) = at {
        line.extend(&round.back.line);
        let back = from(&at_node(ground, at).legs);
        let legs = party.end.legs.iter();
        let back = legs.map(|leg| meters(back.distance(leg.node)) + meters(leg.cost));
        seconds += back.fold(f64::INFINITY, f64::min) / party.pace.0;
        assert_eq!(line.last(), Some(&party.end.at), "home again");
    }
    assert!(
        (round.takes.0 - seconds).abs() < 0.1,
        "{} {seconds}",
        round.takes.0
    );
    assert!(round.takes.0 <= party.most.0 + 1e-6);
    let ways = round.stops.iter().map(|stop| &stop.way);
    let used: Vec<u32> = ways
        .chain([&round.back])
        .flat_map(|way| way.crossings.clone())
        .collect();
    for &crossing in &used {
        assert!(!closures.is_closed(crossing));
    }
    let length: f64 = line
        .windows(2)
        .map(|pair| pair[0].distance(pair[1]).0)
        .sum();
    assert!(
        length <= seconds * party.pace.0 + 0.1,
        "no meter costs less than a meter"
    );
    if used.is_empty() {
        for pair in line.windows(2) {
            for share in [0.25, 0.5, 0.75] {
                let (on, _) = ground.on(pair[0].toward(pair[1], share), 0);
                assert!(on != On::Outside, "{pair:?}");
                // A walk along a bank is on its very edge, and a path may lead through a house.
                let spot = pair[0].toward(pair[1], share);
                let shore = ground.shore_near(spot, Meters(0.01)).next();
                assert!(on != On::Water || shore.is_some(), "{spot:?}");
            }
        }
    }
}

/// Walks every round anew.
pub fn check_rounds(town: &BuiltTown, due: &[Due], parties: &[Party], planned: &Planned) {
    check_rounds_on((&town.ground, &town.closures), due, parties, planned);
}

/// The same on any ground.
pub fn check_rounds_on(
    on: (&Ground, &Closures),
    due: &[Due],
    parties: &[Party],
    planned: &Planned,
) {
    for (round, party) in planned.rounds.iter().zip(parties) {
        check_round(on, due, party, round);
    }
}

/// Everything is done once, or told as not done.
pub fn check_all_told(due: &[Due], planned: &Planned) {
    let stops = planned.rounds.iter().flat_map(|round| &round.stops);
    let mut told: Vec<usize> = stops.map(|stop| stop.due).collect();
    told.extend(&planned.left_out);
    told.extend(&planned.out_of_reach);
    told.sort_unstable();
    assert_eq!(told, (0..due.len()).collect::<Vec<usize>>());
}
