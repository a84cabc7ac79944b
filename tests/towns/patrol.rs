//! Evening patrols on the ground: as good as trying everything, and every walk walked anew.

use proptest::prelude::*;
use zhugan::ground::place::Place;
use zhugan::ground::spot::nearest_share;
use zhugan::model::crossing::CrossingState;
use zhugan::plan::patrol::evening::Aim;
use zhugan::plan::patrol::evening::Due;
use zhugan::plan::patrol::evening::Hold;
use zhugan::plan::patrol::evening::Party;
use zhugan::plan::patrol::evening::Planned;
use zhugan::plan::patrol::stretches::stretches;
use zhugan::units::Meters;
use zhugan::units::MetersPerSecond;
use zhugan::units::Seconds;

use super::drawn::BuiltTown;
use super::drawn::Town;
use super::patrol_checks::Far;
use super::patrol_checks::check_all_told;
use super::patrol_checks::check_rounds;
use super::patrol_checks::due;
use super::patrol_checks::given;
use super::patrol_checks::in_order;
use super::patrol_checks::party;
use super::patrol_checks::planned;
use super::patrol_checks::planned_amid;
use super::patrol_checks::planned_by;
use super::patrol_checks::shares;
use super::patrol_checks::shortest;
use super::random::town;

const NARROW: Meters = Meters(15.0);

