//! A proposal for an incident: who goes straight to the casualty, who fetches what on the way, and which station is called.

use crate::app::fault::Fault;
use crate::app::gaps::USUAL_KINDS;
use crate::app::responders::Comer;
use crate::app::responders::RespondersQuestion;
use crate::app::responders::Whom;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::LonLat;
use crate::model::incident::BadTask;
use crate::model::incident::IncidentKind;
use crate::model::incident::Role;
use crate::model::incident::Task;
use crate::model::text::Name;
use crate::plan::crew::Crew;
use crate::plan::crew::Now;
use crate::units::Seconds;

/// So many are asked for, since one of them may have the other role.
const CANDIDATES: usize = 2;

/// Who should go, each in one role; nobody in a role that nobody on duty can have.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Goes straight.
    pub straight: Option<Comer>,
    /// Fetches a piece on the way; only where somebody is in the water.
    pub fetch: Option<Comer>,
    /// Is called.
    pub station: Option<Comer>,
}

impl Proposal {
    /// The roles that somebody has.
    pub fn roles(&self) -> impl Iterator<Item = (Role, &Comer)> {
        let all = [
            (Role::Straight, &self.straight),
            (Role::Fetch, &self.fetch),
            (Role::Station, &self.station),
        ];
        all.into_iter()
            .filter_map(|(role, comer)| Some((role, comer.as_ref()?)))
    }

    /// When the first of them arrives.
    pub fn first_arrival(&self) -> Option<Seconds> {
        let takes = self.roles().map(|(_, comer)| comer.takes);
        takes.min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// What each of them is to do.
    ///
    /// # Errors
    ///
    /// If somebody has an id that cannot be kept.
    pub fn tasks(&self, snapshot: &Snapshot, crew: &Crew) -> Result<Vec<Task>, BadTask> {
        let equipment = &snapshot.region.equipment;
        let task = |(role, comer): (Role, &Comer)| {
            let (responder, _) = crew.of_number(comer.number);
            let piece = comer.fetches.as_ref();
            let piece = piece.map(|fetched| equipment[fetched.piece as usize].id.as_str());
            let name = |id: &str| Name::new(id).ok();
            Task::new(
                role,
                name(&responder.id),
                piece.and_then(name),
                Some(comer.takes),
            )
        };
        self.roles().map(task).collect()
    }
}

impl Snapshot {
    /// Who should go to an incident.
    ///
    /// Nobody has two roles. Of all pairs of somebody who goes straight and somebody else who fetches, the one whose arrivals
    /// are the least in sum; whoever is alone fetches, since a casualty in the water is helped by nothing else.
    ///
    /// # Errors
    ///
    /// If the place lies beyond the region's plane.
    pub fn proposal(
        &self,
        crew: &Crew,
        kind: IncidentKind,
        at: LonLat,
        now: Now,
    ) -> Result<Proposal, Fault> {
        let asked = |whom, fetches: bool, most| -> Result<Vec<Comer>, Fault> {
            let question = RespondersQuestion {
                at,
                whom,
                fetch: fetches.then(|| USUAL_KINDS.to_vec()),
                most,
                now,
            };
            Ok(self.responders(crew, &question)?.comers)
        };
        let straight = asked(Whom::People, false, CANDIDATES)?;
        let fetching = match kind {
            IncidentKind::Drowning => asked(Whom::People, true, CANDIDATES)?,
            IncidentKind::MissingPerson | IncidentKind::Hazard => Vec::new(),
        };
        let station = asked(Whom::Stations, false, 1)?;
        let (straight, fetch) = match pair(&straight, &fetching) {
            Some((straight, fetch)) => (Some(straight), Some(fetch)),
            None if fetching.is_empty() => (first(straight), None),
            None => (None, first(fetching)),
        };
        Ok(Proposal {
            straight,
            fetch,
            station: first(station),
        })
    }
}

/// Somebody who goes straight and somebody else who fetches, so that both arrive early; of equal pairs the one that fetches sooner.
fn pair(straight: &[Comer], fetching: &[Comer]) -> Option<(Comer, Comer)> {
    let pairs = straight.iter().flat_map(|one| {
        let others = fetching.iter().filter(|other| !is_same(one, other));
        others.map(move |other| (one, other))
    });
    let least = pairs.min_by(|a, b| {
        let sum = |(one, other): &(&Comer, &Comer)| one.takes.0 + other.takes.0;
        sum(a)
            .total_cmp(&sum(b))
            .then(a.1.takes.0.total_cmp(&b.1.takes.0))
    });
    least.map(|(one, other)| (one.clone(), other.clone()))
}

/// Whether two are the same responder, from wherever they set off.
fn is_same(one: &Comer, other: &Comer) -> bool {
    one.number == other.number
}

/// Whoever arrives first.
fn first(comers: Vec<Comer>) -> Option<Comer> {
    comers
        .into_iter()
        .min_by(|a, b| a.takes.0.total_cmp(&b.takes.0))
}
