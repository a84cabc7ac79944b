//! The solver of placement, free of geography: equal to brute force where that is possible, and to published optima.

use std::cell::RefCell;

use proptest::prelude::*;
use zhugan::plan::placement::covering;
use zhugan::plan::placement::fewest::fewest;
use zhugan::plan::placement::maximal;
use zhugan::plan::placement::maximal::Kinds;
use zhugan::plan::placement::maximal::Question;
use zhugan::plan::placement::sets::Sets;
use zhugan::plan::watch::Standing;
use zhugan::plan::watch::Watch;

use crate::formats::shared;

/// What each of some sites covers, what demands count, and what sites cost.
type Town = (Vec<Vec<u32>>, Vec<f64>, Vec<f64>);

/// A small town: up to 10 sites and 12 demands.
fn towns() -> impl Strategy<Value = Town> {
    (1_usize..=12, 1_usize..=10).prop_flat_map(|(n_demands, n_sites)| {
        let site = prop::collection::vec(0..n_demands as u32, 0..=5);
        let weights = prop::collection::vec((0_u32..100).prop_map(f64::from), n_demands);
        let costs = prop::collection::vec((1_u32..20).prop_map(f64::from), n_sites);
        (prop::collection::vec(site, n_sites), weights, costs)
    })
}

/// What some sites cover, as bits of demands; `chosen` are bits of sites.
fn covered(sites: &[Vec<u32>], chosen: u32) -> u32 {
    let sites = (0_u32..).zip(sites);
    let taken = sites.filter(|(site, _)| chosen & (1 << site) != 0);
    taken
        .flat_map(|(_, demands)| demands)
        .fold(0, |covered, demand| covered | 1 << demand)
}

fn weight(weights: &[f64], covered: u32) -> f64 {
    let weights = (0_u32..).zip(weights);
    let counted = weights.filter(|(demand, _)| covered & (1 << demand) != 0);
    counted.map(|(_, weight)| weight).sum()
}

/// What some sites are worth where demands need one or two of them; `chosen` are bits of sites.
fn worth((sites, weights): (&[Vec<u32>], &[f64]), needs: &[u8], chosen: u32) -> f64 {
    let each = (0_u32..).zip(weights.iter().zip(needs));
    let worth = each.map(|(demand, (weight, needs))| {
        let sites = (0_u32..).zip(sites);
        let taken =
            sites.filter(|(site, demands)| chosen & (1 << site) != 0 && demands.contains(&demand));
        weight * taken.count().min(usize::from(*needs)) as f64
    });
    worth.sum()
}

