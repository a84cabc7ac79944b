//! Shore lines: edges between land and water, strung together.

use rustc_hash::FxHashMap;

use crate::ground::cover::Cover;
use crate::ground::inside::Outlines;
use crate::ground::mesh::Mesh;
use crate::ground::mesh::NONE;
use crate::ground::outline::Mark;

/// A run of edges between land, on the left, and one water body, on the right.
#[derive(Clone, Debug, PartialEq)]
pub struct Shore {
    /// Index of the water body.
    pub water_body: usize,
    /// Spots of the mesh, in order; of a ring, the last is the first again.
    pub spots: Vec<u32>,
}

impl Shore {
    /// Whether it closes on itself.
    pub fn is_ring(&self) -> bool {
        self.spots.first() == self.spots.last()
    }
}

/// An edge of a triangle: from corner `side` to the next.
type Edge = (u32, usize);

/// All shores, where `within` the planning area (everywhere, if it is empty).
///
/// Edges that the extract cut are no shores, nor are seams between two waters, nor house walls in the water.
pub fn shores(
    mesh: &Mesh,
    covers: &[Cover],
    body_of: &[Option<usize>],
    within: &Outlines,
) -> Vec<Shore> {
    let body_at = |edge: Edge| body_at(mesh, covers, body_of, edge);
    let mut edges = Vec::new();
    for triangle in 0..mesh.n_triangles() as u32 {
        for side in 0..3 {
            if let Some(body) = body_at((triangle, side)) {
                let [a, b] = ends(mesh, (triangle, side)).map(|spot| mesh.spots[spot as usize]);
                if within.is_empty() || within.hold(a.toward(b, 0.5).coord()) {
                    edges.push(((triangle, side), body));
                }
            }
        }
    }
    let number: FxHashMap<Edge, usize> = edges
        .iter()
        .enumerate()
        .map(|(i, &(edge, _))| (edge, i))
        .collect();
    let follower: Vec<Option<usize>> = edges
        .iter()
        .map(|&(edge, body)| {
            let next = next_along(mesh, covers, body_of, edge)?;
            let index = *number.get(&next)?;
            (edges[index].1 == body).then_some(index)
        })
        .collect();
    let mut has_leader = vec![false; edges.len()];
    for &next in follower.iter().flatten() {
        has_leader[next] = true;
    }
    let mut is_used = vec![false; edges.len()];
    let mut found = Vec::new();
    // Open runs first, from their starts; what is left are rings.
    let starts = (0..edges.len())
        .filter(|&i| !has_leader[i])
        .chain(0..edges.len());
    for start in starts.collect::<Vec<_>>() {
        if is_used[start] {
            continue;
        }
        let mut spots = vec![ends(mesh, edges[start].0)[0]];
        let mut at = Some(start);
        while let Some(edge) = at {
            if std::mem::replace(&mut is_used[edge], true) {
                break;
            }
            spots.push(ends(mesh, edges[edge].0)[1]);
            at = follower[edge];
        }
        found.push(Shore {
            water_body: edges[start].1,
            spots,
        });
    }
    found
}

fn ends(mesh: &Mesh, (triangle, side): Edge) -> [u32; 2] {
    let corners = mesh.corners[triangle as usize];
    [corners[side], corners[(side + 1) % 3]]
}

/// The water body on the far side of an edge, if the near side is land and the edge is a shore.
fn body_at(
    mesh: &Mesh,
    covers: &[Cover],
    body_of: &[Option<usize>],
    (triangle, side): Edge,
) -> Option<usize> {
    let across = mesh.across[triangle as usize][side];
    if across == NONE || covers[triangle as usize] != Cover::Land {
        return None;
    }
    let mark = mesh.marks[triangle as usize][side];
    if mark.is(Mark::CUT) || mark.is(Mark::EDGE) {
        return None;
    }
    match covers[across as usize] {
        Cover::Water(part) => body_of[part as usize],
        Cover::Land | Cover::Building | Cover::Outside => None,
    }
}

/// The next edge of the shore, found by turning over the land around the edge's end.
fn next_along(
    mesh: &Mesh,
    covers: &[Cover],
    body_of: &[Option<usize>],
    (triangle, side): Edge,
) -> Option<Edge> {
    let (mut triangle, mut side) = (triangle, (side + 1) % 3);
    let first = triangle;
    loop {
        if body_at(mesh, covers, body_of, (triangle, side)).is_some() {
            return Some((triangle, side));
        }
        let across = mesh.across[triangle as usize][side];
        // A wall down to the water ends the bank: nobody walks on along it.
        let is_walled = mesh.marks[triangle as usize][side].is(Mark::WALL);
        if across == NONE || across == first || is_walled || covers[across as usize] != Cover::Land
        {
            return None;
        }
        side = (mesh.side_toward(across, triangle)? + 1) % 3;
        triangle = across;
    }
}
