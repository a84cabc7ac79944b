//! Builds the ground from a region's layers, step by step.

use geo::Coord;
use rustc_hash::FxHashMap;

use crate::geometry::lon_lat::LonLat;
use crate::geometry::plane::LocalPlane;
use crate::ground::BanksOf;
use crate::ground::Ground;
use crate::ground::banks::banks;
use crate::ground::bodies::bodies;
use crate::ground::cover::Cover;
use crate::ground::cover::covers;
use crate::ground::crossings::closed_oddities;
use crate::ground::domain::Domain;
use crate::ground::extent::center;
use crate::ground::extent::land_points;
use crate::ground::inside::Outlines;
use crate::ground::mesh::Mesh;
use crate::ground::network::Network;
use crate::ground::noding::noded;
use crate::ground::obstacles::add_buildings;
use crate::ground::obstacles::buildings;
use crate::ground::obstacles::walls;
use crate::ground::outline::Mark;
use crate::ground::shores::shores;
use crate::ground::sight::THINNING;
use crate::ground::spans::Mapped;
use crate::ground::spans::mapped;
use crate::ground::spot::Spot;
use crate::ground::waters::Waters;
use crate::ground::ways::Ways;
use crate::model::bank::Bank;
use crate::model::bank::WaterBody;
use crate::model::layers::Layers;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;
use crate::model::region::RegionSettings;

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
        let outlined = Outlined::new(layers, settings, &plane);
        progress(Step::Mesh);
        let mesh = outlined.mesh()?;
        let covers = outlined.covers(&mesh);
        progress(Step::Banks);
        let shored = Shored::new(layers, settings, &plane, &outlined, &mesh, &covers);
        progress(Step::Graph);
        let network = Network::new(layers, settings, &plane, &outlined, &mesh, &covers, &shored);
        let graph = network.graph(&mesh, settings, thinning);

        let mut oddities = closed_oddities(&network.crossings, &plane);
        oddities.extend(lost_outlines(&mesh));
        let ground = Self {
            plane,
            settings: settings.ground,
            mesh,
            covers,
            land: network.land,
            banks_of: BanksOf::new(network.nodes.len(), &network.bank_edges),
            nodes: network.nodes,
            graph,
            crossings: network.crossings,
            water_bodies: shored.water_bodies,
            banks: shored.banks,
            bank_edges: network.bank_edges,
            villages: layers.villages.clone(),
            village_outlines: shored.village_outlines,
            landmarks: network.landmarks,
        };
        Ok((ground, oddities))
    }
}

fn lost_outlines(mesh: &Mesh) -> Option<Oddity> {
    (mesh.n_lost > 0).then(|| Oddity {
        file: String::new(),
        id: "outlines".to_owned(),
        place: None,
        kind: OddityKind::InvalidOutline,
        detail: format!(
            "{} pieces of outline cross others even after splitting: left out",
            mesh.n_lost
        ),
    })
}

/// Everything mapped, taken into the plane and split where it meets.
pub(super) struct Outlined {
    pub domain: Domain,
    pub waters: Waters,
    pub ways: Ways,
    pub buildings: Outlines,
    pub spans: Vec<Mapped>,
    /// The spots of paths and of the ends of spans.
    pub points: Vec<Spot>,
    /// The pieces of outline between spots.
    pub lines: FxHashMap<(Spot, Spot), Mark>,
}

impl Outlined {
    fn new(layers: &Layers, settings: &RegionSettings, plane: &LocalPlane) -> Self {
        let domain = Domain::around(&land_points(layers, plane));
        let holds = |spot: Spot| domain.holds(spot);
        let (waters, (ways, (buildings, walls))) = rayon::join(
            || Waters::new(layers, &settings.water, plane),
            || {
                rayon::join(
                    || Ways::new(layers, plane, holds),
                    || (buildings(layers, plane), walls(layers, plane)),
                )
            },
        );
        let spans = mapped(layers, plane, holds);
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
        Self {
            domain,
            waters,
            ways,
            buildings,
            spans,
            points,
            lines,
        }
    }

    fn mesh(&self) -> Result<Mesh, NoGround> {
        Ok(Mesh::new(&self.lines, &self.points)?)
    }

    fn covers(&self, mesh: &Mesh) -> Vec<Cover> {
        covers(mesh, &self.waters, &self.buildings, &self.domain)
    }
}

/// The waters that must be covered, and their shores.
pub(super) struct Shored {
    pub water_bodies: Vec<WaterBody>,
    pub banks: Vec<Bank>,
    pub bank_spots: Vec<Vec<u32>>,
    pub village_outlines: Outlines,
}

impl Shored {
    fn new(
        layers: &Layers,
        settings: &RegionSettings,
        plane: &LocalPlane,
        outlined: &Outlined,
        mesh: &Mesh,
        covers: &[Cover],
    ) -> Self {
        let waters = &outlined.waters;
        let (water_bodies, body_of) = bodies(mesh, covers, waters, &settings.water);
        let village_outlines = Outlines::new(in_plane(
            layers
                .villages
                .iter()
                .map(|village| village.rings.iter().map(Vec::as_slice)),
            plane,
        ));
        let shores = shores(mesh, covers, &body_of, &clip_outline(layers, plane));
        let (banks, bank_spots) = banks(
            mesh,
            shores,
            waters,
            &water_bodies,
            &body_of,
            &village_outlines,
        )
        .into_iter()
        .unzip();
        Self {
            water_bodies,
            banks,
            bank_spots,
            village_outlines,
        }
    }
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
