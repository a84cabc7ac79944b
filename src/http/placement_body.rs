//! Searches for places as they are told.

use serde::Serialize;
use utoipa::ToSchema;

use crate::app::jobs::Found;
use crate::app::jobs::Job;
use crate::app::names;
use crate::app::placement::Objective;
use crate::app::placement::PlacementReport;
use crate::app::placement_rows::SiteRow;
use crate::geometry::converter::Converter;
use crate::http::described::words;
use crate::http::geojson::Position;
use crate::http::geojson::positions;
use crate::http::problem::Fault;

/// A search for places.
#[derive(Serialize, ToSchema)]
pub(super) struct JobBody {
    /// By what it is known.
    id: String,
    /// `waiting`, `running`, `done` or `failed`.
    #[schema(value_type = words::JobStateName)]
    state: &'static str,
    /// Whether somebody has ended it.
    stopped: bool,
    /// What the best answer so far is worth.
    #[schema(required)]
    value: Option<f64>,
    /// What no answer can be better than, as far as it is known.
    #[schema(required)]
    bound: Option<f64>,
    /// For how long it has run.
    seconds: f64,
    /// The snapshot that it is asked of.
    version: u64,
    /// The answer: while it runs the first good one, then the final one.
    #[schema(required)]
    result: Option<PlacementBody>,
    /// Why it has no answer.
    #[schema(required)]
    fault: Option<String>,
}

/// Where the next pieces go. Lengths are rounded to decimeters.
#[derive(Serialize, ToSchema)]
struct PlacementBody {
    /// Of all coordinates.
    #[schema(value_type = words::DatumName)]
    datum: String,
    /// The kinds that count; the first is what is put up, unless a number was told of others.
    #[schema(value_type = Vec<words::Kind>)]
    kinds: Vec<&'static str>,
    /// How far a bank may be from a piece, but for kinds with a reach of their own.
    limit_m: f64,
    /// Each of the kinds that count.
    by_kind: Vec<ByKindBody>,
    /// What was found near the banks to make them count more.
    weighted_by: WeightedByBody,
    /// Whether every meter is wanted twice.
    backup: bool,
    bank_m: f64,
    covered_before_m: f64,
    covered_after_m: f64,
    /// The bank that no piece can cover, wherever it stands.
    out_of_reach_m: f64,
    /// What is made as large (`weighted_m`: newly covered meters, each as often as it counts) or as small (`sites`) as possible.
    #[schema(value_type = words::PlacementObjective)]
    objective: &'static str,
    /// What the proposal is worth in that.
    value: f64,
    /// No choice among all places that were looked at is better than this.
    bound: f64,
    /// How much better another choice could be at most, percent of the value.
    gap_percent: f64,
    /// Whether none is better by more than a thousandth of a percent.
    proven: bool,
    /// How many places were looked at.
    candidates: usize,
    seconds: f64,
    /// Whether any of the equipment is made up for demonstration.
    illustrative: bool,
    /// The ids of the pieces that are moved to some of the places.
    moved: Vec<String>,
    /// The ids of the villages that stay below the share that each was to have.
    below: Vec<String>,
    /// Those first that add most.
    sites: Vec<SiteBody>,
    /// Covered bank by number of places, and beyond those proposed: where it flattens, more are hardly worth it.
    curve: Vec<CurveBody>,
}

/// What was counted of a kind.
#[derive(Serialize, ToSchema)]
struct ByKindBody {
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    /// How far a bank may be from a piece of it.
    limit_m: f64,
    /// So many of it are proposed.
    sites: usize,
}

/// How many of these are near banks, of those that were to count; none where they were not.
#[derive(Serialize, ToSchema)]
struct WeightedByBody {
    houses: usize,
    schools: usize,
    incidents: usize,
}