/// Every choice of sites.
fn choices(sites: &[Vec<u32>]) -> std::ops::Range<u32> {
    0..1 << sites.len()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_best_choice_is_that_of_trying_every_one((sites, weights, _) in towns(), n in 0_usize..5) {
        let sets = Sets::new(weights.len(), &sites);
        let asked = Question { sets: &sets, weights: &weights, needs: &vec![1; weights.len()], n_sites: n, kinds: Kinds::default(), enough: 0.0 };
        let choice = maximal::best(asked, 1, Watch::NOBODY);
        let allowed = choices(&sites).filter(|chosen| chosen.count_ones() as usize <= n);
        let best = allowed.map(|chosen| weight(&weights, covered(&sites, chosen)));
        let best = best.fold(0.0, f64::max);
        prop_assert_eq!((choice.value, choice.gap()), (best, 0.0), "{:?}", choice);
        prop_assert!(choice.sites.len() <= n);
        let value = maximal::value(asked, &choice.sites);
        prop_assert_eq!(Some(value), Some(choice.value), "the sites cover what is claimed");
        prop_assert!(maximal::value(asked, &maximal::greedy(asked)) <= choice.value);
    }

    #[test]
    fn where_some_demands_need_two_the_best_choice_is_that_of_trying_every_one(
        (sites, weights, _) in towns(),
        needs in prop::collection::vec(0_u8..=2, 12),
        n in 0_usize..5,
    ) {
        let sets = Sets::new(weights.len(), &sites);
        let needs = &needs[..weights.len()];
        let asked = Question { sets: &sets, weights: &weights, needs, n_sites: n, kinds: Kinds::default(), enough: 0.0 };
        let choice = maximal::best(asked, 1, Watch::NOBODY);
        let allowed = choices(&sites).filter(|chosen| chosen.count_ones() as usize <= n);
        let best = allowed.map(|chosen| worth((&sites, &weights), needs, chosen));
        let best = best.fold(0.0, f64::max);
        prop_assert!((choice.value - best).abs() < 1e-9, "{} of {}", choice.value, best);
        prop_assert!(choice.gap() < 1e-9, "{:?}", choice);
    }

    #[test]
    fn with_so_many_of_each_kind_the_best_choice_is_that_of_trying_every_one(
        (sites, weights, _) in towns(),
        kinds in prop::collection::vec(0_u8..3, 10),
        most in prop::collection::vec(0_usize..3, 3),
    ) {
        let sets = Sets::new(weights.len(), &sites);
        let kinds = &kinds[..sites.len()];
        let asked = Question {
            sets: &sets,
            weights: &weights,
            needs: &vec![1; weights.len()],
            n_sites: most.iter().sum(),
            kinds: Kinds { of: kinds, most: &most },
            enough: 0.0,
        };
        let choice = maximal::best(asked, 1, Watch::NOBODY);
        let of_kind = |chosen: u32, kind: usize| {
            let sites = (0..sites.len()).filter(|site| chosen & (1 << site) != 0);
            sites.filter(|&site| usize::from(kinds[site]) == kind).count()
        };
        let is_allowed = |chosen: &u32| (0..3).all(|kind| of_kind(*chosen, kind) <= most[kind]);
        let best = choices(&sites).filter(is_allowed).map(|chosen| weight(&weights, covered(&sites, chosen)));
        let best = best.fold(0.0, f64::max);
        prop_assert_eq!((choice.value, choice.gap()), (best, 0.0), "{:?}", choice);
        let chosen = choice.sites.iter().fold(0, |chosen, site| chosen | 1 << site);
        prop_assert!(is_allowed(&chosen), "{:?} of {:?}", choice.sites, most);
        prop_assert_eq!(Some(maximal::value(asked, &choice.sites)), Some(choice.value));
        prop_assert!(maximal::value(asked, &maximal::greedy(asked)) <= choice.value);
    }

    #[test]
    fn the_fewest_sites_that_are_enough_are_those_of_trying_every_choice(
        (sites, weights, _) in towns(),
        share in 0.0..=1.0,
    ) {
        let sets = Sets::new(weights.len(), &sites);
        let all = weight(&weights, covered(&sites, (1 << sites.len()) - 1));
        let needs = vec![1; weights.len()];
        let asked = Question { sets: &sets, weights: &weights, needs: &needs, n_sites: 0, kinds: Kinds::default(), enough: 0.0 };
        let found = fewest(asked, all * share, 1, Watch::NOBODY);
        let is_enough = |chosen: &u32| weight(&weights, covered(&sites, *chosen)) >= all * share * (1.0 - 1e-9);
        let least = choices(&sites).filter(is_enough).map(u32::count_ones).min();
        prop_assert_eq!(Some(found.sites.len() as u32), least);
        prop_assert!(found.at_least <= found.sites.len());
        prop_assert!(maximal::value(asked, &found.sites) >= all * share * (1.0 - 1e-9));
    }

    #[test]
    fn the_cheapest_cover_is_that_of_trying_every_one((sites, weights, costs) in towns()) {
        let sets = Sets::new(weights.len(), &sites);
        let all = (1_u32 << weights.len()) - 1;
        let covers = choices(&sites).filter(|&chosen| covered(&sites, chosen) == all);
        let cost = |chosen: u32| -> f64 {
            let costs = (0_u32..).zip(&costs);
            costs.filter(|(site, _)| chosen & (1 << site) != 0).map(|(_, cost)| cost).sum()
        };
        let cheapest = covers.map(cost).reduce(f64::min);
        let found = covering::cheapest(&sets, &costs, 1, Watch::NOBODY);
        prop_assert_eq!(found.as_ref().map(|cover| cover.cost), cheapest);
        if let Some(cover) = found {
            prop_assert!(cover.is_proven(), "{:?}", cover);
            let chosen = cover.sites.iter().fold(0, |chosen, site| chosen | 1 << site);
            prop_assert_eq!(covered(&sites, chosen), all);
            prop_assert_eq!(Some(cost(chosen)), Some(cover.cost));
        }
    }

    #[test]
    fn costs_need_not_be_whole((sites, weights, costs) in towns()) {
        let sets = Sets::new(weights.len(), &sites);
        let tenths: Vec<f64> = costs.iter().map(|cost| cost / 10.0).collect();
        let whole = covering::cheapest(&sets, &costs, 1, Watch::NOBODY);
        let found = covering::cheapest(&sets, &tenths, 1, Watch::NOBODY);
        prop_assert_eq!(found.is_some(), whole.is_some());
        if let (Some(whole), Some(found)) = (whole, found) {
            prop_assert!((whole.cost / 10.0 - found.cost).abs() < 1e-6);
        }
    }
}

