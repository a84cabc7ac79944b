//! The same thing twice: equipment that stands in two rows, and ids that two objects share.

use std::collections::hash_map::Entry;

use geo::Coord;
use rstar::RTree;
use rstar::primitives::GeomWithData;
use rustc_hash::FxHashMap;

use crate::formats::reading::Reading;
use crate::formats::reading::Row;
use crate::formats::report::Report;
use crate::geometry::lon_lat::LonLat;
use crate::geometry::plane::LocalPlane;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::model::layers::Layers;
use crate::model::oddity::OddityKind;

/// Two pieces of one kind this near to each other, or nearer, are one piece; meters.
///
/// Registers repeat a piece within millimeters; nobody hangs two rings on one hook.
const SAME_PLACE_M: f64 = 0.5;

/// A piece of equipment and where it was read.
struct Read {
    piece: Equipment,
    file: usize,
    row: Row,
    at: Coord,
}

/// Leaves out equipment that was read before: the same id and kind, or the same kind at the same place.
///
/// The first is kept and the second is reported, with both rows. Two kinds under one id are two pieces; the second gets
/// an id of its own.
pub(super) fn drop_equipment(readings: &mut [Reading], files: &[&str]) {
    let Some(plane) = plane(readings) else {
        return;
    };
    let mut register = Register::default();
    for (file, reading) in readings.iter_mut().enumerate() {
        let mut report = Report::new(files[file]);
        let pieces = std::mem::take(&mut reading.layers.equipment);
        let rows = std::mem::take(&mut reading.rows);
        for (piece, row) in pieces.into_iter().zip(rows) {
            let at = plane.to_plane(piece.at);
            register.add(
                Read {
                    piece,
                    file,
                    row,
                    at,
                },
                files,
                &mut report,
            );
        }
        reading.layers.oddities.extend(report.into_oddities());
    }
    for read in register.kept {
        readings[read.file].add_equipment(read.piece, read.row);
    }
}

/// Equipment that has been read, found again by id and by place.
#[derive(Default)]
struct Register {
    kept: Vec<Read>,
    by_id: FxHashMap<String, usize>,
    by_place: FxHashMap<EquipmentKind, RTree<GeomWithData<[f64; 2], usize>>>,
}

impl Register {
    /// Keeps a piece that is new, and reports one that is not.
    fn add(&mut self, mut read: Read, files: &[&str], report: &mut Report) {
        let row = format!("{} ({})", read.row.name, read.piece.id);
        let place = Some(read.piece.at);
        if let Some(first) = self.same_id(&read).or_else(|| self.same_place(&read)) {
            let detail = told_apart(&read, first, files);
            report.add(OddityKind::Duplicate, row, place, detail);
            return;
        }
        if self.by_id.contains_key(&read.piece.id) {
            let id = self.unused(&read.piece.id);
            let detail = format!(
                "two kinds of equipment have the id {}; this one is called {id}",
                read.piece.id
            );
            report.add(OddityKind::Duplicate, row, place, detail);
            read.piece.id = id;
        }
        let index = self.kept.len();
        self.by_id.insert(read.piece.id.clone(), index);
        if read.at.x.is_finite() && read.at.y.is_finite() {
            self.by_place
                .entry(read.piece.kind)
                .or_default()
                .insert(GeomWithData::new([read.at.x, read.at.y], index));
        }
        self.kept.push(read);
    }

    fn same_id(&self, read: &Read) -> Option<&Read> {
        let found = &self.kept[*self.by_id.get(&read.piece.id)?];
        (found.piece.kind == read.piece.kind).then_some(found)
    }

    fn same_place(&self, read: &Read) -> Option<&Read> {
        let tree = self.by_place.get(&read.piece.kind)?;
        if !read.at.x.is_finite() || !read.at.y.is_finite() {
            return None;
        }
        // A distance that equals the limit is within it, whatever the last bit says.
        let within = SAME_PLACE_M * SAME_PLACE_M * (1.0 + 1e-9);
        let found = tree
            .locate_within_distance([read.at.x, read.at.y], within)
            .next()?;
        Some(&self.kept[found.data])
    }

    /// `id-2`, `id-3`, …: the first that is not in use.
    fn unused(&self, id: &str) -> String {
        (2..=usize::MAX)
            .map(|number| format!("{id}-{number}"))
            .find(|candidate| !self.by_id.contains_key(candidate))
            .expect("there are more numbers than pieces")
    }
}

