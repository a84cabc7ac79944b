//! Every parameter as the description has it: its type, its bounds or words, and an example that fits the sample town.

use serde_json::Value;
use serde_json::json;
use utoipa::IntoParams;
use utoipa::PartialSchema;
use utoipa::ToSchema;
use utoipa::openapi::ArrayBuilder;
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::Ref;
use utoipa::openapi::RefOr;
use utoipa::openapi::Required;
use utoipa::openapi::Type;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::path::ParameterBuilder;
use utoipa::openapi::path::ParameterIn;
use utoipa::openapi::path::ParameterStyle;
use utoipa::openapi::schema::Schema;

use crate::app::tiles::MAX_ZOOM;
use crate::app::tiles::MIN_ZOOM;
use crate::http::audit::MOST_ENTRIES;
use crate::http::described::words;
use crate::http::equipment::MOST_PIECES;
use crate::http::gaps::MOST_GAPS;
use crate::http::incidents::MOST_INCIDENTS;
use crate::http::nearest::MOST_RESULTS;
use crate::http::parameters::LIMITS_M;

/// A type that stands for one parameter in the description, and is never made.
macro_rules! parameter {
    ($of:ident, $parameter:expr) => {
        pub(in crate::http) enum $of {}

        impl IntoParams for $of {
            fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
                vec![$parameter]
            }
        }
    };
}

pub(super) use parameter as parameter_type;

parameter!(
    Region,
    path("r", "A region's id.", text(), json!("shuixiang"))
);
parameter!(
    PieceId,
    path("id", "The piece's id.", text(), json!("SX-001"))
);
parameter!(
    CrossingId,
    path("id", "The crossing's id.", text(), json!("bridge-p0004"))
);
parameter!(
    ResponderId,
    path("id", "The responder's id.", text(), json!("V-09"))
);
parameter!(Number, path("id", "Its number.", whole().build(), json!(1)));
parameter!(
    IncidentNumber,
    path("id", "The incident's number.", whole().build(), json!(1))
);
parameter!(
    SendingNumber,
    path(
        "sending",
        "The number of a sending.",
        whole().build(),
        json!(1)
    )
);
parameter!(
    Incidents,
    query(
        "state",
        "Only incidents that are open, or only those that are closed; all of them.",
        named::<words::IncidentState>(),
        json!("open")
    )
);
parameter!(
    IncidentsAPage,
    query(
        "limit",
        "So many at most; 50.",
        integer(1_usize, MOST_INCIDENTS),
        json!(50)
    )
);
parameter!(
    AfterIncident,
    query(
        "after",
        "Where the page before ended: take it from its next.",
        text(),
        json!("1795572000000-1")
    )
);
parameter!(
    Month,
    needed(parameter(
        ParameterIn::Query,
        "month",
        "The month, by the region's clock.",
        text(),
        json!("2026-11")
    ))
);
parameter!(
    PieceCode,
    path(
        "code",
        "As it is printed on the piece or read out over the telephone: small letters, spaces and full-width signs are fine.",
        text(),
        json!("SX-0001-L")
    )
);
parameter!(
    Zoom,
    path(
        "z",
        "How far the map is zoomed in.",
        integer(MIN_ZOOM, MAX_ZOOM),
        json!(15)
    )
);
parameter!(
    Column,
    path(
        "x",
        "The tile's column.",
        integer(0_u32, (1 << MAX_ZOOM) - 1),
        json!(27580)
    )
);
parameter!(
    Row,
    path(
        "y",
        "The tile's row.",
        integer(0_u32, (1 << MAX_ZOOM) - 1),
        json!(13539)
    )
);
parameter!(
    Version,
    query(
        "v",
        "The region's version: with it, the tile may be kept for good.",
        whole().minimum(Some(0_u32)).build(),
        json!(1)
    )
);
parameter!(
    Counted,
    query(
        "condition",
        "Which pieces count; usable ones unless any is asked for.",
        named::<words::Counted>(),
        json!("usable")
    )
);
parameter!(
    Condition,
    query(
        "condition",
        "Only pieces in this condition; in any of them.",
        named::<words::PieceCondition>(),
        json!("usable")
    )
);
parameter!(
    ExportFormat,
    query(
        "format",
        "The format of the file; csv unless another is asked for.",
        named::<words::ExportFormat>(),
        json!("csv")
    )
);
parameter!(
    Kinds,
    list(
        "kind",
        "The kinds that count, with commas; poles, rings and ropes unless others are asked for."
    )
);
parameter!(
    OnlyKinds,
    list("kind", "Only these kinds, with commas; all of them.")
);
parameter!(
    LimitM,
    query(
        "limit_m",
        "How far a bank may be from equipment along the ground, meters; the region's target.",
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .minimum(Some(*LIMITS_M.start()))
            .maximum(Some(*LIMITS_M.end()))
            .build(),
        json!(50)
    )
);
parameter!(
    By,
    query(
        "by",
        "A row for each village or for each water body; none unless asked for.",
        named::<words::CoveredBy>(),
        json!("village")
    )
);
parameter!(
    VillageId,
    path("v", "A village's id.", text(), json!("990000001205"))
);
parameter!(
    PaperLanguage,
    query(
        "lang",
        "The language of the paper; zh-CN unless another is asked for.",
        named::<words::PaperLanguage>(),
        json!("zh-CN")
    )
);
parameter!(
    Village,
    query(
        "village",
        "Only in this village, by its id.",
        text(),
        json!("990000001205")
    )
);
parameter!(
    WaterBody,
    query(
        "water_body",
        "Only at this water body, by its id.",
        text(),
        json!("w018")
    )
);
parameter!(
    Sort,
    query(
        "sort",
        "The longest first, or the riskiest water first; the longest.",
        named::<words::GapOrder>(),
        json!("length")
    )
);
parameter!(
    AfterGap,
    query(
        "after",
        "The id of the last gap of the page before.",
        text(),
        json!("w018-r1@15739")
    )
);
parameter!(
    AfterPiece,
    query(
        "after",
        "The id of the last piece of the page before.",
        text(),
        json!("SX-001")
    )
);
parameter!(
    EntriesAPage,
    query(
        "limit",
        "So many on a page; 100.",
        integer(1_usize, MOST_ENTRIES),
        json!(100)
    )
);
parameter!(
    BeforeEntry,
    query(
        "before",
        "The number of the last entry of the page before.",
        integer(1_usize, usize::MAX >> 1),
        json!(173)
    )
);
parameter!(
    GapsAPage,
    query(
        "limit",
        "So many on a page; 100.",
        integer(1_usize, MOST_GAPS),
        json!(100)
    )
);
parameter!(
    PiecesAPage,
    query(
        "limit",
        "So many on a page; 1000.",
        integer(1_usize, MOST_PIECES),
        json!(1000)
    )
);
parameter!(
    ResultsABank,
    query(
        "limit",
        "So many results for each bank; 3.",
        integer(1_usize, MOST_RESULTS),
        json!(3)
    )
);
parameter!(
    ViaFetch,
    query(
        "via",
        "With for=responders: they fetch a piece on the way, of the kinds that count; unless it is given, they come straight.",
        named::<words::Via>(),
        json!("fetch")
    )
);
parameter!(
    AtTime,
    query(
        "time",
        "With for=responders: the time of day, by the region's clock, at which somebody is to be on duty; now, unless it is given.",
        text(),
        json!("20:15")
    )
);
parameter!(
    For,
    query(
        "for",
        "What is looked for.",
        named::<words::Wanted>(),
        json!("equipment")
    )
);
parameter!(
    WithWays,
    query(
        "geometry",
        "Whether the ways are sent; they are.",
        ObjectBuilder::new().schema_type(Type::Boolean).build(),
        json!(true)
    )
);
parameter!(
    WithUnusable,
    query(
        "unusable",
        "Whether the nearest damaged, missing and unverified pieces are told, too, apart from the results; they are not.",
        ObjectBuilder::new().schema_type(Type::Boolean).build(),
        json!(true)
    )
);
parameter!(
    Passage,
    query(
        "state",
        "Only crossings that are so now; all of them.",
        named::<words::Passage>(),
        json!("closed")
    )
);
parameter!(
    Datum,
    query(
        "datum",
        "Of all coordinates, of the question and of the answer; wgs84.",
        named::<words::DatumName>(),
        json!("wgs84")
    )
);
parameter!(Lon, needed(lon("Longitude, or easting of another datum.")));
parameter!(Lat, needed(lat("Latitude, or northing of another datum.")));
parameter!(
    CallerLon,
    lon(
        "Where the caller is, to be told what else is near: longitude, or easting of another datum; together with lat."
    )
);
parameter!(
    CallerLat,
    lat("Latitude, or northing of another datum; together with lon.")
);
parameter!(
    IfMatch,
    header(
        "if-match",
        "The etag of what the change is based on; if the region has changed since, nothing happens.",
        json!("*")
    )
);

