//! The same thing under another id: maps are numbered anew, and what people have said of a water goes on being true.

use crate::geometry::lon_lat::LonLat;
use crate::model::import_report::Renamed;
use crate::model::import_report::Seen;
use crate::model::import_report::Thing;
use crate::units::Meters;

/// Crossings of one kind no farther apart than this are one.
const SAME_CROSSING: Meters = Meters(5.0);

/// Waters whose boxes have at least this share of both in common are one. Of the 28 waters of Liechtenstein in 2013, 22 have
/// one with more than 0.7 in 2022, all of them rightly, and of those that are no longer there none has one with more than 0.1.
const SAME_BOX: f64 = 0.5;

/// So many pairs are looked at; of a map with more that is numbered anew, nothing is recognized.
const MOST_PAIRS: usize = 25_000_000;

/// What vanished under one id and appeared under another: each is the other's likeliest, so that no two become one.
///
/// Equipment is known by the ids of its table alone: what stands at the same place may be another piece.
///
/// `O(n m)`.
pub(super) fn renamed(
    thing: Thing,
    vanished: &[Seen],
    appeared: &[Seen],
    distance: &impl Fn(LonLat, LonLat) -> Meters,
) -> Vec<Renamed> {
    if MOST_PAIRS < vanished.len().saturating_mul(appeared.len()) {
        return Vec::new();
    }
    let likeness = |old: &Seen, new: &Seen| match thing {
        Thing::Equipment => None,
        Thing::Crossing => {
            let apart = distance(old.at, new.at);
            let is_one = kind(&old.id) == kind(&new.id) && apart <= SAME_CROSSING;
            is_one.then_some(-apart.0)
        }
        Thing::WaterBody => {
            let common = common(old.around?, new.around?);
            (SAME_BOX <= common).then_some(common)
        }
    };
    // For each that appeared, the likeliest of those that vanished; of equal ones the first.
    let mut best_old: Vec<Option<(usize, f64)>> = vec![None; appeared.len()];
    let mut best_new: Vec<Option<(usize, f64)>> = vec![None; vanished.len()];
    let keep = |best: &mut Option<(usize, f64)>, index: usize, likeness: f64| {
        if best.is_none_or(|(_, known)| known < likeness) {
            *best = Some((index, likeness));
        }
    };
    for (old, was) in vanished.iter().enumerate() {
        for (new, is) in appeared.iter().enumerate() {
            if let Some(likeness) = likeness(was, is) {
                keep(&mut best_new[old], new, likeness);
                keep(&mut best_old[new], old, likeness);
            }
        }
    }
    let pairs = best_new.iter().enumerate().filter_map(|(old, best)| {
        let (new, _) = (*best)?;
        let (back, _) = best_old[new]?;
        (back == old).then(|| Renamed {
            from: vanished[old].id.clone(),
            to: appeared[new].id.clone(),
            at: appeared[new].at,
        })
    });
    pairs.collect()
}

/// A crossing's kind, which its id begins with.
fn kind(id: &str) -> &str {
    id.split('-').next().unwrap_or_default()
}

/// What two boxes have in common, as a share of what both cover together: from 0 to 1.
fn common(one: [f64; 4], other: [f64; 4]) -> f64 {
    let area =
        |[west, south, east, north]: [f64; 4]| (east - west).max(0.0) * (north - south).max(0.0);
    let both = area([
        one[0].max(other[0]),
        one[1].max(other[1]),
        one[2].min(other[2]),
        one[3].min(other[3]),
    ]);
    let all = area(one) + area(other) - both;
    if all <= 0.0 { 0.0 } else { both / all }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(id: &str, east: f64, around: Option<[f64; 4]>) -> Seen {
        Seen {
            id: id.to_owned(),
            at: LonLat::new(east / 100_000.0, 0.0).unwrap(),
            around,
        }
    }

    fn pairs(thing: Thing, vanished: &[Seen], appeared: &[Seen]) -> Vec<(String, String)> {
        let distance = |a: LonLat, b: LonLat| Meters((a.lon() - b.lon()).abs() * 100_000.0);
        let found = renamed(thing, vanished, appeared, &distance);
        let pairs = found.into_iter().map(|same| (same.from, same.to));
        pairs.collect()
    }

    #[test]
    fn a_water_with_another_id_is_the_one_whose_box_it_shares() {
        let water = |id, west: f64, east: f64| seen(id, west, Some([west, 0.0, east, 1.0]));
        let old = [water("w1", 0.0, 10.0), water("w2", 20.0, 30.0)];
        let new = [
            water("w7", 21.0, 30.0),
            water("w8", 0.0, 4.0),
            water("w9", 1.0, 10.0),
        ];
        let expected = [("w1", "w9"), ("w2", "w7")];
        let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(pairs(Thing::WaterBody, &old, &new), expected);
        let half = [water("w5", 0.0, 4.9)];
        assert_eq!(pairs(Thing::WaterBody, &old, &half), []);
        let flat = [seen("w6", 0.0, Some([0.0, 0.0, 10.0, 0.0]))];
        assert_eq!(pairs(Thing::WaterBody, &flat, &flat), []);
    }

    #[test]
    fn a_water_that_was_cut_in_two_is_followed_by_the_larger_part_alone() {
        let water = |id, east: f64| seen(id, 0.0, Some([0.0, 0.0, east, 1.0]));
        let parts = [water("w7", 5.5), water("w8", 6.0)];
        let expected = [("w1".to_owned(), "w8".to_owned())];
        assert_eq!(
            pairs(Thing::WaterBody, &[water("w1", 10.0)], &parts),
            expected
        );
    }

    #[test]
    fn a_crossing_is_one_of_its_kind_at_its_place_and_a_piece_is_its_id() {
        let at = |id, east| seen(id, east, None);
        let old = [at("bridge-1", 0.0), at("weir-2", 50.0)];
        let new = [
            at("bridge-8", 5.0),
            at("bridge-9", 50.0),
            at("bridge-7", 2.0),
        ];
        let expected = [("bridge-1".to_owned(), "bridge-7".to_owned())];
        assert_eq!(pairs(Thing::Crossing, &old, &new), expected);
        assert_eq!(
            pairs(Thing::Crossing, &old[..1], &[at("bridge-5", 5.2)]),
            []
        );
        assert_eq!(
            pairs(Thing::Equipment, &[at("P1", 0.0)], &[at("P2", 0.0)]),
            []
        );
    }
}
