//! Features to layers: which layer each belongs to, and what it is there.

mod paths;
mod water;

use std::collections::BTreeMap;

use crate::formats::columns;
use crate::formats::feature::Feature;
use crate::formats::feature::FeatureFile;
use crate::formats::feature::Shape;
use crate::formats::feature::Xy;
use crate::formats::kinds;
use crate::formats::kinds::Layer;
use crate::formats::placing::Placing;
use crate::formats::reading::Reading;
use crate::formats::reading::Row;
use crate::formats::reading::stem;
use crate::formats::region_file::Source;
use crate::formats::register;
use crate::formats::report::Report;
use crate::formats::roster;
use crate::formats::roster::RosterRow;
use crate::formats::wanted::Wanted;
use crate::geometry::converter::Converter;
use crate::geometry::datum::Datum;
use crate::geometry::datum::DatumError;
use crate::geometry::lon_lat::LonLat;
use crate::model::oddity::OddityKind;
use crate::model::path::Building;
use crate::model::path::Wall;
use crate::model::school::School;
use crate::model::village::Village;

/// The layers that a source wants of a file's features, which may stand in several lists.
///
/// # Errors
///
/// For a datum that cannot be converted.
pub(super) fn layers(
    files: &[FeatureFile],
    source: &Source,
    mut report: Report,
) -> Result<Reading, DatumError> {
    let mut reading = Reading::default();
    for file in files {
        let datum = datum(file.datum, source, &mut report);
        let converter = datum.converter()?;
        reading.datum = datum;
        // Of several layers, each numbers its own features.
        let layer = file.layer.as_deref().filter(|_| files.len() > 1);
        let mut layering = Layering {
            source,
            stem: layer.unwrap_or_else(|| stem(&source.file)),
            converter: &converter,
            report: &mut report,
            reading,
        };
        for feature in &file.features {
            layering.add(feature);
        }
        reading = layering.reading;
    }
    reading.layers.oddities = report.into_oddities();
    Ok(reading)
}

/// The file's own datum wins unless whoever brings it knows better, then the region's file, then WGS-84; a contradiction is
/// an oddity.
pub(super) fn datum(own: Option<Datum>, source: &Source, report: &mut Report) -> Datum {
    let Some(own) = own else {
        return source.datum.unwrap_or_default();
    };
    if let Some(said) = source.datum
        && !said.is_same_as(own)
    {
        if source.overrules_datum {
            return said;
        }
        let detail = format!(
            "region.toml says {said}, the file says {own}: taken as {own}; if region.toml is right, remove the file's own"
        );
        report.add(
            OddityKind::Contradiction,
            source.file.as_str(),
            None,
            detail,
        );
    }
    own
}

type Cells = BTreeMap<&'static str, String>;

/// A file on its way to layers.
struct Layering<'a> {
    source: &'a Source,
    stem: &'a str,
    converter: &'a Converter,
    report: &'a mut Report,
    reading: Reading,
}

