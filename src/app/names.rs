//! The words of INTERFACE for what the model knows as enums, in files, options and answers alike.

use crate::model::equipment::EquipmentKind;
use crate::plan::coverage::Reason;

/// A kind of equipment as it is written in files and options.
pub fn of_equipment(kind: EquipmentKind) -> &'static str {
    match kind {
        EquipmentKind::Pole => "pole",
        EquipmentKind::Ring => "ring",
        EquipmentKind::Rope => "rope",
        EquipmentKind::Board => "board",
        EquipmentKind::Jacket => "jacket",
        EquipmentKind::Aed => "aed",
        EquipmentKind::Other => "other",
    }
}

/// The kind of equipment that is written so.
pub fn equipment(word: &str) -> Option<EquipmentKind> {
    EquipmentKind::ALL
        .into_iter()
        .find(|&kind| of_equipment(kind) == word)
}

/// A reason as it is written in answers.
pub fn of_reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NoneNear => "none_near",
        Reason::AcrossWater => "across_water",
        Reason::OnlyUnusable => "only_unusable",
        Reason::Unreachable => "unreachable",
    }
}
