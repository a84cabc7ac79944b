//! The picture of a map: water, houses, ways, a village's outline, its banks and what stands at them.

use geo::Coord;

use crate::formats::pdf::paper::Align;
use crate::formats::pdf::paper::Color;
use crate::formats::pdf::paper::Frame;
use crate::formats::pdf::paper::Item;
use crate::formats::pdf::paper::Lines;
use crate::formats::pdf::paper::Look;
use crate::formats::pdf::paper::Weight;
use crate::formats::pdf::paper::circle;
use crate::formats::pdf::paper::filled;
use crate::formats::pdf::paper::rule;
use crate::formats::pdf::paper::text;
use crate::formats::pdf::text::harmless;
use crate::formats::pdf::text::width;

/// Two points of a line that are nearer to each other are one, points.
const NEAR: f32 = 0.2;

/// Around the land that is shown, of its size.
const MARGIN: f64 = 0.05;

/// No map shows less than this, meters.
const LEAST: f64 = 100.0;

/// How wide every map is drawn, points.
pub(super) const WIDE: f32 = 511.0;

/// How tall one is drawn, at least and at most, points.
const HEIGHTS: [f32; 2] = [230.0, 470.0];

/// Of the marks on the map, points.
const MARK: f32 = 6.5;

/// So many marks at most; more would only cover the map.
const MOST_MARKS: usize = 120;

/// A stretch of bank that is too far from everything.
#[derive(Clone, Debug, PartialEq)]
pub struct MapGap {
    /// In the plane.
    pub line: Vec<Coord>,
    /// 1 (low) to 4 (highest): the riskier, the thicker.
    pub risk: u8,
    /// What it is called in the list; empty for none.
    pub mark: String,
}

/// A piece of equipment.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPiece {
    /// In the plane.
    pub at: Coord,
    /// What it is called in the list; empty for none.
    pub mark: String,
    /// Whether it can be used.
    pub is_usable: bool,
}

/// What a map shows, in a plane of meters, east and north.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// Around what must be seen: south-west and north-east.
    pub seen: [Coord; 2],
    /// Areas of water, each with its holes.
    pub waters: Vec<Vec<Vec<Coord>>>,
    /// Water that is mapped as a line.
    pub streams: Vec<Vec<Coord>>,
    /// Houses.
    pub houses: Vec<Vec<Vec<Coord>>>,
    /// Streets and the larger ways.
    pub streets: Vec<Vec<Coord>>,
    /// Footpaths and the like.
    pub paths: Vec<Vec<Coord>>,
    /// The outline of the village.
    pub outline: Vec<Vec<Coord>>,
    /// All banks of the village; where there is a gap, it is drawn over them.
    pub banks: Vec<Vec<Coord>>,
    /// The gaps, the most important first.
    pub gaps: Vec<MapGap>,
    /// The equipment.
    pub pieces: Vec<MapPiece>,
    /// The letter that stands for north.
    pub north: String,
    /// Who must be named beside the map.
    pub attribution: String,
}

impl Map {
    /// How tall it is drawn, points: as the land is, within bounds.
    pub(super) fn height(&self) -> f32 {
        let [low, high] = bounds(self.seen);
        height_of(low, high)
    }

