//! Incidents: opened, what was sent and when it arrived recorded, closed, listed. Who should go is worked out elsewhere.

use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::keeping::IncidentPage;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::geometry::lon_lat::LonLat;
use crate::model::incident::Incident;
use crate::model::incident::IncidentId;
use crate::model::incident::IncidentKind;
use crate::model::incident::NewIncident;
use crate::model::incident::Sending;
use crate::model::incident::SendingId;
use crate::model::incident::Task;
use crate::model::moment::Moment;

/// Of the past, so many incidents count where the next pieces are placed.
const MOST_PAST: usize = 2_000;

impl Regions {
    /// Opens an incident, and records what is sent at once.
    ///
    /// # Errors
    ///
    /// If there is no such region, or it cannot be kept.
    pub fn open_incident(
        &self,
        who: &str,
        region: &str,
        what: &NewIncident,
        tasks: &[Task],
    ) -> Result<Incident, Fault> {
        let slot = self.slot(region)?;
        let opened = self.keep(|store| store.open_incident(&slot.act(who), what, tasks))?;
        self.tell(slot, News::Incidents);
        Ok(opened)
    }

    /// Records that somebody is sent to an incident that is open.
    ///
    /// # Errors
    ///
    /// If there is no such region, incident, responder or piece, the incident is closed, or it cannot be kept.
    pub fn record_sending(
        &self,
        who: &str,
        region: &str,
        incident: IncidentId,
        task: &Task,
    ) -> Result<Sending, Fault> {
        self.are_known(region, task)?;
        let slot = self.slot(region)?;
        let sent = self.keep(|store| store.record_sending(&slot.act(who), incident, task))?;
        self.tell(slot, News::Incidents);
        Ok(sent)
    }

    /// Whoever is sent, and what they fetch, is known to the region.
    fn are_known(&self, region: &str, task: &Task) -> Result<(), Fault> {
        let snapshot = self.snapshot(region)?;
        if let Some(piece) = task.equipment() {
            snapshot.region.piece(piece.as_str())?;
        }
        if let Some(id) = task.responder() {
            let crew = snapshot.crew();
            let mut responders = crew.responders().iter();
            if !responders.any(|responder| responder.id == id.as_str()) {
                return Err(Fault::UnknownResponder {
                    region: region.to_owned(),
                    id: id.as_str().chars().take(80).collect(),
                });
            }
        }
        Ok(())
    }

    /// Records when somebody arrived, now unless another moment is named; a second time corrects the first.
    ///
    /// # Errors
    ///
    /// If there is no such region, incident or sending, it was sent later, or it cannot be kept.
    pub fn record_arrival(
        &self,
        who: &str,
        region: &str,
        incident: IncidentId,
        sending: SendingId,
        at: Option<Moment>,
    ) -> Result<Sending, Fault> {
        let slot = self.slot(region)?;
        let of_incident = self.incident(region, incident)?.sent.into_iter();
        let mut sent = of_incident.filter(|sent| sent.id == sending);
        let sent_at = sent.next().map(|sent| sent.sent_at);
        let at = match (at, sent_at) {
            // Moments are told to the second: whoever says that somebody arrived in the second of the sending is right.
            (Some(at), Some(sent_at)) if at == sent_at.whole_second() => sent_at,
            (Some(at), _) => at,
            // A clock that was set back in the meantime does not stop anybody.
            (None, sent_at) => sent_at.map_or(clock::now(), |sent_at| clock::now().max(sent_at)),
        };
        let act = slot.act(who);
        let arrived = self.keep(|store| store.record_arrival(&act, incident, sending, at))?;
        self.tell(slot, News::Incidents);
        Ok(arrived)
    }

    /// Closes an incident that is open, now.
    ///
    /// # Errors
    ///
    /// If there is no such region or incident, the incident is closed already, or it cannot be kept.
    pub fn close_incident(
        &self,
        who: &str,
        region: &str,
        incident: IncidentId,
    ) -> Result<Incident, Fault> {
        let slot = self.slot(region)?;
        let now = clock::now().max(self.incident(region, incident)?.opened_at);
        let closed = self.keep(|store| store.close_incident(&slot.act(who), incident, now))?;
        self.tell(slot, News::Incidents);
        Ok(closed)
    }

    /// An incident of a region.
    ///
    /// # Errors
    ///
    /// If there is no such region or incident, or the store cannot be read.
    pub fn incident(&self, region: &str, id: IncidentId) -> Result<Incident, Fault> {
        let region = &self.slot(region)?.id;
        let found = self.keep(|store| store.incident(region, id))?;
        found.ok_or(Fault::UnknownIncident { id: id.0 })
    }

    /// Where somebody was in the water before, of the latest incidents of a region.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn where_in_water(&self, region: &str) -> Result<Vec<LonLat>, Fault> {
        let latest = IncidentPage {
            from: None,
            until: None,
            is_open: None,
            after: None,
            limit: MOST_PAST,
        };
        let past = self.incidents(region, &latest)?.into_iter();
        let in_water = past.filter(|incident| incident.what.kind == IncidentKind::Drowning);
        Ok(in_water.map(|incident| incident.what.at).collect())
    }

    /// A page of a region's incidents, the latest first.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn incidents(&self, region: &str, page: &IncidentPage) -> Result<Vec<Incident>, Fault> {
        let region = &self.slot(region)?.id;
        self.keep(|store| store.incidents(region, page))
    }
}
