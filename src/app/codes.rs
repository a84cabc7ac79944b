//! The codes of pieces: which piece has which, and which piece a code that was read out belongs to.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::model::code::Code;
use crate::model::numbering::Numbers;
use crate::model::prefix::Prefix;
use crate::model::region::RegionSettings;
use crate::model::village::Village;

impl Snapshot {
    /// The code of a piece.
    pub fn code(&self, piece: usize) -> Code {
        let id = &self.region.equipment[piece].id;
        Code {
            prefix: self.base.prefix.clone(),
            // Every piece of the register has been given a number.
            number: self.numbers.of(id).unwrap_or_default(),
        }
    }

    /// The villages that a piece stands in.
    pub fn villages_of(&self, piece: usize) -> impl Iterator<Item = &Village> {
        let villages = self.village_of_pieces()[piece].iter();
        villages.map(|&village| &self.region.ground.villages[village])
    }

    /// The numbers of the pieces that are there now, those that were there before unchanged.
    pub(super) fn numbered(before: &Arc<Numbers>, ids: &[&str]) -> Arc<Numbers> {
        if ids.iter().all(|id| before.of(id).is_some()) {
            return Arc::clone(before);
        }
        let mut numbers = Numbers::clone(before);
        numbers.add(ids.iter().copied());
        Arc::new(numbers)
    }
}

impl Regions {
    /// The piece that has a code: its region as it is now, and its index there.
    ///
    /// # Errors
    ///
    /// If no piece has it, or its region is not ready.
    pub fn coded(&self, code: &Code) -> Result<(Arc<Snapshot>, usize), Fault> {
        let slot = self.slots().iter().find(|slot| slot.prefix == code.prefix);
        let slot = slot.ok_or_else(|| {
            let all = self.slots().iter().map(|slot| slot.prefix.as_str());
            Fault::UnknownPrefix {
                code: code.to_string(),
                known: all.collect::<Vec<_>>().join(", "),
            }
        })?;
        let snapshot = self.snapshot(&slot.id)?;
        let id = snapshot.numbers.id(code.number);
        let piece = id.and_then(|id| snapshot.region.piece(id).ok());
        let piece = piece.ok_or_else(|| Fault::UnknownCode {
            code: code.to_string(),
            region: slot.id.clone(),
        })?;
        Ok((snapshot, piece as usize))
    }
}

/// The letters of each region, in order, no two the same: those that its file names, or some of its id's.
///
/// What a file names is heeded first; of two that name the same, the first has it.
pub(super) fn prefixes(regions: &[(&str, Option<&RegionSettings>)]) -> Vec<Prefix> {
    let mut taken: Vec<Option<Prefix>> = Vec::new();
    for (_, settings) in regions {
        let named = settings.and_then(|settings| settings.code.clone());
        let named = named.filter(|named| !taken.contains(&Some(named.clone())));
        taken.push(named);
    }
    for (index, (id, _)) in regions.iter().enumerate() {
        if taken[index].is_none() {
            let is_taken = |prefix: &Prefix| taken.iter().flatten().any(|other| other == prefix);
            taken[index] = Some(Prefix::of_region(id, is_taken));
        }
    }
    taken.into_iter().flatten().collect()
}
