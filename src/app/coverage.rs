//! The coverage of a region for some kinds of equipment at some limit, counted once for whoever asks.

use geo::Coord;

use crate::app::gaps::ElsewhereCoverage;
use crate::app::gaps::GapRow;
use crate::app::gaps::VillageCoverage;
use crate::app::gaps::WaterBodyCoverage;
use crate::app::gaps::elsewhere;
use crate::app::gaps::rounded;
use crate::app::gaps::share;
use crate::app::region::LoadedRegion;
use crate::geometry::map_line;
use crate::model::equipment::EquipmentKind;
use crate::plan::coverage::coverage;
use crate::plan::survey::Survey;
use crate::units::Meters;

/// Which pieces count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Counting {
    /// Only those that are usable.
    #[default]
    Usable,
    /// Damaged, missing and unverified ones, too: what there would be if all were mended.
    AnyCondition,
}

/// What is asked about coverage.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CoverageQuestion {
    kinds: Vec<EquipmentKind>,
    limit_mm: u32,
    /// Which pieces count.
    pub counting: Counting,
}

impl CoverageQuestion {
    /// The question for some kinds, in any order, at a limit; equal questions have equal answers.
    pub fn new(kinds: &[EquipmentKind], limit: Meters, counting: Counting) -> Self {
        let mut kinds = kinds.to_vec();
        kinds.sort_unstable();
        kinds.dedup();
        Self {
            kinds,
            // The search knows whole millimeters only.
            limit_mm: (limit.0 * 1000.0).round() as u32,
            counting,
        }
    }

    /// The kinds that count, in order, each once.
    pub fn kinds(&self) -> &[EquipmentKind] {
        &self.kinds
    }

    /// How far a bank may be from a piece.
    pub fn limit(&self) -> Meters {
        Meters(f64::from(self.limit_mm) / 1000.0)
    }
}

/// The coverage of a region. Lengths are rounded to decimeters.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverageReport {
    /// What was asked.
    pub question: CoverageQuestion,
    /// All bank, meters.
    pub bank_m: f64,
    /// Covered bank, meters.
    pub covered_m: f64,
    /// The covered share, from 0 to 1.
    pub covered_share: f64,
    /// Every water body, the longest uncovered bank first.
    pub water_bodies: Vec<WaterBodyCoverage>,
    /// Every village, the longest uncovered bank first.
    pub villages: Vec<VillageCoverage>,
    /// Banks in no village.
    pub elsewhere: ElsewhereCoverage,
    /// Every gap, the longest first.
    pub gaps: Vec<GapRow>,
}

impl LoadedRegion {
    /// Which banks the pieces that count reach within the limit, and where the gaps are.
    pub fn coverage(&self, question: &CoverageQuestion) -> CoverageReport {
        let survey = self.survey(question);
        let mut found = coverage(&survey, question.limit());
        for gap in found.banks.iter_mut().flat_map(|bank| &mut bank.gaps) {
            gap.line = thinned(&gap.line);
        }
        let (bank_m, covered_m) = rounded(found.total);
        CoverageReport {
            question: question.clone(),
            bank_m,
            covered_m,
            covered_share: share(found.total),
            water_bodies: self.by_water_body(&found),
            villages: self.by_village(&found),
            elsewhere: elsewhere(found.elsewhere),
            gaps: self.rows(&found),
        }
    }

    /// The survey that a question is asked of.
    pub(super) fn survey(&self, question: &CoverageQuestion) -> Survey<'_> {
        let (ground, closures) = (&self.ground, &self.closures);
        match question.counting {
            Counting::Usable => self.reach.survey(ground, closures, &question.kinds),
            Counting::AnyCondition => {
                self.reach
                    .survey_of_any_condition(ground, closures, &question.kinds)
            }
        }
    }
}

/// A line of the plane without the points that lie on it to 2 cm: a bank has one every few meters, however straight it is.
fn thinned(line: &[Coord]) -> Vec<Coord> {
    let centimeters = |point: &Coord| {
        [(point.x * 100.0).round(), (point.y * 100.0).round()].map(|part| part as i32)
    };
    let points: Vec<[i32; 2]> = line.iter().map(centimeters).collect();
    let kept = map_line::simplified(&points, 2.0).into_iter();
    kept.map(|[x, y]| Coord {
        x: f64::from(x) / 100.0,
        y: f64::from(y) / 100.0,
    })
    .collect()
}
