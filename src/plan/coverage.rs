//! Coverage: which metres of bank are within reach of usable equipment, and where the gaps are and why.

use geo::Coord;
use rayon::prelude::*;

use crate::ground::Ground;
use crate::ground::cover::Cover;
use crate::ground::passed::length_over;
use crate::ground::passed::passed;
use crate::ground::place::Place;
use crate::ground::spot::Spot;
use crate::plan::edge::BankEdge;
use crate::plan::footprint::Footprint;
use crate::plan::footprint::by_bank;
use crate::plan::footprint::footprints;
use crate::plan::intervals::Intervals;
use crate::plan::straight::nearest_on_line;
use crate::plan::straight::nearest_to_line;
use crate::plan::straight::spots_of;
use crate::plan::survey::Survey;
use crate::plan::totals::Totals;
use crate::units::Meters;

/// Shorter gaps are rounding, not banks.
pub const SHORTEST_GAP: Meters = Meters(0.01);

/// A straight line is over water for less than this only because of rounding at the bank.
///
/// # Units
///
/// Millimeters.
const TOUCHING_MM: f64 = 100.0;

/// Why a gap is a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No piece stands near.
    NoneNear,
    /// A usable piece stands within the limit as the crow flies, but across the water.
    AcrossWater,
    /// A piece stands within reach, but it is damaged, missing or unverified.
    OnlyUnusable,
    /// Nobody gets here on foot from any usable piece.
    Unreachable,
}

/// A maximal stretch of a bank, within one village, that no usable piece reaches within the limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The bank and the decimeter where it starts; the same as long as neither changes.
    pub id: String,
    /// Index of the bank.
    pub bank: u32,
    /// Index of the village, if any.
    pub village: Option<usize>,
    /// Chainage of the start.
    pub from: Meters,
    /// Chainage of the end; beyond the bank's length where a gap runs over the start of a ring.
    pub to: Meters,
    /// The farthest that any point of it is from a usable piece; none where nobody gets here at all.
    pub worst_reach: Option<Meters>,
    /// Why.
    pub reason: Reason,
    /// The usable piece that is nearest as the crow flies, by its number, and how far it is.
    pub nearest: Option<(u32, Meters)>,
    /// The gap's line in the plane, meters.
    pub line: Vec<Coord>,
}

/// One bank at one limit.
#[derive(Clone, Debug, PartialEq)]
pub struct BankCoverage {
    /// Which parts are within the limit.
    pub covered: Intervals,
    /// The rest, cut at village borders.
    pub gaps: Vec<Gap>,
}

/// All banks at one limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The limit: a reach that equals it is covered.
    pub limit: Meters,
    /// All banks together.
    pub total: Totals,
    /// By water body, in the ground's order.
    pub water_bodies: Vec<Totals>,
    /// By village, in the ground's order.
    pub villages: Vec<Totals>,
    /// Banks in no village.
    pub elsewhere: Totals,
    /// Bank by bank, in the ground's order.
    pub banks: Vec<BankCoverage>,
}

impl Coverage {
    /// All gaps, bank by bank.
    pub fn gaps(&self) -> impl Iterator<Item = &Gap> {
        self.banks.iter().flat_map(|bank| &bank.gaps)
    }
}

/// The coverage of all banks, on all cores.
pub fn coverage(survey: &Survey<'_>, limit: Meters) -> Coverage {
    coverage_by(survey, &Prints::new(survey, limit))
}

/// The same from what every piece covers, for whoever has further questions about that.
pub fn coverage_by(survey: &Survey<'_>, prints: &Prints) -> Coverage {
    let banks = coverage_of_banks(survey, prints);
    crate::plan::totals::summed(survey.ground, prints.limit, banks)
}

/// The coverage of each bank, in the ground's order, on all cores.
pub fn coverage_of_banks(survey: &Survey<'_>, prints: &Prints) -> Vec<BankCoverage> {
    (0..survey.ground.banks.len() as u32)
        .into_par_iter()
        .map(|bank| bank_coverage(survey, prints, bank))
        .collect()
}

/// What every piece covers at one limit, bank by bank.
#[derive(Clone, Debug, PartialEq)]
pub struct Prints {
    /// The limit.
    pub limit: Meters,
    /// By bank: what each usable piece covers.
    pub usable: Vec<Vec<(u32, Intervals)>>,
    /// By bank: what each piece that cannot be used would cover.
    pub unusable: Vec<Vec<(u32, Intervals)>>,
}

impl Prints {
    /// One bounded search for each piece, on all cores.
    pub fn new(survey: &Survey<'_>, limit: Meters) -> Self {
        let of = |pieces: Vec<(u32, &Place)>| {
            by_bank(
                survey.ground,
                footprints(survey.ground, survey.closures, pieces, limit),
            )
        };
        let unusable = survey.unusable.iter().flat_map(|pieces| pieces.iter());
        Self {
            limit,
            usable: of(survey.pieces().collect()),
            unusable: of(unusable.collect()),
        }
    }

