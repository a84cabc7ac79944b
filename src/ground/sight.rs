//! What can be seen from where over free land: the triangles are walked outward through ever narrower windows.
//!
//! Seeing every spot of a town from every other would be far too many lines. So lines are *thinned*: a spot is left out
//! when the way to it by way of a nearer visible spot is at most [`THINNING`] longer. What is left is a graph
//! whose shortest walks are that little longer than the true ones, and never shorter.

use std::cell::Cell;

use crate::ground::land::FreeLand;
use crate::ground::land::Post;
use crate::ground::land::Sector;
use crate::ground::mesh::Mesh;
use crate::ground::mesh::NONE;
use crate::ground::spot::Spot;
use crate::ground::spot::turn;

/// A line of sight is left out when a way by a nearer spot is longer by at most this share.
pub const THINNING: f64 = 0.004;

/// Beyond this, what is seen only through a narrow gap is left out.
///
/// # Units
///
/// Millimeters.
const NARROW_FROM_MM: f64 = 150_000.0;

/// A gap narrower than this share of its distance is narrow.
const NARROW: f64 = 0.05;

impl Post {
    /// Whether a walk that arrives from `eye` at this spot, which stands at `at`, can turn around it.
    fn is_taut(self, at: Spot, eye: Spot) -> bool {
        match self {
            Self::Off | Self::Hollow | Self::Split => false,
            Self::Free => true,
            Self::Corner(right, left) => {
                let (r, l) = (turn(eye, at, right), turn(eye, at, left));
                (r >= 0 && l >= 0) || (r <= 0 && l <= 0)
            }
        }
    }
}

impl Post {
    /// Whether no walk around this corner, which stands at `at`, comes from between two directions (millimeters).
    fn is_useless_between(self, at: Spot, right: [f64; 2], left: [f64; 2]) -> bool {
        match self {
            Self::Off | Self::Free | Self::Hollow | Self::Split => false,
            Self::Corner(first, last) => {
                // Straight ahead over the corner lies the house itself: the wedge opposite to it is of no use.
                let (first, last) = (at.to(first), at.to(last));
                cross(first, right) > 0.0
                    && cross(first, left) > 0.0
                    && cross(last, right) < 0.0
                    && cross(last, left) < 0.0
            }
        }
    }
}

/// A spot that can be seen, and how far away it is in millimeters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// The node of the spot that faces the eye.
    pub node: u32,
    /// Straight distance, millimeters.
    pub distance: f64,
}

/// How far, and whereto, somebody looks who only wants to get somewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// No farther than this, millimeters.
    pub farthest: f64,
    /// Where walks may lead to. If there are any, only what lies on the way to one of them is looked at.
    pub goals: Vec<Goal>,
    /// What a step of such a walk costs at least, as a share of what a step of a line of sight does.
    pub share: f64,
}

/// Where a walk may lead to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// The place.
    pub at: Spot,
    /// A walk that costs more than a line of sight of so many millimeters is of no use.
    pub most: f64,
}

/// What a looker works in.
#[derive(Default)]
struct Memory {
    /// From the eye, millimeters, and what a walk there may cost.
    goals: Vec<([f64; 2], f64)>,
    windows: Vec<Window>,
    seen: Vec<Seen>,
}

thread_local! {
    /// The memory of the last looker on this thread: a look takes little longer than getting memory for it.
    static IDLE: Cell<Memory> = Cell::default();
}

/// Looks around; keeps its working memory from look to look, and leaves it to the next looker on the same thread.
pub struct Looker<'a> {
    mesh: &'a Mesh,
    land: &'a FreeLand,
    thinning: f64,
    /// How a walk may use the spot that is looked from.
    own: Post,
    eye: Spot,
    share: f64,
    memory: Memory,
}

/// An edge to look through, between two rays.
///
/// It carries all that the look needs, so that a step fetches no more than the triangle behind the edge.
#[derive(Clone, Copy)]
struct Window {
    /// The triangle on the far side.
    triangle: u32,
    /// The spot at the edge's left end.
    left_spot: u32,
    /// The edge's right end, from the eye, millimeters.
    right_end: [f64; 2],
    /// The edge's left end, from the eye, millimeters.
    left_end: [f64; 2],
    right: Limit,
    left: Limit,
}

