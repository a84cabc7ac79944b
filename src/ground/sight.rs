//! What can be seen from where over free land: the triangles are walked outward through ever narrower windows.
//!
//! Seeing every spot of a town from every other would be far too many lines. So lines are *thinned*: a spot is left out
//! when the way to it by way of a nearer visible spot is at most [`THINNING`] longer. What is left is a graph
//! whose shortest walks are that little longer than the true ones, and never shorter.

use crate::ground::mesh::Mesh;
use crate::ground::mesh::NONE;
use crate::ground::spot::Spot;
use crate::ground::spot::turn;

/// A line of sight is left out when a way by a nearer spot is longer by at most this share.
pub const THINNING: f64 = 0.001;

/// The free land: which triangle follows across each edge, if one may walk there.
#[derive(Clone, Debug, Default)]
pub struct FreeLand {
    /// The triangle across the edge from corner `i` to corner `i + 1`, or [`NONE`] where water, a house, a wall or the end of the map bars the way.
    pub next: Vec<[u32; 3]>,
    /// Whether a triangle is land.
    pub is_land: Vec<bool>,
    /// Of each spot: how a walk may use it.
    pub posts: Vec<Post>,
}

/// How a shortest walk may use a spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// No land touches it.
    Off,
    /// On a bank, a path, or where outlines touch: a walk may start, end or turn here.
    Free,
    /// The corner of a house or wall that no walk turns around: from the land it is hollow.
    Hollow,
    /// The corner of a house or wall, with its neighbors along the outline on the right and on the left of the land: a walk only turns around it.
    Corner(Spot, Spot),
}

impl Post {
    /// Whether a walk that arrives from `eye` at this spot, which stands at `at`, can turn around it.
    fn is_taut(self, at: Spot, eye: Spot) -> bool {
        match self {
            Self::Off | Self::Hollow => false,
            Self::Free => true,
            Self::Corner(right, left) => {
                let (r, l) = (turn(eye, at, right), turn(eye, at, left));
                (r >= 0 && l >= 0) || (r <= 0 && l <= 0)
            }
        }
    }
}

/// A spot that can be seen, and how far away it is in millimeters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// The spot's number in the mesh.
    pub spot: u32,
    /// Straight distance, millimeters.
    pub distance: f64,
}

/// Looks around; keeps its working memory from look to look.
pub struct Looker<'a> {
    mesh: &'a Mesh,
    land: &'a FreeLand,
    windows: Vec<Window>,
    seen: Vec<Seen>,
}

/// An edge to look through, from inside triangle `triangle`, between the rays to two spots.
#[derive(Clone, Copy)]
struct Window {
    triangle: u32,
    side: u8,
    right: u32,
    left: u32,
}

impl<'a> Looker<'a> {
    /// A looker over one ground.
    pub fn new(mesh: &'a Mesh, land: &'a FreeLand) -> Self {
        Self { mesh, land, windows: Vec::new(), seen: Vec::new() }
    }

    /// The spots that can be seen from a spot of the mesh and are of use to a walk, thinned.
    pub fn from_spot(&mut self, spot: u32, farthest: f64) -> &[Seen] {
        self.start();
        let eye = self.mesh.spots[spot as usize];
        for (triangle, at) in self.mesh.around(spot) {
            if !self.land.is_land[triangle as usize] {
                continue;
            }
            let corners = self.mesh.corners[triangle as usize];
            self.see(eye, corners[(at + 1) % 3]);
            self.see(eye, corners[(at + 2) % 3]);
            self.open(triangle, (at + 1) % 3);
        }
        self.look(eye, farthest);
        let post = self.land.posts[spot as usize];
        let mesh = self.mesh;
        self.seen.retain(|seen| post.is_taut(eye, mesh.spots[seen.spot as usize]));
        &self.seen
    }

