//! Where the next pieces go: what is asked, how long one waits for it, and the answer, as INTERFACE promises it.

use std::time::Instant;

use serde::Serialize;

use crate::app::coverage::Counting;
use crate::app::coverage::CoverageQuestion;
use crate::app::fault::Fault;
use crate::app::region::LoadedRegion;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::BankSpot;
use crate::ground::spot::Spot;
use crate::model::bank::Side;
use crate::model::equipment::EquipmentKind;
use crate::plan::coverage::Prints;
use crate::plan::coverage::Reason;
use crate::plan::coverage::bank_coverage;
use crate::plan::footprint::Footprint;
use crate::plan::placement::demand::Given;
use crate::plan::placement::proposed::Asked;
use crate::plan::placement::proposed::Goal;
use crate::plan::placement::proposed::Proposal;
use crate::plan::placement::proposed::Proposed;
use crate::plan::placement::proposed::covered_with;
use crate::plan::placement::proposed::explained;
use crate::plan::placement::proposed::proposed;
use crate::plan::placement::sites::Site;
use crate::plan::placement::sites::along_banks;
use crate::plan::placement::sites::at_places;
use crate::plan::placement::sites::measured;
use crate::plan::placement::watch::Watch;
use crate::units::Meters;

/// A gap to what is possible that nobody need wait for, as a share.
const ENOUGH: f64 = 0.0002;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacementQuestion {
    /// How many sites, or how much bank.
    pub goal: Goal,
    /// The kinds of equipment that count; the first is what is put up.
    pub kinds: Vec<EquipmentKind>,
    /// How far a bank may be from a piece; the region's own target if none is given.
    pub limit: Option<Meters>,
    /// Every meter by two pieces: what one more piece adds where there is one counts, too.
    pub backup: bool,
    /// How far apart the sites are that are looked at, beside the points where coverage changes.
    pub spacing: Meters,
    /// Whether a meter at riskier water counts more: as often as its grade says, 1 to 4.
    pub by_risk: bool,
    /// Where a piece must stand, whatever else; these count among the sites.
    pub required: Vec<LonLat>,
    /// Where none can stand.
    pub forbidden: Vec<Forbidden>,
    /// The only places where one can stand; anywhere on a bank, unless they are given.
    pub only: Option<Vec<LonLat>>,
    /// Of equally good choices, another seed may give another.
    pub seed: u64,
}

/// A stretch of bank where nothing can stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Forbidden {
    /// The bank's id.
    pub bank: String,
    /// Chainage of the start.
    pub from: Meters,
    /// Chainage of the end.
    pub to: Meters,
}

/// Where the next pieces go. Lengths are rounded to decimeters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlacementReport {
    /// The region's id.
    pub region: String,
    /// Of all coordinates.
    pub datum: &'static str,
    /// The kinds that count; the first is what is put up.
    pub kinds: Vec<EquipmentKind>,
    /// A bank that is no farther than this, along the ground, is covered; meters.
    pub limit_m: f64,
    /// Whether every meter is wanted twice.
    pub backup: bool,
    /// All bank, meters.
    pub bank_m: f64,
    /// Covered bank as it is, meters.
    pub covered_before_m: f64,
    /// Covered bank with all sites, meters.
    pub covered_after_m: f64,
    /// The bank that no piece can cover, wherever it stands, meters.
    pub out_of_reach_m: f64,
    /// What is made as large, or as small, as possible: `weighted_m`, or `sites`.
    pub objective: Objective,
    /// What the proposal is worth in that.
    pub value: f64,
    /// No choice among all sites that were looked at is better than this.
    pub bound: f64,
    /// How much better another choice could be at most, percent of the value.
    pub gap_percent: f64,
    /// Whether none is better.
    pub proven: bool,
    /// How many sites were looked at.
    pub candidates: usize,
    /// How long it took, seconds.
    pub seconds: f64,
    /// Whether any of the equipment is made up for demonstration.
    pub illustrative: bool,
    /// Who must be named wherever this is shown.
    pub attribution: Option<String>,
    /// The sites, those first that add most.
    pub sites: Vec<SiteRow>,
}

/// What is made as large, or as small, as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// Newly covered meters, each as often as it counts; the more, the better.
    WeightedM,
    /// The number of sites; the fewer, the better.
    Sites,
}

