//! Which meters of which bank somebody has seen, from the track of a walk.
//!
//! A track is noisy: its fixes lie across the river as easily as on the path. So it is never asked which bank is nearest to
//! a fix, but which walk over the ground explains all fixes together ([`matching`]); a bank counts as seen only where every
//! other bank explains them clearly worse. Where that cannot be said, nothing is credited.
//!
//! The rules of what is seen ([`credit`]):
//!
//! - the bank that somebody walks along, up to [`IN_SIGHT`] from where they walk, with nothing between but open land;
//! - over water no wider than `narrow`, what lies over against it, as the planner of patrols counts it.

pub mod candidates;
pub mod cleaning;
pub mod credit;
pub mod matching;
mod pieces;
pub mod replay;
mod sights;
pub mod steps;
mod strides;

use serde::Deserialize;
use serde::Serialize;

use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::spot::Spot;
use crate::plan::seen::replay::Sketch;
use crate::units::Meters;
use crate::units::MetersPerSecond;

/// A bank is seen from a walk up to so far beside it, over open land.
pub const IN_SIGHT: Meters = Meters(20.0);

/// However sure of itself a receiver is, its fixes are taken to be off by this much.
pub const LEAST_NOISE: Meters = Meters(5.0);

/// Nobody patrols faster than this: a runner does not look, and a car does not stop.
pub const FASTEST_ON_FOOT: MetersPerSecond = MetersPerSecond(3.5);

/// Where the signal was gone, people are taken to have walked no faster than this, as over open ground.
pub const WALKING_PACE: MetersPerSecond = MetersPerSecond(1.8);

/// A longer track is refused.
pub const MOST_FIXES: usize = 20_000;

/// Where somebody was, as their receiver says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// The place.
    pub at: Spot,
    /// When, in milliseconds since any moment that is the same for the whole track.
    pub at_ms: i64,
    /// How far off it may well be: one standard deviation of each coordinate.
    pub accuracy: Meters,
}

/// How a track is judged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Judging<'a> {
    /// Water up to this width is seen from either side.
    pub narrow: Meters,
    /// Sketches of tracks that were handed in before: whoever hands one of them in again has not walked.
    pub earlier: &'a [Sketch],
}

/// What was seen on a walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// The pieces of bank, by bank and chainage, none touching the next.
    pub stretches: Vec<SeenPiece>,
    /// How far somebody walked, about; what was driven and what lies in a gap that nobody can have walked are left out.
    pub walked: Meters,
    /// What is odd about the track, by time.
    pub flags: Vec<Flag>,
}

/// A piece of bank that was seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeenPiece {
    /// Index of the bank.
    pub bank: u32,
    /// Chainage of its beginning.
    pub from: Meters,
    /// Chainage of its end.
    pub to: Meters,
    /// When somebody first came by.
    pub first_ms: i64,
    /// When somebody last came by.
    pub last_ms: i64,
}

/// Something odd about a part of a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flag {
    /// When it begins.
    pub from_ms: i64,
    /// When it ends.
    pub to_ms: i64,
    /// What it is.
    pub kind: FlagKind,
}

/// What can be odd about a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagKind {
    /// Fixes where nobody can have got to in the time; they are left out.
    Jump,
    /// Too fast for somebody on foot, for longer than noise would explain; nothing is credited.
    TooFast,
    /// No signal, and nobody can have walked from one end to the other in the time; nothing is credited.
    Gap,
    /// No signal, but the walk over the ground fits the time; it is credited.
    BridgedGap,
    /// Near a bank, but the noise does not allow to say which; only what is seen from either is credited.
    Unsure,
    /// The track of an earlier walk, handed in again; nothing is credited.
    Replayed,
}

impl FlagKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Jump,
        Self::TooFast,
        Self::Gap,
        Self::BridgedGap,
        Self::Unsure,
        Self::Replayed,
    ];
}

/// A track that is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeenError {
    /// Longer than any evening.
    #[error("{n_fixes} fixes; a track has at most {MOST_FIXES}")]
    TooManyFixes {
        /// How many it has.
        n_fixes: usize,
    },
}

/// What was seen on a walk: same ground, same fixes, same answer, whatever the order of the fixes.
///
/// About `O(n)` for `n` fixes and as many looks at the ground as there are ten seconds in the track.
///
/// # Errors
///
/// [`SeenError::TooManyFixes`] if there are more than [`MOST_FIXES`].
pub fn seen(
    ground: &Ground,
    closures: &Closures,
    fixes: &[Fix],
    judging: Judging,
) -> Result<Seen, SeenError> {
    let n_fixes = fixes.len();
    if n_fixes > MOST_FIXES {
        return Err(SeenError::TooManyFixes { n_fixes });
    }
    let (clean, mut flags) = cleaning::clean(fixes);
    if let (Some(first), Some(last)) = (clean.first(), clean.last())
        && replay::is_replayed(&Sketch::of(fixes), judging.earlier)
    {
        flags.push(Flag {
            from_ms: first.at_ms,
            to_ms: last.at_ms,
            kind: FlagKind::Replayed,
        });
        flags.sort_unstable();
        return Ok(Seen {
            flags,
            ..Seen::default()
        });
    }
    let (steps, too_fast) = steps::on_foot(&clean);
    flags.extend(too_fast);
    let mut strides = strides::Strides::new(ground, closures);
    let matched = matching::matched(ground, &mut strides, judging.narrow, steps);
    let own_bank = matched.own_bank(ground);
    let stretches = credit::stretches(ground, &mut strides, judging.narrow, &matched, &own_bank);
    flags.extend(matched.flags(&own_bank));
    flags.sort_unstable();
    Ok(Seen {
        stretches,
        walked: matched.walked(),
        flags,
    })
}
