//! Villages, waters, pieces and gaps of a snapshot, found by what somebody asks for.

use std::cmp::Reverse;

use crate::app::coverage::CoverageReport;
use crate::app::fault::Fault;
use crate::app::gaps::GapRow;
use crate::app::gaps::GapSort;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::LonLat;
use crate::model::equipment::Condition;
use crate::model::equipment::EquipmentKind;

impl Snapshot {
    /// The index of a village.
    ///
    /// # Errors
    ///
    /// If there is none of this id.
    pub fn village(&self, id: &str) -> Result<usize, Fault> {
        let villages = &self.region.ground.villages;
        let found = villages.iter().position(|village| village.id == id);
        found.ok_or_else(|| Fault::UnknownVillage {
            region: self.region.settings.id.as_str().to_owned(),
            id: short(id),
        })
    }

    /// The index of a water body.
    ///
    /// # Errors
    ///
    /// If there is none of this id.
    pub fn water_body(&self, id: &str) -> Result<usize, Fault> {
        let bodies = &self.region.ground.water_bodies;
        let found = bodies.iter().position(|body| body.id == id);
        found.ok_or_else(|| Fault::UnknownWaterBody {
            region: self.region.settings.id.as_str().to_owned(),
            id: short(id),
        })
    }

    /// The id of the village that a place lies in; of several, the first.
    pub fn village_at(&self, at: LonLat) -> Option<&str> {
        let ground = &self.region.ground;
        let holding = ground.village_outlines.holding(ground.plane.to_plane(at));
        let village = holding.first().map(|&village| &ground.villages[village]);
        village.map(|village| village.id.as_str())
    }

    /// The gaps of a village, of a water body, or all of them, in an order.
    ///
    /// # Errors
    ///
    /// If there is no such village or water body.
    pub fn gaps_of<'a>(
        &self,
        report: &'a CoverageReport,
        village: Option<&str>,
        water_body: Option<&str>,
        sort: GapSort,
    ) -> Result<Vec<&'a GapRow>, Fault> {
        if let Some(id) = village {
            self.village(id)?;
        }
        if let Some(id) = water_body {
            self.water_body(id)?;
        }
        let is_wanted = |gap: &&GapRow| {
            village.is_none_or(|id| gap.village.as_deref() == Some(id))
                && water_body.is_none_or(|id| gap.water_body == id)
        };
        let mut found: Vec<&GapRow> = report.gaps.iter().filter(is_wanted).collect();
        match sort {
            // As the report has them.
            GapSort::Length => {}
            GapSort::Risk => found.sort_by_key(|gap| Reverse(gap.risk)),
        }
        Ok(found)
    }

    /// The numbers of the pieces of some kinds, in a village, in a condition; whatever is not asked for does not matter.
    ///
    /// # Errors
    ///
    /// If there is no such village.
    pub fn pieces(
        &self,
        kinds: Option<&[EquipmentKind]>,
        village: Option<&str>,
        condition: Option<Condition>,
    ) -> Result<Vec<usize>, Fault> {
        let village = village.map(|id| self.village(id)).transpose()?;
        let villages = self.village_of_pieces();
        let equipment = self.region.equipment.iter().enumerate();
        let found = equipment.filter(|(index, piece)| {
            kinds.is_none_or(|kinds| kinds.contains(&piece.kind))
                && condition.is_none_or(|condition| piece.condition == condition)
                && village.is_none_or(|village| villages[*index].contains(&village))
        });
        Ok(found.map(|(index, _)| index).collect())
    }

    /// How many pieces of some kinds stand in each village, in any condition.
    pub fn pieces_by_village(&self, kinds: &[EquipmentKind]) -> Vec<usize> {
        let mut n_pieces = vec![0; self.region.ground.villages.len()];
        let pieces = self.region.equipment.iter().zip(self.village_of_pieces());
        for (_, villages) in pieces.filter(|(piece, _)| kinds.contains(&piece.kind)) {
            for &village in villages {
                n_pieces[village] += 1;
            }
        }
        n_pieces
    }
}

fn short(id: &str) -> String {
    id.chars().take(80).collect()
}
