//! The sample region that comes with the program.

use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;

/// Where it stands within the project.
const SAMPLE: &str = "maps/liechtenstein";

/// The sample's folder: below here, beside the program or above it, or where the program was compiled.
pub(super) fn folder() -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe().ok();
    let above = program
        .iter()
        .flat_map(|program| program.ancestors().skip(1));
    let places = [Path::new("")]
        .into_iter()
        .chain(above)
        .chain([Path::new(env!("CARGO_MANIFEST_DIR"))]);
    let mut folders = places.map(|place| place.join(SAMPLE));
    folders
        .find(|folder| folder.join("region.toml").is_file())
        .with_context(|| {
            format!("{SAMPLE}: the sample region is not here; go to the folder that holds maps, or name a region of your own: zhugan gaps REGION_DIR")
        })
}
