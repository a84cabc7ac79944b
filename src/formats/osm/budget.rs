//! How much one file may hold: the limits that keep a hostile file from filling the memory.

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use crate::formats::osm::fault::Fault;

/// What may be kept of one file, in bytes: room for 200 million nodes, or for a province with everything in it.
const MAX_KEPT_BYTES: u64 = 4 << 30;

/// How much memory what is kept of a file may still take.
pub struct Budget {
    left: AtomicU64,
}

impl Budget {
    /// The budget of one file.
    pub fn new() -> Self {
        Self::of(MAX_KEPT_BYTES)
    }

    /// A budget of so many bytes.
    pub fn of(bytes: u64) -> Self {
        Self {
            left: AtomicU64::new(bytes),
        }
    }

    /// Takes so many bytes out of the budget.
    pub fn take(&self, bytes: usize) -> Result<(), Fault> {
        let bytes = bytes as u64;
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(bytes)
            })
            .map(drop)
            .map_err(|_| Fault::TooLarge {
                reason: format!(
                    "more than {} GiB would have to be kept in memory",
                    MAX_KEPT_BYTES >> 30
                ),
            })
    }
}
