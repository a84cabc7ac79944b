//! Where the next pieces go: as good as trying every choice, and as much covered as is claimed.

use geo::Coord;
use proptest::prelude::*;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::ground::place::BankSpot;
use zhugan::ground::place::Place;
use zhugan::ground::spot::Spot;
use zhugan::model::equipment::EquipmentKind;
use zhugan::plan::coverage::Prints;
use zhugan::plan::coverage::coverage;
use zhugan::plan::placement::demand::Given;
use zhugan::plan::placement::proposed::Asked;
use zhugan::plan::placement::proposed::Goal;
use zhugan::plan::placement::proposed::Proposal;
use zhugan::plan::placement::proposed::PutUp;
use zhugan::plan::placement::proposed::covered_with_each;
use zhugan::plan::placement::proposed::proposed;
use zhugan::plan::placement::sites::Site;
use zhugan::plan::placement::sites::along_banks;
use zhugan::plan::placement::sites::measured;
use zhugan::plan::placement::sites::put_up;
use zhugan::plan::placement::weights::Weights;
use zhugan::plan::watch::Watch;
use zhugan::units::Meters;

use super::drawn::BuiltTown;
use super::drawn::Town;
use super::live::counted_anew;
use super::random::town;

const LIMIT: Meters = Meters(35.0);

/// What is asked of a town where every meter counts the same.
struct Question<'a> {
    town: &'a BuiltTown,
    weights: Weights,
    prints: &'a Prints,
    goal: Goal,
    wanted: u8,
    breaks: bool,
}

impl Question<'_> {
    fn answer(&self, sites: &[Site]) -> Proposal {
        proposed(&self.asked(), sites, Watch::NOBODY)
    }

    fn asked(&self) -> Asked<'_> {
        Asked {
            given: self.given(),
            closures: &self.town.closures,
            put_up: PutUp {
                limits: &[LIMIT],
                most: &[],
            },
            goal: self.goal,
            breaks: self.breaks,
            is_free: &|_| true,
            enough: 0.0,
            seed: 1,
        }
    }

    fn given(&self) -> Given<'_> {
        Given {
            ground: &self.town.ground,
            prints: &self.prints.usable,
            wanted: self.wanted,
            weights: &self.weights,
        }
    }
}

/// Every meter counts once.
pub fn same(town: &BuiltTown) -> Weights {
    Weights::of_banks(vec![1.0; town.ground.banks.len()])
}

/// What the poles of a town cover.
pub fn prints(town: &BuiltTown, limit: Meters) -> Prints {
    let reach = town.reach();
    let survey = reach.survey(&town.ground, &town.closures, &[EquipmentKind::Pole]);
    Prints::new(&survey, limit)
}

/// The poles of the town, and more at some points of banks.
fn with_more(town: &BuiltTown, more: &[BankSpot]) -> Vec<(u32, Place)> {
    let reach = town.reach();
    let poles = reach.usable_pieces(&[EquipmentKind::Pole]);
    let mut places: Vec<(u32, Place)> =
        poles.map(|(piece, place)| (piece, place.clone())).collect();
    let more = more.iter().filter_map(|&at| town.ground.place_on_bank(at));
    places.extend((100..).zip(more));
    places
}

/// The poles of the town, and more at some places as a register tells them: in degrees, to a centimeter.
fn registered(town: &BuiltTown, more: &[Site]) -> Vec<(u32, Place)> {
    let plane = &town.ground.plane;
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    let told = |site: &Site| {
        let at = plane.to_lon_lat(site.at.coord()).unwrap();
        let at = LonLat::new(round(at.lon()), round(at.lat())).unwrap();
        let standing = town.ground.standing(Spot::at(plane.to_plane(at))?);
        standing.map(|standing| standing.place)
    };
    let mut places = with_more(town, &[]);
    places.extend((100..).zip(more.iter().filter_map(told)));
    places
}

