//! Buildings and walls in the plane: what bars the way on land.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::geometry::plane::LocalPlane;
use crate::ground::domain::Domain;
use crate::ground::inside::Outlines;
use crate::ground::outline::Mark;
use crate::ground::outline::Segment;
use crate::ground::outline::add_line;
use crate::ground::spot::Spot;
use crate::model::layers::Layers;
use crate::model::water::Ring;

/// Half of the opening that a gate leaves in a wall.
///
/// # Units
///
/// Millimeters.
const HALF_GATE_MM: f64 = 1_000.0;

/// The outlines of all buildings.
pub fn buildings(layers: &Layers, plane: &LocalPlane) -> Outlines {
    let rings = layers
        .buildings
        .par_iter()
        .map(|building| {
            let ring = |ring: &Ring| {
                ring.points
                    .iter()
                    .map(|&place| plane.to_plane(place))
                    .collect()
            };
            building.rings.iter().map(ring).collect()
        })
        .collect();
    Outlines::new(rings)
}

/// Adds the outlines of the buildings on the ground.
pub fn add_buildings(segments: &mut Vec<Segment>, buildings: &Outlines, domain: &Domain) {
    for rings in buildings.all() {
        for ring in rings {
            let mut spots: Vec<Spot> = ring.iter().filter_map(|&point| Spot::at(point)).collect();
            spots.extend(spots.first().copied());
            if spots.iter().all(|&spot| domain.holds(spot)) {
                add_line(segments, &spots, Mark::BUILDING);
            }
        }
    }
}

/// The walls, with openings at their gates.
pub fn walls(layers: &Layers, plane: &LocalPlane) -> Vec<Segment> {
    let mut segments = Vec::new();
    for wall in &layers.walls {
        let gates: FxHashSet<Spot> = wall
            .gates
            .iter()
            .filter_map(|&gate| Spot::at(plane.to_plane(gate)))
            .collect();
        let spots: Vec<Spot> = wall
            .points
            .iter()
            .filter_map(|&place| Spot::at(plane.to_plane(place)))
            .collect();
        for pair in spots.windows(2) {
            let length = pair[0].millimeters_to(pair[1]).max(1.0);
            let opening = (HALF_GATE_MM / length).min(0.5);
            let from = if gates.contains(&pair[0]) {
                opening
            } else {
                0.0
            };
            let to = if gates.contains(&pair[1]) {
                1.0 - opening
            } else {
                1.0
            };
            if from < to {
                let ends = [pair[0].toward(pair[1], from), pair[0].toward(pair[1], to)];
                add_line(&mut segments, &ends, Mark::WALL);
            }
        }
    }
    segments
}
