//! Where the next pieces go: the sets of sites and demands, and the best choice, each beside its twin.

use zhugan::ground::place::BankSpot;
use zhugan::plan::placement::beside::along_paths;
use zhugan::plan::placement::demand::Demand;
use zhugan::plan::placement::demand::Given;
use zhugan::plan::placement::maximal;
use zhugan::plan::placement::maximal::Question;
use zhugan::plan::placement::sites::Site;
use zhugan::plan::placement::sites::along_banks;
use zhugan::plan::placement::sites::at_places;
use zhugan::plan::placement::sites::put_up;
use zhugan::plan::placement::weights::Weights;
use zhugan::plan::watch::Watch;
use zhugan::units::Meters;

use crate::clock::Row;
use crate::clock::once;
use crate::clock::section;
use crate::places::Place;
use crate::twins;

const LIMIT: Meters = Meters(50.0);

/// The sets beside counting stretch by stretch and site by site, and the best choice beside trying every one.
pub fn placing(place: &Place) {
    section(&format!(
        "placing within 50 m, on {}; n is sites",
        place.file
    ));
    let (ground, closures) = (&place.ground, &place.closures);
    let nothing = vec![Vec::new(); ground.banks.len()];
    let weights = Weights::of_banks(vec![1.0; ground.banks.len()]);
    let given = Given {
        ground,
        prints: &nothing,
        wanted: 1,
        weights: &weights,
    };
    let measured = || {
        let spots = along_banks(ground, Meters(10.0));
        let mut sites = put_up(ground, closures, &spots, LIMIT);
        let paths = at_places(ground, closures, &along_paths(ground, Meters(10.0)), LIMIT);
        sites.extend(paths.into_iter().flatten());
        sites
    };
    let (ours, (sites, demand)) = once(|| {
        let sites = measured();
        let demand = Demand::new(&given, &sites);
        (sites, demand)
    });
    let n_pairs: usize = (0..sites.len() as u32)
        .map(|site| demand.sets.covered_by(site).len())
        .sum();
    Row {
        what: "what every place on banks and paths covers, as sets",
        n: sites.len(),
        ours,
        twin: None,
        note: format!("{} demands, {n_pairs} pairs", demand.weights.len()),
    }
    .print();
    let few: Vec<Site> = sites.into_iter().take(2_000).collect();
    let (ours, demand) = once(|| Demand::new(&given, &few));
    let (twin, n_alike) = once(|| twins::stretches_covered(&demand, &few));
    Row {
        what: "sets, by asking each place of each stretch",
        n: few.len(),
        ours,
        twin: Some(twin),
        note: format!("{n_alike} stretches, all alike"),
    }
    .print();
    best_of(&given, place);
}

/// So few places that every choice can be tried.
fn best_of(given: &Given<'_>, place: &Place) {
    let (ground, closures) = (&place.ground, &place.closures);
    for n in [20, 28] {
        let spots = along_banks(ground, Meters(40.0));
        let step = spots.len() / n;
        let spots: Vec<BankSpot> = spots
            .chunks(step.max(1))
            .flat_map(|some| &some[..2.min(some.len())])
            .copied()
            .take(n)
            .collect();
        let sites = put_up(ground, closures, &spots, LIMIT);
        let demand = Demand::new(given, &sites);
        let asked: Question<'_> = demand.question(4);
        let (ours, choice) = once(|| maximal::best(asked, 1, Watch::NOBODY));
        let (twin, best) = once(|| twins::best_of_every_choice(asked));
        assert!(
            (choice.value - best).abs() < 1e-6,
            "{} {best}",
            choice.value
        );
        Row {
            what: "the best four, by trying every choice",
            n: sites.len(),
            ours,
            twin: Some(twin),
            note: format!("{best:.1} m, alike"),
        }
        .print();
    }
}
