//! Builds the ground from a region's layers, step by step.

use geo::Coord;
use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::geometry::lon_lat::LonLat;
use crate::geometry::plane::LocalPlane;
use crate::ground::BanksOf;
use crate::ground::Ground;
use crate::ground::banks::banks;
use crate::ground::bodies::bodies;
use crate::ground::cover::covers;
use crate::ground::crossings::Ids;
use crate::ground::crossings::closed_oddities;
use crate::ground::crossings::crossings_of_paths;
use crate::ground::domain::Domain;
use crate::ground::graph::Edge;
use crate::ground::graph::Footing;
use crate::ground::graph::Graph;
use crate::ground::graph::cost;
use crate::ground::graph::sights;
use crate::ground::inside::Outlines;
use crate::ground::land::FreeLand;
use crate::ground::land::Post;
use crate::ground::land::Turning;
use crate::ground::land::is_walkable;
use crate::ground::mesh::Mesh;
use crate::ground::noding::noded;
use crate::ground::outline::Mark;
use crate::ground::outline::Segment;
use crate::ground::outline::add_line;
use crate::ground::place::Landmarks;
use crate::ground::shores::shores;
use crate::ground::sight::THINNING;
use crate::ground::spans::Shoreland;
use crate::ground::spans::add_spans;
use crate::ground::spans::mapped;
use crate::ground::spot::Spot;
use crate::ground::waters::Waters;
use crate::ground::ways::WayEdge;
use crate::ground::ways::Ways;
use crate::ground::ways::path_factor;
use crate::ground::ways::wet_runs;
use crate::model::bank::Bank;
use crate::model::layers::Layers;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;
use crate::model::path::Ford;
use crate::model::region::GroundSettings;
use crate::model::region::Movement;
use crate::model::region::RegionSettings;

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

/// Why there is no ground.
#[derive(Debug, thiserror::Error)]
pub enum NoGround {
    /// No layer holds a place.
    #[error(
        "the region holds no water, path, building, village or equipment at all: name a source that does"
    )]
    Empty,
    /// The triangulation failed.
    #[error("the region's outlines cannot be triangulated: {0}")]
    Triangulation(#[from] spade::InsertionError),
}

/// A step of building, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Outlines are taken into the plane and split where they meet.
    Outlines,
    /// The land is triangulated.
    Mesh,
    /// Banks are strung together and named.
    Banks,
    /// Lines of sight and paths become the graph.
    Graph,
}

impl Ground {
    /// The ground of a region, and what was odd about it.
    ///
    /// `O(n log n)` for `n` vertices.
    ///
    /// # Errors
    ///
    /// If there is nothing to build from.
    pub fn build(
        layers: &Layers,
        settings: &RegionSettings,
        progress: &(dyn Fn(Step) + Sync),
    ) -> Result<(Self, Vec<Oddity>), NoGround> {
        Self::build_thinned(layers, settings, THINNING, progress)
    }

