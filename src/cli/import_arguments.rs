//! The arguments of the command import.

use std::path::PathBuf;

use clap::Args;
use clap::ValueEnum;

use crate::app::import::COLUMNS;
use crate::app::import::Doubt;
use crate::cli::arguments::kind;
use crate::geometry::datum::Datum;
use crate::model::equipment::EquipmentKind;

/// Which file comes in, and how it is to be read.
#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    /// A folder with a region.toml
    #[arg(value_name = "REGION_DIR")]
    pub region: PathBuf,
    /// The file: .csv, .xlsx, .geojson, .zip (a Shapefile), .gpkg, .kml, .kmz, .gpx, .osm.pbf, .osm
    #[arg(value_name = "FILE", required_unless_present = "undo")]
    pub file: Option<PathBuf>,
    /// The datum of its coordinates, whatever the file itself says: wgs84, gcj02, bd09, cgcs2000, epsg:4549, …
    #[arg(long, value_name = "DATUM")]
    pub datum: Option<Datum>,
    /// The layer or the sheet, of a file with several
    #[arg(long, value_name = "NAME")]
    pub layer: Option<String>,
    /// The file's own name of a column, like id=编号 or village=所在地; once for each
    #[arg(long = "column", value_name = "OURS=THEIRS", value_parser = column)]
    pub columns: Vec<(String, String)>,
    /// The kind of every piece that names none
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub kind: Option<EquipmentKind>,
    /// Its new pieces are made up for demonstration
    #[arg(long)]
    pub illustrative: bool,
    /// Takes what would be left out because it is in doubt
    #[arg(long, value_enum, value_name = "DOUBT,...", value_delimiter = ',')]
    pub take: Vec<Taken>,
    /// Does it: everything or nothing; without this, tells only what would be done
    #[arg(long)]
    pub apply: bool,
    /// Undoes an import whole, by the number that it was given
    #[arg(long, value_name = "ENTRY", conflicts_with_all = ["file", "apply"])]
    pub undo: Option<i64>,
    /// The folder that keeps what people have changed; your own data folder unless said otherwise
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

fn column(text: &str) -> Result<(String, String), String> {
    let (ours, theirs) = text.split_once('=').unwrap_or((text, ""));
    let is_known = COLUMNS.contains(&ours.trim());
    if !is_known || theirs.trim().is_empty() {
        let known = COLUMNS.join(", ");
        return Err(format!(
            "give one of {known}, and the file's own name, like id=编号"
        ));
    }
    Ok((ours.trim().to_owned(), theirs.trim().to_owned()))
}

/// What is taken although it is in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(super) enum Taken {
    /// Another piece of its kind stands within 3 m
    Duplicate,
    /// It stands across the water from its village
    WrongBank,
    /// The file seems to be in another datum
    WrongDatum,
    /// Somebody has taken this piece away
    Retired,
}

impl From<Taken> for Doubt {
    fn from(taken: Taken) -> Self {
        match taken {
            Taken::Duplicate => Self::Duplicate,
            Taken::WrongBank => Self::WrongBank,
            Taken::WrongDatum => Self::WrongDatum,
            Taken::Retired => Self::Retired,
        }
    }
}
