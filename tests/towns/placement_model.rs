//! What a placement counts: several kinds, each with its own reach, banks that count more near people, and pieces on paths.

use proptest::prelude::*;
use zhugan::ground::place::BankSpot;
use zhugan::ground::place::On;
use zhugan::plan::coverage::Prints;
use zhugan::plan::footprint::Footprint;
use zhugan::plan::intervals::Intervals;
use zhugan::plan::placement::beside::along_paths;
use zhugan::plan::placement::demand::Given;
use zhugan::plan::placement::proposed::Asked;
use zhugan::plan::placement::proposed::Goal;
use zhugan::plan::placement::proposed::Proposal;
use zhugan::plan::placement::proposed::PutUp;
use zhugan::plan::placement::proposed::proposed;
use zhugan::plan::placement::sites::Site;
use zhugan::plan::placement::sites::along_banks;
use zhugan::plan::placement::sites::at_places;
use zhugan::plan::placement::sites::measured;
use zhugan::plan::placement::sites::put_up;
use zhugan::plan::placement::weights::Weights;
use zhugan::plan::watch::Watch;
use zhugan::units::Meters;

use super::drawn::BuiltTown;
use super::drawn::Town;
use super::placement::prints;
use super::placement::same;
use super::random::Seed;
use super::random::town;

/// How far a pole reaches, and a ring.
const LIMITS: [Meters; 2] = [Meters(20.0), Meters(35.0)];

/// So finely banks are counted point by point, meters.
const STEP: f64 = 0.05;

/// What covers, bank by bank, counted point by point with what each point counts.
fn counted(town: &BuiltTown, prints: &[Vec<Intervals>], weights: &Weights) -> f64 {
    let mut worth = 0.0;
    for (bank, line) in town.ground.banks.iter().enumerate() {
        let n_steps = (line.length().0 / STEP) as usize;
        for step in 0..n_steps {
            let at = (step as f64 + 0.5) * STEP;
            let mut parts = prints[bank].iter().flat_map(|covered| &covered.0);
            if parts.any(|&(from, to)| from <= at && at <= to) {
                worth += STEP * weights.at(bank as u32, Meters(at));
            }
        }
    }
    worth
}

/// What the poles of a town and some sites cover, bank by bank.
fn with(prints: &Prints, sites: &[&Site]) -> Vec<Vec<Intervals>> {
    let of_bank = |pieces: &Vec<(u32, Intervals)>| {
        let covered = pieces.iter().map(|(_, covered)| covered.clone());
        covered.collect::<Vec<_>>()
    };
    let mut all: Vec<Vec<Intervals>> = prints.usable.iter().map(of_bank).collect();
    for (bank, covered) in sites.iter().flat_map(|site| &site.print.0) {
        all[*bank as usize].push(covered.clone());
    }
    all
}

/// The sites for each of two kinds at some points of banks.
fn of_both_kinds(town: &BuiltTown, spots: &[BankSpot]) -> Vec<Site> {
    let kinds = (0_u8..).zip(LIMITS);
    let sites = kinds.flat_map(|(kind, limit)| {
        let sites = measured(&town.ground, &town.closures, spots, limit).into_iter();
        sites.map(move |site| site.of_kind(kind))
    });
    sites.collect()
}

/// What is asked of a town.
struct Question<'a> {
    town: &'a BuiltTown,
    prints: &'a Prints,
    weights: &'a Weights,
    put_up: PutUp<'a>,
    n_sites: usize,
    breaks: bool,
}

impl Question<'_> {
    fn answer(&self, sites: &[Site]) -> Proposal {
        let asked = Asked {
            given: Given {
                ground: &self.town.ground,
                prints: &self.prints.usable,
                wanted: 1,
                weights: self.weights,
            },
            closures: &self.town.closures,
            put_up: self.put_up,
            goal: Goal::Best(self.n_sites),
            breaks: self.breaks,
            is_free: &|_| true,
            enough: 0.0,
            seed: 1,
        };
        proposed(&asked, sites, Watch::NOBODY)
    }
}

