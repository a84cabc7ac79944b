//! Undoing a change from the audit log: as it was before, if nobody has changed it since.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::model::crossing::CrossingState;
use crate::model::equipment::Equipment;
use crate::model::import_summary::ImportSummary;
use crate::model::register::Field;
use crate::model::register::Origin;
use crate::model::register::Presence;
use crate::model::rescue_point::RescuePoint;
use crate::store::Act;
use crate::store::EntryId;
use crate::store::PieceChange;
use crate::store::PointChange;
use crate::store::recorded::Recorded;
use crate::store::recorded::RecordedPiece;

/// What has been undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// The entry that says so, which can be undone as well.
    pub entry: EntryId,
    /// What it is about: `crossing`, `equipment`, `import`, `water_body`, `rescue_point`, `correction` or `setting`.
    pub thing: &'static str,
    /// Its id.
    pub id: String,
}

impl Regions {
    /// Undoes a change; gives the region as it is now, too.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no such entry, what it is about cannot be undone or has been changed since, or the
    /// change cannot be kept.
    pub fn undo(
        &self,
        who: &str,
        region: &str,
        entry: EntryId,
    ) -> Result<(Arc<Snapshot>, Undone), Fault> {
        let slot = self.slot(region)?;
        let recorded = self.keep(|store| store.recorded(&slot.id, entry))?;
        match recorded.ok_or(Fault::UnknownEntry { id: entry })? {
            Recorded::Crossing { id, before, after } => {
                self.undo_crossing(&slot.act(who), id, (before, after))
            }
            Recorded::Piece(RecordedPiece { id, before, after }) => {
                self.undo_piece(&slot.act(who), id, (before.as_ref(), after.as_ref()))
            }
            Recorded::Import { summary, pieces } => {
                self.undo_import(&slot.act(who), entry, summary, &pieces)
            }
            Recorded::Water { id, before, after } => {
                self.undo_grade(&slot.act(who), id, (before, after))
            }
            Recorded::Point { id, before, after } => {
                self.undo_point(&slot.act(who), id, (before.as_ref(), after.as_ref()))
            }
            Recorded::Setting {
                name: id,
                before,
                after,
            } => {
                let (snapshot, entry) = self.undo_setting(who, region, &id, (before, after))?;
                let thing = "setting";
                Ok((snapshot, Undone { entry, thing, id }))
            }
            Recorded::Correction { id, before, after } => {
                let was = (before.is_some(), after.is_some());
                let (snapshot, entry) = self.undo_correction(who, region, &id, was)?;
                let thing = "correction";
                Ok((snapshot, Undone { entry, thing, id }))
            }
            Recorded::Other { thing } => Err(Fault::NotUndoable { thing }),
        }
    }

    fn undo_crossing(
        &self,
        act: &Act<'_>,
        id: String,
        (before, after): (CrossingState, CrossingState),
    ) -> Result<(Arc<Snapshot>, Undone), Fault> {
        let mut entry = 0;
        let snapshot = self.follow(act.region, News::Crossings, |now| {
            let index = now.region.crossing(&id)?;
            if now.region.crossing_state(index) != after {
                return Err(changed_since("crossing", &id));
            }
            let undone = now.region.with_crossing(index, before);
            entry = self.keep(|store| store.set_crossing(act, &id, after, before))?;
            Ok(Some(undone))
        })?;
        let thing = "crossing";
        Ok((snapshot, Undone { entry, thing, id }))
    }

    fn undo_grade(
        &self,
        act: &Act<'_>,
        id: String,
        (before, after): (u8, u8),
    ) -> Result<(Arc<Snapshot>, Undone), Fault> {
        let thing = "water_body";
        let mut entry = 0;
        let snapshot = self.follow(act.region, News::WaterBodies, |now| {
            let index = now.water_body(&id)?;
            if now.region.risk(index) != after {
                return Err(changed_since(thing, &id));
            }
            let undone = now.region.with_risk(index, before);
            entry = self.keep(|store| store.set_risk(act, &id, after, before))?;
            Ok(Some(undone))
        })?;
        Ok((snapshot, Undone { entry, thing, id }))
    }

