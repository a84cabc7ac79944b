//! The triangles of the plane, cut along every marked line.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use spade::ConstrainedDelaunayTriangulation;
use spade::InsertionError;
use spade::Point2;
use spade::Triangulation;

use crate::ground::noding::ordered;
use crate::ground::outline::Mark;
use crate::ground::spot::Spot;
use crate::ground::spot::turn;

/// No triangle on that side.
pub const NONE: u32 = u32::MAX;

/// Triangles that fill the convex hull of all spots; each edge belongs to at most two.
#[derive(Clone, Debug, Default)]
pub struct Mesh {
    /// The corners, in an order that keeps neighbors close in memory.
    pub spots: Vec<Spot>,
    /// Three corners each, counterclockwise.
    pub corners: Vec<[u32; 3]>,
    /// The triangle across the edge from corner `i` to corner `i + 1`.
    pub across: Vec<[u32; 3]>,
    /// What the edge from corner `i` to corner `i + 1` is.
    pub marks: Vec<[Mark; 3]>,
    /// One triangle of each spot.
    pub triangle_of: Vec<u32>,
    /// How many marked lines the triangulation could not take, because they still crossed others.
    pub n_lost: usize,
}

impl Mesh {
    /// The constrained Delaunay triangulation of lines that meet only at their ends, and of further points.
    pub fn new(
        lines: &FxHashMap<(Spot, Spot), Mark>,
        points: &[Spot],
    ) -> Result<Self, InsertionError> {
        let mut spots: Vec<Spot> = lines
            .keys()
            .flat_map(|&(a, b)| [a, b])
            .chain(points.iter().copied())
            .collect();
        spots.par_sort_unstable();
        spots.dedup();
        sort_along_curve(&mut spots);
        let number: FxHashMap<Spot, u32> = spots
            .iter()
            .enumerate()
            .map(|(i, &spot)| (spot, i as u32))
            .collect();
        let mut edges: Vec<[usize; 2]> = lines
            .keys()
            .map(|(a, b)| [number[a] as usize, number[b] as usize])
            .collect();
        edges.par_sort_unstable();
        let places = spots
            .iter()
            .map(|s| Point2::new(f64::from(s.x), f64::from(s.y)))
            .collect();
        let mut n_lost = 0;
        let triangulation: ConstrainedDelaunayTriangulation<Point2<f64>> =
            ConstrainedDelaunayTriangulation::try_bulk_load_cdt(places, edges, |_| n_lost += 1)?;
        Ok(Self::flat(&triangulation, spots, lines, n_lost))
    }

    fn flat(
        triangulation: &ConstrainedDelaunayTriangulation<Point2<f64>>,
        spots: Vec<Spot>,
        lines: &FxHashMap<(Spot, Spot), Mark>,
        n_lost: usize,
    ) -> Self {
        // Triangles in the order of their lowest corner: what is near on the ground is near in memory.
        let mut order: Vec<(usize, usize)> = triangulation
            .inner_faces()
            .map(|face| {
                (
                    lowest_corner(&face.adjacent_edges().map(|e| e.from().index())),
                    face.index(),
                )
            })
            .collect();
        order.par_sort_unstable();
        // The outer face has index 0, so inner faces start at 1.
        let mut number = vec![NONE; order.len() + 1];
        for (i, &(_, face)) in order.iter().enumerate() {
            number[face] = i as u32;
        }
        let mut mesh = Self {
            triangle_of: vec![NONE; spots.len()],
            spots,
            corners: vec![[0; 3]; order.len()],
            across: vec![[NONE; 3]; order.len()],
            marks: vec![[Mark::default(); 3]; order.len()],
            n_lost,
        };
        for face in triangulation.inner_faces() {
            let triangle = number[face.index()] as usize;
            let edges = face.adjacent_edges();
            let corners = edges.map(|edge| edge.from().index() as u32);
            mesh.corners[triangle] = corners;
            mesh.across[triangle] = edges.map(|edge| {
                edge.rev()
                    .face()
                    .as_inner()
                    .map_or(NONE, |f| number[f.index()])
            });
            mesh.marks[triangle] = edges.map(|edge| {
                if !edge.is_constraint_edge() {
                    return Mark::default();
                }
                let ends = [edge.from(), edge.to()].map(|end| mesh.spots[end.index()]);
                lines
                    .get(&ordered(ends[0], ends[1]))
                    .copied()
                    .unwrap_or_default()
            });
        }
        for (triangle, corners) in mesh.corners.iter().enumerate() {
            for &corner in corners {
                mesh.triangle_of[corner as usize] = triangle as u32;
            }
        }
        mesh
    }