    /// The spots that can be seen from anywhere inside a land triangle, or on its border, thinned.
    pub fn from_point(&mut self, eye: Spot, triangle: u32, farthest: f64) -> &[Seen] {
        self.start();
        for corner in self.mesh.corners[triangle as usize] {
            self.see(eye, corner);
        }
        for side in 0..3 {
            let [a, b] = self.ends(triangle, side);
            if turn(a, b, eye) != 0 {
                self.open(triangle, side);
                continue;
            }
            // The eye stands on this edge: it looks along it, and past it from inside the next triangle.
            let next = self.land.next[triangle as usize][side];
            if next != NONE {
                let back = self.mesh.side_toward(next, triangle).unwrap_or(0);
                self.see(eye, self.mesh.corners[next as usize][(back + 2) % 3]);
                self.open(next, (back + 1) % 3);
                self.open(next, (back + 2) % 3);
            }
        }
        self.look(eye, farthest);
        &self.seen
    }

    fn start(&mut self) {
        self.windows.clear();
        self.seen.clear();
    }

    fn ends(&self, triangle: u32, side: usize) -> [Spot; 2] {
        let corners = self.mesh.corners[triangle as usize];
        [corners[side], corners[(side + 1) % 3]].map(|corner| self.mesh.spots[corner as usize])
    }

    fn open(&mut self, triangle: u32, side: usize) {
        let corners = self.mesh.corners[triangle as usize];
        self.windows.push(Window {
            triangle,
            side: side as u8,
            right: corners[side],
            left: corners[(side + 1) % 3],
        });
    }

    fn see(&mut self, eye: Spot, spot: u32) {
        let at = self.mesh.spots[spot as usize];
        if self.land.posts[spot as usize].is_taut(at, eye) {
            self.seen.push(Seen { spot, distance: eye.millimeters_to(at) });
        }
    }

    /// Looks through all open windows; afterwards every spot stands once in `seen`.
    fn look(&mut self, eye: Spot, farthest: f64) {
        while let Some(window) = self.windows.pop() {
            let next = self.land.next[window.triangle as usize][window.side as usize];
            if next == NONE || self.is_shadowed(eye, window, farthest) {
                continue;
            }
            let Some(back) = self.mesh.side_toward(next, window.triangle) else {
                continue;
            };
            let apex = self.mesh.corners[next as usize][(back + 2) % 3];
            let at = self.mesh.spots[apex as usize];
            let is_left_of_right = turn(eye, self.mesh.spots[window.right as usize], at) > 0;
            let is_right_of_left = turn(eye, self.mesh.spots[window.left as usize], at) < 0;
            if is_left_of_right && is_right_of_left && !self.is_behind(eye, at, window) {
                self.see(eye, apex);
            }
            // The far triangle's edges: right end to apex, apex to left end.
            if is_left_of_right {
                let left = if is_right_of_left { apex } else { window.left };
                let side = ((back + 1) % 3) as u8;
                self.windows.push(Window { triangle: next, side, left, ..window });
            }
            if is_right_of_left {
                let right = if is_left_of_right { apex } else { window.right };
                let side = ((back + 2) % 3) as u8;
                self.windows.push(Window { triangle: next, side, right, ..window });
            }
        }
        self.seen.sort_unstable_by_key(|seen| seen.spot);
        self.seen.dedup_by_key(|seen| seen.spot);
    }

    /// Whether a visible spot is reached almost as well by way of one of the window's own spots.
    fn is_behind(&self, eye: Spot, at: Spot, window: Window) -> bool {
        let at = eye.to(at);
        [window.right, window.left].into_iter().any(|post| {
            self.casts_shadow(post) && is_in_shadow(eye.to(self.mesh.spots[post as usize]), at)
        })
    }

