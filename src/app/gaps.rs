//! The gaps of a region, for some kinds of equipment at some limit: the report, as INTERFACE promises it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Instant;

use geo::Coord;
use serde::Serialize;

use crate::app::region::BuildFigures;
use crate::app::region::LoadedRegion;
use crate::app::region::peak_rss_mb;
use crate::geometry::lon_lat::told;
use crate::model::bank::Side;
use crate::model::bank::WaterBody;
use crate::model::equipment::Condition;
use crate::model::equipment::EquipmentKind;
use crate::model::village::Village;
use crate::model::water::WaterKind;
use crate::plan::coverage::Coverage;
use crate::plan::coverage::Gap;
use crate::plan::coverage::Prints;
use crate::plan::coverage::Reason;
use crate::plan::coverage::backup_coverage;
use crate::plan::coverage::coverage;
use crate::plan::coverage::coverage_by;
use crate::plan::totals::Totals;
use crate::units::Meters;

/// The kinds that count unless others are asked for.
pub const USUAL_KINDS: [EquipmentKind; 3] = [
    EquipmentKind::Pole,
    EquipmentKind::Ring,
    EquipmentKind::Rope,
];

/// Which gaps come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GapSort {
    /// The longest.
    #[default]
    Length,
    /// Those at the riskiest water; of equal ones, the longest.
    Risk,
}

/// What is asked about gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct GapsQuestion {
    /// The kinds of equipment that count.
    pub kinds: Vec<EquipmentKind>,
    /// How far a bank may be from a piece; the region's own target if none is given.
    pub limit: Option<Meters>,
}

/// The gaps of a region, and the coverage by water body and by village. Lengths are rounded to decimeters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GapsReport {
    /// The region's id.
    pub region: String,
    /// The region's name by language.
    pub name: BTreeMap<String, String>,
    /// Of all coordinates.
    pub datum: &'static str,
    /// The kinds that count.
    pub kinds: Vec<EquipmentKind>,
    /// A bank that is no farther than this, along the ground, is covered; meters.
    pub limit_m: f64,
    /// All bank, meters.
    pub bank_m: f64,
    /// Covered bank, meters.
    pub covered_m: f64,
    /// The covered share, from 0 to 1.
    pub covered_share: f64,
    /// Covered bank that stays covered when any one piece is gone, meters.
    pub backup_m: f64,
    /// The coverage at the region's warning limit.
    pub warn: WarnCoverage,
    /// Whether any of the equipment is made up for demonstration.
    pub illustrative: bool,
    /// Who must be named wherever this is shown.
    pub attribution: Option<String>,
    /// How much of the equipment counts.
    pub equipment: EquipmentTotals,
    /// How long it took, and how large the ground is.
    pub build: BuildFigures,
    /// Every water body, the longest uncovered bank first.
    pub water_bodies: Vec<WaterBodyCoverage>,
    /// Every village, the longest uncovered bank first.
    pub villages: Vec<VillageCoverage>,
    /// Banks in no village.
    pub elsewhere: ElsewhereCoverage,
    /// Every gap, the longest first.
    pub gaps: Vec<GapRow>,
}

/// The coverage at the warning limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct WarnCoverage {
    /// Meters.
    pub limit_m: f64,
    /// Covered bank, meters.
    pub covered_m: f64,
    /// From 0 to 1.
    pub covered_share: f64,
}

/// How much of the equipment counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EquipmentTotals {
    /// Pieces of any kind.
    pub total: usize,
    /// Pieces of the kinds that count.
    pub counted: usize,
    /// Those of them that are usable.
    pub usable: usize,
    /// Those of them that stand somewhere on the ground.
    pub snapped: usize,
}

/// The coverage of one water body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WaterBodyCoverage {
    /// Stable across imports.
    pub id: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// What kind of water.
    pub kind: WaterKind,
    /// Risk grade, 1 (low) to 4 (highest).
    pub risk: u8,
    /// Bank, meters.
    pub bank_m: f64,
    /// Covered bank, meters.
    pub covered_m: f64,
    /// Number of gaps.
    pub gaps: usize,
}

/// The coverage of one village.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VillageCoverage {
    /// The official code where known.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Bank, meters.
    pub bank_m: f64,
    /// Covered bank, meters.
    pub covered_m: f64,
    /// Number of gaps.
    pub gaps: usize,
}

