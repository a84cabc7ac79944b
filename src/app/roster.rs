//! The roster of a region as it is now: who is on duty, and where they were seen last.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::snapshot::Snapshot;
use crate::model::responder::Responder;
use crate::model::responder::Sighting;
use crate::model::said::Said;
use crate::plan::crew::Crew;

/// What is new of a responder.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RosterChange {
    /// Whether they come now, whatever the hour; none: their hours hold again.
    pub on_duty: Said<bool>,
    /// Where they are; none: nobody knows any more.
    ///
    /// Whereabouts are kept in memory alone, never on disk, and are forgotten when the program ends.
    pub seen: Said<Sighting>,
}

impl Regions {
    /// Changes what is known of a responder: the answers follow at once.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no such responder, or the change cannot be kept.
    pub fn change_responder(
        &self,
        who: &str,
        region: &str,
        id: &str,
        change: &RosterChange,
    ) -> Result<(Arc<Snapshot>, Arc<Crew>), Fault> {
        let slot = self.slot(region)?;
        let turn = slot.turn();
        let snapshot = self.snapshot(region)?;
        let crew = snapshot.crew();
        let index = crew.index_of(id).ok_or_else(|| Fault::UnknownResponder {
            region: region.to_owned(),
            id: id.chars().take(80).collect(),
        })?;
        let mut responder: Responder = crew.responders()[index].clone();
        let before = responder.says_on_duty;
        match change.on_duty {
            Said::Nothing => {}
            Said::None => responder.says_on_duty = None,
            Said::This(on_duty) => responder.says_on_duty = Some(on_duty),
        }
        let after = responder.says_on_duty;
        if after != before {
            self.keep(|store| store.set_duty(&slot.act(who), id, before, after))?;
        }
        match change.seen {
            Said::Nothing => {}
            Said::None => responder.seen = None,
            Said::This(seen) => responder.seen = Some(seen),
        }
        let after = Arc::new(crew.with(&snapshot.region.ground, index, responder));
        snapshot.base.crew.store(Arc::clone(&after));
        drop(turn);
        self.tell(slot, News::Responders);
        Ok((snapshot, after))
    }
}
