//! The sample regions that come with the program.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use anyhow::bail;

/// Where they stand within the project.
const MAPS: &str = "maps";

/// The folders of all samples: below here, beside the program or above it, or where the program was compiled.
pub(super) fn folders() -> anyhow::Result<Vec<PathBuf>> {
    let program = std::env::current_exe().ok();
    let above = program
        .iter()
        .flat_map(|program| program.ancestors().skip(1));
    let places = [Path::new("")]
        .into_iter()
        .chain(above)
        .chain([Path::new(env!("CARGO_MANIFEST_DIR"))]);
    let mut found = places.map(|place| regions_in(&place.join(MAPS)));
    match found.find(|regions| !regions.is_empty()) {
        Some(regions) => Ok(regions),
        None => bail!(
            "no sample region is here: go to the folder that holds maps, or name a region of your own: zhugan serve REGION_DIR"
        ),
    }
}

/// The folders in a folder that are regions, by name.
fn regions_in(maps: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(maps).into_iter().flatten().flatten();
    let folders = entries.map(|entry| entry.path());
    let is_region = |folder: &PathBuf| folder.join("region.toml").is_file();
    let mut regions: Vec<PathBuf> = folders.filter(is_region).collect();
    regions.sort();
    regions
}