/// A river of 60 stretches, with a site at every one that covers two on either side.
fn river() -> (Sets, Vec<f64>) {
    let sites = (0..60_i32).map(|site| (site - 2..=site + 2).filter(|d| (0..60).contains(d)));
    let sites: Vec<Vec<u32>> = sites.map(|site| site.map(|d| d as u32).collect()).collect();
    let weights = (0..60).map(|stretch| 10.0 + f64::from(stretch * 7 % 13));
    (Sets::new(60, &sites), weights.collect())
}

/// A river of 4 km where sites stand every 10 m and again a few centimeters beside: what is covered by the same sites is now
/// many meters long and now a hundredth of one. Zones of 500 m count 1 to 4.
fn cut_river() -> (Sets, Vec<f64>) {
    let length = 4_000.0_f64;
    let jitter = |number: usize| (number * 7_919 % 1_000) as f64 / 1_000.0;
    let footprint = |number: usize| {
        let beside = if number.is_multiple_of(2) {
            0.0
        } else {
            0.02 + 0.2 * jitter(number)
        };
        let at = (number / 2) as f64 * 10.0 + beside;
        let reach = 30.0 + 20.0 * jitter(number / 14);
        ((at - reach).max(0.0), (at + reach).min(length))
    };
    let footprints: Vec<(f64, f64)> = (0..800).map(footprint).collect();
    let zones = (0..=8).map(|zone| f64::from(zone) * 500.0);
    let ends = footprints.iter().flat_map(|&(from, to)| [from, to]);
    let mut ends: Vec<f64> = ends.chain(zones).collect();
    ends.sort_by(f64::total_cmp);
    ends.dedup();
    let weight = |pair: &[f64]| (pair[1] - pair[0]) * (1.0 + (pair[0] / 500.0).floor() * 3.0 % 4.0);
    let weights = ends.windows(2).map(weight).collect();
    let place = |at: f64| ends.partition_point(|&end| end < at) as u32;
    let covered = footprints.iter();
    let covered = covered.map(|&(from, to)| (place(from)..place(to)).collect::<Vec<u32>>());
    (
        Sets::new(ends.len() - 1, &covered.collect::<Vec<_>>()),
        weights,
    )
}

