//! OpenStreetMap: `.osm.pbf`, `.osm`, `.osm.gz` and `.osm.bz2`; the only place that spells its tags.

mod areas;
mod budget;
mod crossings;
mod elements;
mod equipment;
mod fault;
mod lines;
mod nodes;
mod obstacles;
mod paths;
mod pbf;
mod pbf_block;
mod rings;
mod schools;
mod stitch;
mod tags;
mod unpack;
mod villages;
mod water;
mod wire;
mod xml;

use std::fs::File;
use std::io::BufReader;
use std::io::Read;
use std::io::Seek;
use std::path::Path;

pub use fault::Fault;
pub use fault::ReadError;

use crate::formats::osm::budget::Budget;
use crate::formats::osm::elements::Block;
use crate::formats::osm::elements::Elements;
use crate::formats::osm::unpack::Counted;
use crate::formats::osm::unpack::Packing;
use crate::formats::wanted::Wanted;
use crate::model::layers::Layers;

/// The layers of an OpenStreetMap file, whichever of its formats it is in; the content tells, not the name.
///
/// `file_name` is what errors and oddities call the file; `progress` is told how many of its bytes have been read.
/// The same file gives the same layers, each in order of source id.
///
/// # Errors
///
/// For a file that cannot be read as a whole; what is merely odd is in the layers' oddities.
pub fn read(
    file_name: &str,
    path: &Path,
    wanted: &Wanted,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Layers, ReadError> {
    let opened = File::open(path).map_err(|error| Fault::from_io(&error, "at its start"));
    let read = opened.and_then(|file| layers(file, *wanted, progress, file_name));
    read.map_err(|fault| ReadError {
        file: file_name.to_owned(),
        fault,
    })
}

/// The same of a file that is somewhere else than on a disk.
///
/// # Errors
///
/// For a file that cannot be read as a whole.
pub(super) fn read_from(
    file_name: &str,
    file: impl Read + Seek + Send,
    wanted: Wanted,
) -> Result<Layers, Fault> {
    layers(file, wanted, &|_| (), file_name)
}

fn layers(
    file: impl Read + Seek + Send,
    wanted: Wanted,
    progress: &(dyn Fn(u64) + Sync),
    file_name: &str,
) -> Result<Layers, Fault> {
    let budget = Budget::new();
    let (elements, oddities) = Elements::new(blocks(file, progress, &budget)?);
    let mut layers = Layers {
        oddities,
        ..Layers::default()
    };
    if wanted.water {
        water::read(&elements, &budget, &mut layers)?;
    }
    if wanted.paths {
        paths::read(&elements, &mut layers);
        crossings::read(&elements, &mut layers);
    }
    if wanted.villages {
        villages::read(&elements, &budget, &mut layers)?;
    }
    if wanted.obstacles {
        obstacles::read(&elements, &budget, &mut layers)?;
    }
    if wanted.schools {
        schools::read(&elements, &mut layers);
    }
    if wanted.equipment {
        equipment::read(&elements, &mut layers);
    }
    for oddity in &mut layers.oddities {
        file_name.clone_into(&mut oddity.file);
    }
    Ok(layers)
}

/// What the file holds, block by block.
fn blocks(
    mut file: impl Read + Seek + Send,
    progress: &(dyn Fn(u64) + Sync),
    budget: &Budget,
) -> Result<Vec<Block>, Fault> {
    let io = |error: std::io::Error| Fault::from_io(&error, "at its start");
    let mut head = Vec::new();
    file.by_ref().take(64).read_to_end(&mut head).map_err(io)?;
    file.rewind().map_err(io)?;
    if head.is_empty() {
        return Err(Fault::Empty);
    }
    let file = Counted::new(file, progress);
    if pbf::is_pbf(&head) {
        return pbf::blocks(BufReader::with_capacity(256 << 10, file), budget);
    }
    let packing = Packing::of(&head);
    if packing == Packing::Plain && !looks_like_xml(&head) {
        let found = "it starts neither like a PBF nor like XML".to_owned();
        return Err(Fault::NotOsm { found });
    }
    xml::blocks(unpack::unpacked(file, packing), budget)
}

fn looks_like_xml(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"<")
}
