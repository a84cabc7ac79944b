//! The sites of a proposal as rows: where each is, what it adds, and why there.

use serde::Serialize;

use crate::app::coverage::Counting;
use crate::app::coverage::CoverageQuestion;
use crate::app::placement::PlacementQuestion;
use crate::app::region::LoadedRegion;
use crate::ground::place::BankSpot;
use crate::ground::spot::Spot;
use crate::model::bank::Side;
use crate::model::equipment::EquipmentKind;
use crate::plan::coverage::Prints;
use crate::plan::coverage::Reason;
use crate::plan::coverage::bank_coverage;
use crate::plan::footprint::Footprint;
use crate::plan::placement::beside::ON_BANK;
use crate::plan::placement::proposed::Proposed;
use crate::units::Meters;

/// Of every bank its gaps: from, to, and why.
pub(super) type Reasons = Vec<Vec<(f64, f64, Reason)>>;

/// A place that is no farther from a path than this is on it.
const ON_PATH: Meters = Meters(0.5);

/// What a proposed piece stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandsOn {
    /// A bank.
    Bank,
    /// A path beside one.
    Path,
    /// The land behind.
    Land,
}

/// One site.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SiteRow {
    /// Counted from 1.
    pub rank: usize,
    /// What is put up there.
    pub kind: EquipmentKind,
    /// What it stands on.
    pub on: StandsOn,
    /// WGS-84 longitude and latitude, degrees.
    pub at: [f64; 2],
    /// The bank's id, if it stands at one.
    pub bank: Option<String>,
    /// On which side of its water the bank lies.
    pub side: Option<Side>,
    /// Chainage, meters.
    pub chainage_m: Option<f64>,
    /// The water body's id.
    pub water_body: Option<String>,
    /// The water body's name, if it has one.
    pub water_body_name: Option<String>,
    /// The water body's risk grade, 1 (low) to 4 (highest).
    pub risk: Option<u8>,
    /// The village's id, if it lies in one.
    pub village: Option<String>,
    /// The village's name, if it lies in one.
    pub village_name: Option<String>,
    /// What it adds to what is there and to the sites before it, meters.
    pub gained_m: f64,
    /// What that counts.
    pub worth: f64,
    /// Covered bank with it and the sites before it, meters.
    pub covered_m: f64,
    /// Why most of what it adds is a gap now; none where it adds a second piece only.
    pub reason: Option<Reason>,
    /// Whether it was asked for.
    pub required: bool,
}

impl LoadedRegion {
    /// Of every bank, its gaps as they are, with their reasons.
    pub(super) fn reasons(&self, before: &Prints, question: &PlacementQuestion) -> Reasons {
        let counted = CoverageQuestion::new(&question.kinds, before.limit, Counting::Usable);
        let survey = self.survey(&counted);
        let banks = 0..self.ground.banks.len() as u32;
        let gaps = banks.map(|bank| {
            let gaps = bank_coverage(&survey, before, bank).gaps.into_iter();
            gaps.map(|gap| (gap.from.0, gap.to.0, gap.reason)).collect()
        });
        gaps.collect()
    }

    pub(super) fn site_row(
        &self,
        rank: usize,
        one: &Proposed,
        covered_m: f64,
        reasons: &Reasons,
        question: &PlacementQuestion,
    ) -> SiteRow {
        let ground = &self.ground;
        let put_up = question.put_up().get(usize::from(one.site.kind)).copied();
        let at = one.site.bank;
        let bank = at.map(|at| &ground.banks[at.bank as usize]);
        let body = bank.map(|bank| &ground.water_bodies[bank.water_body]);
        let village = bank.zip(at).and_then(|(bank, at)| {
            let mut parts = bank.by_village();
            let part = parts.find(|(from, to, _)| *from <= at.chainage && at.chainage <= *to);
            part.and_then(|part| part.2)
        });
        let village = village.map(|village| &ground.villages[village]);
        SiteRow {
            rank,
            kind: put_up.unwrap_or(EquipmentKind::Other),
            on: self.stands_on(one.site.at, at),
            at: self.degrees(one.site.at),
            bank: bank.map(|bank| bank.id.clone()),
            side: bank.map(|bank| bank.side),
            chainage_m: at.map(|at| at.chainage.tenths()),
            water_body: body.map(|body| body.id.clone()),
            water_body_name: body.and_then(|body| body.name.clone()),
            risk: bank.map(|bank| self.risk(bank.water_body)),
            village: village.map(|village| village.id.clone()),
            village_name: village.map(|village| village.name.clone()),
            gained_m: one.gained.tenths(),
            worth: Meters(one.worth).tenths(),
            covered_m,
            reason: main_reason(&one.site.print, reasons),
            required: false,
        }
    }

    fn stands_on(&self, at: Spot, bank: Option<BankSpot>) -> StandsOn {
        if bank.is_some_and(|bank| bank.offset <= ON_BANK) {
            StandsOn::Bank
        } else if self.ground.landmarks.has_path_within(at, ON_PATH) {
            StandsOn::Path
        } else {
            StandsOn::Land
        }
    }
}

/// Why most of what a piece would cover is a gap.
fn main_reason(print: &Footprint, reasons: &[Vec<(f64, f64, Reason)>]) -> Option<Reason> {
    let mut meters: Vec<(Reason, f64)> = Vec::new();
    for (bank, covered) in &print.0 {
        for &(from, to, reason) in &reasons[*bank as usize] {
            let length = covered.length_within(from, to);
            match meters.iter_mut().find(|(known, _)| *known == reason) {
                Some(known) => known.1 += length,
                None => meters.push((reason, length)),
            }
        }
    }
    let most = meters.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
    most.filter(|most| most.1 > 0.0).map(|most| most.0)
}
