//! Who may be called in a region, as it is now: who they are, whether they are on duty, and where they were seen last.

use std::sync::Arc;

use crate::app::fault::Fault;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::regions::Slot;
use crate::app::snapshot::Snapshot;
use crate::model::kept_responder::KeptResponder;
use crate::model::kept_responder::MOST_RESPONDERS;
use crate::model::kept_responder::ResponderChange;
use crate::model::kept_responder::ResponderSays;
use crate::model::responder::Responder;
use crate::model::responder::Sighting;
use crate::model::said::Said;
use crate::plan::crew::Crew;
use crate::store::Act;

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

/// Somebody of whom nobody has said anything: what the files say holds.
fn unsaid(id: &str) -> KeptResponder {
    KeptResponder {
        id: id.to_owned(),
        says_on_duty: None,
        change: None,
        version: 0,
    }
}

impl Regions {
    /// Puts somebody on the list of those who may be called; the answers follow at once.
    ///
    /// # Errors
    ///
    /// If the region is not ready or has too many already, home lies outside it, or it cannot be kept.
    pub fn add_responder(
        &self,
        who: &str,
        region: &str,
        says: ResponderSays,
    ) -> Result<(Arc<Snapshot>, Responder), Fault> {
        self.change_crew(region, |slot, snapshot, crew| {
            if MOST_RESPONDERS <= crew.responders().len() {
                return Err(Fault::TooManyResponders {
                    region: slot.id.clone(),
                });
            }
            snapshot.must_hold(says.home)?;
            let is_taken = |id: &str| crew.index_of(id).is_some();
            let id = self.keep(|store| store.free_responder_id(&slot.id, &is_taken))?;
            let responder = Responder {
                version: 1,
                ..says.of(&id, None)
            };
            let kept = KeptResponder {
                version: 1,
                change: Some(ResponderChange::Says(Box::new(says))),
                ..unsaid(&id)
            };
            self.keep(|store| store.put_responder(&slot.act(who), None, &kept))?;
            let after = crew.with_new(&snapshot.region.ground, responder.clone());
            Ok((after, responder))
        })
    }

    /// Says anew who a responder is, if whoever does it has `seen` how they are now.
    ///
    /// # Errors
    ///
    /// If the region is not ready or has no such responder, home lies outside it, somebody else was faster, or it cannot be kept.
    pub fn edit_responder(
        &self,
        who: &str,
        region: &str,
        id: &str,
        says: ResponderSays,
        seen: impl FnOnce(&Responder) -> bool,
    ) -> Result<(Arc<Snapshot>, Responder), Fault> {
        self.change_crew(region, |slot, snapshot, crew| {
            let (index, before) = expected(slot, crew, id, seen)?;
            if says.home != before.home {
                snapshot.must_hold(says.home)?;
            }
            let responder = Responder {
                version: before.version + 1,
                ..says.of(id, Some(before))
            };
            self.keep_said(&slot.act(who), id, |kept| KeptResponder {
                version: responder.version,
                change: Some(ResponderChange::Says(Box::new(says))),
                ..kept.clone()
            })?;
            let after = crew.with(&snapshot.region.ground, index, responder.clone());
            Ok((after, responder))
        })
    }

    /// Takes somebody off the list; of them only the id is kept.
    ///
    /// # Errors
    ///
    /// If the region is not ready or has no such responder, somebody else was faster, or it cannot be kept.
    pub fn take_off_responder(
        &self,
        who: &str,
        region: &str,
        id: &str,
        seen: impl FnOnce(&Responder) -> bool,
    ) -> Result<(), Fault> {
        let done = self.change_crew(region, |slot, _, crew| {
            let (index, before) = expected(slot, crew, id, seen)?;
            self.keep_said(&slot.act(who), id, |kept| KeptResponder {
                says_on_duty: None,
                change: Some(ResponderChange::TakenOff),
                version: before.version + 1,
                ..kept.clone()
            })?;
            Ok((crew.without(index), ()))
        });
        done.map(|_| ())
    }

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
    ) -> Result<(Arc<Snapshot>, Responder), Fault> {
        self.change_crew(region, |slot, snapshot, crew| {
            let (index, before) = expected(slot, crew, id, |_| true)?;
            let mut responder = before.clone();
            match change.on_duty {
                Said::Nothing => {}
                Said::None => responder.says_on_duty = None,
                Said::This(on_duty) => responder.says_on_duty = Some(on_duty),
            }
            if responder.says_on_duty != before.says_on_duty {
                self.keep_said(&slot.act(who), id, |kept| KeptResponder {
                    says_on_duty: responder.says_on_duty,
                    ..kept.clone()
                })?;
            }
            match change.seen {
                Said::Nothing => {}
                Said::None => responder.seen = None,
                Said::This(seen) => responder.seen = Some(seen),
            }
            let after = crew.with(&snapshot.region.ground, index, responder.clone());
            Ok((after, responder))
        })
    }

    /// Keeps what becomes of what was said of a responder.
    fn keep_said(
        &self,
        act: &Act<'_>,
        id: &str,
        change: impl FnOnce(&KeptResponder) -> KeptResponder,
    ) -> Result<(), Fault> {
        let kept = self.keep(|store| store.responder(act.region, id))?;
        let kept = kept.unwrap_or_else(|| unsaid(id));
        let after = change(&kept);
        self.keep(|store| store.put_responder(act, Some(&kept), &after))
    }

    /// Has the crew of a region changed, one change after the other, and tells of it.
    fn change_crew<Done>(
        &self,
        region: &str,
        change: impl FnOnce(&Slot, &Snapshot, &Crew) -> Result<(Crew, Done), Fault>,
    ) -> Result<(Arc<Snapshot>, Done), Fault> {
        let slot = self.slot(region)?;
        let turn = slot.turn();
        let snapshot = self.snapshot(region)?;
        let (after, done) = change(slot, &snapshot, &snapshot.crew())?;
        snapshot.base.crew.store(Arc::new(after));
        drop(turn);
        self.tell(slot, News::Responders);
        Ok((snapshot, done))
    }
}

/// A responder, if whoever changes them has seen how they are now.
fn expected<'a>(
    slot: &Slot,
    crew: &'a Crew,
    id: &str,
    seen: impl FnOnce(&Responder) -> bool,
) -> Result<(usize, &'a Responder), Fault> {
    let index = crew.index_of(id).ok_or_else(|| Fault::UnknownResponder {
        region: slot.id.clone(),
        id: id.chars().take(80).collect(),
    })?;
    let before = &crew.responders()[index];
    if seen(before) {
        Ok((index, before))
    } else {
        Err(Fault::ChangedMeanwhile {
            region: slot.id.clone(),
        })
    }
}
