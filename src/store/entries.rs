//! What is kept of what phones hand in: entries, tracks for a while, and what of the banks was seen.

use std::fmt::Debug;

use crate::model::account::Account;
use crate::model::account::AccountId;
use crate::model::day::Day;
use crate::model::entry::EntryId;
use crate::model::entry::NewEntry;
use crate::model::entry::TrackFix;
use crate::model::moment::Moment;
use crate::model::report::NewReport;
use crate::model::report::Report;
use crate::model::report::ReportId;
use crate::store::Act;
use crate::store::PieceChange;
use crate::store::accounts::SecretHash;
use crate::store::fault::StoreFault;
use crate::store::photos::PhotoRight;

/// Keeps what phones hand in, each entry once however often it comes, whole or not at all.
pub trait EntryStore: Debug + Send + Sync {
    /// Lets whoever shows a secret hand in for an account. Of an account the latest few rights hold.
    fn allow_hand_in(
        &self,
        region: &str,
        account: AccountId,
        hash: &SecretHash,
        now: Moment,
        expires_at: Moment,
    ) -> Result<(), StoreFault>;

    /// For whom a secret lets somebody hand in in a region, unless it is over or its account is shut out.
    fn hand_in_of(
        &self,
        region: &str,
        hash: &SecretHash,
        now: Moment,
    ) -> Result<Option<Account>, StoreFault>;

    /// What was handed in under a number.
    fn entry(&self, region: &str, id: &EntryId) -> Result<Option<KeptEntry>, StoreFault>;

    /// Keeps an entry, and with it the report that it makes.
    fn add_entry(&self, act: &Act<'_>, new: &HandedIn<'_>) -> Result<EntryKept, StoreFault>;

    /// Lets whoever has made a report add photos to it once more.
    fn allow_photos(
        &self,
        report: ReportId,
        right: &PhotoRight,
        now: Moment,
    ) -> Result<(), StoreFault>;

    /// What was handed in of an evening, in the order in which it came; tracks without where they were.
    fn entries(&self, region: &str, day: &Day) -> Result<Vec<KeptEntry>, StoreFault>;

    /// Where the phone of an account was on an evening, as far as that is kept.
    fn track(
        &self,
        region: &str,
        day: &Day,
        account: AccountId,
    ) -> Result<Vec<(Moment, Vec<TrackFix>)>, StoreFault>;

    /// Deletes the tracks that were kept long enough, and where phones were in what came before a moment; says of how many entries.
    fn forget_places(&self, now: Moment, came_before: Moment) -> Result<usize, StoreFault>;

    /// Deletes every track of an account in a region.
    fn forget_tracks_of(&self, region: &str, account: AccountId) -> Result<(), StoreFault>;

    /// Keeps what of the banks somebody has seen on an evening, in place of what was kept of that.
    fn put_seen(
        &self,
        region: &str,
        seen: &KeptSeen,
        sketch: &TrackSketch,
    ) -> Result<(), StoreFault>;

    /// The sketches of all tracks from one evening to another, both among them, but that of an account on the last.
    fn sketches(
        &self,
        region: &str,
        from: &Day,
        to: &Day,
        but: AccountId,
    ) -> Result<Vec<TrackSketch>, StoreFault>;

    /// What was seen on the evenings from one to another, both among them.
    fn seen(&self, region: &str, from: &Day, to: &Day) -> Result<Vec<KeptSeen>, StoreFault>;
}

/// What is handed in, and what comes of it.
#[derive(Clone, Copy, Debug)]
pub struct HandedIn<'a> {
    /// Whose it is.
    pub account: AccountId,
    /// What.
    pub entry: &'a NewEntry,
    /// SHA-256 of what was handed in, by which the same is known again.
    pub digest: &'a [u8; 32],
    /// Until when its track is kept.
    pub track_expires_at: Moment,
    /// The report that it makes.
    pub report: Option<EntryReport<'a>>,
}

/// A report that is handed in.
#[derive(Clone, Copy, Debug)]
pub struct EntryReport<'a> {
    /// What was seen.
    pub what: &'a NewReport,
    /// What becomes of its piece.
    pub heeding: Option<&'a PieceChange<'a>>,
    /// Who may add photos.
    pub right: &'a PhotoRight,
}

/// What has become of something that was handed in.
#[derive(Clone, Debug, PartialEq)]
pub enum EntryKept {
    /// It is kept now.
    New {
        /// The report that it made.
        report: Option<Box<Report>>,
    },
    /// It was handed in before.
    Known(Box<KeptEntry>),
    /// Something else was handed in under its number.
    Other,
}

/// Something that was handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptEntry {
    /// Whose it is.
    pub account: AccountId,
    /// What.
    pub entry: NewEntry,
    /// When it came.
    pub received_at: Moment,
    /// The report that it made.
    pub report: Option<ReportId>,
    /// SHA-256 of what was handed in.
    pub digest: [u8; 32],
}

/// What of the banks somebody has seen on an evening.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptSeen {
    /// The evening.
    pub day: Day,
    /// Whose track it was.
    pub account: AccountId,
    /// The number of their team.
    pub team: Option<u32>,
    /// What, as JSON.
    pub what: String,
}

/// By which a track is known again when it is deleted.
pub type TrackSketch = Vec<u64>;