    /// The same with another thinning of the lines of sight; a negative one keeps every line: exact, and slow.
    pub fn build_thinned(
        layers: &Layers,
        settings: &RegionSettings,
        thinning: f64,
        progress: &(dyn Fn(Step) + Sync),
    ) -> Result<(Self, Vec<Oddity>), NoGround> {
        let plane = LocalPlane::new(center(layers).ok_or(NoGround::Empty)?);
        progress(Step::Outlines);
        let domain = Domain::around(&land_points(layers, &plane));
        let holds = |spot: Spot| domain.holds(spot);
        let (waters, (ways, (buildings, walls))) = rayon::join(
            || Waters::new(layers, &settings.water, &plane),
            || {
                rayon::join(
                    || Ways::new(layers, &plane, holds),
                    || (buildings(layers, &plane), walls(layers, &plane)),
                )
            },
        );
        let spans = mapped(layers, &plane, holds);
        let mut points: Vec<Spot> = ways.grounded().collect();
        points.extend(
            spans
                .iter()
                .filter(|span| span.spots.len() > 1)
                .flat_map(|span| [span.spots[0], span.spots[span.spots.len() - 1]]),
        );
        points.sort_unstable();
        points.dedup();
        let mut segments = waters.outline(&domain);
        segments.extend(walls);
        add_buildings(&mut segments, &buildings, &domain);
        domain.add_edge(&mut segments);
        let lines = noded(segments, &points);

        progress(Step::Mesh);
        let mesh = Mesh::new(&lines, &points)?;
        let covers = covers(&mesh, &waters, &buildings, &domain);

        progress(Step::Banks);
        let (water_bodies, body_of) = bodies(&mesh, &covers, &waters, &settings.water);
        let village_outlines = Outlines::new(in_plane(
            layers
                .villages
                .iter()
                .map(|village| village.rings.iter().map(Vec::as_slice)),
            &plane,
        ));
        let clip = clip_outline(layers, &plane);
        let shores = shores(&mesh, &covers, &body_of, &clip);
        let (banks, bank_spots): (Vec<Bank>, Vec<Vec<u32>>) = banks(
            &mesh,
            shores,
            &waters,
            &water_bodies,
            &body_of,
            &village_outlines,
        )
        .into_iter()
        .unzip();

        progress(Step::Graph);
        let number: FxHashMap<Spot, u32> = mesh
            .spots
            .iter()
            .enumerate()
            .map(|(i, &spot)| (spot, i as u32))
            .collect();
        let mut turning = Turning {
            is_bank: vec![false; mesh.spots.len()],
            is_path: vec![false; mesh.spots.len()],
        };
        for spot in bank_spots.iter().flatten() {
            turning.is_bank[*spot as usize] = true;
        }
        for spot in &points {
            turning.is_path[number[spot] as usize] = true;
        }
        let land = FreeLand::new(&mesh, &covers, &waters.parts, &turning);
        let bank_nodes: Vec<Vec<u32>> = bank_spots
            .iter()
            .map(|spots| nodes_along(&mesh, &land, spots))
            .collect();
        let way_edges = ways.edges(&mesh, &covers, &waters.parts, &number);
        let ford_at = fords(layers, &plane);
        let is_off_land = |spot: Spot| {
            number
                .get(&spot)
                .is_none_or(|&node| land.posts[node as usize] == Post::Off)
        };
        let runs = wet_runs(&way_edges, layers, &ford_at, is_off_land);
        let mut ids = Ids::default();
        let (mut crossings, crossing_of) = crossings_of_paths(&runs, &way_edges, layers, &mut ids);

        let mut nodes = mesh.spots.clone();
        nodes.extend(land.twins().iter().map(|&spot| mesh.spots[spot as usize]));
        let mut edges = bank_edges(&nodes, &bank_nodes, &settings.ground);
        let mut network = Network {
            number,
            nodes: &mut nodes,
        };
        let path_edges = network.path_edges(&way_edges, &crossing_of, layers, &settings.ground);
        let number = network.number;
        let landmarks = Landmarks::new(&nodes, &path_edges, &banks, &bank_nodes);
        edges.extend(path_edges);
        let bank_tree = RTree::bulk_load(
            bank_nodes
                .iter()
                .flatten()
                .map(|&node| {
                    let spot = nodes[node as usize];
                    GeomWithData::new([f64::from(spot.x), f64::from(spot.y)], node)
                })
                .collect(),
        );
        let shore = Shoreland {
            mesh: &mesh,
            nodes: &nodes,
            is_wet: &|triangle| {
                let cover = covers[triangle as usize];
                matches!(cover, crate::ground::cover::Cover::Water(_))
                    && !is_walkable(cover, &waters.parts)
            },
            is_ashore: &|node| land.posts[node as usize] != Post::Off,
            number: &|spot| number.get(&spot).copied(),
            bank_nodes: &bank_tree,
            settings: &settings.ground,
        };
        let mut added = Vec::new();
        add_spans(
            &spans,
            layers,
            &shore,
            &mut ids,
            &mut added,
            &mut edges,
            &mut crossings,
        );
        nodes.extend(added);
        let mut is_on_bank = vec![false; nodes.len()];
        for &node in bank_nodes.iter().flatten() {
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
        let sights = sights(&mesh, &land, factor, farthest, thinning, counts);
        let graph = Graph::new(nodes.len(), &edges, sights);

        let mut oddities = closed_oddities(&crossings, &plane);
        if mesh.n_lost > 0 {
            oddities.push(Oddity {
                file: String::new(),
                id: "outlines".to_owned(),
                place: None,
                kind: OddityKind::InvalidOutline,
                detail: format!(
                    "{} pieces of outline cross others even after splitting: left out",
                    mesh.n_lost
                ),
            });
        }
        let banks_of = BanksOf::new(nodes.len(), &bank_nodes);
        let ground = Self {
            plane,
            settings: settings.ground,
            mesh,
            covers,
            land,
            nodes,
            graph,
            crossings,
            water_bodies,
            banks,
            bank_nodes,
            banks_of,
            villages: layers.villages.clone(),
            village_outlines,
            landmarks,
        };
        Ok((ground, oddities))
    }
}

/// The numbers of the network's nodes, while it is put together.
struct Network<'a> {
    number: FxHashMap<Spot, u32>,
    nodes: &'a mut Vec<Spot>,
}

