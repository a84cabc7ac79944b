//! Everything mapped, taken into the plane and split where it meets.

use crate::geometry::plane::LocalPlane;
use crate::ground::cover::Cover;
use crate::ground::cover::covers;
use crate::ground::domain::Domain;
use crate::ground::extent::land_points;
use crate::ground::inside::Outlines;
use crate::ground::mesh::Mesh;
use crate::ground::noding::noded;
use crate::ground::obstacles::add_buildings;
use crate::ground::obstacles::buildings;
use crate::ground::obstacles::walls;
use crate::ground::outline::Mark;
use crate::ground::spans::Mapped;
use crate::ground::spans::mapped;
use crate::ground::spot::Spot;
use crate::ground::waters::Waters;
use crate::ground::ways::Ways;
use crate::model::layers::Layers;
use crate::model::region::RegionSettings;
use rustc_hash::FxHashMap;

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
    pub fn new(layers: &Layers, settings: &RegionSettings, plane: &LocalPlane) -> Self {
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

    pub fn covers(&self, mesh: &Mesh) -> Vec<Cover> {
        covers(mesh, &self.waters, &self.buildings, &self.domain)
    }
}
