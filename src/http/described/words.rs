//! The words that answers and questions choose from, as schemas; written from the same names that are sent.

use std::borrow::Cow;

use utoipa::PartialSchema;
use utoipa::ToSchema;
use utoipa::openapi::Object;
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::RefOr;
use utoipa::openapi::Type;
use utoipa::openapi::schema::Schema;

use crate::app::exports::PointFormat;
use crate::app::import::Doubt;
use crate::app::names;
use crate::app::nearest::BankRelation;
use crate::app::paper_words::Language;
use crate::model::account;
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
use crate::model::register::Field;
use crate::model::report::ReportKind;
use crate::model::report::ReportState;
use crate::model::rescue_point::FourOnes;
use crate::model::responder::ResponderKind;
use crate::model::responder::Travel;
use crate::model::webhook::DeliveryState;
use crate::model::webhook::NoticeEvent;
use crate::model::webhook::Shape;
use crate::plan::coverage::Reason;
use crate::plan::crew::SetsOff;

/// A type that stands for a set of words in the description, and is never made.
macro_rules! words {
    ($(#[doc = $about:literal])* $of:ident, $words:expr) => {
        $(#[doc = $about])*
        pub(in crate::http) enum $of {}

        impl PartialSchema for $of {
            fn schema() -> RefOr<Schema> {
                one_of(concat!($($about),*).trim(), &$words).into()
            }
        }

        impl ToSchema for $of {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($of))
            }
        }
    };
}

pub(in crate::http::described) use words;

words!(
    /// What a piece of equipment is.
    Kind,
    EquipmentKind::ALL.map(names::of_equipment)
);

words!(
    /// Whether a piece can be used.
    PieceCondition,
    Condition::ALL.map(names::of_condition)
);

words!(
    /// What there is of a kind: something usable, only something that nobody can use, or nothing.
    Supplied,
    FourOnes::SUPPLIES.map(names::of_supply)
);

words!(
    /// A kind of thing that files hold.
    ThingName,
    [Thing::Equipment, Thing::Crossing, Thing::WaterBody].map(names::of_thing)
);

words!(
    /// What somebody has seen: a piece that is gone, a piece that is damaged, a hazard.
    Seen,
    ReportKind::ALL.map(names::of_report)
);

words!(
    /// What has become of a report.
    ReportStateName,
    ReportState::ALL.map(names::of_report_state)
);

words!(
    /// What a responder is.
    Responder,
    ResponderKind::ALL.map(names::of_responder)
);

words!(
    /// What somebody may do; each includes those before it.
    AccountRole,
    account::Role::ALL.map(names::of_account_role)
);

words!(
    /// What has happened.
    Happened,
    IncidentKind::ALL.map(names::of_incident)
);

words!(
    /// What somebody who is sent is to do: go straight, fetch a piece on the way, or be called as a station.
    RoleName,
    Role::ALL.map(names::of_role)
);

words!(
    /// Whether an incident is open.
    IncidentState,
    ["open", "closed"]
);

words!(
    /// What people are warned of.
    Warned,
    NoticeKind::ALL.map(names::of_notice)
);

words!(
    /// How bad it is, in the words of the Common Alerting Protocol.
    SeverityName,
    Severity::ALL.map(names::of_severity)
);

words!(
    /// How a notice stands.
    NoticeStateName,
    NoticeState::ALL.map(names::of_notice_state)
);

words!(
    /// What happened to a notice.
    NoticeEventName,
    NoticeEvent::ALL.map(names::of_notice_event)
);

words!(
    /// In what form a webhook is told: JSON for programs, or what a bot of enterprise WeChat takes.
    WebhookShape,
    Shape::ALL.map(names::of_shape)
);

words!(
    /// What has become of telling a webhook something.
    DeliveryStateName,
    DeliveryState::ALL.map(names::of_delivery_state)
);

words!(
    /// What carries somebody.
    Carried,
    Travel::ALL.map(names::of_travel)
);

words!(
    /// From where somebody sets off.
    From,
    [SetsOff::Home, SetsOff::LastSeen].map(names::of_setting_off)
);

words!(
    /// Who is told of: stations alone, or everybody.
    Told,
    ["stations", "everybody"]
);

words!(
    /// What somebody does on the way.
    Via,
    ["fetch"]
);

words!(
    /// Which pieces count: usable ones only, or damaged, missing and unverified ones, too.
    Counted,
    ["usable", "any"]
);

words!(
    /// What a place is on.
    Standing,
    names::of_any_ground()
);

words!(
    /// Where a piece stands seen from a place: on the same bank, on another bank of the same water, or elsewhere.
    Relation,
    [
        BankRelation::Same,
        BankRelation::Other,
        BankRelation::None,
    ]
    .map(names::of_relation)
);

words!(
    /// Why nothing reaches a stretch of bank in time.
    GapReason,
    [
        Reason::NoneNear,
        Reason::AcrossWater,
        Reason::OnlyUnusable,
        Reason::Unreachable,
    ]
    .map(names::of_reason)
);

words!(
    /// How far a search is.
    JobStateName,
    ["waiting", "running", "done", "failed"]
);

words!(
    /// What a proposed piece stands on.
    StandsOn,
    ["bank", "path", "land"]
);

words!(
    /// What a proposal makes as large, or as small, as possible.
    PlacementObjective,
    ["weighted_m", "sites"]
);

