//! Draws things into one tile: clipped, with as few points as the zoom shows.

use crate::app::tiles::things::Form;
use crate::app::tiles::things::MapRing;
use crate::app::tiles::things::Properties;
use crate::app::tiles::things::Things;
use crate::formats::mvt::Layer;
use crate::formats::mvt::Shape;
use crate::geometry::map_clip::clipped_line;
use crate::geometry::map_clip::clipped_ring;
use crate::geometry::map_line::doubled_area;
use crate::geometry::map_line::simplified;
use crate::geometry::map_line::simplified_ring;
use crate::geometry::map_point::MapBox;
use crate::geometry::map_point::MapPoint;
use crate::geometry::map_tile::BUFFER;
use crate::geometry::map_tile::EXTENT;
use crate::geometry::map_tile::MapTile;

/// A tile is drawn 512 pixels wide: eight parts are a pixel.
const PARTS_A_PIXEL: f64 = 8.0;

/// Draws into one tile.
pub(super) struct Brush {
    tile: MapTile,
    bounds: MapBox,
    /// Points within this of a line are left out, parts of the tile.
    tolerance: f64,
    /// Areas that cover less are left out, square parts.
    smallest_area: f64,
}

impl Brush {
    /// A brush for a tile; the more thrift, the fewer points.
    pub fn new(tile: MapTile, thrift: u8) -> Self {
        // The finest tiles are drawn larger than they are, so nothing is taken from them.
        let pixels = if tile.z() >= 16 { 0.125 } else { 0.375 };
        let coarser = f64::from(1 << thrift);
        Self {
            tile,
            bounds: tile.drawn(),
            tolerance: PARTS_A_PIXEL * pixels * coarser,
            smallest_area: PARTS_A_PIXEL * PARTS_A_PIXEL * 2.0 * coarser * coarser,
        }
    }

    /// A layer with all things that belong into the tile, the first at the bottom.
    pub fn drawn(&self, name: &'static str, things: &[&Things]) -> Layer {
        let mut layer = Layer::new(name);
        let zoom = self.tile.z();
        let within = things
            .iter()
            .flat_map(|things| things.within(&self.bounds, zoom));
        for thing in within {
            match &thing.form {
                Form::Point(point) => self.point(&mut layer, *point, &thing.properties),
                Form::Line(line) => self.line(&mut layer, line, &thing.properties),
                Form::Areas(areas) => {
                    let is_inside = self.bounds.holds_box(&thing.bounds);
                    self.areas(&mut layer, areas, is_inside, &thing.properties);
                }
            }
        }
        layer
    }

    /// A point belongs to the one tile that holds it, so that nothing is drawn twice.
    fn point(&self, layer: &mut Layer, point: MapPoint, properties: &Properties) {
        let at = self.tile.parts(point);
        if at
            .iter()
            .all(|part| (-BUFFER..EXTENT + BUFFER).contains(part))
        {
            layer.add(Shape::Point(at), properties);
        }
    }

    /// The part of a line that lies in the tile.
    pub fn line(&self, layer: &mut Layer, line: &[MapPoint], properties: &Properties) {
        let parts = clipped_line(line, &self.bounds);
        let lines: Vec<Vec<[i32; 2]>> = parts
            .iter()
            .map(|part| simplified(&self.in_parts(part), self.tolerance))
            .filter(|part| part.len() >= 2)
            .collect();
        if !lines.is_empty() {
            layer.add(Shape::Lines(&lines), properties);
        }
    }

    fn areas(
        &self,
        layer: &mut Layer,
        areas: &[Vec<MapRing>],
        is_inside: bool,
        properties: &Properties,
    ) {
        let mut rings = Vec::new();
        for area in areas {
            let mut holes = area.iter().map(|ring| self.ring(ring, is_inside));
            let Some(outer) = holes.next().filter(|outer| self.is_seen(outer)) else {
                continue;
            };
            rings.push(outer);
            // A hole that has turned around by rounding would be taken for an area.
            rings.extend(holes.filter(|hole| self.is_seen(hole) && doubled_area(hole) < 0));
        }
        if !rings.is_empty() {
            layer.add(Shape::Polygon(&rings), properties);
        }
    }

    fn ring(&self, ring: &[MapPoint], is_inside: bool) -> Vec<[i32; 2]> {
        let parts = if is_inside {
            self.in_parts(ring)
        } else {
            self.in_parts(&clipped_ring(ring, &self.bounds))
        };
        simplified_ring(&parts, self.tolerance)
    }

    fn is_seen(&self, ring: &[[i32; 2]]) -> bool {
        doubled_area(ring).abs() as f64 >= 2.0 * self.smallest_area
    }

    fn in_parts(&self, points: &[MapPoint]) -> Vec<[i32; 2]> {
        points.iter().map(|&point| self.tile.parts(point)).collect()
    }
}
