//! What a region's files hold, read but not yet ground.

use std::path::Path;
use std::time::Instant;

use crate::app::region::LoadError;
use crate::app::region::Stage;
use crate::formats;
use crate::formats::ReadError;
use crate::model::layers::Layers;
use crate::model::region::RegionSettings;

/// What the files of a folder hold.
#[derive(Debug)]
pub struct Files {
    /// The region's name and settings.
    pub settings: RegionSettings,
    /// Everything else.
    pub layers: Layers,
    /// The folder, as it was given.
    pub(super) dir: String,
    /// How long they took to read, seconds.
    pub(super) read_s: f64,
}

impl Files {
    /// The files of a folder; a file of `equipment` takes the place of the region's own.
    ///
    /// # Errors
    ///
    /// For a folder or a file that cannot be read at all; what is odd is an oddity.
    pub fn read(
        dir: &Path,
        equipment: Option<&Path>,
        progress: &(dyn Fn(Stage) + Sync),
    ) -> Result<Self, LoadError> {
        let start = Instant::now();
        progress(Stage::Reading {
            n_done: 0,
            n_files: 0,
        });
        are_there(dir, equipment)?;
        let (settings, layers) = formats::read_region_with(dir, equipment, &|read| {
            progress(Stage::Reading {
                n_done: read.n_done,
                n_files: read.n_sources,
            });
        })
        .map_err(|fault| in_folder(dir, fault))?;
        Ok(Self {
            settings,
            layers,
            dir: dir.display().to_string(),
            read_s: start.elapsed().as_secs_f64(),
        })
    }
}

/// A source is named with its folder, as a person would open it.
fn in_folder(dir: &Path, fault: ReadError) -> ReadError {
    match fault {
        ReadError::Source { file, source } => ReadError::Source {
            file: dir.join(file).display().to_string(),
            source,
        },
        ReadError::RegionFileText { .. } | ReadError::RegionFile { .. } => fault,
    }
}

fn are_there(dir: &Path, equipment: Option<&Path>) -> Result<(), LoadError> {
    let shown = || dir.display().to_string();
    if !dir.is_dir() {
        return Err(LoadError::NoFolder { dir: shown() });
    }
    if !dir.join(formats::REGION_FILE).exists() {
        return Err(LoadError::NoRegion { dir: shown() });
    }
    match equipment.filter(|file| !file.is_file()) {
        Some(file) => Err(LoadError::NoEquipmentFile {
            file: file.display().to_string(),
        }),
        None => Ok(()),
    }
}
