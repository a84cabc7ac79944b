//! What is kept on disk: the store that everything asks, and the one that comes with the program.

pub mod accounts;
pub mod entries;
pub mod fault;
pub mod notices;
pub mod patrols;
pub mod photos;
pub mod recorded;
pub mod sqlite;
pub mod volunteers;

use std::fmt::Debug;

use serde::Serialize;

use crate::model::correction::Correction;
use crate::model::crossing::CrossingState;
use crate::model::equipment::Condition;
use crate::model::equipment::Equipment;
use crate::model::import_report::ImportReport;
use crate::model::import_report::Seen;
use crate::model::import_report::Thing;
use crate::model::import_summary::ImportSummary;
use crate::model::incident::Incident;
use crate::model::incident::IncidentId;
use crate::model::incident::NewIncident;
use crate::model::incident::Sending;
use crate::model::incident::SendingId;
use crate::model::incident::Task;
use crate::model::kept_responder::KeptResponder;
use crate::model::moment::Moment;
use crate::model::register::Field;
use crate::model::register::Origin;
use crate::model::register::Presence;
use crate::model::register::Register;
use crate::model::report::NewReport;
use crate::model::report::Report;
use crate::model::report::ReportId;
use crate::model::report::ReportState;
use crate::model::rescue_point::RescuePoint;
use crate::model::setting::Turned;
use crate::store::accounts::AccountStore;
use crate::store::entries::EntryStore;
use crate::store::fault::StoreFault;
use crate::store::notices::NoticeStore;
use crate::store::patrols::PatrolStore;
use crate::store::photos::PhotoRight;
use crate::store::photos::PhotoStore;
use crate::store::recorded::Recorded;
use crate::store::volunteers::VolunteerStore;

