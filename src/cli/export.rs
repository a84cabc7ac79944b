//! The command export: a region's equipment as it is now, for another program.

use anyhow::Context;

use crate::app::exports::PointFormat;
use crate::app::keeping::Folder;
use crate::app::keeping::Keeping;
use crate::app::regions::Regions;
use crate::cli::arguments::ExportArguments;
use crate::cli::arguments::ExportFormat;
use crate::cli::keeping;
use crate::cli::output;

/// Writes the file; a service may go on meanwhile.
pub(super) fn export(asked: ExportArguments) -> anyhow::Result<()> {
    let keeping = Keeping::as_it_is(&asked.data.map_or_else(keeping::usual, Folder::Named))?;
    let regions = Regions::new(&[asked.region], keeping, |_| ());
    regions.load_bare();
    let only = regions.slots().first().context("no region was named")?;
    let snapshot = regions.snapshot(&only.id)?;
    let format = match asked.format {
        ExportFormat::Csv => PointFormat::Csv,
        ExportFormat::Geojson => PointFormat::GeoJson,
        ExportFormat::Gpkg => PointFormat::GeoPackage,
        ExportFormat::Gpx => PointFormat::Gpx,
        ExportFormat::Kml => PointFormat::Kml,
        ExportFormat::Xlsx => PointFormat::Xlsx,
    };
    let export = snapshot.export(format, &asked.datum.converter()?)?;
    match &asked.output {
        Some(file) => output::write(file, &export.bytes),
        None => output::print(&export.bytes),
    }
}