#[test]
fn demand_that_is_cut_into_centimeters_and_meters_has_a_close_bound_soon() {
    let (sets, weights) = cut_river();
    let asked = Question {
        sets: &sets,
        weights: &weights,
        needs: &vec![1; weights.len()],
        n_sites: 20,
        kinds: Kinds::default(),
        enough: 0.0,
    };
    let choice = maximal::good_from(asked, &[], 400, 1, Watch::NOBODY);
    assert!(
        choice.gap() < 0.001,
        "{} of {}: {:.4}%",
        choice.value,
        choice.bound,
        100.0 * choice.gap()
    );
}

#[test]
fn the_same_question_has_the_same_answer() {
    let (sets, weights) = river();
    let asked = Question {
        sets: &sets,
        weights: &weights,
        needs: &vec![1; weights.len()],
        n_sites: 7,
        kinds: Kinds::default(),
        enough: 0.0,
    };
    let answers = [1, 1, 2].map(|seed| maximal::best(asked, seed, Watch::NOBODY));
    assert_eq!(answers[0], answers[1]);
    let values = [&answers[0], &answers[2]].map(|answer| Some(answer.value));
    assert_eq!(values[0], values[1], "both are the best");
    let costs = vec![1.0; 60];
    let covers = [1, 1].map(|seed| covering::cheapest(&sets, &costs, seed, Watch::NOBODY));
    assert_eq!(covers[0], covers[1]);
    assert_eq!(covers[0].as_ref().map(|cover| cover.cost), Some(12.0));
}

#[test]
fn whoever_waits_is_told_of_better_answers_and_bounds_only() {
    let (sets, weights) = river();
    let asked = Question {
        sets: &sets,
        weights: &weights,
        needs: &vec![1; weights.len()],
        n_sites: 7,
        kinds: Kinds::default(),
        enough: 0.0,
    };
    let told: RefCell<Vec<Standing>> = RefCell::default();
    let tell = |standing| told.borrow_mut().push(standing);
    let choice = maximal::best(
        asked,
        1,
        Watch {
            is_over: &|| false,
            tell: &tell,
        },
    );
    let told = told.into_inner();
    for pair in told.windows(2) {
        assert!(
            pair[0].value <= pair[1].value && pair[1].bound <= pair[0].bound,
            "{pair:?}"
        );
    }
    let last = told.last().unwrap();
    assert_eq!((last.value, last.bound), (choice.value, choice.bound));
}

#[test]
fn a_search_that_is_over_at_once_has_the_greedy_answer_and_an_honest_bound() {
    let (sets, weights) = river();
    let asked = Question {
        sets: &sets,
        weights: &weights,
        needs: &vec![1; weights.len()],
        n_sites: 7,
        kinds: Kinds::default(),
        enough: 0.0,
    };
    let over = Watch {
        is_over: &|| true,
        tell: &|_| (),
    };
    let hurried = maximal::best(asked, 1, over);
    let best = maximal::best(asked, 1, Watch::NOBODY);
    assert!(hurried.value >= maximal::value(asked, &maximal::greedy(asked)));
    assert!(hurried.value <= best.value && best.value <= hurried.bound);
    let costs = vec![1.0; 60];
    let cover = covering::cheapest(&sets, &costs, 1, over).unwrap();
    assert!(cover.bound <= 12.0 && 12.0 <= cover.cost, "{cover:?}");
}

#[test]
fn demand_that_no_site_covers_has_no_cover_and_the_rest_is_still_chosen() {
    let sets = Sets::new(3, &[vec![0], vec![1], vec![]]);
    assert_eq!(covering::cheapest(&sets, &[1.0; 3], 1, Watch::NOBODY), None);
    let asked = Question {
        sets: &sets,
        weights: &[1.0, 2.0, 4.0],
        needs: &[1; 3],
        n_sites: 3,
        kinds: Kinds::default(),
        enough: 0.0,
    };
    let choice = maximal::best(asked, 1, Watch::NOBODY);
    assert_eq!((choice.value, choice.gap()), (3.0, 0.0));
    assert_eq!(
        choice.sites,
        [1, 0],
        "what adds most comes first, and what adds nothing not at all"
    );
}

