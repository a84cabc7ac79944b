//! The arguments of the command patrol.

use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;

use crate::cli::arguments::coordinates;
use crate::cli::patience::Patience;
use crate::model::day::Day;
use crate::plan::patrol::evening::Aim;

/// So many teams at most.
const MOST_TEAMS: usize = 40;

/// Who walks, for how long, and what for.
#[derive(Debug, Args)]
pub(super) struct PatrolArguments {
    /// A folder with a region.toml
    #[arg(value_name = "REGION_DIR")]
    pub region: PathBuf,
    /// So many teams walk
    #[arg(long, value_name = "K", value_parser = teams)]
    pub teams: usize,
    /// How long each may be on its way, in minutes
    #[arg(long, value_name = "M", value_parser = minutes)]
    pub minutes: f64,
    /// Where a team begins: longitude and latitude (WGS-84), once for each team; the others begin amid what is due
    #[arg(long = "start", value_name = "LON,LAT", allow_hyphen_values = true, value_parser = coordinates)]
    pub starts: Vec<[f64; 2]>,
    /// Where a team ends, in the order of the teams; the others end where they began
    #[arg(long = "end", value_name = "LON,LAT", allow_hyphen_values = true, value_parser = coordinates)]
    pub ends: Vec<[f64; 2]>,
    /// What makes the evening good; where not everything can be seen in time, it is most
    #[arg(long, value_enum, default_value_t = PatrolGoal::Balanced)]
    pub goal: PatrolGoal,
    /// Which evening, like 2026-11-27; today by the region's own calendar
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub day: Option<Day>,
    /// A hot spot: longitude and latitude (WGS-84), once for each; the team that comes by lingers
    #[arg(long = "hot-spot", value_name = "LON,LAT", allow_hyphen_values = true, value_parser = coordinates)]
    pub hot_spots: Vec<[f64; 2]>,
    /// Teams look at equipment whose inspection is overdue
    #[arg(long)]
    pub inspect: bool,
    /// The last evening's plan as JSON: what it did not come to is due, and counts more
    #[arg(long, value_name = "FILE")]
    pub after: Option<PathBuf>,
    /// A file of equipment that takes the place of the region's own
    #[arg(long, value_name = "FILE")]
    pub equipment: Option<PathBuf>,
    #[command(flatten)]
    pub patience: Patience,
    /// Of equally good plans, another seed gives another; so does another day
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// A table for people, or a document for other programs
    #[arg(long, value_enum, default_value_t = PatrolFormat::Table)]
    pub format: PatrolFormat,
    /// Writes to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What makes an evening good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PatrolGoal {
    /// Everything is seen, and the longest walk is as short as possible.
    Balanced,
    /// Everything is seen in time, by as few teams as possible.
    Fewest,
    /// As much as possible is seen in time, riskier water first.
    Most,
}

impl PatrolGoal {
    /// The same for the planner.
    pub fn aim(self) -> Aim {
        match self {
            Self::Balanced => Aim::Balanced,
            Self::Fewest => Aim::Fewest,
            Self::Most => Aim::Most,
        }
    }
}

/// How a patrol is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PatrolFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// For map programs.
    Geojson,
    /// For navigation devices and apps.
    Gpx,
}

fn teams(text: &str) -> Result<usize, String> {
    let number: Option<usize> = text.trim().parse().ok();
    let number = number.filter(|number| (1..=MOST_TEAMS).contains(number));
    number.ok_or_else(|| format!("give a number from 1 to {MOST_TEAMS}"))
}

fn minutes(text: &str) -> Result<f64, String> {
    let minutes: Option<f64> = text.trim().parse().ok();
    let minutes = minutes.filter(|minutes| (1.0..=720.0).contains(minutes));
    minutes.ok_or_else(|| "give a time from 1 to 720 minutes, like 90".to_owned())
}

fn day(text: &str) -> Result<Day, String> {
    Day::new(text.trim()).map_err(|_| "give a day like 2026-11-27".to_owned())
}
