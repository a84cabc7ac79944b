//! Shapes in a file's own coordinates to places in WGS-84, cleaned on the way.

use crate::formats::feature::Xy;
use crate::formats::report::Report;
use crate::geometry::converter::AxisOrder;
use crate::geometry::converter::Converter;
use crate::geometry::lon_lat::LonLat;
use crate::geometry::outline;
use crate::geometry::outline::OutlineFault;
use crate::geometry::outline::Position;
use crate::geometry::outline::position;
use crate::model::oddity::OddityKind;
use crate::model::water::Ring;

/// Holes are compared with at most so many edges in all; a reservoir with a thousand islands takes a hundredth.
const MOST_HOLE_COMPARISONS: usize = 200_000_000;

/// Converts shapes, and reports what is wrong with them.
pub(super) struct Placing<'a> {
    /// From the file's datum.
    pub converter: &'a Converter,
    /// Where to say so.
    pub report: &'a mut Report,
}

impl Placing<'_> {
    /// A single place.
    pub fn point(&mut self, id: &str, [x, y]: Xy) -> Option<LonLat> {
        match self.place(id, [x, y]) {
            Ok(place) => Some(place),
            Err(fault) => {
                let detail = format!("{fault}; left out");
                self.report.add(OddityKind::BadPlace, id, None, detail);
                None
            }
        }
    }

    /// A line of at least two places, none twice in a row.
    pub fn line(&mut self, id: &str, points: &[Xy]) -> Option<Vec<LonLat>> {
        let line = self.places(id, points);
        if line.len() < 2 {
            self.too_few(id, line.first().copied(), "a line needs two points");
            return None;
        }
        Some(line)
    }

    /// The rings of one or more polygons, without repeating the first point at the end; none if nothing is left.
    pub fn rings(&mut self, id: &str, polygons: &[Vec<Vec<Xy>>]) -> Vec<Vec<LonLat>> {
        let mut rings = Vec::new();
        let mut stray_hole = None;
        for polygon in polygons {
            let first = rings.len();
            rings.extend(polygon.iter().filter_map(|ring| self.ring(id, ring)));
            stray_hole = stray_hole.or_else(|| stray_corner(&rings[first..]));
        }
        if polygons.iter().all(Vec::is_empty) {
            self.too_few(id, None, "an outline without a ring");
        }
        self.check_outline(id, &rings, stray_hole);
        rings
    }

    fn ring(&mut self, id: &str, ring: &[Xy]) -> Option<Vec<LonLat>> {
        let mut points = self.places(id, ring);
        let place = points.first().copied();
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        } else if points.len() > 2 {
            let detail = "a ring does not end where it begins; closed by a straight edge";
            self.report.add(OddityKind::UnclosedRing, id, place, detail);
        }
        if points.len() < 3 {
            self.too_few(id, place, "a ring needs three points");
            return None;
        }
        Some(points)
    }

    /// The same as [`Placing::rings`], as outlines that no extract has cut.
    pub fn outline(&mut self, id: &str, polygons: &[Vec<Vec<Xy>>]) -> Vec<Ring> {
        self.rings(id, polygons)
            .into_iter()
            .map(|points| Ring {
                points,
                cuts: Vec::new(),
            })
            .collect()
    }

    fn check_outline(&mut self, id: &str, rings: &[Vec<LonLat>], stray_hole: Option<LonLat>) {
        let slices: Vec<&[LonLat]> = rings.iter().map(Vec::as_slice).collect();
        let (place, detail) = match (outline::fault(&slices), stray_hole) {
            (None, None) => return,
            (None, Some(place)) => (
                Some(place),
                "a hole lies outside its outline; kept as it is, so it counts as inside",
            ),
            (Some(OutlineFault::Touches(place)), _) => (
                Some(place),
                "the outline touches or crosses itself; kept as it is, inside by even-odd",
            ),
            (Some(OutlineFault::Entangled), _) => (
                None,
                "the outline is too entangled to be checked; kept as it is",
            ),
        };
        self.report
            .add(OddityKind::InvalidOutline, id, place, detail);
    }

    fn places(&mut self, id: &str, points: &[Xy]) -> Vec<LonLat> {
        let mut places: Vec<LonLat> = Vec::with_capacity(points.len());
        let mut n_bad = 0;
        let mut first_fault = None;
        for point in points {
            match self.place(id, *point) {
                Ok(place) if places.last() == Some(&place) => {}
                Ok(place) => places.push(place),
                Err(fault) => {
                    n_bad += 1;
                    first_fault.get_or_insert(fault);
                }
            }
        }
        if let Some(fault) = first_fault {
            let detail = format!("{n_bad} of {} points left out: {fault}", points.len());
            let place = places.first().copied();
            self.report.add(OddityKind::BadPlace, id, place, detail);
        }
        places
    }

    fn place(&mut self, id: &str, [x, y]: Xy) -> Result<LonLat, String> {
        match self.converter.axis_order(x, y) {
            AxisOrder::EastFirst => {}
            AxisOrder::NorthFirst => self.report.tally(
                OddityKind::Contradiction,
                id,
                "northing stands before easting; swapped",
            ),
        }
        self.converter
            .to_wgs84(x, y)
            .map_err(|error| error.to_string())
    }

    fn too_few(&mut self, id: &str, place: Option<LonLat>, fault: &str) {
        let detail = format!("{fault}; left out");
        self.report.add(OddityKind::TooFewPoints, id, place, detail);
    }
}

/// A corner of a hole that lies outside the first ring of its polygon.
fn stray_corner(rings: &[Vec<LonLat>]) -> Option<LonLat> {
    let (outer, holes) = rings.split_first()?;
    let most_holes = MOST_HOLE_COMPARISONS / outer.len().max(1);
    holes
        .iter()
        .take(most_holes)
        .filter_map(|hole| hole.first().copied())
        .find(|&corner| position(corner, [outer.as_slice()]) == Position::Outside)
}