    /// All that comes into the picture of what must be seen: south-west and north-east.
    pub fn window(seen: [Coord; 2]) -> [Coord; 2] {
        let [low, high] = bounds(seen);
        let (wide, tall) = (f64::from(WIDE), f64::from(height_of(low, high)));
        let scale = ((high.x - low.x) / wide).max((high.y - low.y) / tall);
        let center = (low + high) / 2.0;
        let half = Coord {
            x: wide * scale / 2.0,
            y: tall * scale / 2.0,
        };
        [center - half, center + half]
    }
    /// The picture in a frame.
    pub(super) fn drawn(&self, frame: Frame) -> Vec<Item> {
        let view = View::new(bounds(self.seen), frame);
        let mut items = vec![filled(frame, Color::LAND)];
        let areas = |shapes: &[Vec<Vec<Coord>>], color| Item::Areas {
            rings: shapes
                .iter()
                .flatten()
                .map(|ring| view.line(ring))
                .collect(),
            color,
        };
        // Waters may lie over each other; each is filled by itself.
        items.extend(
            self.waters
                .iter()
                .map(|water| areas(std::slice::from_ref(water), Color::WATER)),
        );
        let strokes = |lines: &[Vec<Coord>], color, width| Item::Strokes {
            lines: lines.iter().map(|line| view.line(line)).collect(),
            color,
            width,
            dash: None,
        };
        items.push(strokes(&self.streams, Color::WATER, 0.9));
        items.push(areas(&self.houses, Color::HOUSE));
        items.push(strokes(&self.paths, Color::WAY, 0.35));
        items.push(strokes(&self.streets, Color::WAY, 1.0));
        items.push(strokes(&self.streets, Color::WHITE, 0.6));
        let mut outline = strokes(&self.closed_outline(), Color::SOFT, 0.8);
        if let Item::Strokes { dash, .. } = &mut outline {
            *dash = Some([4.0, 2.5]);
        }
        items.push(outline);
        items.push(strokes(&self.banks, Color::WITHIN, 1.1));
        self.draw_gaps(&view, &mut items);
        self.draw_pieces(&view, &mut items);
        let north = [frame.right - 16.0, frame.top + 22.0];
        let mut taken = vec![
            corner(frame, bar(&view).0),
            name_frame(frame, &self.attribution),
            around(north, 15.0),
        ];
        self.draw_marks(&view, frame, &mut items, &mut taken);
        items.extend(bar(&view).1);
        items.extend(self.north(frame));
        items.extend(self.named(frame));
        let edge = Item::Strokes {
            lines: vec![closed(frame.ring())],
            color: Color::LINE,
            width: 0.8,
            dash: None,
        };
        vec![Item::Clipped { frame, items }, edge]
    }

    fn closed_outline(&self) -> Vec<Vec<Coord>> {
        let rings = self.outline.iter().cloned();
        rings
            .map(|mut ring| {
                ring.extend(ring.first().copied());
                ring
            })
            .collect()
    }

    fn draw_gaps(&self, view: &View, items: &mut Vec<Item>) {
        for (casing, color) in [(1.2, Color::WHITE), (0.0, Color::GAP)] {
            for risk in 1..=4_u8 {
                let gaps = self.gaps.iter().filter(|gap| gap.risk.clamp(1, 4) == risk);
                items.push(Item::Strokes {
                    lines: gaps.map(|gap| view.line(&gap.line)).collect(),
                    color,
                    width: 1.1 + 0.4 * f32::from(risk) + casing,
                    dash: None,
                });
            }
        }
    }

    fn draw_pieces(&self, view: &View, items: &mut Vec<Item>) {
        for (is_usable, color) in [(false, Color::WHITE), (true, Color::INK)] {
            let pieces = self
                .pieces
                .iter()
                .filter(|piece| piece.is_usable == is_usable);
            let places: Vec<[f32; 2]> = pieces.map(|piece| view.point(piece.at)).collect();
            for (radius, color) in [(2.9, Color::WHITE), (2.3, Color::INK), (1.5, color)] {
                // One by one: where two disks meet, there is no hole.
                items.extend(places.iter().map(|&at| Item::Areas {
                    rings: vec![circle(at, radius)],
                    color,
                }));
            }
        }
    }

    /// Marks where there is room, those of gaps first.
    fn draw_marks(&self, view: &View, frame: Frame, items: &mut Vec<Item>, taken: &mut Vec<Frame>) {
        let gaps = self.gaps.iter().filter_map(|gap| {
            let middle = middle(&gap.line)?;
            Some((view.point(middle), gap.mark.as_str(), Color::GAP))
        });
        let pieces = self.pieces.iter();
        let pieces = pieces.map(|piece| (view.point(piece.at), piece.mark.as_str(), Color::INK));
        // No mark lies over a piece.
        taken.extend(
            self.pieces
                .iter()
                .map(|piece| around(view.point(piece.at), 2.4)),
        );
        let mut n_marks = 0;
        for (at, mark, color) in gaps.chain(pieces) {
            if mark.is_empty() || n_marks == MOST_MARKS {
                continue;
            }
            let mark = harmless(mark);
            let wide = width(&mark, MARK);
            let places = [
                [at[0] + 4.0, at[1] + 2.4],
                [at[0] - 4.0 - wide, at[1] + 2.4],
                [at[0] - wide / 2.0, at[1] - 4.2],
                [at[0] - wide / 2.0, at[1] + 9.2],
            ];
            let framed = places.map(|[x, y]| Frame {
                left: x - 0.8,
                top: y - MARK * 0.85,
                right: x + wide + 0.8,
                bottom: y + MARK * 0.2,
            });
            let is_free = |own: &Frame| {
                let is_inside = frame.left + 2.0 < own.left
                    && frame.top + 2.0 < own.top
                    && own.right < frame.right - 2.0
                    && own.bottom < frame.bottom - 2.0;
                is_inside && taken.iter().all(|other| !other.meets(*own))
            };
            let Some(index) = framed.iter().position(is_free) else {
                continue;
            };
            taken.push(framed[index]);
            n_marks += 1;
            let look = Look::new(MARK, color, Weight::Haloed);
            items.push(text(&mark, places[index], Align::Left, look));
        }
    }