/// The ray that ends a window, through a spot that is in sight itself.
#[derive(Clone, Copy)]
struct Limit {
    /// From the eye, millimeters. Cross products of two such are exact up to 67 km.
    at: [f64; 2],
    /// How far that is, if a walk to what lies behind may go by way of the spot; else infinite.
    by_way: f64,
}

impl<'a> Looker<'a> {
    /// A looker over one ground, that leaves out a spot when a way by a nearer one is longer by at most a share
    /// ([`THINNING`], or a negative one to see everything).
    pub fn new(mesh: &'a Mesh, land: &'a FreeLand, thinning: f64) -> Self {
        let eye = Spot { x: 0, y: 0 };
        Self {
            mesh,
            land,
            thinning,
            own: Post::Free,
            eye,
            share: 0.0,
            memory: IDLE.take(),
        }
    }

    /// What can be seen from a spot of the mesh and is of use to a walk.
    pub fn from_spot(&mut self, spot: u32, farthest: f64) -> &[Seen] {
        self.start(
            self.mesh.spots[spot as usize],
            self.land.posts[spot as usize],
        );
        for (triangle, at) in self.mesh.around(spot) {
            if self.land.is_land[triangle as usize] {
                self.open_opposite(triangle, at);
            }
        }
        self.look(farthest);
        &self.memory.seen
    }

    /// What can be seen from one side of a split spot and is of use to a walk.
    pub fn from_sector(&mut self, spot: u32, sector: &Sector, farthest: f64) -> &[Seen] {
        self.start(self.mesh.spots[spot as usize], sector.post);
        for &(triangle, at) in &sector.triangles {
            self.open_opposite(triangle, at);
        }
        self.look(farthest);
        &self.memory.seen
    }

    /// The spots that can be seen from anywhere inside a land triangle, or on its border.
    pub fn from_point(&mut self, eye: Spot, triangle: u32, outlook: &Outlook) -> &[Seen] {
        self.start(eye, Post::Free);
        let goals = outlook.goals.iter();
        let goals = goals.map(|goal| (eye.to(goal.at), goal.most));
        self.memory.goals.extend(goals);
        self.share = outlook.share;
        for corner in self.mesh.corners[triangle as usize] {
            self.see(corner, triangle);
        }
        for side in 0..3 {
            let corners = self.mesh.spots_of(triangle);
            if turn(corners[side], corners[(side + 1) % 3], eye) != 0 {
                self.open(triangle, side);
                continue;
            }
            // The eye stands on this edge: it looks along it, and past it from inside the next triangle.
            let next = self.land.next[triangle as usize][side];
            if next != NONE {
                let back = self.mesh.side_toward(next, triangle).unwrap_or(0);
                self.see(self.mesh.corners[next as usize][(back + 2) % 3], next);
                self.open(next, (back + 1) % 3);
                self.open(next, (back + 2) % 3);
            }
        }
        self.look(outlook.farthest);
        &self.memory.seen
    }

    fn start(&mut self, eye: Spot, own: Post) {
        self.eye = eye;
        self.own = own;
        self.memory.goals.clear();
        self.memory.windows.clear();
        self.memory.seen.clear();
    }

    /// Sees the two far corners of a triangle, one of whose corners is the eye, and looks out between them.
    fn open_opposite(&mut self, triangle: u32, at: usize) {
        let corners = self.mesh.corners[triangle as usize];
        self.see(corners[(at + 1) % 3], triangle);
        // The left corner is the right corner of the next triangle around, if there is one.
        if self.land.next[triangle as usize][(at + 2) % 3] == NONE {
            self.see(corners[(at + 2) % 3], triangle);
        }
        self.open(triangle, (at + 1) % 3);
    }

    fn open(&mut self, triangle: u32, side: usize) {
        let next = self.land.next[triangle as usize][side];
        if next == NONE {
            return;
        }
        let corners = self.mesh.corners[triangle as usize];
        let [right, left] = [corners[side], corners[(side + 1) % 3]];
        let [right_end, left_end] =
            [right, left].map(|spot| self.eye.to(self.mesh.spots[spot as usize]));
        self.memory.windows.push(Window {
            triangle: next,
            left_spot: left,
            right_end,
            left_end,
            right: self.limit(right, right_end, length(right_end)),
            left: self.limit(left, left_end, length(left_end)),
        });
    }

