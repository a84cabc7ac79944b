//! Whether a track was handed in before: a sketch of it is kept when the track itself is long deleted.
//!
//! Noise never repeats itself: of two honest walks along the same path hardly any five steps agree to the decimeter. So the
//! steps of a track are hashed, five at a time, and the least of the hashes are its sketch. Neither when nor where somebody
//! walked can be read from it, and neither matters when two are compared.

use serde::Deserialize;
use serde::Serialize;

use crate::ground::spot::Spot;
use crate::model::fnv::fnv1a;
use crate::plan::seen::Fix;

/// So many hashes are kept.
const KEPT: usize = 256;

/// So many steps one after the other are hashed together.
const STEPS: usize = 5;

/// Steps are told to this many millimeters: finer than noise, coarser than a millionth of a degree.
const GRAIN_MM: i32 = 100;

/// Two tracks that share this much are one.
const SAME: f64 = 0.2;

/// With less than this in common, they may agree by chance: two people who waited at the same place.
const LEAST_IN_COMMON: usize = 8;

/// What is kept of a track: first of how many runs of steps, then the least of their hashes, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sketch(pub Vec<u64>);

impl Sketch {
    /// The sketch of a track, whatever the order of its fixes; of one with no more than a few steps, it is empty.
    ///
    /// `O(n log n)`.
    pub fn of(fixes: &[Fix]) -> Self {
        let mut sorted: Vec<(i64, Spot)> = fixes.iter().map(|fix| (fix.at_ms, fix.at)).collect();
        sorted.sort_unstable();
        sorted.dedup_by_key(|(at_ms, _)| *at_ms);
        let grain = |millimeters: i32| i64::from(millimeters.div_euclid(GRAIN_MM));
        let grains: Vec<[i64; 2]> = sorted
            .iter()
            .map(|(_, at)| [grain(at.x), grain(at.y)])
            .collect();
        let steps: Vec<[i64; 2]> = grains
            .windows(2)
            .map(|pair| [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]])
            .collect();
        let telling = steps.windows(STEPS).filter(|run| is_telling(run));
        let mut hashes: Vec<u64> = telling.map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        if hashes.is_empty() {
            return Self::default();
        }
        let n_runs = hashes.len() as u64;
        hashes.truncate(KEPT);
        hashes.insert(0, n_runs);
        Self(hashes)
    }

    /// What share of the shorter of two tracks is in the other, estimated: from 0 to 1.
    ///
    /// Two honest walks along the same path have 0 or close to it, a track and itself at another time have 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        let (Some((&n_own, own)), Some((&n_other, others))) =
            (self.0.split_first(), other.0.split_first())
        else {
            return 0.0;
        };
        // The least hashes of both together are a fair sample of all that are in either.
        let mut union: Vec<u64> = own.iter().chain(others).copied().collect();
        union.sort_unstable();
        union.dedup();
        union.truncate(own.len().max(others.len()));
        let is_in = |hashes: &[u64], hash: &u64| hashes.binary_search(hash).is_ok();
        let common = union
            .iter()
            .filter(|hash| is_in(own, hash) && is_in(others, hash));
        let n_common = common.count();
        if n_common < LEAST_IN_COMMON {
            return 0.0;
        }
        let jaccard = n_common as f64 / union.len() as f64;
        let shared = jaccard / (1.0 + jaccard) * (n_own as f64 + n_other as f64);
        (shared / n_own.min(n_other).max(1) as f64).min(1.0)
    }
}

/// Whether a track is, in good part, one of those that were handed in before.
pub fn is_replayed(own: &Sketch, earlier: &[Sketch]) -> bool {
    earlier.iter().any(|sketch| own.likeness(sketch) >= SAME)
}

/// Whether steps say more than that somebody stood still or that a receiver drew a straight line.
fn is_telling(run: &[[i64; 2]]) -> bool {
    let mut different: Vec<[i64; 2]> = run.to_vec();
    different.sort_unstable();
    different.dedup();
    different.len() >= STEPS - 1
}

/// FNV-1a over the steps, then mixed as in `SplitMix64`, so that the least hashes are a fair sample.
fn hash(run: &[[i64; 2]]) -> u64 {
    let folded = fnv1a(run.iter().flatten().flat_map(|number| number.to_le_bytes()));
    let mixed = (folded ^ (folded >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
