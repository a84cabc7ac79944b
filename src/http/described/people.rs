//! Which problems the operations on those who sign in can answer with.

use crate::app::duty_fault::DutyFault;
use crate::app::fault::Fault as Unanswered;
use crate::app::people::fault::PeopleFault;
use crate::http::described::refusals::asked;
use crate::http::described::refusals::body;
use crate::http::described::refusals::not_kept;
use crate::http::described::refusals::unknown_region;
use crate::http::described::refusals::valued;
use crate::http::problem::Fault;
use crate::http::provider::fault::ProviderFault;
use crate::model::account::BadName;
use crate::model::account::Role;

/// Of an operation on those who sign in; none if it is another.
pub(super) fn of(operation: &str) -> Option<Vec<Fault>> {
    let read = |more: Vec<Fault>| [asked(), vec![not_kept()], more].concat();
    let written = |more: Vec<Fault>| [read(more), body(), vec![Fault::CrossSite]].concat();
    let gone = |more: Vec<Fault>| [read(more), signed_in(), vec![Fault::CrossSite]].concat();
    let found = Fault::People;
    Some(match operation {
        "sign_out" => [read(Vec::new()), vec![Fault::CrossSite]].concat(),
        "sign_in" => written(vec![wrong_password(), too_many_attempts()]),
        "begin_with_provider" => written(vec![
            Fault::Provider(ProviderFault::None),
            Fault::Provider(ProviderFault::Down {
                name: "Town ID".to_owned(),
            }),
            found(PeopleFault::UnknownInvitation),
            too_many_attempts(),
            found(PeopleFault::BadName(BadName)),
            found(PeopleFault::NameTaken("wang".to_owned())),
        ]),
        "return_from_provider" => vec![Fault::Provider(ProviderFault::None)],
        "change_password" => written(
            [
                signed_in(),
                vec![
                    wrong_password(),
                    too_many_attempts(),
                    weak_password(),
                    found(PeopleFault::OnlyPeople),
                ],
            ]
            .concat(),
        ),
        "invite" => {
            let more = vec![
                unknown_region(),
                found(PeopleFault::TooMany("invitations that nobody has taken")),
                Fault::Unanswered(Unanswered::Duty(DutyFault::UnknownVolunteer { id: 7 })),
                Fault::Unanswered(Unanswered::Duty(DutyFault::HasAccount { id: 7 })),
            ];
            written([signed_in(), allowed(Role::Planner), valued(), more].concat())
        }
        "invitations" | "keys" | "session" => [read(Vec::new()), signed_in()].concat(),
        "accounts" => [read(Vec::new()), signed_in(), allowed(Role::Planner)].concat(),
        "withdraw" => gone(vec![found(PeopleFault::UnknownInvitation), bad_number()]),
        "look" => written(vec![
            found(PeopleFault::UnknownInvitation),
            too_many_attempts(),
        ]),
        "accept" => written(
            [
                signed_in(),
                vec![
                    found(PeopleFault::UnknownInvitation),
                    too_many_attempts(),
                    weak_password(),
                    found(PeopleFault::BadName(BadName)),
                    found(PeopleFault::NameTaken("wang".to_owned())),
                    found(PeopleFault::OnlyPeople),
                ],
            ]
            .concat(),
        ),
        "set_account" => {
            let more = vec![
                found(PeopleFault::UnknownAccount(7)),
                found(PeopleFault::LastAdministrator),
                unknown_region(),
                bad_number(),
            ];
            written([signed_in(), allowed(Role::Administrator), more].concat())
        }
        "make_key" => {
            let more = vec![
                unknown_region(),
                found(PeopleFault::OnlyPeople),
                found(PeopleFault::BadDays { days: 0 }),
                found(PeopleFault::TooMany("keys of one account")),
            ];
            written([signed_in(), allowed(Role::Planner), more].concat())
        }
        "audit_of_people" => [
            read(Vec::new()),
            signed_in(),
            allowed(Role::Administrator),
            valued(),
        ]
        .concat(),
        "end_key" => gone(vec![found(PeopleFault::UnknownKey(7)), bad_number()]),
        _ => return None,
    })
}

/// Of every operation that a stranger is refused.
pub(super) fn signed_in() -> Vec<Fault> {
    vec![Fault::NotSignedIn, Fault::WrongKey]
}

/// Of every operation that takes a role.
pub(super) fn allowed(needed: Role) -> Vec<Fault> {
    vec![
        Fault::People(PeopleFault::NotAllowed { needed }),
        Fault::CrossSite,
    ]
}

pub(super) fn bad_number() -> Fault {
    Fault::BadAddress {
        detail: "Cannot parse `one` to a `i64`".to_owned(),
    }
}

fn wrong_password() -> Fault {
    Fault::People(PeopleFault::WrongPassword)
}

fn too_many_attempts() -> Fault {
    Fault::People(PeopleFault::TooManyAttempts { wait_s: 4 })
}

fn weak_password() -> Fault {
    Fault::People(PeopleFault::WeakPassword("is too short"))
}