    /// Of no piece at all.
    pub fn none(ground: &Ground) -> Self {
        Self {
            limit: Meters::ZERO,
            usable: vec![Vec::new(); ground.banks.len()],
            unusable: vec![Vec::new(); ground.banks.len()],
        }
    }

    /// Takes in what other pieces cover at another limit.
    pub fn append(&mut self, other: Self) {
        let own = [&mut self.usable, &mut self.unusable];
        for (own, other) in own.into_iter().zip([other.usable, other.unusable]) {
            for (own, mut other) in own.iter_mut().zip(other) {
                own.append(&mut other);
            }
        }
    }

    /// Takes in a usable piece; tells which banks it touches.
    pub fn add(&mut self, piece: u32, footprint: Footprint) -> Vec<u32> {
        let banks = footprint.0.iter().map(|(bank, _)| *bank).collect();
        for (bank, covered) in footprint.0 {
            self.usable[bank as usize].push((piece, covered));
        }
        banks
    }

    /// Drops a usable piece from the banks that it touches.
    pub fn remove(&mut self, piece: u32, banks: &[u32]) {
        for &bank in banks {
            self.usable[bank as usize].retain(|(other, _)| *other != piece);
        }
    }
}

/// What some pieces cover together.
pub(super) fn union_of(pieces: &[(u32, Intervals)]) -> Intervals {
    let parts = pieces.iter().flat_map(|(_, covered)| &covered.0);
    Intervals::union(parts.copied().collect())
}

/// The coverage of one bank.
pub fn bank_coverage(survey: &Survey<'_>, prints: &Prints, bank: u32) -> BankCoverage {
    let covered = union_of(&prints.usable[bank as usize]);
    let gaps = gaps(survey, prints, bank, &covered);
    BankCoverage { covered, gaps }
}

/// How much bank is still within the limit when any one piece is gone.
pub fn backup_coverage(prints: &Prints) -> Meters {
    let twice = prints.usable.par_iter().map(|pieces| {
        let parts: Vec<Intervals> = pieces.iter().map(|(_, covered)| covered.clone()).collect();
        Intervals::at_least_two(&parts).length()
    });
    Meters(twice.sum())
}

fn gaps(survey: &Survey<'_>, prints: &Prints, bank: u32, covered: &Intervals) -> Vec<Gap> {
    let unusable = union_of(&prints.unusable[bank as usize]);
    let line = &survey.ground.banks[bank as usize];
    let length = line.length().0;
    let mut open = covered.complement(length);
    open.0.retain(|(from, to)| to - from >= SHORTEST_GAP.0);
    let is_ring = line.line.first() == line.line.last();
    // A gap over the start of a ring is one gap, not two.
    if is_ring
        && open.0.len() > 1
        && open.0[0].0 == 0.0
        && open.0.last().is_some_and(|last| last.1 >= length)
    {
        let first = open.0.remove(0);
        if let Some(last) = open.0.last_mut() {
            last.1 = length + first.1;
        }
    }
    let by_village = open
        .0
        .iter()
        .flat_map(|&(from, to)| split_by_village(line, from, to));
    by_village
        .map(|(from, to, village)| gap(survey, bank, (from, to), village, prints.limit, &unusable))
        .collect()
}

/// Cuts a stretch at village borders; on a ring, chainage beyond the length starts over.
pub(super) fn split_by_village(
    bank: &crate::model::bank::Bank,
    from: f64,
    to: f64,
) -> Vec<(f64, f64, Option<usize>)> {
    let length = bank.length().0;
    let rounds = [0.0, length];
    let borders = rounds.iter().flat_map(|round| {
        bank.villages
            .iter()
            .map(move |&(at, village)| (at.0 + round, village))
    });
    let borders: Vec<(f64, Option<usize>)> = borders.collect();
    let mut parts: Vec<(f64, f64, Option<usize>)> = Vec::new();
    for (i, &(start, village)) in borders.iter().enumerate() {
        let end = borders.get(i + 1).map_or(2.0 * length, |next| next.0);
        let (low, high) = (start.max(from), end.min(to));
        if high - low < SHORTEST_GAP.0 {
            continue;
        }
        match parts.last_mut() {
            Some(last) if last.2 == village => last.1 = high,
            Some(_) | None => parts.push((low, high, village)),
        }
    }
    parts
}

