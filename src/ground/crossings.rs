//! Crossings: the only edges of the graph that lead over water.

use rustc_hash::FxHashMap;

use crate::geometry::plane::LocalPlane;
use crate::ground::spot::Spot;
use crate::ground::ways::WayEdge;
use crate::ground::ways::WetRun;
use crate::model::crossing::CrossingKind;
use crate::model::crossing::CrossingState;
use crate::model::layers::Layers;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;
use crate::model::path::Ford;
use crate::model::path::Span;
use crate::units::Meters;

/// A path without a bridge tag over water no wider than this is taken for a culvert.
pub const CULVERT: Meters = Meters(8.0);

/// A way over water.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Kind and source, like `bridge-w123`; stable across imports.
    pub id: String,
    /// What kind.
    pub kind: CrossingKind,
    /// As the data says; a planner may say otherwise.
    pub state: CrossingState,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its middle, in the plane.
    pub at: Spot,
    /// How much of it lies over water.
    pub over_water: Meters,
}

/// The crossings of paths, and for every edge of the network the crossing that it belongs to.
pub fn crossings_of_paths(
    runs: &[WetRun],
    edges: &[WayEdge],
    layers: &Layers,
    ids: &mut Ids,
) -> (Vec<Crossing>, Vec<Option<u32>>) {
    let mut crossing_of = vec![None; edges.len()];
    let mut crossings = Vec::with_capacity(runs.len());
    for run in runs {
        let (kind, state) = classify(run);
        for &edge in &run.edges {
            crossing_of[edge] = Some(crossings.len() as u32);
        }
        let sources = run
            .edges
            .iter()
            .map(|&edge| layers.paths[edges[edge].path].source.as_str());
        let source = sources.min_by(|a, b| crate::ground::bodies::by_number(a, b));
        let names = run
            .edges
            .iter()
            .map(|&edge| &layers.paths[edges[edge].path].name);
        let middle = edges[run.edges[run.edges.len() / 2]];
        crossings.push(Crossing {
            id: ids.take(kind, source.unwrap_or_default()),
            kind,
            state,
            name: names.flatten().next().cloned(),
            at: middle.from.toward(middle.to, 0.5),
            over_water: Meters(run.wet_mm / 1000.0),
        });
    }
    (crossings, crossing_of)
}

/// What a run over water is, and whether it is open: a ford only if the data says so, wide water only with a bridge.
fn classify(run: &WetRun) -> (CrossingKind, CrossingState) {
    match (run.span, run.ford) {
        (Span::Bridge, _) => (CrossingKind::Bridge, CrossingState::Open),
        (Span::Tunnel, _) => (CrossingKind::Tunnel, CrossingState::Open),
        (Span::Ground, Ford::Open) => (CrossingKind::Ford, CrossingState::Open),
        (Span::Ground, Ford::Unsure) => (CrossingKind::Ford, CrossingState::Closed),
        (Span::Ground, Ford::No) if run.wet_mm <= CULVERT.0 * 1000.0 => {
            (CrossingKind::Culvert, CrossingState::Open)
        }
        (Span::Ground, Ford::No) => (CrossingKind::Unbridged, CrossingState::Closed),
    }
}

/// Hands out ids; a source that crosses twice gets `.2`, `.3`.
#[derive(Debug, Default)]
pub struct Ids(FxHashMap<String, usize>);

impl Ids {
    /// The id of the next crossing of this kind that comes from this source.
    pub fn take(&mut self, kind: CrossingKind, source: &str) -> String {
        let id = format!("{}-{source}", kind_name(kind));
        let n = self.0.entry(id.clone()).or_default();
        *n += 1;
        if *n == 1 { id } else { format!("{id}.{n}") }
    }
}

/// The kind as ids spell it.
fn kind_name(kind: CrossingKind) -> &'static str {
    match kind {
        CrossingKind::Bridge => "bridge",
        CrossingKind::Culvert => "culvert",
        CrossingKind::Tunnel => "tunnel",
        CrossingKind::Weir => "weir",
        CrossingKind::Dam => "dam",
        CrossingKind::LockGate => "lock-gate",
        CrossingKind::Ford => "ford",
        CrossingKind::Ferry => "ferry",
        CrossingKind::Unbridged => "unbridged",
    }
}

/// Reports the crossings that count as closed although a way is mapped there.
pub fn closed_oddities(crossings: &[Crossing], plane: &LocalPlane) -> Vec<Oddity> {
    let detail = |crossing: &Crossing| match crossing.kind {
        CrossingKind::Ford => {
            Some("a ford that the map does not say can be walked: closed".to_owned())
        }
        CrossingKind::Ferry => Some("a ferry: closed".to_owned()),
        CrossingKind::Unbridged => Some(format!(
            "a path over {} of water without a bridge: closed",
            crossing.over_water
        )),
        CrossingKind::Weir | CrossingKind::Dam | CrossingKind::LockGate => {
            Some("not mapped as open to people on foot: closed".to_owned())
        }
        CrossingKind::Bridge | CrossingKind::Culvert | CrossingKind::Tunnel => None,
    };
    crossings
        .iter()
        .filter(|crossing| crossing.state == CrossingState::Closed)
        .filter_map(|crossing| {
            Some(Oddity {
                file: String::new(),
                id: crossing.id.clone(),
                place: plane.to_lon_lat(crossing.at.coord()).ok(),
                kind: OddityKind::ClosedCrossing,
                detail: detail(crossing)?,
            })
        })
        .collect()
}
