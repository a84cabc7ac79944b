//! The register of a region: what people have changed, laid over what its files say.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::app::region::LoadedRegion;
use crate::model::correction::KeptCorrection;
use crate::model::crossing::CrossingState;
use crate::model::equipment::Equipment;
use crate::model::numbering::Numbers;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;
use crate::model::register::KeptPiece;
use crate::model::register::Origin;
use crate::model::register::Presence;
use crate::model::rescue_point::KeptPoint;
use crate::model::rescue_point::RescuePoint;

/// What oddities of the register name as their file.
pub(super) const REGISTER: &str = "register";

/// The numbers in the codes of all pieces of a region, those that have been retired included: what was printed once stays
/// that piece's.
pub(super) fn numbers(kept: &[KeptPiece], of_files: &[Equipment]) -> Numbers {
    let mut numbers = Numbers::new(of_files.iter().map(|piece| piece.id.as_str()));
    numbers.add(kept.iter().map(|kept| kept.piece.id.as_str()));
    numbers
}

/// Lays pieces that people have changed over those of the files; tells what does not fit them any more.
pub(super) fn lay_over(
    kept: Vec<KeptPiece>,
    equipment: &mut Vec<Equipment>,
    oddities: &mut Vec<Oddity>,
) {
    let mut kept: FxHashMap<String, KeptPiece> = kept
        .into_iter()
        .map(|kept| (kept.piece.id.clone(), kept))
        .collect();
    equipment.retain_mut(|piece| {
        let Some(kept) = kept.remove(&piece.id) else {
            return true;
        };
        match kept.origin {
            Origin::File => *piece = kept.over(piece),
            Origin::Added => {
                let detail = "somebody had added another piece of this id before the files had one: that one stands here, and the files' is left out";
                oddities.push(odd(OddityKind::Duplicate, &kept.piece, detail));
                piece.clone_from(&kept.piece);
            }
        }
        kept.presence == Presence::Registered
    });
    let mut others: Vec<KeptPiece> = kept.into_values().collect();
    others.sort_by(|a, b| a.piece.id.cmp(&b.piece.id));
    for kept in others {
        match (kept.presence, kept.origin) {
            (Presence::Retired, Origin::File | Origin::Added) => {}
            (Presence::Registered, Origin::Added) => equipment.push(kept.piece),
            (Presence::Registered, Origin::File) => {
                let detail = "somebody has changed it, and the files have it no longer: it stands here as it was then";
                oddities.push(odd(OddityKind::Vanished, &kept.piece, detail));
                equipment.push(kept.piece);
            }
        }
    }
}

fn odd(kind: OddityKind, piece: &Equipment, detail: &str) -> Oddity {
    Oddity {
        file: REGISTER.to_owned(),
        id: piece.id.clone(),
        place: Some(piece.at),
        kind,
        detail: detail.to_owned(),
    }
}

/// Something of the map that people have changed and that is on the map no longer.
fn vanished(id: String, detail: String) -> Oddity {
    Oddity {
        file: REGISTER.to_owned(),
        id,
        place: None,
        kind: OddityKind::Vanished,
        detail,
    }
}

impl LoadedRegion {
    /// Grades waters as somebody has; those that the map has no longer are told.
    pub(super) fn take_risks(&mut self, kept: Vec<(String, u8)>) {
        let waters = self.ground.water_bodies.iter().enumerate();
        let index: FxHashMap<String, usize> = waters
            .map(|(index, water)| (water.id.clone(), index))
            .collect();
        for (id, risk) in kept {
            if let Some(&index) = index.get(&id) {
                self.grades.set(index, risk);
                continue;
            }
            let detail = format!(
                "somebody has graded this water {risk}, and the map has it no longer: kept in case it comes back"
            );
            Arc::make_mut(&mut self.oddities).push(vanished(id, detail));
        }
    }

    /// Takes the rescue points that somebody has made; pieces of theirs that are there no longer are told.
    pub(super) fn take_points(&mut self, kept: Vec<KeptPoint>) {
        let kept = kept.into_iter();
        let kept = kept.filter(|kept| kept.presence == Presence::Registered);
        let points: Vec<RescuePoint> = kept.map(|kept| kept.point).collect();
        let mut odd = Vec::new();
        for point in &points {
            for id in point.pieces.iter().filter(|id| self.piece(id).is_err()) {
                let detail = format!("its piece {id} is not in the register any more");
                odd.push(Oddity {
                    place: Some(point.at),
                    ..vanished(point.id.clone(), detail)
                });
            }
        }
        if !odd.is_empty() {
            Arc::make_mut(&mut self.oddities).extend(odd);
        }
        self.rescue_points = Arc::new(points);
    }

    /// Takes what people have put right on the map.
    pub(super) fn take_corrections(&mut self, kept: Vec<KeptCorrection>) {
        let kept = kept.into_iter();
        let kept = kept.filter(|kept| kept.presence == Presence::Registered);
        self.corrections = Arc::new(kept.map(|kept| kept.correction).collect());
    }

    /// Tells that nobody will be told what newer files hold otherwise, since what these hold could not be kept.
    pub(super) fn take_silence(&mut self, why: &str) {
        let detail =
            format!("what the files hold could not be kept for comparison with newer ones: {why}");
        Arc::make_mut(&mut self.oddities).push(Oddity {
            kind: OddityKind::Ignored,
            ..vanished(self.settings.id.as_str().to_owned(), detail)
        });
    }

    /// Opens and closes crossings as somebody has; those that the map has no longer are told.
    pub(super) fn take_crossings(&mut self, kept: Vec<(String, CrossingState)>) {
        let crossings = self.ground.crossings.iter().zip(0_u32..);
        let index: FxHashMap<&str, u32> = crossings
            .map(|(crossing, index)| (crossing.id.as_str(), index))
            .collect();
        for (id, state) in kept {
            if let Some(&index) = index.get(id.as_str()) {
                self.closures.set(index, state);
                continue;
            }
            let done = match state {
                CrossingState::Open => "opened",
                CrossingState::Closed => "closed",
            };
            let detail = format!(
                "somebody has {done} it, and the map has it no longer: kept in case it comes back"
            );
            Arc::make_mut(&mut self.oddities).push(vanished(id, detail));
        }
    }
}
