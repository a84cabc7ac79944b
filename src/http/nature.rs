//! The nature of every fault: its status, its stable name, its title.

use axum::http::StatusCode;

use crate::app::duty_fault::DutyFault;
use crate::app::fault::Fault as Unanswered;
use crate::app::patrol_fault::PatrolFault;
use crate::app::people::fault::PeopleFault;
use crate::http::provider::fault::ProviderFault;

/// Of somebody who is not let in.
pub(super) fn of_people(fault: &PeopleFault) -> (StatusCode, &'static str, &'static str) {
    match fault {
        PeopleFault::WrongPassword => (
            StatusCode::UNAUTHORIZED,
            "wrong-password",
            "The name or the password is wrong",
        ),
        PeopleFault::UnknownIdentity => (
            StatusCode::FORBIDDEN,
            "unknown-identity",
            "No account here is yours",
        ),
        PeopleFault::TooManyAttempts { .. } => (
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-attempts",
            "Too many wrong attempts",
        ),
        PeopleFault::WeakPassword(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "weak-password",
            "The password is easy to guess",
        ),
        PeopleFault::BadName(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad-name",
            "This is no name",
        ),
        PeopleFault::NameTaken(_) => (StatusCode::CONFLICT, "name-taken", "The name is taken"),
        PeopleFault::UnknownInvitation => (
            StatusCode::NOT_FOUND,
            "unknown-invitation",
            "The invitation cannot be used",
        ),
        PeopleFault::UnknownAccount(_) | PeopleFault::UnknownName(_) => (
            StatusCode::NOT_FOUND,
            "unknown-account",
            "There is no such account",
        ),
        PeopleFault::UnknownKey(_) => {
            (StatusCode::NOT_FOUND, "unknown-key", "There is no such key")
        }
        PeopleFault::NotAllowed { .. } => (
            StatusCode::FORBIDDEN,
            "not-allowed",
            "This takes another role",
        ),
        PeopleFault::OnlyPeople => (
            StatusCode::FORBIDDEN,
            "only-people",
            "A program cannot do this",
        ),
        PeopleFault::LastAdministrator => (
            StatusCode::CONFLICT,
            "last-administrator",
            "Nobody would be left to administer",
        ),
        PeopleFault::BadDays { .. } => (
            StatusCode::BAD_REQUEST,
            "bad-body",
            "The body makes no sense",
        ),
        PeopleFault::TooMany(_) => (StatusCode::CONFLICT, "too-many", "There are too many"),
        PeopleFault::NoChance(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "no-chance",
            "The system gives no random numbers",
        ),
        PeopleFault::Kept(fault) => of_unanswered(fault),
    }
}

/// Of somebody whom no provider has let in.
pub(super) fn of_provider(fault: &ProviderFault) -> (StatusCode, &'static str, &'static str) {
    match fault {
        ProviderFault::None => (
            StatusCode::NOT_FOUND,
            "no-provider",
            "There is no provider to sign in with",
        ),
        ProviderFault::Down { .. } => (
            StatusCode::SERVICE_UNAVAILABLE,
            "provider-down",
            "The provider cannot be asked",
        ),
        ProviderFault::Refused { .. } => (
            StatusCode::FORBIDDEN,
            "provider-refused",
            "The provider does not vouch for you",
        ),
        ProviderFault::StaleErrand => (
            StatusCode::FORBIDDEN,
            "stale-errand",
            "This browser has not begun to sign in",
        ),
    }
}

