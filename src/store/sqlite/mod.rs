//! The store that comes with the program: one SQLite file, written by one connection.

mod accounts;
mod audit;
mod checking;
mod copies;
mod corrections;
mod crossings;
mod deliveries;
mod entries;
mod equipment;
mod faults;
mod folder;
mod identities;
mod imports;
mod incidents;
mod invitations;
mod keys;
mod migrations;
mod notice_store;
mod notices;
mod numbers;
mod opening;
mod patrols;
mod people;
mod photos;
mod reports;
mod rescue_points;
mod responders;
mod roster;
mod sessions;
mod settings;
mod volunteers;
mod waters;
mod webhooks;
mod words;

pub use checking::check;
pub use copies::backup;
pub use copies::restore;

use std::fs::File;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;

use rusqlite::Connection;
use rusqlite::Transaction;
use rusqlite::TransactionBehavior;

use crate::model::crossing::CrossingState;
use crate::model::equipment::Condition;
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
use crate::model::register::Register;
use crate::model::report::NewReport;
use crate::model::report::Report;
use crate::model::report::ReportId;
use crate::model::report::ReportState;
use crate::model::setting::Turned;
use crate::store::Act;
use crate::store::AuditEntry;
use crate::store::AuditPage;
use crate::store::CorrectionChange;
use crate::store::EntryId;
use crate::store::IncidentPage;
use crate::store::KeptImport;
use crate::store::PieceChange;
use crate::store::PointChange;
use crate::store::ReportPage;
use crate::store::Store;
use crate::store::fault::StoreFault;
use crate::store::photos::PhotoRight;
use crate::store::recorded::Recorded;
use crate::store::sqlite::faults::Trouble;

/// The file's name within the folder of what is kept.
pub const FILE: &str = "zhugan.sqlite";

/// A store in one file, or in memory until the program ends.
///
/// Write-ahead log and `synchronous=FULL`: what a commit has returned from has been synced to the disk.
#[derive(Debug)]
pub struct SqliteStore {
    file: PathBuf,
    connection: Mutex<Connection>,
    /// Held as long as the store is open, so that no other service opens it.
    _lock: Option<File>,
}

impl SqliteStore {
    /// The store in a folder, which is made if it is not there; an older one is brought up to date.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written or is in use, or its file is damaged, foreign, newer or read-only; a file that is
    /// there is not changed then.
    pub fn open(dir: &Path) -> Result<Self, StoreFault> {
        let lock = folder::locked(dir)?;
        let file = dir.join(FILE);
        let connection = opening::opened(dir, &file)?;
        Ok(Self {
            file,
            connection: Mutex::new(connection),
            _lock: Some(lock),
        })
    }

    /// The same, also while a service uses it: both write, one after the other.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written, or its file is damaged, foreign, of another version or read-only.
    pub fn open_beside(dir: &Path) -> Result<Self, StoreFault> {
        match Self::open(dir) {
            Err(StoreFault::InUse { .. }) => {}
            opened => return opened,
        }
        let file = dir.join(FILE);
        Ok(Self {
            connection: Mutex::new(opening::beside_a_service(&file)?),
            file,
            _lock: None,
        })
    }

    /// A store that ends with the program.
    ///
    /// # Errors
    ///
    /// If there is no memory for it.
    pub fn in_memory() -> Result<Self, StoreFault> {
        let file = PathBuf::from(":memory:");
        let connection = opening::in_memory(&file)?;
        Ok(Self {
            file,
            connection: Mutex::new(connection),
            _lock: None,
        })
    }

    /// The file; of a store in memory, no real one.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Reads, at one moment.
    fn read<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, StoreFault> {
        self.within(TransactionBehavior::Deferred, work)
    }

    /// Changes something as a whole or not at all; what it returns from is on disk.
    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, StoreFault> {
        self.within(TransactionBehavior::Immediate, work)
    }

