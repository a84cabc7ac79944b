//! Mapped paths as a network over the ground, and where they cross water.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::geometry::plane::LocalPlane;
use crate::ground::cover::Cover;
use crate::ground::land::is_walkable;
use crate::ground::mesh::Mesh;
use crate::ground::outline::densified;
use crate::ground::passed::first_toward;
use crate::ground::passed::length_over;
use crate::ground::passed::passed;
use crate::ground::spot::Spot;
use crate::ground::waters::Part;
use crate::model::layers::Layers;
use crate::model::path::Ford;
use crate::model::path::PathKind;
use crate::model::path::Span;

/// Path vertices are at most this far apart.
///
/// # Units
///
/// Millimeters.
const PATH_STEP_MM: f64 = 25_000.0;

/// A path that is over water for less than this touches it only by the map's inaccuracy.
///
/// # Units
///
/// Millimeters.
const WET_MM: f64 = 100.0;

/// One mapped path in the plane.
#[derive(Debug)]
pub struct Way {
    /// Index of the path in its layer.
    pub path: usize,
    /// Its spots, at most 25 m apart.
    pub spots: Vec<Spot>,
}

/// All paths in the plane.
#[derive(Debug, Default)]
pub struct Ways {
    /// The ways, in the order of their layer.
    pub ways: Vec<Way>,
    /// Spots that hang in the air or lie under the ground: the inside of bridges and tunnels.
    pub lifted: FxHashSet<Spot>,
}

/// One edge of the network, between two spots.
#[derive(Clone, Copy, Debug)]
pub struct WayEdge {
    /// One end.
    pub from: Spot,
    /// The other end.
    pub to: Spot,
    /// Index of the path in its layer.
    pub path: usize,
    /// How much of it lies over water that bars the way, millimeters.
    pub wet_mm: f64,
}