/// Of a question that has no answer.
#[expect(
    clippy::too_many_lines,
    reason = "every fault has its line, and all are in one match"
)]
pub(super) fn of_unanswered(fault: &Unanswered) -> (StatusCode, &'static str, &'static str) {
    let missing = StatusCode::NOT_FOUND;
    let conflict = StatusCode::CONFLICT;
    let wrong = StatusCode::BAD_REQUEST;
    let not_now = StatusCode::SERVICE_UNAVAILABLE;
    match fault {
        Unanswered::UnknownRegion { .. } => (missing, "unknown-region", "There is no such region"),
        Unanswered::Loading { .. } => (not_now, "region-loading", "The region is being loaded"),
        Unanswered::Failed { .. } => (missing, "region-failed", "The region could not be loaded"),
        Unanswered::NoRegion { .. } | Unanswered::Misread { .. } => {
            (missing, "no-region", "The place lies in no region")
        }
        Unanswered::NoRegionYet { .. } => (not_now, "region-loading", "Regions are being loaded"),
        Unanswered::UnknownEquipment { .. } => {
            (missing, "unknown-equipment", "There is no such equipment")
        }
        Unanswered::UnknownCrossing { .. } => {
            (missing, "unknown-crossing", "There is no such crossing")
        }
        Unanswered::UnknownRescuePoint { .. } => (
            missing,
            "unknown-rescue-point",
            "There is no such rescue point",
        ),
        Unanswered::AtOtherPoint { .. } => (
            conflict,
            "at-other-point",
            "The piece belongs to another rescue point",
        ),
        Unanswered::OffBank { .. } => (wrong, "off-bank", "The place is at no bank"),
        Unanswered::UnknownCorrection { .. } => (
            missing,
            "unknown-correction",
            "There is no such correction of the map",
        ),
        Unanswered::NothingThere { .. } => (wrong, "nothing-there", "The map has nothing there"),
        Unanswered::CannotDraw { .. } => (wrong, "cannot-draw", "This cannot be drawn on the map"),
        Unanswered::WarnsTooSoon { .. } => (
            wrong,
            "warns-too-soon",
            "The settings contradict each other",
        ),
        Unanswered::OtherFiles { .. } => (
            conflict,
            "other-files",
            "The region's files are others by now",
        ),
        Unanswered::ChangedMeanwhile { .. } => (
            StatusCode::PRECONDITION_FAILED,
            "changed-meanwhile",
            "Somebody else was faster",
        ),
        Unanswered::UnknownPrefix { .. } | Unanswered::UnknownCode { .. } => {
            (missing, "unknown-code", "No piece has this code")
        }
        Unanswered::UnknownVillage { .. } => {
            (missing, "unknown-village", "There is no such village")
        }
        Unanswered::UnknownJob { .. } => (missing, "unknown-job", "There is no such search"),
        Unanswered::Patrol(fault) => of_patrol(fault),
        Unanswered::Duty(fault) => of_duty(fault),
        Unanswered::TooManyJobs { .. } => (
            conflict,
            "too-many-jobs",
            "As many searches as can wait are there",
        ),
        Unanswered::UnknownBank { .. } => (wrong, "unknown-bank", "There is no such bank"),
        Unanswered::StandsNowhere { .. } => (wrong, "stands-nowhere", "Nothing can stand there"),
        Unanswered::TeamNowhere { .. } => (wrong, "team-nowhere", "Nobody can stand there"),
        Unanswered::UnknownWaterBody { .. } => {
            (missing, "unknown-water-body", "There is no such water body")
        }
        Unanswered::AlreadyRemoved { .. } => (
            wrong,
            "already-removed",
            "The changes contradict each other",
        ),
        Unanswered::UnknownResponder { .. } => {
            (missing, "unknown-responder", "There is no such responder")
        }
        Unanswered::TooManyResponders { .. } => (
            StatusCode::CONFLICT,
            "too-many-responders",
            "There are too many responders",
        ),
        Unanswered::UnknownIncident { .. } => {
            (missing, "unknown-incident", "There is no such incident")
        }
        Unanswered::UnknownSending { .. } => {
            (missing, "unknown-sending", "Nobody was sent like that")
        }
        Unanswered::IncidentClosed { .. } => {
            (conflict, "incident-closed", "The incident is closed")
        }
        Unanswered::UnknownReport { .. } => (missing, "unknown-report", "There is no such report"),
        Unanswered::ReportDecided { .. } => (conflict, "report-decided", "The report is decided"),
        Unanswered::ReportsWait => (not_now, "reports-wait", "Too many reports wait"),
        Unanswered::Photo(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad-photo",
            "This cannot be taken as a photo",
        ),
        Unanswered::NoPhotoRight { .. } => (
            StatusCode::FORBIDDEN,
            "no-photo-right",
            "Only whoever has made the report adds photos, and soon",
        ),
        Unanswered::TooManyPhotos { .. } => {
            (conflict, "too-many-photos", "The report has enough photos")
        }
        Unanswered::PhotosWait => (not_now, "photos-wait", "Too many photos have come today"),
        Unanswered::UnknownPhoto { .. } => (missing, "unknown-photo", "There is no such photo"),
        Unanswered::UnknownNotice { .. } => (missing, "unknown-notice", "There is no such notice"),
        Unanswered::NoticeWithdrawn { .. } => {
            (conflict, "notice-withdrawn", "The notice is withdrawn")
        }
        Unanswered::ChangedTooOften { .. } => (
            conflict,
            "changed-too-often",
            "The notice was changed too often",
        ),
        Unanswered::TooManyNotices => (conflict, "too-many-notices", "There are too many notices"),
        Unanswered::BadNotice { .. } => (wrong, "bad-notice", "The notice makes no sense"),
        Unanswered::UnknownWebhook { .. } => {
            (missing, "unknown-webhook", "There is no such webhook")
        }
        Unanswered::TooManyWebhooks => {
            (conflict, "too-many-webhooks", "There are too many webhooks")
        }
        Unanswered::NoChance { .. } => (not_now, "no-chance", "The system gives no random numbers"),
        Unanswered::BeforeItBegan => (
            conflict,
            "before-it-began",
            "It would have ended before it began",
        ),
        Unanswered::UnknownEntry { .. } => (missing, "unknown-entry", "There is no such entry"),
        Unanswered::ChangedSince { .. } => {
            (conflict, "changed-since", "Somebody has changed it since")
        }
        Unanswered::ImportChangedSince { .. } => (
            conflict,
            "changed-since",
            "Somebody has changed some of it since",
        ),
        Unanswered::BadFile { .. } => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "bad-file",
            "The file cannot be read",
        ),
        Unanswered::NotUndoable { .. } => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "not-undoable",
            "This cannot be undone",
        ),
        Unanswered::OutsideRegion { .. } => {
            (wrong, "outside-region", "The place lies outside the region")
        }
        Unanswered::NotKept { .. } => (
            StatusCode::INSUFFICIENT_STORAGE,
            "not-kept",
            "The store cannot be used",
        ),
        Unanswered::Datum(_) => (wrong, "bad-parameter", "The coordinates make no sense"),
        Unanswered::TooManyLabels { .. } => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "too-many-labels",
            "These are too many labels for one file",
        ),
        Unanswered::Pdf(_) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "not-made",
            "The file cannot be made",
        ),
        Unanswered::Points(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "not-in-this-format",
            "The format cannot hold it",
        ),
    }
}

