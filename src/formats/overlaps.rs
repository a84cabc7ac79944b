//! Villages that lie wholly inside another.

use crate::geometry::lon_lat::LonLat;
use crate::geometry::outline::Position;
use crate::geometry::outline::position;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;
use crate::model::village::Village;

/// More comparisons of corners with outlines than this are not made; a county of a thousand villages takes a tenth.
const MOST_COMPARISONS: usize = 1_000_000_000;

/// The least and largest longitude and latitude of a village.
struct Bounds {
    low: [f64; 2],
    high: [f64; 2],
}

/// An oddity for every village that lies wholly inside another; `file_of` tells which file a village is from.
///
/// A village in another's hole lies beside it, not inside.
pub(super) fn villages(villages: &[Village], file_of: impl Fn(usize) -> String) -> Vec<Oddity> {
    let bounds: Vec<Bounds> = villages.iter().map(bounds).collect();
    let mut order: Vec<usize> = (0..villages.len()).collect();
    order.sort_by(|&a, &b| bounds[a].low[0].total_cmp(&bounds[b].low[0]));
    let mut oddities = Vec::new();
    let mut n_comparisons = 0;
    for (rank, &inner) in order.iter().enumerate() {
        let outers = order[..rank].iter().chain(
            order[rank + 1..]
                .iter()
                .take_while(|&&outer| bounds[outer].low[0] <= bounds[inner].low[0]),
        );
        for &outer in outers {
            n_comparisons += 1;
            if !bounds[inner].is_within(&bounds[outer]) || n_comparisons > MOST_COMPARISONS {
                continue;
            }
            n_comparisons += n_corners(&villages[inner]) * n_corners(&villages[outer]);
            if is_inside(&villages[inner], &villages[outer]) {
                oddities.push(Oddity {
                    file: file_of(inner),
                    id: format!("{} {}", villages[inner].id, villages[inner].name),
                    place: villages[inner]
                        .rings
                        .first()
                        .and_then(|ring| ring.first())
                        .copied(),
                    kind: OddityKind::Overlap,
                    detail: format!(
                        "lies wholly inside {} {}; both are kept",
                        villages[outer].id, villages[outer].name
                    ),
                });
            }
        }
    }
    oddities
}

/// No corner outside, and at least one not just on the edge.
fn is_inside(inner: &Village, outer: &Village) -> bool {
    let mut is_within = false;
    for &corner in inner.rings.iter().flatten() {
        match position(corner, outer.rings.iter().map(Vec::as_slice)) {
            Position::Inside => is_within = true,
            Position::Edge => {}
            Position::Outside => return false,
        }
    }
    is_within
}

fn n_corners(village: &Village) -> usize {
    village.rings.iter().map(Vec::len).sum()
}

fn bounds(village: &Village) -> Bounds {
    let mut bounds = Bounds {
        low: [f64::INFINITY; 2],
        high: [f64::NEG_INFINITY; 2],
    };
    for &corner in village.rings.iter().flatten() {
        bounds.take_in(corner);
    }
    bounds
}

impl Bounds {
    fn take_in(&mut self, place: LonLat) {
        for (axis, value) in [place.lon(), place.lat()].into_iter().enumerate() {
            self.low[axis] = self.low[axis].min(value);
            self.high[axis] = self.high[axis].max(value);
        }
    }

    fn is_within(&self, other: &Self) -> bool {
        (0..2).all(|axis| other.low[axis] <= self.low[axis] && self.high[axis] <= other.high[axis])
    }
}
