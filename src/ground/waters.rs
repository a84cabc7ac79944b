//! Mapped water in the plane: areas as they are, center lines widened to strips, coasts; and the lines that bound them.

use geo::Coord;
use rstar::AABB;
use rstar::RTree;
use rustc_hash::FxHashMap;

use crate::geometry::plane::LocalPlane;
use crate::ground::domain::Domain;
use crate::ground::inside::Outlines;
use crate::ground::inside::signed_area_m2;
use crate::ground::outline::BANK_STEP_MM;
use crate::ground::outline::Mark;
use crate::ground::outline::Segment;
use crate::ground::outline::add_line;
use crate::ground::outline::add_segment;
use crate::ground::outline::densified;
use crate::ground::river_ends::RiverEnds;
use crate::ground::spot::Spot;
use crate::ground::spot::nearest_share;
use crate::ground::strips::Strip;
use crate::ground::strips::StripPiece;
use crate::ground::strips::add_strip;
use crate::ground::strips::beside;
use crate::model::layers::Layers;
use crate::model::region::WaterClass;
use crate::model::region::WaterSettings;
use crate::model::water::Course;
use crate::model::water::WaterArea;
use crate::model::water::WaterKind;
use crate::model::water::WaterLine;
use crate::units::Meters;

/// Narrower streams and ditches bar nobody.
pub const STEP_OVER: Meters = Meters(2.0);

/// One piece of mapped water: what a water body is made of.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where it stands in its source.
    pub source: String,
    /// Its name, or that of the line through it.
    pub name: Option<String>,
    /// What kind of water.
    pub kind: WaterKind,
    /// Whether it bars the way.
    pub is_barrier: bool,
    /// Whether its banks count.
    pub has_banks: bool,
}

/// All mapped water of a region, in its plane.
#[derive(Debug)]
pub struct Waters {
    /// Areas first, then lines, last the sea, if there is any.
    pub parts: Vec<Part>,
    /// How many parts are areas.
    pub n_areas: usize,
    areas: Outlines,
    cuts: Vec<Vec<Vec<u32>>>,
    strips: Vec<Strip>,
    strip_tree: RTree<StripPiece>,
    /// Center lines as mapped, by part, for telling left from right.
    pub center_lines: Vec<(usize, Vec<Spot>)>,
    /// The sea's shore, each piece with the sea on its right.
    pub coasts: Vec<Vec<Spot>>,
    /// Whether a coast goes on beyond the map: before its first, after its last spot.
    coast_ends: Vec<[bool; 2]>,
    river_ends: RiverEnds,
}

/// Half the width of a water line.
pub fn half_width(line: &WaterLine) -> Meters {
    let by_kind = match line.kind {
        WaterKind::Canal => Meters(6.0),
        WaterKind::Stream => Meters(1.5),
        WaterKind::Ditch => Meters(1.0),
        WaterKind::River
        | WaterKind::Lake
        | WaterKind::Reservoir
        | WaterKind::Pond
        | WaterKind::Basin
        | WaterKind::Sea => Meters(10.0),
    };
    line.width.unwrap_or(by_kind) * 0.5
}

impl Waters {
    /// Takes the water that counts into the plane.
    pub fn new(layers: &Layers, settings: &WaterSettings, plane: &LocalPlane) -> Self {
        let mut parts = Vec::new();
        let (areas, cuts) = areas(layers, settings, plane, &mut parts);
        let n_areas = parts.len();
        let mut waters = Self {
            parts,
            n_areas,
            areas,
            cuts,
            strips: Vec::new(),
            strip_tree: RTree::new(),
            center_lines: Vec::new(),
            coasts: Vec::new(),
            coast_ends: Vec::new(),
            river_ends: RiverEnds::default(),
        };
        waters.add_lines(layers, settings, plane);
        waters.add_coasts(layers, plane);
        waters
    }

    /// The lines that bound all water, and walls where it leaves the map.
    pub fn outline(&self, domain: &Domain) -> Vec<Segment> {
        let mut segments = Vec::new();
        for area in 0..self.n_areas {
            for (ring, cuts) in self.areas.rings(area).iter().zip(&self.cuts[area]) {
                self.add_ring(&mut segments, area, ring, cuts, domain);
            }
        }
        for strip in &self.strips {
            add_strip(&mut segments, strip, domain);
        }
        for (coast, ends) in self.coasts.iter().zip(&self.coast_ends) {
            add_line(&mut segments, coast, Mark::COAST);
            // The extract's border, where the coast was cut, is nearest; the last bit of coast may point anywhere.
            for (&is_open, end) in ends.iter().zip([coast[0], coast[coast.len() - 1]]) {
                if is_open && let Some(exit) = domain.nearest_exit(end) {
                    add_segment(&mut segments, end, exit, Mark::COAST.and(Mark::CUT));
                }
            }
        }
        self.river_ends.close(&mut segments, &self.areas, domain);
        segments.retain(|segment| domain.touches(segment.from, segment.to));
        segments
    }

