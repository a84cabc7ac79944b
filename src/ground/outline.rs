//! Marked lines that cut the plane: shores, walls, buildings, the edge of the map.

use crate::ground::spot::Spot;

/// Bank vertices are at most this far apart.
///
/// # Units
///
/// Millimeters.
pub const BANK_STEP_MM: f64 = 10_000.0;

/// What a line is; a line may be several things at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark(pub u8);

impl Mark {
    /// The edge of mapped water.
    pub const SHORE: Self = Self(1);
    /// Where the extract cut the water: no bank.
    pub const CUT: Self = Self(2);
    /// The sea's shore.
    pub const COAST: Self = Self(4);
    /// The outline of a building.
    pub const BUILDING: Self = Self(8);
    /// A line that nobody steps over: a wall, or the edge of what the map knows.
    pub const WALL: Self = Self(16);
    /// The edge of the region's ground.
    pub const EDGE: Self = Self(32);

    /// Both marks on one line.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the line is this, whatever else it is.
    pub fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// One straight line of an outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// One end.
    pub from: Spot,
    /// The other end.
    pub to: Spot,
    /// What it is.
    pub mark: Mark,
}

/// Adds the lines between consecutive spots.
pub fn add_line(segments: &mut Vec<Segment>, spots: &[Spot], mark: Mark) {
    for pair in spots.windows(2) {
        add_segment(segments, pair[0], pair[1], mark);
    }
}

/// Adds one line, unless it has no length.
pub fn add_segment(segments: &mut Vec<Segment>, from: Spot, to: Spot, mark: Mark) {
    if from != to {
        segments.push(Segment { from, to, mark });
    }
}

/// The spots of a line with more put in where two are more than `most_mm` apart.
///
/// The way is cut from its lower end, whichever way the line runs: two outlines that share an edge share its pieces.
pub fn densified(spots: &[Spot], most_mm: f64) -> Vec<Spot> {
    let mut dense = Vec::with_capacity(spots.len());
    for pair in spots.windows(2) {
        dense.push(pair[0]);
        // A length that is over by its rounding alone is not over.
        let n_pieces = (pair[0].millimeters_to(pair[1]) / most_mm - 0.001).ceil() as u32;
        for piece in 1..n_pieces {
            let (low, high, step) = if pair[0] <= pair[1] {
                (pair[0], pair[1], piece)
            } else {
                (pair[1], pair[0], n_pieces - piece)
            };
            dense.push(low.toward(high, f64::from(step) / f64::from(n_pieces)));
        }
    }
    dense.extend(spots.last());
    dense
}