/// Every choice of at most so many of some things.
fn choices<T: Copy>(all: &[T], most: usize) -> Vec<Vec<T>> {
    let mut found = vec![Vec::new()];
    for &one in all {
        let with = found.iter().filter(|chosen: &&Vec<T>| chosen.len() < most);
        let with: Vec<Vec<T>> = with
            .map(|chosen| chosen.iter().copied().chain([one]).collect())
            .collect();
        found.extend(with);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

    #[test]
    fn the_best_places_are_those_of_trying_every_choice(number in 0_u64..10_000, n_sites in 1_usize..=3) {
        let town = town(number).built();
        let prints = prints(&town, LIMIT);
        let spots: Vec<BankSpot> = along_banks(&town.ground, Meters(40.0)).into_iter().take(9).collect();
        let sites = measured(&town.ground, &town.closures, &spots, LIMIT);
        let goal = Goal::Best(n_sites);
        let question = Question { weights: same(&town), town: &town, prints: &prints, goal, wanted: 1, breaks: false };
        let found = question.answer(&sites);
        let counted = |chosen: &[BankSpot]| counted_anew(&town, &with_more(&town, chosen)).total.covered.0;
        let best = choices(&spots, n_sites).iter().map(|chosen| counted(chosen)).fold(0.0, f64::max);
        let taken: Vec<BankSpot> = found.sites.iter().filter_map(|one| one.site.bank).collect();
        prop_assert!((counted(&taken) - best).abs() < 1e-3, "{} of {best}", counted(&taken));
        prop_assert!((found.value - found.bound).abs() < 1e-6, "{:?}", (found.value, found.bound));
        prop_assert!((found.value - (best - counted(&[]))).abs() < 1e-3);
    }

    #[test]
    fn what_is_claimed_to_be_covered_is_what_is_counted_anew(number in 0_u64..10_000, wanted in 1_u8..=2) {
        let town = town(number).built();
        let prints = prints(&town, LIMIT);
        let spots = along_banks(&town.ground, Meters(10.0));
        let sites = put_up(&town.ground, &town.closures, &spots, LIMIT);
        let question = Question { weights: same(&town), town: &town, prints: &prints, goal: Goal::Best(3), wanted, breaks: true };
        let found = question.answer(&sites);
        let taken: Vec<Site> = found.sites.iter().map(|one| one.site.clone()).collect();
        let anew = counted_anew(&town, &registered(&town, &taken)).total.covered;
        let claimed = found.sites.iter().map(|one| &one.site.print).collect::<Vec<_>>();
        let claimed = *covered_with_each(&question.given(), &claimed).last().unwrap();
        // Each of the three places is told to a centimeter, and both ends of what it covers move with it.
        prop_assert!((anew - claimed).0.abs() < 0.06, "{anew:?} {claimed:?}");
        let gained: f64 = found.sites.iter().map(|one| one.gained.0).sum();
        prop_assert!((gained - found.value).abs() < 1e-3, "each meter is gained once, or twice where two are wanted");
        let gains: Vec<f64> = found.sites.iter().map(|one| one.gained.0).collect();
        prop_assert!(gains.windows(2).all(|pair| pair[0] >= pair[1] - 1e-6), "{:?}", gains);
    }

    #[test]
    fn the_fewest_places_cover_all_that_can_be_and_one_less_does_not(number in 0_u64..10_000) {
        let town = town(number).built();
        let prints = prints(&town, LIMIT);
        let spots: Vec<BankSpot> = along_banks(&town.ground, Meters(40.0)).into_iter().take(9).collect();
        let sites = measured(&town.ground, &town.closures, &spots, LIMIT);
        let goal = Goal::Fewest(1.0);
        let question = Question { weights: same(&town), town: &town, prints: &prints, goal, wanted: 1, breaks: false };
        let found = question.answer(&sites);
        let counted = |chosen: &[BankSpot]| counted_anew(&town, &with_more(&town, chosen)).total.covered.0;
        let most = counted(&spots);
        let taken: Vec<BankSpot> = found.sites.iter().filter_map(|one| one.site.bank).collect();
        // What is shorter than a gap can be does not matter.
        let slack = 0.01 * 40.0;
        prop_assert!(counted(&taken) >= most - slack, "{} of {most}", counted(&taken));
        prop_assert!((found.value - found.bound).abs() < 1e-9, "{:?}", (found.value, found.bound));
        if let Some(fewer) = taken.len().checked_sub(1) {
            let all = choices(&spots, fewer);
            let better = all.iter().map(|chosen| counted(chosen)).fold(0.0, f64::max);
            prop_assert!(better < most - 1e-3, "{better} of {most} with {fewer}");
        }
    }
}

/// A canal of 400 m with a bridge at its end, and nothing on its banks.
fn canal() -> BuiltTown {
    Town::drawn(
        "........................................
         .~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~.
         ........................................",
    )
    .built()
}

#[test]
fn places_between_the_corners_beat_those_at_the_corners() {
    // What the pole leaves is so long that one more reaches all of it from its very middle only.
    let town = Town::drawn(
        "........
         .~~~~...
         .~~~~...
         ..P.....",
    )
    .built();
    let prints = prints(&town, LIMIT);
    let value = |sites: &[Site], breaks| {
        let question = Question {
            weights: same(&town),
            town: &town,
            prints: &prints,
            goal: Goal::Best(1),
            wanted: 1,
            breaks,
        };
        question.answer(sites).value
    };
    let corners = town
        .ground
        .banks
        .iter()
        .enumerate()
        .flat_map(|(bank, line)| {
            let ground = &town.ground;
            let at = line.chainage.iter();
            at.filter_map(move |&at| ground.spot_at(bank as u32, at))
        });
    let corners: Vec<BankSpot> = corners.collect();
    let at_corners = measured(&town.ground, &town.closures, &corners, LIMIT);
    let spots = along_banks(&town.ground, Meters(10.0));
    let anywhere = measured(&town.ground, &town.closures, &spots, LIMIT);
    let (at_corners, anywhere) = (value(&at_corners, false), value(&anywhere, true));
    assert!(anywhere > at_corners + 0.5, "{anywhere} {at_corners}");
}

#[test]
fn a_bank_that_nobody_reaches_is_told_and_the_rest_is_covered() {
    let town = canal();
    let prints = prints(&town, LIMIT);
    let total = coverage(
        &town
            .reach()
            .survey(&town.ground, &town.closures, &[EquipmentKind::Pole]),
        LIMIT,
    )
    .total;
    let sites = measured(
        &town.ground,
        &town.closures,
        &along_banks(&town.ground, Meters(10.0)),
        LIMIT,
    );
    let half: Vec<Site> = sites.into_iter().take(6).collect();
    let goal = Goal::Fewest(1.0);
    let question = Question {
        weights: same(&town),
        town: &town,
        prints: &prints,
        goal,
        wanted: 1,
        breaks: false,
    };
    let found = question.answer(&half);
    assert!(found.out_of_reach > Meters(100.0) && found.out_of_reach < total.bank);
    let prints: Vec<_> = found.sites.iter().map(|one| &one.site.print).collect();
    let covered = *covered_with_each(&question.given(), &prints)
        .last()
        .unwrap();
    let left = total.bank - covered - found.out_of_reach;
    assert!(left.0.abs() < 0.1, "{left:?} {:?}", found.out_of_reach);
}

#[test]
fn a_piece_beside_a_bridge_covers_as_much_where_it_is_told_as_at_the_line_of_the_bank() {
    let drawing = "
         ......a.....
         .~~~~~~~~~~.
         ......b.....";
    let town = Town::drawn_turned(drawing, 0.3, Coord { x: 7.0, y: 3.0 });
    let town = town.bridge("ab").built();
    let spots = along_banks(&town.ground, Meters(0.37));
    let length = |site: &Site| -> f64 { site.print.0.iter().map(|(_, on)| on.length()).sum() };
    let exact = measured(&town.ground, &town.closures, &spots, LIMIT);
    let told = put_up(&town.ground, &town.closures, &spots, LIMIT);
    assert_eq!(exact.len(), told.len());
    for (exact, told) in exact.iter().zip(&told) {
        let (exact, found) = (length(exact), length(told));
        assert!(
            found > exact - 0.5,
            "{found} instead of {exact} at {:?}",
            told.at
        );
    }
}
