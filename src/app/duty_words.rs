//! The words for volunteers, their evenings and what they hand in, as they are written in answers and questions.

use crate::app::seen::TeamState;
use crate::model::entry::ShownBy;
use crate::model::entry::SkipReason;
use crate::model::roster::DutyAnswer;
use crate::model::volunteer::Skill;
use crate::model::volunteer::VolunteerKind;
use crate::model::volunteer::VolunteerState;
use crate::plan::seen::FlagKind;

/// Where a volunteer comes from.
pub fn of_volunteer(kind: VolunteerKind) -> &'static str {
    match kind {
        VolunteerKind::VillageCadre => "village_cadre",
        VolunteerKind::GridWorker => "grid_worker",
        VolunteerKind::RescueTeam => "rescue_team",
        VolunteerKind::PartyVolunteer => "party_volunteer",
        VolunteerKind::Other => "other",
    }
}

/// What a volunteer can do.
pub fn of_skill(skill: Skill) -> &'static str {
    match skill {
        Skill::Swimmer => "swimmer",
        Skill::FirstAid => "first_aid",
        Skill::Boat => "boat",
    }
}

/// How somebody stands to the volunteers.
pub fn of_state(state: VolunteerState) -> &'static str {
    match state {
        VolunteerState::Applied => "applied",
        VolunteerState::Active => "active",
        VolunteerState::Left => "left",
    }
}

/// What somebody says of an evening.
pub fn of_answer(answer: DutyAnswer) -> &'static str {
    match answer {
        DutyAnswer::Comes => "comes",
        DutyAnswer::Cannot => "cannot",
        DutyAnswer::HandsOver => "hands_over",
    }
}

/// How somebody has shown where they are.
pub fn of_shown(by: ShownBy) -> &'static str {
    match by {
        ShownBy::Code => "code",
        ShownBy::Place => "place",
        ShownBy::Hand => "hand",
    }
}

/// Why a stretch was left out.
pub fn of_skip_reason(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Unreachable => "unreachable",
        SkipReason::Unsafe => "unsafe",
        SkipReason::AlreadyDone => "already_done",
    }
}

/// What is odd about a track.
pub fn of_flag(flag: FlagKind) -> &'static str {
    match flag {
        FlagKind::Jump => "jump",
        FlagKind::TooFast => "too_fast",
        FlagKind::Gap => "gap",
        FlagKind::BridgedGap => "bridged_gap",
        FlagKind::Unsure => "unsure",
        FlagKind::Replayed => "replayed",
    }
}

/// How far a team is.
pub fn of_team_state(state: TeamState) -> &'static str {
    match state {
        TeamState::Scheduled => "scheduled",
        TeamState::Overdue => "overdue",
        TeamState::Active => "active",
        TeamState::Done => "done",
    }
}
