//! What covers each triangle: land, water, a building, or nothing that the map knows.

use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::ground::domain::Domain;
use crate::ground::inside::Outlines;
use crate::ground::mesh::Mesh;
use crate::ground::mesh::NONE;
use crate::ground::noding::ordered;
use crate::ground::outline::Mark;
use crate::ground::spot::Spot;
use crate::ground::waters::Waters;

/// What covers a triangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// Free land.
    Land,
    /// Water: a part of the mapped water, by its index.
    Water(u32),
    /// A building.
    Building,
    /// Beyond the edge of the map.
    Outside,
}

/// The cover of every triangle.
///
/// One look per patch that the marked lines enclose: `O(n)` for the patches, one search of the layers for each.
pub fn covers(mesh: &Mesh, waters: &Waters, buildings: &Outlines, domain: &Domain) -> Vec<Cover> {
    let sea = sea(mesh, waters);
    let mut covers = vec![None; mesh.n_triangles()];
    let mut is_taken = vec![false; mesh.n_triangles()];
    for first in 0..mesh.n_triangles() as u32 {
        if covers[first as usize].is_some() {
            continue;
        }
        let patch = patch(mesh, first, &mut is_taken);
        let spot = middle_of_largest(mesh, &patch);
        let cover = if !domain.holds(spot) {
            Cover::Outside
        } else if buildings.hold(spot.coord()) {
            Cover::Building
        } else if let Some(part) = waters.part_at(spot) {
            Cover::Water(part as u32)
        } else if sea[first as usize] {
            Cover::Water(waters.parts.len() as u32 - 1)
        } else {
            Cover::Land
        };
        for triangle in patch {
            covers[triangle as usize] = Some(cover);
        }
    }
    covers
        .into_iter()
        .map(|cover| cover.unwrap_or(Cover::Outside))
        .collect()
}

/// The triangles that can be reached from one without crossing a marked line.
fn patch(mesh: &Mesh, first: u32, is_taken: &mut [bool]) -> Vec<u32> {
    let mut patch = vec![first];
    is_taken[first as usize] = true;
    let mut at = 0;
    while at < patch.len() {
        let triangle = patch[at] as usize;
        at += 1;
        for side in 0..3 {
            let next = mesh.across[triangle][side];
            let is_open = next != NONE && mesh.marks[triangle][side] == Mark::default();
            if is_open && !std::mem::replace(&mut is_taken[next as usize], true) {
                patch.push(next);
            }
        }
    }
    patch
}

fn middle_of_largest(mesh: &Mesh, patch: &[u32]) -> Spot {
    let size = |&triangle: &u32| {
        let [a, b, c] = mesh.spots_of(triangle);
        crate::ground::spot::turn(a, b, c)
    };
    let largest = patch.iter().copied().max_by_key(size).unwrap_or(0);
    let [a, b, c] = mesh.spots_of(largest);
    let middle = |p: i32, q: i32, r: i32| ((i64::from(p) + i64::from(q) + i64::from(r)) / 3) as i32;
    Spot {
        x: middle(a.x, b.x, c.x),
        y: middle(a.y, b.y, c.y),
    }
}

/// Which triangles the sea covers: all that can be reached from the right of a coast without crossing one.
///
/// A coast with a hole in it would let the sea flood the land; so where it comes out on the left of more coast
/// than it started from on the right, there is no sea.
fn sea(mesh: &Mesh, waters: &Waters) -> Vec<bool> {
    let mut is_sea = vec![false; mesh.n_triangles()];
    let (right, left) = beside_coasts(mesh, waters);
    for &start in &right {
        if is_sea[start as usize] {
            continue;
        }
        let mut flood = vec![start];
        is_sea[start as usize] = true;
        let mut at = 0;
        while at < flood.len() {
            let triangle = flood[at] as usize;
            at += 1;
            for side in 0..3 {
                let next = mesh.across[triangle][side];
                let bars = mesh.marks[triangle][side];
                if next == NONE || bars.is(Mark::COAST) || bars.is(Mark::EDGE) {
                    continue;
                }
                if !std::mem::replace(&mut is_sea[next as usize], true) {
                    flood.push(next);
                }
            }
        }
        let flooded: FxHashSet<u32> = flood.iter().copied().collect();
        let n_right = right
            .iter()
            .filter(|&triangle| flooded.contains(triangle))
            .count();
        let n_left = left
            .iter()
            .filter(|&triangle| flooded.contains(triangle))
            .count();
        if n_left > n_right / 2 {
            for triangle in flood {
                is_sea[triangle as usize] = false;
            }
        }
    }
    is_sea
}

/// The triangles on the right and on the left of all coasts.
fn beside_coasts(mesh: &Mesh, waters: &Waters) -> (Vec<u32>, Vec<u32>) {
    let mut direction: FxHashMap<(Spot, Spot), bool> = FxHashMap::default();
    for coast in &waters.coasts {
        for pair in coast.windows(2) {
            direction.insert(ordered(pair[0], pair[1]), pair[0] <= pair[1]);
        }
    }
    let (mut right, mut left) = (Vec::new(), Vec::new());
    if direction.is_empty() {
        return (right, left);
    }
    for triangle in 0..mesh.n_triangles() as u32 {
        let spots = mesh.spots_of(triangle);
        for side in 0..3 {
            let (a, b) = (spots[side], spots[(side + 1) % 3]);
            // A triangle lies to the left of its own edges.
            match direction.get(&ordered(a, b)) {
                Some(&runs_up) if runs_up == (a <= b) => left.push(triangle),
                Some(_) => right.push(triangle),
                None => {}
            }
        }
    }
    (right, left)
}