    fn north(&self, frame: Frame) -> Vec<Item> {
        let (x, y) = (frame.right - 16.0, frame.top + 12.0);
        let arrow = |dx: f32| vec![[x, y], [x + dx, y + 15.0], [x, y + 11.5]];
        let halo = Item::Areas {
            rings: vec![circle([x, y + 10.0], 14.0)],
            color: Color::WHITE,
        };
        let dark = Item::Areas {
            rings: vec![arrow(4.6)],
            color: Color::INK,
        };
        let edge = Item::Strokes {
            lines: vec![closed(vec![
                [x, y],
                [x + 4.6, y + 15.0],
                [x, y + 11.5],
                [x - 4.6, y + 15.0],
            ])],
            color: Color::INK,
            width: 0.6,
            dash: None,
        };
        let look = Look::new(6.5, Color::INK, Weight::Bold);
        let name = text(&self.north, [x, y + 21.5], Align::Middle, look);
        vec![halo, dark, edge, name]
    }

    fn named(&self, frame: Frame) -> Vec<Item> {
        if self.attribution.is_empty() {
            return Vec::new();
        }
        let own = name_frame(frame, &self.attribution);
        let look = Look::new(6.0, Color::SOFT, Weight::Regular);
        let place = [own.right - 4.0, own.bottom - 3.2];
        vec![
            filled(own, Color::WHITE),
            text(&self.attribution, place, Align::Right, look),
        ]
    }
}

/// The point halfway along a line.
fn middle(line: &[Coord]) -> Option<Coord> {
    let length = |pair: &[Coord]| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y);
    let mut left = line.windows(2).map(length).sum::<f64>() / 2.0;
    for pair in line.windows(2) {
        let own = length(pair);
        if left <= own && own > 0.0 {
            return Some(pair[0] + (pair[1] - pair[0]) * (left / own));
        }
        left -= own;
    }
    line.first().copied()
}

fn height_of(low: Coord, high: Coord) -> f32 {
    let share = (high.y - low.y) / (high.x - low.x);
    (WIDE * share as f32).clamp(HEIGHTS[0], HEIGHTS[1])
}

/// What must be seen with some land around it.
fn bounds([low, high]: [Coord; 2]) -> [Coord; 2] {
    let size = (high.x - low.x).max(high.y - low.y);
    let more = if size.is_finite() { size * MARGIN } else { 0.0 };
    let center = (low + high) / 2.0;
    let half = |from: f64, to: f64| ((to - from) / 2.0 + more).max(LEAST / 2.0);
    let half = Coord {
        x: half(low.x, high.x),
        y: half(low.y, high.y),
    };
    [center - half, center + half]
}

/// The bar that tells how long a length is, and how wide it is, points.
fn bar(view: &View) -> (f32, Vec<Item>) {
    let most = 110.0 / view.scale;
    let power = 10_f64.powf(most.log10().floor());
    let meters = [5.0, 2.0, 1.0].map(|step| step * power);
    let meters = meters
        .into_iter()
        .find(|meters| *meters <= most)
        .unwrap_or(power);
    let long = (meters * view.scale) as f32;
    let said = if meters < 1000.0 {
        format!("{meters} m")
    } else {
        format!("{} km", meters / 1000.0)
    };
    let (x, y) = (view.frame.left + 12.0, view.frame.bottom - 12.0);
    let box_behind = Frame {
        left: x - 6.0,
        top: y - 13.0,
        right: x + long + 6.0,
        bottom: y + 6.0,
    };
    let line = Item::Strokes {
        lines: vec![vec![
            [x, y - 3.0],
            [x, y],
            [x + long, y],
            [x + long, y - 3.0],
        ]],
        color: Color::INK,
        width: 0.9,
        dash: None,
    };
    let look = Look::new(6.5, Color::INK, Weight::Regular);
    let name = text(&said, [x + long / 2.0, y - 4.0], Align::Middle, look);
    (long, vec![filled(box_behind, Color::WHITE), line, name])
}