impl Network<'_> {
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
                footing: if crossing.is_some() {
                    Footing::Crossing
                } else {
                    Footing::Path
                },
                crossing,
            })
            .collect()
    }
}

/// The nodes of a bank's spots: of a split spot, the side on which the bank's land lies, to the left.
fn nodes_along(mesh: &Mesh, land: &FreeLand, spots: &[u32]) -> Vec<u32> {
    let node = |i: usize| {
        if land.posts[spots[i] as usize] != Post::Split {
            return spots[i];
        }
        let (from, to) = if i + 1 < spots.len() {
            (i, i + 1)
        } else {
            (i - 1, i)
        };
        let beside = mesh.left_of(spots[from], spots[to]);
        beside.map_or(spots[i], |triangle| land.node_in(spots[i], triangle))
    };
    (0..spots.len()).map(node).collect()
}

fn bank_edges(nodes: &[Spot], bank_nodes: &[Vec<u32>], settings: &GroundSettings) -> Vec<Edge> {
    let pairs = bank_nodes.iter().flat_map(|nodes| nodes.windows(2));
    pairs
        .map(|pair| {
            let [a, b] = [nodes[pair[0] as usize], nodes[pair[1] as usize]];
            Edge {
                from: pair[0],
                to: pair[1],
                cost: cost(a.millimeters_to(b), settings.bank_factor),
                footing: Footing::Bank,
                crossing: None,
            }
        })
        .collect()
}

