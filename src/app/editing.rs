//! What people change in the register: pieces added, edited, moved, retired; each change is kept before anybody is told.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::app::region::LoadedRegion;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::scenario::Change;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::LonLat;
use crate::model::equipment::Condition;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::model::register::Edit;
use crate::model::register::Field;
use crate::model::register::Origin;
use crate::model::register::Presence;
use crate::store::Act;
use crate::store::EntryId;
use crate::store::PieceChange;

impl Regions {
    /// Puts up a piece, usable unless `edits` say otherwise; gives the region as it is now, and the piece's new id.
    ///
    /// # Errors
    ///
    /// If the region is not ready or does not hold the place, or the change cannot be kept.
    pub fn add_piece(
        &self,
        who: &str,
        region: &str,
        (kind, at): (EquipmentKind, LonLat),
        edits: &[Edit],
    ) -> Result<(Arc<Snapshot>, String), Fault> {
        let mut given = String::new();
        let after = self.follow(region, News::Equipment, |before| {
            let slot = self.slot(region)?;
            let is_taken = |id: &str| before.region.piece(id).is_ok();
            given = self.keep(|store| store.free_piece_id(&slot.id, &is_taken))?;
            let mut piece = Equipment {
                id: given.clone(),
                kind,
                at,
                condition: Condition::Usable,
                name: None,
                village: None,
                inspected_on: None,
                photo: None,
                note: None,
                is_illustrative: false,
            };
            for edit in edits {
                edit.apply(&mut piece);
            }
            before.must_hold(piece.at)?;
            let change = PieceChange {
                before: None,
                after: &piece,
                origin: Origin::Added,
                edited: &Field::ALL,
                presence: Presence::Registered,
            };
            let (after, _) = self.followed(before, &slot.act(who), &change)?;
            Ok(Some(after))
        })?;
        Ok((after, given))
    }

    /// Changes what is said of a piece, or where it stands; if it is so already, nothing happens.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no such piece or does not hold its new place, or is not `as_expected` when it is
    /// this change's turn, or if the change cannot be kept.
    pub fn edit_piece(
        &self,
        who: &str,
        region: &str,
        id: &str,
        edits: &[Edit],
        as_expected: impl FnOnce(&Snapshot) -> bool,
    ) -> Result<Arc<Snapshot>, Fault> {
        self.follow(region, News::Equipment, |before| {
            let was = expected_piece(before, id, as_expected)?;
            let mut piece = was.clone();
            for edit in edits {
                edit.apply(&mut piece);
            }
            if piece == *was {
                return Ok(None);
            }
            if piece.at != was.at {
                before.must_hold(piece.at)?;
            }
            let edited: Vec<Field> = edits.iter().map(Edit::field).collect();
            let change = PieceChange {
                before: Some(was),
                after: &piece,
                origin: Origin::File,
                edited: &edited,
                presence: Presence::Registered,
            };
            let act = self.slot(region)?.act(who);
            let (after, _) = self.followed(before, &act, &change)?;
            Ok(Some(after))
        })
    }

    /// Takes a piece away for good.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no such piece, or is not `as_expected` when it is this change's turn, or if the
    /// change cannot be kept.
    pub fn retire_piece(
        &self,
        who: &str,
        region: &str,
        id: &str,
        as_expected: impl FnOnce(&Snapshot) -> bool,
    ) -> Result<Arc<Snapshot>, Fault> {
        self.follow(region, News::Equipment, |before| {
            let was = expected_piece(before, id, as_expected)?;
            let change = PieceChange {
                before: Some(was),
                after: was,
                origin: Origin::File,
                edited: &[],
                presence: Presence::Retired,
            };
            let act = self.slot(region)?.act(who);
            let (after, _) = self.followed(before, &act, &change)?;
            Ok(Some(after))
        })
    }

    /// Works out the region with a piece changed, then has the change kept; tells the entry of the audit log, too.
    pub(super) fn followed(
        &self,
        before: &Snapshot,
        act: &Act<'_>,
        change: &PieceChange<'_>,
    ) -> Result<(LoadedRegion, EntryId), Fault> {
        let piece = change.after;
        let made = match change.presence {
            Presence::Registered => Change::Put(Box::new(piece.clone())),
            Presence::Retired => Change::Remove {
                id: piece.id.clone(),
            },
        };
        let after = before.region.changed(&[made])?;
        let entry = self.keep(|store| store.put_piece(act, change))?;
        Ok((after, entry))
    }
}

/// The piece of an id, if the region is as whoever changes it has seen it.
fn expected_piece<'a>(
    before: &'a Snapshot,
    id: &str,
    as_expected: impl FnOnce(&Snapshot) -> bool,
) -> Result<&'a Equipment, Fault> {
    let index = before.region.piece(id)? as usize;
    before.must_be(as_expected)?;
    Ok(&before.region.equipment[index])
}

impl Snapshot {
    /// Whoever changes the region has seen it as it is.
    pub(super) fn must_be(&self, as_expected: impl FnOnce(&Self) -> bool) -> Result<(), Fault> {
        let changed = || Fault::ChangedMeanwhile {
            region: self.region.settings.id.as_str().to_owned(),
        };
        as_expected(self).then_some(()).ok_or_else(changed)
    }

    /// A piece stands in its region.
    pub(super) fn must_hold(&self, place: LonLat) -> Result<(), Fault> {
        let outside = || Fault::OutsideRegion {
            lon: place.lon(),
            lat: place.lat(),
            region: self.region.settings.id.as_str().to_owned(),
        };
        self.holds(place).then_some(()).ok_or_else(outside)
    }
}
