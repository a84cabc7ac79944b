//! Which problems the operations can answer with that change something, or that only whoever may change things can ask.

use crate::app::fault::Fault as Unanswered;
use crate::app::import::FileColumn;
use crate::app::photos::PhotoError;
use crate::http::body::LARGEST_FILE;
use crate::http::body::LARGEST_PHOTO;
use crate::http::described::people;
use crate::http::described::refusals::asked;
use crate::http::described::refusals::body;
use crate::http::described::refusals::not_kept;
use crate::http::described::refusals::region;
use crate::http::described::refusals::unknown_crossing;
use crate::http::described::refusals::unknown_equipment;
use crate::http::described::refusals::unknown_point;
use crate::http::described::refusals::unknown_region;
use crate::http::described::refusals::unknown_water_body;
use crate::http::described::refusals::valued;
use crate::http::problem::Fault;
use crate::model::account::Role;

/// Of an operation that changes something, or that only whoever may change things can ask.
pub(super) fn of(operation: &str) -> Option<Vec<Fault>> {
    Some(match operation {
        "set_crossing" => written(vec![unknown_crossing(), changed_meanwhile()]),
        "add_rescue_point" => written(
            vec![unknown_equipment(), outside_region()]
                .into_iter()
                .chain(of_point())
                .collect(),
        ),
        "edit_rescue_point" => written(
            vec![
                unknown_point(),
                unknown_equipment(),
                outside_region(),
                changed_meanwhile(),
            ]
            .into_iter()
            .chain(of_point())
            .collect(),
        ),
        "retire_rescue_point" => [
            keeper(),
            asked(),
            region(),
            vec![unknown_point(), changed_meanwhile(), not_kept()],
        ]
        .concat(),
        "correct" => written(
            vec![outside_region()]
                .into_iter()
                .chain(of_correction())
                .collect(),
        ),
        "corrections" => kept(Vec::new()),
        "take_back_correction" => [
            keeper(),
            asked(),
            region(),
            vec![
                unknown_correction(),
                other_files(),
                changed_meanwhile(),
                not_kept(),
            ],
        ]
        .concat(),
        "report" => [
            people::signed_in(),
            asked(),
            valued(),
            body(),
            region(),
            of_report(),
        ]
        .concat(),
        "one_report" => [
            keeper(),
            asked(),
            valued(),
            vec![unknown_region(), unknown_report(), not_kept()],
        ]
        .concat(),
        "add_photo" => [asked(), valued(), vec![unknown_region()], of_photo()].concat(),
        "photo" => [
            keeper(),
            asked(),
            valued(),
            vec![unknown_region(), unknown_photo(), not_kept()],
        ]
        .concat(),
        "decide_report" => written(vec![unknown_report(), report_decided()]),
        "turn_settings" => written(vec![changed_meanwhile(), warns_too_soon()]),
        "set_risk" => written(vec![unknown_water_body(), changed_meanwhile()]),
        "add_piece" => written(vec![outside_region()]),
        "inspect_piece" => written(vec![unknown_equipment(), changed_meanwhile()]),
        "edit_piece" => written(vec![
            unknown_equipment(),
            changed_meanwhile(),
            outside_region(),
        ]),
        "retire_piece" => [
            keeper(),
            asked(),
            region(),
            vec![unknown_equipment(), changed_meanwhile(), not_kept()],
        ]
        .concat(),
        "audit" | "reports" | "import_report" => [
            keeper(),
            asked(),
            valued(),
            vec![unknown_region(), not_kept()],
        ]
        .concat(),
        "undo" => kept(undo()),
        "preview_import" => kept(of_file()),
        "import_file" => kept([of_file(), vec![changed_meanwhile()]].concat()),
        _ => return of_call(operation),
    })
}

/// What stands in the way of every change, with more.
fn kept(mut more: Vec<Fault>) -> Vec<Fault> {
    more.push(not_kept());
    [keeper(), asked(), valued(), region(), more].concat()
}

/// The same of a change that has a body.
fn written(more: Vec<Fault>) -> Vec<Fault> {
    [kept(more), body()].concat()
}

/// Of calls and of those who are called.
fn of_call(operation: &str) -> Option<Vec<Fault>> {
    Some(match operation {
        "roster" => [keeper(), asked(), valued(), region()].concat(),
        "change_responder" => written(vec![unknown_responder()]),
        "add_responder" => written(vec![outside_region(), too_many_responders()]),
        "edit_responder" => written(vec![
            unknown_responder(),
            outside_region(),
            changed_meanwhile(),
        ]),
        "take_off_responder" => kept(vec![unknown_responder(), changed_meanwhile()]),
        "open_incident" => written(vec![outside()]),
        "incidents" | "incident_summary" => kept(Vec::new()),
        "incident" => kept(vec![unknown_incident()]),
        "close_incident" => written(of_incident()),
        "send" => {
            let more = vec![unknown_equipment(), unknown_responder()];
            written([of_incident(), more].concat())
        }
        "arrive" => written(vec![
            unknown_incident(),
            unknown_sending(),
            before_it_began(),
        ]),
        _ => return None,
    })
}

/// What may be against a file.
fn of_file() -> Vec<Fault> {
    let fault = "has no column lon, only name, village; name the columns in its first row, or in region.toml like columns = { lon = \"...\" }";
    vec![
        Fault::Unanswered(Unanswered::BadFile {
            file: "poles.csv".to_owned(),
            fault: fault.to_owned(),
            columns: ["name", "village"]
                .map(|name| FileColumn {
                    header: name.to_owned(),
                    read_as: Some(name),
                })
                .to_vec(),
        }),
        Fault::CrossSite,
        Fault::BodyTooLarge { most: LARGEST_FILE },
    ]
}

