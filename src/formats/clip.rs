//! The planning area: what lies wholly outside it, and more than a margin away, is left out.

use geo::Area;
use geo::Coord;
use geo::LineString;
use geo::Orient;
use geo::Polygon;
use geo::algorithm::bool_ops::unary_union;
use geo::orient::Direction;
use rstar::AABB;
use rstar::RTree;
use rstar::primitives::Line;

use crate::formats::reading::Reading;
use crate::formats::report::Report;
use crate::geometry::lon_lat::LonLat;
use crate::geometry::outline::Position;
use crate::geometry::outline::position;
use crate::geometry::plane::LocalPlane;
use crate::model::oddity::OddityKind;
use crate::model::water::Ring;

/// What is within this of the area is kept, meters: a path just outside may lead to a bridge.
const MARGIN_M: f64 = 1000.0;

/// Long edges are looked at every so many meters.
const STEP_M: f64 = 250.0;

/// Holes smaller than this are seams between neighbors that do not quite meet, square meters.
const SMALLEST_HOLE_M2: f64 = 10_000.0;

/// A planning area.
pub(super) struct ClipArea {
    /// Its outline: rings, even-odd.
    pub rings: Vec<Vec<LonLat>>,
    plane: LocalPlane,
    edges: RTree<Line<[f64; 2]>>,
    low: Coord,
    high: Coord,
}

impl ClipArea {
    /// The area that polygons cover together; none if they cover nothing.
    pub fn new(polygons: &[Vec<Vec<LonLat>>]) -> Option<Self> {
        let plane = LocalPlane::new(middle(polygons)?);
        let flat: Vec<Polygon> = polygons
            .iter()
            .flat_map(|rings| flatten(rings, &plane))
            .collect();
        let mut edges = Vec::new();
        let mut rings = Vec::new();
        for polygon in &unary_union(&flat) {
            let holes = polygon.interiors().iter().filter(|hole| {
                Polygon::new((*hole).clone(), Vec::new()).unsigned_area() >= SMALLEST_HOLE_M2
            });
            for ring in std::iter::once(polygon.exterior()).chain(holes) {
                edges.extend(
                    ring.lines().map(|edge| {
                        Line::new([edge.start.x, edge.start.y], [edge.end.x, edge.end.y])
                    }),
                );
                let mut places: Vec<LonLat> = ring
                    .coords()
                    .filter_map(|&point| plane.to_lon_lat(point).ok())
                    .collect();
                places.pop();
                rings.push(places);
            }
        }
        if edges.is_empty() {
            return None;
        }
        let edges = RTree::bulk_load(edges);
        let [low, high] = [
            edges.root().envelope().lower(),
            edges.root().envelope().upper(),
        ];
        Some(Self {
            rings,
            plane,
            edges,
            low: Coord {
                x: low[0] - MARGIN_M,
                y: low[1] - MARGIN_M,
            },
            high: Coord {
                x: high[0] + MARGIN_M,
                y: high[1] + MARGIN_M,
            },
        })
    }

    /// Leaves out of a source what lies outside; equipment is kept wherever it is, and reported.
    pub fn apply(&self, reading: &mut Reading, file: &str) {
        let mut report = Report::new(file);
        let layers = &mut reading.layers;
        let mut is_kept = |id: &str, is_near: bool| {
            if !is_near {
                report.tally(OddityKind::Outside, id, "outside the clip; left out");
            }
            is_near
        };
        layers
            .water_areas
            .retain(|area| is_kept(&area.source, self.is_near_area(&area.rings)));
        layers
            .buildings
            .retain(|building| is_kept(&building.source, self.is_near_area(&building.rings)));
        layers
            .water_lines
            .retain(|line| is_kept(&line.source, self.is_near_line(&line.points)));
        layers
            .coastlines
            .retain(|coast| is_kept(&coast.source, self.is_near_line(&coast.points)));
        layers
            .paths
            .retain(|path| is_kept(&path.source, self.is_near_line(&path.points)));
        layers
            .walls
            .retain(|wall| is_kept(&wall.source, self.is_near_line(&wall.points)));
        layers
            .crossings
            .retain(|crossing| is_kept(&crossing.source, self.is_near_line(&crossing.points)));
        layers
            .fords
            .retain(|ford| is_kept(&ford.source, self.is_near_line(&[ford.at])));
        layers
            .schools
            .retain(|school| is_kept(&school.source, self.is_near_line(&[school.at])));
        layers.villages.retain(|village| {
            let rings = village.rings.iter().map(Vec::as_slice);
            is_kept(&village.id, self.is_near_rings(rings))
        });
        for (piece, row) in layers.equipment.iter().zip(&reading.rows) {
            if !self.is_near_line(&[piece.at]) {
                let id = format!("{} ({})", row.name, piece.id);
                let detail = "more than 1 km outside the clip; kept";
                report.add(OddityKind::Outside, id, Some(piece.at), detail);
            }
        }
        layers.oddities.extend(report.into_oddities());
    }

    fn is_near_area(&self, rings: &[Ring]) -> bool {
        self.is_near_rings(rings.iter().map(|ring| ring.points.as_slice()))
    }

