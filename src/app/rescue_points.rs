//! Rescue points: made, edited and given up by a planner; what is there of 四个一, at each of them and at each water.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::app::region::LoadedRegion;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::SURVEY_ERROR;
use crate::ground::spot::Spot;
use crate::model::equipment::Equipment;
use crate::model::register::Presence;
use crate::model::rescue_point::FourOnes;
use crate::model::rescue_point::MOST_PIECES;
use crate::model::rescue_point::PointEdit;
use crate::model::rescue_point::RescuePoint;
use crate::store::Act;
use crate::store::EntryId;
use crate::store::PointChange;
use crate::units::Meters;

/// A rescue point is at the bank that is nearest within this distance.
pub const AT_THE_BANK: Meters = Meters(50.0);

/// What there is at one water.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AtWater {
    /// Its bank.
    pub bank: Meters,
    /// What there is of 四个一 on its banks and at its rescue points.
    pub four: FourOnes,
    /// How many rescue points it has.
    pub n_points: usize,
    /// Those of them that are complete.
    pub n_complete: usize,
}

impl LoadedRegion {
    /// The index of a rescue point.
    ///
    /// # Errors
    ///
    /// If there is none of this id.
    pub fn rescue_point(&self, id: &str) -> Result<usize, Fault> {
        let mut points = self.rescue_points.iter();
        let found = points.position(|point| point.id == id);
        found.ok_or_else(|| Fault::UnknownRescuePoint {
            region: self.settings.id.as_str().to_owned(),
            id: id.chars().take(80).collect(),
        })
    }

    /// What there is of 四个一 at a rescue point now.
    pub fn four_at(&self, point: &RescuePoint) -> FourOnes {
        let mut four = FourOnes::default();
        for piece in self.pieces_of(point) {
            four.add(piece);
        }
        four
    }

    /// The pieces of a rescue point that are in the register now.
    fn pieces_of<'a>(&'a self, point: &'a RescuePoint) -> impl Iterator<Item = &'a Equipment> {
        let ids = point.pieces.iter();
        ids.filter_map(|id| Some(&self.equipment[self.piece(id).ok()? as usize]))
    }

    /// The water whose bank a place is at, by its index.
    pub fn water_at(&self, at: LonLat) -> Option<usize> {
        let ground = &self.ground;
        let spot = Spot::at(ground.plane.to_plane(at))?;
        let bank = ground.banks_from(spot, AT_THE_BANK).next()?;
        Some(ground.banks[bank.bank as usize].water_body)
    }

    /// What there is at each water, in the ground's order.
    pub(super) fn at_waters(&self) -> Vec<AtWater> {
        let ground = &self.ground;
        let mut waters = vec![AtWater::default(); ground.water_bodies.len()];
        for bank in &ground.banks {
            waters[bank.water_body].bank += bank.length();
        }
        for (piece, standing) in self.equipment.iter().zip(&self.standings) {
            if let Some(bank) = standing.as_ref().and_then(|standing| standing.bank) {
                let water = ground.banks[bank.bank as usize].water_body;
                waters[water].four.add(piece);
            }
        }
        for point in self.rescue_points.iter() {
            let Some(water) = self.water_at(point.at) else {
                continue;
            };
            let water = &mut waters[water];
            water.n_points += 1;
            water.n_complete += usize::from(self.four_at(point).is_complete());
            for piece in self.pieces_of(point) {
                water.four.add(piece);
            }
        }
        waters
    }

    /// The pieces that stand so near to a place that they are taken to belong to it, and to no other rescue point.
    fn pieces_beside(&self, at: LonLat) -> Vec<String> {
        let plane = &self.ground.plane;
        let Some(here) = Spot::at(plane.to_plane(at)) else {
            return Vec::new();
        };
        let is_beside = |piece: &&Equipment| {
            let there = Spot::at(plane.to_plane(piece.at));
            there.is_some_and(|there| here.distance(there) <= SURVEY_ERROR)
                && self.point_of(&piece.id).is_none()
        };
        let beside = self.equipment.iter().filter(is_beside).take(MOST_PIECES);
        beside.map(|piece| piece.id.clone()).collect()
    }

    /// The rescue point that a piece belongs to.
    fn point_of(&self, piece: &str) -> Option<&RescuePoint> {
        let mut points = self.rescue_points.iter();
        points.find(|point| point.pieces.iter().any(|id| id == piece))
    }

    /// Its pieces are there and at no other rescue point, and it is at a bank.
    pub(super) fn check_point(
        &self,
        before: Option<&RescuePoint>,
        point: &RescuePoint,
    ) -> Result<(), Fault> {
        let was = |id: &String| before.is_some_and(|before| before.pieces.contains(id));
        for id in point.pieces.iter().filter(|id| !was(id)) {
            self.piece(id)?;
            if let Some(other) = self.point_of(id) {
                return Err(Fault::AtOtherPoint {
                    piece: id.clone(),
                    point: other.id.clone(),
                });
            }
        }
        let is_moved = before.is_none_or(|before| before.at != point.at);
        if is_moved && self.water_at(point.at).is_none() {
            return Err(Fault::OffBank {
                lon: point.at.lon(),
                lat: point.at.lat(),
                within_m: AT_THE_BANK.0,
            });
        }
        Ok(())
    }