fn gap(
    survey: &Survey<'_>,
    bank: u32,
    (from, to): (f64, f64),
    village: Option<usize>,
    limit: Meters,
    unusable: &Intervals,
) -> Gap {
    let ground = survey.ground;
    let line = line_between(ground, bank, from, to);
    let worst_reach = worst_reach(survey, bank, from, to);
    let spots = spots_of(&line);
    let nearest = nearest_to_line(&survey.usable_at, &spots);
    let reason = if worst_reach.is_none() {
        Reason::Unreachable
    } else if is_reached_by_unusable(unusable, ground, bank, from, to) {
        Reason::OnlyUnusable
    } else if nearest.is_some_and(|near| near.1 <= limit && is_across_water(survey, &spots, near.0))
    {
        Reason::AcrossWater
    } else {
        Reason::NoneNear
    };
    Gap {
        id: format!(
            "{}@{}",
            ground.banks[bank as usize].id,
            (from * 10.0).round() as u64
        ),
        bank,
        village,
        from: Meters(from),
        to: Meters(to),
        worst_reach,
        reason,
        nearest,
        line,
    }
}

/// The edges of a bank that lie, at least in part, between two chainages; on a ring, beyond the length it starts over.
fn edges_between(
    ground: &Ground,
    bank: u32,
    from: f64,
    to: f64,
) -> impl Iterator<Item = (BankEdge, f64, f64)> {
    let line = &ground.banks[bank as usize];
    let length = line.length().0;
    [0.0, length].into_iter().flat_map(move |round| {
        let first = line
            .chainage
            .partition_point(|c| c.0 + round <= from)
            .max(1)
            - 1;
        let edges = first..line.line.len() - 1;
        edges.map_while(move |index| {
            let start = line.chainage[index].0 + round;
            let end = line.chainage[index + 1].0 + round;
            let (low, high) = (from.max(start) - start, to.min(end) - start);
            (low < high).then(|| (BankEdge::new(ground, bank, index as u32), low, high))
        })
    })
}

/// The line of a bank between two chainages, in the plane, meters; on a ring, beyond the length it starts over.
pub fn line_between(ground: &Ground, bank: u32, from: f64, to: f64) -> Vec<Coord> {
    let mut line: Vec<Coord> = Vec::new();
    for (edge, low, high) in edges_between(ground, bank, from, to) {
        let (a, b) = (edge.ends[0].coord(), edge.ends[1].coord());
        let point = |along: f64| a + (b - a) * (along / edge.length);
        if line.is_empty() {
            line.push(point(low));
        }
        line.push(point(high));
    }
    line
}

/// The farthest that a point of a stretch is from a usable piece, by way of the ends of its edges.
///
/// Over open ground the middle of an edge may be up to half its length nearer than this says.
fn worst_reach(survey: &Survey<'_>, bank: u32, from: f64, to: f64) -> Option<Meters> {
    let ground = survey.ground;
    let factor = ground.settings.bank_factor;
    let mut worst = 0.0_f64;
    for (edge, low, high) in edges_between(ground, bank, from, to) {
        let labels = edge.nodes.map(|node| survey.nearest(node));
        let [Some(a), Some(b)] = labels else {
            return None;
        };
        let [a, b] = [a, b].map(|label| f64::from(label.distance) / 1000.0);
        let reach = |along: f64| (a + along * factor).min(b + (edge.length - along) * factor);
        let meeting = f64::midpoint(edge.length, (b - a) / factor);
        worst = worst.max(reach(meeting.clamp(low, high)));
    }
    Some(Meters(worst))
}

fn is_reached_by_unusable(
    unusable: &Intervals,
    ground: &Ground,
    bank: u32,
    from: f64,
    to: f64,
) -> bool {
    let length = ground.banks[bank as usize].length().0;
    // A gap over the start of a ring lies in two rounds.
    unusable.length_within(from, to) + unusable.length_within(from - length, to - length) > 0.0
}

/// Whether the straight way from a piece to the nearest point of a line leads over water that bars the way.
fn is_across_water(survey: &Survey<'_>, line: &[Spot], piece: u32) -> bool {
    let ground = survey.ground;
    let (Some(place), Some(&start)) = (survey.place_of(piece), line.first()) else {
        return false;
    };
    let from = place.at;
    let near = ground.banks_near(start, Meters(1.0)).first().copied();
    let near = near.map_or(0, |bank| {
        let [node, _] = ground.bank_edges[bank.bank as usize][bank.edge as usize];
        ground
            .land
            .spot_of(node)
            .map_or(0, |spot| ground.mesh.triangle_of[spot as usize])
    });
    let (Some(to), Some(triangle)) = (nearest_on_line(line, from), ground.mesh.locate(from, near))
    else {
        return false;
    };
    let is_water = |triangle: u32| {
        let is_mapped = matches!(ground.covers[triangle as usize], Cover::Water(_));
        is_mapped && !ground.land.is_land[triangle as usize]
    };
    let steps = passed(&ground.mesh, from, triangle, to);
    length_over(&steps, from, to, is_water) > TOUCHING_MM
}
