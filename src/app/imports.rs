//! Newer files over older ones: what they hold otherwise than when the service last started.

use crate::app::bounds::Bounds;
use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::keeping::StoreFault;
use crate::app::regions::Regions;
use crate::geometry::lon_lat::LonLat;
use crate::ground::Ground;
use crate::ground::spot::Spot;
use crate::model::equipment::Equipment;
use crate::model::import_report::ImportReport;
use crate::model::import_report::MOST_SEEN;
use crate::model::import_report::Seen;
use crate::model::import_report::Thing;
use crate::model::import_report::ThingChanges;
pub use crate::store::KeptImport;
use crate::store::Store;
use crate::units::Meters;

/// The pieces that the files hold, before anybody's changes are laid over them.
pub(super) fn pieces(equipment: &[Equipment]) -> Vec<Seen> {
    let seen = equipment.iter().map(|piece| Seen {
        id: piece.id.clone(),
        at: piece.at,
    });
    seen.collect()
}

/// Holds what the files say now against what they said before, and keeps it for the next start; nothing is written if all
/// is as it was.
pub(super) fn compare(
    store: &dyn Store,
    region: &str,
    (ground, bounds): (&Ground, &Bounds),
    equipment: Vec<Seen>,
) -> Result<(), StoreFault> {
    let crossings = ground.crossings.iter().filter_map(|crossing| {
        Some(Seen {
            id: crossing.id.clone(),
            at: ground.plane.to_lon_lat(crossing.at.coord()).ok()?,
        })
    });
    let waters = ground.water_bodies.iter().zip(&bounds.water_bodies);
    let waters = waters.filter_map(|(water, bounds)| {
        let [west, south, east, north] = (*bounds)?;
        Some(Seen {
            id: water.id.clone(),
            at: LonLat::new(f64::midpoint(west, east), f64::midpoint(south, north)).ok()?,
        })
    });
    let mut now = vec![
        (Thing::Equipment, equipment),
        (Thing::Crossing, crossings.collect()),
        (Thing::WaterBody, waters.collect()),
    ];
    now.retain(|(_, seen)| seen.len() <= MOST_SEEN);
    let last = store.last_import(region)?;
    let distance = |from: LonLat, to: LonLat| {
        let spot = |place| Spot::at(ground.plane.to_plane(place));
        let both = spot(from).zip(spot(to));
        both.map_or(Meters(f64::INFINITY), |(from, to)| from.distance(to))
    };
    let mut things = Vec::new();
    for (thing, seen) in &now {
        let before = last.iter().find(|(other, _)| other == thing);
        let changes =
            before.and_then(|(_, before)| ThingChanges::between(*thing, before, seen, distance));
        things.extend(changes);
    }
    if things.is_empty() && last.len() == now.len() {
        return Ok(());
    }
    let report = ImportReport { things };
    let report = (!report.things.is_empty()).then_some(&report);
    store.put_import(region, clock::now(), &now, report)
}

impl Regions {
    /// What was another in a region's files when they last were; none if they never were.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn import_report(&self, region: &str) -> Result<Option<KeptImport>, Fault> {
        let region = &self.slot(region)?.id;
        self.keep(|store| store.import_report(region))
    }
}
