//! Every format that comes in or goes out: a region's folder to its settings and its layers, answers to files.

mod angle;
mod archive;
pub mod cap;
mod clip;
mod columns;
pub mod csv;
pub mod csv_rows;
mod duplicates;
mod esri_json;
mod feature;
mod geojson;
pub mod geojson_lines;
mod geopackage;
mod gpx;
pub mod gpx_routes;
pub mod gzip;
pub mod ical;
mod input;
pub mod json;
mod kinds;
mod kml;
mod layering;
pub mod mvt;
pub mod osm;
mod overlaps;
pub mod pdf;
pub mod photo;
pub mod pieces;
mod placing;
pub mod points;
mod prj;
mod reading;
pub mod region_file;
mod register;
mod repeats;
mod report;
mod roster;
mod section;
mod shapefile;
pub mod source;
mod source_tables;
mod spreadsheet;
mod table;
pub mod text;
pub mod wanted;
mod wkb;
mod xml;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

use rayon::prelude::*;

use crate::formats::clip::ClipArea;
use crate::formats::duplicates::Ids;
use crate::formats::input::Input;
use crate::formats::reading::Reading;
use crate::formats::reading::Row;
use crate::formats::region_file::RegionFileError;
use crate::formats::region_file::Source;
use crate::formats::repeats::Earlier;
use crate::formats::report::Report;
use crate::formats::source::Format;
use crate::formats::source::SourceError;
use crate::formats::text::TextError;
use crate::formats::wanted::Wanted;
use crate::model::layers::Layers;
use crate::model::oddity::OddityKind;
use crate::model::region::RegionSettings;

/// The file that makes a folder a region.
pub const REGION_FILE: &str = "region.toml";

/// Why a region's folder cannot be read; always one line that names the file, the fault and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// No folder, or no region's file in it.
    #[error("{path}: {source}")]
    RegionFileText {
        /// The region's file.
        path: String,
        /// What is wrong with it.
        source: TextError,
    },
    /// The region's file is not as it should be.
    #[error("{path}: {source}")]
    RegionFile {
        /// The region's file.
        path: String,
        /// What is wrong with it.
        source: RegionFileError,
    },
    /// A source cannot be read.
    #[error("{file}: {source}")]
    Source {
        /// Its name within the region's folder.
        file: String,
        /// What is wrong with it.
        source: SourceError,
    },
}

/// How far the reading of a region has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The source that has just been read.
    pub file: &'a str,
    /// How many have been read, this one too.
    pub n_done: usize,
    /// How many there are.
    pub n_sources: usize,
}