impl Layering<'_> {
    fn add(&mut self, feature: &Feature) {
        let cells = columns::cells(&feature.properties, &self.source.columns);
        let id = feature
            .id
            .clone()
            .or_else(|| cells.get("id").cloned())
            .unwrap_or_else(|| format!("{}-{}", self.stem, feature.number));
        if feature.shape.is_empty() {
            self.ignore(&id, "without a geometry; left out");
            return;
        }
        match self.layer_of(&cells) {
            Some(Layer::Water) => self.water(&id, &cells, &feature.shape),
            Some(Layer::Paths) => self.paths(&id, &cells, &feature.shape),
            Some(Layer::Villages) => self.village(&id, &cells, &feature.shape),
            Some(Layer::Obstacles) => self.obstacles(&id, &feature.shape),
            Some(Layer::Schools) => self.schools(&id, &feature.shape),
            Some(Layer::Equipment) => self.equipment(&id, &cells, feature),
            Some(Layer::Responders) => self.responders(&id, &cells, feature),
            None => self.ignore(&id, "of no layer that use names; left out"),
        }
    }

    /// With one layer in `use`, everything is of that layer; with several, the feature must say.
    fn layer_of(&self, cells: &Cells) -> Option<Layer> {
        let wanted = wanted_layers(self.source.wanted);
        if let [only] = wanted[..] {
            return Some(only);
        }
        let word = |name: &str| cells.get(name).map(String::as_str);
        kinds::layer(word("layer"), word("kind")).filter(|layer| wanted.contains(layer))
    }

    fn ignore(&mut self, id: &str, what: &str) {
        self.report.tally(OddityKind::Ignored, id, what);
    }

    fn placing(&mut self) -> Placing<'_> {
        Placing {
            converter: self.converter,
            report: self.report,
        }
    }

    fn village(&mut self, id: &str, cells: &Cells, shape: &Shape) {
        if shape.polygons.is_empty() {
            self.ignore(id, "no area, as a village must be; left out");
            return;
        }
        let code = cells.get("code").cloned();
        let id = code.as_deref().unwrap_or(id);
        let name = cells.get("name").cloned().unwrap_or_else(|| {
            let detail = "a village without a name; called by its id";
            self.report.add(OddityKind::BadValue, id, None, detail);
            id.to_owned()
        });
        let label = if name == id {
            name.clone()
        } else {
            format!("{id} {name}")
        };
        let rings = self.placing().rings(&label, &shape.polygons);
        if !rings.is_empty() {
            self.reading.layers.villages.push(Village {
                id: id.to_owned(),
                name,
                code: code.clone(),
                rings,
            });
        }
    }

    fn obstacles(&mut self, id: &str, shape: &Shape) {
        if !shape.polygons.is_empty() {
            let rings = self.placing().outline(id, &shape.polygons);
            if !rings.is_empty() {
                let source = id.to_owned();
                self.reading
                    .layers
                    .buildings
                    .push(Building { source, rings });
            }
        }
        for (source, points) in self.lines(id, &shape.lines) {
            self.reading.layers.walls.push(Wall {
                source,
                points,
                gates: Vec::new(),
            });
        }
        if !shape.points.is_empty() {
            self.ignore(
                id,
                "a point, and an obstacle is an area or a line; left out",
            );
        }
    }

    /// A feature is one school, at its first point, or about the middle of its outline.
    fn schools(&mut self, id: &str, shape: &Shape) {
        let outlines = shape.polygons.iter().flatten();
        let middle = outlines.map(|ring| middle(ring)).next();
        let Some(point) = shape.points.first().copied().or(middle) else {
            self.ignore(id, "a line, and a school is a point or an area; left out");
            return;
        };
        if let Some(at) = self.placing().point(id, point) {
            let source = id.to_owned();
            self.reading.layers.schools.push(School { source, at });
        }
    }

    fn equipment(&mut self, id: &str, cells: &Cells, feature: &Feature) {
        let shape = &feature.shape;
        let row = format!("feature {}", feature.number);
        for (index, &point) in shape.points.iter().enumerate() {
            let id = part_id(id, index);
            let label = format!("{row} ({id})");
            let Some(at) = self.placing().point(&label, point) else {
                continue;
            };
            let cell = |name: &str| cells.get(name).cloned();
            let (piece, odd) = register::equipment(&cell, id, at, self.source);
            for (column, kind, detail) in odd {
                if cells.contains_key(column) {
                    let id = format!("{label}, {column}");
                    self.report.add(kind, id, Some(at), detail);
                } else {
                    self.report.tally(kind, &label, &detail);
                }
            }
            let names = columns::names(&feature.properties, &self.source.columns);
            let row = Row {
                name: row.clone(),
                has_id: feature.id.is_some() || cells.contains_key("id"),
                code: cells.get("code").cloned(),
                said: register::said(&cell, &|name| names.contains(&name), &piece),
            };
            self.reading.add_equipment(piece, row);
        }
        if !shape.lines.is_empty() || !shape.polygons.is_empty() {
            self.ignore(id, "a line or area, and equipment is a point; left out");
        }
    }

    /// A feature is one responder, at its first point.
    fn responders(&mut self, id: &str, cells: &Cells, feature: &Feature) {
        let [point, rest @ ..] = &feature.shape.points[..] else {
            self.ignore(id, "no point, as a responder's home must be; left out");
            return;
        };
        let label = format!("feature {} ({id})", feature.number);
        if !rest.is_empty() {
            self.ignore(id, "a second point of one responder; left out");
        }
        let Some(home) = self.placing().point(&label, *point) else {
            return;
        };
        let cell = |name: &str| cells.get(name).cloned();
        let row = RosterRow {
            id: id.to_owned(),
            label: &label,
            home,
        };
        let mut placing = Placing {
            converter: self.converter,
            report: self.report,
        };
        let responder = roster::responder(&cell, row, self.source, &mut placing);
        self.reading.layers.responders.push(responder);
    }

    /// Lines with the ids of their parts.
    fn lines(&mut self, id: &str, lines: &[Vec<Xy>]) -> Vec<(String, Vec<LonLat>)> {
        let mut parts = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let id = part_id(id, index);
            if let Some(points) = self.placing().line(&id, line) {
                parts.push((id, points));
            }
        }
        parts
    }
}

/// The id of a feature's part: its own for the first, then `-2`, `-3`.
fn part_id(id: &str, index: usize) -> String {
    match index {
        0 => id.to_owned(),
        _ => format!("{id}-{}", index + 1),
    }
}

/// The middle of some points.
fn middle(points: &[Xy]) -> Xy {
    let n = points.len().max(1) as f64;
    [0, 1].map(|axis| points.iter().map(|point| point[axis]).sum::<f64>() / n)
}

fn wanted_layers(wanted: Wanted) -> Vec<Layer> {
    [
        (wanted.water, Layer::Water),
        (wanted.paths, Layer::Paths),
        (wanted.villages, Layer::Villages),
        (wanted.obstacles, Layer::Obstacles),
        (wanted.schools, Layer::Schools),
        (wanted.equipment, Layer::Equipment),
        (wanted.responders, Layer::Responders),
    ]
    .into_iter()
    .filter_map(|(is_wanted, layer)| is_wanted.then_some(layer))
    .collect()
}
