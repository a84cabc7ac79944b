//! Which part of one edge of the mesh can be seen from where: rays are pushed from triangle to triangle until they meet it.

use crate::ground::Ground;
use crate::ground::mesh::NONE;
use crate::ground::place::Place;
use crate::ground::sight::cross;
use crate::ground::spot::Spot;

/// From where one looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eye {
    /// A node; from one side of a split spot one sees what lies on that side.
    Node(u32),
    /// Any spot, and the land triangle that it lies in.
    Spot(Spot, u32),
}

/// An edge to look through, between two rays from the eye.
#[derive(Clone, Copy)]
struct Window {
    triangle: u32,
    side: usize,
    right: [f64; 2],
    left: [f64; 2],
}

impl Ground {
    /// The eye of somebody who stands at a place, if that is on free land.
    pub fn eye_at(&self, place: &Place) -> Option<Eye> {
        let near = self.near(place.at);
        // Rounding may put a place on a bank a hair into the water: its land lies to the left.
        let on_bank = place.bank.filter(|bank| bank.at == place.at);
        let beside_bank = on_bank.and_then(|bank| {
            let [from, to] = self.bank_edges[bank.bank as usize][bank.edge as usize];
            let [from, to] = [self.land.spot_of(from)?, self.land.spot_of(to)?];
            self.mesh.left_of(from, to)
        });
        let triangle = beside_bank.or_else(|| self.mesh.locate(place.at, near))?;
        if !self.land.is_land[triangle as usize] {
            return None;
        }
        let corners = self.mesh.spots_of(triangle);
        let corner = corners.iter().position(|&corner| corner == place.at);
        Some(match corner {
            Some(at) => {
                let spot = self.mesh.corners[triangle as usize][at];
                Eye::Node(self.land.node_in(spot, triangle))
            }
            None => Eye::Spot(place.at, triangle),
        })
    }

    /// Where an eye is.
    pub fn spot_of_eye(&self, eye: Eye) -> Spot {
        match eye {
            Eye::Node(node) => self.nodes[node as usize],
            Eye::Spot(spot, _) => spot,
        }
    }

    /// The parts of an edge of the mesh, between two shares of it, that can be seen over free land; in no order.
    ///
    /// `ends` are the spots that the edge joins. An edge that is seen end on is not seen.
    ///
    /// # Units
    ///
    /// Shares of the edge, from 0 at its first end to 1.
    pub fn glimpses(
        &self,
        eye: Eye,
        ends: [u32; 2],
        (low, high): (f64, f64),
        found: &mut Vec<(f64, f64)>,
    ) {
        let at = self.spot_of_eye(eye);
        let [a, b] = ends.map(|end| at.to(self.mesh.spots[end as usize]));
        let ray = |share: f64| [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
        let facing = cross(a, b);
        if facing == 0.0 {
            return;
        }
        let (right, left) = if facing > 0.0 {
            (ray(low), ray(high))
        } else {
            (ray(high), ray(low))
        };
        let mut windows = Vec::with_capacity(16);
        self.open_windows(eye, at, right, left, &mut windows);
        let along = [b[0] - a[0], b[1] - a[1]];
        let share = |ray: [f64; 2]| cross(a, ray) / cross(ray, along);
        while let Some(window) = windows.pop() {
            let corners = self.mesh.corners[window.triangle as usize];
            let side = [corners[window.side], corners[(window.side + 1) % 3]];
            if side == ends || side == [ends[1], ends[0]] {
                let (one, other) = (share(window.right), share(window.left));
                found.push((one.min(other).max(low), one.max(other).min(high)));
                continue;
            }
            self.look_through(at, &window, &mut windows);
        }
    }

    /// The windows around the eye that the rays from `right` to `left` lead through.
    fn open_windows(
        &self,
        eye: Eye,
        at: Spot,
        right: [f64; 2],
        left: [f64; 2],
        windows: &mut Vec<Window>,
    ) {
        let mut open = |triangle: u32, side: usize| {
            let corners = self.mesh.spots_of(triangle);
            let ends = [at.to(corners[side]), at.to(corners[(side + 1) % 3])];
            let window = Window {
                triangle,
                side,
                right: if cross(right, ends[0]) > 0.0 {
                    ends[0]
                } else {
                    right
                },
                left: if cross(left, ends[1]) < 0.0 {
                    ends[1]
                } else {
                    left
                },
            };
            // Nothing is seen through an edge that the eye stands on, nor through one behind it.
            let is_ahead = cross(ends[0], ends[1]) > 0.0 && cross(window.right, window.left) > 0.0;
            let is_between = cross(window.right, left) >= 0.0 && cross(right, window.left) >= 0.0;
            if is_ahead && is_between {
                windows.push(window);
            }
        };
        match eye {
            Eye::Node(node) => {
                let Some(spot) = self.land.spot_of(node) else {
                    return;
                };
                for (triangle, position) in self.mesh.around(spot) {
                    let is_land = self.land.is_land[triangle as usize];
                    if is_land && self.land.node_in(spot, triangle) == node {
                        open(triangle, (position + 1) % 3);
                    }
                }
            }
            Eye::Spot(_, triangle) => {
                for side in 0..3 {
                    open(triangle, side);
                }
                for side in 0..3 {
                    let corners = self.mesh.spots_of(triangle);
                    let next = self.land.next[triangle as usize][side];
                    let ends = [at.to(corners[side]), at.to(corners[(side + 1) % 3])];
                    // Who stands on an edge looks out over the next triangle, too.
                    if next != NONE && cross(ends[0], ends[1]) <= 0.0 {
                        let back = self.mesh.side_toward(next, triangle).unwrap_or(0);
                        open(next, (back + 1) % 3);
                        open(next, (back + 2) % 3);
                    }
                }
            }
        }
    }

    /// Opens the windows on the far side of the triangle behind a window.
    fn look_through(&self, at: Spot, window: &Window, windows: &mut Vec<Window>) {
        let next = self.land.next[window.triangle as usize][window.side];
        if next == NONE {
            return;
        }
        let Some(back) = self.mesh.side_toward(next, window.triangle) else {
            return;
        };
        let apex = self.mesh.corners[next as usize][(back + 2) % 3];
        let apex = at.to(self.mesh.spots[apex as usize]);
        if cross(window.right, apex) > 0.0 {
            let left = if cross(window.left, apex) < 0.0 {
                apex
            } else {
                window.left
            };
            windows.push(Window {
                triangle: next,
                side: (back + 1) % 3,
                left,
                ..*window
            });
        }
        if cross(window.left, apex) < 0.0 {
            let right = if cross(window.right, apex) > 0.0 {
                apex
            } else {
                window.right
            };
            windows.push(Window {
                triangle: next,
                side: (back + 2) % 3,
                right,
                ..*window
            });
        }
    }
}
