//! The import report: what a region's files hold, and what is odd in them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::app::gap_files::as_json;
use crate::app::region::BuildFigures;
use crate::app::region::LayerCounts;
use crate::app::region::LoadedRegion;
use crate::model::bank::Bank;
use crate::model::crossing::CrossingKind;
use crate::model::crossing::CrossingState;
use crate::model::equipment::Condition;
use crate::model::equipment::EquipmentKind;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;
use crate::model::village::Village;
use crate::model::water::WaterKind;
use crate::units::Meters;

/// What a region's files hold, what became of it, and what is odd.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckReport {
    /// The region's id.
    pub region: String,
    /// The region's name by language.
    pub name: BTreeMap<String, String>,
    /// Of all coordinates.
    pub datum: &'static str,
    /// Whether the whole place is made up.
    pub invented: bool,
    /// Whether any of the equipment is made up for demonstration.
    pub illustrative: bool,
    /// Who must be named wherever this is shown.
    pub attribution: Option<String>,
    /// Things in the files, by layer.
    pub layers: LayerCounts,
    /// How long it took, and how large the ground is.
    pub build: BuildFigures,
    /// Water bodies to be covered, by kind.
    pub water_bodies: Vec<WaterCount>,
    /// How many banks there are.
    pub n_banks: usize,
    /// All bank, meters.
    pub bank_m: f64,
    /// Ways over water, by kind.
    pub crossings: Vec<CrossingCount>,
    /// Equipment, by kind and condition.
    pub equipment: Vec<EquipmentCount>,
    /// The villages.
    pub villages: Vec<VillageLine>,
    /// How many oddities of each kind there are.
    pub oddity_counts: Vec<OddityCount>,
    /// All oddities, by kind, else in the order of the files.
    pub oddities: Vec<Oddity>,
}

/// Water bodies of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WaterCount {
    /// What kind of water.
    pub kind: WaterKind,
    /// How many water bodies.
    pub water_bodies: usize,
    /// How many banks.
    pub banks: usize,
    /// Bank, meters.
    pub bank_m: f64,
}

/// Ways over water of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CrossingCount {
    /// What kind.
    pub kind: CrossingKind,
    /// People can cross.
    pub open: usize,
    /// Nobody crosses.
    pub closed: usize,
}

/// Equipment of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EquipmentCount {
    /// What it is.
    pub kind: EquipmentKind,
    /// Ready.
    pub usable: usize,
    /// There, but not to be relied on.
    pub damaged: usize,
    /// Gone.
    pub missing: usize,
    /// Nobody has looked lately.
    pub unverified: usize,
    /// Of all of them, those that stand nowhere on the ground.
    pub off_ground: usize,
}

/// One village.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VillageLine {
    /// The official code where known.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Bank, meters.
    pub bank_m: f64,
}

/// Oddities of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OddityCount {
    /// What is strange.
    pub kind: OddityKind,
    /// How many.
    pub count: usize,
}

impl LoadedRegion {
    /// What the files hold, what became of it, and what is odd.
    pub fn check(&self) -> CheckReport {
        let mut oddities = Vec::clone(&self.oddities);
        oddities.sort_by_key(|oddity| oddity.kind);
        let lengths = self.ground.banks.iter().map(Bank::length);
        CheckReport {
            region: self.settings.id.as_str().to_owned(),
            name: self.settings.name.clone(),
            datum: "wgs84",
            invented: self.settings.is_invented,
            illustrative: self.is_illustrative(),
            attribution: self.settings.attribution.clone(),
            layers: self.counts,
            build: self.figures,
            water_bodies: self.water_counts(),
            n_banks: self.ground.banks.len(),
            bank_m: lengths.sum::<Meters>().tenths(),
            crossings: self.crossing_counts(),
            equipment: self.equipment_counts(),
            villages: self.village_lines(),
            oddity_counts: oddity_counts(&oddities),
            oddities,
        }
    }

    fn water_counts(&self) -> Vec<WaterCount> {
        let mut counts: BTreeMap<WaterKind, (usize, usize, Meters)> = BTreeMap::new();
        for body in &self.ground.water_bodies {
            counts.entry(body.kind).or_default().0 += 1;
        }
        for bank in &self.ground.banks {
            let kind = self.ground.water_bodies[bank.water_body].kind;
            let count = counts.entry(kind).or_default();
            count.1 += 1;
            count.2 += bank.length();
        }
        let count = |(kind, (water_bodies, banks, length))| WaterCount {
            kind,
            water_bodies,
            banks,
            bank_m: Meters::tenths(length),
        };
        counts.into_iter().map(count).collect()
    }

    fn crossing_counts(&self) -> Vec<CrossingCount> {
        let mut counts: BTreeMap<CrossingKind, CrossingCount> = BTreeMap::new();
        for crossing in &self.ground.crossings {
            let kind = crossing.kind;
            let none = CrossingCount {
                kind,
                open: 0,
                closed: 0,
            };
            let count = counts.entry(kind).or_insert(none);
            match crossing.state {
                CrossingState::Open => count.open += 1,
                CrossingState::Closed => count.closed += 1,
            }
        }
        counts.into_values().collect()
    }

    fn equipment_counts(&self) -> Vec<EquipmentCount> {
        let mut counts: BTreeMap<EquipmentKind, EquipmentCount> = BTreeMap::new();
        for (piece, standing) in self.equipment.iter().zip(&self.standings) {
            let kind = piece.kind;
            let none = EquipmentCount {
                kind,
                usable: 0,
                damaged: 0,
                missing: 0,
                unverified: 0,
                off_ground: 0,
            };
            let count = counts.entry(kind).or_insert(none);
            match piece.condition {
                Condition::Usable => count.usable += 1,
                Condition::Damaged => count.damaged += 1,
                Condition::Missing => count.missing += 1,
                Condition::Unverified => count.unverified += 1,
            }
            count.off_ground += usize::from(standing.is_none());
        }
        counts.into_values().collect()
    }

    fn village_lines(&self) -> Vec<VillageLine> {
        let mut lengths = vec![Meters::ZERO; self.ground.villages.len()];
        for bank in &self.ground.banks {
            for (from, to, village) in bank.by_village() {
                if let Some(village) = village {
                    lengths[village] += to - from;
                }
            }
        }
        let villages = self.ground.villages.iter().zip(lengths);
        let line = |(village, length): (&Village, Meters)| VillageLine {
            id: village.id.clone(),
            name: village.name.clone(),
            bank_m: length.tenths(),
        };
        villages.map(line).collect()
    }
}

impl CheckReport {
    /// One JSON document.
    pub fn json(&self) -> Vec<u8> {
        as_json(self)
    }
}

/// How many oddities of each kind there are; they come sorted by kind.
fn oddity_counts(oddities: &[Oddity]) -> Vec<OddityCount> {
    let same_kind = |a: &Oddity, b: &Oddity| a.kind == b.kind;
    let count = |group: &[Oddity]| OddityCount {
        kind: group[0].kind,
        count: group.len(),
    };
    oddities.chunk_by(same_kind).map(count).collect()
}
