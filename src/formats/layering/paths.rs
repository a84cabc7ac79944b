//! Features to ways and fords.

use crate::formats::feature::Shape;
use crate::formats::kinds;
use crate::formats::kinds::Way;
use crate::formats::layering::Cells;
use crate::formats::layering::Layering;
use crate::model::crossing::CrossingKind;
use crate::model::path::Ford;
use crate::model::path::FordPoint;
use crate::model::path::Path;
use crate::model::path::PathKind;
use crate::model::path::Span;

impl Layering<'_> {
    pub(super) fn paths(&mut self, id: &str, cells: &Cells, shape: &Shape) {
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
}

/// A passage through a building is on the ground.
fn is_passage(cells: &Cells) -> bool {
    cells
        .get("tunnel")
        .is_some_and(|word| kinds::plain(word) == "building_passage")
}