/// In words: which piece was read before, how far away it is, and where the rows disagree.
fn told_apart(second: &Read, first: &Read, files: &[&str]) -> String {
    let away = (second.at.x - first.at.x).hypot(second.at.y - first.at.y);
    let place = if second.file == first.file {
        first.row.name.clone()
    } else {
        format!("{} of {}", first.row.name, files[first.file])
    };
    let disagreement = if second.piece.condition == first.piece.condition {
        ""
    } else {
        "; they disagree on its condition"
    };
    format!(
        "{} is the same piece as {place} ({}), {away:.1} m away{disagreement}; {} is left out",
        second.row.name, first.piece.id, second.row.name
    )
}

/// A plane around the middle of all equipment.
fn plane(readings: &[Reading]) -> Option<LocalPlane> {
    let mut places: Vec<LonLat> = readings
        .iter()
        .flat_map(|reading| &reading.layers.equipment)
        .map(|piece| piece.at)
        .collect();
    let middle = places.len() / 2;
    let (_, place, _) = (!places.is_empty())
        .then(|| places.select_nth_unstable_by(middle, |a, b| a.lon().total_cmp(&b.lon())))?;
    Some(LocalPlane::new(*place))
}

/// Ids in use, and the number to try next where one is.
#[derive(Default)]
pub(super) struct Ids {
    water: FxHashMap<String, usize>,
    paths: FxHashMap<String, usize>,
    fords: FxHashMap<String, usize>,
    crossings: FxHashMap<String, usize>,
    obstacles: FxHashMap<String, usize>,
    schools: FxHashMap<String, usize>,
    villages: FxHashMap<String, usize>,
    responders: FxHashMap<String, usize>,
}

impl Ids {
    /// Gives every object of a source an id that no other of its layer has, and reports those that had to change.
    pub fn make_unique(&mut self, layers: &mut Layers, file: &str) {
        let mut report = Report::new(file);
        let mut each =
            |used: &mut FxHashMap<String, usize>, id: &mut String, place: Option<&LonLat>| {
                let Some(unique) = taken(used, id) else {
                    return;
                };
                let detail = format!("the id {id} stands twice; the second is called {unique}");
                report.add(OddityKind::Duplicate, id.as_str(), place.copied(), detail);
                *id = unique;
            };
        for area in &mut layers.water_areas {
            let place = area.rings.first().and_then(|ring| ring.points.first());
            each(&mut self.water, &mut area.source, place);
        }
        for line in &mut layers.water_lines {
            each(&mut self.water, &mut line.source, line.points.first());
        }
        for path in &mut layers.paths {
            each(&mut self.paths, &mut path.source, path.points.first());
        }
        for ford in &mut layers.fords {
            each(&mut self.fords, &mut ford.source, Some(&ford.at));
        }
        for crossing in &mut layers.crossings {
            each(
                &mut self.crossings,
                &mut crossing.source,
                crossing.points.first(),
            );
        }
        for building in &mut layers.buildings {
            let place = building.rings.first().and_then(|ring| ring.points.first());
            each(&mut self.obstacles, &mut building.source, place);
        }
        for wall in &mut layers.walls {
            each(&mut self.obstacles, &mut wall.source, wall.points.first());
        }
        for school in &mut layers.schools {
            each(&mut self.schools, &mut school.source, Some(&school.at));
        }
        for responder in &mut layers.responders {
            // Where somebody lives is told nowhere.
            each(&mut self.responders, &mut responder.id, None);
        }
        for village in &mut layers.villages {
            let place = village.rings.first().and_then(|ring| ring.first());
            each(&mut self.villages, &mut village.id, place);
        }
        layers.oddities.extend(report.into_oddities());
    }
}

/// The id to use instead of one that is taken; none if it is free, which it then is no longer.
fn taken(used: &mut FxHashMap<String, usize>, id: &str) -> Option<String> {
    let mut number = match used.entry(id.to_owned()) {
        Entry::Vacant(free) => {
            free.insert(2);
            return None;
        }
        Entry::Occupied(next) => *next.get(),
    };
    let unique = loop {
        let candidate = format!("{id}-{number}");
        number += 1;
        if !used.contains_key(&candidate) {
            break candidate;
        }
    };
    used.insert(id.to_owned(), number);
    used.insert(unique.clone(), 2);
    Some(unique)
}