/// One site.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SiteRow {
    /// Counted from 1.
    pub rank: usize,
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
    /// The sites on all banks, and what a piece covers at each: the same as long as no crossing opens or closes.
    pub fn bank_sites(&self, spacing: Meters, limit: Meters) -> Vec<Site> {
        let spots = along_banks(&self.ground, spacing);
        measured(&self.ground, &self.closures, &spots, limit)
    }

    /// Where the next pieces go; `sites` are those on all banks, from [`LoadedRegion::bank_sites`] for this limit.
    ///
    /// # Errors
    ///
    /// For a bank that the region does not have, and for a required place where nothing stands.
    pub fn placement(
        &self,
        question: &PlacementQuestion,
        sites: &[Site],
        watch: Watch<'_>,
    ) -> Result<PlacementReport, Fault> {
        let start = Instant::now();
        let ground = &self.ground;
        let limit = question.limit.unwrap_or(self.settings.reach.target);
        let counted = CoverageQuestion::new(&question.kinds, limit, Counting::Usable);
        let survey = self.survey(&counted);
        let mut prints = Prints::new(&survey, limit);
        let before = prints.clone();
        let required = self.sites_at(&question.required, limit)?;
        for (site, number) in required.iter().zip((0..u32::MAX).rev()) {
            prints.add(number, site.print.clone());
        }
        let forbidden = self.forbidden(&question.forbidden)?;
        let is_free = |site: &&Site| site.bank.is_none_or(|at| !is_within(&forbidden, at));
        let sites: Vec<Site> = match &question.only {
            Some(only) => {
                let places = only
                    .iter()
                    .filter_map(|&at| self.spot(at))
                    .collect::<Vec<_>>();
                at_places(ground, &self.closures, &places, limit)
            }
            None => sites.iter().filter(is_free).cloned().collect(),
        };
        let weight = |bank: u32, _: Meters| {
            let water_body = ground.banks[bank as usize].water_body;
            if question.by_risk {
                f64::from(self.risk(water_body))
            } else {
                1.0
            }
        };
        let given = |prints| Given {
            ground,
            prints,
            wanted: if question.backup { 2 } else { 1 },
            weight: &weight,
        };
        let goal = match question.goal {
            Goal::Best(n_sites) => Goal::Best(n_sites.saturating_sub(required.len())),
            Goal::Fewest(share) => Goal::Fewest(share),
        };
        let asked = Asked {
            given: given(&prints.usable),
            closures: &self.closures,
            limit,
            goal,
            breaks: question.only.is_none(),
            is_free: &|at| !is_within(&forbidden, at),
            enough: ENOUGH,
            seed: question.seed,
        };
        let found = proposed(&asked, &sites, watch);
        let as_asked = Asked {
            given: given(&before.usable),
            ..asked
        };
        self.report(question, (&as_asked, &before), required, found, start)
    }

    fn report(
        &self,
        question: &PlacementQuestion,
        (asked, before): (&Asked<'_>, &Prints),
        required: Vec<Site>,
        found: Proposal,
        start: Instant,
    ) -> Result<PlacementReport, Fault> {
        let n_required = required.len();
        let required_at: Vec<Spot> = required.iter().map(|site| site.at).collect();
        // The sites as they would be put up: on the map, in degrees, to a centimeter.
        let mut all = required;
        all.extend(found.sites.into_iter().map(|one| one.site));
        let all = all
            .into_iter()
            .map(|site| self.as_put_up(site, asked.limit));
        let ranked = explained(&asked.given, all.collect());
        let worth: f64 = ranked.iter().map(|one| one.worth).sum();
        let (objective, value, bound) = match question.goal {
            // What must be there is in both.
            Goal::Best(_) => (
                Objective::WeightedM,
                worth,
                found.bound + worth - found.value,
            ),
            Goal::Fewest(_) => {
                let n_sites = ranked.len() as f64;
                (Objective::Sites, n_sites, found.bound + n_required as f64)
            }
        };
        let banks = self.ground.banks.iter();
        let bank: Meters = banks.map(crate::model::bank::Bank::length).sum();
        let prints: Vec<&Footprint> = ranked.iter().map(|one| &one.site.print).collect();
        let covered = |n_sites: usize| covered_with(&asked.given, &prints[..n_sites]);
        let reasons = self.reasons(before, asked.limit, question);
        let rows = ranked.iter().enumerate();
        let rows = rows.map(|(index, one)| {
            let covered = covered(index + 1).tenths();
            let is_required = required_at.contains(&one.site.at);
            self.site_row(index + 1, one, covered, &reasons, is_required)
        });
        let gap = (bound - value).abs() / value.max(1e-9);
        let is_proven = gap <= 1e-6 || value == 0.0;
        Ok(PlacementReport {
            region: self.settings.id.as_str().to_owned(),
            datum: "wgs84",
            kinds: question.kinds.clone(),
            limit_m: asked.limit.0,
            backup: question.backup,
            bank_m: bank.tenths(),
            covered_before_m: covered(0).tenths(),
            covered_after_m: covered(prints.len()).tenths(),
            out_of_reach_m: found.out_of_reach.tenths().max(0.0),
            objective,
            value: Meters(value).tenths(),
            bound: Meters(bound).tenths(),
            gap_percent: if is_proven {
                0.0
            } else {
                (gap * 1e5).ceil() / 1e3
            },
            proven: is_proven,
            candidates: found.n_candidates,
            seconds: (start.elapsed().as_secs_f64() * 1e3).round() / 1e3,
            illustrative: self.is_illustrative(),
            attribution: self.settings.attribution.clone(),
            sites: rows.collect(),
        })
    }
}