    /// The region with a rescue point made, edited or given up, all else as it is.
    fn with_point(&self, point: &RescuePoint, presence: Presence) -> Self {
        let others = self.rescue_points.iter();
        let mut points: Vec<RescuePoint> = others
            .filter(|other| other.id != point.id)
            .cloned()
            .collect();
        if presence == Presence::Registered {
            points.push(point.clone());
        }
        points.sort_by(|a, b| a.id.cmp(&b.id));
        Self {
            rescue_points: Arc::new(points),
            ..self.clone()
        }
    }
}

impl Regions {
    /// Makes a rescue point; without `pieces` it takes those that stand beside it and belong to no other.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no bank there or no such piece, or a piece belongs to another rescue point, or if
    /// the change cannot be kept.
    pub fn add_rescue_point(
        &self,
        who: &str,
        region: &str,
        at: LonLat,
        edits: &[PointEdit],
    ) -> Result<(Arc<Snapshot>, String), Fault> {
        let mut given = String::new();
        let after = self.follow(region, News::RescuePoints, |before| {
            let slot = self.slot(region)?;
            given = self.keep(|store| store.free_rescue_point_id(&slot.id))?;
            before.must_hold(at)?;
            let is_said = edits
                .iter()
                .any(|edit| matches!(edit, PointEdit::Pieces(_)));
            let beside = || before.region.pieces_beside(at);
            let mut point = RescuePoint {
                id: given.clone(),
                name: given.clone(),
                at,
                note: None,
                pieces: (!is_said).then(beside).unwrap_or_default(),
            };
            for edit in edits {
                edit.apply(&mut point);
            }
            before.region.check_point(None, &point)?;
            let change = PointChange {
                before: None,
                after: &point,
                presence: Presence::Registered,
            };
            let (after, _) = self.with_point_kept(before, &slot.act(who), &change)?;
            Ok(Some(after))
        })?;
        Ok((after, given))
    }

    /// Changes what is said of a rescue point; if it is so already, nothing happens.
    ///
    /// # Errors
    ///
    /// As when it is made; also if there is none of this id, or the region is not `as_expected` when it is this change's
    /// turn.
    pub fn edit_rescue_point(
        &self,
        who: &str,
        region: &str,
        id: &str,
        edits: &[PointEdit],
        as_expected: impl FnOnce(&Snapshot) -> bool,
    ) -> Result<Arc<Snapshot>, Fault> {
        self.follow(region, News::RescuePoints, |before| {
            let was = expected_point(before, id, as_expected)?;
            let mut point = was.clone();
            for edit in edits {
                edit.apply(&mut point);
            }
            if point == *was {
                return Ok(None);
            }
            if point.at != was.at {
                before.must_hold(point.at)?;
            }
            before.region.check_point(Some(was), &point)?;
            let change = PointChange {
                before: Some(was),
                after: &point,
                presence: Presence::Registered,
            };
            let act = self.slot(region)?.act(who);
            let (after, _) = self.with_point_kept(before, &act, &change)?;
            Ok(Some(after))
        })
    }

    /// Gives a rescue point up for good; its pieces stay where they are.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no such rescue point, or is not `as_expected` when it is this change's turn, or if
    /// the change cannot be kept.
    pub fn retire_rescue_point(
        &self,
        who: &str,
        region: &str,
        id: &str,
        as_expected: impl FnOnce(&Snapshot) -> bool,
    ) -> Result<Arc<Snapshot>, Fault> {
        self.follow(region, News::RescuePoints, |before| {
            let was = expected_point(before, id, as_expected)?;
            let change = PointChange {
                before: Some(was),
                after: was,
                presence: Presence::Retired,
            };
            let act = self.slot(region)?.act(who);
            let (after, _) = self.with_point_kept(before, &act, &change)?;
            Ok(Some(after))
        })
    }

    /// Works out the region with a rescue point changed, then has the change kept; tells the entry of the audit log, too.
    pub(super) fn with_point_kept(
        &self,
        before: &Snapshot,
        act: &Act<'_>,
        change: &PointChange<'_>,
    ) -> Result<(LoadedRegion, EntryId), Fault> {
        let after = before.region.with_point(change.after, change.presence);
        let entry = self.keep(|store| store.put_rescue_point(act, change))?;
        Ok((after, entry))
    }
}

/// The rescue point of an id, if the region is as whoever changes it has seen it.
fn expected_point<'a>(
    before: &'a Snapshot,
    id: &str,
    as_expected: impl FnOnce(&Snapshot) -> bool,
) -> Result<&'a RescuePoint, Fault> {
    let index = before.region.rescue_point(id)?;
    before.must_be(as_expected)?;
    Ok(&before.region.rescue_points[index])
}
