//! Straight pieces of lines in an R-tree: the box around one, and how far a point is from it.

use rstar::AABB;

use crate::ground::spot::Spot;
use crate::ground::spot::nearest_share;

/// The box around a piece.
pub(super) fn box_of(from: Spot, to: Spot) -> AABB<[f64; 2]> {
    AABB::from_corners(
        [f64::from(from.x), f64::from(from.y)],
        [f64::from(to.x), f64::from(to.y)],
    )
}

/// The square of the distance from a point (whole millimeters) to the piece.
pub(super) fn square_to(from: Spot, to: Spot, point: [f64; 2]) -> f64 {
    let spot = Spot {
        x: point[0] as i32,
        y: point[1] as i32,
    };
    from.toward(to, nearest_share(from, to, spot))
        .millimeters_to(spot)
        .powi(2)
}