    /// The ray through a spot. A walk can turn either way only at free posts, so only those may stand for what lies
    /// behind them; and only those that a walk around the eye's own corner may go to.
    fn limit(&self, spot: u32, at: [f64; 2], distance: f64) -> Limit {
        let is_free = matches!(self.land.posts[spot as usize], Post::Free);
        let stands_for = is_free
            && (matches!(self.own, Post::Free)
                || self.own.is_taut(self.eye, self.mesh.spots[spot as usize]));
        Limit {
            at,
            by_way: if stands_for { distance } else { f64::INFINITY },
        }
    }

    /// Sees a corner of a triangle from inside it: of a split spot, only the side that the triangle belongs to.
    fn see(&mut self, spot: u32, triangle: u32) {
        let distance = self.eye.millimeters_to(self.mesh.spots[spot as usize]);
        self.see_at(spot, triangle, distance);
    }

    fn see_at(&mut self, spot: u32, triangle: u32, distance: f64) {
        let at = self.mesh.spots[spot as usize];
        if !self.own.is_taut(self.eye, at) {
            return;
        }
        let (node, post) = match self.land.posts[spot as usize] {
            Post::Split => match self.land.sector_in(spot, triangle) {
                Some(sector) => (sector.node, sector.post),
                None => return,
            },
            post @ (Post::Off | Post::Free | Post::Hollow | Post::Corner(..)) => (spot, post),
        };
        if post.is_taut(at, self.eye) {
            self.memory.seen.push(Seen { node, distance });
        }
    }

    /// Looks through all open windows.
    fn look(&mut self, farthest: f64) {
        while let Some(first) = self.memory.windows.pop() {
            let mut window = Some(first);
            while let Some(open) = window {
                window = self.through(&open, farthest);
            }
        }
    }

    /// Looks through one window: what can be seen in the triangle behind it, and through which edge the look goes on.
    /// Where it goes on through both, the right one is kept for later.
    #[inline]
    fn through(&mut self, window: &Window, farthest: f64) -> Option<Window> {
        if self.is_shadowed(window, farthest) {
            return None;
        }
        let corners = self.mesh.corners[window.triangle as usize];
        let next = self.land.next[window.triangle as usize];
        // The edge runs the other way around in the triangle behind it: from its left end to its right end.
        let back = if corners[0] == window.left_spot {
            0
        } else if corners[1] == window.left_spot {
            1
        } else {
            2
        };
        let (right_side, left_side) = ([1, 2, 0][back], [2, 0, 1][back]);
        let apex = corners[left_side];
        let at = self.eye.to(self.mesh.spots[apex as usize]);
        let is_left_of_right = cross(window.right.at, at) > 0.0;
        let is_right_of_left = cross(window.left.at, at) < 0.0;
        let to_right = Window {
            triangle: next[right_side],
            left_spot: apex,
            left_end: at,
            ..*window
        };
        let to_left = Window {
            triangle: next[left_side],
            right_end: at,
            ..*window
        };
        let [right, left] = match (is_left_of_right, is_right_of_left) {
            (true, true) => {
                let distance = length(at);
                if !self.is_behind(at, distance, window) {
                    self.see_at(apex, window.triangle, distance);
                }
                let limit = self.limit(apex, at, distance);
                let right = Window {
                    left: limit,
                    ..to_right
                };
                let left = Window {
                    right: limit,
                    ..to_left
                };
                if right.triangle != NONE && left.triangle != NONE {
                    self.memory.windows.push(right);
                    return Some(left);
                }
                [Some(right), Some(left)]
            }
            (true, false) => [Some(to_right), None],
            (false, true) => [None, Some(to_left)],
            (false, false) => [None, None],
        };
        let is_open = |window: &Window| window.triangle != NONE;
        left.filter(is_open).or(right.filter(is_open))
    }

