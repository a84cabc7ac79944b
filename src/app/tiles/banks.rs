//! Banks on the map: their lines, and how far every piece of them is from each kind of equipment.

use crate::app::coverage::Counting;
use crate::app::names;
use crate::app::tiles::things::BoxTree;
use crate::app::tiles::things::Properties;
use crate::app::tiles::things::box_tree;
use crate::app::tiles::things::found_in;
use crate::formats::mvt::Value;
use crate::geometry::map_point::MapBox;
use crate::geometry::map_point::MapPoint;
use crate::ground::Ground;
use crate::ground::search::FAR;
use crate::model::equipment::EquipmentKind;
use crate::plan::survey::ReachByKind;

/// So many edges are found as one.
const EDGES_A_CHUNK: usize = 32;

/// From this zoom on every edge is drawn by itself.
pub(super) const EDGE_BY_EDGE: u8 = 14;

/// Below, neighbors are one where for every kind they lie between the same two of these reaches, meters.
const CLASSES: [u16; 9] = [25, 50, 75, 100, 150, 200, 300, 500, 1_000];

/// The same where the whole region fits into one tile.
const FEW_CLASSES: [u16; 4] = [50, 100, 200, 500];

/// Nobody gets there.
const ABSENT: u16 = u16::MAX;

/// How far each kind is, whole meters.
type Reaches = [u16; EquipmentKind::ALL.len()];

/// The banks' lines; the same whatever happens to the equipment.
#[derive(Debug)]
pub struct BankLines {
    lines: Vec<Vec<MapPoint>>,
    chunks: Vec<Chunk>,
    tree: BoxTree,
}

/// A few edges of a bank.
#[derive(Clone, Copy, Debug)]
struct Chunk {
    bank: u32,
    first: u32,
    end: u32,
}

/// How far each edge of each bank is from the pieces that count, of every kind: as far as the farther of its ends.
#[derive(Debug)]
pub struct BankReaches(Vec<Vec<Reaches>>);

/// A piece of bank to be drawn.
pub(super) struct BankPiece<'a> {
    /// Its line.
    pub line: &'a [MapPoint],
    /// What is said of it.
    pub properties: Properties,
}

impl BankLines {
    /// The lines of all banks.
    pub fn new(ground: &Ground) -> Self {
        let place = |point| ground.plane.to_lon_lat(point).ok().map(MapPoint::of);
        let line = |bank: &crate::model::bank::Bank| -> Vec<MapPoint> {
            let points: Option<Vec<MapPoint>> = bank.line.iter().map(|&at| place(at)).collect();
            // The plane of a region covers its ground; a bank that it does not cover cannot be drawn.
            points.unwrap_or_default()
        };
        let lines: Vec<Vec<MapPoint>> = ground.banks.iter().map(line).collect();
        let mut chunks = Vec::new();
        for (bank, line) in lines.iter().enumerate() {
            let n_edges = line.len().saturating_sub(1);
            for first in (0..n_edges).step_by(EDGES_A_CHUNK) {
                chunks.push(Chunk {
                    bank: bank as u32,
                    first: first as u32,
                    end: (first + EDGES_A_CHUNK).min(n_edges) as u32,
                });
            }
        }
        let nowhere = MapPoint { x: 0, y: 0 };
        let bounds = |chunk: &Chunk| {
            let points = &lines[chunk.bank as usize][chunk.first as usize..=chunk.end as usize];
            let none = MapBox {
                low: nowhere,
                high: nowhere,
            };
            MapBox::around(points).unwrap_or(none)
        };
        let tree = box_tree(chunks.iter().map(bounds));
        Self {
            lines,
            chunks,
            tree,
        }
    }

