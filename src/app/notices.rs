//! Notices: written, changed and withdrawn by planners; what everybody may know of them.

use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::keeping::NoticePage;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::regions::Slot;
use crate::app::webhook_body;
use crate::model::moment::Moment;
use crate::model::notice::BadNotice;
use crate::model::notice::Content;
use crate::model::notice::MOST_AHEAD_DAYS;
use crate::model::notice::MOST_CHANGES;
use crate::model::notice::Notice;
use crate::model::notice::NoticeEdit;
use crate::model::notice::NoticeId;
use crate::model::notice::NoticeState;
use crate::model::webhook::NoticeEvent;
use crate::model::webhook::Shape;
use crate::store::notices::NoticeChange;

/// A region has at most so many notices that are not over: nobody reads more.
pub const MOST_NOT_OVER: usize = 50;

/// Of those who are withdrawn and not over so many are told at most.
const MOST_PUBLIC: usize = 200;

const DAY_MS: i64 = 86_400_000;

/// What everybody may know now.
#[derive(Clone, Debug, PartialEq)]
pub struct InForce {
    /// The notices in force, the latest first.
    pub notices: Vec<Notice>,
    /// When there will be others, if nobody writes one.
    pub until: Option<Moment>,
}

impl Regions {
    /// Writes a notice; its number is given here.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no such village or water, or has too many notices already, or it is over before it begins
    /// or cannot be kept.
    pub fn write_notice(
        &self,
        who: &str,
        region: &str,
        content: &Content,
    ) -> Result<Notice, Fault> {
        self.has_places(region, content)?;
        let slot = self.slot(region)?;
        let turn = slot.turn();
        is_timely(content, clock::now())?;
        let change = NoticeChange {
            before: None,
            content,
            is_withdrawn: false,
            most: MOST_NOT_OVER,
        };
        let written = self.put_notice(slot, who, &change)?;
        drop(turn);
        self.tell(slot, News::Notices);
        Ok(written)
    }

    /// Changes what a notice says.
    ///
    /// # Errors
    ///
    /// If there is no such notice, it has been withdrawn or is not as `is_seen` expects, makes no sense any more, or cannot be kept.
    pub fn edit_notice(
        &self,
        who: &str,
        region: &str,
        id: NoticeId,
        edit: &NoticeEdit,
        is_seen: impl FnOnce(&Notice) -> bool,
    ) -> Result<Notice, Fault> {
        let slot = self.slot(region)?;
        let turn = slot.turn();
        let before = self.changeable(region, id, is_seen)?;
        if MOST_CHANGES < before.told_at.len() {
            return Err(Fault::ChangedTooOften { id: id.0 });
        }
        let content = edit.apply(&before.content).map_err(bad)?;
        self.has_places(region, &content)?;
        is_timely(&content, clock::now())?;
        if content == before.content {
            return Ok(before);
        }
        let change = NoticeChange {
            before: Some(&before),
            content: &content,
            is_withdrawn: false,
            most: MOST_NOT_OVER,
        };
        let after = self.put_notice(slot, who, &change)?;
        drop(turn);
        self.tell(slot, News::Notices);
        Ok(after)
    }

    /// Takes a notice back for good; it stays in the record.
    ///
    /// # Errors
    ///
    /// If there is no such notice, it has been withdrawn already or is not as `is_seen` expects, or that cannot be kept.
    pub fn withdraw_notice(
        &self,
        who: &str,
        region: &str,
        id: NoticeId,
        is_seen: impl FnOnce(&Notice) -> bool,
    ) -> Result<(), Fault> {
        let slot = self.slot(region)?;
        let turn = slot.turn();
        let before = self.changeable(region, id, is_seen)?;
        let change = NoticeChange {
            before: Some(&before),
            content: &before.content,
            is_withdrawn: true,
            most: MOST_NOT_OVER,
        };
        self.put_notice(slot, who, &change)?;
        drop(turn);
        self.tell(slot, News::Notices);
        Ok(())
    }