/// Of putting something back.
fn undo() -> Vec<Fault> {
    let faults = [
        Unanswered::UnknownEntry { id: 7 },
        Unanswered::ChangedSince {
            thing: "equipment",
            id: "SX-001".to_owned(),
        },
        Unanswered::ImportChangedSince {
            file: "poles.csv".to_owned(),
            n_pieces: 2,
            first: "SX-001".to_owned(),
        },
        Unanswered::NotUndoable {
            thing: "incident".to_owned(),
        },
        Unanswered::UnknownCrossing {
            region: "shuixiang".to_owned(),
            id: "bridge-0".to_owned(),
        },
    ];
    faults.map(Fault::Unanswered).into()
}

pub(super) fn keeper() -> Vec<Fault> {
    [people::signed_in(), people::allowed(Role::Planner)].concat()
}

/// What a rescue point may have against being as it is asked for.
fn of_point() -> Vec<Fault> {
    vec![
        Fault::Unanswered(Unanswered::AtOtherPoint {
            piece: "SX-001".to_owned(),
            point: "rescue-point-1".to_owned(),
        }),
        Fault::Unanswered(Unanswered::OffBank {
            lon: 123.0042,
            lat: 29.8039,
            within_m: 50.0,
        }),
    ]
}

fn unknown_correction() -> Fault {
    Fault::Unanswered(Unanswered::UnknownCorrection {
        region: "shuixiang".to_owned(),
        id: "correction-0".to_owned(),
    })
}

fn other_files() -> Fault {
    Fault::Unanswered(Unanswered::OtherFiles {
        region: "shuixiang".to_owned(),
    })
}

/// What may be against a correction of the map.
fn of_correction() -> Vec<Fault> {
    vec![
        other_files(),
        Fault::Unanswered(Unanswered::NothingThere {
            what: "path",
            lon: 123.0042,
            lat: 29.8039,
            within_m: 15.0,
        }),
        Fault::Unanswered(Unanswered::CannotDraw {
            why: "crosses itself; draw its bank once around".to_owned(),
        }),
    ]
}

fn warns_too_soon() -> Fault {
    Fault::Unanswered(Unanswered::WarnsTooSoon {
        target_m: 120.0,
        warn_m: 100.0,
    })
}

fn unknown_report() -> Fault {
    Fault::Unanswered(Unanswered::UnknownReport { id: 17 })
}

fn unknown_photo() -> Fault {
    Fault::Unanswered(Unanswered::UnknownPhoto {
        report: 1,
        number: 3,
    })
}

fn report_decided() -> Fault {
    Fault::Unanswered(Unanswered::ReportDecided { id: 1 })
}

/// What is against taking a report.
fn of_report() -> Vec<Fault> {
    vec![
        unknown_equipment(),
        outside_region(),
        Fault::TooManyReports { seconds: 412 },
        Fault::Unanswered(Unanswered::ReportsWait),
        not_kept(),
    ]
}

fn unknown_incident() -> Fault {
    Fault::Unanswered(Unanswered::UnknownIncident { id: 7 })
}

/// What an incident may have against being changed.
fn of_incident() -> Vec<Fault> {
    let closed = Unanswered::IncidentClosed { id: 1 };
    vec![unknown_incident(), Fault::Unanswered(closed)]
}

fn unknown_sending() -> Fault {
    Fault::Unanswered(Unanswered::UnknownSending {
        incident: 1,
        sending: 7,
    })
}

fn before_it_began() -> Fault {
    Fault::Unanswered(Unanswered::BeforeItBegan)
}

fn unknown_responder() -> Fault {
    Fault::Unanswered(Unanswered::UnknownResponder {
        region: "shuixiang".to_owned(),
        id: "V-99".to_owned(),
    })
}

fn too_many_responders() -> Fault {
    Fault::Unanswered(Unanswered::TooManyResponders {
        region: "shuixiang".to_owned(),
    })
}

fn outside() -> Fault {
    let (lon, lat) = (9.5, 40.1);
    Fault::Unanswered(Unanswered::NoRegion { lon, lat })
}

fn changed_meanwhile() -> Fault {
    Fault::Unanswered(Unanswered::ChangedMeanwhile {
        region: "shuixiang".to_owned(),
    })
}

fn outside_region() -> Fault {
    Fault::Unanswered(Unanswered::OutsideRegion {
        lon: 9.5,
        lat: 40.1,
        region: "shuixiang".to_owned(),
    })
}

/// What is against adding a photo to a report.
fn of_photo() -> Vec<Fault> {
    let faults = [
        Unanswered::NoPhotoRight { report: 17 },
        Unanswered::TooManyPhotos { report: 1 },
        Unanswered::PhotosWait,
        Unanswered::UnknownReport { id: 17 },
        Unanswered::Photo(PhotoError::OtherKind),
        Unanswered::Photo(PhotoError::TooManyPixels {
            width: 12_000,
            height: 9_000,
        }),
        Unanswered::Photo(PhotoError::Damaged),
    ];
    let mut faults: Vec<Fault> = faults.map(Fault::Unanswered).into();
    faults.extend([
        Fault::CrossSite,
        Fault::BodyTooLarge {
            most: LARGEST_PHOTO,
        },
        not_kept(),
    ]);
    faults
}