impl LoadedRegion {
    fn spot(&self, at: LonLat) -> Option<Spot> {
        Spot::at(self.ground.plane.to_plane(at))
    }

    fn sites_at(&self, places: &[LonLat], limit: Meters) -> Result<Vec<Site>, Fault> {
        let site = |(number, &at): (usize, &LonLat)| {
            let spots: Vec<Spot> = self.spot(at).into_iter().collect();
            let mut sites = at_places(&self.ground, &self.closures, &spots, limit);
            sites.pop().ok_or(Fault::StandsNowhere { number })
        };
        places.iter().enumerate().map(site).collect()
    }

    /// The site where a piece would be found that is put up at its place as it is told: in degrees, to a centimeter.
    fn as_put_up(&self, site: Site, limit: Meters) -> Site {
        let at = self.degrees(site.at);
        let told = LonLat::new(at[0], at[1]).ok();
        let spots: Vec<Spot> = told.and_then(|at| self.spot(at)).into_iter().collect();
        let put_up = at_places(&self.ground, &self.closures, &spots, limit).pop();
        put_up.unwrap_or(site)
    }

    fn degrees(&self, spot: Spot) -> [f64; 2] {
        let line = self.line(&[spot.coord()]);
        line.first().copied().unwrap_or_default()
    }

    fn forbidden(&self, stretches: &[Forbidden]) -> Result<Vec<(u32, Meters, Meters)>, Fault> {
        let index = |one: &Forbidden| {
            let mut banks = (0_u32..).zip(&self.ground.banks);
            let found = banks.find(|(_, bank)| bank.id == one.bank);
            let unknown = || Fault::UnknownBank {
                id: one.bank.chars().take(80).collect(),
            };
            let (bank, _) = found.ok_or_else(unknown)?;
            Ok((bank, one.from, one.to))
        };
        stretches.iter().map(index).collect()
    }

    /// Of every bank, its gaps as they are, with their reasons.
    fn reasons(
        &self,
        before: &Prints,
        limit: Meters,
        question: &PlacementQuestion,
    ) -> Vec<Vec<(f64, f64, Reason)>> {
        let counted = CoverageQuestion::new(&question.kinds, limit, Counting::Usable);
        let survey = self.survey(&counted);
        let banks = 0..self.ground.banks.len() as u32;
        let gaps = banks.map(|bank| {
            let gaps = bank_coverage(&survey, before, bank).gaps.into_iter();
            gaps.map(|gap| (gap.from.0, gap.to.0, gap.reason)).collect()
        });
        gaps.collect()
    }

    fn site_row(
        &self,
        rank: usize,
        one: &Proposed,
        covered_m: f64,
        reasons: &[Vec<(f64, f64, Reason)>],
        is_required: bool,
    ) -> SiteRow {
        let ground = &self.ground;
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
            required: is_required,
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

fn is_within(forbidden: &[(u32, Meters, Meters)], at: BankSpot) -> bool {
    let mut all = forbidden.iter();
    all.any(|&(bank, from, to)| bank == at.bank && from <= at.chainage && at.chainage <= to)
}
