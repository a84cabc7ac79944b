//! Features to layers: which layer each belongs to, and what it is there.

use std::collections::BTreeMap;

use crate::formats::columns;
use crate::formats::feature::Feature;
use crate::formats::feature::FeatureFile;
use crate::formats::feature::Shape;
use crate::formats::feature::Xy;
use crate::formats::kinds;
use crate::formats::kinds::Layer;
use crate::formats::kinds::Way;
use crate::formats::placing::Placing;
use crate::formats::reading::Reading;
use crate::formats::reading::stem;
use crate::formats::region_file::Source;
use crate::formats::register;
use crate::formats::report::Report;
use crate::formats::section::shortened_text;
use crate::formats::wanted::Wanted;
use crate::geometry::converter::Converter;
use crate::geometry::datum::Datum;
use crate::geometry::datum::DatumError;
use crate::geometry::lon_lat::LonLat;
use crate::model::crossing::CrossingKind;
use crate::model::crossing::CrossingState;
use crate::model::crossing::MappedCrossing;
use crate::model::oddity::OddityKind;
use crate::model::path::Building;
use crate::model::path::Ford;
use crate::model::path::FordPoint;
use crate::model::path::Path;
use crate::model::path::PathKind;
use crate::model::path::Span;
use crate::model::path::Wall;
use crate::model::village::Village;
use crate::model::water::Course;
use crate::model::water::WaterArea;
use crate::model::water::WaterKind;
use crate::model::water::WaterLine;
use crate::units::Meters;

/// No water is wider, meters.
const WIDEST_WATER_M: f64 = 100_000.0;

/// The layers that a source wants of a file's features.
///
/// # Errors
///
/// For a datum that cannot be converted.
pub(super) fn layers(
    file: &FeatureFile,
    source: &Source,
    mut report: Report,
) -> Result<Reading, DatumError> {
    let converter = datum(file.datum, source, &mut report).converter()?;
    let mut layering = Layering {
        source,
        stem: stem(&source.file),
        converter: &converter,
        report: &mut report,
        reading: Reading::default(),
    };
    for feature in &file.features {
        layering.add(feature);
    }
    let mut reading = layering.reading;
    reading.layers.oddities = report.into_oddities();
    Ok(reading)
}

