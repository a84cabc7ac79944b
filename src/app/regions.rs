//! The regions of a service: loaded side by side, each swapped whole when it changes.

use std::ffi::OsStr;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::OnceLock;
use std::sync::PoisonError;

use arc_swap::ArcSwap;
use rayon::prelude::*;

use crate::app::bounds;
use crate::app::clock;
use crate::app::codes;
use crate::app::fault::Fault;
use crate::app::jobs::JobId;
use crate::app::jobs::JobState;
use crate::app::jobs::Jobs;
use crate::app::keeping::Keeping;
use crate::app::keeping::StoreFault;
use crate::app::region::LoadedRegion;
use crate::app::scenario::Change;
use crate::app::snapshot::Snapshot;
use crate::formats;
use crate::formats::Stamp;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::On;
use crate::ground::spot::Spot;
use crate::model::prefix::Prefix;
use crate::model::region::RegionSettings;
use crate::model::report::ReportId;
use crate::model::report::ReportKind;
use crate::model::report::ReportState;
use crate::store::Act;
use crate::store::Store;

/// What has happened to a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The region's id.
    pub region: String,
    /// The version of its new snapshot; 0 if it is not ready.
    pub version: u64,
    /// What is new.
    pub news: News,
}

/// What is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The region can be asked.
    Loaded,
    /// Equipment has come, gone or moved, and so has the coverage.
    Equipment,
    /// A crossing has been opened or closed, and so the coverage is another.
    Crossings,
    /// A water has been graded; what is reached is the same.
    WaterBodies,
    /// A setting has been turned, and so the coverage is another.
    Settings,
    /// A rescue point has been made, edited or given up; what is reached is the same.
    RescuePoints,
    /// A report has been made or decided. Nothing of who has made it is told.
    Report {
        /// Its number.
        id: ReportId,
        /// What was seen.
        kind: ReportKind,
        /// What has become of it.
        state: ReportState,
    },
    /// An incident has been opened or closed, somebody sent or arrived; the snapshot is the same.
    Incidents,
    /// A notice has been written, changed or withdrawn; the snapshot is the same.
    Notices,
    /// A plan of an evening has been published or taken back, somebody put on it or taken off, or something of it handed in; the snapshot is the same.
    Patrols,
    /// Somebody has come on duty or gone off, or is elsewhere; the snapshot is the same.
    Responders,
    /// A search for places has come further, or is done; the snapshot is the same.
    Job {
        /// Which.
        id: JobId,
        /// How far it is.
        state: JobState,
    },
}

/// Somebody who is told of every event.
type Listener = Box<dyn Fn(&Event) + Send + Sync>;

/// All regions of a service.
pub struct Regions {
    slots: Vec<Slot>,
    keeping: Keeping,
    listener: Listener,
    /// The searches for places where the next pieces go.
    pub(super) jobs: Jobs,
}

/// The place of one region.
pub struct Slot {
    /// Its id; of a folder whose region.toml cannot be read, the folder's name.
    pub id: String,
    /// What the codes of its pieces begin with; no other region's do.
    pub prefix: Prefix,
    /// Its settings, if they can be read.
    pub settings: Option<RegionSettings>,
    pub(super) dir: PathBuf,
    /// By which its files are known again, once they have been read.
    pub(super) stamp: OnceLock<Vec<Stamp>>,
    pub(super) state: ArcSwap<State>,
    /// Held while a change is worked out: one follows the other.
    changing: Mutex<()>,
}

/// How a region is.
#[derive(Debug)]
pub enum State {
    /// Its files are being read.
    Loading,
    /// It can be asked.
    Ready(Arc<Snapshot>),
    /// It cannot be loaded, for this reason, in one line.
    Failed(String),
}