    /// The banks in a box as pieces of one reach each, told to `draw`.
    pub(super) fn draw(
        &self,
        ground: &Ground,
        reaches: &BankReaches,
        bounds: &MapBox,
        classes: Classes,
        mut draw: impl FnMut(&BankPiece<'_>),
    ) {
        let found = found_in(&self.tree, bounds);
        let mut at = 0;
        while at < found.len() {
            let first = self.chunks[found[at] as usize];
            let mut end = first.end;
            at += 1;
            // Chunks that follow each other on one bank are drawn as one.
            while let Some(&next) = found.get(at)
                && self.chunks[next as usize].bank == first.bank
                && self.chunks[next as usize].first == end
            {
                end = self.chunks[next as usize].end;
                at += 1;
            }
            self.draw_run(
                ground,
                reaches,
                (first.bank, first.first, end),
                classes,
                &mut draw,
            );
        }
    }

    fn draw_run(
        &self,
        ground: &Ground,
        reaches: &BankReaches,
        (bank, first, end): (u32, u32, u32),
        classes: Classes,
        draw: &mut impl FnMut(&BankPiece<'_>),
    ) {
        let edges = &reaches.0[bank as usize];
        let reach = |edge: u32| edges[edge as usize];
        let mut from = first;
        while from < end {
            let mut reached = reach(from);
            let mut to = from + 1;
            while to < end && classes.are_alike(&reached, &reach(to)) {
                reached = farther(&reached, &reach(to));
                to += 1;
            }
            draw(&BankPiece {
                line: &self.lines[bank as usize][from as usize..=to as usize],
                properties: said(ground, bank, from, to, &reached),
            });
            from = to;
        }
    }
}

impl BankReaches {
    /// Looks up both ends of every edge.
    pub fn new(ground: &Ground, reach: &ReachByKind, counting: Counting) -> Self {
        let distance = |kind: usize, node: u32| {
            let usable = reach.usable[kind].label(node).distance;
            match counting {
                Counting::Usable => usable,
                Counting::AnyCondition => usable.min(reach.unusable[kind].label(node).distance),
            }
        };
        let meters = |node: u32| -> Reaches {
            std::array::from_fn(|kind| match distance(kind, node) {
                FAR => ABSENT,
                millimeters => ((millimeters + 500) / 1000).min(u32::from(ABSENT) - 1) as u16,
            })
        };
        let edge = |&[from, to]: &[u32; 2]| farther(&meters(from), &meters(to));
        let banks = ground.bank_edges.iter();
        Self(
            banks
                .map(|edges| edges.iter().map(edge).collect())
                .collect(),
        )
    }
}

/// Which neighbors are drawn as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Classes {
    /// None.
    EdgeByEdge,
    /// Those of about the same reach.
    Many,
    /// Those of roughly the same reach.
    Few,
}

impl Classes {
    /// What a zoom needs.
    pub fn of_zoom(zoom: u8) -> Self {
        match zoom {
            EDGE_BY_EDGE.. => Self::EdgeByEdge,
            10..EDGE_BY_EDGE => Self::Many,
            0..10 => Self::Few,
        }
    }

    fn are_alike(self, a: &Reaches, b: &Reaches) -> bool {
        let bounds: &[u16] = match self {
            Self::EdgeByEdge => return false,
            Self::Many => &CLASSES,
            Self::Few => &FEW_CLASSES,
        };
        let class = |reach: u16| match reach {
            ABSENT => bounds.len() + 1,
            _ => bounds.partition_point(|&bound| bound < reach),
        };
        a.iter().zip(b).all(|(&a, &b)| class(a) == class(b))
    }
}

/// The larger reach for every kind: a piece is as far as its farthest point; nobody gets all along it who does not get to its ends.
fn farther(a: &Reaches, b: &Reaches) -> Reaches {
    std::array::from_fn(|kind| a[kind].max(b[kind]))
}

fn said(ground: &Ground, bank: u32, from: u32, to: u32, reached: &Reaches) -> Properties {
    let line = &ground.banks[bank as usize];
    let chainage = |index: u32| Value::Whole(line.chainage[index as usize].0.round() as i64);
    let body = &ground.water_bodies[line.water_body];
    let mut said = vec![
        ("bank", Value::Text(line.id.clone())),
        ("water_body", Value::Text(body.id.clone())),
        ("from_m", chainage(from)),
        ("to_m", chainage(to)),
    ];
    for (kind, &reach) in EquipmentKind::ALL.iter().zip(reached) {
        if reach != ABSENT {
            said.push((names::of_equipment(*kind), Value::Whole(i64::from(reach))));
        }
    }
    said
}