/// A region's settings, and all that its sources hold.
///
/// Sources are read side by side. Duplicates are left out, ids made unique, odd things reported; `progress` is called
/// once for every source, from any thread.
///
/// # Errors
///
/// For a region's file or a source that cannot be read at all.
pub fn read_region(
    dir: &Path,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<(RegionSettings, Layers), ReadError> {
    read_region_with(dir, None, progress)
}

/// The same, with the equipment of a file anywhere on the disk in place of the region's own.
///
/// # Errors
///
/// For a region's file or a source that cannot be read at all.
pub fn read_region_with(
    dir: &Path,
    equipment: Option<&Path>,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<(RegionSettings, Layers), ReadError> {
    let (mut settings, mut sources) = read_region_file(dir)?;
    if let Some(file) = equipment {
        replace_equipment(dir, &mut sources, file);
    }
    settings.attribution = attribution(&sources);
    let n_done = AtomicUsize::new(0);
    let readings: Vec<Reading> = sources
        .par_iter()
        .map(|source| {
            let reading = read_file(dir, source)?;
            progress(Progress {
                file: &source.file,
                n_done: n_done.fetch_add(1, Ordering::Relaxed) + 1,
                n_sources: sources.len(),
            });
            Ok(reading)
        })
        .collect::<Result<_, _>>()?;
    let areas = clip_areas(dir, &sources)?;
    Ok((settings, together(readings, &sources, &areas)))
}

/// A region's settings alone, without reading its sources.
///
/// # Errors
///
/// For a region's file that cannot be read.
pub fn read_settings(dir: &Path) -> Result<RegionSettings, ReadError> {
    let (mut settings, sources) = read_region_file(dir)?;
    settings.attribution = attribution(&sources);
    Ok(settings)
}

/// By what a file is told from another that has taken its place: its name, its length, and when it was written.
pub type Stamp = (String, u64, Option<SystemTime>);

/// The stamps of a region's file and its sources; of none that cannot be found.
pub fn stamp(dir: &Path) -> Vec<Stamp> {
    let sources = read_region_file(dir).map(|(_, sources)| sources);
    let files = sources.unwrap_or_default().into_iter();
    let files = files.flat_map(|source| [Some(source.file), source.clip]);
    let mut files: Vec<String> = files.flatten().collect();
    files.push(REGION_FILE.to_owned());
    files.sort();
    files.dedup();
    let stamp = |file: String| {
        let found = fs::metadata(dir.join(&file)).ok()?;
        Some((file, found.len(), found.modified().ok()))
    };
    files.into_iter().filter_map(stamp).collect()
}

fn read_region_file(dir: &Path) -> Result<(RegionSettings, Vec<Source>), ReadError> {
    let path = dir.join(REGION_FILE);
    let shown = path.display().to_string();
    let text = text::read(&path, None, region_file::LARGEST_REGION_FILE).map_err(|source| {
        ReadError::RegionFileText {
            path: shown.clone(),
            source,
        }
    })?;
    region_file::parse(&text).map_err(|source| ReadError::RegionFile {
        path: shown,
        source,
    })
}

/// Takes no equipment but that of one file; what the region's file says of that very file still holds.
fn replace_equipment(dir: &Path, sources: &mut Vec<Source>, file: &Path) {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let place = whole(file);
    let is_same = |source: &Source| whole(&dir.join(&source.file)) == place;
    let named = sources.iter().position(is_same);
    let known = named.map(|index| sources[index].clone());
    for source in sources.iter_mut() {
        source.wanted.equipment = false;
    }
    sources.retain(|source| source.wanted != Wanted::default());
    let mut source = known.unwrap_or_else(|| {
        let shown = std::path::absolute(file).unwrap_or(place);
        Source::new(shown.to_string_lossy(), Wanted::default())
    });
    source.wanted = Wanted {
        equipment: true,
        ..Wanted::default()
    };
    sources.push(source);
}

/// The layers of one source by itself, as [`read_region`] would take them in.
///
/// # Errors
///
/// For a source that cannot be read at all.
pub fn read_source(dir: &Path, source: &Source) -> Result<Layers, ReadError> {
    let reading = read_file(dir, source)?;
    let sources = std::slice::from_ref(source);
    let areas = clip_areas(dir, sources)?;
    Ok(together(vec![reading], sources, &areas))
}

/// The layers of a source whose bytes somebody has sent.
///
/// # Errors
///
/// For bytes that cannot be read at all.
pub fn read_bytes(bytes: &[u8], source: &Source) -> Result<Layers, SourceError> {
    let reading = source::read(&Input::Bytes(bytes), source)?;
    Ok(together(
        vec![reading],
        std::slice::from_ref(source),
        &BTreeMap::new(),
    ))
}

fn read_file(dir: &Path, source: &Source) -> Result<Reading, ReadError> {
    let input = Input::File(dir.join(&source.file));
    source::read(&input, source).map_err(|fault| named(&source.file, fault))
}

fn named(file: &str, source: SourceError) -> ReadError {
    ReadError::Source {
        file: file.to_owned(),
        source,
    }
}

/// The planning areas by file name, each read once.
fn clip_areas(dir: &Path, sources: &[Source]) -> Result<BTreeMap<String, ClipArea>, ReadError> {
    let mut areas = BTreeMap::new();
    for file in sources.iter().filter_map(|source| source.clip.as_deref()) {
        if !areas.contains_key(file) {
            let area = source::read_clip(dir, file, sources).map_err(|fault| named(file, fault))?;
            areas.insert(file.to_owned(), area);
        }
    }
    Ok(areas)
}

/// All sources as one, each thing once.
fn together(
    mut readings: Vec<Reading>,
    sources: &[Source],
    areas: &BTreeMap<String, ClipArea>,
) -> Layers {
    let files: Vec<&str> = sources.iter().map(|source| source.file.as_str()).collect();
    let mut ids = Ids::default();
    for (reading, source) in readings.iter_mut().zip(sources) {
        let unnamed = reading.layers.equipment.iter().skip(reading.rows.len());
        reading.rows.extend(unnamed.map(Row::of));
        if let Some(area) = source.clip.as_ref().and_then(|file| areas.get(file)) {
            area.apply(reading, &source.file);
        }
        match Format::of(&source.file) {
            Some(Format::Osm) | None => {}
            Some(_) => {
                ids.make_unique(&mut reading.layers, &source.file);
            }
        }
    }
    duplicates::drop_equipment(&mut readings, &files);
    let mut layers = Layers::default();
    let mut village_files = Vec::new();
    let mut earlier = Earlier::default();
    for (mut reading, file) in readings.into_iter().zip(&files) {
        if files.len() > 1 {
            earlier.drop_repeats(&layers, &mut reading.layers, file);
        }
        village_files.resize(village_files.len() + reading.layers.villages.len(), *file);
        layers.append(reading.layers);
    }
    let overlaps = overlaps::villages(&layers.villages, |index| village_files[index].to_owned());
    layers.oddities.extend(overlaps);
    set_clip(&mut layers, areas);
    layers
}

/// A region has one planning area: the first, if its sources name several.
fn set_clip(layers: &mut Layers, areas: &BTreeMap<String, ClipArea>) {
    let mut areas = areas.iter();
    if let Some((_, area)) = areas.next() {
        layers.clip.clone_from(&area.rings);
    }
    for (file, _) in areas {
        let mut report = Report::new(file);
        let detail = "a second clip; the region's planning area is the first, by name";
        report.add(OddityKind::Contradiction, file.as_str(), None, detail);
        layers.oddities.extend(report.into_oddities());
    }
}

/// Everybody who must be named, each once; OpenStreetMap asks to be named wherever its data is.
fn attribution(sources: &[Source]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for source in sources {
        let of_format = match Format::of(&source.file) {
            Some(Format::Osm) => Some("© OpenStreetMap contributors"),
            Some(_) | None => None,
        };
        if let Some(name) = source.attribution.as_deref().or(of_format)
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join("; "))
}
