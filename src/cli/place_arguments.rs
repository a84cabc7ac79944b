//! The arguments of the command place.

use std::path::PathBuf;

use clap::ArgGroup;
use clap::Args;
use clap::ValueEnum;

use crate::cli::arguments::KindsArgument;
use crate::cli::arguments::coordinates;
use crate::cli::arguments::kind;
use crate::cli::arguments::limit;
use crate::cli::patience::Patience;
use crate::model::equipment::EquipmentKind;

/// So many sites at most.
pub(super) const MOST_SITES: usize = 2_000;

/// So many moves at most.
const MOST_MOVES: usize = 200;

/// So many times more a meter counts near people at most.
const MOST_TIMES: f64 = 10.0;

/// What is to be placed, and how.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("goal").required(true))]
pub(super) struct PlaceArguments {
    /// A folder with a region.toml
    #[arg(value_name = "REGION_DIR")]
    pub region: PathBuf,
    /// So many new pieces, where together they cover the most
    #[arg(long, value_name = "N", group = "goal", value_parser = sites)]
    pub sites: Option<usize>,
    /// So many new pieces of a kind, like ring=8, once for each kind; one of them may reach farther than another
    #[arg(long = "put", value_name = "KIND=N", group = "goal", value_parser = number_of_kind)]
    pub put: Vec<(EquipmentKind, usize)>,
    /// As few new pieces as cover this share of all bank, like 95%
    #[arg(long, value_name = "PERCENT", group = "goal", value_parser = share)]
    pub cover: Option<f64>,
    /// A file of equipment that takes the place of the region's own
    #[arg(long, value_name = "FILE")]
    pub equipment: Option<PathBuf>,
    #[command(flatten)]
    pub kinds: KindsArgument,
    /// How far a bank may be from equipment along the ground, in meters; the default is the target of the region
    #[arg(long, value_name = "METERS", allow_negative_numbers = true, value_parser = limit)]
    pub limit_m: Option<f64>,
    /// How far a bank may be from a piece of one kind, like ring=80, once for each kind that reaches farther than others, or less far
    #[arg(long = "reach", value_name = "KIND=METERS", value_parser = reach_of_kind)]
    pub reach: Vec<(EquipmentKind, f64)>,
    /// Every meter by two pieces, so that one may be gone: a second piece counts as much as the first
    #[arg(long)]
    pub backup: bool,
    /// A meter counts the same at every water, whatever its risk grade
    #[arg(long)]
    pub same_risk: bool,
    /// How much more a meter counts within 100 m of a building, on foot: 1 counts it twice
    #[arg(long, value_name = "TIMES", default_value_t = 0.0, value_parser = times)]
    pub near_houses: f64,
    /// How much more a meter counts within 300 m of a school or kindergarten, on foot
    #[arg(long, value_name = "TIMES", default_value_t = 0.0, value_parser = times)]
    pub near_schools: f64,
    /// So many pieces that stand badly may be moved, beside the new ones
    #[arg(long = "move", value_name = "M", default_value_t = 0, conflicts_with = "cover", value_parser = moves)]
    pub moves: usize,
    /// Every village has at least this share of its bank covered first, like 40%, as far as the pieces go
    #[arg(long, value_name = "PERCENT", conflicts_with = "cover", value_parser = share)]
    pub fair: Option<f64>,
    /// Where a piece must stand, whatever else: longitude and latitude (WGS-84), once for each; it is one of the N
    #[arg(long = "require", value_name = "LON,LAT", allow_hyphen_values = true, value_parser = coordinates)]
    pub required: Vec<[f64; 2]>,
    /// A stretch where none can stand: a bank's id, and from where to where in meters along it; once for each
    #[arg(long = "forbid", value_name = "BANK@FROM-TO", value_parser = stretch)]
    pub forbidden: Vec<(String, f64, f64)>,
    /// How far apart the places on the banks are that are looked at, in meters; those where coverage changes come beside
    #[arg(long, value_name = "METERS", default_value_t = 10.0, value_parser = spacing)]
    pub spacing_m: f64,
    /// Pieces stand on the banks only, not on paths beside them
    #[arg(long)]
    pub banks_only: bool,
    #[command(flatten)]
    pub patience: Patience,
    /// Of equally good choices, another seed may give another
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// A table for people, or a document for other programs
    #[arg(long, value_enum, default_value_t = PlaceFormat::Table)]
    pub format: PlaceFormat,
    /// Writes to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How a proposal is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PlaceFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// For map programs.
    Geojson,
    /// For spreadsheets: a work list.
    Csv,
}

fn sites(text: &str) -> Result<usize, String> {
    let number: Option<usize> = text.trim().parse().ok();
    let number = number.filter(|number| (1..=MOST_SITES).contains(number));
    number.ok_or_else(|| format!("give a number from 1 to {MOST_SITES}"))
}

fn times(text: &str) -> Result<f64, String> {
    let times: Option<f64> = text.trim().parse().ok();
    let times = times.filter(|times| (0.0..=MOST_TIMES).contains(times));
    times.ok_or_else(|| format!("give a number from 0 to {MOST_TIMES}, like 1"))
}

fn number_of_kind(text: &str) -> Result<(EquipmentKind, usize), String> {
    let (name, number) = text
        .split_once('=')
        .ok_or("give a kind and a number, like ring=8")?;
    Ok((kind(name)?, sites(number)?))
}

fn reach_of_kind(text: &str) -> Result<(EquipmentKind, f64), String> {
    let (name, meters) = text
        .split_once('=')
        .ok_or("give a kind and meters, like ring=80")?;
    Ok((kind(name)?, limit(meters)?))
}

fn moves(text: &str) -> Result<usize, String> {
    let number: Option<usize> = text.trim().parse().ok();
    let number = number.filter(|number| *number <= MOST_MOVES);
    number.ok_or_else(|| format!("give a number from 0 to {MOST_MOVES}"))
}

fn share(text: &str) -> Result<f64, String> {
    let percent: Option<f64> = text.trim().trim_end_matches('%').trim().parse().ok();
    let percent = percent.filter(|percent| 0.0 < *percent && *percent <= 100.0);
    let share = percent.map(|percent| percent / 100.0);
    share.ok_or_else(|| {
        "give a share of the bank, more than 0% and at most 100%, like 95%".to_owned()
    })
}

fn spacing(text: &str) -> Result<f64, String> {
    let meters: Option<f64> = text.trim().parse().ok();
    let meters = meters.filter(|meters| (2.0..=200.0).contains(meters));
    meters.ok_or_else(|| "give a distance from 2 to 200 meters, like 10".to_owned())
}

fn stretch(text: &str) -> Result<(String, f64, f64), String> {
    let read = || {
        let (bank, ends) = text.rsplit_once('@')?;
        let (from, to) = ends.split_once('-')?;
        let [from, to] = [from, to].map(|end| end.trim().parse::<f64>().ok());
        let (from, to) = (from?, to?);
        (from.is_finite() && to.is_finite() && from <= to).then(|| (bank.to_owned(), from, to))
    };
    read().ok_or_else(|| {
        "give a bank's id and two chainages in meters, like way-17-left@120-240".to_owned()
    })
}
