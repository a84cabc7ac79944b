//! What is said of published patrols: their parameters, and why they are refused.

use serde_json::json;
use utoipa::IntoParams;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::path::ParameterIn;

use crate::app::fault::Fault as Unanswered;
use crate::app::patrol_fault::PatrolFault;
use crate::http::described::changes::keeper;
use crate::http::described::parameters::header;
use crate::http::described::parameters::integer;
use crate::http::described::parameters::parameter_type;
use crate::http::described::parameters::path;
use crate::http::described::parameters::query;
use crate::http::described::parameters::text;
use crate::http::described::refusals::asked;
use crate::http::described::refusals::body;
use crate::http::described::refusals::not_kept;
use crate::http::described::refusals::region;
use crate::http::described::refusals::unknown_region;
use crate::http::described::refusals::valued;
use crate::http::patrols::MOST_PATROLS;
use crate::http::problem::Fault;

parameter_type!(
    Evening,
    path("day", "The evening.", text(), json!("2026-07-04"))
);
parameter_type!(
    Team,
    query(
        "team",
        "Only of this team, counted from 1.",
        integer(1_usize, 40),
        json!(1)
    )
);
parameter_type!(
    PatrolsAPage,
    query(
        "limit",
        "So many on a page; 31.",
        integer(1_usize, MOST_PATROLS),
        json!(31)
    )
);
parameter_type!(
    BeforeEvening,
    query(
        "before",
        "The last evening of the page before.",
        text(),
        json!("2026-07-04")
    )
);
parameter_type!(
    IfMatch,
    header(
        "if-match",
        "The validator of the patrol that is published for this evening; if it is another by now, nothing happens.",
        json!("*")
    )
);

/// The refusals of an operation, if it is about patrols that are found.
pub(super) fn of(operation: &str) -> Option<Vec<Fault>> {
    let plan = || {
        vec![
            unknown_region(),
            Fault::Unanswered(Unanswered::UnknownJob {
                id: "00c0ffee00c0ffee".to_owned(),
            }),
            of_patrol(PatrolFault::PlanIsFinal {
                id: "00c0ffee00c0ffee".to_owned(),
            }),
        ]
    };
    let evening = || {
        let detail = "the day in the address is no day like 2026-11-25".to_owned();
        vec![unknown_region(), not_kept(), Fault::BadAddress { detail }]
    };
    let unknown = || {
        of_patrol(PatrolFault::Unpublished {
            region: "shuixiang".to_owned(),
            day: "2026-07-04".to_owned(),
        })
    };
    let changed = || {
        Fault::Unanswered(Unanswered::ChangedMeanwhile {
            region: "shuixiang".to_owned(),
        })
    };
    let team = || of_patrol(PatrolFault::UnknownTeam { number: 7 });
    let more = match operation {
        "give_stretch" => [
            plan(),
            region(),
            body(),
            vec![
                of_patrol(PatrolFault::NotInPlan {
                    stretch: "brook:left@0-300".to_owned(),
                }),
                of_patrol(PatrolFault::TooFarForTeam { number: 1 }),
                Fault::Unanswered(Unanswered::TooManyJobs { most: 6 }),
            ],
        ]
        .concat(),
        "plan_gpx" => [plan(), valued(), vec![team()]].concat(),
        "patrols" => [valued(), vec![unknown_region(), not_kept()]].concat(),
        "patrol" => [evening(), valued(), vec![unknown()]].concat(),
        "patrol_gpx" => [evening(), valued(), vec![unknown(), team()]].concat(),
        "publish_patrol" => [
            plan(),
            evening(),
            body(),
            vec![
                changed(),
                of_patrol(PatrolFault::Published {
                    day: "2026-07-04".to_owned(),
                    number: 7,
                }),
                of_patrol(PatrolFault::OtherEvening {
                    day: "2026-07-05".to_owned(),
                }),
            ],
        ]
        .concat(),
        "withdraw_patrol" => [evening(), vec![unknown(), changed()]].concat(),
        _ => return None,
    };
    Some([keeper(), asked(), more].concat())
}

fn of_patrol(fault: PatrolFault) -> Fault {
    Fault::Unanswered(Unanswered::Patrol(fault))
}