    /// Whether a visible spot is reached almost as well by way of one of the window's own spots.
    fn is_behind(&self, at: [f64; 2], distance: f64, window: &Window) -> bool {
        let most = (1.0 + self.thinning) * distance;
        window.right.is_way_to(at, most) || window.left.is_way_to(at, most)
    }

    /// Whether everything beyond a window is too far, of no use, or reached almost as well by way of its own spots.
    #[inline]
    fn is_shadowed(&self, window: &Window, farthest: f64) -> bool {
        let (a, b) = (window.right_end, window.left_end);
        let (right, left) = (&window.right, &window.left);
        let has_no_stand_in = right.by_way.min(left.by_way) == f64::INFINITY;
        let plain = farthest.min(NARROW_FROM_MM);
        // Where nothing stands for what lies behind, and all of the edge is near, there is nothing to look up.
        if has_no_stand_in
            && self.memory.goals.is_empty()
            && !matches!(self.own, Post::Corner(..))
            && square(a).max(square(b)) <= plain * plain
        {
            return false;
        }
        let (Some(on_right), Some(on_left)) = (on_ray(right.at, a, b), on_ray(left.at, a, b))
        else {
            return false;
        };
        if self.own.is_useless_between(self.eye, on_right, on_left) {
            return true;
        }
        let middle = [
            f64::midpoint(on_right[0], on_left[0]),
            f64::midpoint(on_right[1], on_left[1]),
        ];
        let near = length(middle);
        let width = length([on_right[0] - on_left[0], on_right[1] - on_left[1]]);
        if self.leads_nowhere(on_right, on_left) {
            return true;
        }
        let is_narrow = near > NARROW_FROM_MM && width < NARROW * near;
        if near > plain && (near - width > farthest || is_narrow) {
            return true;
        }
        if has_no_stand_in {
            return false;
        }
        let stretch = 1.0 + self.thinning;
        let most = stretch * near;
        let by_left = left.is_way_to(middle, most);
        if right.is_way_to(middle, most) {
            by_left || right.is_way_to(on_left, stretch * length(on_left))
        } else {
            by_left && left.is_way_to(on_right, stretch * length(on_right))
        }
    }
}

impl Drop for Looker<'_> {
    fn drop(&mut self) {
        IDLE.set(std::mem::take(&mut self.memory));
    }
}

impl Looker<'_> {
    /// Whether the way through a window from `right` to `left` is too far to every goal.
    #[inline]
    fn leads_nowhere(&self, right: [f64; 2], left: [f64; 2]) -> bool {
        if self.memory.goals.is_empty() {
            return false;
        }
        let along = [left[0] - right[0], left[1] - right[1]];
        let scale = 1.0 / square(along);
        let far = |from: [f64; 2]| {
            let to = [from[0] - right[0], from[1] - right[1]];
            let share = (to[0] * along[0] + to[1] * along[1]) * scale;
            let share = share.clamp(0.0, 1.0);
            length([to[0] - along[0] * share, to[1] - along[1] * share])
        };
        let near = far([0.0, 0.0]);
        let mut goals = self.memory.goals.iter();
        goals.all(|&(goal, most)| near + self.share * far(goal) > most)
    }
}

impl Limit {
    /// Whether it is at most so far to a place by way of this spot.
    fn is_way_to(&self, at: [f64; 2], most: f64) -> bool {
        let rest = most - self.by_way;
        rest >= 0.0 && square([at[0] - self.at[0], at[1] - self.at[1]]) <= rest * rest
    }
}

/// Where the ray toward `ray` meets the line through `a` and `b`.
fn on_ray(ray: [f64; 2], a: [f64; 2], b: [f64; 2]) -> Option<[f64; 2]> {
    let along = [b[0] - a[0], b[1] - a[1]];
    let across = cross(ray, along);
    if across == 0.0 {
        return None;
    }
    let share = cross(a, along) / across;
    Some([ray[0] * share, ray[1] * share])
}

/// Twice the area between two directions: positive where the second lies to the left of the first.
pub(super) fn cross(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

fn square(v: [f64; 2]) -> f64 {
    v[0] * v[0] + v[1] * v[1]
}

fn length(v: [f64; 2]) -> f64 {
    square(v).sqrt()
}
