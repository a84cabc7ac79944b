//! Which problems each operation can answer with, each with a real example.

use std::collections::BTreeMap;

use utoipa::openapi::ContentBuilder;
use utoipa::openapi::Header;
use utoipa::openapi::ObjectBuilder;
use utoipa::openapi::Ref;
use utoipa::openapi::Response;
use utoipa::openapi::ResponseBuilder;
use utoipa::openapi::Type;
use utoipa::openapi::example::Example;

use crate::app::exports::PointsError;
use crate::app::fault::Fault as Unanswered;
use crate::app::labels::MOST_LABELS;
use crate::geometry::datum::Datum;
use crate::http::body::LARGEST_BODY;
use crate::http::described::changes;
use crate::http::described::duties;
use crate::http::described::notices;
use crate::http::described::patrols;
use crate::http::described::people;
use crate::http::described::placement;
use crate::http::problem::Fault;
use crate::model::code::BadCode;

/// The answers of an operation that are problems, by status.
pub(super) fn answers(operation: &str) -> BTreeMap<u16, Response> {
    let mut by_status: BTreeMap<u16, Vec<Fault>> = BTreeMap::new();
    for fault in of_operation(operation).into_iter().chain(of_all()) {
        let faults = by_status.entry(fault.status()).or_default();
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    let answers = by_status.into_iter();
    answers
        .map(|(status, faults)| (status, answer(status, &faults)))
        .collect()
}

/// One status, with an example of every problem that has it.
fn answer(status: u16, faults: &[Fault]) -> Response {
    let titles: Vec<&str> = faults.iter().map(Fault::title).collect();
    let examples = faults.iter().map(|fault| {
        let problem = serde_json::to_value(fault.problem()).ok();
        let example = Example::builder().summary(fault.title());
        (fault.name(), example.value(problem).build())
    });
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .examples_from_iter(examples)
        .build();
    let response = ResponseBuilder::new()
        .description(format!("{}.", titles.join("; ")))
        .content("application/problem+json", content);
    let response = match status {
        401 => response.header(
            "www-authenticate",
            text("What is needed, as RFC 6750 has it: Bearer."),
        ),
        429 | 503 => response.header("retry-after", seconds("Ask again after so many seconds.")),
        _ => response,
    };
    response.build()
}

/// A header that is a text.
pub(super) fn text(about: &str) -> Header {
    let mut header = Header::new(ObjectBuilder::new().schema_type(Type::String));
    header.description = Some(about.to_owned());
    header
}

fn seconds(about: &str) -> Header {
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    let mut header = Header::new(number.minimum(Some(1)));
    header.description = Some(about.to_owned());
    header
}

/// What may happen to every request.
fn of_all() -> Vec<Fault> {
    vec![
        Fault::Busy,
        Fault::TooSlow { seconds: 15 },
        Fault::Mistake {
            code: "6927a1c0-0".to_owned(),
        },
    ]
}

fn of_operation(operation: &str) -> Vec<Fault> {
    people::of(operation)
        .or_else(|| changes::of(operation))
        .or_else(|| notices::of(operation))
        .or_else(|| placement::of(operation))
        .or_else(|| patrols::of(operation))
        .or_else(|| duties::of(operation))
        .unwrap_or_else(|| of_question(operation))
}

fn of_question(operation: &str) -> Vec<Fault> {
    match operation {
        "readyz" => vec![Fault::NotReady {
            detail: "0 of 2 regions are ready".to_owned(),
        }],
        "regions" => asked(),
        "region" | "events" => [asked(), vec![unknown_region()]].concat(),
        "coverage" | "crossings" | "water_bodies" => [asked(), valued(), region()].concat(),
        "gaps" => [
            asked(),
            valued(),
            region(),
            vec![unknown_village(), unknown_water_body()],
        ]
        .concat(),
        "equipment" | "inspections" => {
            [asked(), valued(), region(), vec![unknown_village()]].concat()
        }
        "village_report" => [asked(), valued(), region(), vec![unknown_village()]].concat(),
        "labels" => [
            asked(),
            valued(),
            region(),
            vec![unknown_village(), too_many_labels()],
        ]
        .concat(),
        "export" => [asked(), valued(), region(), vec![other_datum()]].concat(),
        "piece" => [asked(), valued(), region(), vec![unknown_equipment()]].concat(),
        "nearest" => [
            vec![Fault::NotSignedIn, Fault::WrongKey],
            asked(),
            valued(),
            place(),
        ]
        .concat(),
        "nearest_of_many" => [
            vec![Fault::NotSignedIn, Fault::WrongKey],
            asked(),
            valued(),
            body(),
        ]
        .concat(),
        "crossing" => [asked(), valued(), region(), vec![unknown_crossing()]].concat(),
        "water_body" => [asked(), region(), vec![unknown_water_body()]].concat(),
        "rescue_points" => [asked(), valued(), region(), vec![unknown_water_body()]].concat(),
        "rescue_point" => [asked(), valued(), region(), vec![unknown_point()]].concat(),
        "code" => [asked(), valued(), code()].concat(),
        "evaluate" => [
            asked(),
            valued(),
            body(),
            region(),
            vec![unknown_equipment(), already_removed()],
        ]
        .concat(),
        "tiles" | "settings" => [asked(), region()].concat(),
        "tile" => [asked(), valued(), region(), tile()].concat(),
        // Answers that are always the same, and whose queries nobody reads.
        _ => Vec::new(),
    }
}

pub(super) fn asked() -> Vec<Fault> {
    vec![Fault::UnknownParameter {
        name: "limit_km".to_owned(),
        known: "by, kind, limit_m, condition".to_owned(),
    }]
}

pub(super) fn valued() -> Vec<Fault> {
    vec![Fault::BadParameter {
        name: "limit_m",
        detail: "limit_m is -3; give a number from 1 to 1000".to_owned(),
    }]
}

pub(super) fn body() -> Vec<Fault> {
    vec![
        Fault::BadBody {
            detail: "the body cannot be read: EOF while parsing an object at line 1 column 1"
                .to_owned(),
        },
        Fault::NotJson,
        Fault::CrossSite,
        Fault::BodyTooLarge { most: LARGEST_BODY },
    ]
}

pub(super) fn unknown_region() -> Fault {
    Fault::Unanswered(Unanswered::UnknownRegion {
        id: "atlantis".to_owned(),
        known: "liechtenstein, shuixiang".to_owned(),
    })
}

fn too_many_labels() -> Fault {
    Fault::Unanswered(Unanswered::TooManyLabels {
        n_labels: 2_417,
        most: MOST_LABELS,
    })
}

pub(super) fn region() -> Vec<Fault> {
    vec![
        unknown_region(),
        Fault::Unanswered(Unanswered::Failed {
            id: "shuixiang".to_owned(),
            reason: "water.geojson: no such file".to_owned(),
        }),
        Fault::Unanswered(Unanswered::Loading {
            id: "shuixiang".to_owned(),
        }),
    ]
}

fn place() -> Vec<Fault> {
    let (lon, lat) = (9.5, 40.1);
    vec![
        Fault::Unanswered(Unanswered::NoRegion { lon, lat }),
        Fault::Unanswered(Unanswered::NoRegionYet { lon, lat }),
        Fault::Unanswered(Unanswered::Misread {
            lon: 123.0118,
            lat: 29.8021,
            datum: Datum::Gcj02,
            region: "shuixiang".to_owned(),
        }),
    ]
}

pub(super) fn unknown_village() -> Fault {
    Fault::Unanswered(Unanswered::UnknownVillage {
        region: "shuixiang".to_owned(),
        id: "village-0".to_owned(),
    })
}

pub(super) fn unknown_water_body() -> Fault {
    Fault::Unanswered(Unanswered::UnknownWaterBody {
        region: "shuixiang".to_owned(),
        id: "water-0".to_owned(),
    })
}

pub(super) fn unknown_point() -> Fault {
    Fault::Unanswered(Unanswered::UnknownRescuePoint {
        region: "shuixiang".to_owned(),
        id: "rescue-point-0".to_owned(),
    })
}

fn other_datum() -> Fault {
    Fault::Unanswered(Unanswered::Points(PointsError::OnlyWgs84 {
        format: "KML",
        datum: Datum::Gcj02,
    }))
}

pub(super) fn unknown_equipment() -> Fault {
    Fault::Unanswered(Unanswered::UnknownEquipment {
        region: "shuixiang".to_owned(),
        id: "SX-999".to_owned(),
    })
}

pub(super) fn unknown_crossing() -> Fault {
    Fault::Unanswered(Unanswered::UnknownCrossing {
        region: "shuixiang".to_owned(),
        id: "bridge-w0".to_owned(),
    })
}

pub(super) fn not_kept() -> Fault {
    Fault::Unanswered(Unanswered::NotKept {
        reason: "zhugan/zhugan.sqlite: is read-only; give its owner the right to write it"
            .to_owned(),
    })
}

fn already_removed() -> Fault {
    Fault::Unanswered(Unanswered::AlreadyRemoved {
        number: 1,
        id: "SX-001".to_owned(),
    })
}

fn code() -> Vec<Fault> {
    let code = || "SX-0999-K".to_owned();
    vec![
        Fault::BadCode(BadCode::Misread("SX-0017-K".to_owned())),
        Fault::Unanswered(Unanswered::UnknownPrefix {
            code: "ZZ-0001-K".to_owned(),
            known: "LI, SX".to_owned(),
        }),
        Fault::Unanswered(Unanswered::UnknownCode {
            code: code(),
            region: "shuixiang".to_owned(),
        }),
        Fault::Unanswered(Unanswered::Failed {
            id: "shuixiang".to_owned(),
            reason: "water.geojson: no such file".to_owned(),
        }),
        Fault::Unanswered(Unanswered::Loading {
            id: "shuixiang".to_owned(),
        }),
    ]
}

fn tile() -> Vec<Fault> {
    vec![
        Fault::BadAddress {
            detail: "the column is east; a tile is /tiles/REGION/ZOOM/COLUMN/ROW.mvt".to_owned(),
        },
        Fault::NoSuchTile {
            detail: "zoom 20 is not served; take 5 to 16".to_owned(),
        },
    ]
}
