//! Numbers of pieces: the middle of a code, found from the piece's id.

use rustc_hash::FxHashMap;

use crate::model::fnv::fnv1a;

/// The first number of five digits: those that ids end with are smaller.
const FIRST_LONG: u32 = 10_000;

/// Which piece of a region has which number.
///
/// What is promised:
///
/// - The numbers depend on the ids of the region's pieces and on nothing else: not on the order of rows, the machine, or
///   the day. The same register has the same numbers after a restart and after every import.
/// - Where no two ids end with the same number below 10,000, each piece has the number that its id ends with, whatever
///   comes and goes: `ring-17` is 0017.
/// - Other pieces have a number of five digits or more, drawn from the letters of their id alone. Two pieces that want
///   the same number are served in the order of their ids; so a piece can lose its number to a new one only if the new
///   one's id comes before its own and wants that very number, and only when the service starts again.
/// - While the service runs no piece's number changes, and the number of a piece that is gone is not given to another.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    number_of: FxHashMap<String, u32>,
    id_of: FxHashMap<u32, String>,
}

impl Numbers {
    /// The numbers of a region's pieces, by their ids.
    pub fn new<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        let mut numbers = Self::default();
        numbers.add(ids);
        numbers
    }

    /// Gives the pieces that have no number one; the others keep theirs.
    pub fn add<'a>(&mut self, ids: impl Iterator<Item = &'a str>) {
        let mut new: Vec<&str> = ids.filter(|id| self.of(id).is_none()).collect();
        new.sort_unstable();
        new.dedup();
        for id in new {
            let wanted = end_of(id)
                .into_iter()
                .chain((0..).map(|turn| drawn(id, turn)));
            // There are more numbers than a region has pieces, so one is free.
            let mut free = wanted.filter(|number| !self.id_of.contains_key(number));
            if let Some(number) = free.next() {
                self.number_of.insert(id.to_owned(), number);
                self.id_of.insert(number, id.to_owned());
            }
        }
    }

    /// The number of a piece.
    pub fn of(&self, id: &str) -> Option<u32> {
        self.number_of.get(id).copied()
    }

    /// The id of the piece that has a number, or had it before it went.
    pub fn id(&self, number: u32) -> Option<&str> {
        self.id_of.get(&number).map(String::as_str)
    }
}

/// The number that an id ends with, if it is below 10,000.
fn end_of(id: &str) -> Option<u32> {
    let digits = id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    id[digits..]
        .parse()
        .ok()
        .filter(|&number| number < FIRST_LONG)
}

/// A number of five digits drawn from an id; of six or seven where many turns are taken.
fn drawn(id: &str, turn: u32) -> u32 {
    let hash = fnv1a(id.bytes().chain(turn.to_le_bytes()));
    let smallest = FIRST_LONG * 10_u32.pow((turn / 8).min(2));
    // The upper half is mixed best.
    smallest + ((hash >> 32) % (9 * u64::from(smallest))) as u32
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn numbers(ids: &[&str]) -> Vec<u32> {
        let numbers = Numbers::new(ids.iter().copied());
        ids.iter().map(|id| numbers.of(id).unwrap()).collect()
    }

    #[test]
    fn a_piece_has_the_number_that_its_id_ends_with() {
        assert_eq!(
            numbers(&["ring-17", "pole-3", "SX-0108", "P0"]),
            [17, 3, 108, 0]
        );
        assert_eq!(numbers(&["9999"]), [9_999]);
    }

    #[test]
    fn other_pieces_have_a_longer_number_that_is_theirs_for_good() {
        // Printed on poles: they may not change from one version of the program to the next.
        assert_eq!(numbers(&["n4711000123", "东桥"]), [54_350, 10_067]);
        assert_eq!(drawn("东桥", 8), 823_472);
    }

    #[test]
    fn numbers_do_not_depend_on_the_order_of_rows() {
        let ids = ["pole-17", "ring-17", "aed-17", "x", "y-4"];
        let mut turned = ids;
        turned.reverse();
        let mut again = numbers(&turned);
        again.reverse();
        assert_eq!(numbers(&ids), again);
        assert_eq!(numbers(&ids)[2], 17, "the first in the order of ids has it");
    }

    #[test]
    fn what_comes_and_goes_leaves_the_other_numbers_as_they_are() {
        let before = numbers(&["ring-17", "n4711000123", "pole-3"]);
        let after = numbers(&["ring-17", "n4711000123", "rope-4", "somewhere"]);
        assert_eq!(before[..2], after[..2]);
    }

    #[test]
    fn while_the_service_runs_no_number_changes_or_is_given_again() {
        let mut numbers = Numbers::new(["ring-17"].into_iter());
        numbers.add(["aed-17", "ring-17"].into_iter());
        assert_eq!(numbers.of("ring-17"), Some(17));
        numbers.add(["pole-17"].into_iter());
        assert_ne!(numbers.of("pole-17"), Some(17));
        assert_eq!(numbers.id(17), Some("ring-17"));
    }

    #[test]
    fn no_number_is_given_twice_in_a_large_register() {
        let ids: Vec<String> = (0..40_000)
            .map(|n| format!("n{}", 4_000_000_000_u64 + n))
            .collect();
        let numbers = Numbers::new(ids.iter().map(String::as_str));
        let all: BTreeSet<u32> = ids.iter().filter_map(|id| numbers.of(id)).collect();
        assert_eq!(all.len(), ids.len());
        assert!(
            all.iter()
                .all(|number| (10_000..10_000_000).contains(number))
        );
    }
}
