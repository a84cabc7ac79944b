//! A place that lies in no region because its datum was not said: the most usual mistake with Chinese maps.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::geometry::datum::Datum;
use crate::geometry::lon_lat::LonLat;

/// The shifted systems that coordinates come in when nobody says so.
const SHIFTED: [Datum; 2] = [Datum::Gcj02, Datum::Bd09];

impl Regions {
    /// The region that holds a place which was given in a datum.
    ///
    /// # Errors
    ///
    /// If there is none; if it was given as WGS-84, and another reading of the same numbers lies in a region, the fault says so.
    pub fn at_given(&self, place: LonLat, given_as: Datum) -> Result<Arc<Snapshot>, Fault> {
        self.at(place).map_err(|fault| match (&fault, given_as) {
            (Fault::NoRegion { lon, lat }, Datum::Wgs84 | Datum::Cgcs2000) => {
                let reads = |&datum: &Datum| {
                    let read = datum.converter().ok()?.to_wgs84(*lon, *lat).ok()?;
                    let region = self.at(read).ok()?;
                    Some(Fault::Misread {
                        lon: *lon,
                        lat: *lat,
                        datum,
                        region: region.region.settings.id.as_str().to_owned(),
                    })
                };
                SHIFTED.iter().find_map(reads).unwrap_or(fault)
            }
            _ => fault,
        })
    }
}

impl Snapshot {
    /// The shifted system in which the numbers of a place lie in this region, if they do in one.
    pub fn reads_as(&self, place: LonLat) -> Option<Datum> {
        let is_here = |datum: &Datum| {
            let read = datum.to_wgs84(place.lon(), place.lat());
            read.is_ok_and(|read| self.holds(read))
        };
        SHIFTED.into_iter().find(is_here)
    }
}