/// Two parties of a random town, and a few stretches.
fn small(number: u64) -> (BuiltTown, Vec<Due>, Vec<Place>) {
    let town = town(number).built();
    let all = stretches(&town.ground, NARROW);
    let due: Vec<Due> = all
        .iter()
        .take(4)
        .map(|stretch| due(stretch, &town.ground))
        .collect();
    let stands = ['a', 'b'].map(|letter| town.stand(letter).unwrap());
    let stands = stands.into_iter().filter(|place| !place.legs.is_empty());
    let stands = stands.collect();
    (town, due, stands)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn every_edge_of_every_bank_is_in_one_stretch(number in 0_u64..10_000) {
        let town = town(number).built();
        let mut n_times: Vec<Vec<u32>> = town.ground.bank_edges.iter().map(|edges| vec![0; edges.len()]).collect();
        for side in stretches(&town.ground, NARROW).iter().flat_map(|stretch| &stretch.sides) {
            for edge in side.edges.clone() {
                n_times[side.bank as usize][edge as usize] += 1;
            }
        }
        prop_assert!(n_times.iter().flatten().all(|times| *times == 1), "{n_times:?}");
    }

    #[test]
    fn every_meter_over_narrow_water_is_seen_from_the_other_side(number in 0_u64..10_000) {
        let town = town(number).built();
        let ground = &town.ground;
        for stretch in stretches(ground, NARROW).iter().filter(|stretch| stretch.sides.len() == 2) {
            for (walked, seen) in [(0, 1), (1, 0)] {
                let line = stretch.sides[walked].spots(ground);
                for pair in stretch.sides[seen].spots(ground).windows(2) {
                    let n_meters = pair[0].distance(pair[1]).0.ceil();
                    for meter in 0..=n_meters as u32 {
                        let spot = pair[0].toward(pair[1], f64::from(meter) / n_meters);
                        let off = line.windows(2).map(|edge| {
                            let share = nearest_share(edge[0], edge[1], spot);
                            edge[0].toward(edge[1], share).distance(spot).0
                        });
                        let off = off.fold(f64::INFINITY, f64::min);
                        // Between two points that are looked at there may be a bay as deep as the points are apart.
                        prop_assert!(off <= NARROW.0 + 2.5, "{off}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_shortest_longest_walk_is_that_of_trying_everything(number in 0_u64..10_000) {
        let (town, due, stands) = small(number);
        let parties: Vec<Party> = stands.iter().map(|start| party(start, 3_000.0)).collect();
        prop_assume!(!due.is_empty() && !parties.is_empty());
        let far = Far::new(&town, &parties);
        let longest = |share: &Vec<Vec<usize>>| {
            let walks = (0..parties.len()).map(|party| shortest(&far, &due, party, None, &share[party]));
            walks.fold(0.0, f64::max)
        };
        let all = shares(due.len(), parties.len());
        let whole = all.iter().filter(|share| share[parties.len()].is_empty());
        let best = whole.map(longest).fold(f64::INFINITY, f64::min);
        let found = planned(&town, &due, &parties, Aim::Balanced);
        check_all_told(&due, &found);
        if best > 3_000.0 {
            prop_assert_eq!(found.aim, Aim::Most);
            return Ok(());
        }
        prop_assert_eq!(found.aim, Aim::Balanced);
        prop_assert!((found.value - best).abs() < 0.1, "{} {best} {}", found.value, found.bound);
        prop_assert!(found.bound <= best + 1e-6, "{} {best}", found.bound);
        check_rounds(&town, &due, &parties, &found);
    }

    #[test]
    fn the_most_that_is_seen_in_time_is_that_of_trying_everything(number in 0_u64..10_000, most in 100.0..400.0) {
        let (town, due, stands) = small(number);
        let parties: Vec<Party> = stands.iter().map(|start| party(start, most)).collect();
        prop_assume!(!due.is_empty() && !parties.is_empty());
        let far = Far::new(&town, &parties);
        let seen = |share: &Vec<Vec<usize>>| {
            let mut walks = (0..parties.len()).map(|party| shortest(&far, &due, party, None, &share[party]));
            // What rounding to milliseconds adds must not matter.
            let is_in_time = walks.all(|walk| walk <= most - 0.1);
            let done = share[..parties.len()].iter().flatten().map(|&one| due[one].worth);
            if is_in_time { done.sum() } else { 0.0 }
        };
        let best: f64 = shares(due.len(), parties.len()).iter().map(seen).fold(0.0, f64::max);
        let found = planned(&town, &due, &parties, Aim::Most);
        check_all_told(&due, &found);
        prop_assert!(found.value >= best - 0.01, "{} {best}", found.value);
        prop_assert!(found.bound >= best - 1e-3, "{} {best}", found.bound);
        check_rounds(&town, &due, &parties, &found);
    }

    #[test]
    fn what_is_given_away_by_hand_goes_where_it_costs_least_or_less_and_nothing_else_moves(
        number in 0_u64..10_000,
        one in 0_usize..4,
    ) {
        let (town, due, stands) = small(number);
        let parties: Vec<Party> = stands.iter().map(|start| party(start, 1e6)).collect();
        prop_assume!(parties.len() == 2 && one < due.len());
        let before = planned(&town, &due, &parties, Aim::Balanced);
        let tasks = |plan: &Planned, party: usize| -> Vec<usize> {
            plan.rounds[party].stops.iter().map(|stop| stop.due).collect()
        };
        let Some(from) = (0..2).find(|&party| tasks(&before, party).contains(&one)) else {
            return Ok(());
        };
        let to = 1 - from;
        let far = Far::new(&town, &parties);
        let mut kept = tasks(&before, from);
        kept.retain(|other| *other != one);
        // The walk that has it is no longer than with it put in anywhere, and none is shorter than the shortest of all.
        let known = tasks(&before, to);
        let put_in = (0..=known.len()).map(|at| {
            let mut order = known.clone();
            order.insert(at, one);
            in_order(&far, &due, to, &order)
        });
        let put_in = put_in.fold(f64::INFINITY, f64::min);
        let after = given(&town, &due, &parties, &before, (one, Some(to)));
        prop_assert_eq!(after.is_some(), put_in.is_finite(), "whoever cannot get there is not sent");
        let Some(after) = after else {
            return Ok(());
        };
        check_all_told(&due, &after);
        check_rounds(&town, &due, &parties, &after);
        let mut taken = known.clone();
        taken.push(one);
        for (party, tasks, most) in [(to, &taken, put_in), (from, &kept, in_order(&far, &due, from, &kept))] {
            let takes = after.rounds[party].takes.0;
            prop_assert!(takes <= most + 0.1, "{takes} {most}");
            prop_assert!(takes >= shortest(&far, &due, party, None, tasks) - 0.1);
        }
        // To nobody, and back again.
        let nobody = given(&town, &due, &parties, &after, (one, None)).unwrap();
        prop_assert_eq!(&nobody.left_out, &vec![one]);
        check_rounds(&town, &due, &parties, &nobody);
        let back = given(&town, &due, &parties, &nobody, (one, Some(from))).unwrap();
        prop_assert!(back.rounds[from].takes.0 <= before.rounds[from].takes.0 + 0.1);
    }

    #[test]
    fn who_may_begin_anywhere_begins_where_the_walks_can_be_walked(number in 0_u64..10_000, most in 100.0..400.0) {
        let (town, due, stands) = small(number);
        let parties: Vec<Party> = stands.iter().map(|start| party(start, most)).collect();
        prop_assume!(!due.is_empty() && !parties.is_empty());
        for aim in [Aim::Most, Aim::Balanced] {
            let (moved, found) = planned_amid(&town, &due, &parties, aim);
            check_all_told(&due, &found);
            check_rounds(&town, &due, &moved, &found);
            // From where they begin now nothing is better than what is proven.
            let there = planned(&town, &due, &moved, aim);
            if found.aim == there.aim {
                let worse = if found.aim == Aim::Most { found.bound - there.value } else { there.value - found.bound };
                prop_assert!(worse >= -1e-3, "{} {}", found.bound, there.value);
            }
        }
    }
}

/// A canal of 400 m, 10 m wide, with a bridge at its end, and a river that is 30 m wide.
fn two_waters() -> BuiltTown {
    Town::drawn(
        "a......................................b
         .~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~.
         ........................................
         .~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~.
         .~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~.
         .~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~.
         c......................................d",
    )
    .built()
}

#[test]
fn narrow_water_is_seen_from_either_side_and_wide_water_is_not() {
    let town = two_waters();
    let ground = &town.ground;
    let all = stretches(ground, NARROW);
    let length = |n_sides: usize, body: usize| -> f64 {
        let own = all.iter().filter(|stretch| {
            stretch.sides.len() == n_sides
                && ground.banks[stretch.sides[0].bank as usize].water_body == body
        });
        let lengths = own
            .flat_map(|stretch| &stretch.sides)
            .map(|side| side.length(ground).0);
        lengths.sum()
    };
    let banks = |body: usize| {
        ground
            .banks
            .iter()
            .filter(move |bank| bank.water_body == body)
    };
    let canal = (0..2).min_by(|a, b| {
        let around = |body: usize| banks(body).map(|bank| bank.length().0).sum::<f64>();
        around(*a).total_cmp(&around(*b))
    });
    let canal = canal.unwrap();
    assert!(length(2, canal) > 600.0, "{} of 780 m", length(2, canal));
    assert!(length(2, 1 - canal) == 0.0, "30 m are too wide");
    // A setting makes the river narrow, or the canal wide.
    let n_two_sided = |narrow| {
        let all = stretches(ground, Meters(narrow));
        all.iter()
            .filter(|stretch| stretch.sides.len() == 2)
            .count()
    };
    assert_eq!(n_two_sided(5.0), 0);
    assert!(n_two_sided(35.0) > n_two_sided(15.0));
}

#[test]
fn whoever_is_fast_walks_more_and_whoever_lingers_less() {
    let town = two_waters();
    let all = stretches(&town.ground, NARROW);
    let mut due: Vec<Due> = all
        .iter()
        .map(|stretch| due(stretch, &town.ground))
        .collect();
    let start = town.stand('a').unwrap();
    let mut parties = vec![party(&start, 10_000.0), party(&start, 10_000.0)];
    parties[1].pace = MetersPerSecond(3.0);
    let found = planned(&town, &due, &parties, Aim::Balanced);
    let walked = |found: &Planned, party: usize| {
        let stops = found.rounds[party].stops.iter();
        let walked = stops.map(|stop| due[stop.due].sides[stop.side].length(&town.ground).0);
        walked.sum::<f64>()
    };
    assert!(
        walked(&found, 1) > 1.5 * walked(&found, 0),
        "three times as fast"
    );
    check_rounds(&town, &due, &parties, &found);
    let before = found.value;
    for one in &mut due {
        one.pause = Seconds(60.0);
    }
    let lingering = planned(&town, &due, &parties, Aim::Balanced);
    let more = 60.0 * due.len() as f64 / 2.0;
    assert!(
        lingering.value > before + 0.8 * more,
        "{before} {}",
        lingering.value
    );
    check_rounds(&town, &due, &parties, &lingering);
}

#[test]
fn fewer_teams_are_enough_where_there_is_time() {
    let town = two_waters();
    let all = stretches(&town.ground, NARROW);
    let due: Vec<Due> = all
        .iter()
        .map(|stretch| due(stretch, &town.ground))
        .collect();
    let starts = ['a', 'b', 'c', 'd'].map(|letter| town.stand(letter).unwrap());
    let n_busy = |most: f64| {
        let parties: Vec<Party> = starts.iter().map(|start| party(start, most)).collect();
        let found = planned(&town, &due, &parties, Aim::Fewest);
        check_all_told(&due, &found);
        check_rounds(&town, &due, &parties, &found);
        let busy = found.rounds.iter().filter(|round| !round.stops.is_empty());
        let n_busy = busy.count();
        if found.aim == Aim::Fewest {
            assert!(found.bound <= found.value);
            assert!((found.value - n_busy as f64).abs() < 1e-9);
        }
        (found.aim, n_busy)
    };
    assert_eq!(n_busy(10_000.0), (Aim::Fewest, 1));
    let (aim, n_teams) = n_busy(1_000.0);
    assert_eq!(aim, Aim::Fewest);
    assert!((2..=3).contains(&n_teams), "{n_teams}");
    assert_eq!(
        n_busy(200.0).0,
        Aim::Most,
        "not even four teams see all of it"
    );
}

#[test]
fn what_is_a_team_s_stays_with_it_and_when_one_drops_out_the_others_keep_theirs() {
    let town = two_waters();
    let all = stretches(&town.ground, NARROW);
    let mut due: Vec<Due> = all
        .iter()
        .map(|stretch| due(stretch, &town.ground))
        .collect();
    let starts = ['a', 'b', 'c'].map(|letter| town.stand(letter).unwrap());
    let parties: Vec<Party> = starts.iter().map(|start| party(start, 10_000.0)).collect();
    let first = planned(&town, &due, &parties, Aim::Balanced);
    let team_of = |found: &Planned, wanted: usize| {
        let mut rounds = found.rounds.iter();
        rounds.position(|round| round.stops.iter().any(|stop| stop.due == wanted))
    };
    // The last team cannot come.
    for (number, one) in due.iter_mut().enumerate() {
        one.owner = team_of(&first, number)
            .filter(|team| *team < 2)
            .map(|team| (team, Hold::Loose));
    }
    let rest = planned(&town, &due, &parties[..2], Aim::Balanced);
    let kept = (0..due.len()).filter(|&number| due[number].owner.is_some());
    let kept: Vec<usize> = kept.collect();
    assert!(!kept.is_empty());
    for &number in &kept {
        assert_eq!(team_of(&rest, number), team_of(&first, number));
    }
    check_all_told(&due, &rest);
    // What is fixed stays, however far it is.
    for one in &mut due {
        one.owner = Some((1, Hold::Fixed));
    }
    let fixed = planned(&town, &due, &parties, Aim::Balanced);
    assert!(fixed.rounds[0].stops.is_empty() && fixed.rounds[2].stops.is_empty());
    assert_eq!(fixed.rounds[1].stops.len(), due.len());
}

#[test]
fn nobody_walks_over_a_bridge_that_is_closed() {
    let mut town = Town::drawn(
        "..............
         .a...b........
         ~~~~~~~~~~~~~~
         ~~~~~~~~~~~~~~
         ~~~~~~~~~~~~~~
         .....c........
         ..............",
    )
    .bridge("bc")
    .built();
    let all = stretches(&town.ground, NARROW);
    let due: Vec<Due> = all
        .iter()
        .map(|stretch| due(stretch, &town.ground))
        .collect();
    let parties = [party(&town.stand('a').unwrap(), 10_000.0)];
    let n_crossed = |found: &Planned| {
        let round = &found.rounds[0];
        let ways = round.stops.iter().map(|stop| &stop.way);
        ways.chain([&round.back])
            .map(|way| way.crossings.len())
            .sum::<usize>()
    };
    let found = planned(&town, &due, &parties, Aim::Balanced);
    assert_eq!(found.aim, Aim::Balanced);
    assert_eq!(n_crossed(&found), 2, "there and back");
    for crossing in 0..town.ground.crossings.len() as u32 {
        town.closures.set(crossing, CrossingState::Closed);
    }
    let found = planned(&town, &due, &parties, Aim::Balanced);
    assert_eq!((found.aim, n_crossed(&found)), (Aim::Most, 0));
    assert!(!found.out_of_reach.is_empty(), "nobody gets over");
    check_all_told(&due, &found);
    check_rounds(&town, &due, &parties, &found);
}

#[test]
fn another_evening_goes_another_way_and_is_hardly_longer() {
    let town = two_waters();
    let all = stretches(&town.ground, Meters(0.0));
    let due: Vec<Due> = all
        .iter()
        .map(|stretch| due(stretch, &town.ground))
        .collect();
    let starts = ['a', 'd'].map(|letter| town.stand(letter).unwrap());
    let parties: Vec<Party> = starts.iter().map(|start| party(start, 10_000.0)).collect();
    let found: Vec<Planned> = (1..=6)
        .map(|seed| planned_by(&town, &due, &parties, Aim::Balanced, seed))
        .collect();
    let order = |found: &Planned| -> Vec<Vec<usize>> {
        let rounds = found.rounds.iter();
        rounds
            .map(|round| round.stops.iter().map(|stop| stop.due).collect())
            .collect()
    };
    assert!(found.iter().any(|other| order(other) != order(&found[0])));
    let values = found.iter().map(|found| found.value);
    let least = values.clone().fold(f64::INFINITY, f64::min);
    let most = values.fold(0.0, f64::max);
    assert!(most <= 1.03 * least, "{least} {most}");
    let again = planned_by(&town, &due, &parties, Aim::Balanced, 1);
    assert_eq!(
        order(&again),
        order(&found[0]),
        "the same seed, the same plan"
    );
}
