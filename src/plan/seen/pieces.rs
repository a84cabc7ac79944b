//! Pieces of banks: along a bank from one meter to another, around a ring the shorter way, and put together at the end.

use crate::ground::Ground;
use crate::plan::seen::SeenPiece;
use crate::units::Meters;

/// Less than this between two pieces that were seen is no gap, but rounding, meters.
const NO_GAP: f64 = 1.0;

/// A piece of a bank, by chainage in meters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Index of the bank.
    pub bank: u32,
    /// Its beginning.
    pub from: f64,
    /// Its end.
    pub to: f64,
}

/// How far it is along a bank from one chainage to another, meters: around a ring, the shorter way.
pub fn along(ground: &Ground, bank: u32, from: f64, to: f64) -> f64 {
    let apart = (from - to).abs();
    match ring_length(ground, bank) {
        Some(length) => apart.min(length - apart),
        None => apart,
    }
}

/// The pieces of a bank from one chainage to another; two where the way leads over the start of a ring.
pub fn between(ground: &Ground, bank: u32, from: f64, to: f64) -> Vec<Piece> {
    let piece = |from: f64, to: f64| Piece { bank, from, to };
    let (low, high) = (from.min(to), from.max(to));
    match ring_length(ground, bank) {
        Some(length) if length - (high - low) < high - low => {
            vec![piece(0.0, low), piece(high, length)]
        }
        Some(_) | None => vec![piece(low, high)],
    }
}

fn ring_length(ground: &Ground, bank: u32) -> Option<f64> {
    let bank = &ground.banks[bank as usize];
    (bank.line.first() == bank.line.last()).then(|| bank.length().0)
}

/// Whether somebody can walk along all of a piece without leaving the bank: no house stands at the water.
pub fn is_walkable(ground: &Ground, piece: &Piece) -> bool {
    let chainage = &ground.banks[piece.bank as usize].chainage;
    let edges = &ground.bank_edges[piece.bank as usize];
    let first = chainage.partition_point(|at| at.0 <= piece.from).max(1);
    let last = chainage.partition_point(|at| at.0 < piece.to);
    let corners = first..last.min(edges.len());
    corners
        .into_iter()
        .all(|corner| edges[corner - 1][1] == edges[corner][0])
}

/// Pieces that were seen at some time, as few as they can be, by bank and chainage.
pub fn merged(mut pieces: Vec<(Piece, i64, i64)>) -> Vec<SeenPiece> {
    pieces.retain(|(piece, _, _)| piece.from < piece.to);
    pieces.sort_by(|(a, ..), (b, ..)| {
        let by_bank = a.bank.cmp(&b.bank);
        by_bank.then(a.from.total_cmp(&b.from))
    });
    let mut merged: Vec<SeenPiece> = Vec::new();
    for (piece, first_ms, last_ms) in pieces {
        match merged.last_mut() {
            Some(last) if last.bank == piece.bank && piece.from <= last.to.0 + NO_GAP => {
                last.to = last.to.max(Meters(piece.to));
                last.first_ms = last.first_ms.min(first_ms);
                last.last_ms = last.last_ms.max(last_ms);
            }
            Some(_) | None => merged.push(SeenPiece {
                bank: piece.bank,
                from: Meters(piece.from),
                to: Meters(piece.to),
                first_ms,
                last_ms,
            }),
        }
    }
    merged
}
