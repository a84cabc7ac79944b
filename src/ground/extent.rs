//! Where a region lies: its middle, and the places around which there is ground.

use geo::Coord;
use rayon::prelude::*;

use crate::geometry::lon_lat::LonLat;
use crate::geometry::plane::LocalPlane;
use crate::ground::spot::Spot;
use crate::model::layers::Layers;

/// The middle of all places on land, or of all water where there is no land.
pub fn center(layers: &Layers) -> Option<LonLat> {
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
    let center = LonLat::new(
        f64::midpoint(low[0], high[0]),
        f64::midpoint(low[1], high[1]),
    );
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
pub fn land_points(layers: &Layers, plane: &LocalPlane) -> Vec<Coord> {
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
