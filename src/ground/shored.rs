//! The waters that must be covered, with their banks and the villages along them.

use crate::geometry::lon_lat::LonLat;
use crate::geometry::plane::LocalPlane;
use crate::ground::banks::banks;
use crate::ground::bodies::bodies;
use crate::ground::cover::Cover;
use crate::ground::inside::Outlines;
use crate::ground::mesh::Mesh;
use crate::ground::outlined::Outlined;
use crate::ground::shores::shores;
use crate::model::bank::Bank;
use crate::model::bank::WaterBody;
use crate::model::layers::Layers;
use crate::model::region::RegionSettings;
use geo::Coord;

/// The waters that must be covered, and their shores.
pub(super) struct Shored {
    pub water_bodies: Vec<WaterBody>,
    pub banks: Vec<Bank>,
    pub bank_spots: Vec<Vec<u32>>,
    pub village_outlines: Outlines,
}

impl Shored {
    pub fn new(
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