words!(
    /// What makes an evening good: everything is seen and the longest walk is short, few teams see everything in time, or as much as
    /// possible is seen in time.
    PatrolAim,
    ["balanced", "fewest", "most"]
);

words!(
    /// What a patrol makes as small, or as large, as possible.
    PatrolObjective,
    ["longest_s", "teams", "weighted_m"]
);

words!(
    /// Why nobody comes to a stretch.
    CarriedReasonName,
    ["no_time", "out_of_reach"]
);

words!(
    /// On which side of its water a bank lies, looking downstream; a shore runs around standing water or an island.
    BankSide,
    ["left", "right", "shore"]
);

words!(
    /// What kind of water it is.
    Water,
    names::WATERS.map(names::of_water)
);

words!(
    /// What kind of way it is.
    Way,
    names::PATHS.map(names::of_path)
);

words!(
    /// What is put right on a map: a way or water is drawn, or struck out.
    Corrected,
    ["path", "water", "no_path", "no_water"]
);

words!(
    /// What kind of crossing it is.
    Crossing,
    [
        CrossingKind::Bridge,
        CrossingKind::Culvert,
        CrossingKind::Tunnel,
        CrossingKind::Weir,
        CrossingKind::Dam,
        CrossingKind::LockGate,
        CrossingKind::Ford,
        CrossingKind::Ferry,
        CrossingKind::Unbridged,
    ]
    .map(names::of_crossing)
);

words!(
    /// Whether people can cross.
    Passage,
    [CrossingState::Open, CrossingState::Closed].map(names::of_state)
);

words!(
    /// By what coverage is told apart.
    CoveredBy,
    ["village", "water_body"]
);

words!(
    /// The longest first, or the riskiest water first.
    GapOrder,
    ["length", "risk"]
);

words!(
    /// What is looked for.
    Wanted,
    ["equipment", "responders"]
);

words!(
    /// How far a region is.
    RegionState,
    ["loading", "ready", "failed"]
);

words!(
    /// What becomes of a stretch.
    StretchChange,
    ["covered", "uncovered"]
);

words!(
    /// What makes it a feature of `GeoJSON`.
    FeatureName,
    ["Feature"]
);

words!(
    /// What makes it a collection of `GeoJSON`.
    CollectionName,
    ["FeatureCollection"]
);

words!(
    /// How the service is.
    Health,
    ["ok", "ready"]
);

/// In which system coordinates are.
pub(in crate::http) enum DatumName {}

impl PartialSchema for DatumName {
    fn schema() -> RefOr<Schema> {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let text = text.pattern(Some("^(wgs84|gcj02|bd09|cgcs2000|epsg:[1-9][0-9]{3,5})$"));
        let about = "In which system coordinates are: wgs84, gcj02, bd09, cgcs2000, or an EPSG code like epsg:4549.";
        let text = text.description(Some(about)).examples(["wgs84"]);
        text.build().into()
    }
}

impl ToSchema for DatumName {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Datum")
    }
}

/// A vector tile: bytes that are no text.
pub(in crate::http) enum TileBytes {}

impl PartialSchema for TileBytes {
    fn schema() -> RefOr<Schema> {
        let bytes = ObjectBuilder::new().schema_type(Type::String);
        let kind = "application/vnd.mapbox-vector-tile";
        bytes.content_media_type(kind).build().into()
    }
}

impl ToSchema for TileBytes {}

/// A file that goes out: bytes in the format that was asked for.
pub(in crate::http) enum FileBytes {}

impl PartialSchema for FileBytes {
    fn schema() -> RefOr<Schema> {
        let bytes = ObjectBuilder::new().schema_type(Type::String);
        bytes
            .content_media_type("application/octet-stream")
            .build()
            .into()
    }
}

impl ToSchema for FileBytes {}

/// A file of `GeoJSON` that goes out.
pub(in crate::http) enum GeoJsonFile {}

impl PartialSchema for GeoJsonFile {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .build()
            .into()
    }
}

impl ToSchema for GeoJsonFile {}

words!(
    /// What becomes of a row of a file.
    RowOutcome,
    ["added", "changed", "skipped"]
);

words!(
    /// Why a row of a file is skipped.
    SkipReason,
    ["duplicate", "wrong_bank", "wrong_datum", "retired", "outside", "bad_value"]
);

words!(
    /// What is taken although it is in doubt.
    DoubtName,
    Doubt::ALL.map(names::of_doubt)
);

words!(
    /// What can be said of a piece.
    PieceField,
    Field::ALL.map(names::of_field)
);

/// The formats in which registers go out.
pub(in crate::http) enum ExportFormat {}

impl PartialSchema for ExportFormat {
    fn schema() -> RefOr<Schema> {
        let words = PointFormat::ALL.map(PointFormat::extension);
        one_of("The format of a file.", &words).into()
    }
}

impl ToSchema for ExportFormat {}

/// The languages of papers.
pub(in crate::http) enum PaperLanguage {}

impl PartialSchema for PaperLanguage {
    fn schema() -> RefOr<Schema> {
        let words = Language::ALL.map(Language::tag);
        one_of("The language of a paper.", &words).into()
    }
}

impl ToSchema for PaperLanguage {}

pub(super) fn one_of(about: &str, words: &[&'static str]) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(about))
        .enum_values(Some(words.iter().copied()))
        .examples(words.first().copied())
        .build()
}