    /// The part that holds a point (the smallest of several areas), if any; the sea is told by its coast, not here.
    pub fn part_at(&self, spot: Spot) -> Option<usize> {
        let area = |index: &usize| -> f64 {
            self.areas
                .rings(*index)
                .iter()
                .map(|ring| signed_area_m2(ring).abs())
                .sum()
        };
        let point = spot.coord();
        let smallest = self
            .areas
            .holding(point)
            .into_iter()
            .min_by(|a, b| area(a).total_cmp(&area(b)));
        smallest.or_else(|| self.strip_at(spot))
    }

    fn strip_at(&self, spot: Spot) -> Option<usize> {
        let here = AABB::from_point([f64::from(spot.x), f64::from(spot.y)]);
        let holds = |piece: &&StripPiece| {
            let share = nearest_share(piece.from, piece.to, spot);
            let is_beyond = (piece.is_end[0] && share <= 0.0) || (piece.is_end[1] && share >= 1.0);
            let nearest = piece.from.toward(piece.to, share);
            !is_beyond && nearest.millimeters_to(spot) <= piece.half_mm + 1.0
        };
        let found = self
            .strip_tree
            .locate_in_envelope_intersecting(here)
            .filter(holds);
        found.map(|piece| piece.part).min()
    }

    /// Adds a ring of an area, and walls to the edge of the map where the extract cut it.
    fn add_ring(
        &self,
        segments: &mut Vec<Segment>,
        area: usize,
        ring: &[Coord],
        cuts: &[u32],
        domain: &Domain,
    ) {
        let spots: Vec<Spot> = ring.iter().filter_map(|&point| Spot::at(point)).collect();
        for (i, &from) in spots.iter().enumerate() {
            let to = spots[(i + 1) % spots.len()];
            if !cuts.contains(&(i as u32)) {
                add_line(segments, &densified(&[from, to], BANK_STEP_MM), Mark::SHORE);
                continue;
            }
            add_segment(segments, from, to, Mark::CUT);
            let [x, y] = from.to(to);
            let length = x.hypot(y).max(1.0);
            let beside = |sign: f64| {
                let middle = from.toward(to, 0.5).coord();
                Coord {
                    x: middle.x - sign * y / length * 0.5,
                    y: middle.y + sign * x / length * 0.5,
                }
            };
            let is_water_left = self.areas.holding(beside(1.0)).contains(&area);
            let outward = if is_water_left { [y, -x] } else { [-y, x] };
            for end in [from, to] {
                if let Some(exit) = domain.exit(end, outward) {
                    add_segment(segments, end, exit, Mark::WALL);
                }
            }
        }
    }

    fn add_lines(&mut self, layers: &Layers, settings: &WaterSettings, plane: &LocalPlane) {
        let n_ends = line_ends(&layers.water_lines);
        let mut lent_names: FxHashMap<usize, FxHashMap<usize, f64>> = FxHashMap::default();
        let mut pieces = Vec::new();
        for line in &layers.water_lines {
            let half = half_width(line);
            let has_banks = settings.include.contains(&WaterClass::of_line(line.kind));
            let is_barrier = match line.kind {
                WaterKind::Stream | WaterKind::Ditch => half * 2.0 >= STEP_OVER,
                WaterKind::River
                | WaterKind::Canal
                | WaterKind::Lake
                | WaterKind::Reservoir
                | WaterKind::Pond
                | WaterKind::Basin
                | WaterKind::Sea => true,
            };
            if line.course == Course::Underground || !(has_banks || is_barrier) {
                continue;
            }
            let spots: Vec<Spot> = line
                .points
                .iter()
                .filter_map(|&place| Spot::at(plane.to_plane(place)))
                .collect();
            let spots = densified(&spots, BANK_STEP_MM);
            if spots.len() < 2 {
                continue;
            }
            let part = self.parts.len();
            self.parts.push(Part {
                source: line.source.clone(),
                name: line.name.clone(),
                kind: line.kind,
                is_barrier,
                has_banks,
            });
            let area_of: Vec<Option<usize>> = spots
                .iter()
                .map(|spot| self.areas.holding(spot.coord()).first().copied())
                .collect();
            for (pair, areas) in spots.windows(2).zip(area_of.windows(2)) {
                if let (Some(area), Some(_)) = (areas[0], areas[1]) {
                    *lent_names.entry(area).or_default().entry(part).or_default() +=
                        pair[0].millimeters_to(pair[1]);
                }
            }
            let goes_on = |end: usize, is_cut: bool| {
                let place = line.points[end].key();
                let flows = matches!(line.kind, WaterKind::River | WaterKind::Canal);
                is_cut || (flows && n_ends.get(&place).copied().unwrap_or(0) < 2)
            };
            let is_open = [
                goes_on(0, line.is_cut_at_start),
                goes_on(line.points.len() - 1, line.is_cut_at_end),
            ];
            self.add_strips(part, &spots, &area_of, half, is_open, &mut pieces);
            self.river_ends.add(&spots, &area_of, is_open);
            self.center_lines.push((part, spots));
        }
        self.strip_tree = RTree::bulk_load(pieces);
        for (area, by_line) in lent_names {
            let longest = by_line
                .into_iter()
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            let Some((line, _)) = longest else { continue };
            let (lender, name) = (self.parts[line].kind, self.parts[line].name.clone());
            let part = &mut self.parts[area];
            if part.name.is_none() && part.kind == lender {
                part.name = name;
            }
        }
    }

