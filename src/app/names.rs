//! The words of INTERFACE for what the model knows as enums, in files, options and answers alike.

use crate::app::import::Doubt;
use crate::app::import::Outcome;
use crate::app::import::Skip;
use crate::app::jobs::JobState;
use crate::app::nearest::BankRelation;
use crate::app::placement_rows::StandsOn;
use crate::ground::place::On;
use crate::model::account;
use crate::model::bank::Side;
use crate::model::correction::Drawing;
use crate::model::crossing::CrossingKind;
use crate::model::crossing::CrossingState;
use crate::model::equipment::Condition;
use crate::model::equipment::EquipmentKind;
use crate::model::import_report::Thing;
use crate::model::incident::IncidentKind;
use crate::model::incident::Role;
use crate::model::notice::NoticeKind;
use crate::model::notice::NoticeState;
use crate::model::notice::Severity;
use crate::model::path::PathKind;
use crate::model::region::RegionSettings;
use crate::model::register::Field;
use crate::model::report::ReportKind;
use crate::model::report::ReportState;
use crate::model::rescue_point::Supply;
use crate::model::responder::ResponderKind;
use crate::model::responder::Travel;
use crate::model::water::WaterKind;
use crate::model::webhook::DeliveryState;
use crate::model::webhook::NoticeEvent;
use crate::model::webhook::Shape;
use crate::plan::coverage::Reason;
use crate::plan::crew::SetsOff;

/// On which side of its water a bank lies.
pub fn of_side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
        Side::Shore => "shore",
    }
}

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

/// What people are warned of as it is written in answers.
pub fn of_notice(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Heat => "heat",
        NoticeKind::WaterRelease => "water_release",
        NoticeKind::ThinIce => "thin_ice",
        NoticeKind::Flood => "flood",
        NoticeKind::Storm => "storm",
        NoticeKind::Other => "other",
    }
}

/// The same for people, in English.
pub fn of_notice_in_english(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Heat => "Hot weather",
        NoticeKind::WaterRelease => "Water release",
        NoticeKind::ThinIce => "Thin ice",
        NoticeKind::Flood => "Flood",
        NoticeKind::Storm => "Storm",
        NoticeKind::Other => "Notice",
    }
}

/// The same for people, in Chinese.
pub fn of_notice_in_chinese(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Heat => "高温",
        NoticeKind::WaterRelease => "放水",
        NoticeKind::ThinIce => "薄冰",
        NoticeKind::Flood => "洪水",
        NoticeKind::Storm => "风暴",
        NoticeKind::Other => "通知",
    }
}

/// How bad something is as it is written in answers.
pub fn of_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Extreme => "extreme",
        Severity::Severe => "severe",
        Severity::Moderate => "moderate",
        Severity::Minor => "minor",
    }
}

/// How a notice stands as it is written in answers.
pub fn of_notice_state(state: NoticeState) -> &'static str {
    match state {
        NoticeState::Coming => "coming",
        NoticeState::InForce => "in_force",
        NoticeState::Over => "over",
        NoticeState::Withdrawn => "withdrawn",
    }
}

/// What happened to a notice as webhooks are told it.
pub fn of_notice_event(event: NoticeEvent) -> &'static str {
    match event {
        NoticeEvent::Published => "published",
        NoticeEvent::Changed => "changed",
        NoticeEvent::Withdrawn => "withdrawn",
    }
}

/// The form in which a webhook is told as it is written in answers.
pub fn of_shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Json => "json",
        Shape::Wecom => "wecom",
    }
}

/// What has become of telling a webhook something as it is written in answers.
pub fn of_delivery_state(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Pending => "pending",
        DeliveryState::Delivered => "delivered",
        DeliveryState::GivenUp => "given_up",
    }
}

/// What a region is called in a language (`zh`, `zh-CN`, `en`), else in any, else its id.
pub fn of_region<'a>(settings: &'a RegionSettings, language: &str) -> &'a str {
    let language = language.split('-').next().unwrap_or_default();
    let of_language = |(tag, _): &(&String, &String)| tag.split('-').next() == Some(language);
    let found = settings.name.iter().find(of_language);
    let found = found.or_else(|| settings.name.iter().next());
    found.map_or(settings.id.as_str(), |(_, name)| name)
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

