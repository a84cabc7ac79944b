//! Why something cannot be kept, or what was kept cannot be had.

use std::path::PathBuf;

use crate::model::account::AccountId;
use crate::model::incident::IncidentId;
use crate::model::incident::SendingId;
use crate::model::report::ReportId;

/// Why the store does not do what it is asked; each names what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The folder cannot be made or written.
    #[error("{dir}: cannot be used ({source}); name a folder that can be written with --data")]
    Folder {
        /// As it was given.
        dir: String,
        /// Why.
        source: std::io::Error,
    },
    /// Another service keeps its changes there.
    #[error(
        "{dir}: another service keeps what people change there; end it, or name another folder with --data"
    )]
    InUse {
        /// As it was given.
        dir: String,
    },
    /// No such file.
    #[error("{file}: is not there; check the name, and the folder that --data names")]
    NoFile {
        /// As it was given.
        file: PathBuf,
    },
    /// A file that would be written over.
    #[error("{file}: is there already and is left as it is; give another name")]
    Exists {
        /// As it was given.
        file: PathBuf,
    },
    /// The file belongs to another program.
    #[error(
        "{file}: is no store of zhugan, and is left as it is; move it away, or name another folder with --data"
    )]
    Foreign {
        /// Its path.
        file: PathBuf,
    },
    /// The file was written by a later version of the program.
    #[error(
        "{file}: was written by a newer zhugan (version {version} of the store, and this program knows {known}), and is left as it is; start that one"
    )]
    Newer {
        /// Its path.
        file: PathBuf,
        /// The file's.
        version: i64,
        /// The program's.
        known: i64,
    },
    /// The file is damaged.
    #[error(
        "{file}: is damaged ({what}), and is left as it is; put a backup in its place with zhugan restore"
    )]
    Broken {
        /// Its path.
        file: PathBuf,
        /// What was found.
        what: String,
    },
    /// The file must not be written.
    #[error("{file}: is read-only; give its owner the right to write it")]
    ReadOnly {
        /// Its path.
        file: PathBuf,
    },
    /// No room for more.
    #[error(
        "{file}: nothing more can be written: the disk, or what this program may use of it, is full; make room, nothing kept is lost"
    )]
    Full {
        /// Its path.
        file: PathBuf,
    },
    /// Anything else that the system or the database says.
    #[error("{file}: cannot be used ({what})")]
    Unusable {
        /// Its path.
        file: PathBuf,
        /// What they say.
        what: String,
    },
    /// No such incident in the region.
    #[error("there is no incident {}", .0.0)]
    UnknownIncident(IncidentId),
    /// No such report in the region.
    #[error("there is no report {}", .0.0)]
    UnknownReport(ReportId),
    /// Something that only an open report takes.
    #[error("report {} is decided already", .0.0)]
    AlreadyDecided(ReportId),
    /// Too many reports of strangers wait.
    #[error("too many reports wait until somebody looks into them")]
    TooManyReports,
    /// A secret that does not let anybody add photos to a report, or not any more.
    #[error("this lets nobody add photos to report {}", .0.0)]
    NoPhotoRight(ReportId),
    /// A report has as many photos as it may.
    #[error("report {} has as many photos as it may", .0.0)]
    TooManyPhotos(ReportId),
    /// The photos of strangers have taken enough of the disk today.
    #[error("strangers have sent too many photos today")]
    TooManyPhotosToday,
    /// No such sending of the incident.
    #[error("nobody was sent as {} to incident {}", .sending.0, .incident.0)]
    UnknownSending {
        /// The incident.
        incident: IncidentId,
        /// As asked.
        sending: SendingId,
    },
    /// Something that only an open incident takes.
    #[error("incident {} is closed", .0.0)]
    AlreadyClosed(IncidentId),
    /// Something that would have ended before it began.
    #[error("nobody arrives before being sent, and nothing is closed before it is opened")]
    BeforeItBegan,
    /// A region has too many notices that are not over.
    #[error("the region has too many notices that are not over")]
    TooManyNotices,
    /// Too many people have applied, or are on the roster.
    #[error(
        "there are too many volunteers; decide about those who have applied, or let some leave"
    )]
    TooManyVolunteers,
    /// The account is another volunteer's.
    #[error("that account is another volunteer's; name another, or take it from them first")]
    AccountTaken,
    /// There are too many webhooks.
    #[error("there are too many webhooks")]
    TooManyWebhooks,
    /// An account of this name is there already, whatever the size of its letters.
    #[error("there is somebody of the name {0} already")]
    NameTaken(String),
    /// No such account.
    #[error("there is no account {}", .0.0)]
    UnknownAccount(AccountId),
    /// Nobody would be left who administers all regions.
    #[error("nobody else is an administrator of all regions")]
    LastAdministrator,
    /// An invitation that nobody has given, or that has been taken or withdrawn, or has expired.
    #[error("there is no such invitation, or it has been used or withdrawn, or it has expired")]
    UnknownInvitation,
    /// More than anybody needs.
    #[error("there are too many {0} already")]
    TooMany(&'static str),
}
