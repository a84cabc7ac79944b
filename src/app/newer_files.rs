//! Newer files over older ones: what they hold otherwise than when the service last started.

use crate::app::bounds::Bounds;
use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::keeping::StoreFault;
use crate::app::region::LoadedRegion;
use crate::app::regions::Regions;
use crate::geometry::lon_lat::LonLat;
use crate::ground::Ground;
use crate::ground::spot::Spot;
use crate::model::crossing::CrossingState;
use crate::model::equipment::Equipment;
use crate::model::import_report::ImportReport;
use crate::model::import_report::MOST_SEEN;
use crate::model::import_report::Renamed;
use crate::model::import_report::Seen;
use crate::model::import_report::Thing;
use crate::model::import_report::ThingChanges;
use crate::store::Act;
pub use crate::store::KeptImport;
use crate::store::Store;
use crate::units::Meters;

/// Under which name stands in the audit log what is carried over to another id.
const IMPORT: &str = "import";

/// What people have said of things of the map, by id.
pub(super) struct Kept {
    /// Which crossings are open or closed.
    pub crossings: Vec<(String, CrossingState)>,
    /// The grades of waters.
    pub risks: Vec<(String, u8)>,
}

/// The pieces that the files hold, before anybody's changes are laid over them.
pub(super) fn pieces(equipment: &[Equipment]) -> Vec<Seen> {
    let seen = equipment.iter().map(|piece| Seen {
        id: piece.id.clone(),
        at: piece.at,
        around: None,
    });
    seen.collect()
}

/// What a region holds, and where; of a kind with too many things, nothing.
pub(super) fn seen(
    ground: &Ground,
    bounds: &Bounds,
    equipment: Vec<Seen>,
) -> Vec<(Thing, Vec<Seen>)> {
    let crossings = ground.crossings.iter().filter_map(|crossing| {
        Some(Seen {
            id: crossing.id.clone(),
            at: ground.plane.to_lon_lat(crossing.at.coord()).ok()?,
            around: None,
        })
    });
    let waters = ground.water_bodies.iter().zip(&bounds.water_bodies);
    let waters = waters.filter_map(|(water, bounds)| {
        let [west, south, east, north] = (*bounds)?;
        Some(Seen {
            id: water.id.clone(),
            at: LonLat::new(f64::midpoint(west, east), f64::midpoint(south, north)).ok()?,
            around: *bounds,
        })
    });
    let mut seen = vec![
        (Thing::Equipment, equipment),
        (Thing::Crossing, crossings.collect()),
        (Thing::WaterBody, waters.collect()),
    ];
    seen.retain(|(_, seen)| seen.len() <= MOST_SEEN);
    seen
}

/// Holds what a region holds now against what it held before, and keeps it for the next start; nothing is written if all
/// is as it was. Gives what has another id than at the last start.
pub(super) fn compare(
    store: &dyn Store,
    region: &str,
    ground: &Ground,
    now: &[(Thing, Vec<Seen>)],
) -> Result<Vec<(Thing, Renamed)>, StoreFault> {
    let last = store.last_import(region)?;
    let distance = |from: LonLat, to: LonLat| {
        let spot = |place| Spot::at(ground.plane.to_plane(place));
        let both = spot(from).zip(spot(to));
        both.map_or(Meters(f64::INFINITY), |(from, to)| from.distance(to))
    };
    let mut things = Vec::new();
    for (thing, seen) in now {
        let before = last.iter().find(|(other, _)| other == thing);
        let changes =
            before.and_then(|(_, before)| ThingChanges::between(*thing, before, seen, distance));
        things.extend(changes);
    }
    if things.is_empty() && last.len() == now.len() {
        return Ok(Vec::new());
    }
    let report = ImportReport { things };
    let told = (!report.things.is_empty()).then_some(&report);
    store.put_import(region, clock::now(), now, told)?;
    let things = report.things.into_iter();
    let renamed = things.flat_map(|changes| {
        let renamed = changes.renamed.into_iter();
        renamed.map(move |same| (changes.thing, same))
    });
    Ok(renamed.collect())
}

/// Says of what has another id since the last start what people have said of it under the old one, unless they have said
/// something of the new one, too. The old one stays kept, in case the older files come back.
pub(super) fn carry_over(
    store: &dyn Store,
    region: &mut LoadedRegion,
    renamed: &[(Thing, Renamed)],
    kept: &Kept,
) -> Result<(), StoreFault> {
    let id = region.settings.id.as_str().to_owned();
    let act = Act {
        region: &id,
        who: IMPORT,
        at: clock::now(),
        part_of: None,
    };
    for (thing, Renamed { from, to, .. }) in renamed {
        match thing {
            // Known by its id alone.
            Thing::Equipment => {}
            Thing::Crossing => {
                let (Some(state), None) = (of(&kept.crossings, from), of(&kept.crossings, to))
                else {
                    continue;
                };
                let Ok(index) = region.crossing(to) else {
                    continue;
                };
                let before = region.crossing_state(index);
                store.set_crossing(&act, to, before, state)?;
                region.closures.set(index as u32, state);
            }
            Thing::WaterBody => {
                let (Some(risk), None) = (of(&kept.risks, from), of(&kept.risks, to)) else {
                    continue;
                };
                let mut waters = region.ground.water_bodies.iter();
                let Some(index) = waters.position(|water| water.id == *to) else {
                    continue;
                };
                store.set_risk(&act, to, region.risk(index), risk)?;
                region.grades.set(index, risk);
            }
        }
    }
    Ok(())
}

/// What is kept of an id.
fn of<T: Copy>(kept: &[(String, T)], id: &str) -> Option<T> {
    let found = kept.iter().find(|(other, _)| other == id);
    found.map(|(_, said)| *said)
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
