//! A town turned or shifted is the same town.

use geo::Coord;

use super::drawn::BuiltTown;
use super::drawn::Town;

const DRAWING: &str = "
    ..P.........#....c
    .~~~~~~..........
    .~~~~~~...##......
    ....~~~...##..Q...
    a.........~~~~~~..
    .....d....~~~~~~..
    ..................
    ";

fn built(turned: f64, moved: Coord) -> BuiltTown {
    Town::drawn_turned(DRAWING, turned, moved)
        .path("acd")
        .built()
}

/// Bank, covered bank and number of gaps at two limits, and some walks.
fn answers(town: &BuiltTown) -> Vec<f64> {
    let mut answers: Vec<f64> = [30.0, 60.0]
        .iter()
        .flat_map(|&limit| {
            let total = town.coverage(limit).total;
            [total.bank.0, total.covered.0, total.n_gaps as f64]
        })
        .collect();
    for (from, to) in [('a', 'P'), ('c', 'Q'), ('d', 'P'), ('P', 'Q')] {
        answers.push(town.walk(from, to).unwrap());
    }
    answers
}

#[test]
fn turning_or_shifting_a_town_changes_nothing_beyond_rounding() {
    let upright = answers(&built(0.0, Coord { x: 0.0, y: 0.0 }));
    for (turned, x, y) in [
        (0.3, 0.0, 0.0),
        (1.2, 700.0, -300.0),
        (2.9, 0.1234, 0.567),
        (-0.7, -4_000.0, 2_500.0),
    ] {
        let other = answers(&built(turned, Coord { x, y }));
        for (one, two) in upright.iter().zip(&other) {
            let off = (one - two).abs() / one.max(1.0);
            assert!(off < 0.0005, "turned by {turned}: {upright:?} {other:?}");
        }
    }
}

#[test]
fn there_and_back_is_equal() {
    let town = built(0.4, Coord { x: 0.0, y: 0.0 });
    for (from, to) in [('a', 'P'), ('c', 'Q'), ('d', 'P'), ('P', 'Q'), ('a', 'c')] {
        assert_eq!(town.walk(from, to), town.walk(to, from), "{from} {to}");
    }
}
