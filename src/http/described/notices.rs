//! Which problems the operations on notices and webhooks can answer with.

use crate::app::fault::Fault as Unanswered;
use crate::http::described::people::allowed;
use crate::http::described::people::bad_number;
use crate::http::described::people::signed_in;
use crate::http::described::refusals::asked;
use crate::http::described::refusals::body;
use crate::http::described::refusals::not_kept;
use crate::http::described::refusals::region;
use crate::http::described::refusals::unknown_region;
use crate::http::described::refusals::unknown_village;
use crate::http::described::refusals::unknown_water_body;
use crate::http::described::refusals::valued;
use crate::http::problem::Fault;
use crate::model::account::Role;

/// Of an operation on notices or webhooks; none if it is another.
pub(super) fn of(operation: &str) -> Option<Vec<Fault>> {
    let planner = [signed_in(), allowed(Role::Planner)].concat();
    let administrator = [signed_in(), allowed(Role::Administrator)].concat();
    let read = |more: Vec<Fault>| [asked(), vec![not_kept()], more].concat();
    Some(match operation {
        "notices" => [read(vec![unknown_region()]), valued(), planner].concat(),
        "notice_feed" => [read(region()), valued()].concat(),
        "notice_cap" => [read(region()), vec![bad_number(), unknown_notice()]].concat(),
        "write_notice" => [
            read(region()),
            valued(),
            body(),
            planner,
            places(),
            vec![unanswered(Unanswered::TooManyNotices)],
        ]
        .concat(),
        "edit_notice" => [
            read(region()),
            valued(),
            body(),
            planner,
            places(),
            changed(),
            vec![unanswered(Unanswered::ChangedTooOften { id: 1 })],
        ]
        .concat(),
        "withdraw_notice" => [read(vec![unknown_region()]), planner, changed()].concat(),
        "webhooks" => [read(Vec::new()), administrator].concat(),
        "add_webhook" => [
            read(vec![unknown_region()]),
            valued(),
            body(),
            administrator,
            vec![
                unanswered(Unanswered::TooManyWebhooks),
                unanswered(Unanswered::NoChance {
                    reason: "no device".to_owned(),
                }),
            ],
        ]
        .concat(),
        "remove_webhook" | "deliveries" => [
            read(Vec::new()),
            administrator,
            vec![
                bad_number(),
                unanswered(Unanswered::UnknownWebhook { id: 7 }),
            ],
        ]
        .concat(),
        _ => return None,
    })
}

fn unanswered(fault: Unanswered) -> Fault {
    Fault::Unanswered(fault)
}

fn unknown_notice() -> Fault {
    unanswered(Unanswered::UnknownNotice { id: 7 })
}

/// What a notice may have against being so.
fn places() -> Vec<Fault> {
    let over = "is over already; give an until that is to come".to_owned();
    vec![
        unknown_village(),
        unknown_water_body(),
        unanswered(Unanswered::BadNotice { why: over }),
    ]
}

/// What a notice may have against being changed.
fn changed() -> Vec<Fault> {
    vec![
        bad_number(),
        unknown_notice(),
        unanswered(Unanswered::NoticeWithdrawn { id: 1 }),
        unanswered(Unanswered::ChangedMeanwhile {
            region: "shuixiang".to_owned(),
        }),
    ]
}
