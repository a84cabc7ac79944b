//! The sea on the map: no file holds its outline, so it is traced around the triangles of water.

use rustc_hash::FxHashMap;

use crate::app::tiles::backdrop::text;
use crate::app::tiles::things::Form;
use crate::app::tiles::things::MapRing;
use crate::app::tiles::things::Thing;
use crate::app::tiles::things::areas_of;
use crate::geometry::map_point::MapPoint;
use crate::ground::Ground;
use crate::ground::cover::Cover;
use crate::ground::mesh::NONE;

/// All water of a ground as one thing, for a region at the sea; the waters that the files hold are drawn over it.
pub(super) fn sea(ground: &Ground) -> Option<Thing> {
    let rings = outlines(ground);
    Thing::new(Form::Areas(areas_of(rings)), vec![("kind", text("sea"))], 0)
}

/// The rings between water and everything else.
fn outlines(ground: &Ground) -> Vec<MapRing> {
    let mesh = &ground.mesh;
    let is_water = |triangle: u32| matches!(ground.covers[triangle as usize], Cover::Water(_));
    let mut next_of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut starts = Vec::new();
    for triangle in (0..mesh.n_triangles() as u32).filter(|&triangle| is_water(triangle)) {
        let corners = mesh.corners[triangle as usize];
        for side in 0..3 {
            let across = mesh.across[triangle as usize][side];
            if across == NONE || !is_water(across) {
                next_of
                    .entry(corners[side])
                    .or_default()
                    .push(corners[(side + 1) % 3]);
                starts.push(corners[side]);
            }
        }
    }
    let place = |spot: u32| {
        let point = mesh.spots[spot as usize].coord();
        ground.plane.to_lon_lat(point).ok().map(MapPoint::of)
    };
    let mut rings = Vec::new();
    for start in starts {
        let mut ring = Vec::new();
        let mut at = start;
        // Every edge is taken once; where several rings meet in a spot, any way on closes one of them.
        while let Some(next) = next_of.get_mut(&at).and_then(Vec::pop) {
            ring.extend(place(at));
            at = next;
        }
        rings.push(ring);
    }
    rings
}
