//! Branches of a search: that of which most may be hoped for has the first turn.

use std::cmp::Ordering;

use crate::plan::placement::prices::Part;
use crate::plan::placement::prices::Prices;

/// A part that waits for its turn.
pub(super) struct Branch {
    /// What is decided in it.
    pub part: Part,
    /// What is proven of it.
    pub prices: Prices,
}

impl PartialEq for Branch {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Branch {}

impl PartialOrd for Branch {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Branch {
    fn cmp(&self, other: &Self) -> Ordering {
        self.prices.bound.total_cmp(&other.prices.bound)
    }
}