/// Every choice of sites with at most so many of each of two kinds.
fn allowed(sites: &[Site], most: [usize; 2]) -> Vec<Vec<&Site>> {
    let mut found: Vec<Vec<&Site>> = vec![Vec::new()];
    for site in sites {
        let has_room = |chosen: &&Vec<&Site>| {
            let of_kind = chosen.iter().filter(|other| other.kind == site.kind);
            of_kind.count() < most[usize::from(site.kind)]
        };
        let with = found.iter().filter(has_room);
        let with = with.map(|chosen| chosen.iter().copied().chain([site]).collect());
        let with: Vec<Vec<&Site>> = with.collect();
        found.extend(with);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn two_kinds_that_reach_differently_stand_where_trying_every_choice_puts_them(number in 0_u64..10_000, n_rings in 0_usize..=1) {
        let town = town(number).built();
        let (prints, weights) = (prints(&town, LIMITS[0]), same(&town));
        let spots: Vec<BankSpot> = along_banks(&town.ground, Meters(40.0)).into_iter().take(6).collect();
        let sites = of_both_kinds(&town, &spots);
        let most = [2, n_rings];
        let put_up = PutUp { limits: &LIMITS, most: &most };
        let question = Question { town: &town, prints: &prints, weights: &weights, put_up, n_sites: 2 + n_rings, breaks: false };
        let found = question.answer(&sites);
        let before = counted(&town, &with(&prints, &[]), &weights);
        let gain = |chosen: &[&Site]| counted(&town, &with(&prints, chosen), &weights) - before;
        let best = allowed(&sites, most).iter().map(|chosen| gain(chosen)).fold(0.0, f64::max);
        let rings = found.sites.iter().filter(|one| one.site.kind == 1).count();
        prop_assert!(rings <= n_rings && found.sites.len() - rings <= 2);
        prop_assert!((found.value - best).abs() < 1.0, "{} of {best}", found.value);
        prop_assert!((found.value - found.bound).abs() < 1e-6, "{:?}", (found.value, found.bound));
        for one in &found.sites {
            let limit = LIMITS[usize::from(one.site.kind)];
            let at = one.site.bank.unwrap();
            let again = measured(&town.ground, &town.closures, &[at], limit);
            prop_assert_eq!(&again[0].print, &one.site.print, "each reaches as far as its kind does");
        }
    }

    #[test]
    fn what_a_proposal_is_worth_is_what_its_points_count_near_people_or_not(number in 0_u64..10_000, chance: u64) {
        let town = town(number).built();
        let prints = prints(&town, LIMITS[1]);
        let mut seed = Seed(chance);
        let mut weights = same(&town);
        let spots = along_banks(&town.ground, Meters(13.0));
        for times in [1.0, 2.0] {
            let near: Vec<BankSpot> = (0..2).map(|_| spots[seed.below(spots.len())]).collect();
            let near = measured(&town.ground, &town.closures, &near, Meters(17.0)).into_iter();
            weights.add_near(&near.map(|site| site.print).collect::<Vec<_>>(), times);
        }
        let sites = put_up(&town.ground, &town.closures, &spots, LIMITS[1]);
        let put_up = PutUp { limits: &LIMITS[1..], most: &[] };
        let question = Question { town: &town, prints: &prints, weights: &weights, put_up, n_sites: 2, breaks: true };
        let found = question.answer(&sites);
        let chosen: Vec<&Site> = found.sites.iter().map(|one| &one.site).collect();
        let before = counted(&town, &with(&prints, &[]), &weights);
        let gained = counted(&town, &with(&prints, &chosen), &weights) - before;
        prop_assert!((found.value - gained).abs() < 2.0, "{} {gained}", found.value);
        let meters: f64 = found.sites.iter().map(|one| one.gained.0).sum();
        prop_assert!(meters <= found.value + 1e-6, "no meter counts less than once");
    }
}

/// A canal with a road behind its lower bank that leads over a bridge, and nothing on its banks.
fn canal() -> BuiltTown {
    let drawing = "
         ..............................d...
         .~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~.
         .a............................b...
         ..................................";
    Town::drawn(drawing).street("ab").bridge("bd").built()
}

#[test]
fn a_bank_where_people_are_has_the_next_pole() {
    let town = canal();
    let prints = Prints::none(&town.ground);
    let put_up = PutUp {
        limits: &LIMITS[..1],
        most: &[],
    };
    let spots = along_banks(&town.ground, Meters(10.0));
    let sites = measured(&town.ground, &town.closures, &spots, LIMITS[0]);
    let where_to = |near: &[Footprint]| {
        let mut weights = same(&town);
        weights.add_near(near, 1.0);
        let question = Question {
            town: &town,
            prints: &prints,
            weights: &weights,
            put_up,
            n_sites: 1,
            breaks: true,
        };
        question.answer(&sites).sites[0].clone()
    };
    for spot in [spots[5], spots[spots.len() - 12]] {
        let near = measured(&town.ground, &town.closures, &[spot], Meters(8.0));
        let near = [near[0].print.clone()];
        let found = where_to(&near);
        let length: f64 = near[0].0.iter().map(|(_, near)| near.length()).sum();
        assert!(length > 10.0, "{length}");
        let more = found.worth - found.gained.0;
        assert!(
            (more - length).abs() < 0.1,
            "all {length} m near people count twice: {more}"
        );
    }
}

#[test]
fn banks_that_two_houses_are_near_count_no_more_than_those_near_one() {
    let town = canal();
    let spots = along_banks(&town.ground, Meters(10.0));
    let near = measured(&town.ground, &town.closures, &spots[5..7], Meters(30.0));
    let near: Vec<Footprint> = near.into_iter().map(|site| site.print).collect();
    let (mut once, mut twice) = (same(&town), same(&town));
    once.add_near(&near[..1], 1.0);
    twice.add_near(&near, 1.0);
    let at = |weights: &Weights| weights.at(spots[5].bank, spots[5].chainage);
    assert_eq!([at(&once), at(&twice)].map(Some), [Some(2.0); 2]);
    once.add_near(&near, 0.5);
    assert!(
        (at(&once) - 2.5).abs() < 1e-12,
        "what is near something else, too, counts more again"
    );
}

#[test]
fn a_pole_on_the_road_behind_the_bank_covers_more_than_one_on_the_bank() {
    let town = canal();
    let prints = Prints::none(&town.ground);
    let weights = same(&town);
    let limit = [Meters(50.0)];
    let put_up_ = PutUp {
        limits: &limit,
        most: &[],
    };
    let question = Question {
        town: &town,
        prints: &prints,
        weights: &weights,
        put_up: put_up_,
        n_sites: 1,
        breaks: true,
    };
    let spots = along_banks(&town.ground, Meters(10.0));
    let mut sites = put_up(&town.ground, &town.closures, &spots, limit[0]);
    let on_bank = question.answer(&sites).value;
    let paths = along_paths(&town.ground, Meters(10.0));
    assert!(paths.len() > 15, "{}", paths.len());
    for &spot in &paths {
        let (on, _) = town.ground.on(spot, town.ground.near(spot));
        assert_eq!(on, On::Land, "none stands on the bridge");
        let mut banks = town.ground.banks_from(spot, Meters(10.0));
        assert!(banks.next().is_some_and(|bank| bank.offset > Meters(1.0)));
    }
    let on_paths = at_places(&town.ground, &town.closures, &paths, limit[0]);
    sites.extend(on_paths.into_iter().flatten());
    let anywhere = question.answer(&sites);
    assert!(
        anywhere.value > on_bank + 1.0,
        "{} {on_bank}",
        anywhere.value
    );
    let offset = anywhere.sites[0].site.bank.unwrap().offset;
    assert!(offset > Meters(1.0), "it stands on the road: {offset:?}");
}
