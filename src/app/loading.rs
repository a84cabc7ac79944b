//! From a region's folder to its first snapshot: what its files hold, what people have changed, and what is worked out once.

use std::sync::Arc;

use crate::app::corrections;
use crate::app::files::Files;
use crate::app::keeping::Keeping;
use crate::app::newer_files;
use crate::app::region::LoadError;
use crate::app::region::LoadedRegion;
use crate::app::regions::Slot;
use crate::app::regions::for_strangers;
use crate::app::register;
use crate::app::snapshot::RegionBase;
use crate::app::snapshot::Snapshot;
use crate::app::tiles::MapBase;
use crate::app::tiles::backdrop::Backdrop;
use crate::formats;
use crate::model::import_report::Seen;
use crate::model::import_report::Thing;
use crate::model::kept_responder::lay_over as lay_over_responders;
use crate::model::numbering::Numbers;
use crate::model::register::Register;

/// A region that has just been made of files and of what people have changed.
pub(super) struct Made {
    /// The region.
    pub region: LoadedRegion,
    /// What its snapshots share.
    pub base: RegionBase,
    /// The numbers in the codes of its pieces.
    pub numbers: Numbers,
    /// What it holds, to be held against what newer files hold.
    pub seen: Vec<(Thing, Vec<Seen>)>,
}

impl Slot {
    /// The region of the folder's files, with what people have changed.
    pub(super) fn load(&self, keeping: &Keeping) -> Result<Snapshot, String> {
        let register = keeping.store.register(&self.id);
        let register = register.map_err(|fault| one_line(&keeping.told(&fault)))?;
        let stamp = formats::stamp(&self.dir);
        let files = Files::read(&self.dir, None, &|_| {}).map_err(|fault| self.told(&fault))?;
        let kept = newer_files::Kept {
            crossings: register.crossings.clone(),
            risks: register.risks.clone(),
        };
        let made = self.made(files, register);
        let Made {
            mut region,
            base,
            numbers,
            seen,
        } = made.map_err(|fault| self.told(&fault))?;
        let store = &*keeping.store;
        let compared = newer_files::compare(store, &self.id, &region.ground, &seen);
        let carried = compared
            .and_then(|renamed| newer_files::carry_over(store, &mut region, &renamed, &kept));
        if let Err(fault) = carried {
            // Whatever the files held before, the region can be served.
            region.take_silence(&keeping.told(&fault));
        }
        // Nobody has loaded it before.
        let _ = self.stamp.set(stamp);
        Ok(Snapshot::first(region, Arc::new(base), numbers))
    }

    /// The region of files, with what people have changed.
    pub(super) fn made(&self, mut files: Files, register: Register) -> Result<Made, LoadError> {
        let layers = &mut files.layers;
        corrections::lay_over(&register.corrections, layers);
        let backdrop = Backdrop::new(layers);
        let of_files = newer_files::pieces(&layers.equipment);
        let numbers = register::numbers(&register.pieces, &layers.equipment);
        register::lay_over(register.pieces, &mut layers.equipment, &mut layers.oddities);
        lay_over_responders(register.responders, &mut layers.responders);
        let mut region = LoadedRegion::of(files, &|_| {})?;
        region.take_crossings(register.crossings);
        region.take_risks(register.risks);
        region.take_points(register.points);
        region.take_corrections(register.corrections);
        region.turn(None, &register.settings);
        let map = MapBase::new(&region, backdrop);
        let base = RegionBase::new(&region, map, self.prefix.clone());
        let seen = newer_files::seen(&region.ground, &base.bounds, of_files);
        Ok(Made {
            region,
            base,
            numbers,
            seen,
        })
    }

    /// Whether the folder's files are still those that were read at the start.
    pub(super) fn files_are_as_read(&self) -> bool {
        self.stamp.get() == Some(&formats::stamp(&self.dir))
    }

    /// Why the region cannot be made, for everybody, in one line.
    pub(super) fn told(&self, fault: &LoadError) -> String {
        for_strangers(&self.dir, &one_line(&fault.to_string()))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
