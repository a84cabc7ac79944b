//! What can be asked on the command line.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::Args;
use clap::CommandFactory;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use clap::error::ErrorKind;

use crate::app::names;
use crate::cli::import_arguments::ImportArguments;
use crate::cli::paper_arguments::LabelsArguments;
use crate::cli::paper_arguments::ReportArguments;
use crate::cli::patrol_arguments::PatrolArguments;
use crate::cli::place_arguments::PlaceArguments;
use crate::cli::provider_arguments::ProviderArguments;
use crate::cli::user_arguments::UserArguments;
use crate::cli::webhook_arguments::WebhookArguments;
use crate::geometry::converter::Converter;
use crate::geometry::datum::Datum;
use crate::geometry::datum::DatumError;
use crate::geometry::lon_lat::LonLat;
use crate::http::origin::Origin;
use crate::model::equipment::EquipmentKind;
use crate::model::responder::minute_of_day;

/// Where the service is unless said otherwise: for this machine alone.
const LISTEN: &str = "127.0.0.1:8080";

/// How many rows each list of a table shows, unless asked otherwise.
const MOST_ROWS: usize = 20;

/// How many results can be asked for.
const MOST_RESULTS: RangeInclusive<usize> = 1..=20;

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
    /// Tells which usable equipment is nearest to a place on foot; for a place in the water, bank by bank
    Nearest(NearestArguments),
    /// Proposes where the next pieces go, and says how much better another choice could be at most
    Place(PlaceArguments),
    /// Plans an evening: which team walks along which bank, with a bound on how good any plan can be
    Patrol(PatrolArguments),
    /// Tells what a file of equipment would do to a region's, and does it with --apply: everything or nothing
    Import(ImportArguments),
    /// Writes a region's equipment, as it is now, into a file for another program
    Export(ExportArguments),
    /// Writes the report of a village as a PDF: map, totals, gaps by risk, equipment
    Report(ReportArguments),
    /// Writes labels for the equipment as a PDF: what nobody may do, code, QR code
    Labels(LabelsArguments),
    /// Writes all that people have changed into a new file, also while it is served
    Backup(BackupArguments),
    /// Puts a backup in the place of what people have changed, and keeps the old file beside it
    Restore(RestoreArguments),
    /// Says who signs in: lists, invites, shuts out, lets programs in; also while it is served
    User(UserArguments),
    /// Says who is told of notices: lists, adds, removes; also while it is served
    Webhook(WebhookArguments),
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
    /// The folder that keeps what people change and who may change it; your own data folder unless said otherwise
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
    /// Where browsers find this service, for the QR codes on labels and for a provider; else where whoever asks has found it
    #[arg(long, value_name = "https://HOST", value_parser = Origin::new)]
    pub public_url: Option<Origin>,
    /// Webhooks may lead to servers that only this machine's network can reach, and by http to this machine itself
    #[arg(long)]
    pub webhooks_to_private_addresses: bool,
    #[command(flatten)]
    pub provider: ProviderArguments,
}

/// What to check.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// A folder with a region.toml
    #[arg(value_name = "REGION_DIR", required_unless_present = "store")]
    pub region: Option<PathBuf>,
    /// A file of equipment that takes the place of the region's own
    #[arg(long, value_name = "FILE")]
    pub equipment: Option<PathBuf>,
    /// Looks through what people have changed instead: whether it is whole, and as the audit log says
    #[arg(long, conflicts_with_all = ["region", "equipment"])]
    pub store: bool,
    /// The folder that keeps it; your own data folder unless said otherwise
    #[arg(long, value_name = "DIR", requires = "store")]
    pub data: Option<PathBuf>,
    /// A text for people, or one JSON document
    #[arg(long, value_enum, default_value_t = CheckFormat::Table)]
    pub format: CheckFormat,
}

/// What goes out, and how.
#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// A folder with a region.toml
    #[arg(value_name = "REGION_DIR")]
    pub region: PathBuf,
    /// The format of the file
    #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
    pub format: ExportFormat,
    /// The datum of its coordinates: wgs84, gcj02, bd09, cgcs2000, epsg:4549, …
    #[arg(long, value_name = "DATUM", default_value = "wgs84")]
    pub datum: Datum,
    /// The file that is written; standard output without one
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The folder that keeps what people have changed; your own data folder unless said otherwise
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// A format in which equipment goes out.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ExportFormat {
    /// For spreadsheets, in UTF-8
    Csv,
    /// For the web
    Geojson,
    /// For QGIS and other map programs
    Gpkg,
    /// For receivers and phones
    Gpx,
    /// For Google Earth and phones
    Kml,
    /// For spreadsheets
    Xlsx,
}

