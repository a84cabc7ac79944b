//! Where things are, for whoever has to show them: boxes in degrees.

use geo::Coord;

use crate::geometry::lon_lat::LonLat;
use crate::geometry::lon_lat::told;
use crate::geometry::plane::LocalPlane;
use crate::ground::Ground;

/// West, south, east, north.
///
/// # Units
///
/// Degrees, WGS-84.
pub type Box4 = [f64; 4];

/// The boxes of a region and of what lies in it; they never change.
#[derive(Debug)]
pub struct Bounds {
    /// Around all ground, banks and villages.
    pub region: Box4,
    /// By village, in the ground's order.
    pub villages: Vec<Option<Box4>>,
    /// By water body, in the ground's order.
    pub water_bodies: Vec<Option<Box4>>,
}

impl Bounds {
    /// The boxes of a ground.
    pub fn new(ground: &Ground) -> Self {
        let villages = ground.village_outlines.all().iter();
        let villages: Vec<Option<[Coord; 2]>> = villages
            .map(|rings| corners(rings.iter().flatten().copied()))
            .collect();
        let mut water_bodies: Vec<Option<[Coord; 2]>> = vec![None; ground.water_bodies.len()];
        for bank in &ground.banks {
            let box_of = &mut water_bodies[bank.water_body];
            let known = box_of.iter().flatten().copied();
            *box_of = corners(known.chain(bank.line.iter().copied()));
        }
        // A far corner of the mesh is no ground: the nodes are where people can be.
        let nodes = ground.nodes.iter().map(|node| node.coord());
        let known = villages.iter().chain(&water_bodies).flatten().flatten();
        let region = corners(nodes.chain(known.copied()));
        let plane = &ground.plane;
        let in_degrees = |corners: &Option<[Coord; 2]>| degrees(plane, (*corners)?);
        let center = ground.plane.center();
        Self {
            region: in_degrees(&region).unwrap_or([
                center.lon(),
                center.lat(),
                center.lon(),
                center.lat(),
            ]),
            villages: villages.iter().map(in_degrees).collect(),
            water_bodies: water_bodies.iter().map(in_degrees).collect(),
        }
    }
}

/// Whether a box holds a place.
pub fn holds([west, south, east, north]: Box4, place: LonLat) -> bool {
    (west..=east).contains(&place.lon()) && (south..=north).contains(&place.lat())
}

fn corners(points: impl Iterator<Item = Coord>) -> Option<[Coord; 2]> {
    points.fold(None, |found: Option<[Coord; 2]>, point| {
        let [low, high] = found.unwrap_or([point, point]);
        let low = Coord {
            x: low.x.min(point.x),
            y: low.y.min(point.y),
        };
        let high = Coord {
            x: high.x.max(point.x),
            y: high.y.max(point.y),
        };
        Some([low, high])
    })
}

/// The box around the four corners of one in the plane, rounded to a centimeter.
fn degrees(plane: &LocalPlane, [low, high]: [Coord; 2]) -> Option<Box4> {
    let corners = [
        (low.x, low.y),
        (low.x, high.y),
        (high.x, low.y),
        (high.x, high.y),
    ];
    let places = corners.map(|(x, y)| plane.to_lon_lat(Coord { x, y }).ok());
    let mut found: Option<Box4> = None;
    for place in places {
        let (lon, lat) = (place?.lon(), place?.lat());
        let [west, south, east, north] = found.unwrap_or([lon, lat, lon, lat]);
        found = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
    }
    Some(found?.map(told))
}