impl Regions {
    /// The regions of some folders, none of them loaded; `keeping` keeps what is changed, and `listener` is told of every
    /// event.
    pub fn new(
        dirs: &[PathBuf],
        keeping: Keeping,
        listener: impl Fn(&Event) + Send + Sync + 'static,
    ) -> Self {
        let mut slots: Vec<Slot> = Vec::new();
        for dir in dirs {
            let mut slot = Slot::new(dir);
            if let Some(other) = slots.iter().find(|other| other.id == slot.id) {
                let reason = format!(
                    "{}: has the id {} like {}; give one of them another id in its region.toml",
                    dir.display(),
                    slot.id,
                    other.dir.display()
                );
                let reason = for_strangers(&other.dir, &for_strangers(dir, &reason));
                slot.state.store(Arc::new(State::Failed(reason)));
                let ids = (2..).map(|number| format!("{}-{number}", slot.id));
                let is_free = |id: &String| slots.iter().all(|other| other.id != *id);
                slot.id = ids.into_iter().find(is_free).unwrap_or_default();
            }
            slots.push(slot);
        }
        let named = slots
            .iter()
            .map(|slot| (slot.id.as_str(), slot.settings.as_ref()));
        let prefixes = codes::prefixes(&named.collect::<Vec<_>>());
        for (slot, prefix) in slots.iter_mut().zip(prefixes) {
            slot.prefix = prefix;
        }
        Self {
            slots,
            keeping,
            jobs: Jobs::default(),
            listener: Box::new(listener),
        }
    }

    /// Loads all regions; returns when every one is ready or has failed.
    ///
    /// The first has the machine to itself, so that somebody can be answered soon; the others are loaded side by side.
    pub fn load(&self) {
        let Some((first, others)) = self.slots.split_first() else {
            return;
        };
        let first = self.load_one(first);
        let prepare = || first.iter().for_each(|snapshot| snapshot.prepare());
        rayon::join(prepare, || {
            others.par_iter().for_each(|slot| {
                if let Some(snapshot) = self.load_one(slot) {
                    snapshot.prepare();
                }
            });
        });
    }

    /// The same for a few questions: nothing is prepared for many visitors.
    pub fn load_bare(&self) {
        self.slots.par_iter().for_each(|slot| {
            self.load_one(slot);
        });
    }

    fn load_one(&self, slot: &Slot) -> Option<Arc<Snapshot>> {
        if !matches!(**slot.state.load(), State::Loading) {
            return None;
        }
        match slot.load(&self.keeping) {
            Ok(snapshot) => {
                let snapshot = Arc::new(snapshot);
                let ready = State::Ready(Arc::clone(&snapshot));
                slot.state.store(Arc::new(ready));
                self.tell(slot, News::Loaded);
                Some(snapshot)
            }
            Err(reason) => {
                slot.state.store(Arc::new(State::Failed(reason)));
                None
            }
        }
    }

    /// Every region, in the order of the folders.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Whether every region is ready or has failed.
    pub fn are_loaded(&self) -> bool {
        let is_loading = |slot: &Slot| matches!(**slot.state.load(), State::Loading);
        !self.slots.iter().any(is_loading)
    }

    /// The place of a region.
    ///
    /// # Errors
    ///
    /// If there is none of this id.
    pub fn slot(&self, id: &str) -> Result<&Slot, Fault> {
        let found = self.slots.iter().find(|slot| slot.id == id);
        found.ok_or_else(|| {
            let known: Vec<&str> = self.slots.iter().map(|slot| slot.id.as_str()).collect();
            Fault::UnknownRegion {
                id: id.chars().take(80).collect(),
                known: known.join(", "),
            }
        })
    }

    /// A region as it is now.
    ///
    /// # Errors
    ///
    /// If there is none of this id, or it is not ready.
    pub fn snapshot(&self, id: &str) -> Result<Arc<Snapshot>, Fault> {
        let slot = self.slot(id)?;
        match &**slot.state.load() {
            State::Ready(snapshot) => Ok(Arc::clone(snapshot)),
            State::Loading => Err(Fault::Loading { id: id.to_owned() }),
            State::Failed(reason) => Err(Fault::Failed {
                id: id.to_owned(),
                reason: reason.clone(),
            }),
        }
    }

    /// The region that holds a place: on its ground or in one of its villages; of several, the smallest.
    ///
    /// # Errors
    ///
    /// If the place lies in no region that is ready.
    pub fn at(&self, place: LonLat) -> Result<Arc<Snapshot>, Fault> {
        let mut holding: Vec<Arc<Snapshot>> = Vec::new();
        for slot in &self.slots {
            match &**slot.state.load() {
                State::Ready(snapshot) if snapshot.holds(place) => {
                    holding.push(Arc::clone(snapshot));
                }
                State::Ready(_) | State::Loading | State::Failed(_) => {}
            }
        }
        let size = |snapshot: &Arc<Snapshot>| {
            let [west, south, east, north] = snapshot.base.bounds.region;
            (east - west) * (north - south)
        };
        let smallest = holding
            .into_iter()
            .min_by(|a, b| size(a).total_cmp(&size(b)));
        let (lon, lat) = (place.lon(), place.lat());
        smallest.ok_or_else(|| {
            if self.are_loaded() {
                Fault::NoRegion { lon, lat }
            } else {
                Fault::NoRegionYet { lon, lat }
            }
        })
    }

