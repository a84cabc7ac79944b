//! Bank to bank: near on the map, far on foot, and never without a crossing.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BinaryHeap;

use rayon::prelude::*;
use zhugan::ground::Closures;
use zhugan::ground::Ground;
use zhugan::ground::graph::Footing;
use zhugan::ground::place::On;
use zhugan::ground::place::Place;
use zhugan::ground::search::FAR;
use zhugan::ground::spot::Spot;
use zhugan::ground::spot::turn;
use zhugan::model::bank::Side;
use zhugan::model::crossing::CrossingKind;
use zhugan::model::crossing::CrossingState;
use zhugan::model::water::Course;
use zhugan::model::water::WaterKind;
use zhugan::units::Meters;

use super::Town;
use super::folder;
use super::town;
use crate::walks::Walks;

/// A point of the left bank, the nearest of the right bank, and how far they are from each other.
struct Opposite {
    left: u32,
    right: u32,
    straight: Meters,
}

/// Pairs of opposite points of a water body, every so many meters along its left banks.
fn opposites(ground: &Ground, body: usize, step: Meters) -> Vec<Opposite> {
    let of_side = |side: Side| {
        let banks = ground.banks.iter().zip(&ground.bank_edges);
        banks.filter(move |(bank, _)| bank.water_body == body && bank.side == side)
    };
    let right: Vec<u32> = of_side(Side::Right)
        .flat_map(|(_, edges)| edges.iter().map(|&[from, _]| from))
        .collect();
    let mut left = Vec::new();
    for (bank, edges) in of_side(Side::Left) {
        let mut next = step * 0.5;
        for (&chainage, &[node, _]) in bank.chainage.iter().zip(edges) {
            if next <= chainage {
                left.push(node);
                next = chainage + step;
            }
        }
    }
    let spot = |node: u32| ground.nodes[node as usize];
    let opposite = |left: u32| {
        let distance = |right: &u32| spot(left).millimeters_to(spot(*right));
        let right = right
            .iter()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)));
        right.map(|&right| Opposite {
            left,
            right,
            straight: spot(left).distance(spot(right)),
        })
    };
    left.into_par_iter().filter_map(opposite).collect()
}

/// The water body with the longest banks among those of a name.
fn body(ground: &Ground, name: &str) -> usize {
    let named = (0..ground.water_bodies.len())
        .filter(|&body| ground.water_bodies[body].name.as_deref() == Some(name));
    let length = |body: usize| {
        let banks = ground.banks.iter().filter(|bank| bank.water_body == body);
        banks.map(|bank| bank.length().0).sum::<f64>()
    };
    named
        .max_by(|&a, &b| length(a).total_cmp(&length(b)))
        .unwrap()
}

/// The value at a share of the way from the least to the greatest.
fn at_share(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share) as usize]
}

/// How far it is between the nearest path points on both sides of a river, straight and by paths and bridges alone:
/// what a road router answers. Every 300 m along the center line.
fn by_paths_alone(town: &Town, name: &str) -> Vec<(f64, f64)> {
    let ground = &town.ground;
    let on_path: Vec<u32> = (0..ground.graph.n_nodes() as u32)
        .filter(|&node| {
            let mut arcs = ground.graph.arcs(node).iter();
            arcs.any(|arc| {
                matches!(
                    arc.footing(),
                    Footing::Street | Footing::Cycleway | Footing::Path
                )
            })
        })
        .collect();
    let samples: Vec<(Spot, Spot)> = town
        .layers
        .water_lines
        .iter()
        .filter(|line| line.name.as_deref() == Some(name))
        .flat_map(|line| {
            let points = line.points.iter();
            let spots: Vec<Spot> = points
                .filter_map(|&point| Spot::at(ground.plane.to_plane(point)))
                .collect();
            every_300_m(&spots)
        })
        .collect();
    let found = samples.into_par_iter().filter_map(|(at, ahead)| {
        let nearest = |is_left: bool| {
            let on_side = on_path.iter().copied().filter(|&node| {
                let spot = ground.nodes[node as usize];
                (turn(at, ahead, spot) > 0) == is_left
            });
            let near = on_side.min_by_key(|&node| at.to_key(ground.nodes[node as usize]));
            near.filter(|&node| ground.nodes[node as usize].distance(at) < Meters(500.0))
        };
        let (left, right) = (nearest(true)?, nearest(false)?);
        let walk = walk_on_paths(town, left, right)?;
        let straight = ground.nodes[left as usize].distance(ground.nodes[right as usize]);
        Some((straight.0, walk))
    });
    found.collect()
}

