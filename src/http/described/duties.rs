//! What is said of volunteers, their evenings and what they hand in: words, parameters, and why something is refused.

use std::borrow::Cow;

use serde_json::json;
use utoipa::IntoParams;
use utoipa::PartialSchema;
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::path::ParameterIn;
use utoipa::openapi::schema::Schema;

use crate::app::duty_fault::DutyFault;
use crate::app::duty_words;
use crate::app::evenings::MOST_DAYS;
use crate::app::fault::Fault as Unanswered;
use crate::app::patrol_fault::PatrolFault;
use crate::app::seen::TeamState;
use crate::http::described::changes::keeper;
use crate::http::described::parameters::header;
use crate::http::described::parameters::integer;
use crate::http::described::parameters::parameter_type;
use crate::http::described::parameters::path;
use crate::http::described::parameters::query;
use crate::http::described::parameters::text;
use crate::http::described::people;
use crate::http::described::refusals::asked;
use crate::http::described::refusals::body;
use crate::http::described::refusals::not_kept;
use crate::http::described::refusals::region;
use crate::http::described::refusals::unknown_equipment;
use crate::http::described::refusals::unknown_region;
use crate::http::described::refusals::valued;
use crate::http::described::words::one_of;
use crate::http::described::words::words;
use crate::http::problem::Fault;
use crate::http::seen::MOST_WEEKS;
use crate::model::account::Role;
use crate::model::entry::ShownBy;
use crate::model::entry::SkipReason;
use crate::model::roster::DutyAnswer;
use crate::model::volunteer::Skill;
use crate::model::volunteer::VolunteerKind;
use crate::model::volunteer::VolunteerState;
use crate::plan::seen::FlagKind;

words!(
    /// Where a volunteer comes from.
    VolunteerKindName,
    VolunteerKind::ALL.map(duty_words::of_volunteer)
);
words!(
    /// What a volunteer can do.
    SkillName,
    Skill::ALL.map(duty_words::of_skill)
);
words!(
    /// How somebody stands to the volunteers: they have applied, they are on the roster, they have left.
    VolunteerStateName,
    VolunteerState::ALL.map(duty_words::of_state)
);
words!(
    /// What somebody says of an evening.
    AnswerName,
    DutyAnswer::ALL.map(duty_words::of_answer)
);
words!(
    /// How it was shown that somebody was there: by the code on a piece, by where the phone was, by nothing but their word.
    ShownByName,
    ShownBy::ALL.map(duty_words::of_shown)
);
words!(
    /// Why a stretch was left out.
    SkipReasonName,
    SkipReason::ALL.map(duty_words::of_skip_reason)
);

words!(
    /// How far a team is: it need not have set off yet, it should have, it is on its way, it is back.
    TeamStateName,
    TeamState::ALL.map(duty_words::of_team_state)
);
words!(
    /// What is odd about a track: fixes where nobody can have got to, too fast for a walk, a gap that nobody can have walked and one that fits, a place where it cannot be told which bank it was, a track that was handed in before. Of a jump, of what was too fast, of a gap and of a replay nothing is credited.
    FlagName,
    FlagKind::ALL.map(duty_words::of_flag)
);

parameter_type!(
    VolunteerNumber,
    path(
        "id",
        "The volunteer's number.",
        integer(1_i64, i64::MAX),
        json!(1)
    )
);
parameter_type!(
    EntryNumber,
    path(
        "id",
        "A UUID that the phone makes, once for each entry.",
        text(),
        json!("0190f3a2-7c1b-7d2e-9f00-00c0ffee0001")
    )
);
parameter_type!(
    DutyDay,
    query(
        "day",
        "The evening; today, unless another is named.",
        text(),
        json!("2026-07-04")
    )
);
parameter_type!(
    FirstEvening,
    query(
        "from",
        "The first evening; today, unless another is named.",
        text(),
        json!("2026-07-06")
    )
);
parameter_type!(
    SoManyEvenings,
    query(
        "days",
        "So many evenings; 7.",
        integer(1_u16, MOST_DAYS),
        json!(7)
    )
);
parameter_type!(
    CalendarKey,
    query(
        "key",
        "The secret of the address that POST …/duty/calendar has given.",
        text(),
        json!("b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c")
    )
);
parameter_type!(
    LastEvening,
    query(
        "until",
        "The last evening; today, unless another is named.",
        text(),
        json!("2026-07-04")
    )
);
parameter_type!(
    SoManyWeeks,
    query(
        "weeks",
        "So many weeks; 4.",
        integer(1_u16, MOST_WEEKS),
        json!(4)
    )
);
parameter_type!(
    IfVolunteer,
    header(
        "if-match",
        "The validator of the volunteer; if it is another by now, nothing happens.",
        json!("*")
    )
);
parameter_type!(
    IfEvening,
    header(
        "if-match",
        "The validator of the evening; if it is another by now, nothing happens.",
        json!("*")
    )
);
parameter_type!(
    HandInRight,
    header(
        "hand-in",
        "The right that POST …/duty/hand-in has given; for that account it is handed in.",
        json!("b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c")
    )
);

