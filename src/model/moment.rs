//! Moments: when something happened.

use serde::Serialize;

/// A moment in universal time.
///
/// # Units
///
/// Milliseconds since the beginning of 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Moment {
    /// Milliseconds since the beginning of 1970, UTC.
    pub ms: i64,
}

impl Moment {
    /// The beginning of its second, as it is told.
    #[must_use]
    pub fn whole_second(self) -> Self {
        Self {
            ms: self.ms - self.ms.rem_euclid(1_000),
        }
    }
}