/// The validator of what a client has already.
pub(super) fn if_none_match() -> Parameter {
    header(
        "if-none-match",
        "The etag of what the client has already; if nothing has changed since, it is not sent again.",
        json!("\"7-20260102T030405Z\""),
    )
}

pub(super) fn path(
    name: &str,
    about: &str,
    schema: impl Into<RefOr<Schema>>,
    example: Value,
) -> Parameter {
    needed(parameter(ParameterIn::Path, name, about, schema, example))
}

pub(super) fn query(
    name: &str,
    about: &str,
    schema: impl Into<RefOr<Schema>>,
    example: Value,
) -> Parameter {
    parameter(ParameterIn::Query, name, about, schema, example).build()
}

pub(super) fn header(name: &str, about: &str, example: Value) -> Parameter {
    parameter(ParameterIn::Header, name, about, text(), example).build()
}

/// Kinds with commas between them.
fn list(name: &str, about: &str) -> Parameter {
    let kinds = ArrayBuilder::new().items(named::<words::Kind>());
    let kinds = kinds.min_items(Some(1)).build();
    let example = json!(["pole", "ring"]);
    parameter(ParameterIn::Query, name, about, kinds, example)
        .style(Some(ParameterStyle::Form))
        .explode(Some(false))
        .build()
}

fn lon(about: &str) -> Parameter {
    query("lon", about, number(), json!(123.005_511_8))
}

fn lat(about: &str) -> Parameter {
    query("lat", about, number(), json!(29.805_050_3))
}

pub(super) fn needed(parameter: impl Into<ParameterBuilder>) -> Parameter {
    parameter.into().required(Required::True).build()
}

pub(super) fn parameter(
    place: ParameterIn,
    name: &str,
    about: &str,
    schema: impl Into<RefOr<Schema>>,
    example: Value,
) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(schema))
        .example(Some(example))
}

pub(super) fn text() -> Schema {
    let text = ObjectBuilder::new().schema_type(Type::String);
    text.min_length(Some(1)).build().into()
}

fn number() -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Number);
    number.build().into()
}

pub(super) fn whole() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer)
}

pub(super) fn integer<N: Into<utoipa::Number>>(least: N, most: N) -> Schema {
    let number = whole().minimum(Some(least)).maximum(Some(most));
    number.build().into()
}

pub(super) fn named<T: ToSchema + PartialSchema>() -> RefOr<Schema> {
    Ref::from_schema_name(T::name()).into()
}