    fn within<T>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, StoreFault> {
        // Whoever panicked with it in hand has rolled back by that.
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let done = || -> Result<T, Trouble> {
            let transaction = connection.transaction_with_behavior(behavior)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        }();
        done.map_err(|trouble| trouble.with(&self.file))
    }
}

impl Store for SqliteStore {
    fn register(&self, region: &str) -> Result<Register, StoreFault> {
        self.read(|transaction| {
            Ok(Register {
                crossings: crossings::of_region(transaction, region)?,
                pieces: equipment::of_region(transaction, region)?,
                responders: responders::of_region(transaction, region)?,
                risks: waters::of_region(transaction, region)?,
                points: rescue_points::of_region(transaction, region)?,
                corrections: corrections::of_region(transaction, region)?,
                settings: settings::of_region(transaction, region)?,
            })
        })
    }

    fn set_crossing(
        &self,
        act: &Act<'_>,
        crossing: &str,
        before: CrossingState,
        after: CrossingState,
    ) -> Result<EntryId, StoreFault> {
        self.write(|transaction| crossings::set(transaction, act, crossing, before, after))
    }

    fn set_risk(
        &self,
        act: &Act<'_>,
        water_body: &str,
        before: u8,
        after: u8,
    ) -> Result<EntryId, StoreFault> {
        self.write(|transaction| waters::set(transaction, act, water_body, before, after))
    }

    fn responder(&self, region: &str, id: &str) -> Result<Option<KeptResponder>, StoreFault> {
        self.read(|transaction| responders::one(transaction, region, id))
    }

    fn free_responder_id(
        &self,
        region: &str,
        is_taken: &dyn Fn(&str) -> bool,
    ) -> Result<String, StoreFault> {
        self.read(|transaction| responders::free_id(transaction, region, is_taken))
    }

    fn put_responder(
        &self,
        act: &Act<'_>,
        before: Option<&KeptResponder>,
        after: &KeptResponder,
    ) -> Result<(), StoreFault> {
        self.write(|transaction| responders::put(transaction, act, before, after))
    }

    fn free_piece_id(
        &self,
        region: &str,
        is_taken: &dyn Fn(&str) -> bool,
    ) -> Result<String, StoreFault> {
        self.read(|transaction| equipment::free_id(transaction, region, is_taken))
    }

    fn put_piece(&self, act: &Act<'_>, change: &PieceChange<'_>) -> Result<EntryId, StoreFault> {
        self.write(|transaction| equipment::put(transaction, act, change))
    }

