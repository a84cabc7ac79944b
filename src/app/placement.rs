//! Where the next pieces go: what is asked, how long one waits for it, and the answer, as INTERFACE promises it.

use std::time::Instant;

use serde::Serialize;

use crate::app::fault::Fault;
use crate::app::placement_kinds::ByKind;
use crate::app::placement_kinds::KindRow;
use crate::app::placement_kinds::Measured;
use crate::app::placement_rows::SiteRow;
use crate::app::placement_weights::Nearness;
use crate::app::placement_weights::WeightedBy;
use crate::app::region::LoadedRegion;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::BankSpot;
use crate::ground::spot::Spot;
use crate::model::bank::Bank;
use crate::model::equipment::EquipmentKind;
use crate::plan::coverage::Prints;
use crate::plan::footprint::Footprint;
use crate::plan::placement::demand::Demand;
use crate::plan::placement::demand::Given;
use crate::plan::placement::moving::without_least;
use crate::plan::placement::proposed::Asked;
use crate::plan::placement::proposed::Goal;
use crate::plan::placement::proposed::Proposal;
use crate::plan::placement::proposed::Proposed;
use crate::plan::placement::proposed::PutUp;
use crate::plan::placement::proposed::covered_with_each;
use crate::plan::placement::proposed::explained;
use crate::plan::placement::proposed::proposed;
use crate::plan::placement::proposed::proposed_fairly;
use crate::plan::placement::sites::Site;
use crate::plan::placement::sites::at_places;
use crate::plan::watch::Watch;
use crate::units::Meters;

/// A gap to what is possible that is as good as none, as a share: a thousandth of a percent.
const ENOUGH: f64 = 1e-5;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacementQuestion {
    /// How many sites, or how much bank.
    pub goal: Goal,
    /// The kinds of equipment that count; the first is what is put up, unless a number is told of others.
    pub kinds: Vec<EquipmentKind>,
    /// How far a bank may be from a piece; the region's own target if none is given.
    pub limit: Option<Meters>,
    /// What is special about some of the kinds.
    pub by_kind: Vec<ByKind>,
    /// Every meter by two pieces: what one more piece adds where there is one counts, too.
    pub backup: bool,
    /// How far apart the sites are that are looked at, beside the points where coverage changes.
    pub spacing: Meters,
    /// Whether those on paths beside the banks are looked at, too.
    pub beside: bool,
    /// Whether a meter at riskier water counts more: as often as its grade says, 1 to 4.
    pub by_risk: bool,
    /// So many times more a meter counts where people are near.
    pub near: Nearness,
    /// Where somebody was in the water before.
    pub incidents: Vec<LonLat>,
    /// So many pieces of the first kind that is put up may be moved if they stand badly; only where so many sites are asked for.
    pub moves: usize,
    /// Every village has at least this share of its bank covered first, as far as the sites go; only where so many are asked for.
    pub fair: Option<f64>,
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
    /// The kinds that count; the first is what is put up, unless a number was told of others.
    pub kinds: Vec<EquipmentKind>,
    /// A bank that is no farther than this, along the ground, is covered, but for kinds with a reach of their own; meters.
    pub limit_m: f64,
    /// Each of the kinds: how far it reaches, and how many of it are proposed.
    pub by_kind: Vec<KindRow>,
    /// What a meter of bank counted more by.
    pub weighted_by: WeightedBy,
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
    /// Whether none is better by more than a thousandth of a percent.
    pub proven: bool,
    /// How many sites were looked at.
    pub candidates: usize,
    /// How long it took, seconds.
    pub seconds: f64,
    /// Whether any of the equipment is made up for demonstration.
    pub illustrative: bool,
    /// Who must be named wherever this is shown.
    pub attribution: Option<String>,
    /// The pieces that are moved to some of the sites, those first that are missed least.
    pub moved: Vec<String>,
    /// The ids of the villages that stay below the share that each was to have.
    pub below: Vec<String>,
    /// The sites, those first that add most.
    pub sites: Vec<SiteRow>,
    /// Covered bank by number of sites, from none on, and beyond those proposed: where it flattens, more are hardly worth it.
    pub curve: Vec<CurvePoint>,
}

/// One point of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CurvePoint {
    /// With so many sites, in the order in which they are proposed, and then in that of what they add.
    pub sites: usize,
    /// Covered bank, meters; where every meter is wanted twice, those that are gained for the second time count, too.
    pub covered_m: f64,
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