impl Ways {
    /// Takes the paths into the plane; `holds` tells which spots lie on the ground at all.
    pub fn new(layers: &Layers, plane: &LocalPlane, holds: impl Fn(Spot) -> bool + Sync) -> Self {
        let ways: Vec<Way> = layers
            .paths
            .par_iter()
            .enumerate()
            .flat_map_iter(|(path, mapped)| {
                let spots: Vec<Option<Spot>> = mapped
                    .points
                    .iter()
                    .map(|&place| Spot::at(plane.to_plane(place)).filter(|&spot| holds(spot)))
                    .collect();
                runs(&spots)
                    .into_iter()
                    .map(|run| Way {
                        path,
                        spots: densified(&run, PATH_STEP_MM),
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        let lifted = lifted(layers, &ways);
        Self { ways, lifted }
    }

    /// The spots where paths touch the ground.
    pub fn grounded(&self) -> impl Iterator<Item = Spot> {
        let spots = self.ways.iter().flat_map(|way| way.spots.iter().copied());
        spots.filter(|spot| !self.lifted.contains(spot))
    }

    /// The edges of the network, each with how much of it lies over water.
    pub fn edges(
        &self,
        mesh: &Mesh,
        covers: &[Cover],
        parts: &[Part],
        number: &FxHashMap<Spot, u32>,
    ) -> Vec<WayEdge> {
        let bars = |triangle: u32| match covers[triangle as usize] {
            Cover::Water(_) => !is_walkable(covers[triangle as usize], parts),
            Cover::Land | Cover::Building | Cover::Outside => false,
        };
        self.ways
            .par_iter()
            .flat_map_iter(|way| {
                let mut near = None;
                let edges = way.spots.windows(2).filter(|pair| pair[0] != pair[1]);
                edges
                    .map(|pair| {
                        let (from, to) = (pair[0], pair[1]);
                        let start = match number.get(&from) {
                            Some(&spot) => first_toward(mesh, spot, to),
                            None => mesh.locate(from, near.unwrap_or(0)),
                        };
                        let wet_mm = start.map_or(0.0, |start| {
                            let steps = passed(mesh, from, start, to);
                            near = steps.last().map(|step| step.triangle);
                            length_over(&steps, from, to, bars)
                        });
                        let wet_mm = if wet_mm < WET_MM { 0.0 } else { wet_mm };
                        WayEdge {
                            from,
                            to,
                            path: way.path,
                            wet_mm,
                        }
                    })
                    .collect::<Vec<_>>()
            })
            .collect()
    }
}

/// The unbroken runs of at least two spots.
fn runs(spots: &[Option<Spot>]) -> Vec<Vec<Spot>> {
    spots
        .split(Option::is_none)
        .map(|run| run.iter().copied().flatten().collect::<Vec<Spot>>())
        .filter(|run| run.len() > 1)
        .collect()
}

/// The inside of bridges and tunnels, and where two of them join in the air.
fn lifted(layers: &Layers, ways: &[Way]) -> FxHashSet<Spot> {
    let is_raised = |way: &&Way| match layers.paths[way.path].span {
        Span::Ground => false,
        Span::Bridge | Span::Tunnel => true,
    };
    let mut inner = FxHashSet::default();
    let mut ends = FxHashSet::default();
    for way in ways.iter().filter(is_raised) {
        let last = way.spots.len() - 1;
        inner.extend(&way.spots[1..last]);
        for end in [way.spots[0], way.spots[last]] {
            if !ends.insert(end) {
                inner.insert(end);
            }
        }
    }
    for way in ways.iter().filter(|way| !is_raised(way)) {
        for spot in &way.spots {
            inner.remove(spot);
        }
    }
    inner
}

/// A run of wet edges: one place where the network goes over water.
#[derive(Debug)]
pub struct WetRun {
    /// Indices of its edges.
    pub edges: Vec<usize>,
    /// How much of it lies over water, millimeters.
    pub wet_mm: f64,
    /// What carries it.
    pub span: Span,
    /// Whether it is mapped as a ford.
    pub ford: Ford,
}

/// The runs of wet edges, strung together where they meet off the land.
pub(super) fn wet_runs(
    edges: &[WayEdge],
    layers: &Layers,
    fords: &FxHashMap<Spot, Ford>,
    is_off_land: impl Fn(Spot) -> bool,
) -> Vec<WetRun> {
    let mut meeting: FxHashMap<Spot, Vec<usize>> = FxHashMap::default();
    let wet: Vec<usize> = (0..edges.len())
        .filter(|&i| edges[i].wet_mm > 0.0)
        .collect();
    for &i in &wet {
        for end in [edges[i].from, edges[i].to] {
            if is_off_land(end) {
                meeting.entry(end).or_default().push(i);
            }
        }
    }
    let mut is_used = FxHashSet::default();
    let mut runs = Vec::new();
    for &first in &wet {
        if !is_used.insert(first) {
            continue;
        }
        let mut run = WetRun {
            edges: vec![first],
            wet_mm: 0.0,
            span: Span::Ground,
            ford: Ford::No,
        };
        let mut at = 0;
        while at < run.edges.len() {
            let edge = edges[run.edges[at]];
            let path = &layers.paths[edge.path];
            at += 1;
            run.wet_mm += edge.wet_mm;
            run.span = stronger_span(run.span, path.span);
            run.ford = stronger_ford(run.ford, path.ford);
            for end in [edge.from, edge.to] {
                run.ford = stronger_ford(run.ford, fords.get(&end).copied().unwrap_or(Ford::No));
                for &other in meeting.get(&end).into_iter().flatten() {
                    if is_used.insert(other) {
                        run.edges.push(other);
                    }
                }
            }
        }
        runs.push(run);
    }
    runs
}

fn stronger_span(a: Span, b: Span) -> Span {
    match (a, b) {
        (Span::Bridge, _) | (_, Span::Bridge) => Span::Bridge,
        (Span::Tunnel, _) | (_, Span::Tunnel) => Span::Tunnel,
        (Span::Ground, Span::Ground) => Span::Ground,
    }
}

fn stronger_ford(a: Ford, b: Ford) -> Ford {
    match (a, b) {
        (Ford::Unsure, _) | (_, Ford::Unsure) => Ford::Unsure,
        (Ford::Open, _) | (_, Ford::Open) => Ford::Open,
        (Ford::No, Ford::No) => Ford::No,
    }
}

/// Effective meters per meter on a path.
pub fn path_factor(kind: PathKind, settings: &crate::model::region::GroundSettings) -> f64 {
    match kind {
        PathKind::Footway | PathKind::Cycleway | PathKind::Track | PathKind::Street => {
            settings.path_factor
        }
        PathKind::Steps => settings.steps_factor,
    }
}
