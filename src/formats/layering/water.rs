//! Features to water areas and lines, and to the crossings over them.

use crate::formats::feature::Shape;
use crate::formats::kinds;
use crate::formats::kinds::Way;
use crate::formats::layering::Cells;
use crate::formats::layering::Layering;
use crate::formats::layering::part_id;
use crate::formats::section::shortened_text;
use crate::model::crossing::CrossingKind;
use crate::model::crossing::CrossingState;
use crate::model::crossing::MappedCrossing;
use crate::model::oddity::OddityKind;
use crate::model::water::Course;
use crate::model::water::WaterArea;
use crate::model::water::WaterKind;
use crate::model::water::WaterLine;
use crate::units::Meters;

/// No water is wider, meters.
const WIDEST_WATER_M: f64 = 100_000.0;

impl Layering<'_> {
    pub(super) fn water(&mut self, id: &str, cells: &Cells, shape: &Shape) {
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
    pub(super) fn crossing(&mut self, id: &str, kind: CrossingKind, cells: &Cells, shape: &Shape) {
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
}