/// What a proposed piece stands on, as it is written in answers.
pub fn of_stand(on: StandsOn) -> &'static str {
    match on {
        StandsOn::Bank => "bank",
        StandsOn::Path => "path",
        StandsOn::Land => "land",
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

/// What there is of a kind as it is written in answers.
pub fn of_supply(supply: Supply) -> &'static str {
    match supply {
        Supply::Usable => "usable",
        Supply::Unusable => "unusable",
        Supply::None => "none",
    }
}

/// What files hold as it is written in answers.
pub fn of_thing(thing: Thing) -> &'static str {
    match thing {
        Thing::Equipment => "equipment",
        Thing::Crossing => "crossing",
        Thing::WaterBody => "water_body",
    }
}

/// What was seen as it is written in answers.
pub fn of_report(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Missing => "missing",
        ReportKind::Damaged => "damaged",
        ReportKind::Hazard => "hazard",
    }
}

/// What has become of a report as it is written in answers.
pub fn of_report_state(state: ReportState) -> &'static str {
    match state {
        ReportState::Open => "open",
        ReportState::Confirmed => "confirmed",
        ReportState::Rejected => "rejected",
    }
}

/// The kinds of ways.
pub const PATHS: [PathKind; 5] = [
    PathKind::Footway,
    PathKind::Cycleway,
    PathKind::Track,
    PathKind::Street,
    PathKind::Steps,
];

/// The kinds of waters.
pub const WATERS: [WaterKind; 9] = [
    WaterKind::River,
    WaterKind::Canal,
    WaterKind::Stream,
    WaterKind::Ditch,
    WaterKind::Lake,
    WaterKind::Reservoir,
    WaterKind::Pond,
    WaterKind::Basin,
    WaterKind::Sea,
];

/// A kind of way.
pub fn of_path(kind: PathKind) -> &'static str {
    match kind {
        PathKind::Footway => "footway",
        PathKind::Cycleway => "cycleway",
        PathKind::Track => "track",
        PathKind::Street => "street",
        PathKind::Steps => "steps",
    }
}

/// The kind of way that a word names.
pub fn path(word: &str) -> Option<PathKind> {
    PATHS.into_iter().find(|kind| of_path(*kind) == word)
}

/// The kind of water that a word names.
pub fn water(word: &str) -> Option<WaterKind> {
    WATERS.into_iter().find(|kind| of_water(*kind) == word)
}

/// What is put right on a map.
pub fn of_correction(drawing: &Drawing) -> &'static str {
    match drawing {
        Drawing::Path { .. } => "path",
        Drawing::Water { .. } => "water",
        Drawing::NoPath { .. } => "no_path",
        Drawing::NoWater { .. } => "no_water",
    }
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

/// A doubt about a row as it is written in questions.
pub fn of_doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Duplicate => "duplicate",
        Doubt::WrongBank => "wrong_bank",
        Doubt::WrongDatum => "wrong_datum",
        Doubt::Retired => "retired",
    }
}

/// Why a row is skipped as it is written in answers: the doubt, or what nobody can overrule.
pub fn of_skip(skip: &Skip) -> &'static str {
    match skip {
        Skip::Duplicate { .. } => of_doubt(Doubt::Duplicate),
        Skip::WrongBank { .. } => of_doubt(Doubt::WrongBank),
        Skip::WrongDatum => of_doubt(Doubt::WrongDatum),
        Skip::Retired => of_doubt(Doubt::Retired),
        Skip::Outside => "outside",
        Skip::BadValue { .. } => "bad_value",
    }
}

/// What becomes of a row as it is written in answers.
pub fn of_outcome(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Added => "added",
        Outcome::Changed(_) => "changed",
        Outcome::Unchanged => "unchanged",
        Outcome::Skipped(_) => "skipped",
    }
}

/// What can be said of a piece as it is written in answers.
pub fn of_field(field: Field) -> &'static str {
    match field {
        Field::Kind => "kind",
        Field::At => "at",
        Field::Condition => "condition",
        Field::Name => "name",
        Field::Village => "village",
        Field::InspectedOn => "inspected_on",
        Field::Photo => "photo",
        Field::Note => "note",
    }
}

/// How far a search is.
pub fn of_job_state(state: JobState) -> &'static str {
    match state {
        JobState::Waiting => "waiting",
        JobState::Running => "running",
        JobState::Done => "done",
        JobState::Failed => "failed",
    }
}