/// Ordering by distance, for floats that are none.
trait ToKey {
    fn to_key(self, other: Spot) -> u64;
}

impl ToKey for Spot {
    fn to_key(self, other: Spot) -> u64 {
        self.millimeters_to(other) as u64
    }
}

/// Points of a line every 300 m, each with the next corner.
fn every_300_m(line: &[Spot]) -> Vec<(Spot, Spot)> {
    let mut points = Vec::new();
    let mut rest = 150_000.0;
    for pair in line.windows(2) {
        let length = pair[0].millimeters_to(pair[1]);
        while rest < length {
            points.push((pair[0].toward(pair[1], rest / length), pair[1]));
            rest += 300_000.0;
        }
        rest -= length;
    }
    points
}

/// The shortest walk on paths and open crossings, meters: a search of its own, so that it can disagree.
fn walk_on_paths(town: &Town, from: u32, to: u32) -> Option<f64> {
    let graph = &town.ground.graph;
    let mut best = vec![FAR; graph.n_nodes()];
    let mut queue = BinaryHeap::from([Reverse((0, from))]);
    best[from as usize] = 0;
    while let Some(Reverse((distance, node))) = queue.pop() {
        if node == to {
            return Some(f64::from(distance) / 1000.0);
        }
        if distance > best[node as usize] {
            continue;
        }
        for (next, arc) in graph.neighbors(node) {
            let is_walked = match arc.footing() {
                Footing::Street | Footing::Cycleway | Footing::Path => true,
                Footing::Crossing => {
                    let over = graph.over[arc.to() as usize];
                    !town.closures.is_closed(over.crossing)
                }
                Footing::Open | Footing::Bank => false,
            };
            let farther = distance.saturating_add(arc.cost);
            if is_walked && farther < best[next as usize] {
                best[next as usize] = farther;
                queue.push(Reverse((farther, next)));
            }
        }
    }
    None
}

const PATHS_ONLY: &str = "[ground]\nmove = \"paths\"\n";

#[test]
fn by_paths_alone_krems_and_liechtenstein_are_as_far_as_road_routers_say() {
    for (file, river, median_m, worst_m) in [
        (
            "krems-2013.osm.gz",
            "Donau",
            6_000.0..8_000.0,
            10_000.0..14_000.0,
        ),
        (
            "liechtenstein-2022.osm.pbf",
            "Rhein",
            5_000.0..9_000.0,
            18_000.0..28_000.0,
        ),
    ] {
        let Some(folder) = folder(
            &format!("osm-places/{file}"),
            r#""water", "paths""#,
            PATHS_ONLY,
        ) else {
            return;
        };
        // Stairs as long as they are: else the slope beside them, which is no path, is the shorter way.
        let town = Town::read_with(&folder, |settings| settings.ground.steps_factor = 1.0);
        let found = by_paths_alone(&town, river);
        let mut straight: Vec<f64> = found.iter().map(|found| found.0).collect();
        let mut walk: Vec<f64> = found.iter().map(|found| found.1).collect();
        println!(
            "{river}: {} places, straight {:.0} m, on foot {:.0} m in the median, {:.0} m for 90 %, {:.0} m at worst",
            found.len(),
            at_share(&mut straight, 0.5),
            at_share(&mut walk, 0.5),
            at_share(&mut walk, 0.9),
            at_share(&mut walk, 1.0),
        );
        assert!(found.len() > 20);
        assert!(median_m.contains(&at_share(&mut walk, 0.5)));
        assert!(worst_m.contains(&at_share(&mut walk, 1.0)));
    }
}

