//! The free land: where one may step from triangle to triangle, and how a walk may use each spot.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::ground::cover::Cover;
use crate::ground::mesh::Mesh;
use crate::ground::mesh::NONE;
use crate::ground::outline::Mark;
use crate::ground::spot::Spot;
use crate::ground::spot::turn;
use crate::ground::waters::Part;

/// How a shortest walk may use a spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// No land touches it.
    Off,
    /// On a bank or a path: a walk may start, end or turn here.
    Free,
    /// The corner of a house or wall that no walk turns around: from the land it is hollow.
    Hollow,
    /// The corner of a house or wall, with its neighbors along the outline on the right and on the left of the land: a walk only turns around it.
    Corner(Spot, Spot),
    /// Land touches it from several sides, and nobody gets from one to the other here: each side is a node of its own.
    Split,
}

/// One of several sides from which land touches a spot.
#[derive(Clone, Debug)]
pub struct Sector {
    /// Its node.
    pub node: u32,
    /// How a walk may use it.
    pub post: Post,
    /// Its triangles, each with the position of the spot among the corners.
    pub triangles: Vec<(u32, usize)>,
}

/// The free land: which triangle follows across each edge, if one may walk there, and how a walk may use each spot.
#[derive(Clone, Debug, Default)]
pub struct FreeLand {
    /// The triangle across the edge from corner `i` to corner `i + 1`, or [`NONE`] where water, a house, a wall or the end of the map bars the way.
    pub next: Vec<[u32; 3]>,
    /// Whether a triangle is land.
    pub is_land: Vec<bool>,
    /// Of each spot: how a walk may use it.
    pub posts: Vec<Post>,
    /// The sides of each spot that is split.
    pub split: FxHashMap<u32, Vec<Sector>>,
    /// The spot of every node beyond the spots themselves.
    twins: Vec<u32>,
}

/// Which spots lie where a walk may turn anywhere.
#[derive(Debug)]
pub struct Turning {
    /// On a bank.
    pub is_bank: Vec<bool>,
    /// On a path; a path leads through a wall, so its spots are never split.
    pub is_path: Vec<bool>,
}

impl FreeLand {
    /// The free land of a mesh.
    pub fn new(mesh: &Mesh, covers: &[Cover], parts: &[Part], turning: &Turning) -> Self {
        let is_land: Vec<bool> = covers
            .iter()
            .map(|&cover| is_walkable(cover, parts))
            .collect();
        let next = next_triangles(mesh, &is_land);
        let mut land = Self {
            next,
            is_land,
            ..Self::default()
        };
        let found: Vec<(Post, Vec<Sector>)> = (0..mesh.spots.len() as u32)
            .into_par_iter()
            .map(|spot| land.post(mesh, spot, turning))
            .collect();
        for (spot, (post, mut sectors)) in found.into_iter().enumerate() {
            land.posts.push(post);
            if post == Post::Split {
                for sector in &mut sectors[1..] {
                    sector.node = (mesh.spots.len() + land.twins.len()) as u32;
                    land.twins.push(spot as u32);
                }
                land.split.insert(spot as u32, sectors);
            }
        }
        land
    }

    /// The spot of a node; none for nodes on bridges and in tunnels.
    pub fn spot_of(&self, node: u32) -> Option<u32> {
        let n_spots = self.posts.len();
        if (node as usize) < n_spots {
            return Some(node);
        }
        self.twins.get(node as usize - n_spots).copied()
    }

    /// The spots of the nodes beyond the spots themselves, in order.
    pub fn twins(&self) -> &[u32] {
        &self.twins
    }

    /// The node of a spot for somebody who stands in a triangle around it.
    pub fn node_in(&self, spot: u32, triangle: u32) -> u32 {
        self.sector_in(spot, triangle)
            .map_or(spot, |sector| sector.node)
    }

    /// The side of a split spot that a triangle around it belongs to.
    pub fn sector_in(&self, spot: u32, triangle: u32) -> Option<&Sector> {
        let holds = |sector: &&Sector| sector.triangles.iter().any(|&(own, _)| own == triangle);
        self.split.get(&spot)?.iter().find(holds)
    }

