//! Where a notice holds, as outlines for programs that know nothing of villages and waters.

use geo::ConvexHull;
use geo::Coord;
use geo::LineString;
use geo::MultiPoint;
use geo::Point;
use geo::Simplify;

use crate::app::names;
use crate::app::snapshot::Snapshot;
use crate::formats::cap::Area;
use crate::geometry::lon_lat::LonLat;
use crate::model::notice::Notice;
use crate::units::Meters;

/// The most corners of one outline.
pub const MOST_CORNERS: usize = 100;

/// The most outlines of one place.
const MOST_OUTLINES: usize = 20;

/// An outline may be so much off; more, twice as often as it takes, where it has too many corners.
const OFF: Meters = Meters(5.0);

/// Doubled so often, nothing is left of an outline.
const MOST_DOUBLINGS: usize = 20;

/// The places of a notice, in its own order, or the whole region; those that the map has no longer are left out.
pub fn areas(snapshot: &Snapshot, notice: &Notice) -> Vec<Area> {
    let content = &notice.content;
    let villages = content.villages.iter().filter_map(|id| {
        let index = snapshot.village(id).ok()?;
        Some(village(snapshot, index))
    });
    let waters = content.water_bodies.iter().filter_map(|id| {
        let index = snapshot.water_body(id).ok()?;
        Some(water(snapshot, index))
    });
    let mut areas: Vec<Area> = villages.chain(waters).collect();
    if areas.is_empty() {
        areas.push(whole(snapshot));
    }
    areas
}

/// What a place is called, or its id where it has no name.
pub fn name_of_water(snapshot: &Snapshot, index: usize) -> &str {
    let water = &snapshot.region.ground.water_bodies[index];
    water.name.as_deref().unwrap_or(&water.id)
}

fn village(snapshot: &Snapshot, index: usize) -> Area {
    let ground = &snapshot.region.ground;
    let mut rings: Vec<&Vec<Coord>> = ground.village_outlines.all()[index].iter().collect();
    rings.sort_by_key(|ring| std::cmp::Reverse(ring.len()));
    let rings = rings.into_iter().take(MOST_OUTLINES);
    let polygons = rings.filter_map(|ring| outline(snapshot, ring.clone()));
    Area {
        name: ground.villages[index].name.clone(),
        polygons: polygons.collect(),
    }
}

/// A water is told by the outline of all its banks: a rough one, but nobody at the water is left out.
fn water(snapshot: &Snapshot, index: usize) -> Area {
    let banks = snapshot.region.ground.banks.iter();
    let banks = banks.filter(|bank| bank.water_body == index);
    let points: Vec<Point> = banks
        .flat_map(|bank| bank.line.iter().copied().map(Point::from))
        .collect();
    let hull = MultiPoint::new(points).convex_hull();
    let polygon = outline(snapshot, hull.exterior().0.clone());
    Area {
        name: name_of_water(snapshot, index).to_owned(),
        polygons: polygon.into_iter().collect(),
    }
}

fn whole(snapshot: &Snapshot) -> Area {
    let [west, south, east, north] = snapshot.base.bounds.region;
    let corners = [(west, south), (east, south), (east, north), (west, north)];
    let corners = corners.map(|(lon, lat)| LonLat::new(lon, lat).ok());
    let corners: Option<Vec<LonLat>> = corners.into_iter().collect();
    Area {
        name: names::of_region(&snapshot.region.settings, "zh").to_owned(),
        polygons: corners.into_iter().collect(),
    }
}

/// A ring in degrees with few enough corners; none if nothing is left of it.
fn outline(snapshot: &Snapshot, mut ring: Vec<Coord>) -> Option<Vec<LonLat>> {
    // Without the first at the end.
    if 1 < ring.len() && ring.first() == ring.last() {
        ring.pop();
    }
    let mut off = OFF.0;
    for _ in 0..MOST_DOUBLINGS {
        if ring.len() <= MOST_CORNERS {
            break;
        }
        let mut closed = LineString::new(ring.clone());
        closed.close();
        ring = closed.simplify(off).0;
        ring.pop();
        off *= 2.0;
    }
    if ring.len() < 3 || MOST_CORNERS < ring.len() {
        return None;
    }
    let plane = &snapshot.region.ground.plane;
    let corners = ring.into_iter().map(|corner| plane.to_lon_lat(corner).ok());
    corners.collect()
}