    fn undo_point(
        &self,
        act: &Act<'_>,
        id: String,
        (before, after): (Option<&RescuePoint>, Option<&RescuePoint>),
    ) -> Result<(Arc<Snapshot>, Undone), Fault> {
        let thing = "rescue_point";
        let mut entry = 0;
        let snapshot = self.follow(act.region, News::RescuePoints, |now| {
            let standing = now.region.rescue_point(&id).ok();
            let standing = standing.map(|index| &now.region.rescue_points[index]);
            let (true, Some(point)) = (standing == after, before.or(after)) else {
                return Err(changed_since(thing, &id));
            };
            if before.is_some() {
                // Its pieces may have gone, or to another rescue point, since.
                now.region.check_point(after, point)?;
            }
            let change = PointChange {
                before: after,
                after: point,
                presence: presence(before.is_some()),
            };
            let (undone, kept) = self.with_point_kept(now, act, &change)?;
            entry = kept;
            Ok(Some(undone))
        })?;
        Ok((snapshot, Undone { entry, thing, id }))
    }

    fn undo_piece(
        &self,
        act: &Act<'_>,
        id: String,
        (before, after): (Option<&Equipment>, Option<&Equipment>),
    ) -> Result<(Arc<Snapshot>, Undone), Fault> {
        let mut entry = 0;
        let snapshot = self.follow(act.region, News::Equipment, |now| {
            let standing = now.region.piece(&id).ok();
            let standing = standing.map(|index| &now.region.equipment[index as usize]);
            if standing != after {
                return Err(changed_since("equipment", &id));
            }
            // A piece that neither stood before nor since: nothing to undo.
            let Some(piece) = before.or(after) else {
                return Err(changed_since("equipment", &id));
            };
            let edited = differing(piece, after.unwrap_or(piece));
            let change = PieceChange {
                before: after,
                after: piece,
                origin: Origin::File,
                edited: &edited,
                presence: presence(before.is_some()),
            };
            let (undone, kept) = self.followed(now, act, &change)?;
            entry = kept;
            Ok(Some(undone))
        })?;
        let thing = "equipment";
        Ok((snapshot, Undone { entry, thing, id }))
    }
}

impl Regions {
    /// Undoes an import whole: every piece is as it was before, or nothing happens.
    fn undo_import(
        &self,
        act: &Act<'_>,
        undone: EntryId,
        summary: ImportSummary,
        pieces: &[RecordedPiece],
    ) -> Result<(Arc<Snapshot>, Undone), Fault> {
        let mut entry = 0;
        let file = summary.file.clone();
        let snapshot = self.follow(act.region, News::Equipment, |now| {
            let standing = |id: &str| {
                let index = now.region.piece(id).ok();
                index.map(|index| &now.region.equipment[index as usize])
            };
            let is_otherwise = |piece: &&RecordedPiece| standing(&piece.id) != piece.after.as_ref();
            let mut otherwise = pieces.iter().filter(is_otherwise);
            if let Some(first) = otherwise.next() {
                return Err(Fault::ImportChangedSince {
                    file: file.clone(),
                    n_pieces: 1 + otherwise.count(),
                    first: first.id.clone(),
                });
            }
            let edited: Vec<Vec<Field>> = pieces.iter().map(RecordedPiece::differing).collect();
            let changes: Vec<PieceChange<'_>> = pieces
                .iter()
                .zip(&edited)
                .filter_map(|(piece, edited)| {
                    Some(PieceChange {
                        before: piece.after.as_ref(),
                        after: piece.before.as_ref().or(piece.after.as_ref())?,
                        origin: Origin::File,
                        edited,
                        presence: presence(piece.before.is_some()),
                    })
                })
                .collect();
            let next = now.region.with_changes(&changes);
            let summary = ImportSummary {
                undoes: Some(undone),
                ..summary
            };
            entry = self.keep(|store| store.put_pieces(act, &summary, &changes))?;
            Ok(Some(next))
        })?;
        let (thing, id) = ("import", file);
        Ok((snapshot, Undone { entry, thing, id }))
    }
}

impl RecordedPiece {
    /// In what its two states differ; in nothing, if it was not there before or since.
    fn differing(&self) -> Vec<Field> {
        let both = self.before.as_ref().zip(self.after.as_ref());
        both.map_or_else(Vec::new, |(before, after)| differing(before, after))
    }
}

/// Whether something that comes and goes is there.
pub(super) fn presence(is_there: bool) -> Presence {
    if is_there {
        Presence::Registered
    } else {
        Presence::Retired
    }
}

fn changed_since(thing: &'static str, id: &str) -> Fault {
    Fault::ChangedSince {
        thing,
        id: id.to_owned(),
    }
}

/// In what two states of a piece differ.
fn differing(one: &Equipment, other: &Equipment) -> Vec<Field> {
    let differs = |field: &Field| field.differs(one, other);
    Field::ALL.into_iter().filter(differs).collect()
}