impl LoadedRegion {
    /// Where the next pieces go, with what has been measured for the question.
    ///
    /// # Errors
    ///
    /// For a bank that the region does not have, and for a required place where nothing stands.
    pub fn placement(
        &self,
        question: &PlacementQuestion,
        measured: &Measured,
        watch: Watch<'_>,
    ) -> Result<PlacementReport, Fault> {
        let start = Instant::now();
        let ground = &self.ground;
        let Measured {
            kinds,
            limits,
            weights,
            ..
        } = measured;
        let mut prints = self.prints_by_kind(question);
        let before = prints.clone();
        let required = match limits[..] {
            [first, ..] => self.sites_at(&question.required, first)?,
            [] => Vec::new(),
        };
        for (site, number) in required.iter().zip((0..u32::MAX).rev()) {
            prints.add(number, site.print.clone());
        }
        let forbidden = self.forbidden(&question.forbidden)?;
        let is_free = |site: &&Site| site.bank.is_none_or(|at| !is_within(&forbidden, at));
        let of_kind = |kind: usize| -> Vec<Site> {
            let Some(only) = &question.only else {
                return measured.sites[kind]
                    .iter()
                    .filter(is_free)
                    .cloned()
                    .collect();
            };
            let places: Vec<Spot> = only.iter().filter_map(|&at| self.spot(at)).collect();
            let sites = at_places(ground, &self.closures, &places, limits[kind]);
            sites.into_iter().flatten().collect()
        };
        let sites = (0..kinds.len()).flat_map(|kind| {
            let sites = of_kind(kind).into_iter();
            sites.map(move |site| site.of_kind(kind as u8))
        });
        let sites: Vec<Site> = sites.collect();
        let given = |prints| Given {
            ground,
            prints,
            wanted: if question.backup { 2 } else { 1 },
            weights,
        };
        let mut most = question.numbers();
        if let Some(first) = most.first_mut() {
            *first = first.saturating_sub(required.len()) + question.moves;
        }
        let goal = match question.goal {
            Goal::Best(_) if !most.is_empty() => Goal::Best(most.iter().sum()),
            Goal::Best(n_sites) => {
                let left = n_sites.saturating_sub(required.len());
                Goal::Best(left + question.moves)
            }
            Goal::Fewest(share) => Goal::Fewest(share),
        };
        let asked = Asked {
            given: given(&prints.usable),
            closures: &self.closures,
            put_up: PutUp {
                limits,
                most: &most,
            },
            goal,
            breaks: question.only.is_none(),
            is_free: &|at| !is_within(&forbidden, at),
            enough: ENOUGH,
            seed: question.seed,
        };
        let mut found = match question.fair {
            Some(share) => proposed_fairly(&asked, &sites, share, watch),
            None => proposed(&asked, &sites, watch),
        };
        let mut after = before.clone();
        let moved = match goal {
            Goal::Best(n_sites) if question.moves > 0 => {
                // What is proposed beside what is asked for takes the place of pieces that are missed least.
                let n_gone = question.moves.min(n_sites);
                let kind_of = |index: usize| self.equipment.get(index).map(|piece| piece.kind);
                let first = kinds.first().copied();
                let is_piece = |number: u32| {
                    let piece = self.order.index(number);
                    piece.is_some_and(|index| kind_of(index) == first)
                };
                let sites = found.sites.drain(..).map(|one| one.site);
                let left = without_least(&asked.given, sites.collect(), n_gone, &is_piece);
                found.sites = explained(&asked.given, &left.sites);
                self.take_out(&mut after, &left.gone)
            }
            Goal::Best(_) | Goal::Fewest(_) => Vec::new(),
        };
        let as_asked = Asked {
            given: given(&after.usable),
            ..asked
        };
        let parts = Parts {
            required,
            found,
            moved,
            weighted_by: measured.weighted_by,
        };
        Ok(self.report(question, (&as_asked, &before), parts, start))
    }