/// Where the bar of a map stands.
fn corner(frame: Frame, long: f32) -> Frame {
    Frame {
        left: frame.left,
        top: frame.bottom - 26.0,
        right: frame.left + long + 20.0,
        bottom: frame.bottom,
    }
}

fn name_frame(frame: Frame, name: &str) -> Frame {
    let wide = width(&harmless(name), 6.0);
    Frame {
        left: frame.right - wide - 8.0,
        top: frame.bottom - 11.0,
        right: frame.right,
        bottom: frame.bottom,
    }
}

fn around([x, y]: [f32; 2], radius: f32) -> Frame {
    Frame {
        left: x - radius,
        top: y - radius,
        right: x + radius,
        bottom: y + radius,
    }
}

fn closed(mut ring: Vec<[f32; 2]>) -> Vec<[f32; 2]> {
    ring.extend(ring.first().copied());
    ring
}

/// How the plane lies in a frame.
struct View {
    frame: Frame,
    center: Coord,
    middle: [f32; 2],
    /// Points for a meter.
    scale: f64,
}

impl View {
    fn new([low, high]: [Coord; 2], frame: Frame) -> Self {
        let wide = f64::from(frame.right - frame.left) / (high.x - low.x);
        let tall = f64::from(frame.bottom - frame.top) / (high.y - low.y);
        Self {
            center: (low + high) / 2.0,
            middle: [
                f32::midpoint(frame.left, frame.right),
                f32::midpoint(frame.top, frame.bottom),
            ],
            scale: wide.min(tall),
            frame,
        }
    }

    fn point(&self, at: Coord) -> [f32; 2] {
        let from_center = (at - self.center) * self.scale;
        [
            self.middle[0] + from_center.x as f32,
            self.middle[1] - from_center.y as f32,
        ]
    }

    /// A line, without the points that nobody could tell from the one before.
    fn line(&self, line: &[Coord]) -> Vec<[f32; 2]> {
        let mut drawn: Vec<[f32; 2]> = Vec::with_capacity(line.len());
        for (index, &at) in line.iter().enumerate() {
            let point = self.point(at);
            let is_near = drawn.last().is_some_and(|last| {
                (last[0] - point[0]).abs() < NEAR && (last[1] - point[1]).abs() < NEAR
            });
            // The last one stays, so that a short line is one, too.
            if !is_near || index + 1 == line.len() {
                drawn.push(point);
            }
        }
        drawn
    }
}

/// A short line in the colors of the map, for its legend.
pub(super) fn sample(of: Sample, [x, y]: [f32; 2]) -> Vec<Item> {
    let line = |color, width| rule([x, y], [x + 16.0, y], color, width);
    let disk = |radius, color| Item::Areas {
        rings: vec![circle([x + 8.0, y], radius)],
        color,
    };
    match of {
        Sample::Within => vec![line(Color::WITHIN, 1.6)],
        Sample::Gap => vec![line(Color::GAP, 2.6)],
        Sample::Usable => vec![disk(2.6, Color::INK)],
        Sample::Unusable => vec![disk(2.6, Color::INK), disk(1.7, Color::WHITE)],
        Sample::Outline => vec![Item::Strokes {
            lines: Lines::from([vec![[x, y], [x + 16.0, y]]]),
            color: Color::SOFT,
            width: 0.9,
            dash: Some([4.0, 2.5]),
        }],
    }
}

/// What the legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// Bank within the limit.
    Within,
    /// Bank beyond it.
    Gap,
    /// Equipment that can be used.
    Usable,
    /// Equipment that cannot.
    Unusable,
    /// The village's outline.
    Outline,
}