/// The coverage of banks in no village.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ElsewhereCoverage {
    /// Bank, meters.
    pub bank_m: f64,
    /// Covered bank, meters.
    pub covered_m: f64,
    /// Number of gaps.
    pub gaps: usize,
}

/// One gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GapRow {
    /// The same as long as neither its bank nor its start changes.
    pub id: String,
    /// The bank's id.
    pub bank: String,
    /// Left, right or shore.
    pub side: Side,
    /// The water body's id.
    pub water_body: String,
    /// The water body's name, if it has one.
    pub water_body_name: Option<String>,
    /// The water body's risk grade, 1 (low) to 4 (highest).
    pub risk: u8,
    /// The village's id, if it lies in one.
    pub village: Option<String>,
    /// The village's name, if it lies in one.
    pub village_name: Option<String>,
    /// Chainage of the start, meters.
    pub from_m: f64,
    /// Chainage of the end, meters; beyond the bank's length where a gap runs over the start of a ring.
    pub to_m: f64,
    /// Meters.
    pub length_m: f64,
    /// The farthest that any point of it is from a usable piece, meters; none where nobody gets here.
    pub worst_reach_m: Option<f64>,
    /// Why it is a gap.
    pub reason: Reason,
    /// The id of the usable piece that is nearest as the crow flies.
    pub nearest: Option<String>,
    /// How far that piece is as the crow flies, meters.
    pub nearest_straight_m: Option<f64>,
    /// WGS-84 longitude and latitude, degrees.
    pub line: Vec<[f64; 2]>,
}

impl LoadedRegion {
    /// Which banks no usable piece of some kinds reaches within a limit.
    pub fn gaps(&self, question: &GapsQuestion) -> GapsReport {
        let start = Instant::now();
        let limit = question.limit.unwrap_or(self.settings.reach.target);
        let survey = self
            .reach
            .survey(&self.ground, &self.closures, &question.kinds);
        let prints = Prints::new(&survey, limit);
        let found = coverage_by(&survey, &prints);
        let gaps_s = start.elapsed().as_secs_f64();
        let warn = self.settings.reach.warn;
        let at_warn = coverage(&survey, warn).total;
        let backup = backup_coverage(&prints).min(found.total.covered);
        let (bank_m, covered_m) = rounded(found.total);
        GapsReport {
            region: self.settings.id.as_str().to_owned(),
            name: self.settings.name.clone(),
            datum: "wgs84",
            kinds: question.kinds.clone(),
            limit_m: limit.0,
            bank_m,
            covered_m,
            covered_share: share(found.total),
            backup_m: backup.tenths(),
            warn: WarnCoverage {
                limit_m: warn.0,
                covered_m: rounded(at_warn).1,
                covered_share: share(at_warn),
            },
            illustrative: self.is_illustrative(),
            attribution: self.settings.attribution.clone(),
            equipment: self.equipment_totals(&question.kinds),
            build: BuildFigures {
                reach_s: self.figures.reach_s + gaps_s,
                peak_rss_mb: peak_rss_mb(),
                ..self.figures
            },
            water_bodies: self.by_water_body(&found),
            villages: self.by_village(&found),
            elsewhere: elsewhere(found.elsewhere),
            gaps: self.rows(&found),
        }
    }

    /// Whether any of the equipment is made up for demonstration, which must be said.
    pub fn is_illustrative(&self) -> bool {
        self.equipment.iter().any(|piece| piece.is_illustrative)
    }

    fn equipment_totals(&self, kinds: &[EquipmentKind]) -> EquipmentTotals {
        let mut totals = EquipmentTotals {
            total: self.equipment.len(),
            counted: 0,
            usable: 0,
            snapped: 0,
        };
        for (piece, standing) in self.equipment.iter().zip(&self.standings) {
            let is_counted = kinds.contains(&piece.kind);
            let is_usable = is_counted && piece.condition == Condition::Usable;
            totals.counted += usize::from(is_counted);
            totals.usable += usize::from(is_usable);
            totals.snapped += usize::from(is_usable && standing.is_some());
        }
        totals
    }

