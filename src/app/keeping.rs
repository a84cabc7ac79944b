//! Where what people change is kept: in a folder, or in memory until the program ends.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use crate::app::duty_fault::DutyFault;
use crate::app::fault::Fault;
use crate::app::regions::Regions;
use crate::app::regions::for_strangers;
pub use crate::store::AuditEntry;
pub use crate::store::AuditPage;
pub use crate::store::IncidentPage;
use crate::store::Store;
pub use crate::store::StoreReport;
use crate::store::accounts::EVERYWHERE;
pub use crate::store::fault::StoreFault;
pub use crate::store::notices::NoticePage;
pub use crate::store::patrols::PatrolPage;
use crate::store::sqlite::FILE;
use crate::store::sqlite::SqliteStore;
pub use crate::store::sqlite::backup;
pub use crate::store::sqlite::check;
pub use crate::store::sqlite::restore;

/// The folder of what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// Somebody has named it: there must be a store in it.
    Named(PathBuf),
    /// Where programs of this person keep what is theirs: a store in it is better than none.
    Usual(PathBuf),
    /// There is none.
    None,
}

impl Folder {
    /// Where it is.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Named(dir) | Self::Usual(dir) => Some(dir),
            Self::None => None,
        }
    }
}

/// What keeps the changes of a service.
#[derive(Clone, Debug)]
pub struct Keeping {
    /// The store.
    pub store: Arc<dyn Store>,
    /// Where it is.
    pub place: Place,
}

/// Where a store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this file, for the next start, too.
    InFile(PathBuf),
    /// Nowhere but in the program, for this reason: changes end with it.
    InMemory(String),
}

impl Keeping {
    /// The store in a folder; where nobody has named the folder and no store can be made in it, one in memory.
    ///
    /// # Errors
    ///
    /// If a folder that somebody has named cannot be used, or a store that is there: to start without it would seem to
    /// have lost what is in it.
    pub fn open(folder: &Folder) -> Result<Self, StoreFault> {
        let opened = match folder {
            Folder::Named(dir) | Folder::Usual(dir) => SqliteStore::open(dir),
            Folder::None => {
                return Self::in_memory("there is no folder to keep them in; name one with --data");
            }
        };
        match (opened, folder) {
            (Ok(store), _) => Ok(Self {
                place: Place::InFile(store.file().to_owned()),
                store: Arc::new(store),
            }),
            (Err(fault @ StoreFault::InUse { .. }), Folder::Usual(_)) => {
                Self::in_memory(&fault.to_string())
            }
            (Err(fault @ StoreFault::Folder { .. }), Folder::Usual(dir))
                if !dir.join(FILE).exists() =>
            {
                Self::in_memory(&fault.to_string())
            }
            (Err(fault), Folder::Named(_) | Folder::Usual(_) | Folder::None) => Err(fault),
        }
    }

    /// The store in a folder, also while a service uses it.
    ///
    /// # Errors
    ///
    /// If the folder or the store that is there cannot be used.
    pub fn beside(dir: &Path) -> Result<Self, StoreFault> {
        let store = SqliteStore::open_beside(dir)?;
        Ok(Self {
            place: Place::InFile(store.file().to_owned()),
            store: Arc::new(store),
        })
    }

    /// What is kept in a folder, for whoever only reads it, also while a service uses it; nothing where nothing has been kept yet.
    ///
    /// # Errors
    ///
    /// If somebody has named a folder without a store, or the store that is there cannot be used.
    pub fn as_it_is(folder: &Folder) -> Result<Self, StoreFault> {
        match folder {
            Folder::Usual(dir) if !dir.join(FILE).exists() => {
                Self::in_memory("nothing is kept yet")
            }
            Folder::Named(dir) if !dir.join(FILE).exists() => Err(StoreFault::NoFile {
                file: dir.join(FILE),
            }),
            Folder::Named(dir) | Folder::Usual(dir) => Self::beside(dir),
            Folder::None => Self::in_memory("there is no folder to keep it in"),
        }
    }

    fn in_memory(why: &str) -> Result<Self, StoreFault> {
        Ok(Self {
            store: Arc::new(SqliteStore::in_memory()?),
            place: Place::InMemory(why.to_owned()),
        })
    }

    /// What a fault of the store is to whoever asked: the file is named, not where on the machine it is.
    pub(super) fn fault(&self, fault: &StoreFault) -> Fault {
        match fault {
            StoreFault::UnknownIncident(id) => Fault::UnknownIncident { id: id.0 },
            StoreFault::UnknownSending { incident, sending } => Fault::UnknownSending {
                incident: incident.0,
                sending: sending.0,
            },
            StoreFault::AlreadyClosed(id) => Fault::IncidentClosed { id: id.0 },
            StoreFault::UnknownReport(id) => Fault::UnknownReport { id: id.0 },
            StoreFault::AlreadyDecided(id) => Fault::ReportDecided { id: id.0 },
            StoreFault::TooManyReports => Fault::ReportsWait,
            StoreFault::NoPhotoRight(id) => Fault::NoPhotoRight { report: id.0 },
            StoreFault::TooManyPhotos(id) => Fault::TooManyPhotos { report: id.0 },
            StoreFault::TooManyPhotosToday => Fault::PhotosWait,
            StoreFault::BeforeItBegan => Fault::BeforeItBegan,
            StoreFault::TooManyNotices => Fault::TooManyNotices,
            StoreFault::TooManyWebhooks => Fault::TooManyWebhooks,
            StoreFault::TooManyVolunteers => DutyFault::TooManyVolunteers.into(),
            StoreFault::AccountTaken => DutyFault::AccountTaken.into(),
            StoreFault::Folder { .. }
            | StoreFault::InUse { .. }
            | StoreFault::NoFile { .. }
            | StoreFault::Exists { .. }
            | StoreFault::Foreign { .. }
            | StoreFault::Newer { .. }
            | StoreFault::Broken { .. }
            | StoreFault::ReadOnly { .. }
            | StoreFault::Full { .. }
            | StoreFault::Unusable { .. }
            // Of those who sign in; nothing of a region's register is about them.
            | StoreFault::NameTaken(_)
            | StoreFault::UnknownAccount(_)
            | StoreFault::LastAdministrator
            | StoreFault::UnknownInvitation
            | StoreFault::TooMany(_) => Fault::NotKept {
                reason: self.told(fault),
            },
        }
    }

    /// A fault of the store in words for everybody.
    pub(super) fn told(&self, fault: &StoreFault) -> String {
        let dir = match &self.place {
            Place::InFile(file) => file.parent(),
            Place::InMemory(_) => None,
        };
        for_strangers(dir.unwrap_or(Path::new("")), &fault.to_string())
    }
}

impl Default for Keeping {
    /// In memory.
    fn default() -> Self {
        let opened = Self::in_memory("nobody has named a folder");
        opened.expect("a store without a file needs only memory")
    }
}

impl Regions {
    /// A page of the audit log of those who sign in, the latest change first.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn audit_of_people(&self, page: &AuditPage) -> Result<Vec<AuditEntry>, Fault> {
        self.keep(|store| store.audit(EVERYWHERE, page))
    }

    /// A page of a region's audit log, the latest change first.
    ///
    /// # Errors
    ///
    /// If there is no such region, or the store cannot be read.
    pub fn audit(&self, region: &str, page: &AuditPage) -> Result<Vec<AuditEntry>, Fault> {
        let region = &self.slot(region)?.id;
        self.keep(|store| store.audit(region, page))
    }
}
