//! Lines and rings of the map cut at a box.

use crate::geometry::map_point::MapBox;
use crate::geometry::map_point::MapPoint;

/// The parts of a line that lie in a box, each of at least two points.
pub fn clipped_line(line: &[MapPoint], within: &MapBox) -> Vec<Vec<MapPoint>> {
    let mut parts: Vec<Vec<MapPoint>> = Vec::new();
    let mut is_joined = false;
    for pair in line.windows(2) {
        let Some((from, to)) = clipped_edge(pair[0], pair[1], within) else {
            is_joined = false;
            continue;
        };
        match parts.last_mut() {
            Some(part) if is_joined && from == pair[0] => part.push(to),
            Some(_) | None => parts.push(vec![from, to]),
        }
        is_joined = to == pair[1];
    }
    parts
}

/// The part of an edge that lies in a box (Liang and Barsky).
fn clipped_edge(a: MapPoint, b: MapPoint, within: &MapBox) -> Option<(MapPoint, MapPoint)> {
    if within.holds(a) && within.holds(b) {
        return Some((a, b));
    }
    let (dx, dy) = (
        f64::from(b.x) - f64::from(a.x),
        f64::from(b.y) - f64::from(a.y),
    );
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    let sides = [
        (-dx, f64::from(a.x) - f64::from(within.low.x)),
        (dx, f64::from(within.high.x) - f64::from(a.x)),
        (-dy, f64::from(a.y) - f64::from(within.low.y)),
        (dy, f64::from(within.high.y) - f64::from(a.y)),
    ];
    for (outward, inside) in sides {
        if outward == 0.0 {
            if inside < 0.0 {
                return None;
            }
        } else if outward < 0.0 {
            enters = enters.max(inside / outward);
        } else {
            leaves = leaves.min(inside / outward);
        }
    }
    let at = |share: f64| MapPoint {
        x: (f64::from(a.x) + dx * share).round() as i32,
        y: (f64::from(a.y) + dy * share).round() as i32,
    };
    // The very ends stay as they are, so that a line is not torn by rounding.
    let start = if enters <= 0.0 { a } else { at(enters) };
    let end = if leaves >= 1.0 { b } else { at(leaves) };
    (enters <= leaves).then_some((start, end))
}

/// What of a ring lies in a box, as one ring: where the ring leaves the box it runs along the box's edge (Sutherland and Hodgman).
///
/// The last point joins the first; empty where nothing of it lies in the box.
pub fn clipped_ring(ring: &[MapPoint], within: &MapBox) -> Vec<MapPoint> {
    let cuts: [(Axis, i32, bool); 4] = [
        (Axis::X, within.low.x, true),
        (Axis::X, within.high.x, false),
        (Axis::Y, within.low.y, true),
        (Axis::Y, within.high.y, false),
    ];
    let mut kept = ring.to_vec();
    for (axis, at, keeps_above) in cuts {
        if kept.is_empty() {
            break;
        }
        kept = cut(&kept, axis, at, keeps_above);
    }
    kept
}

#[derive(Clone, Copy)]
enum Axis {
    X,
    Y,
}

fn cut(ring: &[MapPoint], axis: Axis, at: i32, keeps_above: bool) -> Vec<MapPoint> {
    let along = |point: MapPoint| match axis {
        Axis::X => point.x,
        Axis::Y => point.y,
    };
    let is_kept = |point: MapPoint| {
        if keeps_above {
            along(point) >= at
        } else {
            along(point) <= at
        }
    };
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let Some(&(mut before)) = ring.last() else {
        return kept;
    };
    for &point in ring {
        if is_kept(before) != is_kept(point) {
            kept.push(meeting(before, point, axis, at));
        }
        if is_kept(point) {
            kept.push(point);
        }
        before = point;
    }
    kept
}

fn meeting(a: MapPoint, b: MapPoint, axis: Axis, at: i32) -> MapPoint {
    let between = |from: i32, to: i32, share: f64| {
        (f64::from(from) + (f64::from(to) - f64::from(from)) * share).round() as i32
    };
    let share =
        |from: i32, to: i32| (f64::from(at) - f64::from(from)) / (f64::from(to) - f64::from(from));
    match axis {
        Axis::X => MapPoint {
            x: at,
            y: between(a.y, b.y, share(a.x, b.x)),
        },
        Axis::Y => MapPoint {
            x: between(a.x, b.x, share(a.y, b.y)),
            y: at,
        },
    }
}
