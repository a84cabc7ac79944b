//! The settings of a region that a planner turns: coverage, gaps and standards follow at once.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::app::region::LoadedRegion;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::model::region::RegionSettings;
use crate::model::setting::Setting;
use crate::model::setting::Turned;
use crate::store::EntryId;

impl LoadedRegion {
    /// What somebody has set a setting to; none if it is the file's own.
    pub fn turned_to(&self, setting: Setting) -> Option<f64> {
        let mut turned = self.turned.iter();
        turned.find(|one| one.setting == setting)?.value
    }

    /// Sets what somebody has said; `of_files` has what counts where they have taken their word back.
    pub(super) fn turn(&mut self, of_files: Option<&RegionSettings>, said: &[Turned]) {
        let turned = Arc::make_mut(&mut self.turned);
        for one in said {
            turned.retain(|other| other.setting != one.setting);
            turned.push(*one);
            let value = one.value.or_else(|| Some(one.setting.of(of_files?)));
            if let Some(value) = value {
                one.setting.set(&mut self.settings, value);
            }
        }
    }
}

impl Regions {
    /// What a setting is in the region's file.
    ///
    /// # Errors
    ///
    /// If there is no such region, or its file could not be read.
    pub fn setting_of_files(&self, region: &str, setting: Setting) -> Result<f64, Fault> {
        Ok(setting.of(self.settings_of_files(region)?))
    }

    /// The settings of a region as its files say them.
    ///
    /// # Errors
    ///
    /// If there is no such region, or its files cannot be read.
    pub fn settings_of_files(&self, region: &str) -> Result<&RegionSettings, Fault> {
        let slot = self.slot(region)?;
        let settings = slot.settings.as_ref();
        settings.ok_or_else(|| Fault::Loading {
            id: slot.id.clone(),
        })
    }

    /// Turns settings, all or none of them, and keeps them so; those that are so already stay.
    ///
    /// # Errors
    ///
    /// If the region is not ready, a warning would come before the target, the region is not `as_expected` when it is this
    /// change's turn, or the change cannot be kept.
    pub fn turn_settings(
        &self,
        who: &str,
        region: &str,
        said: &[Turned],
        as_expected: impl FnOnce(&Snapshot) -> bool,
    ) -> Result<Arc<Snapshot>, Fault> {
        self.follow(region, News::Settings, |before| {
            before.must_be(as_expected)?;
            let now = &before.region;
            let is_new = |one: &&Turned| now.turned_to(one.setting) != one.value;
            let new: Vec<Turned> = said.iter().filter(is_new).copied().collect();
            if new.is_empty() {
                return Ok(None);
            }
            let (after, _) = self.turned(who, region, before, &new)?;
            Ok(Some(after))
        })
    }

    /// Sets a setting back to what it was, if it is still as the entry of the log says.
    pub(super) fn undo_setting(
        &self,
        who: &str,
        region: &str,
        name: &str,
        (before, after): (Option<f64>, Option<f64>),
    ) -> Result<(Arc<Snapshot>, EntryId), Fault> {
        let changed = || Fault::ChangedSince {
            thing: "setting",
            id: name.to_owned(),
        };
        let setting = Setting::named(name).ok_or_else(changed)?;
        let mut entry = 0;
        let snapshot = self.follow(region, News::Settings, |now| {
            if now.region.turned_to(setting) != after {
                return Err(changed());
            }
            let value = before;
            let (undone, kept) = self.turned(who, region, now, &[Turned { setting, value }])?;
            entry = kept;
            Ok(Some(undone))
        })?;
        Ok((snapshot, entry))
    }

    /// The region with settings turned, which is kept.
    fn turned(
        &self,
        who: &str,
        region: &str,
        before: &Snapshot,
        said: &[Turned],
    ) -> Result<(LoadedRegion, EntryId), Fault> {
        let mut after = before.region.clone();
        after.turn(Some(self.settings_of_files(region)?), said);
        let reach = &after.settings.reach;
        if reach.warn < reach.target {
            return Err(Fault::WarnsTooSoon {
                target_m: reach.target.0,
                warn_m: reach.warn.0,
            });
        }
        let change = |one: &Turned| (before.region.turned_to(one.setting), *one);
        let changes: Vec<(Option<f64>, Turned)> = said.iter().map(change).collect();
        let act = self.slot(region)?.act(who);
        let entry = self.keep(|store| store.put_settings(&act, &changes))?;
        Ok((after, entry))
    }
}