/// The middle of all places on land, or of all water where there is no land.
fn center(layers: &Layers) -> Option<LonLat> {
    let (mut low, mut high) = ([f64::MAX; 2], [f64::MIN; 2]);
    let mut take = |place: &LonLat| {
        low = [low[0].min(place.lon()), low[1].min(place.lat())];
        high = [high[0].max(place.lon()), high[1].max(place.lat())];
    };
    if layers.clip.is_empty() {
        for_each_land_place(layers, &mut take);
        if !layers.paths.iter().any(|path| !path.points.is_empty()) {
            for_each_water_place(layers, &mut take);
        }
    } else {
        layers.clip.iter().flatten().for_each(&mut take);
    }
    let center = LonLat::new((low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0);
    center.ok().filter(|_| low[0] <= high[0])
}

fn for_each_land_place(layers: &Layers, take: &mut dyn FnMut(&LonLat)) {
    layers
        .paths
        .iter()
        .flat_map(|path| &path.points)
        .for_each(&mut *take);
    let rings = layers.buildings.iter().flat_map(|building| &building.rings);
    rings.flat_map(|ring| &ring.points).for_each(&mut *take);
    layers
        .walls
        .iter()
        .flat_map(|wall| &wall.points)
        .for_each(&mut *take);
    layers
        .equipment
        .iter()
        .map(|piece| &piece.at)
        .for_each(&mut *take);
    if layers.paths.is_empty() && layers.buildings.is_empty() {
        let rings = layers.villages.iter().flat_map(|village| &village.rings);
        rings.flatten().for_each(&mut *take);
    }
}

fn for_each_water_place(layers: &Layers, take: &mut dyn FnMut(&LonLat)) {
    let rings = layers.water_areas.iter().flat_map(|area| &area.rings);
    rings.flat_map(|ring| &ring.points).for_each(&mut *take);
    layers
        .water_lines
        .iter()
        .flat_map(|line| &line.points)
        .for_each(&mut *take);
    layers
        .coastlines
        .iter()
        .flat_map(|coast| &coast.points)
        .for_each(&mut *take);
}

/// The points of the plane around which there is ground: the land, and water near it.
fn land_points(layers: &Layers, plane: &LocalPlane) -> Vec<Coord> {
    let mut places = Vec::new();
    for_each_land_place(layers, &mut |place: &LonLat| places.push(*place));
    places.par_sort_unstable_by_key(|place| place.key());
    places.dedup();
    let mut points: Vec<Coord> = places
        .par_iter()
        .map(|&place| plane.to_plane(place))
        .collect();
    points.retain(|&point| Spot::at(point).is_some());
    let near = bounds(&points, 500.0);
    let mut take = |place: &LonLat| {
        let point = plane.to_plane(*place);
        let is_near = near.is_none_or(|[low, high]| {
            (low.x..=high.x).contains(&point.x) && (low.y..=high.y).contains(&point.y)
        });
        if is_near && Spot::at(point).is_some() {
            points.push(point);
        }
    };
    for_each_water_place(layers, &mut take);
    points
}

/// The corners of the box around points, some meters wider.
fn bounds(points: &[Coord], wider: f64) -> Option<[Coord; 2]> {
    let first = *points.first()?;
    let (mut low, mut high) = (first, first);
    for point in points {
        low = Coord {
            x: low.x.min(point.x),
            y: low.y.min(point.y),
        };
        high = Coord {
            x: high.x.max(point.x),
            y: high.y.max(point.y),
        };
    }
    let margin = Coord { x: wider, y: wider };
    Some([low - margin, high + margin])
}

/// Outlines of a layer in the plane.
fn in_plane<'a, R>(outlines: impl Iterator<Item = R>, plane: &LocalPlane) -> Vec<Vec<Vec<Coord>>>
where
    R: Iterator<Item = &'a [LonLat]>,
{
    let ring = |ring: &[LonLat]| ring.iter().map(|&place| plane.to_plane(place)).collect();
    outlines.map(|rings| rings.map(ring).collect()).collect()
}

fn clip_outline(layers: &Layers, plane: &LocalPlane) -> Outlines {
    if layers.clip.is_empty() {
        return Outlines::default();
    }
    Outlines::new(in_plane(
        [layers.clip.iter().map(Vec::as_slice)].into_iter(),
        plane,
    ))
}

fn buildings(layers: &Layers, plane: &LocalPlane) -> Outlines {
    let rings = layers
        .buildings
        .par_iter()
        .map(|building| {
            let ring = |ring: &crate::model::water::Ring| {
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

fn add_buildings(segments: &mut Vec<Segment>, buildings: &Outlines, domain: &Domain) {
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

/// Half of the opening that a gate leaves in a wall.
///
/// # Units
///
/// Millimeters.
const HALF_GATE_MM: f64 = 1_000.0;

/// The walls, with openings at their gates.
fn walls(layers: &Layers, plane: &LocalPlane) -> Vec<Segment> {
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

fn fords(layers: &Layers, plane: &LocalPlane) -> FxHashMap<Spot, Ford> {
    let spot = |place: LonLat| Spot::at(plane.to_plane(place));
    layers
        .fords
        .iter()
        .filter_map(|ford| Some((spot(ford.at)?, ford.ford)))
        .collect()
}
