//! The network: banks, paths and crossings as edges over the free land.

use std::ops::Range;

use crate::geometry::lon_lat::LonLat;
use crate::geometry::plane::LocalPlane;
use crate::ground::cover::Cover;
use crate::ground::crossings::Crossing;
use crate::ground::crossings::Ids;
use crate::ground::crossings::crossings_of_paths;
use crate::ground::graph::Edge;
use crate::ground::graph::Footing;
use crate::ground::graph::Graph;
use crate::ground::graph::cost;
use crate::ground::graph::sights;
use crate::ground::land::FreeLand;
use crate::ground::land::Post;
use crate::ground::land::Turning;
use crate::ground::land::is_walkable;
use crate::ground::landmarks::Landmarks;
use crate::ground::mesh::Mesh;
use crate::ground::outlined::Outlined;
use crate::ground::shored::Shored;
use crate::ground::spans::Shoreland;
use crate::ground::spans::add_spans;
use crate::ground::spot::Spot;
use crate::ground::ways::WayEdge;
use crate::ground::ways::path_factor;
use crate::ground::ways::wet_runs;
use crate::model::layers::Layers;
use crate::model::path::Ford;
use crate::model::path::PathKind;
use crate::model::region::GroundSettings;
use crate::model::region::Movement;
use crate::model::region::RegionSettings;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rustc_hash::FxHashMap;

/// Lines of sight end here; whoever goes farther passes some spot on the way.
///
/// # Units
///
/// Millimeters.
const FARTHEST_SIGHT_MM: f64 = 2_000_000.0;

/// The longest leg to a path where people keep to paths.
///
/// # Units
///
/// Millimeters.
const FARTHEST_LEG_MM: f64 = 50_000.0;

/// The free land, and the network of banks, paths and crossings over it.
pub(super) struct Network {
    pub land: FreeLand,
    pub nodes: Vec<Spot>,
    edges: Vec<Edge>,
    pub crossings: Vec<Crossing>,
    pub bank_edges: Vec<Vec<[u32; 2]>>,
    /// Which of the edges are paths.
    paths: Range<usize>,
}

impl Network {
    pub fn new(
        layers: &Layers,
        settings: &RegionSettings,
        plane: &LocalPlane,
        outlined: &Outlined,
        mesh: &Mesh,
        covers: &[Cover],
        shored: &Shored,
    ) -> Self {
        let parts = &outlined.waters.parts;
        let number = numbers(mesh);
        let turning = turning(outlined, shored, &number);
        let land = FreeLand::new(mesh, covers, parts, &turning);
        let bank_edges: Vec<Vec<[u32; 2]>> = shored
            .bank_spots
            .iter()
            .map(|spots| edges_along(mesh, &land, spots))
            .collect();
        let way_edges = outlined.ways.edges(mesh, covers, parts, &number);
        let is_off_land = |spot: Spot| {
            number
                .get(&spot)
                .is_none_or(|&node| land.posts[node as usize] == Post::Off)
        };
        let runs = wet_runs(&way_edges, layers, &fords(layers, plane), is_off_land);
        let mut ids = Ids::default();
        let (mut crossings, crossing_of) = crossings_of_paths(&runs, &way_edges, layers, &mut ids);

        let mut nodes = mesh.spots.clone();
        nodes.extend(land.twins().iter().map(|&spot| mesh.spots[spot as usize]));
        let mut edges = walks_along(&nodes, &bank_edges, &settings.ground);
        let mut numbering = Numbering {
            number,
            nodes: &mut nodes,
        };
        let path_edges = numbering.path_edges(&way_edges, &crossing_of, layers, &settings.ground);
        let number = numbering.number;
        let n_banks = edges.len();
        edges.extend(path_edges);
        let paths = n_banks..edges.len();
        let shore = Shoreland {
            mesh,
            nodes: &nodes,
            is_wet: &|triangle| {
                let cover = covers[triangle as usize];
                matches!(cover, Cover::Water(_)) && !is_walkable(cover, parts)
            },
            is_ashore: &|node| land.posts[node as usize] != Post::Off,
            number: &|spot| number.get(&spot).copied(),
            bank_nodes: &bank_tree(&nodes, &bank_edges),
            settings: &settings.ground,
        };
        let mut added = Vec::new();
        add_spans(
            &outlined.spans,
            layers,
            &shore,
            &mut ids,
            &mut added,
            &mut edges,
            &mut crossings,
        );
        nodes.extend(added);
        Self {
            land,
            nodes,
            edges,
            crossings,
            bank_edges,
            paths,
        }
    }

    /// What a place can be snapped to.
    pub fn landmarks(&self, mesh: &Mesh) -> Landmarks {
        Landmarks::new(
            mesh,
            &self.nodes,
            &self.edges[self.paths.clone()],
            &self.bank_edges,
        )
    }