/// One place.
#[derive(Serialize, ToSchema)]
struct SiteBody {
    /// Counted from 1.
    rank: usize,
    /// What is put up.
    #[schema(value_type = words::Kind)]
    kind: &'static str,
    /// What it stands on.
    #[schema(value_type = words::StandsOn)]
    on: &'static str,
    at: Position,
    /// The id of the bank that it stands at.
    #[schema(required)]
    bank: Option<String>,
    #[schema(required, value_type = Option<words::BankSide>)]
    side: Option<&'static str>,
    /// Meters from the bank's start.
    #[schema(required)]
    chainage_m: Option<f64>,
    #[schema(required)]
    water_body: Option<String>,
    #[schema(required)]
    water_body_name: Option<String>,
    /// 1 (low) to 4 (highest).
    #[schema(required)]
    risk: Option<u8>,
    #[schema(required)]
    village: Option<String>,
    #[schema(required)]
    village_name: Option<String>,
    /// What it adds to what is there and to the places before it.
    gained_m: f64,
    /// What that counts.
    worth: f64,
    /// Covered bank with it and the places before it.
    covered_m: f64,
    /// Why most of what it covers is a gap now; none where it adds a second piece only.
    #[schema(required, value_type = Option<words::GapReason>)]
    reason: Option<&'static str>,
    /// Whether it was asked for.
    required: bool,
}

/// One point of the curve.
#[derive(Serialize, ToSchema)]
struct CurveBody {
    /// With so many places.
    sites: usize,
    covered_m: f64,
}

impl JobBody {
    /// A search as it is now, in a datum.
    ///
    /// # Errors
    ///
    /// For a place that the datum does not cover.
    pub fn new(job: &Job, datum: &Converter) -> Result<Self, Fault> {
        let now = job.progress();
        let result = match &now.found {
            Some(Found::Placement(report)) => Some(PlacementBody::new(report, datum)),
            Some(Found::Patrol(_)) | None => None,
        };
        let tenths = |number: f64| (number * 10.0).round() / 10.0;
        Ok(Self {
            id: job.id.to_string(),
            state: names::of_job_state(now.state),
            stopped: now.is_stopped,
            value: now.value.map(tenths),
            bound: now.bound.map(tenths),
            seconds: (now.seconds * 1000.0).round() / 1000.0,
            version: now.version,
            result: result.transpose()?,
            fault: now.fault.map(|fault| fault.to_string()),
        })
    }
}

impl PlacementBody {
    fn new(report: &PlacementReport, datum: &Converter) -> Result<Self, Fault> {
        let places: Vec<[f64; 2]> = report.sites.iter().map(|site| site.at).collect();
        let places = positions(datum, &places)?;
        let sites = report.sites.iter().zip(places);
        let curve = report.curve.iter();
        let by_kind = report.by_kind.iter().map(|row| ByKindBody {
            kind: names::of_equipment(row.kind),
            limit_m: row.limit_m,
            sites: row.sites,
        });
        Ok(Self {
            datum: datum.datum().to_string(),
            kinds: report
                .kinds
                .iter()
                .map(|&kind| names::of_equipment(kind))
                .collect(),
            limit_m: report.limit_m,
            by_kind: by_kind.collect(),
            weighted_by: WeightedByBody {
                houses: report.weighted_by.houses,
                schools: report.weighted_by.schools,
                incidents: report.weighted_by.incidents,
            },
            backup: report.backup,
            bank_m: report.bank_m,
            covered_before_m: report.covered_before_m,
            covered_after_m: report.covered_after_m,
            out_of_reach_m: report.out_of_reach_m,
            objective: match report.objective {
                Objective::WeightedM => "weighted_m",
                Objective::Sites => "sites",
            },
            value: report.value,
            bound: report.bound,
            gap_percent: report.gap_percent,
            proven: report.proven,
            candidates: report.candidates,
            seconds: report.seconds,
            illustrative: report.illustrative,
            moved: report.moved.clone(),
            below: report.below.clone(),
            sites: sites.map(|(site, at)| site_body(site, at)).collect(),
            curve: curve
                .map(|point| CurveBody {
                    sites: point.sites,
                    covered_m: point.covered_m,
                })
                .collect(),
        })
    }
}

fn site_body(site: &SiteRow, at: Position) -> SiteBody {
    SiteBody {
        rank: site.rank,
        kind: names::of_equipment(site.kind),
        on: names::of_stand(site.on),
        at,
        bank: site.bank.clone(),
        side: site.side.map(names::of_side),
        chainage_m: site.chainage_m,
        water_body: site.water_body.clone(),
        water_body_name: site.water_body_name.clone(),
        risk: site.risk,
        village: site.village.clone(),
        village_name: site.village_name.clone(),
        gained_m: site.gained_m,
        worth: site.worth,
        covered_m: site.covered_m,
        reason: site.reason.map(names::of_reason),
        required: site.required,
    }
}
