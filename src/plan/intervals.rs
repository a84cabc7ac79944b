//! Pieces of a line, from meter to meter.

/// Pieces of a line in order, none touching the next.
///
/// # Units
///
/// Meters from the line's start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intervals(pub Vec<(f64, f64)>);

impl Intervals {
    /// The union of pieces in any order; pieces that touch are one, and what has no length is dropped.
    pub fn union(mut pieces: Vec<(f64, f64)>) -> Self {
        pieces.retain(|(from, to)| from < to);
        pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut merged: Vec<(f64, f64)> = Vec::with_capacity(pieces.len());
        for (from, to) in pieces {
            match merged.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                Some(_) | None => merged.push((from, to)),
            }
        }
        Self(merged)
    }

    /// Whether a piece lies within one of these.
    pub fn hold(&self, (from, to): (f64, f64)) -> bool {
        self.0.iter().any(|own| own.0 <= from && to <= own.1)
    }

    /// Where at least two of several unions overlap.
    pub fn at_least_two(unions: &[Self]) -> Self {
        let mut ends: Vec<(f64, i32)> = unions
            .iter()
            .flat_map(|union| union.0.iter().flat_map(|&(from, to)| [(from, 1), (to, -1)]))
            .collect();
        // At the same place the beginning comes first: pieces that touch leave no chink.
        ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let mut depth = 0;
        let mut since = 0.0;
        let mut pieces = Vec::new();
        for (at, step) in ends {
            let before = depth;
            depth += step;
            if before < 2 && depth >= 2 {
                since = at;
            } else if before >= 2 && depth < 2 {
                pieces.push((since, at));
            }
        }
        Self::union(pieces)
    }

    /// What is left of the line from 0 to `length`.
    #[must_use]
    pub fn complement(&self, length: f64) -> Self {
        let mut left = Vec::new();
        let mut at = 0.0;
        for &(from, to) in &self.0 {
            if from > at {
                left.push((at, from));
            }
            at = to;
        }
        if at < length {
            left.push((at, length));
        }
        Self(left)
    }

    /// What these pieces hold and the others do not.
    #[must_use]
    pub fn minus(&self, others: &Self) -> Self {
        let mut left = Vec::new();
        let mut next = 0;
        for &(from, to) in &self.0 {
            let mut at = from;
            while next < others.0.len() && others.0[next].1 <= from {
                next += 1;
            }
            let over = others.0[next..].iter().take_while(|other| other.0 < to);
            for &(low, high) in over {
                if low > at {
                    left.push((at, low));
                }
                at = at.max(high);
            }
            if at < to {
                left.push((at, to));
            }
        }
        Self(left)
    }

    /// The length of all pieces together.
    pub fn length(&self) -> f64 {
        self.0.iter().map(|(from, to)| to - from).sum()
    }

    /// The length of what lies between two points.
    pub fn length_within(&self, low: f64, high: f64) -> f64 {
        self.0
            .iter()
            .map(|&(from, to)| (to.min(high) - from.max(low)).max(0.0))
            .sum()
    }
}