/// Keeps what people enter. What a method that writes has returned from is on disk, whole, with its row in the audit log.
pub trait Store:
    AccountStore
    + EntryStore
    + NoticeStore
    + PatrolStore
    + PhotoStore
    + VolunteerStore
    + Debug
    + Send
    + Sync
{
    /// What people have changed in a region.
    fn register(&self, region: &str) -> Result<Register, StoreFault>;

    /// Keeps that a crossing, which was as `before` says, is open or closed.
    fn set_crossing(
        &self,
        act: &Act<'_>,
        crossing: &str,
        before: CrossingState,
        after: CrossingState,
    ) -> Result<EntryId, StoreFault>;

    /// Keeps the risk grade of a water, 1 (low) to 4 (highest), which was `before`.
    fn set_risk(
        &self,
        act: &Act<'_>,
        water_body: &str,
        before: u8,
        after: u8,
    ) -> Result<EntryId, StoreFault>;

    /// What somebody has said of a responder, if anybody has.
    fn responder(&self, region: &str, id: &str) -> Result<Option<KeptResponder>, StoreFault>;

    /// An id that no responder of the region has or had, and that is not taken among those of its files.
    fn free_responder_id(
        &self,
        region: &str,
        is_taken: &dyn Fn(&str) -> bool,
    ) -> Result<String, StoreFault>;

    /// Keeps what is said of a responder, of whom nothing else was said if there is no `before`.
    fn put_responder(
        &self,
        act: &Act<'_>,
        before: Option<&KeptResponder>,
        after: &KeptResponder,
    ) -> Result<(), StoreFault>;

    /// An id that no piece of the region has or had, and that is not taken among the pieces of its files.
    fn free_piece_id(
        &self,
        region: &str,
        is_taken: &dyn Fn(&str) -> bool,
    ) -> Result<String, StoreFault>;

    /// Keeps many pieces as they are after an import, all or none; gives the entry of the whole.
    fn put_pieces(
        &self,
        act: &Act<'_>,
        summary: &ImportSummary,
        changes: &[PieceChange<'_>],
    ) -> Result<EntryId, StoreFault>;

    /// The pieces of a region that somebody has taken away one by one, and not by undoing an import.
    fn retired_pieces(&self, region: &str) -> Result<Vec<String>, StoreFault>;

    /// Keeps a piece as it is after a change.
    fn put_piece(&self, act: &Act<'_>, change: &PieceChange<'_>) -> Result<EntryId, StoreFault>;

    /// An id that no rescue point of the region has or had.
    fn free_rescue_point_id(&self, region: &str) -> Result<String, StoreFault>;

    /// Keeps a rescue point as it is after a change.
    fn put_rescue_point(
        &self,
        act: &Act<'_>,
        change: &PointChange<'_>,
    ) -> Result<EntryId, StoreFault>;

    /// An id that no correction of the region has or had, and that is not taken among what its files hold.
    fn free_correction_id(
        &self,
        region: &str,
        is_taken: &dyn Fn(&str) -> bool,
    ) -> Result<String, StoreFault>;

    /// Keeps what becomes of a correction of the map.
    fn put_correction(
        &self,
        act: &Act<'_>,
        change: &CorrectionChange<'_>,
    ) -> Result<EntryId, StoreFault>;

    /// Keeps how settings are that somebody turns, each with how it was; gives the last entry.
    fn put_settings(
        &self,
        act: &Act<'_>,
        changes: &[(Option<f64>, Turned)],
    ) -> Result<EntryId, StoreFault>;

    /// Keeps a report, and with it what becomes of its piece and who may add photos; of strangers' open ones a region has
    /// at most `most_waiting`.
    fn open_report(
        &self,
        act: &Act<'_>,
        what: &NewReport,
        heeding: Option<&PieceChange<'_>>,
        right: &PhotoRight,
        most_waiting: usize,
    ) -> Result<Report, StoreFault>;

    /// Keeps what is decided of a report that is open, and with it what becomes of its piece.
    fn decide_report(
        &self,
        act: &Act<'_>,
        id: ReportId,
        state: ReportState,
        change: Option<&PieceChange<'_>>,
    ) -> Result<Report, StoreFault>;

    /// In what state the piece of a report was before it was heeded, if nobody has changed the piece since.
    fn condition_before(
        &self,
        region: &str,
        report: &Report,
    ) -> Result<Option<Condition>, StoreFault>;

    /// A report of a region, if there is one of this number.
    fn report(&self, region: &str, id: ReportId) -> Result<Option<Report>, StoreFault>;

    /// The latest open report that says of a piece that it is missing or damaged.
    fn open_report_of(&self, region: &str, piece: &str) -> Result<Option<Report>, StoreFault>;

    /// A page of a region's reports, the latest first.
    fn reports(&self, region: &str, page: &ReportPage) -> Result<Vec<Report>, StoreFault>;

    /// Opens an incident, and records what is sent at the same time.
    fn open_incident(
        &self,
        act: &Act<'_>,
        what: &NewIncident,
        tasks: &[Task],
    ) -> Result<Incident, StoreFault>;

    /// Records that somebody is sent to an incident that is open.
    fn record_sending(
        &self,
        act: &Act<'_>,
        incident: IncidentId,
        task: &Task,
    ) -> Result<Sending, StoreFault>;

    /// Records when somebody arrived, also after the incident has been closed; a second time corrects the first.
    fn record_arrival(
        &self,
        act: &Act<'_>,
        incident: IncidentId,
        sending: SendingId,
        arrived_at: Moment,
    ) -> Result<Sending, StoreFault>;

    /// Closes an incident that is open.
    fn close_incident(
        &self,
        act: &Act<'_>,
        incident: IncidentId,
        closed_at: Moment,
    ) -> Result<Incident, StoreFault>;

    /// An incident of a region, if there is one of this number.
    fn incident(&self, region: &str, id: IncidentId) -> Result<Option<Incident>, StoreFault>;

    /// A page of a region's incidents, the latest first.
    fn incidents(&self, region: &str, page: &IncidentPage) -> Result<Vec<Incident>, StoreFault>;

    /// An entry of a region's audit log as what can be undone; none if there is no such entry.
    fn recorded(&self, region: &str, entry: EntryId) -> Result<Option<Recorded>, StoreFault>;
    /// What a region's files held when they were last read, by kind; nothing if they have never been.
    fn last_import(&self, region: &str) -> Result<Vec<(Thing, Vec<Seen>)>, StoreFault>;

    /// Keeps what a region's files hold now, and what is another, if anything is. Nobody has done it: the log is silent.
    fn put_import(
        &self,
        region: &str,
        at: Moment,
        seen: &[(Thing, Vec<Seen>)],
        report: Option<&ImportReport>,
    ) -> Result<(), StoreFault>;

    /// What was another when a region's files last were; none if they never were.
    fn import_report(&self, region: &str) -> Result<Option<KeptImport>, StoreFault>;

    /// A page of a region's audit log, the latest first.
    fn audit(&self, region: &str, page: &AuditPage) -> Result<Vec<AuditEntry>, StoreFault>;
}

/// The number of an entry of the audit log.
pub type EntryId = i64;

/// Who changes something, in which region, and when.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// The region's id.
    pub region: &'a str,
    /// Whoever does it.
    pub who: &'a str,
    /// When.
    pub at: Moment,
    /// The entry of the audit log of the import that it is a part of.
    pub part_of: Option<EntryId>,
}