/// The refusals of an operation, if it is about volunteers.
pub(super) fn of(operation: &str) -> Option<Vec<Fault>> {
    let more = of_lists(operation).or_else(|| of_phones(operation))?;
    Some([asked(), more].concat())
}

/// Of those that planners ask, and of the open call.
fn of_lists(operation: &str) -> Option<Vec<Fault>> {
    let of_volunteer = || {
        vec![
            of_duty(DutyFault::UnknownAccount {
                name: "wang".to_owned(),
            }),
            of_duty(DutyFault::AccountTaken),
            of_duty(DutyFault::TooManyVolunteers),
        ]
    };
    let changed = || {
        let changed = Fault::Unanswered(Unanswered::ChangedMeanwhile {
            region: "shuixiang".to_owned(),
        });
        vec![of_duty(DutyFault::UnknownVolunteer { id: 7 }), changed]
    };
    Some(match operation {
        "volunteers" => [keeper(), kept()].concat(),
        "add_volunteer" => [keeper(), kept(), body(), valued(), of_volunteer()].concat(),
        "set_volunteer" => [
            keeper(),
            kept(),
            body(),
            valued(),
            of_volunteer(),
            changed(),
            vec![people::bad_number()],
        ]
        .concat(),
        "apply" => [
            kept(),
            body(),
            valued(),
            vec![
                of_duty(DutyFault::TooManyVolunteers),
                Fault::TooManyReports { seconds: 120 },
            ],
        ]
        .concat(),
        "evenings" | "seen_history" => [keeper(), region(), valued(), vec![not_kept()]].concat(),
        "set_evening" => [
            keeper(),
            kept(),
            body(),
            valued(),
            changed(),
            vec![
                of_duty(DutyFault::BadRoster {
                    why: "has volunteer 7 twice".to_owned(),
                }),
                bad_address("the day in the address is no day like 2026-11-25"),
            ],
        ]
        .concat(),
        "propose_evenings" => [keeper(), kept(), body(), valued()].concat(),
        _ => return None,
    })
}

/// Of those that volunteers' phones ask, and their calendars.
fn of_phones(operation: &str) -> Option<Vec<Fault>> {
    let own = || [people::signed_in(), people::allowed(Role::Volunteer)].concat();
    let not_on = || {
        of_duty(DutyFault::NotOn {
            day: "2026-07-04".to_owned(),
        })
    };
    Some(match operation {
        "duty" | "seen" => [own(), region(), valued(), vec![not_kept()]].concat(),
        "make_calendar" | "allow_hand_in" => [own(), kept()].concat(),
        "calendar" => [region(), vec![not_kept(), of_duty(DutyFault::NoCalendar)]].concat(),
        "duty_gpx" => [
            own(),
            region(),
            valued(),
            vec![
                not_kept(),
                not_on(),
                Fault::Unanswered(Unanswered::Patrol(PatrolFault::Unpublished {
                    region: "shuixiang".to_owned(),
                    day: "2026-07-04".to_owned(),
                })),
            ],
        ]
        .concat(),
        "answer_duty" => [
            own(),
            kept(),
            body(),
            valued(),
            vec![of_duty(DutyFault::NotOnRoster), not_on()],
        ]
        .concat(),
        "take_over" => [
            own(),
            kept(),
            body(),
            valued(),
            vec![
                of_duty(DutyFault::NotOnRoster),
                of_duty(DutyFault::AlreadyOn {
                    day: "2026-07-04".to_owned(),
                }),
                of_duty(DutyFault::NotHandedOver {
                    day: "2026-07-04".to_owned(),
                }),
            ],
        ]
        .concat(),
        "consent" => [own(), kept(), body(), vec![of_duty(DutyFault::NotOnRoster)]].concat(),
        "hand_in" => [
            own(),
            region(),
            body(),
            valued(),
            vec![
                not_kept(),
                unknown_equipment(),
                outside(),
                bad_address(
                    "the number in the address is no UUID; make one with crypto.randomUUID()",
                ),
                of_duty(DutyFault::NoHandInRight),
                of_duty(DutyFault::NoConsent),
                of_duty(DutyFault::NothingReported),
                of_duty(DutyFault::OtherEntry {
                    id: "0190f3a2-7c1b-7d2e-9f00-00c0ffee0001".to_owned(),
                }),
            ],
        ]
        .concat(),
        _ => return None,
    })
}

fn kept() -> Vec<Fault> {
    vec![unknown_region(), not_kept()]
}

fn bad_address(detail: &str) -> Fault {
    Fault::BadAddress {
        detail: detail.to_owned(),
    }
}

fn of_duty(fault: DutyFault) -> Fault {
    Fault::Unanswered(Unanswered::Duty(fault))
}

fn outside() -> Fault {
    Fault::Unanswered(Unanswered::OutsideRegion {
        lon: 9.0,
        lat: 47.0,
        region: "shuixiang".to_owned(),
    })
}