    /// The sides of a split spot that face a place from which it is seen: two, for a place in line with a wall.
    pub fn facing<'a>(
        &'a self,
        mesh: &'a Mesh,
        spot: u32,
        eye: Spot,
    ) -> impl Iterator<Item = &'a Sector> {
        let at = mesh.spots[spot as usize];
        let faces = move |sector: &&Sector| {
            sector.triangles.iter().any(|&(triangle, position)| {
                let corners = mesh.spots_of(triangle);
                turn(at, corners[(position + 1) % 3], eye) >= 0
                    && turn(at, corners[(position + 2) % 3], eye) <= 0
            })
        };
        self.split.get(&spot).into_iter().flatten().filter(faces)
    }

    fn post(&self, mesh: &Mesh, spot: u32, turning: &Turning) -> (Post, Vec<Sector>) {
        let land = |&(triangle, _): &(u32, usize)| self.is_land[triangle as usize];
        let fan: Vec<(u32, usize)> = mesh.around(spot).into_iter().filter(land).collect();
        if fan.is_empty() {
            return (Post::Off, Vec::new());
        }
        if turning.is_path[spot as usize] {
            return (Post::Free, Vec::new());
        }
        let is_bank = turning.is_bank[spot as usize];
        let starts = fan
            .iter()
            .filter(|&&(triangle, at)| self.next[triangle as usize][at] == NONE);
        let mut sectors: Vec<Sector> = starts
            .map(|&start| self.sector(mesh, spot, start, is_bank))
            .collect();
        match sectors.len() {
            0 => (if is_bank { Post::Free } else { Post::Hollow }, Vec::new()),
            1 => (sectors[0].post, Vec::new()),
            _ => {
                // In an order that does not depend on the triangles' numbers.
                sectors.sort_by_key(|sector| {
                    let (first, at) = sector.triangles[0];
                    mesh.spots_of(first)[(at + 1) % 3]
                });
                (Post::Split, sectors)
            }
        }
    }

    /// The land around a spot from one barred edge, counterclockwise, to the next.
    fn sector(&self, mesh: &Mesh, spot: u32, first: (u32, usize), is_bank: bool) -> Sector {
        let mut triangles = vec![first];
        let (mut triangle, mut at) = first;
        let right = mesh.spots_of(triangle)[(at + 1) % 3];
        let left = loop {
            let side = (at + 2) % 3;
            let next = self.next[triangle as usize][side];
            if next == NONE || next == first.0 {
                break mesh.spots_of(triangle)[side];
            }
            // The edge is shared: the spot is the end of it that comes first in the next triangle.
            at = mesh.side_toward(next, triangle).unwrap_or(0);
            triangle = next;
            triangles.push((triangle, at));
        };
        let bend = turn(mesh.spots[spot as usize], right, left);
        let post = if is_bank {
            Post::Free
        } else if bend <= 0 || right == left {
            Post::Corner(right, left)
        } else {
            Post::Hollow
        };
        Sector {
            node: spot,
            post,
            triangles,
        }
    }
}

fn next_triangles(mesh: &Mesh, is_land: &[bool]) -> Vec<[u32; 3]> {
    let next = |triangle: usize| {
        let mut sides = [NONE; 3];
        if !is_land[triangle] {
            return sides;
        }
        for (side, into) in sides.iter_mut().enumerate() {
            let across = mesh.across[triangle][side];
            let mark = mesh.marks[triangle][side];
            let is_barred = mark.is(Mark::WALL) || mark.is(Mark::EDGE);
            if across != NONE && is_land[across as usize] && !is_barred {
                *into = across;
            }
        }
        sides
    };
    (0..mesh.n_triangles()).into_par_iter().map(next).collect()
}

/// Whether people walk there.
pub fn is_walkable(cover: Cover, parts: &[Part]) -> bool {
    match cover {
        Cover::Land => true,
        Cover::Water(part) => !parts[part as usize].is_barrier,
        Cover::Building | Cover::Outside => false,
    }
}
