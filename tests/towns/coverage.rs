//! Gaps: where they end, why they are there, whose they are.

use zhugan::model::equipment::Condition;
use zhugan::model::equipment::EquipmentKind;
use zhugan::plan::coverage::Prints;
use zhugan::plan::coverage::Reason;
use zhugan::plan::coverage::backup_coverage;
use zhugan::units::Meters;

use super::drawn::BuiltTown;
use super::drawn::Town;

/// A canal along the south of a meadow; the bank runs from west to east or back.
fn canal() -> Town {
    Town::drawn(
        "
        ................................
        ........P.......................
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        ",
    )
}

/// The covered length of the bank nearest to a letter, at a limit.
fn covered_at(town: &BuiltTown, letter: char, limit: f64) -> f64 {
    let bank = town.ground.banks_near(town.spot(letter), Meters(50.0))[0].bank;
    town.coverage(limit).banks[bank as usize].covered.length()
}

#[test]
fn a_gap_ends_where_the_walk_is_exactly_the_limit() {
    // With nothing gained by walking along the bank, the reach is the straight line over grass; the pole stands 5 m
    // from the bank, so at 50 effective meters, which are 40 m of grass, the gap begins sqrt(40² - 5²) m to each side.
    let mut town = canal();
    town.settings.ground.bank_factor = 1.25;
    let town = town.built();
    let covered = covered_at(&town, 'P', 50.0);
    let truth = 2.0 * (40.0_f64.powi(2) - 25.0).sqrt();
    assert!((covered - truth).abs() < 0.01, "{covered} is not {truth}");
}

#[test]
fn a_reach_that_equals_the_limit_is_covered() {
    let mut town = Town::drawn(
        "
        ~~~~~
        P....
        ",
    );
    town.settings.ground.bank_factor = 1.0;
    town.settings.ground.open_factor = 1.0;
    town.settings.ground.path_factor = 1.0;
    let town = town.built();
    let length = town.ground.banks[0].length().0;
    let at_limit = |limit: f64| town.coverage(limit).total.n_gaps;
    let farthest = town
        .coverage(0.0)
        .gaps()
        .filter_map(|gap| gap.worst_reach)
        .fold(Meters::ZERO, Meters::max);
    assert!(length > 0.0);
    assert_eq!(
        at_limit(farthest.0),
        0,
        "the farthest point, {farthest} away, is covered at that limit"
    );
    assert!(
        at_limit(farthest.0 - 0.1) > 0,
        "and not a decimeter below it"
    );
}

#[test]
fn a_piece_on_the_far_bank_is_the_reason_across_water() {
    let town = Town::drawn(
        "
        .......P.......
        ~~~~~~~~~~~~~~~
        ...............
        ..............Q
        ",
    )
    .condition('Q', Condition::Usable)
    .built();
    let coverage = town.coverage(15.0);
    let far_side: Vec<_> = coverage
        .gaps()
        .filter(|gap| gap.reason == Reason::AcrossWater)
        .collect();
    assert_eq!(
        far_side.len(),
        1,
        "{:?}",
        coverage.gaps().collect::<Vec<_>>()
    );
    let (piece, straight) = far_side[0].nearest.unwrap();
    assert_eq!(town.town.layers.equipment[piece as usize].id, "P");
    assert!((straight.0 - 15.0).abs() < 0.1, "{straight}");
}

#[test]
fn a_bank_that_nobody_reaches_has_no_worst_reach() {
    let town = Town::drawn(
        "
        P.........
        ~~~~~~~~~~
        ..........
        ",
    )
    .built();
    let coverage = town.coverage(50.0);
    let unreachable: Vec<_> = coverage
        .gaps()
        .filter(|gap| gap.reason == Reason::Unreachable)
        .collect();
    assert_eq!(unreachable.len(), 1);
    assert_eq!(unreachable[0].worst_reach, None);
}

#[test]
fn a_piece_that_cannot_be_used_covers_nothing_and_is_named_as_the_reason() {
    for condition in [
        Condition::Damaged,
        Condition::Missing,
        Condition::Unverified,
    ] {
        let town = Town::drawn(
            "
            .P............................Q
            ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
            ",
        )
        .condition('P', condition)
        .built();
        let coverage = town.coverage(50.0);
        let reasons: Vec<Reason> = coverage.gaps().map(|gap| gap.reason).collect();
        assert!(
            reasons.contains(&Reason::OnlyUnusable),
            "{condition:?}: {reasons:?}"
        );
    }
}

