//! Straight lines over the mesh: the triangles that they pass, and how much of a line lies over which.

use crate::ground::mesh::Mesh;
use crate::ground::mesh::NONE;
use crate::ground::spot::Spot;
use crate::ground::spot::crossing_share;
use crate::ground::spot::turn;

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
    let mut steps = vec![Step {
        triangle: start,
        share: 0.0,
    }];
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
        let share = crossing_share(from, to, a, b).clamp(0.0, 1.0);
        steps.push(Step {
            triangle: next,
            share,
        });
        came_from = triangle;
        triangle = next;
    }
    steps
}

/// How much of a straight line lies over triangles of some sort.
///
/// # Units
///
/// Millimeters.
pub fn length_over(steps: &[Step], from: Spot, to: Spot, counts: impl Fn(u32) -> bool) -> f64 {
    let leaves = steps.iter().skip(1).map(|step| step.share).chain([1.0]);
    let over = steps
        .iter()
        .zip(leaves)
        .filter(|(step, _)| counts(step.triangle));
    over.map(|(step, leave)| leave - step.share).sum::<f64>() * from.millimeters_to(to)
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
