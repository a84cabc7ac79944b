//! Photos of what was reported.

use serde::Serialize;

/// A report has so many photos at most.
pub const MOST_PHOTOS: usize = 3;

/// A picture that is about to be kept: made anew here from what somebody sent, so that nothing but the picture is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// As JPEG, upright.
    pub jpeg: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A photo of a report as it is kept; its bytes are read only when somebody looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Photo {
    /// Its number among those of the report, from 1 to [`MOST_PHOTOS`].
    pub number: u8,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}
