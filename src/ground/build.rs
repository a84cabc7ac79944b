//! Builds the ground from a region's layers, step by step.

use crate::geometry::plane::LocalPlane;
use crate::ground::BanksOf;
use crate::ground::Ground;
use crate::ground::crossings::closed_oddities;
use crate::ground::extent::center;
use crate::ground::mesh::Mesh;
use crate::ground::network::Network;
use crate::ground::outlined::Outlined;
use crate::ground::shored::Shored;
use crate::ground::sight::THINNING;
use crate::model::bank::Bank;
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
        let mesh = Mesh::new(&outlined.lines, &outlined.points)?;
        let covers = outlined.covers(&mesh);
        progress(Step::Banks);
        let shored = Shored::new(layers, settings, &plane, &outlined, &mesh, &covers);
        progress(Step::Graph);
        let network = Network::new(layers, settings, &plane, &outlined, &mesh, &covers, &shored);
        let (graph, landmarks) = rayon::join(
            || network.graph(&mesh, settings, thinning),
            || network.landmarks(&mesh),
        );

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
            n_banks_of: n_banks_of(&shored.banks, shored.water_bodies.len()),
            banks: shored.banks,
            water_bodies: shored.water_bodies,
            bank_edges: network.bank_edges,
            villages: layers.villages.clone(),
            village_outlines: shored.village_outlines,
            landmarks,
        };
        Ok((ground, oddities))
    }
}

fn n_banks_of(banks: &[Bank], n_water_bodies: usize) -> Vec<usize> {
    let mut n_banks_of = vec![0; n_water_bodies];
    for bank in banks {
        n_banks_of[bank.water_body] += 1;
    }
    n_banks_of
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