#[test]
fn bank_to_bank_is_as_far_as_the_next_bridge() {
    for (file, river) in [
        ("krems-2013.osm.gz", "Donau"),
        ("liechtenstein-2022.osm.pbf", "Rhein"),
    ] {
        let Some(town) = town(file) else {
            return;
        };
        let ground = &town.ground;
        let open: Vec<Spot> = ground
            .crossings
            .iter()
            .filter(|crossing| crossing.state == CrossingState::Open)
            .map(|crossing| crossing.at)
            .collect();
        let pairs = opposites(ground, body(ground, river), Meters(300.0));
        let walks: Vec<(f64, f64, f64)> = pairs
            .par_iter()
            .map(|pair| {
                let walk = Walks::from(ground, &town.closures, pair.left).to(pair.right);
                let [left, right] = [pair.left, pair.right].map(|node| ground.nodes[node as usize]);
                let over = |at: &Spot| left.distance(*at).0 + at.distance(right).0;
                let least = open.iter().map(over).fold(f64::INFINITY, f64::min);
                (
                    pair.straight.0,
                    walk.map_or(f64::INFINITY, |walk| walk.0),
                    least,
                )
            })
            .collect();
        let mut straight: Vec<f64> = walks.iter().map(|walk| walk.0).collect();
        let mut walk: Vec<f64> = walks.iter().map(|walk| walk.1).collect();
        println!(
            "{river}: {} places, straight {:.0} m, on foot {:.0} m in the median, {:.0} m at worst",
            walks.len(),
            at_share(&mut straight, 0.5),
            at_share(&mut walk, 0.5),
            at_share(&mut walk, 1.0),
        );
        for (straight, walk, least) in &walks {
            assert!(
                *walk >= least - 0.01,
                "{straight} m straight, {walk} m on foot, {least} m over the next crossing"
            );
        }
    }
}

#[test]
fn with_every_crossing_closed_nobody_gets_over_a_great_river() {
    for (file, river) in [
        ("krems-2013.osm.gz", "Donau"),
        ("liechtenstein-2013.osm.bz2", "Rhein"),
        ("liechtenstein-2022.osm.pbf", "Rhein"),
        ("london-centre-2020.osm.pbf", "River Thames"),
    ] {
        let Some(town) = town(file) else {
            return;
        };
        let ground = &town.ground;
        let mut closures = town.closures.clone();
        for crossing in 0..ground.crossings.len() as u32 {
            closures.set(crossing, CrossingState::Closed);
        }
        let pairs = opposites(ground, body(ground, river), Meters(500.0));
        assert!(pairs.len() > 5, "{file}");
        for pair in &pairs {
            if let Some(walk) = Walks::from(ground, &closures, pair.left).to(pair.right) {
                panic!("{file}: {walk} {}", told(town, &closures, pair));
            }
        }
    }
}

/// Where a pair is, and the way between its points.
fn told(town: &Town, closures: &Closures, pair: &Opposite) -> String {
    let ground = &town.ground;
    let walks = Walks::from(ground, closures, pair.left);
    let origin = Place {
        at: ground.nodes[pair.left as usize],
        on: On::Bank,
        legs: Vec::new(),
        bank: None,
    };
    let route = ground
        .route(&walks.labels, pair.right, (0, &origin))
        .unwrap();
    let degrees = |spot: &Spot| {
        let place = ground.plane.to_lon_lat(spot.coord()).unwrap();
        format!("{:.6} {:.6}", place.lon(), place.lat())
    };
    let spots: Vec<String> = route.spots.iter().map(degrees).collect();
    let crossings = route.crossings.iter();
    let crossings: Vec<&str> = crossings
        .map(|&crossing| ground.crossings[crossing as usize].id.as_str())
        .collect();
    format!(
        "{} straight; over {crossings:?}; by {}",
        pair.straight,
        spots.join(", ")
    )
}

