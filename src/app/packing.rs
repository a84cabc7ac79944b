//! Answers packed for the way, where that makes them shorter.

use crate::formats::gzip;
use crate::formats::gzip::Effort;

/// What fits into one packet of the network is not packed, bytes.
const WORTH_IT: usize = 1_400;

/// An answer, gzipped; none where that is not worth it.
pub fn gzipped(answer: &[u8]) -> Option<Vec<u8>> {
    packed(answer, Effort::Quick)
}

/// A short page for phones on slow lines, gzipped as well as it can be.
pub fn gzipped_well(page: &[u8]) -> Option<Vec<u8>> {
    packed(page, Effort::Thorough)
}

fn packed(answer: &[u8], effort: Effort) -> Option<Vec<u8>> {
    if answer.len() < WORTH_IT {
        return None;
    }
    gzip::packed(answer, effort).ok()
}