/// An instance of the OR-Library, if it is at hand.
fn instance(name: &str) -> Option<(Sets, Vec<f64>)> {
    let file = shared(&format!("facility-location/set-covering/{name}.txt"))?;
    let text = std::fs::read_to_string(file).unwrap();
    let mut numbers = text
        .split_whitespace()
        .map(|number| number.parse::<u32>().unwrap());
    let mut next = || numbers.next().unwrap();
    let (n_rows, n_columns) = (next(), next());
    let costs = (0..n_columns).map(|_| f64::from(next())).collect();
    let mut sites = vec![Vec::new(); n_columns as usize];
    for row in 0..n_rows {
        for _ in 0..next() {
            sites[next() as usize - 1].push(row);
        }
    }
    Some((Sets::new(n_rows as usize, &sites), costs))
}

#[test]
fn published_covers_are_found_and_proven() {
    for (name, published) in [
        ("scp41", 429.0),
        ("scp51", 253.0),
        ("scp61", 138.0),
        ("scpa5", 236.0),
    ] {
        let Some((sets, costs)) = instance(name) else {
            return;
        };
        let cover = covering::cheapest(&sets, &costs, 1, Watch::NOBODY).unwrap();
        assert_eq!((cover.cost, cover.is_proven()), (published, true), "{name}");
    }
}

#[test]
fn san_franciscos_stores_are_those_of_full_enumeration() {
    let read = |name: &str| {
        let file = shared(&format!("facility-location/san-francisco/{name}"))?;
        let mut reader = csv::Reader::from_path(file).unwrap();
        Some(reader.records().map(Result::unwrap).collect::<Vec<_>>())
    };
    let (Some(tracts), Some(pairs), Some(optima)) = (
        read("SF_demand_205_centroid_uniform_weight.csv"),
        read("SF_network_distance_candidateStore_16_censusTract_205_new.csv"),
        read("mclp_optimal_computed_here.csv"),
    ) else {
        return;
    };
    let weights: Vec<f64> = tracts
        .iter()
        .map(|tract| tract[6].parse().unwrap())
        .collect();
    let mut names: Vec<&str> = pairs.iter().map(|pair| &pair[1]).collect();
    names.sort_unstable();
    names.dedup();
    let sets = |radius: f64| {
        let mut sites = vec![Vec::new(); names.len()];
        for pair in pairs
            .iter()
            .filter(|pair| pair[0].parse::<f64>().unwrap() <= radius)
        {
            let site = names.iter().position(|name| *name == &pair[1]).unwrap();
            let tract = tracts.iter().position(|tract| tract[3] == pair[2]).unwrap();
            sites[site].push(tract as u32);
        }
        Sets::new(tracts.len(), &sites)
    };
    for row in &optima {
        let (radius, n_sites): (f64, usize) = (row[0].parse().unwrap(), row[1].parse().unwrap());
        let sets = sets(radius);
        let asked = Question {
            sets: &sets,
            weights: &weights,
            needs: &vec![1; weights.len()],
            n_sites,
            kinds: Kinds::default(),
            enough: 0.0,
        };
        let choice = maximal::best(asked, 1, Watch::NOBODY);
        let optimum: f64 = row[2].parse().unwrap();
        assert_eq!(
            (choice.value, choice.gap()),
            (optimum, 0.0),
            "{radius} m, {n_sites} sites"
        );
    }
    assert!(optima.len() > 10);
    // All within 5,000 m: eight stores (published with spopt).
    let all = covering::cheapest(&sets(5_000.0), &vec![1.0; names.len()], 1, Watch::NOBODY);
    assert_eq!(all.map(|cover| (cover.cost, cover.bound)), Some((8.0, 8.0)));
}
