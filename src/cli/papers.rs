//! The commands report and labels: papers to print, of a region as it is now.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;

use crate::app::exports::Export;
use crate::app::keeping::Folder;
use crate::app::keeping::Keeping;
use crate::app::labels::LabelsQuestion;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::app::village_report::ReportQuestion;
use crate::cli::keeping;
use crate::cli::output;
use crate::cli::paper_arguments::LabelsArguments;
use crate::cli::paper_arguments::ReportArguments;
use crate::units::Meters;

/// Writes the report of a village; a service may go on meanwhile.
pub(super) fn report(asked: ReportArguments) -> anyhow::Result<()> {
    let snapshot = snapshot(asked.region, asked.data)?;
    let report = snapshot.village_report_pdf(&ReportQuestion {
        village: village(&snapshot, asked.village),
        language: asked.lang.language(),
        limit: asked.limit_m.map(Meters),
    })?;
    written(asked.output.as_deref(), &report)
}

/// Writes labels; a service may go on meanwhile.
pub(super) fn labels(asked: LabelsArguments) -> anyhow::Result<()> {
    let snapshot = snapshot(asked.region, asked.data)?;
    let labels = snapshot.labels_pdf(&LabelsQuestion {
        village: asked.village.map(|named| village(&snapshot, named)),
        kinds: asked.kinds,
        language: asked.lang.language(),
        public_url: asked.public_url.as_str().to_owned(),
    })?;
    written(asked.output.as_deref(), &labels)
}

fn snapshot(region: PathBuf, data: Option<PathBuf>) -> anyhow::Result<Arc<Snapshot>> {
    let keeping = Keeping::as_it_is(&data.map_or_else(keeping::usual, Folder::Named))?;
    let regions = Regions::new(&[region], keeping, |_| ());
    regions.load();
    let only = regions.slots().first().context("no region was named")?;
    Ok(regions.snapshot(&only.id)?)
}

/// The id of a village that is named by its id or, where no other has it, by its name.
fn village(snapshot: &Snapshot, named: String) -> String {
    let villages = &snapshot.region.ground.villages;
    if villages.iter().any(|village| village.id == named) {
        return named;
    }
    let mut such = villages.iter().filter(|village| village.name == named);
    match (such.next(), such.next()) {
        (Some(only), None) => only.id.clone(),
        _ => named,
    }
}

fn written(file: Option<&Path>, paper: &Export) -> anyhow::Result<()> {
    match file {
        Some(file) => output::write(file, &paper.bytes),
        None => output::print(&paper.bytes),
    }
}
