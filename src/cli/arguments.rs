//! What can be asked on the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;

use crate::app::names;
use crate::http::origin::Origin;
use crate::model::equipment::EquipmentKind;

/// Where the service is unless said otherwise: for this machine alone.
const LISTEN: &str = "127.0.0.1:8080";

/// How many rows each list of a table shows, unless asked otherwise.
const MOST_ROWS: usize = 20;

/// The longest limit that can be asked for, meters; the same as in `region.toml`.
const LONGEST_LIMIT_M: f64 = 100_000.0;

/// Zhugan 竹竿: which banks can rescue equipment reach, on foot, without crossing the water.
///
/// Without a command it serves the sample regions that come with it.
#[derive(Debug, Parser)]
#[command(name = "zhugan", version, max_term_width = 100)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serves the map and the answers to browsers and programs, until it is asked to end
    Serve(ServeArguments),
    /// Reads a region's folder and reports what is in it and what is odd; changes nothing
    Check(CheckArguments),
    /// Lists the stretches of bank that no usable equipment reaches within the limit
    Gaps(GapsArguments),
}

/// What to serve, and where.
#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    /// Folders with a region.toml; without one, the samples that come with the program
    #[arg(value_name = "REGION_DIR")]
    pub regions: Vec<PathBuf>,
    /// The address to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = LISTEN)]
    pub listen: SocketAddr,
    /// Where the hash of the token for changes is kept, and later the register; until it exists, changes are kept in memory
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// So many questions are worked on at the same time; as many as there are cores unless said otherwise
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Tiles of another server to draw under the regions: an address with {z}, {x} and {y} in it
    #[arg(long, value_name = "ADDRESS", requires = "base_map_attribution")]
    pub base_map: Option<String>,
    /// Who must be named where those tiles are shown
    #[arg(long, value_name = "TEXT", requires = "base_map")]
    pub base_map_attribution: Option<String>,
    /// A server whose pages may ask this one, too; once for each
    #[arg(long = "allow-origin", value_name = "https://HOST", value_parser = Origin::new)]
    pub origins: Vec<Origin>,
}

/// What to check.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// A folder with a region.toml
    #[arg(value_name = "REGION_DIR")]
    pub region: PathBuf,
    /// A file of equipment that takes the place of the region's own
    #[arg(long, value_name = "FILE")]
    pub equipment: Option<PathBuf>,
    /// A text for people, or one JSON document
    #[arg(long, value_enum, default_value_t = CheckFormat::Table)]
    pub format: CheckFormat,
}

/// Which gaps to list, and how.
#[derive(Debug, Args)]
pub(super) struct GapsArguments {
    /// A folder with a region.toml
    #[arg(value_name = "REGION_DIR")]
    pub region: PathBuf,
    /// A file of equipment that takes the place of the region's own
    #[arg(long, value_name = "FILE")]
    pub equipment: Option<PathBuf>,
    /// The kinds that count: pole, ring, rope, board, jacket, aed, other
    #[arg(
        long = "kind",
        value_name = "KIND,...",
        value_delimiter = ',',
        default_value = "pole,ring,rope",
        value_parser = kind
    )]
    pub kinds: Vec<EquipmentKind>,
    /// How far a bank may be from equipment along the ground, in meters; the default is the target of the region
    #[arg(long, value_name = "METERS", allow_negative_numbers = true, value_parser = limit)]
    pub limit_m: Option<f64>,
    /// A table for people, or a document for other programs
    #[arg(long, value_enum, default_value_t = GapsFormat::Table)]
    pub format: GapsFormat,
    /// How many rows each list of the table shows
    #[arg(long, value_name = "ROWS", default_value_t = MOST_ROWS)]
    pub top: usize,
    /// Writes to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How the import report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// How the gaps are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum GapsFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// For map programs.
    Geojson,
    /// For spreadsheets.
    Csv,
}

impl Default for ServeArguments {
    fn default() -> Self {
        let Ok(listen) = LISTEN.parse() else {
            unreachable!("the usual address is one");
        };
        Self {
            regions: Vec::new(),
            listen,
            data: None,
            threads: None,
            base_map: None,
            base_map_attribution: None,
            origins: Vec::new(),
        }
    }
}

fn kind(word: &str) -> Result<EquipmentKind, String> {
    names::equipment(word.trim()).ok_or_else(|| {
        let known = EquipmentKind::ALL.map(names::of_equipment);
        format!("a kind is one of {}", known.join(", "))
    })
}

fn limit(text: &str) -> Result<f64, String> {
    let meters: Option<f64> = text.trim().parse().ok();
    meters
        .filter(|&meters| 0.0 < meters && meters <= LONGEST_LIMIT_M)
        .ok_or_else(|| {
            format!(
                "a limit is a length in meters, more than 0 and at most {LONGEST_LIMIT_M}, like 50"
            )
        })
}
