//! What people read for what the model knows as enums.

use crate::model::bank::Side;
use crate::model::crossing::CrossingKind;
use crate::model::equipment::Condition;
use crate::model::equipment::EquipmentKind;
use crate::model::oddity::OddityKind;
use crate::model::water::WaterKind;
use crate::plan::coverage::Reason;

/// A kind of equipment.
pub(super) fn equipment(kind: EquipmentKind) -> &'static str {
    match kind {
        EquipmentKind::Pole => "pole",
        EquipmentKind::Ring => "life ring",
        EquipmentKind::Rope => "throw rope",
        EquipmentKind::Board => "warning board",
        EquipmentKind::Jacket => "life jacket",
        EquipmentKind::Aed => "defibrillator",
        EquipmentKind::Other => "other equipment",
    }
}

/// Why a piece does not count.
pub(super) fn condition(condition: Condition) -> &'static str {
    match condition {
        Condition::Usable => "usable",
        Condition::Damaged => "damaged",
        Condition::Missing => "missing",
        Condition::Unverified => "nobody has looked lately",
    }
}

/// Kinds of equipment as one of them: `pole, life ring or throw rope`.
pub(super) fn any_of(kinds: &[EquipmentKind]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for &kind in kinds {
        if !names.contains(&equipment(kind)) {
            names.push(equipment(kind));
        }
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((only, _)) => (*only).to_owned(),
        None => "piece".to_owned(),
    }
}

/// A kind of water.
pub(super) fn water(kind: WaterKind) -> &'static str {
    match kind {
        WaterKind::River => "river",
        WaterKind::Canal => "canal",
        WaterKind::Stream => "stream",
        WaterKind::Ditch => "ditch",
        WaterKind::Lake => "lake",
        WaterKind::Reservoir => "reservoir",
        WaterKind::Pond => "pond",
        WaterKind::Basin => "basin",
        WaterKind::Sea => "sea",
    }
}

/// A kind of crossing.
pub(super) fn crossing(kind: CrossingKind) -> &'static str {
    match kind {
        CrossingKind::Bridge => "bridge",
        CrossingKind::Culvert => "culvert",
        CrossingKind::Tunnel => "tunnel",
        CrossingKind::Weir => "weir",
        CrossingKind::Dam => "dam",
        CrossingKind::LockGate => "lock gate",
        CrossingKind::Ford => "ford",
        CrossingKind::Ferry => "ferry",
        CrossingKind::Unbridged => "path without a bridge",
    }
}

/// A side of the water.
pub(super) fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
        Side::Shore => "shore",
    }
}

/// A bank by its side.
pub(super) fn bank(side: Side) -> &'static str {
    match side {
        Side::Left => "left bank",
        Side::Right => "right bank",
        Side::Shore => "shore",
    }
}

/// What a place lies on, by its word in answers.
pub(super) fn on(word: &str) -> &'static str {
    match word {
        "land" => "on land",
        "bank" => "on a bank",
        "water" => "in the water",
        "obstacle" => "in a building",
        _ => "where the map knows no ground",
    }
}

/// Why a gap is a gap.
pub(super) fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoneNear => "nothing near",
        Reason::AcrossWater => "only across the water",
        Reason::OnlyUnusable => "only unusable pieces",
        Reason::Unreachable => "no way here on foot",
    }
}

/// What is strange, and what is done about it.
pub(super) fn oddity(kind: OddityKind) -> &'static str {
    match kind {
        OddityKind::UnclosedRing => "outlines that do not close",
        OddityKind::MissingMember => "members that the file does not hold",
        OddityKind::InvalidOutline => "outlines that touch or cross themselves",
        OddityKind::TooFewPoints => "too few points: left out",
        OddityKind::BadPlace => "no place on the earth: left out",
        OddityKind::BadValue => "values that cannot be read",
        OddityKind::Duplicate => "the same thing twice: the first is kept",
        OddityKind::Contradiction => "statements that disagree",
        OddityKind::OffGround => "equipment that does not stand on the ground",
        OddityKind::EitherBank => "equipment that may belong to either bank",
        OddityKind::ClosedCrossing => "crossings that count as closed",
        OddityKind::Ignored => "things that no layer takes",
        OddityKind::Overlap => "areas inside others",
        OddityKind::Outside => "outside the region",
        OddityKind::Vanished => "changed by people and not in the files any more: kept",
    }
}
