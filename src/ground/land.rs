//! The free land: where one may step from triangle to triangle, and how a walk may use each spot.

use rayon::prelude::*;

use crate::ground::cover::Cover;
use crate::ground::mesh::Mesh;
use crate::ground::mesh::NONE;
use crate::ground::outline::Mark;
use crate::ground::sight::FreeLand;
use crate::ground::sight::Post;
use crate::ground::spot::turn;
use crate::ground::waters::Part;

/// The free land of a mesh; the spots in `is_turning` are banks and paths, where a walk may turn anywhere.
pub fn free_land(mesh: &Mesh, covers: &[Cover], parts: &[Part], is_turning: &[bool]) -> FreeLand {
    let is_land: Vec<bool> = covers.iter().map(|&cover| is_walkable(cover, parts)).collect();
    let next = (0..mesh.n_triangles())
        .map(|triangle| {
            let mut sides = [NONE; 3];
            if is_land[triangle] {
                for (side, into) in sides.iter_mut().enumerate() {
                    let across = mesh.across[triangle][side];
                    let mark = mesh.marks[triangle][side];
                    let is_barred = mark.is(Mark::WALL) || mark.is(Mark::EDGE);
                    if across != NONE && is_land[across as usize] && !is_barred {
                        *into = across;
                    }
                }
            }
            sides
        })
        .collect();
    let mut land = FreeLand { next, is_land, posts: Vec::new() };
    land.posts = (0..mesh.spots.len() as u32)
        .into_par_iter()
        .map(|spot| post(mesh, &land, spot, is_turning[spot as usize]))
        .collect();
    land
}

/// Whether people walk there.
pub fn is_walkable(cover: Cover, parts: &[Part]) -> bool {
    match cover {
        Cover::Land => true,
        Cover::Water(part) => !parts[part as usize].is_barrier,
        Cover::Building | Cover::Outside => false,
    }
}

fn post(mesh: &Mesh, land: &FreeLand, spot: u32, is_turning: bool) -> Post {
    let fan = mesh.around(spot);
    let mut n_land = 0;
    let mut sectors = Vec::new();
    for &(triangle, at) in &fan {
        if !land.is_land[triangle as usize] {
            continue;
        }
        n_land += 1;
        if land.next[triangle as usize][at] == NONE {
            sectors.push(sector(mesh, land, triangle, at));
        }
    }
    if n_land == 0 {
        return Post::Off;
    }
    if is_turning {
        return Post::Free;
    }
    match sectors[..] {
        [] => Post::Hollow,
        [(right, left)] => {
            let [right, left] = [right, left].map(|corner| mesh.spots[corner as usize]);
            let bend = turn(mesh.spots[spot as usize], right, left);
            if bend < 0 || right == left {
                Post::Corner(right, left)
            } else {
                Post::Hollow
            }
        }
        _ => Post::Free,
    }
}

/// The first corner on the right and the last on the left of the land that begins at a barred edge.
fn sector(mesh: &Mesh, land: &FreeLand, first: u32, at: usize) -> (u32, u32) {
    let right = mesh.corners[first as usize][(at + 1) % 3];
    let (mut triangle, mut at) = (first, at);
    loop {
        let side = (at + 2) % 3;
        let next = land.next[triangle as usize][side];
        if next == NONE || next == first {
            return (right, mesh.corners[triangle as usize][side]);
        }
        // The edge is shared: the spot is the end of it that comes first in the next triangle.
        at = mesh.side_toward(next, triangle).unwrap_or(0);
        triangle = next;
    }
}
