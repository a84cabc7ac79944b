//! Weirs, dams, lock gates and ferries: mapped lines or points over water, tied to the land at both ends.

use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::geometry::plane::LocalPlane;
use crate::ground::crossings::Crossing;
use crate::ground::crossings::Ids;
use crate::ground::graph::Edge;
use crate::ground::graph::Footing;
use crate::ground::graph::cost;
use crate::ground::mesh::Mesh;
use crate::ground::outline::densified;
use crate::ground::passed::first_toward;
use crate::ground::passed::passed;
use crate::ground::spot::Spot;
use crate::ground::spot::lie_opposite;
use crate::model::crossing::CrossingKind;
use crate::model::layers::Layers;
use crate::model::region::GroundSettings;
use crate::units::Meters;

/// How far an end in the water may be from the bank that it belongs to.
fn farthest_bank(kind: CrossingKind) -> Meters {
    match kind {
        CrossingKind::Ferry => Meters(50.0),
        CrossingKind::Bridge
        | CrossingKind::Culvert
        | CrossingKind::Tunnel
        | CrossingKind::Weir
        | CrossingKind::Dam
        | CrossingKind::LockGate
        | CrossingKind::Ford
        | CrossingKind::Unbridged => Meters(15.0),
    }
}

/// A point crossing spans at most this much water.
const WIDEST_GATE: Meters = Meters(40.0);

/// A mapped crossing in the plane.
#[derive(Debug)]
pub struct Mapped {
    /// Its index in its layer.
    pub index: usize,
    /// Its spots: one, or a line.
    pub spots: Vec<Spot>,
}

/// The mapped crossings in the plane.
pub fn mapped(layers: &Layers, plane: &LocalPlane, holds: impl Fn(Spot) -> bool) -> Vec<Mapped> {
    let in_plane = |index: usize| {
        let spots: Option<Vec<Spot>> = layers.crossings[index]
            .points
            .iter()
            .map(|&place| Spot::at(plane.to_plane(place)).filter(|&spot| holds(spot)))
            .collect();
        let spots = densified(&spots?, 25_000.0);
        (!spots.is_empty()).then_some(Mapped { index, spots })
    };
    (0..layers.crossings.len()).filter_map(in_plane).collect()
}

/// What tying a mapped crossing to the land needs to know.
pub struct Shoreland<'a> {
    /// The triangles.
    pub mesh: &'a Mesh,
    /// The spots of all nodes.
    pub nodes: &'a [Spot],
    /// Whether a triangle is water that bars the way.
    pub is_wet: &'a dyn Fn(u32) -> bool,
    /// Whether land touches a node.
    pub is_ashore: &'a dyn Fn(u32) -> bool,
    /// The number of each spot of the mesh.
    pub number: &'a dyn Fn(Spot) -> Option<u32>,
    /// The nodes of all banks.
    pub bank_nodes: &'a RTree<GeomWithData<[f64; 2], u32>>,
    /// What a step costs.
    pub settings: &'a GroundSettings,
}

/// Adds the mapped crossings that lead over water: their edges, and new nodes for what lies between their ends.
pub fn add_spans(
    mapped: &[Mapped],
    layers: &Layers,
    shore: &Shoreland<'_>,
    ids: &mut Ids,
    added: &mut Vec<Spot>,
    edges: &mut Vec<Edge>,
    crossings: &mut Vec<Crossing>,
) {
    let at = |node: u32, added: &[Spot]| {
        let n = shore.nodes.len();
        shore
            .nodes
            .get(node as usize)
            .copied()
            .unwrap_or_else(|| added[node as usize - n])
    };
    for span in mapped {
        let source = &layers.crossings[span.index];
        let (ends, inner) = match span.spots[..] {
            [point] => (gate_ends(shore, point), Vec::new()),
            _ => line_ends(shore, source.kind, &span.spots),
        };
        let [Some(first), Some(last)] = ends else {
            continue;
        };
        if first == last {
            continue;
        }
        let crossing = crossings.len() as u32;
        let mut chain = vec![first];
        for spot in inner {
            chain.push((shore.nodes.len() + added.len()) as u32);
            added.push(spot);
        }
        chain.push(last);
        for pair in chain.windows(2) {
            let [a, b] = [at(pair[0], added), at(pair[1], added)];
            edges.push(Edge {
                from: pair[0],
                to: pair[1],
                cost: cost(a.millimeters_to(b), shore.settings.path_factor),
                footing: Footing::Path,
                crossing: Some(crossing),
            });
        }
        let [from, to] = [at(first, added), at(last, added)];
        crossings.push(Crossing {
            id: ids.take(source.kind, &source.source),
            kind: source.kind,
            state: source.state,
            name: source.name.clone(),
            at: from.toward(to, 0.5),
            over_water: from.distance(to),
        });
    }
}

/// The nodes at the ends of a line over water, and the spots between them; none where it lies on land.
fn line_ends(
    shore: &Shoreland<'_>,
    kind: CrossingKind,
    spots: &[Spot],
) -> ([Option<u32>; 2], Vec<Spot>) {
    let is_over_water = spots.windows(2).any(|pair| {
        let start = (shore.number)(pair[0])
            .and_then(|node| first_toward(shore.mesh, node, pair[1]))
            .or_else(|| shore.mesh.locate(pair[0], 0));
        start.is_some_and(|start| {
            let steps = passed(shore.mesh, pair[0], start, pair[1]);
            steps.iter().any(|step| (shore.is_wet)(step.triangle))
        })
    });
    if !is_over_water {
        return ([None, None], Vec::new());
    }
    let last = spots.len() - 1;
    let tied = [spots[0], spots[last]].map(|end| {
        let own = (shore.number)(end).filter(|&node| (shore.is_ashore)(node));
        own.or_else(|| {
            let (near, distance) = nearest(shore, end).next()?;
            (distance <= farthest_bank(kind)).then_some(near)
        })
    });
    (tied, spots[1..last].to_vec())
}

/// The nodes on the two banks beside a gate that is mapped as a point in the water.
fn gate_ends(shore: &Shoreland<'_>, gate: Spot) -> [Option<u32>; 2] {
    let mut near = nearest(shore, gate).take_while(|&(_, distance)| distance <= WIDEST_GATE);
    let Some((one, _)) = near.next() else {
        return [None, None];
    };
    let place = |node: u32| shore.nodes[node as usize];
    let other = near.find(|&(node, _)| lie_opposite(gate, place(one), place(node)));
    [Some(one), other.map(|(node, _)| node)]
}

fn nearest<'a>(shore: &'a Shoreland<'a>, spot: Spot) -> impl Iterator<Item = (u32, Meters)> + 'a {
    let here = [f64::from(spot.x), f64::from(spot.y)];
    let by_distance = shore.bank_nodes.nearest_neighbor_iter(here);
    by_distance.map(move |node| {
        let at = shore.nodes[node.data as usize];
        (node.data, spot.distance(at))
    })
}