    /// Whether everything beyond a window is too far, or reached almost as well by way of its own spots.
    fn is_shadowed(&self, eye: Spot, window: Window, farthest: f64) -> bool {
        let [a, b] = self.ends(window.triangle, window.side as usize).map(|end| eye.to(end));
        let right = eye.to(self.mesh.spots[window.right as usize]);
        let left = eye.to(self.mesh.spots[window.left as usize]);
        let (Some(on_right), Some(on_left)) = (on_ray(right, a, b), on_ray(left, a, b)) else {
            return false;
        };
        let middle = [(on_right[0] + on_left[0]) / 2.0, (on_right[1] + on_left[1]) / 2.0];
        if length(on_right).min(length(on_left)).min(length(middle)) > farthest {
            return true;
        }
        let by_right = self.casts_shadow(window.right);
        let by_left = self.casts_shadow(window.left);
        (by_right && is_in_shadow(right, on_left) && is_in_shadow(right, middle))
            || (by_left && is_in_shadow(left, on_right) && is_in_shadow(left, middle))
            || (by_right && by_left && is_in_shadow(right, middle) && is_in_shadow(left, middle))
    }

    /// A walk can turn either way only at free posts, so only those may stand for what lies behind them.
    fn casts_shadow(&self, post: u32) -> bool {
        self.land.posts[post as usize] == Post::Free
    }
}

/// Whether the way by `post` to `at`, both seen from the eye, is at most the thinning longer than the straight one.
fn is_in_shadow(post: [f64; 2], at: [f64; 2]) -> bool {
    let onward = length([at[0] - post[0], at[1] - post[1]]);
    length(post) + onward <= (1.0 + THINNING) * length(at)
}

/// Where the ray toward `ray` meets the line through `a` and `b`.
fn on_ray(ray: [f64; 2], a: [f64; 2], b: [f64; 2]) -> Option<[f64; 2]> {
    let along = [b[0] - a[0], b[1] - a[1]];
    let across = ray[0] * along[1] - ray[1] * along[0];
    if across == 0.0 {
        return None;
    }
    let share = (a[0] * along[1] - a[1] * along[0]) / across;
    Some([ray[0] * share, ray[1] * share])
}

fn length(v: [f64; 2]) -> f64 {
    v[0].mul_add(v[0], v[1] * v[1]).sqrt()
}

/// One step of a straight line over the mesh: into which triangle, at which share of the way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The triangle.
    pub triangle: u32,
    /// Where the line enters it, from 0 to 1.
    pub share: f64,
}

/// The triangles that a straight line passes, from the one it starts in, whatever they are; ends early where the mesh ends.
pub fn passed(mesh: &Mesh, from: Spot, start: u32, to: Spot) -> Vec<Step> {
    let mut steps = vec![Step { triangle: start, share: 0.0 }];
    let mut triangle = start;
    let mut came_from = NONE;
    for _ in 0..mesh.n_triangles() {
        let corners = mesh.spots_of(triangle);
        let exit = (0..3).find(|&i| {
            let (a, b) = (corners[i], corners[(i + 1) % 3]);
            let next = mesh.across[triangle as usize][i];
            (next == NONE || next != came_from)
                && turn(a, b, to) < 0
                && turn(from, to, a) <= 0
                && turn(from, to, b) >= 0
        });
        let Some(side) = exit else {
            return steps;
        };
        let next = mesh.across[triangle as usize][side];
        if next == NONE {
            return steps;
        }
        let (a, b) = (corners[side], corners[(side + 1) % 3]);
        let share = crate::ground::spot::crossing_share(from, to, a, b).clamp(0.0, 1.0);
        steps.push(Step { triangle: next, share });
        came_from = triangle;
        triangle = next;
    }
    steps
}

/// The triangle around a spot of the mesh into which the way toward another spot leads.
pub fn first_toward(mesh: &Mesh, spot: u32, to: Spot) -> Option<u32> {
    let from = mesh.spots[spot as usize];
    let fan = mesh.around(spot);
    let found = fan.iter().find(|&&(triangle, at)| {
        let corners = mesh.spots_of(triangle);
        turn(from, corners[(at + 1) % 3], to) >= 0 && turn(from, corners[(at + 2) % 3], to) <= 0
    });
    found.map(|&(triangle, _)| triangle)
}