    /// Makes changes real that nobody keeps: works out the next snapshot, swaps it in and tells everybody.
    ///
    /// # Errors
    ///
    /// If the region is not ready or has no such piece; then nothing is changed.
    pub fn change(&self, id: &str, changes: &[Change]) -> Result<Arc<Snapshot>, Fault> {
        self.follow(id, News::Equipment, |before| {
            before.region.changed(changes).map(Some)
        })
    }

    /// Works out the next snapshot of a region, swaps it in and tells everybody; where `next` is none, all stays as it is.
    pub(super) fn follow(
        &self,
        id: &str,
        news: News,
        next: impl FnOnce(&Snapshot) -> Result<Option<LoadedRegion>, Fault>,
    ) -> Result<Arc<Snapshot>, Fault> {
        let slot = self.slot(id)?;
        let turn = slot.turn();
        let before = self.snapshot(id)?;
        let Some(region) = next(&before)? else {
            return Ok(before);
        };
        let after = Arc::new(before.followed_by(region));
        slot.state.store(Arc::new(State::Ready(Arc::clone(&after))));
        drop(turn);
        after.rank_soon();
        self.tell(slot, news);
        Ok(after)
    }

    /// What keeps the changes.
    pub fn keeping(&self) -> &Keeping {
        &self.keeping
    }

    /// Asks the store; what it cannot do is told as it concerns whoever asked.
    pub(super) fn keep<T>(
        &self,
        work: impl FnOnce(&dyn Store) -> Result<T, StoreFault>,
    ) -> Result<T, Fault> {
        work(&*self.keeping.store).map_err(|fault| self.keeping.fault(&fault))
    }

    pub(super) fn tell(&self, slot: &Slot, news: News) {
        let version = match &**slot.state.load() {
            State::Ready(snapshot) => snapshot.version,
            State::Loading | State::Failed(_) => 0,
        };
        (self.listener)(&Event {
            region: slot.id.clone(),
            version,
            news,
        });
    }
}

impl Slot {
    fn new(dir: &Path) -> Self {
        let settings = formats::read_settings(dir).ok();
        let id = match &settings {
            Some(settings) => settings.id.as_str().to_owned(),
            None => id_of_folder(dir),
        };
        Self {
            prefix: Prefix::of_region(&id, |_| false),
            id,
            settings,
            dir: dir.to_owned(),
            stamp: OnceLock::new(),
            state: ArcSwap::from_pointee(State::Loading),
            changing: Mutex::new(()),
        }
    }

    /// How the region is now.
    pub fn state(&self) -> Arc<State> {
        self.state.load_full()
    }

    /// Waits until whoever changes the region is done.
    pub(super) fn turn(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A change that somebody makes in this region now.
    pub(super) fn act<'a>(&'a self, who: &'a str) -> Act<'a> {
        Act {
            region: &self.id,
            who,
            at: clock::now(),
            part_of: None,
        }
    }
}

impl Snapshot {
    /// Whether a place lies on the region's ground or in one of its villages.
    pub fn holds(&self, place: LonLat) -> bool {
        let ground = &self.region.ground;
        let point = ground.plane.to_plane(place);
        let is_on_ground = || {
            Spot::at(point).is_some_and(|spot| ground.on(spot, ground.near(spot)).0 != On::Outside)
        };
        bounds::holds(self.base.bounds.region, place)
            && (is_on_ground() || ground.village_outlines.hold(point))
    }
}

/// A folder's name as an id.
fn id_of_folder(dir: &Path) -> String {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    let allowed = |c: char| match c.to_ascii_lowercase() {
        c if c.is_ascii_alphanumeric() => c,
        _ => '-',
    };
    let id: String = name.chars().map(allowed).take(64).collect();
    if id.is_empty() {
        "region".to_owned()
    } else {
        id
    }
}

/// Everybody may read the reason: it names the folder, not where on the machine it is.
pub(super) fn for_strangers(dir: &Path, reason: &str) -> String {
    let dir: &Path = dir.components().as_path();
    match (dir.to_str(), dir.file_name().and_then(OsStr::to_str)) {
        (Some(whole), Some(name)) => reason.replace(whole, name),
        _ => reason.to_owned(),
    }
}