    /// Adds the runs of a center line that lie outside all areas; a piece that enters an area belongs to the run.
    fn add_strips(
        &mut self,
        part: usize,
        spots: &[Spot],
        area_of: &[Option<usize>],
        half: Meters,
        is_open: [bool; 2],
        pieces: &mut Vec<StripPiece>,
    ) {
        let is_dry = |i: usize| area_of[i].is_none() || area_of[i + 1].is_none();
        let half_mm = half.0 * 1000.0;
        let n_pieces = spots.len() - 1;
        let mut i = 0;
        while i < n_pieces {
            if !is_dry(i) {
                i += 1;
                continue;
            }
            let first = i;
            while i < n_pieces && is_dry(i) {
                i += 1;
            }
            let center = spots[first..=i].to_vec();
            for (at, pair) in center.windows(2).enumerate() {
                let is_end = [at == 0, at + 2 == center.len()];
                pieces.push(StripPiece {
                    part,
                    from: pair[0],
                    to: pair[1],
                    half_mm,
                    is_end,
                });
            }
            self.strips.push(Strip {
                left: beside(&center, half_mm),
                right: beside(&center, -half_mm),
                is_open: [first == 0 && is_open[0], i == n_pieces && is_open[1]],
                center,
            });
        }
    }

    fn add_coasts(&mut self, layers: &Layers, plane: &LocalPlane) {
        let mut n_ends: FxHashMap<(i32, i32), usize> = FxHashMap::default();
        for coast in &layers.coastlines {
            for end in coast.points.first().into_iter().chain(coast.points.last()) {
                *n_ends.entry(end.key()).or_default() += 1;
            }
        }
        for coast in &layers.coastlines {
            let spots: Vec<Spot> = coast
                .points
                .iter()
                .filter_map(|&p| Spot::at(plane.to_plane(p)))
                .collect();
            let spots = densified(&spots, BANK_STEP_MM);
            if spots.len() < 2 {
                continue;
            }
            let ends = [&coast.points[0], &coast.points[coast.points.len() - 1]];
            self.coast_ends.push(ends.map(|end| n_ends[&end.key()] < 2));
            self.coasts.push(spots);
        }
        if let Some(first) = layers.coastlines.iter().map(|coast| &coast.source).min() {
            self.parts.push(Part {
                source: first.clone(),
                name: None,
                kind: WaterKind::Sea,
                is_barrier: true,
                has_banks: true,
            });
        }
    }
}

/// How many water lines begin or end at each point, those underground too; a line through the point counts twice.
fn line_ends(lines: &[WaterLine]) -> FxHashMap<(i32, i32), usize> {
    let mut n_ends: FxHashMap<(i32, i32), usize> = FxHashMap::default();
    for line in lines {
        let last = line.points.len().saturating_sub(1);
        for (i, place) in line.points.iter().enumerate() {
            *n_ends.entry(place.key()).or_default() += if i == 0 || i == last { 1 } else { 2 };
        }
    }
    n_ends
}

/// The areas that are large enough, in the plane, with the cut edges of each ring.
fn areas(
    layers: &Layers,
    settings: &WaterSettings,
    plane: &LocalPlane,
    parts: &mut Vec<Part>,
) -> (Outlines, Vec<Vec<Vec<u32>>>) {
    let mut outlines = Vec::new();
    let mut cuts = Vec::new();
    for area in &layers.water_areas {
        let rings = plane_rings(area, plane);
        let largest = rings
            .iter()
            .map(|ring| signed_area_m2(ring).abs())
            .fold(0.0, f64::max);
        if largest < settings.min_area_m2 {
            continue;
        }
        parts.push(Part {
            source: area.source.clone(),
            name: area.name.clone(),
            kind: area.kind,
            is_barrier: true,
            has_banks: settings.include.contains(&WaterClass::Area),
        });
        outlines.push(rings);
        cuts.push(area.rings.iter().map(|ring| ring.cuts.clone()).collect());
    }
    (Outlines::new(outlines), cuts)
}

fn plane_rings(area: &WaterArea, plane: &LocalPlane) -> Vec<Vec<Coord>> {
    let in_plane = |ring: &crate::model::water::Ring| -> Vec<Coord> {
        ring.points
            .iter()
            .map(|&place| plane.to_plane(place))
            .collect()
    };
    area.rings.iter().map(in_plane).collect()
}
