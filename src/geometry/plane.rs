//! A region's own plane in meters: transverse Mercator centered on the region.

use geo::Coord;
use proj4rs::Proj;
use proj4rs::transform::transform;

use crate::geometry::lon_lat::BadLonLat;
use crate::geometry::lon_lat::LonLat;
use crate::units::Meters;

/// The plane of one region; every `geo` type of the region lives in it.
///
/// # Units
///
/// Meters east and north of the region's center. Lengths are true to 5 mm per km within 20 km of the center and
/// to 31 mm per km within 50 km (transverse Mercator on the WGS-84 ellipsoid).
#[derive(Clone, Debug)]
pub struct LocalPlane {
    center: LonLat,
    degrees: Proj,
    plane: Proj,
}

impl LocalPlane {
    /// The plane that touches the earth at `center`.
    #[expect(
        clippy::missing_panics_doc,
        reason = "both definitions are well formed, whatever the center"
    )]
    pub fn new(center: LonLat) -> Self {
        let definition = format!(
            "+proj=tmerc +lat_0={} +lon_0={} +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs",
            center.lat(),
            center.lon()
        );
        Self {
            center,
            degrees: Proj::from_proj_string("+proj=longlat +ellps=WGS84 +no_defs")
                .expect("a constant definition"),
            plane: Proj::from_proj_string(&definition)
                .expect("a transverse Mercator centered on a valid place"),
        }
    }

    /// The place that is the plane's origin.
    pub fn center(&self) -> LonLat {
        self.center
    }

    /// Where a place lies in the plane, in meters.
    ///
    /// A place on the far side of the earth, where the projection has no answer, lies at infinity.
    pub fn to_plane(&self, place: LonLat) -> Coord {
        let mut point = (place.lon().to_radians(), place.lat().to_radians(), 0.0);
        match transform(&self.degrees, &self.plane, &mut point) {
            Ok(()) => Coord {
                x: point.0,
                y: point.1,
            },
            Err(_) => Coord {
                x: f64::INFINITY,
                y: f64::INFINITY,
            },
        }
    }

    /// How far two places are from each other, straight.
    pub fn distance(&self, one: LonLat, other: LonLat) -> Meters {
        let (one, other) = (self.to_plane(one), self.to_plane(other));
        Meters((one.x - other.x).hypot(one.y - other.y))
    }

    /// The place at a point of the plane.
    ///
    /// # Errors
    ///
    /// For a point so far away that it is no place on the earth.
    pub fn to_lon_lat(&self, point: Coord) -> Result<LonLat, BadLonLat> {
        let mut place = (point.x, point.y, 0.0);
        match transform(&self.plane, &self.degrees, &mut place) {
            Ok(()) => LonLat::new(place.0.to_degrees(), place.1.to_degrees()),
            Err(_) => LonLat::new(f64::NAN, f64::NAN),
        }
    }
}