#[test]
fn far_from_everything_there_is_none_near() {
    let town = canal().built();
    let coverage = town.coverage(50.0);
    let bank = town.ground.banks_near(town.spot('P'), Meters(50.0))[0].bank;
    let own: Vec<_> = coverage.banks[bank as usize].gaps.iter().collect();
    assert_eq!(own.len(), 2, "one to the west, one to the east");
    assert!(own.iter().all(|gap| gap.reason == Reason::NoneNear));
}

#[test]
fn a_gap_is_cut_where_one_village_ends_and_the_next_begins() {
    let town = Town::drawn(
        "
        a......b......c
        P..............
        ~~~~~~~~~~~~~~~
        ~~~~~~~~~~~~~~~
        d......e......f
        ",
    )
    .village("West", "abed")
    .village("East", "bcfe")
    .built();
    let coverage = town.coverage(20.0);
    let bank = town.ground.banks_near(town.spot('P'), Meters(50.0))[0].bank;
    let gaps = &coverage.banks[bank as usize].gaps;
    let villages: Vec<Option<&str>> = gaps
        .iter()
        .map(|gap| {
            gap.village
                .map(|village| town.ground.villages[village].name.as_str())
        })
        .collect();
    assert!(
        villages.contains(&Some("West")) && villages.contains(&Some("East")),
        "{villages:?}"
    );
    let border = gaps.iter().find(|gap| gap.village == Some(0)).unwrap();
    let other = gaps.iter().find(|gap| gap.village == Some(1)).unwrap();
    let touch = (border.to.0 - other.from.0)
        .abs()
        .min((other.to.0 - border.from.0).abs());
    assert!(
        touch < 0.02,
        "they meet at the border: {border:?} {other:?}"
    );
}

#[test]
fn villages_and_waters_add_up_to_the_whole() {
    let town = Town::drawn(
        "
        a......b......c
        P..~~~......~~.
        ...~~~......~~.
        d......e......f
        ",
    )
    .village("West", "abed")
    .village("East", "bcfe")
    .built();
    let coverage = town.coverage(30.0);
    let sum = |totals: &[zhugan::plan::totals::Totals]| {
        totals
            .iter()
            .map(|total| (total.bank.0, total.covered.0))
            .fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1))
    };
    let whole = (coverage.total.bank.0, coverage.total.covered.0);
    let waters = sum(&coverage.water_bodies);
    let mut villages = sum(&coverage.villages);
    villages.0 += coverage.elsewhere.bank.0;
    villages.1 += coverage.elsewhere.covered.0;
    for part in [waters, villages] {
        assert!((part.0 - whole.0).abs() < 1e-6 && (part.1 - whole.1).abs() < 1e-6);
    }
    let gaps: f64 = coverage.gaps().map(|gap| gap.to.0 - gap.from.0).sum();
    assert!(
        (whole.0 - whole.1 - gaps).abs() < 0.05,
        "covered and gaps are the whole"
    );
    assert_eq!(coverage.water_bodies.len(), 2);
}

#[test]
fn a_gap_over_the_start_of_a_ring_is_one_gap() {
    let town = Town::drawn(
        "
        ............
        ....~~~~....
        ....~~~~.P..
        ....~~~~....
        ............
        ",
    )
    .built();
    let coverage = town.coverage(25.0);
    assert_eq!(
        coverage.total.n_gaps,
        1,
        "{:?}",
        coverage.gaps().collect::<Vec<_>>()
    );
    let gap = coverage.gaps().next().unwrap();
    assert!((gap.to.0 - gap.from.0 + coverage.total.covered.0 - 140.0).abs() < 0.01);
}

#[test]
fn what_is_covered_twice_survives_the_loss_of_any_one_piece() {
    let town = Town::drawn(
        "
        ..P.Q.........................R..
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
        ",
    )
    .built();
    let reach = town.reach();
    let kinds = [EquipmentKind::Pole];
    let survey = reach.survey(&town.ground, &town.closures, &kinds);
    let backup = backup_coverage(&Prints::new(&survey, Meters(50.0)));
    let whole = town.coverage(50.0).total.covered;
    let mut least = f64::INFINITY;
    let mut lost_anywhere = 0.0;
    for gone in ['P', 'Q', 'R'] {
        let left = Town::clone(&town.town)
            .condition(gone, Condition::Missing)
            .built();
        let covered = left.coverage(50.0).total.covered;
        least = least.min(covered.0);
        lost_anywhere += whole.0 - covered.0;
    }
    // Each metre that only one piece covers is lost with exactly that piece.
    assert!(
        (backup.0 - (whole.0 - lost_anywhere)).abs() < 0.1,
        "{backup} {whole} {lost_anywhere}"
    );
    assert!(backup.0 > 10.0 && backup.0 < least);
}