    /// Whether an outline comes near the area, or lies around it.
    fn is_near_rings<'a>(&self, rings: impl Iterator<Item = &'a [LonLat]> + Clone) -> bool {
        let is_near_ring = |ring: &[LonLat]| {
            let closing = [ring.last().copied(), ring.first().copied()];
            self.is_near_line(ring)
                || matches!(closing, [Some(last), Some(first)] if self.is_near_line(&[last, first]))
        };
        let corner = self.rings.first().and_then(|ring| ring.first());
        rings.clone().any(is_near_ring)
            || corner.is_some_and(|&corner| position(corner, rings) == Position::Inside)
    }

    /// Whether a line, or a single place, comes near the area.
    fn is_near_line(&self, points: &[LonLat]) -> bool {
        let mut last: Option<Coord> = None;
        for &place in points {
            let point = self.plane.to_plane(place);
            if self.is_near(point) {
                return true;
            }
            if let Some(last) = last
                && self.is_near_between(last, point)
            {
                return true;
            }
            last = Some(point);
        }
        false
    }

    /// Looks along an edge, but only where it runs through the area's bounds.
    fn is_near_between(&self, from: Coord, to: Coord) -> bool {
        let Some((start, end)) = self.within_bounds(from, to) else {
            return false;
        };
        let along = to - from;
        let n_steps = (along.x.hypot(along.y) * (end - start) / STEP_M).ceil() as usize;
        (0..=n_steps).any(|step| {
            let share = start + (end - start) * step as f64 / n_steps.max(1) as f64;
            self.is_near(from + along * share)
        })
    }

    /// From which share of an edge to which it runs through the area's bounds (Liang and Barsky 1984).
    fn within_bounds(&self, from: Coord, to: Coord) -> Option<(f64, f64)> {
        let (mut start, mut end) = (0.0_f64, 1.0_f64);
        let axes = [
            (from.x, to.x, self.low.x, self.high.x),
            (from.y, to.y, self.low.y, self.high.y),
        ];
        for (from, to, low, high) in axes {
            let along = to - from;
            if !along.is_finite() {
                return None;
            }
            if along == 0.0 {
                if from < low || from > high {
                    return None;
                }
                continue;
            }
            let [a, b] = [(low - from) / along, (high - from) / along];
            start = start.max(a.min(b));
            end = end.min(a.max(b));
        }
        (start <= end).then_some((start, end))
    }

    /// Whether a point is inside the area or within the margin of it; half a step's sagitta is allowed for.
    fn is_near(&self, point: Coord) -> bool {
        let is_in_bounds = (self.low.x..=self.high.x).contains(&point.x)
            && (self.low.y..=self.high.y).contains(&point.y);
        if !is_in_bounds {
            return false;
        }
        let reach = MARGIN_M.hypot(STEP_M / 2.0);
        let place = [point.x, point.y];
        self.edges
            .locate_within_distance(place, reach * reach)
            .next()
            .is_some()
            || self.is_inside(point)
    }

    /// Even-odd, over the edges that a ray to the east meets.
    fn is_inside(&self, point: Coord) -> bool {
        let ray = AABB::from_corners([point.x, point.y], [self.high.x, point.y]);
        let n_crossed = self
            .edges
            .locate_in_envelope_intersecting(ray)
            .filter(|edge| {
                let [[x1, y1], [x2, y2]] = [edge.from, edge.to];
                (y1 > point.y) != (y2 > point.y)
                    && point.x < x1 + (point.y - y1) / (y2 - y1) * (x2 - x1)
            })
            .count();
        n_crossed % 2 == 1
    }
}

/// The middle of the polygons' bounds.
fn middle(polygons: &[Vec<Vec<LonLat>>]) -> Option<LonLat> {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for place in polygons.iter().flatten().flatten() {
        for (axis, value) in [place.lon(), place.lat()].into_iter().enumerate() {
            low[axis] = low[axis].min(value);
            high[axis] = high[axis].max(value);
        }
    }
    LonLat::new(low[0].midpoint(high[0]), low[1].midpoint(high[1])).ok()
}

/// Rings in the plane: those inside the first are its holes, the others polygons of their own.
fn flatten(rings: &[Vec<LonLat>], plane: &LocalPlane) -> Vec<Polygon> {
    let line = |ring: &Vec<LonLat>| -> LineString {
        ring.iter()
            .map(|&place| plane.to_plane(place))
            .filter(|point| point.x.is_finite() && point.y.is_finite())
            .collect()
    };
    let Some((outer, others)) = rings.split_first() else {
        return Vec::new();
    };
    let is_hole = |ring: &&Vec<LonLat>| {
        ring.first()
            .is_some_and(|&corner| position(corner, [outer.as_slice()]) != Position::Outside)
    };
    let (holes, islands): (Vec<_>, Vec<_>) = others.iter().partition(is_hole);
    let holes = holes.into_iter().map(line).collect();
    let islands = islands
        .into_iter()
        .map(|ring| Polygon::new(line(ring), Vec::new()));
    // Files do not agree on which way a ring runs; the union needs outlines and holes to run opposite ways.
    std::iter::once(Polygon::new(line(outer), holes))
        .chain(islands)
        .map(|polygon| polygon.orient(Direction::Default))
        .collect()
}