    /// The network and the lines of sight.
    pub fn graph(&self, mesh: &Mesh, settings: &RegionSettings, thinning: f64) -> Graph {
        let mut is_on_bank = vec![false; self.nodes.len()];
        for &node in self.bank_edges.iter().flatten().flatten() {
            is_on_bank[node as usize] = true;
        }
        let (farthest, counts): (f64, Box<dyn Fn(u32, u32) -> bool + Sync>) =
            match settings.ground.movement {
                Movement::Open => (FARTHEST_SIGHT_MM, Box::new(|_, _| true)),
                Movement::Paths => (
                    FARTHEST_LEG_MM,
                    Box::new(|a, b| is_on_bank[a as usize] != is_on_bank[b as usize]),
                ),
            };
        let factor = settings.ground.open_factor;
        let sights = sights(mesh, &self.land, factor, farthest, thinning, counts);
        Graph::new(self.nodes.len(), &self.edges, sights)
    }
}

fn numbers(mesh: &Mesh) -> FxHashMap<Spot, u32> {
    let spots = mesh.spots.iter().enumerate();
    spots.map(|(i, &spot)| (spot, i as u32)).collect()
}

fn turning(outlined: &Outlined, shored: &Shored, number: &FxHashMap<Spot, u32>) -> Turning {
    let mut turning = Turning {
        is_bank: vec![false; number.len()],
        is_path: vec![false; number.len()],
    };
    for spot in shored.bank_spots.iter().flatten() {
        turning.is_bank[*spot as usize] = true;
    }
    for spot in &outlined.points {
        turning.is_path[number[spot] as usize] = true;
    }
    turning
}

fn bank_tree(nodes: &[Spot], bank_edges: &[Vec<[u32; 2]>]) -> RTree<GeomWithData<[f64; 2], u32>> {
    let point = |&node: &u32| {
        let spot = nodes[node as usize];
        GeomWithData::new([f64::from(spot.x), f64::from(spot.y)], node)
    };
    let mut on_banks: Vec<u32> = bank_edges.iter().flatten().flatten().copied().collect();
    on_banks.sort_unstable();
    on_banks.dedup();
    RTree::bulk_load(on_banks.iter().map(point).collect())
}

/// The numbers of the network's nodes, while it is put together.
struct Numbering<'a> {
    number: FxHashMap<Spot, u32>,
    nodes: &'a mut Vec<Spot>,
}

impl Numbering<'_> {
    fn node(&mut self, spot: Spot) -> u32 {
        *self.number.entry(spot).or_insert_with(|| {
            self.nodes.push(spot);
            self.nodes.len() as u32 - 1
        })
    }

    fn path_edges(
        &mut self,
        way_edges: &[WayEdge],
        crossing_of: &[Option<u32>],
        layers: &Layers,
        settings: &GroundSettings,
    ) -> Vec<Edge> {
        way_edges
            .iter()
            .zip(crossing_of)
            .map(|(edge, &crossing)| Edge {
                from: self.node(edge.from),
                to: self.node(edge.to),
                cost: cost(
                    edge.from.millimeters_to(edge.to),
                    path_factor(layers.paths[edge.path].kind, settings),
                ),
                footing: footing(layers.paths[edge.path].kind),
                crossing,
            })
            .collect()
    }
}

fn footing(kind: PathKind) -> Footing {
    match kind {
        PathKind::Street => Footing::Street,
        PathKind::Cycleway | PathKind::Track => Footing::Cycleway,
        PathKind::Footway | PathKind::Steps => Footing::Path,
    }
}

/// The nodes of each edge between a bank's spots: of a split spot, the side on which the edge's land lies, to the left.
fn edges_along(mesh: &Mesh, land: &FreeLand, spots: &[u32]) -> Vec<[u32; 2]> {
    let nodes = |pair: &[u32]| {
        let ends = [pair[0], pair[1]];
        match mesh.left_of(pair[0], pair[1]) {
            Some(beside) => ends.map(|spot| land.node_in(spot, beside)),
            None => ends,
        }
    };
    spots.windows(2).map(nodes).collect()
}

fn walks_along(
    nodes: &[Spot],
    bank_edges: &[Vec<[u32; 2]>],
    settings: &GroundSettings,
) -> Vec<Edge> {
    let edge = |&[from, to]: &[u32; 2]| {
        let length = nodes[from as usize].millimeters_to(nodes[to as usize]);
        Edge {
            from,
            to,
            cost: cost(length, settings.bank_factor),
            footing: Footing::Bank,
            crossing: None,
        }
    };
    bank_edges.iter().flatten().map(edge).collect()
}

fn fords(layers: &Layers, plane: &LocalPlane) -> FxHashMap<Spot, Ford> {
    let spot = |place: LonLat| Spot::at(plane.to_plane(place));
    layers
        .fords
        .iter()
        .filter_map(|ford| Some((spot(ford.at)?, ford.ford)))
        .collect()
}
