//! Incidents: a call, a place, what was sent, when it arrived.

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::moment::Moment;
use crate::model::text::Name;
use crate::model::text::Note;
use crate::units::Seconds;

/// Nobody who is farther away than a day is sent.
const LONGEST_ARRIVAL: Seconds = Seconds(86_400.0);

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// Somebody is in the water, 溺水.
    Drowning,
    /// Somebody is looked for, 走失.
    MissingPerson,
    /// Something that may become an accident, 隐患.
    Hazard,
}

impl IncidentKind {
    /// Every kind, in the order of this enum.
    pub const ALL: [Self; 3] = [Self::Drowning, Self::MissingPerson, Self::Hazard];
}

/// The number of an incident; unique in the whole store, and never given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IncidentId(pub i64);

/// The number of a sending; unique in the whole store, and never given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SendingId(pub i64);

/// An incident that is about to be opened; who opens it and when is said beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewIncident {
    /// What has happened.
    pub kind: IncidentKind,
    /// Where.
    pub at: LonLat,
    /// The id of the village that it lies in.
    pub village: Option<Name>,
    /// What the caller said.
    pub note: Option<Note>,
}

/// An incident as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// Its number.
    pub id: IncidentId,
    /// The region's id.
    pub region: String,
    /// What happened, and where.
    pub what: NewIncident,
    /// When it was opened.
    pub opened_at: Moment,
    /// By whom.
    pub opened_by: String,
    /// When it was closed; none while it is open.
    pub closed_at: Option<Moment>,
    /// What was sent, in the order of sending.
    pub sent: Vec<Sending>,
}

/// What somebody who is sent is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Goes straight to the casualty.
    Straight,
    /// Fetches a piece of equipment on the way.
    Fetch,
    /// A station that is called.
    Station,
}

impl Role {
    /// Every role, in the order of this enum.
    pub const ALL: [Self; 3] = [Self::Straight, Self::Fetch, Self::Station];
}

/// Who is sent to do what; whoever holds one holds a task that somebody can do.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    role: Role,
    responder: Option<Name>,
    equipment: Option<Name>,
    expected: Option<Seconds>,
}

/// Why nobody can be sent so.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum BadTask {
    /// Nobody and nothing is sent.
    #[error("names neither a responder nor equipment; name at least one")]
    Nobody,
    /// Somebody fetches nothing.
    #[error("has the role fetch and names no equipment; name the piece that is fetched")]
    NothingToFetch,
    /// A station without a name.
    #[error("has the role station and names no responder; name the station")]
    NoStation,
    /// No time that can be waited for.
    #[error("is expected after {0} s; give seconds from 0 to 86400")]
    BadArrival(f64),
}

impl Task {
    /// A task: what to do, the ids of who does it and of the piece that is brought, and the expected time until arrival.
    pub fn new(
        role: Role,
        responder: Option<Name>,
        equipment: Option<Name>,
        expected: Option<Seconds>,
    ) -> Result<Self, BadTask> {
        match role {
            Role::Fetch if equipment.is_none() => return Err(BadTask::NothingToFetch),
            Role::Station if responder.is_none() => return Err(BadTask::NoStation),
            Role::Straight if responder.is_none() && equipment.is_none() => {
                return Err(BadTask::Nobody);
            }
            Role::Straight | Role::Fetch | Role::Station => {}
        }
        if let Some(Seconds(seconds)) = expected
            && !(0.0..=LONGEST_ARRIVAL.0).contains(&seconds)
        {
            return Err(BadTask::BadArrival(seconds));
        }
        Ok(Self {
            role,
            responder,
            equipment,
            expected,
        })
    }

    /// What to do.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The id of who does it; none if it is whoever is there.
    pub fn responder(&self) -> Option<&Name> {
        self.responder.as_ref()
    }

    /// The id of the piece that is brought.
    pub fn equipment(&self) -> Option<&Name> {
        self.equipment.as_ref()
    }

    /// How long after the sending it should arrive.
    pub fn expected(&self) -> Option<Seconds> {
        self.expected
    }
}

/// Somebody or something that was sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    /// Its number.
    pub id: SendingId,
    /// Who was sent to do what.
    pub task: Task,
    /// When.
    pub sent_at: Moment,
    /// When it arrived; none while it is on its way.
    pub arrived_at: Option<Moment>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_names_who_does_it_and_what_is_fetched() {
        let name = |text: &str| Some(Name::new(text).unwrap());
        let made = |role, responder, equipment| Task::new(role, responder, equipment, None);
        assert!(made(Role::Straight, name("R1"), None).is_ok());
        assert!(made(Role::Fetch, None, name("P1")).is_ok());
        assert_eq!(made(Role::Straight, None, None), Err(BadTask::Nobody));
        let fetch = made(Role::Fetch, name("R1"), None);
        assert_eq!(fetch, Err(BadTask::NothingToFetch));
        let station = made(Role::Station, None, name("P1"));
        assert_eq!(station, Err(BadTask::NoStation));
    }

    #[test]
    fn an_arrival_is_expected_within_a_day() {
        let name = Name::new("R1").unwrap();
        let after = |seconds| {
            let expected = Some(Seconds(seconds));
            Task::new(Role::Straight, Some(name.clone()), None, expected).is_ok()
        };
        assert!(after(0.0) && after(86_400.0));
        assert!(!after(-0.1) && !after(86_401.0) && !after(f64::NAN) && !after(f64::INFINITY));
    }
}