    fn put_pieces(
        &self,
        act: &Act<'_>,
        summary: &ImportSummary,
        changes: &[PieceChange<'_>],
    ) -> Result<EntryId, StoreFault> {
        self.write(|transaction| equipment::put_all(transaction, act, summary, changes))
    }

    fn retired_pieces(&self, region: &str) -> Result<Vec<String>, StoreFault> {
        self.read(|transaction| equipment::retired(transaction, region))
    }

    fn free_rescue_point_id(&self, region: &str) -> Result<String, StoreFault> {
        self.read(|transaction| rescue_points::free_id(transaction, region))
    }

    fn put_rescue_point(
        &self,
        act: &Act<'_>,
        change: &PointChange<'_>,
    ) -> Result<EntryId, StoreFault> {
        self.write(|transaction| rescue_points::put(transaction, act, change))
    }

    fn free_correction_id(
        &self,
        region: &str,
        is_taken: &dyn Fn(&str) -> bool,
    ) -> Result<String, StoreFault> {
        self.read(|transaction| corrections::free_id(transaction, region, is_taken))
    }

    fn put_correction(
        &self,
        act: &Act<'_>,
        change: &CorrectionChange<'_>,
    ) -> Result<EntryId, StoreFault> {
        self.write(|transaction| corrections::put(transaction, act, change))
    }

    fn put_settings(
        &self,
        act: &Act<'_>,
        changes: &[(Option<f64>, Turned)],
    ) -> Result<EntryId, StoreFault> {
        self.write(|transaction| settings::put(transaction, act, changes))
    }

    fn open_report(
        &self,
        act: &Act<'_>,
        what: &NewReport,
        heeding: Option<&PieceChange<'_>>,
        right: &PhotoRight,
        most_waiting: usize,
    ) -> Result<Report, StoreFault> {
        self.write(|transaction| {
            let made = reports::open(transaction, act, what, heeding, most_waiting)?;
            photos::allow(transaction, made.id, right, act.at)?;
            Ok(made)
        })
    }

    fn decide_report(
        &self,
        act: &Act<'_>,
        id: ReportId,
        state: ReportState,
        change: Option<&PieceChange<'_>>,
    ) -> Result<Report, StoreFault> {
        self.write(|transaction| reports::decide(transaction, act, id, state, change))
    }

    fn condition_before(
        &self,
        region: &str,
        report: &Report,
    ) -> Result<Option<Condition>, StoreFault> {
        self.read(|transaction| reports::condition_before(transaction, region, report))
    }

    fn report(&self, region: &str, id: ReportId) -> Result<Option<Report>, StoreFault> {
        self.read(|transaction| reports::one(transaction, region, id))
    }

    fn open_report_of(&self, region: &str, piece: &str) -> Result<Option<Report>, StoreFault> {
        self.read(|transaction| reports::open_of(transaction, region, piece))
    }

    fn reports(&self, region: &str, page: &ReportPage) -> Result<Vec<Report>, StoreFault> {
        self.read(|transaction| reports::page(transaction, region, page))
    }

    fn open_incident(
        &self,
        act: &Act<'_>,
        what: &NewIncident,
        tasks: &[Task],
    ) -> Result<Incident, StoreFault> {
        self.write(|transaction| incidents::open(transaction, act, what, tasks))
    }

    fn record_sending(
        &self,
        act: &Act<'_>,
        incident: IncidentId,
        task: &Task,
    ) -> Result<Sending, StoreFault> {
        self.write(|transaction| incidents::send(transaction, act, incident, task))
    }

    fn record_arrival(
        &self,
        act: &Act<'_>,
        incident: IncidentId,
        sending: SendingId,
        arrived_at: Moment,
    ) -> Result<Sending, StoreFault> {
        self.write(|transaction| incidents::arrive(transaction, act, incident, sending, arrived_at))
    }

    fn close_incident(
        &self,
        act: &Act<'_>,
        incident: IncidentId,
        closed_at: Moment,
    ) -> Result<Incident, StoreFault> {
        self.write(|transaction| incidents::close(transaction, act, incident, closed_at))
    }

    fn incident(&self, region: &str, id: IncidentId) -> Result<Option<Incident>, StoreFault> {
        self.read(|transaction| incidents::one(transaction, region, id))
    }

    fn incidents(&self, region: &str, page: &IncidentPage) -> Result<Vec<Incident>, StoreFault> {
        self.read(|transaction| incidents::page(transaction, region, page))
    }

    fn recorded(&self, region: &str, entry: EntryId) -> Result<Option<Recorded>, StoreFault> {
        self.read(|transaction| audit::recorded(transaction, region, entry))
    }

    fn last_import(&self, region: &str) -> Result<Vec<(Thing, Vec<Seen>)>, StoreFault> {
        self.read(|transaction| imports::last(transaction, region))
    }

    fn put_import(
        &self,
        region: &str,
        at: Moment,
        seen: &[(Thing, Vec<Seen>)],
        report: Option<&ImportReport>,
    ) -> Result<(), StoreFault> {
        self.write(|transaction| imports::put(transaction, region, at, seen, report))
    }

    fn import_report(&self, region: &str) -> Result<Option<KeptImport>, StoreFault> {
        self.read(|transaction| imports::report(transaction, region))
    }

    fn audit(&self, region: &str, page: &AuditPage) -> Result<Vec<AuditEntry>, StoreFault> {
        self.read(|transaction| audit::page(transaction, region, page))
    }
}
