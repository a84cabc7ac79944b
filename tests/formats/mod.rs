//! Files that come in: what becomes of them, good, odd and hostile.

mod csv;
mod damaged;
mod esri_json;
mod gdal;
mod geojson;
mod geopackage;
mod hostile;
mod pdf;
pub mod photo;
mod points;
mod real;
mod real_layers;
mod region_file;
mod roster;
mod schools;
mod shapefile;
mod spreadsheet;
mod whole_region;
mod xml;

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use zhugan::formats;
use zhugan::formats::region_file::Source;
use zhugan::formats::wanted::Wanted;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::Oddity;
use zhugan::model::oddity::OddityKind;

/// A folder of its own for one test, gone when the test ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(files: &[(&str, &[u8])]) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("zhugan-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        for (name, bytes) in files {
            fs::write(path.join(name), bytes).unwrap();
        }
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn wanted(layer: &str) -> Wanted {
    Wanted {
        water: layer == "water",
        paths: layer == "paths",
        villages: layer == "villages",
        obstacles: layer == "obstacles",
        schools: layer == "schools",
        equipment: layer == "equipment",
        responders: layer == "responders",
    }
}

/// What one file holds, or the error's line.
pub fn read(source: &Source, bytes: &[u8]) -> Result<Layers, String> {
    let folder = Folder::new(&[(&source.file, bytes)]);
    let outcome = formats::read_source(folder.path(), source).map_err(|error| error.to_string());
    if let Err(line) = &outcome {
        assert!(
            line.starts_with(&source.file) && !line.contains('\n') && line.len() < 500,
            "an error is one line that names the file: {line:?}"
        );
    }
    outcome
}

/// What a GeoJSON file holds for one layer.
pub fn read_json(layer: &str, text: &str) -> Layers {
    read(&Source::new("map.geojson", wanted(layer)), text.as_bytes()).unwrap()
}

/// A feature collection of features.
pub fn collection(features: &[&str]) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    )
}

/// A feature of properties and a geometry.
pub fn feature(properties: &str, geometry: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"{geometry}","coordinates":{coordinates}}}}}"#
    )
}

pub fn of_kind(layers: &Layers, kind: OddityKind) -> Vec<&Oddity> {
    layers
        .oddities
        .iter()
        .filter(|oddity| oddity.kind == kind)
        .collect()
}

/// A folder of the shared data, if this machine has it.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: no {}", path.display());
    None
}
