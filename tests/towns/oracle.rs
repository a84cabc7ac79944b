//! The slow exact judge: the complete visibility graph over the same spots, and all pairs of shortest walks in it.

use geo::Coord;
use zhugan::ground::Ground;
use zhugan::ground::graph::Footing;
use zhugan::ground::land::Post;
use zhugan::ground::mesh::NONE;
use zhugan::ground::place::Place;
use zhugan::ground::spot::Spot;
use zhugan::ground::spot::crosses;
use zhugan::ground::spot::is_between;
use zhugan::ground::spot::turn;

use super::drawn::BuiltTown;

/// All pairs of shortest walks of one ground, by plain Floyd and Warshall.
pub struct Oracle<'a> {
    town: &'a BuiltTown,
    barriers: Vec<[Spot; 2]>,
    /// Effective meters from node to node; infinite where nobody walks.
    pub walks: Vec<Vec<f64>>,
}

impl<'a> Oracle<'a> {
    pub fn new(town: &'a BuiltTown) -> Self {
        let ground = &town.ground;
        let n = ground.nodes.len();
        let barriers = barriers(ground);
        let mut oracle = Self {
            town,
            barriers,
            walks: vec![vec![f64::INFINITY; n]; n],
        };
        for a in 0..n {
            oracle.walks[a][a] = 0.0;
            for b in a + 1..n {
                if oracle.sees_node(a as u32, b as u32) {
                    let length = ground.nodes[a].distance(ground.nodes[b]).0;
                    oracle.offer(a, b, length * ground.settings.open_factor);
                }
            }
        }
        for a in 0..n {
            for (b, arc) in ground.graph.neighbors(a as u32) {
                let is_closed = arc.footing() == Footing::Crossing
                    && town
                        .closures
                        .is_closed(ground.graph.over[arc.to() as usize].crossing);
                if arc.footing() != Footing::Open && !is_closed {
                    // Rounding up cost at most a millimeter.
                    oracle.offer(a, b as usize, (f64::from(arc.cost) - 1.0) / 1000.0);
                }
            }
        }
        for by in 0..n {
            for a in 0..n {
                for b in 0..n {
                    let way = oracle.walks[a][by] + oracle.walks[by][b];
                    if way < oracle.walks[a][b] {
                        oracle.walks[a][b] = way;
                    }
                }
            }
        }
        oracle
    }

    fn offer(&mut self, a: usize, b: usize, walk: f64) {
        for (a, b) in [(a, b), (b, a)] {
            self.walks[a][b] = self.walks[a][b].min(walk);
        }
    }

    /// Whether the straight way between two spots stays on free land.
    pub fn is_free(&self, a: Spot, b: Spot) -> bool {
        let is_barred = self.barriers.iter().any(|&[c, d]| {
            crosses(a, b, c, d)
                || (turn(a, b, c) == 0 && is_between(a, b, c))
                || (turn(a, b, d) == 0 && is_between(a, b, d))
        });
        let looks = 1..10;
        !is_barred
            && looks
                .into_iter()
                .all(|look| self.is_land(a.toward(b, f64::from(look) / 10.0)))
    }

    fn is_land(&self, spot: Spot) -> bool {
        let ground = &self.town.ground;
        ground.mesh.locate(spot, 0).is_some_and(|triangle| {
            // On an edge, either side may be found: land on any side is land.
            let beside = ground.mesh.across[triangle as usize];
            let is_land = |t: u32| t != NONE && ground.land.is_land[t as usize];
            let corners = ground.mesh.spots_of(triangle);
            is_land(triangle)
                || (0..3).any(|i| {
                    turn(corners[i], corners[(i + 1) % 3], spot) == 0 && is_land(beside[i])
                })
        })
    }

    /// Whether a node lies on that side of its spot which faces an eye.
    fn faces(&self, node: u32, eye: Spot) -> bool {
        let ground = &self.town.ground;
        let Some(spot) = ground.land.spot_of(node) else {
            return false;
        };
        match ground.land.posts[spot as usize] {
            Post::Off => false,
            Post::Split => ground
                .land
                .facing(&ground.mesh, spot, eye)
                .any(|side| side.node == node),
            Post::Free | Post::Hollow | Post::Corner(..) => true,
        }
    }

    fn sees_node(&self, a: u32, b: u32) -> bool {
        let ground = &self.town.ground;
        let (Some(spot_a), Some(spot_b)) = (ground.land.spot_of(a), ground.land.spot_of(b)) else {
            return false;
        };
        let (at_a, at_b) = (ground.nodes[a as usize], ground.nodes[b as usize]);
        if at_a == at_b {
            return false;
        }
        let sides = [
            ground.mesh.left_of(spot_a, spot_b),
            ground.mesh.left_of(spot_b, spot_a),
        ];
        if sides.iter().any(Option::is_some) {
            // Along an outline one may walk too, but not from one of its sides to the other.
            return sides.into_iter().flatten().any(|side| {
                ground.land.is_land[side as usize]
                    && ground.land.node_in(spot_a, side) == a
                    && ground.land.node_in(spot_b, side) == b
            });
        }
        self.faces(a, at_b) && self.faces(b, at_a) && self.is_free(at_a, at_b)
    }

    /// How far a point (a hair off the bank, on land) is from a place: by any node that it sees, or straight.
    pub fn reach_from(&self, from: &[f64], place: &Place, point: Coord) -> f64 {
        let ground = &self.town.ground;
        let factor = ground.settings.open_factor;
        let here = Spot::at(point).unwrap();
        let mut least = f64::INFINITY;
        if self.is_free(here, place.at) || here == place.at {
            least = here.distance(place.at).0 * factor;
        }
        for (node, &walk) in from.iter().enumerate() {
            let at = ground.nodes[node];
            let straight = walk + here.distance(at).0 * factor;
            if straight < least && self.faces(node as u32, here) && self.is_free(here, at) {
                least = straight;
            }
        }
        least
    }

    /// Walks from a place to all nodes, by every leg that it may take.
    pub fn walks_from(&self, place: &Place) -> Vec<f64> {
        let ground = &self.town.ground;
        let n = ground.nodes.len();
        let mut legs = vec![f64::INFINITY; n];
        for leg in &place.legs {
            legs[leg.node as usize] = f64::from(leg.cost) / 1000.0;
        }
        for (node, leg) in legs.iter_mut().enumerate() {
            let at = ground.nodes[node];
            if self.faces(node as u32, place.at) && self.is_free(place.at, at) {
                *leg = leg.min(place.at.distance(at).0 * ground.settings.open_factor);
            }
        }
        let by = |to: usize, via: usize| legs[via] + self.walks[via][to];
        (0..n)
            .map(|to| (0..n).map(|via| by(to, via)).fold(f64::INFINITY, f64::min))
            .collect()
    }
}

/// Every edge of the mesh that bars the way from land.
fn barriers(ground: &Ground) -> Vec<[Spot; 2]> {
    let mut barriers = Vec::new();
    for triangle in 0..ground.mesh.n_triangles() as u32 {
        let spots = ground.mesh.spots_of(triangle);
        for side in 0..3 {
            let is_land = ground.land.is_land[triangle as usize];
            if is_land && ground.land.next[triangle as usize][side] == NONE {
                barriers.push([spots[side], spots[(side + 1) % 3]]);
            }
        }
    }
    barriers
}
