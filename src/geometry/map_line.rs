//! Lines of a tile with fewer points: what is left looks the same at the tile's zoom.

/// The points of a line (in parts of a tile) without those that lie within `tolerance` of what is left (Douglas and Peucker).
///
/// The ends stay; points that fall together become one, so that one point is left of a line that is shorter than a part.
pub fn simplified(line: &[[i32; 2]], tolerance: f64) -> Vec<[i32; 2]> {
    let mut points = line.to_vec();
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let mut is_kept = vec![false; points.len()];
    let last = points.len() - 1;
    is_kept[0] = true;
    is_kept[last] = true;
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let Some((farthest, square)) = farthest(&points, from, to) else {
            continue;
        };
        if square > tolerance * tolerance {
            is_kept[farthest] = true;
            open.push((from, farthest));
            open.push((farthest, to));
        }
    }
    let mut is_kept = is_kept.into_iter();
    points.retain(|_| is_kept.next().unwrap_or(true));
    points
}

/// A ring whose last point joins the first, with fewer points; empty where it encloses nothing any more.
pub fn simplified_ring(ring: &[[i32; 2]], tolerance: f64) -> Vec<[i32; 2]> {
    let Some(&first) = ring.first() else {
        return Vec::new();
    };
    // Split where it is farthest from its first point, so that neither half is a line from a point to itself.
    let apart = |point: &[i32; 2]| {
        let [x, y] = [
            f64::from(point[0] - first[0]),
            f64::from(point[1] - first[1]),
        ];
        x * x + y * y
    };
    let middle = (0..ring.len()).max_by(|&a, &b| apart(&ring[a]).total_cmp(&apart(&ring[b])));
    let middle = middle.unwrap_or(0);
    let mut kept = simplified(&ring[..=middle], tolerance);
    let mut back = ring[middle..].to_vec();
    back.push(first);
    kept.extend(simplified(&back, tolerance).into_iter().skip(1));
    while kept.len() > 1 && kept.last() == kept.first() {
        kept.pop();
    }
    if kept.len() < 3 || doubled_area(&kept) == 0 {
        return Vec::new();
    }
    kept
}

/// Twice the area inside a ring, positive where it runs clockwise on the map (y grows to the south).
pub fn doubled_area(ring: &[[i32; 2]]) -> i64 {
    let whole = |point: [i32; 2]| (i64::from(point[0]), i64::from(point[1]));
    let pairs = (0..ring.len()).map(|i| (whole(ring[i]), whole(ring[(i + 1) % ring.len()])));
    pairs.map(|((ax, ay), (bx, by))| ax * by - ay * bx).sum()
}

fn farthest(points: &[[i32; 2]], from: usize, to: usize) -> Option<(usize, f64)> {
    let (a, b) = (points[from], points[to]);
    let squares = (from + 1..to).map(|index| (index, square_to_line(a, b, points[index])));
    squares.max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The square of a point's distance to a piece of line.
fn square_to_line(a: [i32; 2], b: [i32; 2], p: [i32; 2]) -> f64 {
    let [bx, by] = [f64::from(b[0] - a[0]), f64::from(b[1] - a[1])];
    let [px, py] = [f64::from(p[0] - a[0]), f64::from(p[1] - a[1])];
    let length = bx * bx + by * by;
    let share = if length == 0.0 {
        0.0
    } else {
        ((px * bx + py * by) / length).clamp(0.0, 1.0)
    };
    let [x, y] = [px - bx * share, py - by * share];
    x * x + y * y
}