/// Of a patrol that is not changed or published.
fn of_patrol(fault: &PatrolFault) -> (StatusCode, &'static str, &'static str) {
    let (wrong, missing, conflict) = (
        StatusCode::BAD_REQUEST,
        StatusCode::NOT_FOUND,
        StatusCode::CONFLICT,
    );
    match fault {
        PatrolFault::NotInPlan { .. } => (wrong, "not-in-plan", "The plan has it elsewhere"),
        PatrolFault::TooFarForTeam { .. } => (
            wrong,
            "too-far-for-team",
            "The team gets nowhere near in its time",
        ),
        PatrolFault::PlanIsFinal { .. } => (conflict, "plan-is-final", "The plan stays as it is"),
        PatrolFault::Unpublished { .. } => (
            missing,
            "unknown-patrol",
            "Nothing is published for that evening",
        ),
        PatrolFault::Published { .. } => (
            conflict,
            "patrol-published",
            "That evening has a patrol already",
        ),
        PatrolFault::OtherEvening { .. } => {
            (wrong, "other-evening", "The plan is for another evening")
        }
        PatrolFault::UnknownTeam { .. } => (missing, "unknown-team", "There is no such team"),
    }
}

/// Of volunteers and what they hand in.
fn of_duty(fault: &DutyFault) -> (StatusCode, &'static str, &'static str) {
    let (wrong, missing, conflict) = (
        StatusCode::BAD_REQUEST,
        StatusCode::NOT_FOUND,
        StatusCode::CONFLICT,
    );
    match fault {
        DutyFault::UnknownVolunteer { .. } => {
            (missing, "unknown-volunteer", "There is no such volunteer")
        }
        DutyFault::UnknownAccount { .. } => (wrong, "unknown-account", "There is no such account"),
        DutyFault::TooManyVolunteers => (
            conflict,
            "too-many-volunteers",
            "There are too many volunteers",
        ),
        DutyFault::AccountTaken => (conflict, "account-taken", "The account is somebody else's"),
        DutyFault::NotOnRoster => (conflict, "not-on-roster", "You are no volunteer here"),
        DutyFault::NotOn { .. } => (conflict, "not-on", "You are not on that evening"),
        DutyFault::AlreadyOn { .. } => (conflict, "already-on", "You are on that evening already"),
        DutyFault::NotHandedOver { .. } => (
            conflict,
            "not-handed-over",
            "The evening is not handed over",
        ),
        DutyFault::HasAccount { .. } => (conflict, "has-account", "They have an account already"),
        DutyFault::BadRoster { .. } => (wrong, "bad-roster", "The evening makes no sense"),
        DutyFault::NothingReported => (wrong, "nothing-reported", "The report is about nothing"),
        DutyFault::NoCalendar => (missing, "no-calendar", "There is no such calendar"),
        DutyFault::OtherEntry { .. } => (
            conflict,
            "other-entry",
            "Something else was handed in under this number",
        ),
        DutyFault::NoHandInRight => (
            StatusCode::UNAUTHORIZED,
            "no-hand-in-right",
            "Nobody is known to hand this in",
        ),
        DutyFault::NoConsent => (
            StatusCode::FORBIDDEN,
            "no-consent",
            "Nobody has agreed that the way is recorded",
        ),
    }
}
