//! What volunteers' phones hand in: kept once however often it comes, also after whoever entered it has signed out.

use sha2::Digest;
use sha2::Sha256;

use crate::app::clock;
use crate::app::duty_fault::DutyFault;
use crate::app::fault::Fault;
use crate::app::people::Secret;
use crate::app::people::hash;
use crate::app::regions::News;
use crate::app::regions::Regions;
use crate::app::reports::Heeded;
use crate::app::reports::photo_right;
use crate::model::account::Account;
use crate::model::account::AccountId;
use crate::model::account::Role;
use crate::model::entry::Handed;
use crate::model::entry::NewEntry;
use crate::model::moment::Moment;
use crate::model::report::About;
use crate::model::report::NewReport;
use crate::model::report::ReportId;
use crate::store::entries::EntryKept;
use crate::store::entries::EntryReport;
use crate::store::entries::HandedIn;

/// A right to hand in holds so many days: longer than anybody's phone is without signal.
pub const HAND_IN_DAYS: i64 = 14;

/// Where a phone was is kept so many days.
pub const TRACK_DAYS: i64 = 30;

/// A day, milliseconds.
const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// What lets a phone hand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandIn {
    /// What it shows.
    pub right: Secret,
    /// Until when.
    pub until: Moment,
}

/// What has become of an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// When it came first.
    pub received_at: Moment,
    /// Whether it has come for the first time.
    pub is_new: bool,
    /// The report that it made, and what whoever made it shows to add photos.
    pub report: Option<(ReportId, Secret)>,
}

/// A new secret.
///
/// # Errors
///
/// If the system gives no random numbers.
pub(super) fn chance() -> Result<Secret, Fault> {
    Secret::by_chance().map_err(|fault| Fault::NoChance {
        reason: fault.to_string(),
    })
}

impl Regions {
    /// Lets a phone hand in for an account, whoever is signed in on it later.
    ///
    /// # Errors
    ///
    /// If there is no such region, the system gives no random numbers, or it cannot be kept.
    pub fn allow_hand_in(&self, region: &str, account: AccountId) -> Result<HandIn, Fault> {
        let region = &self.slot(region)?.id;
        let right = chance()?;
        let now = clock::now();
        let until = Moment {
            ms: now.ms + HAND_IN_DAYS * DAY_MS,
        };
        self.keep(|store| store.allow_hand_in(region, account, &right.hash(), now, until))?;
        Ok(HandIn { right, until })
    }

    /// For whom a right lets somebody hand in.
    ///
    /// # Errors
    ///
    /// If there is no such region, the right is unknown or over, its account may not walk there any more, or the store cannot be read.
    pub fn hand_in_of(&self, region: &str, right: &str) -> Result<Account, Fault> {
        let region = &self.slot(region)?.id;
        let (secret, now) = (hash(right), clock::now());
        let found = self.keep(|store| store.hand_in_of(region, &secret, now))?;
        let found = found.filter(|account| account.may(Role::Volunteer, Some(region)));
        found.ok_or_else(|| DutyFault::NoHandInRight.into())
    }

    /// Takes an entry of somebody; once more the same, and nothing changes. `body` is what was handed in, by which the same is known.
    ///
    /// # Errors
    ///
    /// If the region is not ready or has no such piece, something else was handed in under this number, nobody has agreed to a track,
    /// or it cannot be kept.
    pub fn hand_in(
        &self,
        region: &str,
        account: &Account,
        entry: &NewEntry,
        body: &[u8],
    ) -> Result<Taken, Fault> {
        let slot = self.slot(region)?;
        let act = slot.act(account.name.as_str());
        let digest: [u8; 32] = Sha256::digest(body).into();
        let new = HandedIn {
            account: account.id,
            entry,
            digest: &digest,
            track_expires_at: Moment {
                ms: act.at.ms + TRACK_DAYS * DAY_MS,
            },
            report: None,
        };
        let (kept, secret) = if let Some(what) = reported(entry, account)? {
            let (secret, right) = photo_right(act.at)?;
            let mut kept = None;
            self.follow(region, News::Equipment, |before| {
                let heeded = Heeded::by_report(before, &what)?;
                let change = heeded.as_ref().map(Heeded::change);
                let new = HandedIn {
                    report: Some(EntryReport {
                        what: &what,
                        heeding: change.as_ref(),
                        right: &right,
                    }),
                    ..new
                };
                let done = self.keep(|store| store.add_entry(&act, &new))?;
                let is_new = matches!(done, EntryKept::New { .. });
                kept = Some(done);
                Ok(heeded.filter(|_| is_new).map(Heeded::region))
            })?;
            if let Some(EntryKept::Known(known)) = &kept
                && let Some(report) = known.report
            {
                // The answer was lost, and the right to add photos with it: here is another.
                self.keep(|store| store.allow_photos(report, &right, act.at))?;
            }
            (kept, Some(secret))
        } else {
            self.must_agree(&slot.id, account, entry)?;
            (Some(self.keep(|store| store.add_entry(&act, &new))?), None)
        };
        match kept {
            Some(EntryKept::New { report }) => {
                let report = report.map(|report| self.told_of(region, Some(*report)));
                let report = report.transpose()?;
                if matches!(entry.what, Handed::Track { .. }) {
                    self.work_out_seen(region, account.id, (&entry.day, entry.team))?;
                }
                self.tell(slot, News::Patrols);
                Ok(Taken {
                    received_at: act.at,
                    is_new: true,
                    report: report.map(|report| report.id).zip(secret),
                })
            }
            Some(EntryKept::Known(known)) => Ok(Taken {
                received_at: known.received_at,
                is_new: false,
                report: known.report.zip(secret),
            }),
            Some(EntryKept::Other) | None => Err(DutyFault::OtherEntry {
                id: entry.id.as_str().to_owned(),
            }
            .into()),
        }
    }

    /// A track is kept only of somebody who has agreed to it.
    fn must_agree(&self, region: &str, account: &Account, entry: &NewEntry) -> Result<(), Fault> {
        if !matches!(entry.what, Handed::Track { .. }) {
            return Ok(());
        }
        let volunteer = self.keep(|store| store.volunteer_of(region, account.id))?;
        let agrees = volunteer.and_then(|volunteer| volunteer.consents) == Some(true);
        agrees
            .then_some(())
            .ok_or_else(|| DutyFault::NoConsent.into())
    }

    /// Deletes where phones were when that has been kept long enough; says of how many entries.
    ///
    /// # Errors
    ///
    /// If the store cannot be written.
    pub fn forget_places(&self) -> Result<usize, Fault> {
        let now = clock::now();
        let came_before = Moment {
            ms: now.ms - TRACK_DAYS * DAY_MS,
        };
        self.keep(|store| store.forget_places(now, came_before))
    }
}

/// The report that an entry makes, if it makes one.
fn reported(entry: &NewEntry, account: &Account) -> Result<Option<NewReport>, DutyFault> {
    let Handed::Report { seen, equipment } = &entry.what else {
        return Ok(None);
    };
    let about = match (equipment, entry.place) {
        (Some(piece), _) => About::Piece(piece.clone()),
        (None, Some(at)) => About::Place(at),
        (None, None) => return Err(DutyFault::NothingReported),
    };
    Ok(Some(NewReport {
        kind: *seen,
        about,
        note: entry.note.clone(),
        reporter: Some(account.name.as_str().to_owned()),
    }))
}