    fn put_notice(
        &self,
        slot: &Slot,
        who: &str,
        change: &NoticeChange<'_>,
    ) -> Result<Notice, Fault> {
        // Names are a kindness: a region that is being loaded is told of by ids.
        let snapshot = self.snapshot(&slot.id).ok();
        let told = |notice: &Notice, event: NoticeEvent, shape: Shape| {
            webhook_body::of(notice, event, shape, snapshot.as_deref())
        };
        let mut act = slot.act(who);
        // A clock that was set back does not put the messages of a notice out of their order.
        if let Some(before) = change.before {
            act.at = act.at.max(Moment {
                ms: before.last_told().ms.saturating_add(1_000),
            });
        }
        self.keep(|store| store.put_notice(&act, change, &told))
    }

    /// A notice that can still be changed.
    fn changeable(
        &self,
        region: &str,
        id: NoticeId,
        is_seen: impl FnOnce(&Notice) -> bool,
    ) -> Result<Notice, Fault> {
        let notice = self.notice(region, id)?;
        if !is_seen(&notice) {
            return Err(Fault::ChangedMeanwhile {
                region: region.to_owned(),
            });
        }
        if notice.is_withdrawn {
            return Err(Fault::NoticeWithdrawn { id: id.0 });
        }
        Ok(notice)
    }

    /// All villages and waters are known to the region.
    fn has_places(&self, region: &str, content: &Content) -> Result<(), Fault> {
        let snapshot = self.snapshot(region)?;
        for village in &content.villages {
            snapshot.village(village)?;
        }
        for water in &content.water_bodies {
            snapshot.water_body(water)?;
        }
        Ok(())
    }

    /// A notice of a region, however it stands.
    ///
    /// # Errors
    ///
    /// If there is no such region or notice, or the store cannot be read.
    pub fn notice(&self, region: &str, id: NoticeId) -> Result<Notice, Fault> {
        let region = &self.slot(region)?.id;
        let found = self.keep(|store| store.notice(region, id))?;
        found.ok_or(Fault::UnknownNotice { id: id.0 })
    }

    /// A page of a region's notices, the latest first, however they stand.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn notices(&self, region: &str, page: &NoticePage) -> Result<Vec<Notice>, Fault> {
        let region = &self.slot(region)?.id;
        self.keep(|store| store.notices(region, page))
    }

    /// The notices in force now.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn notices_in_force(&self, region: &str, now: Moment) -> Result<InForce, Fault> {
        let mut notices = self.not_over(region, now)?;
        let ends = |notice: &Notice| match notice.state(now) {
            NoticeState::Coming => Some(notice.content.from),
            NoticeState::InForce => Some(notice.content.until),
            NoticeState::Over | NoticeState::Withdrawn => None,
        };
        let until = notices.iter().filter_map(ends).min();
        notices.retain(|notice| notice.state(now) == NoticeState::InForce);
        Ok(InForce { notices, until })
    }

    /// What a region's feed tells now: the notices in force, and those of them that were taken back before they were over.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn public_notices(&self, region: &str, now: Moment) -> Result<Vec<Notice>, Fault> {
        let mut notices = self.not_over(region, now)?;
        notices.retain(|notice| notice.is_public(now));
        Ok(notices)
    }

    fn not_over(&self, region: &str, now: Moment) -> Result<Vec<Notice>, Fault> {
        let page = NoticePage {
            not_over_at: Some(now),
            before: None,
            limit: MOST_PUBLIC,
        };
        self.notices(region, &page)
    }
}

/// A notice is not over before anybody reads it, and not so far ahead that everybody has forgotten it.
fn is_timely(content: &Content, now: Moment) -> Result<(), Fault> {
    let why = if content.until <= now {
        "is over already; give an until that is to come"
    } else if MOST_AHEAD_DAYS * DAY_MS < content.from.ms.saturating_sub(now.ms) {
        "begins more than a year ahead; give an earlier from"
    } else {
        return Ok(());
    };
    Err(Fault::BadNotice {
        why: why.to_owned(),
    })
}

fn bad(fault: BadNotice) -> Fault {
    Fault::BadNotice {
        why: fault.to_string(),
    }
}