#[test]
fn a_short_walk_to_the_other_bank_leads_over_a_bridge_culvert_or_tunnel() {
    let mut leaks = Vec::new();
    for file in [
        "krems-2013.osm.gz",
        "liechtenstein-2013.osm.bz2",
        "liechtenstein-2022.osm.pbf",
        "london-centre-2020.osm.pbf",
        "andorra-2021.osm.pbf",
    ] {
        let Some(town) = town(file) else {
            return;
        };
        let ground = &town.ground;
        let ends = line_ends(town);
        let flowing = (0..ground.water_bodies.len()).filter(|&body| {
            matches!(
                ground.water_bodies[body].kind,
                WaterKind::River | WaterKind::Canal
            )
        });
        let pairs: Vec<Opposite> = flowing
            .flat_map(|body| opposites(ground, body, Meters(50.0)))
            .collect();
        let short: Vec<String> = pairs
            .par_iter()
            .filter_map(|pair| leak(town, &ends, pair))
            .collect();
        println!("{file}: {} pairs, {} leaks", pairs.len(), short.len());
        leaks.extend(short.into_iter().map(|leak| format!("{file}: {leak}")));
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

/// Who passes this near to the end of a water line walks around its source, or over the ground where it is in a pipe.
const AROUND: Meters = Meters(25.0);

/// Where rivers and canals under the sky begin and end, and no other goes on: a stream can be stepped over.
fn line_ends(town: &Town) -> Vec<Spot> {
    let mut n_at: BTreeMap<Spot, usize> = BTreeMap::new();
    let open = town.layers.water_lines.iter().filter(|line| {
        let bars = matches!(line.kind, WaterKind::River | WaterKind::Canal);
        bars && line.course == Course::Open
    });
    for line in open {
        let spots = [line.points.first(), line.points.last()];
        let spots = spots.map(|place| Spot::at(town.ground.plane.to_plane(*place.unwrap())));
        for spot in spots.into_iter().flatten() {
            *n_at.entry(spot).or_default() += 1;
        }
    }
    let ends = n_at.into_iter().filter(|&(_, n)| n == 1);
    ends.map(|(spot, _)| spot).collect()
}

/// What is wrong with a walk between two banks that is shorter than it can be.
fn leak(town: &Town, ends: &[Spot], pair: &Opposite) -> Option<String> {
    let ground = &town.ground;
    let [left, right] = [pair.left, pair.right].map(|node| ground.nodes[node as usize]);
    if ground.place(left.toward(right, 0.5)).on != On::Water {
        // Both lie on one tongue of land, where two rivers join.
        return None;
    }
    let short = pair.straight * 3.0 + Meters(50.0);
    let walks = Walks::within(ground, &town.closures, pair.left, short);
    walks.to(pair.right)?;
    let mut at = pair.right;
    while let Some(before) = walks.labels.get(at).before {
        let cost = walks.labels.distance(at) - walks.labels.distance(before);
        let mut arcs = ground.graph.neighbors(at);
        let is_over = arcs.any(|(next, arc)| {
            next == before && arc.cost == cost && arc.footing() == Footing::Crossing && {
                let over = ground.graph.over[arc.to() as usize].crossing;
                let kind = ground.crossings[over as usize].kind;
                matches!(
                    kind,
                    CrossingKind::Bridge | CrossingKind::Culvert | CrossingKind::Tunnel
                )
            }
        });
        if is_over {
            return None;
        }
        at = before;
    }
    let by_node = std::iter::successors(Some(pair.right), |&node| walks.labels.get(node).before);
    let mut way = by_node.map(|node| ground.nodes[node as usize]);
    let goes_around = way.any(|spot| ends.iter().any(|end| spot.distance(*end) <= AROUND));
    (!goes_around).then(|| told(town, &town.closures, pair))
}
