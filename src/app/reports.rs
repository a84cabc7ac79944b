//! Reports: a volunteer's is heeded at once, a stranger's when a planner has confirmed it.

use crate::app::clock;
use crate::app::entries::chance;
use crate::app::fault::Fault;
use crate::app::people::Secret;
use crate::app::region::LoadedRegion;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::scenario::Change;
use crate::app::snapshot::Snapshot;
use crate::model::equipment::Condition;
use crate::model::equipment::Equipment;
use crate::model::moment::Moment;
use crate::model::register::Field;
use crate::model::register::Origin;
use crate::model::register::Presence;
use crate::model::report::About;
use crate::model::report::NewReport;
use crate::model::report::Report;
use crate::model::report::ReportId;
use crate::model::report::ReportState;
use crate::store::PieceChange;
pub use crate::store::ReportPage;
use crate::store::Store;
use crate::store::photos::PhotoRight;

/// So many reports of strangers wait in a region at most: more than anybody looks into in a day.
pub const MOST_WAITING: usize = 200;

/// Whoever has made a report may add photos to it for so long, milliseconds: an hour.
const PHOTOS_WITHIN_MS: i64 = 3_600_000;

/// Under which name strangers stand in the audit log.
pub(super) const STRANGER: &str = "stranger";

/// A report that has just been made.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// As it is kept.
    pub report: Report,
    /// What whoever has made it shows to add photos.
    pub photo_right: Secret,
}

/// A piece as it was and as it is from now on, and the region with it so.
pub(super) struct Heeded {
    before: Equipment,
    after: Equipment,
    region: LoadedRegion,
}

impl Heeded {
    /// What becomes of the piece of a report that somebody known makes; none if it is about none, or the piece is so already.
    ///
    /// # Errors
    ///
    /// If there is no such piece, or the region does not hold the place.
    pub(super) fn by_report(snapshot: &Snapshot, what: &NewReport) -> Result<Option<Self>, Fault> {
        match &what.about {
            About::Piece(piece) => {
                snapshot.region.piece(piece)?;
                match (what.kind.condition(), &what.reporter) {
                    (Some(condition), Some(_)) => Self::new(snapshot, piece, condition),
                    (None, _) | (_, None) => Ok(None),
                }
            }
            About::Place(at) => {
                snapshot.must_hold(*at)?;
                Ok(None)
            }
        }
    }

    /// The region with the piece as it is from now on.
    pub(super) fn region(self) -> LoadedRegion {
        self.region
    }

    /// None if the piece is so already, or is not in the register any more.
    fn new(snapshot: &Snapshot, piece: &str, condition: Condition) -> Result<Option<Self>, Fault> {
        let Ok(index) = snapshot.region.piece(piece) else {
            return Ok(None);
        };
        let before = snapshot.region.equipment[index as usize].clone();
        if before.condition == condition {
            return Ok(None);
        }
        let after = Equipment {
            condition,
            ..before.clone()
        };
        let put = Change::Put(Box::new(after.clone()));
        let region = snapshot.region.changed(&[put])?;
        Ok(Some(Self {
            before,
            after,
            region,
        }))
    }

    pub(super) fn change(&self) -> PieceChange<'_> {
        PieceChange {
            before: Some(&self.before),
            after: &self.after,
            origin: Origin::File,
            edited: &[Field::Condition],
            presence: Presence::Registered,
        }
    }
}

/// What somebody who makes a report now shows to add photos, and how it is kept.
///
/// # Errors
///
/// If the system gives no random numbers.
pub(super) fn photo_right(now: Moment) -> Result<(Secret, PhotoRight), Fault> {
    let secret = chance()?;
    let right = PhotoRight {
        hash: secret.hash(),
        expires_at: Moment {
            ms: now.ms + PHOTOS_WITHIN_MS,
        },
    };
    Ok((secret, right))
}

impl Regions {
    /// Takes a report; one with a reporter is heeded at once: a piece that is missing or damaged covers nothing from then on.
    ///
    /// # Errors
    ///
    /// If the region is not ready, has no such piece or does not hold the place, too many reports of strangers wait, or
    /// the report cannot be kept.
    pub fn report(&self, region: &str, what: &NewReport) -> Result<Made, Fault> {
        let slot = self.slot(region)?;
        let (photo_right, right) = photo_right(clock::now())?;
        let mut made = None;
        self.follow(region, News::Equipment, |before| {
            let heeded = Heeded::by_report(before, what)?;
            let act = slot.act(what.reporter.as_deref().unwrap_or(STRANGER));
            let change = heeded.as_ref().map(Heeded::change);
            let change = change.as_ref();
            let kept =
                |store: &dyn Store| store.open_report(&act, what, change, &right, MOST_WAITING);
            made = Some(self.keep(kept)?);
            Ok(heeded.map(Heeded::region))
        })?;
        Ok(Made {
            report: self.told_of(region, made)?,
            photo_right,
        })
    }

    /// Confirms an open report, so that its piece is as it says; or rejects it, so that the piece is as it was before, if
    /// nobody has changed it since.
    ///
    /// # Errors
    ///
    /// If the region is not ready or has no such report, it is decided already, or the decision cannot be kept.
    pub fn decide_report(
        &self,
        who: &str,
        region: &str,
        id: ReportId,
        is_confirmed: bool,
    ) -> Result<Report, Fault> {
        let slot = self.slot(region)?;
        let mut made = None;
        self.follow(region, News::Equipment, |before| {
            let report = self.kept_report(region, id)?;
            if report.state != ReportState::Open {
                return Err(Fault::ReportDecided { id: id.0 });
            }
            let (state, condition) = if is_confirmed {
                (ReportState::Confirmed, report.what.kind.condition())
            } else {
                let was = self.keep(|store| store.condition_before(&slot.id, &report))?;
                (ReportState::Rejected, was)
            };
            let heeded = match (&report.what.about, condition) {
                (About::Piece(piece), Some(condition)) => Heeded::new(before, piece, condition)?,
                (About::Piece(_) | About::Place(_), _) => None,
            };
            let change = heeded.as_ref().map(Heeded::change);
            let (act, change) = (slot.act(who), change.as_ref());
            made = Some(self.keep(|store| store.decide_report(&act, id, state, change))?);
            Ok(heeded.map(|heeded| heeded.region))
        })?;
        self.told_of(region, made)
    }

    /// A report of a region.
    ///
    /// # Errors
    ///
    /// If there is no such region or report, or the store cannot be read.
    pub fn kept_report(&self, region: &str, id: ReportId) -> Result<Report, Fault> {
        let region = &self.slot(region)?.id;
        let found = self.keep(|store| store.report(region, id))?;
        found.ok_or(Fault::UnknownReport { id: id.0 })
    }

    /// A page of a region's reports, the latest first.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn reports(&self, region: &str, page: &ReportPage) -> Result<Vec<Report>, Fault> {
        let region = &self.slot(region)?.id;
        self.keep(|store| store.reports(region, page))
    }

    /// Tells everybody who listens of a report that has just been kept.
    pub(super) fn told_of(&self, region: &str, made: Option<Report>) -> Result<Report, Fault> {
        // Whatever has been followed without a fault has kept one.
        let report = made.ok_or_else(|| Fault::NotKept {
            reason: "nothing was kept".to_owned(),
        })?;
        let news = News::Report {
            id: report.id,
            kind: report.what.kind,
            state: report.state,
        };
        self.tell(self.slot(region)?, news);
        Ok(report)
    }
}