/// What to copy, and where to.
#[derive(Debug, Args)]
pub(super) struct BackupArguments {
    /// The file that is written; it must not be there yet
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The folder that keeps what people have changed; your own data folder unless said otherwise
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// What to put back, and where.
#[derive(Debug, Args)]
pub(super) struct RestoreArguments {
    /// The backup
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The folder that keeps what people have changed; your own data folder unless said otherwise
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Which kinds of equipment count.
#[derive(Debug, Args)]
pub(super) struct KindsArgument {
    /// The kinds that count: pole, ring, rope, board, jacket, aed, other
    #[arg(
        long = "kind",
        value_name = "KIND,...",
        value_delimiter = ',',
        default_value = "pole,ring,rope",
        value_parser = kind
    )]
    pub kinds: Vec<EquipmentKind>,
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
    #[command(flatten)]
    pub kinds: KindsArgument,
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

/// To which place what is looked for.
#[derive(Debug, Args)]
pub(super) struct NearestArguments {
    /// A folder with a region.toml
    #[arg(value_name = "REGION_DIR")]
    pub region: PathBuf,
    /// The place: longitude and latitude, or easting and northing of another datum
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true, value_parser = coordinates)]
    pub at: [f64; 2],
    /// The datum of the place and of the answer: wgs84, gcj02 (Amap, Tencent, WeChat), bd09 (Baidu), cgcs2000, epsg:4549 ...
    #[arg(long, value_name = "DATUM", default_value = "wgs84")]
    pub datum: Datum,
    /// Who or what is to be there
    #[arg(long = "for", value_enum, default_value_t = Whom::Equipment)]
    pub whom: Whom,
    /// With --for responders: they fetch a piece on the way
    #[arg(long, value_enum)]
    pub via: Option<Via>,
    /// With --for responders: the time of day by the region's clock at which they are on duty; now, unless it is given
    #[arg(long, value_name = "HH:MM", value_parser = time_of_day)]
    pub time: Option<u16>,
    #[command(flatten)]
    pub kinds: KindsArgument,
    /// So many results, in the water for each bank: 1 to 20
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = number_of_results)]
    pub limit: usize,
    /// Tells the nearest damaged, missing and unverified pieces, too, apart from the others
    #[arg(long)]
    pub unusable: bool,
    /// A table for people, or the document that the service answers
    #[arg(long, value_enum, default_value_t = NearestFormat::Table)]
    pub format: NearestFormat,
}

impl NearestArguments {
    /// An option that makes no sense for what is looked for, with the reason.
    fn misplaced(&self) -> Option<&'static str> {
        match self.whom {
            Whom::Equipment if self.via.is_some() => Some("--via goes with --for responders"),
            Whom::Equipment if self.time.is_some() => Some("--time goes with --for responders"),
            Whom::Responders if self.unusable => Some("--unusable goes with --for equipment"),
            Whom::Equipment | Whom::Responders => None,
        }
    }

    /// The place, and how its datum is converted.
    ///
    /// # Errors
    ///
    /// For coordinates that are no place in the datum.
    pub fn place(&self) -> Result<(Converter, LonLat), DatumError> {
        let converter = self.datum.converter()?;
        let [x, y] = self.at;
        let place = converter.to_wgs84(x, y)?;
        Ok((converter, place))
    }
}

/// Who or what is to be at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Whom {
    /// Poles, rings, ropes and the like.
    Equipment,
    /// Volunteers, teams and stations on duty.
    Responders,
}

/// What somebody does on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Via {
    /// Fetches a piece of the kinds that count.
    Fetch,
}

/// How the nearest are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum NearestFormat {
    /// For people.
    Table,
    /// For programs.
    Json,
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

impl Arguments {
    /// The arguments, if each makes sense beside the others.
    ///
    /// # Errors
    ///
    /// For coordinates that are no place in the datum that is named beside them, and options that make no sense together.
    pub fn checked(self) -> Result<Self, clap::Error> {
        let Some(Command::Nearest(asked)) = &self.command else {
            return Ok(self);
        };
        if let Err(fault) = asked.place() {
            let message = format!("invalid value for '--at <LON,LAT>': {fault}");
            return Err(Self::command().error(ErrorKind::ValueValidation, message));
        }
        if let Some(option) = asked.misplaced() {
            let message = format!("{option}; leave it out, or say so with --for");
            return Err(Self::command().error(ErrorKind::ArgumentConflict, message));
        }
        Ok(self)
    }
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
            public_url: None,
            webhooks_to_private_addresses: false,
            provider: ProviderArguments::default(),
        }
    }
}

pub(super) fn kind(word: &str) -> Result<EquipmentKind, String> {
    names::equipment(word.trim()).ok_or_else(|| {
        let known = EquipmentKind::ALL.map(names::of_equipment);
        format!("a kind is one of {}", known.join(", "))
    })
}

/// Two numbers; the comma may be a Chinese one, as it comes from a Chinese keyboard.
pub(super) fn coordinates(text: &str) -> Result<[f64; 2], String> {
    let number = |part: &str| {
        part.trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    };
    let parts: Option<Vec<f64>> = text.split([',', '，']).map(number).collect();
    match parts.as_deref() {
        Some(&[x, y]) => Ok([x, y]),
        _ => {
            Err("a place is two numbers with a comma, longitude first, like 120.4,29.8".to_owned())
        }
    }
}

fn time_of_day(text: &str) -> Result<u16, String> {
    let minute = minute_of_day(text).filter(|minute| *minute < 1440);
    minute.ok_or_else(|| "give a time of day from 00:00 to 23:59, like 20:15".to_owned())
}

fn number_of_results(text: &str) -> Result<usize, String> {
    let number: Option<usize> = text.trim().parse().ok();
    let number = number.filter(|number| MOST_RESULTS.contains(number));
    number.ok_or_else(|| {
        let (least, most) = (MOST_RESULTS.start(), MOST_RESULTS.end());
        format!("give a number from {least} to {most}")
    })
}

pub(super) fn limit(text: &str) -> Result<f64, String> {
    let meters: Option<f64> = text.trim().parse().ok();
    meters
        .filter(|&meters| 0.0 < meters && meters <= LONGEST_LIMIT_M)
        .ok_or_else(|| {
            format!(
                "a limit is a length in meters, more than 0 and at most {LONGEST_LIMIT_M}, like 50"
            )
        })
}