/// What becomes of a piece.
#[derive(Clone, Debug)]
pub struct PieceChange<'a> {
    /// The piece as it was, if it was there.
    pub before: Option<&'a Equipment>,
    /// The piece as it is from now on; if it is retired, as it was last.
    pub after: &'a Equipment,
    /// Where it comes from, if nothing is kept of it yet.
    pub origin: Origin,
    /// What of it is said by this change.
    pub edited: &'a [Field],
    /// Whether it stands there from now on.
    pub presence: Presence,
}

/// What becomes of a rescue point.
#[derive(Clone, Debug)]
pub struct PointChange<'a> {
    /// As it was, if it was there.
    pub before: Option<&'a RescuePoint>,
    /// As it is from now on; if it is given up, as it was last.
    pub after: &'a RescuePoint,
    /// Whether it is there from now on.
    pub presence: Presence,
}

/// What becomes of a correction of the map.
#[derive(Clone, Debug)]
pub struct CorrectionChange<'a> {
    /// What it says, from its making on.
    pub correction: &'a Correction,
    /// Whether it held, if it was there.
    pub before: Option<Presence>,
    /// Whether it holds from now on.
    pub after: Presence,
    /// What the map holds from now on, as [`Store::put_import`] takes it.
    pub seen: &'a [(Thing, Vec<Seen>)],
}

/// Which reports are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportPage {
    /// Only those in this state.
    pub state: Option<ReportState>,
    /// Older than this one: where the page before ended.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: usize,
}

/// Which incidents are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IncidentPage {
    /// Opened then or later.
    pub from: Option<Moment>,
    /// Opened before.
    pub until: Option<Moment>,
    /// Only those that are open, or only those that are closed.
    pub is_open: Option<bool>,
    /// Where the page before ended: when its last incident was opened, and its number.
    pub after: Option<(Moment, IncidentId)>,
    /// At most so many.
    pub limit: usize,
}

/// Which entries of the audit log are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditPage {
    /// Those of the pieces of this import; else all others, the import itself among them.
    pub part_of: Option<EntryId>,
    /// Older than this one: where the page before ended.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: usize,
}

/// What was another in a region's files.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeptImport {
    /// The region's id.
    pub region: String,
    /// When they were read.
    pub at_ms: Moment,
    /// What.
    pub report: ImportReport,
}

/// What is in a store, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StoreReport {
    /// Crossings that somebody has opened or closed.
    pub crossings: usize,
    /// Pieces that somebody has added, edited, moved or retired.
    pub equipment: usize,
    /// Waters that somebody has graded.
    pub water_bodies: usize,
    /// Rescue points, those that were given up included.
    pub rescue_points: usize,
    /// Corrections of the map, those that were taken back included.
    pub corrections: usize,
    /// Settings that somebody has turned.
    pub settings: usize,
    /// Reports of what people have seen.
    pub reports: usize,
    /// Photos of what was reported.
    pub photos: usize,
    /// Incidents.
    pub incidents: usize,
    /// What was sent to them.
    pub sendings: usize,
    /// Notices, those that were withdrawn included.
    pub notices: usize,
    /// Plans of evenings, those that were replaced or withdrawn included.
    pub patrols: usize,
    /// Volunteers, those who have left included.
    pub volunteers: usize,
    /// Evenings with a roster.
    pub roster_days: usize,
    /// What phones have handed in.
    pub entries: usize,
    /// Webhooks, those that were removed included.
    pub webhooks: usize,
    /// Accounts.
    pub accounts: usize,
    /// Entries of the audit log.
    pub audit: usize,
    /// What was another in the files of each region when they last were.
    pub imports: Vec<KeptImport>,
    /// What is wrong, each in one line; nothing in a store that is well.
    pub faults: Vec<String>,
}

/// One change, for good.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditEntry {
    /// Counts up with every change.
    pub id: i64,
    /// When.
    pub at_ms: Moment,
    /// Who did it.
    pub who: String,
    /// What was changed: `crossing`, `equipment`, `water_body`, `rescue_point`, `correction`, `setting`, `report`, `photo`, `responder`, `incident`, `sending`, `notice`, `patrol`, `volunteer`, `roster` or `duty`.
    pub thing: String,
    /// Its id.
    pub thing_id: String,
    /// How it was, as JSON; none if it was not there.
    pub before: Option<String>,
    /// How it is since then, as JSON; none if it is not there any more.
    pub after: Option<String>,
}