    /// How many triangles there are.
    pub fn n_triangles(&self) -> usize {
        self.corners.len()
    }

    /// The spots of a triangle's corners.
    pub fn spots_of(&self, triangle: u32) -> [Spot; 3] {
        self.corners[triangle as usize].map(|corner| self.spots[corner as usize])
    }

    /// Which of a triangle's edges leads to the other triangle.
    pub fn side_toward(&self, triangle: u32, other: u32) -> Option<usize> {
        self.across[triangle as usize]
            .iter()
            .position(|&next| next == other)
    }

    /// The triangle that holds a spot (any of them on an edge), found by walking from a triangle near it.
    ///
    /// `O(√n)` for a spot anywhere, a few steps for one nearby. None outside the hull.
    pub fn locate(&self, spot: Spot, near: u32) -> Option<u32> {
        let mut triangle = near;
        // Each step leaves an edge behind that the spot lies beyond; Delaunay walks end, constrained ones
        // might circle, so the way is bounded and its first edge varies.
        for step in 0..self.n_triangles() * 2 + 3 {
            let corners = self.spots_of(triangle);
            let exit = (0..3)
                .map(|i| (i + step) % 3)
                .find(|&i| turn(corners[i], corners[(i + 1) % 3], spot) < 0);
            match exit {
                None => return Some(triangle),
                Some(side) => triangle = self.across[triangle as usize][side],
            }
            if triangle == NONE {
                return None;
            }
        }
        None
    }

    /// All triangles around a spot, each with the position of the spot among its corners.
    pub fn around(&self, spot: u32) -> Vec<(u32, usize)> {
        let mut fan = Vec::with_capacity(8);
        let first = self.triangle_of[spot as usize];
        let mut triangle = first;
        // Counterclockwise, then, where the hull ends the fan, clockwise from the first.
        while triangle != NONE {
            let at = self.position(triangle, spot);
            fan.push((triangle, at));
            triangle = self.across[triangle as usize][(at + 2) % 3];
            if triangle == first {
                return fan;
            }
        }
        if first == NONE {
            return fan;
        }
        triangle = self.across[first as usize][self.position(first, spot)];
        while triangle != NONE {
            let at = self.position(triangle, spot);
            fan.push((triangle, at));
            triangle = self.across[triangle as usize][at];
        }
        fan
    }

    /// The triangle to the left of the edge from one spot to another, if there is such an edge.
    pub fn left_of(&self, from: u32, to: u32) -> Option<u32> {
        let fan = self.around(from).into_iter();
        let mut beside =
            fan.filter(|&(triangle, at)| self.corners[triangle as usize][(at + 1) % 3] == to);
        beside.next().map(|(triangle, _)| triangle)
    }

    /// Where a spot stands among a triangle's corners.
    fn position(&self, triangle: u32, spot: u32) -> usize {
        let corners = self.corners[triangle as usize];
        corners
            .iter()
            .position(|&corner| corner == spot)
            .unwrap_or_default()
    }
}

fn lowest_corner(corners: &[usize; 3]) -> usize {
    corners[0].min(corners[1]).min(corners[2])
}

/// Sorts spots along a Hilbert curve, so that what is near on the ground is near in memory.
fn sort_along_curve(spots: &mut [Spot]) {
    let Some(low_x) = spots.iter().map(|spot| spot.x).min() else {
        return;
    };
    let low_y = spots.iter().map(|spot| spot.y).min().unwrap_or(low_x);
    let high_x = spots.iter().map(|spot| spot.x).max().unwrap_or(low_x);
    let high_y = spots.iter().map(|spot| spot.y).max().unwrap_or(low_y);
    let extent = (i64::from(high_x) - i64::from(low_x))
        .max(i64::from(high_y) - i64::from(low_y))
        .max(1);
    let cell =
        |value: i32, low: i32| ((i64::from(value) - i64::from(low)) * 0xffff / extent) as u32;
    spots.par_sort_by_cached_key(|spot| {
        (
            hilbert_index(cell(spot.x, low_x), cell(spot.y, low_y)),
            *spot,
        )
    });
}

/// The place of a cell of a 65,536 × 65,536 grid along its Hilbert curve.
fn hilbert_index(mut x: u32, mut y: u32) -> u64 {
    let mut index = 0;
    let mut half: u32 = 1 << 15;
    while half > 0 {
        let (right, upper) = (u32::from(x & half > 0), u32::from(y & half > 0));
        index += u64::from(half) * u64::from(half) * u64::from((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                x = 0xffff - x;
                y = 0xffff - y;
            }
            std::mem::swap(&mut x, &mut y);
        }
        half >>= 1;
    }
    index
}