    pub(super) fn by_water_body(&self, found: &Coverage) -> Vec<WaterBodyCoverage> {
        let bodies = self.ground.water_bodies.iter().zip(&found.water_bodies);
        let row = |(index, (body, &totals)): (usize, (&WaterBody, &Totals))| {
            let (bank_m, covered_m) = rounded(totals);
            let row = WaterBodyCoverage {
                id: body.id.clone(),
                name: body.name.clone(),
                kind: body.kind,
                risk: self.risk(index),
                bank_m,
                covered_m,
                gaps: totals.n_gaps,
            };
            (uncovered(totals), row)
        };
        longest_first(bodies.enumerate().map(row).collect(), |row| &row.id)
    }

    pub(super) fn by_village(&self, found: &Coverage) -> Vec<VillageCoverage> {
        let villages = self.ground.villages.iter().zip(&found.villages);
        let row = |(village, &totals): (&Village, &Totals)| {
            let (bank_m, covered_m) = rounded(totals);
            let row = VillageCoverage {
                id: village.id.clone(),
                name: village.name.clone(),
                bank_m,
                covered_m,
                gaps: totals.n_gaps,
            };
            (uncovered(totals), row)
        };
        longest_first(villages.map(row).collect(), |row| &row.id)
    }

    pub(super) fn rows(&self, found: &Coverage) -> Vec<GapRow> {
        let rows = found.gaps().map(|gap| (gap.to - gap.from, self.row(gap)));
        longest_first(rows.collect(), |row| &row.id)
    }

    fn row(&self, gap: &Gap) -> GapRow {
        let bank = &self.ground.banks[gap.bank as usize];
        let water_body = &self.ground.water_bodies[bank.water_body];
        let village = gap.village.map(|village| &self.ground.villages[village]);
        let nearest = gap
            .nearest
            .map(|(piece, _)| &self.equipment[self.index_of(piece)]);
        GapRow {
            id: gap.id.clone(),
            bank: bank.id.clone(),
            side: bank.side,
            water_body: water_body.id.clone(),
            water_body_name: water_body.name.clone(),
            risk: self.risk(bank.water_body),
            village: village.map(|village| village.id.clone()),
            village_name: village.map(|village| village.name.clone()),
            from_m: gap.from.tenths(),
            to_m: gap.to.tenths(),
            length_m: (gap.to - gap.from).tenths(),
            worst_reach_m: gap.worst_reach.map(Meters::tenths),
            reason: gap.reason,
            nearest: nearest.map(|piece| piece.id.clone()),
            nearest_straight_m: gap.nearest.map(|(_, straight)| straight.tenths()),
            line: self.line(&gap.line),
        }
    }

    /// A line of the plane in degrees, rounded to a centimeter, no point twice in a row.
    pub fn line(&self, points: &[Coord]) -> Vec<[f64; 2]> {
        let places = points
            .iter()
            .filter_map(|&point| self.ground.plane.to_lon_lat(point).ok());
        let mut line: Vec<[f64; 2]> = places
            .map(|place| [told(place.lon()), told(place.lat())])
            .collect();
        line.dedup();
        // A line has two points, however short it is.
        if let [only] = line[..] {
            line.push(only);
        }
        line
    }
}

pub(super) fn elsewhere(totals: Totals) -> ElsewhereCoverage {
    let (bank_m, covered_m) = rounded(totals);
    ElsewhereCoverage {
        bank_m,
        covered_m,
        gaps: totals.n_gaps,
    }
}

fn uncovered(totals: Totals) -> Meters {
    totals.bank - totals.covered
}

/// Rows by a length, the longest first; equal ones by id.
fn longest_first<Row>(mut rows: Vec<(Meters, Row)>, id: impl Fn(&Row) -> &String) -> Vec<Row> {
    let micrometers = |length: Meters| (length.0 * 1e6).round() as i64;
    rows.sort_by(|(a, x), (b, y)| {
        let by_length = Reverse(micrometers(*a)).cmp(&Reverse(micrometers(*b)));
        by_length.then_with(|| id(x).cmp(id(y)))
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Bank and covered bank in meters; never more covered than there is, whatever the sums round to.
pub(super) fn rounded(totals: Totals) -> (f64, f64) {
    let bank_m = totals.bank.tenths();
    (bank_m, totals.covered.tenths().min(bank_m))
}

/// The covered share to a millionth; 1 only if nothing is open.
pub(super) fn share(totals: Totals) -> f64 {
    let share = (totals.share() * 1e6).floor() / 1e6;
    share.clamp(0.0, 1.0)
}
