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
