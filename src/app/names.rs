//! The words of INTERFACE for what the model knows as enums, in files, options and answers alike.

use crate::app::nearest::BankRelation;
use crate::ground::place::On;
use crate::model::account;
use crate::model::crossing::CrossingKind;
use crate::model::crossing::CrossingState;
use crate::model::equipment::Condition;
use crate::model::equipment::EquipmentKind;
use crate::model::incident::IncidentKind;
use crate::model::incident::Role;
use crate::model::responder::ResponderKind;
use crate::model::responder::Travel;
use crate::model::water::WaterKind;
use crate::plan::coverage::Reason;
use crate::plan::crew::SetsOff;

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

/// A kind of responder as it is written in files and answers.
pub fn of_responder(kind: ResponderKind) -> &'static str {
    match kind {
        ResponderKind::Volunteer => "volunteer",
        ResponderKind::Team => "team",
        ResponderKind::Police => "police",
        ResponderKind::Workstation => "workstation",
        ResponderKind::Fire => "fire",
    }
}

/// A means of travel as it is written in files and answers.
pub fn of_travel(travel: Travel) -> &'static str {
    match travel {
        Travel::Foot => "foot",
        Travel::Ebike => "ebike",
        Travel::Car => "car",
    }
}

/// From where somebody sets off as it is written in answers.
pub fn of_setting_off(from: SetsOff) -> &'static str {
    match from {
        SetsOff::Home => "home",
        SetsOff::LastSeen => "last_seen",
    }
}

/// What has happened as it is written in answers.
pub fn of_incident(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Drowning => "drowning",
        IncidentKind::MissingPerson => "missing_person",
        IncidentKind::Hazard => "hazard",
    }
}

/// What somebody who is sent is to do as it is written in answers.
pub fn of_role(role: Role) -> &'static str {
    match role {
        Role::Straight => "straight",
        Role::Fetch => "fetch",
        Role::Station => "station",
    }
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

/// A condition as it is written in files and answers.
pub fn of_condition(condition: Condition) -> &'static str {
    match condition {
        Condition::Usable => "usable",
        Condition::Damaged => "damaged",
        Condition::Missing => "missing",
        Condition::Unverified => "unverified",
    }
}

/// The condition that is written so.
pub fn condition(word: &str) -> Option<Condition> {
    Condition::ALL
        .into_iter()
        .find(|&condition| of_condition(condition) == word)
}

/// A kind of water as it is written in answers.
pub fn of_water(kind: WaterKind) -> &'static str {
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

/// A kind of crossing as it is written in answers.
pub fn of_crossing(kind: CrossingKind) -> &'static str {
    match kind {
        CrossingKind::Bridge => "bridge",
        CrossingKind::Culvert => "culvert",
        CrossingKind::Tunnel => "tunnel",
        CrossingKind::Weir => "weir",
        CrossingKind::Dam => "dam",
        CrossingKind::LockGate => "lock_gate",
        CrossingKind::Ford => "ford",
        CrossingKind::Ferry => "ferry",
        CrossingKind::Unbridged => "unbridged",
    }
}

/// Whether a crossing can be used, as it is written in answers.
pub fn of_state(state: CrossingState) -> &'static str {
    match state {
        CrossingState::Open => "open",
        CrossingState::Closed => "closed",
    }
}

/// What a place is on, as it is written in answers.
pub fn of_on(on: On) -> &'static str {
    match on {
        On::Land => "land",
        On::Bank => "bank",
        On::Water => "water",
        On::Obstacle => "obstacle",
        On::Outside => "outside",
    }
}

/// Everything that a place can be on, as it is written in answers.
pub fn of_any_ground() -> [&'static str; 5] {
    [On::Land, On::Bank, On::Water, On::Obstacle, On::Outside].map(of_on)
}

/// Where a piece stands seen from a place, as it is written in answers.
pub fn of_relation(relation: BankRelation) -> &'static str {
    match relation {
        BankRelation::Same => "same",
        BankRelation::Other => "other",
        BankRelation::None => "none",
    }
}

/// The word for what somebody may do.
pub fn of_account_role(role: account::Role) -> &'static str {
    match role {
        account::Role::Volunteer => "volunteer",
        account::Role::Dispatcher => "dispatcher",
        account::Role::Planner => "planner",
        account::Role::Administrator => "administrator",
    }
}
