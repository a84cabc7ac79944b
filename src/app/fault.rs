//! Why a question about a region has no answer.

use crate::app::duty_fault::DutyFault;
use crate::app::patrol_fault::PatrolFault;
use crate::formats::pdf::PdfError;
use crate::formats::photo::PhotoError;
use crate::formats::pieces::FileColumn;
use crate::formats::points::PointsError;
use crate::geometry::datum::Datum;
use crate::geometry::datum::DatumError;
use crate::model::photo::MOST_PHOTOS;

/// Why a question has no answer; each says what is wrong and what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// No loaded region has this id.
    #[error("no region is called {id:?}; there is {known}")]
    UnknownRegion {
        /// As asked.
        id: String,
        /// All ids.
        known: String,
    },
    /// The region is not there yet.
    #[error("the region {id} is still being loaded; ask again in a moment")]
    Loading {
        /// As asked.
        id: String,
    },
    /// The region's files cannot be read.
    #[error("the region {id} could not be loaded: {reason}")]
    Failed {
        /// As asked.
        id: String,
        /// One line.
        reason: String,
    },
    /// The place lies in no region.
    #[error(
        "{lon}, {lat} lies in no region that is loaded; GET /api/v1/regions tells their bounds"
    )]
    NoRegion {
        /// Degrees.
        lon: f64,
        /// Degrees.
        lat: f64,
    },
    /// The place lies in no region, but its numbers do in another datum.
    #[error(
        "{lon}, {lat} lies in no region as WGS-84, but in {region} as {datum}; if it comes from such a map, ask with datum={datum}"
    )]
    Misread {
        /// Degrees.
        lon: f64,
        /// Degrees.
        lat: f64,
        /// The datum in which it would lie in a region.
        datum: Datum,
        /// That region's id.
        region: String,
    },
    /// Regions are still being loaded, and the place lies in none of the others.
    #[error(
        "regions are still being loaded, and {lon}, {lat} lies in none that is ready; ask again in a moment"
    )]
    NoRegionYet {
        /// Degrees.
        lon: f64,
        /// Degrees.
        lat: f64,
    },
    /// The region has no such piece.
    #[error("no equipment of {region} is called {id:?}")]
    UnknownEquipment {
        /// The region's id.
        region: String,
        /// As asked.
        id: String,
    },
    /// No region's codes begin so.
    #[error("no piece has the code {code}: codes begin with {known} here; read it again")]
    UnknownPrefix {
        /// As asked.
        code: String,
        /// The beginnings of all regions.
        known: String,
    },
    /// The region's codes begin so, but it has no such piece.
    #[error(
        "no piece of {region} has the code {code}, or not any more; GET /api/v1/regions/{region}/equipment lists those that are there"
    )]
    UnknownCode {
        /// As asked.
        code: String,
        /// The region's id.
        region: String,
    },
    /// The region has no such crossing.
    #[error(
        "no crossing of {region} has the id {id:?}; GET /api/v1/regions/{region}/crossings lists them"
    )]
    UnknownCrossing {
        /// The region's id.
        region: String,
        /// As asked.
        id: String,
    },
    /// The region has no such rescue point.
    #[error(
        "no rescue point of {region} has the id {id:?}; GET /api/v1/regions/{region}/rescue-points lists them"
    )]
    UnknownRescuePoint {
        /// The region's id.
        region: String,
        /// As asked.
        id: String,
    },
    /// A piece that belongs to another rescue point.
    #[error("{piece} belongs to {point}; take it away from there first")]
    AtOtherPoint {
        /// The piece.
        piece: String,
        /// The other rescue point.
        point: String,
    },
    /// A rescue point that would be at no bank.
    #[error("no bank is within {within_m} m of {lon}, {lat}; a rescue point is at the water")]
    OffBank {
        /// Degrees.
        lon: f64,
        /// Degrees.
        lat: f64,
        /// How far a bank may be, meters.
        within_m: f64,
    },
    /// The region has no such correction of its map.
    #[error(
        "no correction of the map of {region} has the id {id:?}; GET /api/v1/regions/{region}/corrections lists them"
    )]
    UnknownCorrection {
        /// The region's id.
        region: String,
        /// As asked.
        id: String,
    },
    /// Nothing that could be struck out of the map.
    #[error("the map has no {what} within {within_m} m of {lon}, {lat}; point at it")]
    NothingThere {
        /// A path or a water.
        what: &'static str,
        /// Degrees.
        lon: f64,
        /// Degrees.
        lat: f64,
        /// How far it may be, meters.
        within_m: f64,
    },
    /// What is drawn cannot be on a map.
    #[error("what is drawn {why}")]
    CannotDraw {
        /// The fault and the mend.
        why: String,
    },
    /// Settings that contradict each other.
    #[error(
        "banks would be a warning from {warn_m} m on, before they are too far at {target_m} m; give warn_m at least as much as target_m"
    )]
    WarnsTooSoon {
        /// Meters.
        target_m: f64,
        /// Meters.
        warn_m: f64,
    },
    /// Somebody has put other files in the place of those that the region was read from.
    #[error(
        "the files of {region} are others than when the service started; start it again, and then correct the map"
    )]
    OtherFiles {
        /// The region's id.
        region: String,
    },
    /// Somebody else was faster.
    #[error(
        "{region} has changed since you read it; read it again, and repeat the change if it is still right"
    )]
    ChangedMeanwhile {
        /// The region's id.
        region: String,
    },
    /// The region has no such village.
    #[error("no village of {region} has the id {id:?}")]
    UnknownVillage {
        /// The region's id.
        region: String,
        /// As asked.
        id: String,
    },
    /// The region has no such bank.
    #[error("no bank has the id {id:?}; a gap names the bank that it is of")]
    UnknownBank {
        /// As asked.
        id: String,
    },
    /// Nothing can stand at a place that was asked for.
    #[error(
        "at place {number} of the required ones, counted from 0, nothing can stand: it is too far from any ground"
    )]
    StandsNowhere {
        /// Counted from 0.
        number: usize,
    },
    /// A team begins or ends where nobody can stand.
    #[error(
        "team {number}, counted from 0, begins or ends where nobody can stand; give a place on land, within reach of a path or a bank"
    )]
    TeamNowhere {
        /// Counted from 0.
        number: usize,
    },
    /// No such search, or it is so long ago that it is forgotten.
    #[error("there is no such search {id:?}, or it is forgotten by now; ask for one with POST")]
    UnknownJob {
        /// As asked.
        id: String,
    },
    /// More searches than are kept waiting.
    #[error("{most} searches wait or run already; end one, or ask again when one is done")]
    TooManyJobs {
        /// So many at most.
        most: usize,
    },
    /// The region has no such water body.
    #[error("no water body of {region} has the id {id:?}")]
    UnknownWaterBody {
        /// The region's id.
        region: String,
        /// As asked.
        id: String,
    },
    /// A scenario changes a piece that it has removed before.
    #[error(
        "change {number} is about {id:?}, which an earlier change removes; leave one of them out"
    )]
    AlreadyRemoved {
        /// Counted from 0.
        number: usize,
        /// The piece.
        id: String,
    },
    /// No such responder in the region.
    #[error(
        "the region {region} has no responder {id:?}; GET /api/v1/nearest with for=responders tells those who can come"
    )]
    UnknownResponder {
        /// The region's id.
        region: String,
        /// As asked.
        id: String,
    },
    /// More than a region keeps.
    #[error("the region {region} has too many responders already; take some off its list first")]
    TooManyResponders {
        /// The region's id.
        region: String,
    },
    /// No such incident in the region.
    #[error("no incident of this region has the number {id}")]
    UnknownIncident {
        /// As asked.
        id: i64,
    },
    /// The incident has no such sending.
    #[error("nobody was sent to incident {incident} under the number {sending}")]
    UnknownSending {
        /// The incident.
        incident: i64,
        /// As asked.
        sending: i64,
    },
    /// Only an open incident takes this.
    #[error("incident {id} is closed")]
    IncidentClosed {
        /// Its number.
        id: i64,
    },
    /// No such report in the region.
    #[error("no report of this region has the number {id}")]
    UnknownReport {
        /// As asked.
        id: i64,
    },
    /// Only an open report takes this.
    #[error("report {id} has been confirmed or rejected already")]
    ReportDecided {
        /// Its number.
        id: i64,
    },
    /// Too many reports of strangers wait.
    #[error(
        "so many reports wait until somebody looks into them that no more are taken; in an emergency call for help by telephone"
    )]
    ReportsWait,
    /// A file that is not taken as a photo.
    #[error("what was sent {0}")]
    Photo(#[from] PhotoError),
    /// Somebody who must not add photos to a report, or not any more.
    #[error(
        "report {report} takes no photo with this photo-right: the answer to a report gives one, for an hour"
    )]
    NoPhotoRight {
        /// As asked.
        report: i64,
    },
    /// A report has as many photos as anybody looks at.
    #[error("report {report} has {MOST_PHOTOS} photos already; send another report for more")]
    TooManyPhotos {
        /// Its number.
        report: i64,
    },
    /// Strangers have sent more than a day's photos.
    #[error(
        "so many photos have come today that no more are taken; the report itself has arrived, and somebody looks into it without them"
    )]
    PhotosWait,
    /// The report has no such photo.
    #[error("report {report} of this region has no photo {number}")]
    UnknownPhoto {
        /// As asked.
        report: i64,
        /// As asked.
        number: u8,
    },
    /// A notice that makes no sense.
    #[error("the notice {why}")]
    BadNotice {
        /// The fault and the mend.
        why: String,
    },
    /// No such notice in the region.
    #[error("no notice of this region has the number {id}")]
    UnknownNotice {
        /// As asked.
        id: i64,
    },
    /// A notice that has been taken back stays so.
    #[error("notice {id} has been withdrawn; write another")]
    NoticeWithdrawn {
        /// Its number.
        id: i64,
    },
    /// A notice that has been changed again and again.
    #[error("notice {id} has been changed too often; withdraw it and write another")]
    ChangedTooOften {
        /// Its number.
        id: i64,
    },
    /// Nobody reads so many.
    #[error(
        "so many notices of this region are not over that nobody reads them; withdraw some first"
    )]
    TooManyNotices,
    /// No such webhook.
    #[error("no webhook has the number {id}")]
    UnknownWebhook {
        /// As asked.
        id: i64,
    },
    /// More than the service tells.
    #[error("there are as many webhooks as the service tells; remove one first")]
    TooManyWebhooks,
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {reason}")]
    NoChance {
        /// One line.
        reason: String,
    },
    /// An arrival before the sending.
    #[error("nobody arrives before being sent; give a later time")]
    BeforeItBegan,
    /// A piece that would stand outside its region.
    #[error("{lon}, {lat} lies outside {region}; GET /api/v1/regions tells its bounds")]
    OutsideRegion {
        /// Degrees.
        lon: f64,
        /// Degrees.
        lat: f64,
        /// The region's id.
        region: String,
    },
    /// No such entry of the audit log.
    #[error("the audit log of this region has no entry {id}")]
    UnknownEntry {
        /// As asked.
        id: i64,
    },
    /// Something that has been changed since the change that is to be undone.
    #[error(
        "{thing} {id} is not as that change left it: somebody has changed it since; undo that first, or change it by hand"
    )]
    ChangedSince {
        /// What it is.
        thing: &'static str,
        /// Its id.
        id: String,
    },
    /// An import of which not every piece is as it left it.
    #[error(
        "{n_pieces} of the pieces of {file} are not as the import left them, {first} among them: somebody has changed them since; undo that first, or change them by hand"
    )]
    ImportChangedSince {
        /// The file's name.
        file: String,
        /// How many.
        n_pieces: usize,
        /// The id of one of them.
        first: String,
    },
    /// A file that cannot be read.
    #[error("{file} {fault}")]
    BadFile {
        /// Its name.
        file: String,
        /// What is wrong, and what would be right.
        fault: String,
        /// Of a table in which a column that is needed was not found, those that it has.
        columns: Vec<FileColumn>,
    },
    /// Something that has happened in the world.
    #[error(
        "an entry about {thing} cannot be undone; only those about crossings, equipment, imports, grades of waters and rescue points can"
    )]
    NotUndoable {
        /// What it is about.
        thing: String,
    },
    /// The store does not take it; nothing is changed.
    #[error("the store cannot be used, and nothing is changed: {reason}")]
    NotKept {
        /// One line.
        reason: String,
    },
    /// More labels than anybody prints in one go.
    #[error(
        "these are {n_labels} labels, and a file has at most {most}; choose a village or a kind"
    )]
    TooManyLabels {
        /// As asked.
        n_labels: usize,
        /// The limit.
        most: usize,
    },
    /// Something about an evening's patrol.
    #[error(transparent)]
    Patrol(#[from] PatrolFault),
    /// Something about volunteers and what they hand in.
    #[error(transparent)]
    Duty(#[from] DutyFault),
    /// A paper that cannot be made.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// A file that cannot go out as it is asked for.
    #[error(transparent)]
    Points(#[from] PointsError),
    /// Coordinates that cannot be converted.
    #[error(transparent)]
    Datum(#[from] DatumError),
}
