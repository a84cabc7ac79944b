//! What is said of searches for places and for patrols: their parameters, and why they are refused.

use serde_json::json;
use utoipa::IntoParams;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::path::ParameterIn;

use crate::app::fault::Fault as Unanswered;
use crate::http::described::changes::keeper;
use crate::http::described::parameters::parameter_type;
use crate::http::described::parameters::path;
use crate::http::described::parameters::text;
use crate::http::described::refusals::asked;
use crate::http::described::refusals::body;
use crate::http::described::refusals::region;
use crate::http::described::refusals::unknown_region;
use crate::http::described::refusals::valued;
use crate::http::problem::Fault;

parameter_type!(
    JobName,
    path(
        "id",
        "By what the search is known, as the answer to POST says.",
        text(),
        json!("00c0ffee00c0ffee")
    )
);

/// The refusals of an operation, if it is about searches.
pub(super) fn of(operation: &str) -> Option<Vec<Fault>> {
    let unknown = Unanswered::UnknownJob {
        id: "00c0ffee00c0ffee".to_owned(),
    };
    let unknown = vec![unknown_region(), Fault::Unanswered(unknown)];
    Some(match operation {
        "place" | "plan_patrol" => [
            keeper(),
            asked(),
            valued(),
            region(),
            vec![Fault::Unanswered(Unanswered::TooManyJobs { most: 6 })],
            body(),
        ]
        .concat(),
        "placement_job" | "patrol_job" => [keeper(), asked(), valued(), unknown].concat(),
        "end_placement" | "end_patrol" => [keeper(), asked(), unknown].concat(),
        _ => return None,
    })
}
