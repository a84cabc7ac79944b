//! What can be asked about papers to print.

use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;

use crate::app::paper_words::Language;
use crate::cli::arguments::kind;
use crate::cli::arguments::limit;
use crate::http::origin::Origin;
use crate::model::equipment::EquipmentKind;

/// Which village, and how.
#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    /// A folder with a region.toml
    #[arg(value_name = "REGION_DIR")]
    pub region: PathBuf,
    /// The village, by its id or its name
    #[arg(long, value_name = "VILLAGE")]
    pub village: String,
    /// The language of the report
    #[arg(long, value_enum, default_value_t = PaperLanguage::ZhCn)]
    pub lang: PaperLanguage,
    /// How far a bank may be from equipment along the ground, in meters; the default is the target of the region
    #[arg(long, value_name = "METERS", allow_negative_numbers = true, value_parser = limit)]
    pub limit_m: Option<f64>,
    /// The file that is written; standard output without one
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The folder that keeps what people have changed; your own data folder unless said otherwise
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Which pieces, and where their pages are.
#[derive(Debug, Args)]
pub(super) struct LabelsArguments {
    /// A folder with a region.toml
    #[arg(value_name = "REGION_DIR")]
    pub region: PathBuf,
    /// Only the pieces of this village, by its id or its name
    #[arg(long, value_name = "VILLAGE")]
    pub village: Option<String>,
    /// Only these kinds: pole, ring, rope, board, jacket, aed, other
    #[arg(long = "kind", value_name = "KIND,...", value_delimiter = ',', value_parser = kind)]
    pub kinds: Option<Vec<EquipmentKind>>,
    /// Where the service is that the QR codes lead to; they cannot be changed once they hang on a wall
    #[arg(long, value_name = "https://HOST", value_parser = Origin::new)]
    pub public_url: Origin,
    /// Whose words come first
    #[arg(long, value_enum, default_value_t = PaperLanguage::ZhCn)]
    pub lang: PaperLanguage,
    /// The file that is written; standard output without one
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The folder that keeps what people have changed; your own data folder unless said otherwise
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// The language of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PaperLanguage {
    /// Simplified Chinese
    #[value(name = "zh-CN")]
    ZhCn,
    /// English
    En,
}

impl PaperLanguage {
    /// The same for the app.
    pub fn language(self) -> Language {
        match self {
            Self::ZhCn => Language::Chinese,
            Self::En => Language::English,
        }
    }
}
