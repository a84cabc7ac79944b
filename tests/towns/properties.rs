//! What holds in every town, whatever it looks like.

use proptest::prelude::*;
use zhugan::ground::reach::Pieces;
use zhugan::ground::reach::Reach;
use zhugan::ground::search::FAR;
use zhugan::model::equipment::Condition;
use zhugan::plan::intervals::Intervals;

use super::drawn::BuiltTown;
use super::random::town;

fn reach_of(town: &BuiltTown, pieces: &[usize]) -> Reach<3> {
    let places = pieces
        .iter()
        .filter_map(|&piece| Some((piece as u32, town.standings[piece].as_ref()?.place.clone())));
    Reach::new(
        &town.ground,
        &town.closures,
        places.collect::<Pieces>(),
        FAR - 1,
    )
}

/// Whether all of one lies inside the other, but for rounding.
fn is_within(one: &Intervals, other: &Intervals) -> bool {
    one.0
        .iter()
        .all(|&(from, to)| other.length_within(from, to) >= to - from - 1e-6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn one_more_piece_never_lengthens_a_gap(number in 0_u64..10_000, limit in 15.0_f64..80.0) {
        let all = town(number);
        let without = all.clone().condition('P', Condition::Missing).built().coverage(limit);
        let with = all.built().coverage(limit);
        for (before, after) in without.banks.iter().zip(&with.banks) {
            prop_assert!(is_within(&before.covered, &after.covered));
        }
    }

    #[test]
    fn removing_a_piece_and_adding_it_back_restores_every_byte(number in 0_u64..10_000) {
        let town = town(number).built();
        let whole = reach_of(&town, &[0, 1, 2]);
        for piece in 0..3_u32 {
            let mut repaired = whole.clone();
            let place = whole.pieces().place(piece).unwrap().clone();
            let removed = repaired.remove(&town.ground, &town.closures, piece);
            let rest: Vec<usize> = (0..3).filter(|&other| other != piece as usize).collect();
            let rest = reach_of(&town, &rest);
            prop_assert!(repaired.labels() == rest.labels(), "removed");
            let added = repaired.add(&town.ground, &town.closures, piece, place);
            prop_assert!(repaired.labels() == whole.labels(), "added back");
            prop_assert_eq!(removed.banks, added.banks);
        }
    }

    #[test]
    fn building_twice_is_building_once(number in 0_u64..10_000) {
        let (one, two) = (town(number).built(), town(number).built());
        prop_assert_eq!(&one.ground.banks, &two.ground.banks);
        prop_assert_eq!(&one.ground.nodes, &two.ground.nodes);
        prop_assert_eq!(one.coverage(40.0), two.coverage(40.0));
    }

    #[test]
    fn covered_and_gaps_make_up_every_bank(number in 0_u64..10_000, limit in 5.0_f64..80.0) {
        let town = town(number).built();
        let coverage = town.coverage(limit);
        for (bank, at) in town.ground.banks.iter().zip(&coverage.banks) {
            let gaps: f64 = at.gaps.iter().map(|gap| gap.to.0 - gap.from.0).sum();
            prop_assert!((bank.length().0 - at.covered.length() - gaps).abs() < 0.1);
            for gap in &at.gaps {
                prop_assert!(gap.worst_reach.is_none_or(|worst| worst.0 > limit - 0.02));
            }
        }
    }
}
