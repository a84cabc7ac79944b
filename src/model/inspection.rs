//! Inspections: how often a piece is to be looked at, and when that is due.

use std::collections::BTreeMap;

use crate::model::day::Day;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;

/// How many days may go by from one inspection to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectionSettings {
    /// Of kinds that have none of their own.
    pub default_days: u16,
    /// By kind.
    pub days_by_kind: BTreeMap<EquipmentKind, u16>,
}

impl Default for InspectionSettings {
    /// RoSPA asks for regular inspection and Water Safety Ireland counts 30–40 of 300 lost or damaged in a year in one
    /// county; neither names an interval. A quarter of a year is a guess to start from: every place names its own.
    fn default() -> Self {
        Self {
            default_days: 90,
            days_by_kind: BTreeMap::new(),
        }
    }
}

impl InspectionSettings {
    /// How many days may go by until a piece of a kind is looked at again; just as many are in time.
    pub fn days(&self, kind: EquipmentKind) -> u16 {
        let own = self.days_by_kind.get(&kind).copied();
        own.unwrap_or(self.default_days)
    }

    /// The day by which a piece is to be looked at; none if nobody ever has, so that it is due at once.
    pub fn due(&self, piece: &Equipment) -> Option<Day> {
        let last = Day::new(piece.inspected_on.as_deref()?).ok()?;
        let due = last.after(self.days(piece.kind));
        Some(due.unwrap_or(last))
    }
}