    fn report(
        &self,
        question: &PlacementQuestion,
        (asked, before): (&Asked<'_>, &Prints),
        parts: Parts,
        start: Instant,
    ) -> PlacementReport {
        let Parts {
            required,
            found,
            moved,
            weighted_by,
        } = parts;
        let n_required = required.len();
        let mut all = required;
        all.extend(found.sites.into_iter().map(|one| one.site));
        let required_at: Vec<Spot> = all[..n_required].iter().map(|site| site.at).collect();
        let ranked = explained(&asked.given, &all);
        let given = &asked.given;
        let worth = |sites: &[Proposed]| sites.iter().map(|one| one.worth).sum::<f64>();
        let as_it_is = Given {
            prints: &before.usable,
            ..*given
        };
        let (objective, value, bound) = match question.goal {
            Goal::Best(_) => {
                let lacking = |given: &Given<'_>| Demand::new(given, &[]).lacking();
                let value = worth(&ranked) - (lacking(given) - lacking(&as_it_is));
                // What must be there is in both.
                let of_required = worth(&explained(&as_it_is, &all[..n_required]));
                (Objective::WeightedM, value, found.bound + of_required)
            }
            Goal::Fewest(_) => {
                let n_sites = ranked.len() as f64;
                (Objective::Sites, n_sites, found.bound + n_required as f64)
            }
        };
        let banks = self.ground.banks.iter();
        let bank: Meters = banks.map(Bank::length).sum();
        let prints: Vec<&Footprint> = ranked.iter().map(|one| &one.site.print).collect();
        let covered = covered_with_each(given, &prints);
        let reasons = self.reasons(before, question);
        let rows = ranked.iter().zip(&covered[1..]);
        let rows = rows.enumerate().map(|(index, (one, covered))| {
            let is_required = required_at.contains(&one.site.at);
            SiteRow {
                required: is_required,
                ..self.site_row(index + 1, one, covered.tenths(), &reasons, question)
            }
        });
        let gains = ranked.iter().map(|one| one.gained);
        let gains = gains.chain(found.further.iter().copied());
        let curve = curve(covered[0], gains);
        let gap = (bound - value).abs() / value.max(1e-9);
        let is_proven = gap <= 1.01 * ENOUGH || value == 0.0;
        PlacementReport {
            region: self.settings.id.as_str().to_owned(),
            datum: "wgs84",
            kinds: question.kinds.clone(),
            limit_m: question.limit.unwrap_or(self.settings.reach.target).0,
            by_kind: self.kind_rows(question, &ranked),
            weighted_by,
            backup: question.backup,
            bank_m: bank.tenths(),
            covered_before_m: covered_with_each(&as_it_is, &[])[0].tenths(),
            covered_after_m: covered[prints.len()].tenths(),
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
            moved,
            below: found
                .below
                .iter()
                .map(|&village| self.ground.villages[village].id.clone())
                .collect(),
            sites: rows.collect(),
            curve,
        }
    }
}

/// What a report is made of.
struct Parts {
    required: Vec<Site>,
    found: Proposal,
    /// The ids of the pieces that are moved.
    moved: Vec<String>,
    weighted_by: WeightedBy,
}

impl LoadedRegion {
    /// Takes pieces out of what covers; gives their ids.
    fn take_out(&self, prints: &mut Prints, gone: &[u32]) -> Vec<String> {
        let banks: Vec<u32> = (0..prints.usable.len() as u32).collect();
        let take = |&piece: &u32| {
            prints.remove(piece, &banks);
            self.equipment[self.index_of(piece)].id.clone()
        };
        gone.iter().map(take).collect()
    }

    pub(super) fn spot(&self, at: LonLat) -> Option<Spot> {
        Spot::at(self.ground.plane.to_plane(at))
    }

    fn sites_at(&self, places: &[LonLat], limit: Meters) -> Result<Vec<Site>, Fault> {
        let spots = places.iter().enumerate();
        let spots = spots.map(|(number, &at)| self.spot(at).ok_or(Fault::StandsNowhere { number }));
        let spots = spots.collect::<Result<Vec<Spot>, Fault>>()?;
        let sites = at_places(&self.ground, &self.closures, &spots, limit);
        let sites = sites.into_iter().enumerate();
        let sites = sites.map(|(number, site)| site.ok_or(Fault::StandsNowhere { number }));
        sites.collect()
    }

    pub(super) fn degrees(&self, spot: Spot) -> [f64; 2] {
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
}

fn curve(before: Meters, gains: impl Iterator<Item = Meters>) -> Vec<CurvePoint> {
    let mut covered = before;
    let mut curve = vec![CurvePoint {
        sites: 0,
        covered_m: covered.tenths(),
    }];
    for gained in gains {
        covered += gained;
        curve.push(CurvePoint {
            sites: curve.len(),
            covered_m: covered.tenths(),
        });
    }
    curve
}

fn is_within(forbidden: &[(u32, Meters, Meters)], at: BankSpot) -> bool {
    let mut all = forbidden.iter();
    all.any(|&(bank, from, to)| bank == at.bank && from <= at.chainage && at.chainage <= to)
}
