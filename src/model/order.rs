//! The order of a register: numbers that sort as the ids of its pieces do.

/// A number for each piece of a register that is sorted by id.
///
/// Whatever is worked out about a piece knows it by its number, and of two that are equally far the lower number wins; so
/// numbers must sort as ids do, whatever the order of rows in a file. A piece keeps its number while others come and go, so
/// that what is known of it stays true; therefore numbers are not the indices of the pieces: they lie far apart, and a new
/// piece gets one in the room between its neighbors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order(Vec<u32>);

/// New pieces follow each other at most this closely, so that there is room for many in a row.
const STEP: u64 = 4096;

impl Order {
    /// As many numbers, with as much room between them as there is.
    pub fn even(n_pieces: usize) -> Self {
        let step = u64::from(u32::MAX) / (n_pieces as u64 + 1);
        let numbers = 1..=n_pieces as u64;
        Self(numbers.map(|index| (index * step) as u32).collect())
    }

    /// The number of the piece at an index.
    pub fn number(&self, index: usize) -> u32 {
        self.0[index]
    }

    /// All numbers, in order.
    pub fn numbers(&self) -> &[u32] {
        &self.0
    }

    /// The index of the piece that has a number: `O(log n)`.
    pub fn index(&self, number: u32) -> Option<usize> {
        self.0.binary_search(&number).ok()
    }

    /// The order of a register that follows this one; `before` tells for each of its pieces at which index it was, if it was there.
    ///
    /// None if there is no room left where a new piece comes: then all must be numbered anew.
    pub fn followed_by(&self, before: &[Option<usize>]) -> Option<Self> {
        let mut numbers: Vec<u32> = Vec::with_capacity(before.len());
        let mut rest = before;
        while let Some(first) = rest.first() {
            if let Some(index) = *first {
                numbers.push(self.0[index]);
                rest = &rest[1..];
                continue;
            }
            let n_new = rest.iter().take_while(|before| before.is_none()).count();
            let low = u64::from(numbers.last().copied().unwrap_or(0));
            let high = rest.get(n_new).copied().flatten();
            let high = u64::from(high.map_or(u32::MAX, |index| self.0[index]));
            let step = ((high - low) / (n_new as u64 + 1)).min(STEP);
            if step == 0 {
                return None;
            }
            numbers.extend((1..=n_new as u64).map(|turn| (low + turn * step) as u32));
            rest = &rest[n_new..];
        }
        Some(Self(numbers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_sorted(order: &Order) -> bool {
        order.0.windows(2).all(|pair| pair[0] < pair[1])
    }

    #[test]
    fn numbers_sort_as_the_pieces_do_and_are_found_again() {
        for n_pieces in [0, 1, 2, 5_000] {
            let order = Order::even(n_pieces);
            assert!(is_sorted(&order), "{n_pieces}");
            for index in 0..n_pieces {
                assert_eq!(order.index(order.number(index)), Some(index));
            }
        }
        assert_eq!(Order::even(3).index(7), None);
    }

    #[test]
    fn a_piece_keeps_its_number_while_others_come_and_go() {
        let order = Order::even(3);
        let after = order
            .followed_by(&[None, Some(0), None, None, Some(2), None])
            .unwrap();
        assert!(is_sorted(&after), "{after:?}");
        assert_eq!(after.number(1), order.number(0));
        assert_eq!(after.number(4), order.number(2));
    }

    #[test]
    fn there_is_room_for_hundreds_of_new_pieces_in_a_row() {
        let mut order = Order::even(5_000);
        for n_new in 0..200 {
            let kept = (0..order.0.len()).map(Some);
            let mut before: Vec<Option<usize>> = kept.collect();
            before.insert(2_500 + n_new, None);
            order = order.followed_by(&before).unwrap();
            assert!(is_sorted(&order));
        }
    }

    #[test]
    fn where_there_is_no_room_left_it_is_said() {
        let order = Order(vec![5, 7]);
        let between = order.followed_by(&[Some(0), None, Some(1)]);
        assert_eq!(between, Some(Order(vec![5, 6, 7])));
        assert_eq!(order.followed_by(&[Some(0), None, None, Some(1)]), None);
        let last = Order(vec![u32::MAX - 1]);
        assert_eq!(last.followed_by(&[Some(0), None]), None);
    }
}
