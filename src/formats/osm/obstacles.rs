//! Obstacles: buildings, and walls with their gates.

use rustc_hash::FxHashMap;

use crate::formats::osm::areas::areas;
use crate::formats::osm::budget::Budget;
use crate::formats::osm::elements::Elements;
use crate::formats::osm::elements::Way;
use crate::formats::osm::fault::Fault;
use crate::formats::osm::lines::from_ways;
use crate::formats::osm::lines::lines;
use crate::formats::osm::rings::area_m2;
use crate::formats::osm::tags::Tags;
use crate::geometry::lon_lat::LonLat;
use crate::model::layers::Layers;
use crate::model::oddity::Oddity;
use crate::model::path::Building;
use crate::model::path::Wall;

/// A smaller building is a bollard or a slip: nobody walks around it.
const MIN_AREA_M2: f64 = 2.0;
/// Below this, a building that starts above the ground bars the way.
const MIN_HEADROOM_M: f64 = 2.0;

/// Values of `building` that people walk through or under.
const OPEN_BUILDINGS: [&str; 6] = ["bridge", "canopy", "carport", "entrance", "no", "roof"];
const WALLS: [&str; 3] = ["city_wall", "retaining_wall", "wall"];
/// Values of `barrier` that people on foot can pass.
const GATES: [&str; 15] = [
    "bollard",
    "border_control",
    "bump_gate",
    "cycle_barrier",
    "entrance",
    "full-height_turnstile",
    "gate",
    "hampshire_gate",
    "kissing_gate",
    "lift_gate",
    "sliding_gate",
    "stile",
    "swing_gate",
    "turnstile",
    "wicket_gate",
];

/// Adds buildings and walls to the layers.
pub fn read(elements: &Elements, budget: &Budget, layers: &mut Layers) -> Result<(), Fault> {
    let kind_of = |tags: &Tags| is_building(tags).then_some(());
    let (buildings, mut odd) = areas(elements, &kind_of, budget)?;
    layers.oddities.append(&mut odd);
    layers.buildings.extend(
        buildings
            .into_iter()
            .filter(|area| area.rings.iter().any(|ring| area_m2(ring) >= MIN_AREA_M2))
            .map(|area| Building {
                source: area.source,
                rings: area.rings,
            }),
    );
    let gates: FxHashMap<i64, LonLat> = elements
        .points
        .iter()
        .filter(|point| is_gate(&point.tags))
        .map(|point| (point.id, point.at))
        .collect();
    let (mut walls, mut odd) = from_ways(elements, |way, walls, odd| {
        add_walls(elements, way, &gates, walls, odd);
    });
    layers.walls.append(&mut walls);
    layers.oddities.append(&mut odd);
    Ok(())
}

fn add_walls(
    elements: &Elements,
    way: &Way,
    gates: &FxHashMap<i64, LonLat>,
    made: &mut Vec<Wall>,
    odd: &mut Vec<Oddity>,
) {
    if !is_wall(&way.tags) {
        return;
    }
    let (pieces, missing) = lines(elements, way);
    odd.extend(missing);
    // A ring names its first node twice.
    let refs = if way.is_closed() {
        &way.refs[1..]
    } else {
        &way.refs
    };
    let gates: Vec<LonLat> = refs
        .iter()
        .filter_map(|id| gates.get(id).copied())
        .collect();
    made.extend(pieces.into_iter().map(|piece| {
        Wall {
            gates: gates
                .iter()
                .filter(|gate| piece.points.contains(gate))
                .copied()
                .collect(),
            source: piece.source,
            points: piece.points,
        }
    }));
}

/// Whether the tags tell of a building that bars the ground.
fn is_building(tags: &Tags) -> bool {
    let number = |key| tags.get(key).and_then(|text| text.trim().parse().ok());
    tags.get("building")
        .is_some_and(|value| !OPEN_BUILDINGS.contains(&value))
        && !tags.is("location", "underground")
        && number("layer").is_none_or(|layer: f64| layer >= 0.0)
        && number("building:min_level").is_none_or(|level: f64| level < 1.0)
        && number("min_height").is_none_or(|height: f64| height < MIN_HEADROOM_M)
}

/// Whether the tags tell of a wall; fences, hedges and curbs are none.
fn is_wall(tags: &Tags) -> bool {
    tags.is_one_of("barrier", &WALLS) && !tags.is("location", "underground")
}

/// Whether the tags of a point on a wall tell of a way through it that is not locked.
fn is_gate(tags: &Tags) -> bool {
    (tags.is_one_of("barrier", &GATES) || tags.says("entrance"))
        && !tags.bars_feet()
        && !tags.is("locked", "yes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::osm::tags::tags;

    #[test]
    fn a_building_bars_the_ground_only_when_it_stands_on_it() {
        for (pairs, expected) in [
            (&[("building", "yes")][..], true),
            (&[("building", "no")], false),
            (&[("building", "roof")], false),
            (&[("building", "carport")], false),
            (&[("building", "yes"), ("layer", "-1")], false),
            (&[("building", "yes"), ("layer", "1")], true),
            (&[("building", "yes"), ("location", "underground")], false),
            (&[("building", "yes"), ("building:min_level", "2")], false),
            (&[("building", "yes"), ("min_height", "4 m")], true),
            (&[("building", "yes"), ("min_height", "4")], false),
            (&[("amenity", "school")], false),
        ] {
            assert_eq!(is_building(&tags(pairs)), expected, "{pairs:?}");
        }
    }

    #[test]
    fn a_gate_that_is_private_or_locked_is_none() {
        for (pairs, expected) in [
            (&[("barrier", "gate")][..], true),
            (&[("barrier", "gate"), ("access", "private")], false),
            (
                &[("barrier", "gate"), ("access", "private"), ("foot", "yes")],
                true,
            ),
            (&[("barrier", "gate"), ("locked", "yes")], false),
            (&[("entrance", "main")], true),
            (&[("barrier", "block")], false),
        ] {
            assert_eq!(is_gate(&tags(pairs)), expected, "{pairs:?}");
        }
    }
}