/// The file's own datum wins, then the region's file, then WGS-84; a contradiction is an oddity.
pub(super) fn datum(own: Option<Datum>, source: &Source, report: &mut Report) -> Datum {
    let Some(own) = own else {
        return source.datum.unwrap_or_default();
    };
    if let Some(said) = source.datum
        && !said.is_same_as(own)
    {
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
            Some(Layer::Equipment) => self.equipment(&id, &cells, feature),
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

    fn water(&mut self, id: &str, cells: &Cells, shape: &Shape) {
        let word = cells.get("kind").map(String::as_str);
        let crossing = match word.map(kinds::way) {
            Some(Some(Way::Boat)) => Some(CrossingKind::Ferry),
            Some(Some(Way::Walkable(_) | Way::NotForFeet) | None) | None => {
                word.and_then(kinds::water_crossing)
            }
        };
        if let Some(kind) = crossing {
            self.crossing(id, kind, cells, shape);
            return;
        }
        let kind = word.and_then(kinds::water_kind);
        if let (Some(word), None) = (word, kind) {
            let detail = format!("{:?} is no kind of water", shortened_text(word));
            self.report.tally(OddityKind::BadValue, id, &detail);
        }
        let name = cells.get("name").cloned();
        if !shape.polygons.is_empty() {
            let rings = self.placing().outline(id, &shape.polygons);
            if !rings.is_empty() {
                self.reading.layers.water_areas.push(WaterArea {
                    source: id.to_owned(),
                    name: name.clone(),
                    kind: kind.unwrap_or(WaterKind::Lake),
                    rings,
                });
            }
        }
        let width = self.width(id, cells);
        let tunnel = kinds::is_yes(cells.get("tunnel").map(String::as_str));
        let course = match tunnel {
            Some(true) => Course::Underground,
            Some(false) | None => Course::Open,
        };
        for (id, points) in self.lines(id, &shape.lines) {
            self.reading.layers.water_lines.push(WaterLine {
                source: id,
                name: name.clone(),
                kind: kind.unwrap_or(WaterKind::River),
                width,
                course,
                points,
                is_cut_at_start: false,
                is_cut_at_end: false,
            });
        }
        if !shape.points.is_empty() {
            self.ignore(id, "a point, and water is an area or a line; left out");
        }
    }

    fn width(&mut self, id: &str, cells: &Cells) -> Option<Meters> {
        let text = cells.get("width_m")?;
        let number = text.trim_end_matches(['m', '米']).trim().parse::<f64>();
        match number {
            Ok(width) if width > 0.0 && width <= WIDEST_WATER_M => Some(Meters(width)),
            Ok(_) | Err(_) => {
                let text = shortened_text(text);
                let detail = format!("{text:?} is no width in meters; taken as not given");
                self.report.add(OddityKind::BadValue, id, None, detail);
                None
            }
        }
    }

    /// A weir, dam or gate is open where the data says that it can be walked; a boat only where it says so outright.
    fn crossing(&mut self, id: &str, kind: CrossingKind, cells: &Cells, shape: &Shape) {
        let says = |name: &str| kinds::is_yes(cells.get(name).map(String::as_str));
        let is_open = match (says("state"), kind) {
            (Some(is_open), _) => is_open,
            (None, CrossingKind::Ferry) => false,
            (None, _) => kinds::is_welcome(cells.get("foot").map(String::as_str)),
        };
        let mut parts = self.lines(id, &shape.lines);
        for (index, &point) in shape.points.iter().enumerate() {
            let part_id = part_id(id, parts.len() + index);
            if let Some(place) = self.placing().point(&part_id, point) {
                parts.push((part_id, vec![place]));
            }
        }
        for (source, points) in parts {
            self.reading.layers.crossings.push(MappedCrossing {
                source,
                name: cells.get("name").cloned(),
                kind,
                state: if is_open {
                    CrossingState::Open
                } else {
                    CrossingState::Closed
                },
                points,
            });
        }
        if !shape.polygons.is_empty() {
            self.ignore(id, "an area, and a crossing is a point or a line; left out");
        }
    }

    fn paths(&mut self, id: &str, cells: &Cells, shape: &Shape) {
        let word = cells.get("kind").map(String::as_str);
        let says = |name: &str| kinds::is_yes(cells.get(name).map(String::as_str));
        if let Some(kind) = word.and_then(kinds::water_crossing) {
            self.crossing(id, kind, cells, shape);
            return;
        }
        let is_ford =
            says("ford") == Some(true) || word.map(kinds::plain).as_deref() == Some("ford");
        let is_welcome = kinds::is_welcome(cells.get("foot").map(String::as_str));
        let ford = match (is_ford, is_welcome) {
            (false, _) => Ford::No,
            (true, true) => Ford::Open,
            (true, false) => Ford::Unsure,
        };
        let kind = match word.and_then(kinds::way) {
            Some(Way::Boat) => {
                self.crossing(id, CrossingKind::Ferry, cells, shape);
                return;
            }
            Some(Way::Walkable(kind)) if says("foot") != Some(false) => kind,
            Some(Way::NotForFeet) if is_welcome => PathKind::Street,
            Some(Way::Walkable(_) | Way::NotForFeet) => {
                self.ignore(id, "a way that is not for people on foot; left out");
                return;
            }
            None if says("foot") == Some(false) => {
                self.ignore(id, "a way that is not for people on foot; left out");
                return;
            }
            None => PathKind::Street,
        };
        let span = match (says("bridge"), says("tunnel")) {
            (Some(true), _) => Span::Bridge,
            (_, Some(true)) if !is_passage(cells) => Span::Tunnel,
            _ => Span::Ground,
        };
        for (source, points) in self.lines(id, &shape.lines) {
            self.reading.layers.paths.push(Path {
                source,
                name: cells.get("name").cloned(),
                kind,
                span,
                ford,
                points,
            });
        }
        for &point in &shape.points {
            if !is_ford {
                self.ignore(id, "a point, and a path is a line; left out");
            } else if let Some(at) = self.placing().point(id, point) {
                let source = id.to_owned();
                self.reading
                    .layers
                    .fords
                    .push(FordPoint { source, at, ford });
            }
        }
        if !shape.polygons.is_empty() {
            self.ignore(id, "an area, and a path is a line; left out");
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
            self.reading.add_equipment(piece, row.clone());
        }
        if !shape.lines.is_empty() || !shape.polygons.is_empty() {
            self.ignore(id, "a line or area, and equipment is a point; left out");
        }
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

/// A passage through a building is on the ground.
fn is_passage(cells: &Cells) -> bool {
    cells
        .get("tunnel")
        .is_some_and(|word| kinds::plain(word) == "building_passage")
}

fn wanted_layers(wanted: Wanted) -> Vec<Layer> {
    [
        (wanted.water, Layer::Water),
        (wanted.paths, Layer::Paths),
        (wanted.villages, Layer::Villages),
        (wanted.obstacles, Layer::Obstacles),
        (wanted.equipment, Layer::Equipment),
    ]
    .into_iter()
    .filter_map(|(is_wanted, layer)| is_wanted.then_some(layer))
    .collect()
}
