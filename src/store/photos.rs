//! What is kept of the photos of reports.

use std::fmt::Debug;

use crate::model::moment::Moment;
use crate::model::photo::Photo;
use crate::model::photo::Picture;
use crate::model::report::ReportId;
use crate::store::Act;
use crate::store::accounts::SecretHash;
use crate::store::fault::StoreFault;

/// Keeps photos beside their reports, each with its row in the audit log, whole or not at all.
pub trait PhotoStore: Debug + Send + Sync {
    /// Whether a secret lets whoever shows it add photos to a report of a region now.
    fn may_add_photo(
        &self,
        region: &str,
        report: ReportId,
        secret: &SecretHash,
        now: Moment,
    ) -> Result<bool, StoreFault>;

    /// Keeps a photo; one that the report has already is not kept again.
    fn add_photo(&self, act: &Act<'_>, new: &NewPhoto<'_>) -> Result<Photo, StoreFault>;

    /// A photo of a report of a region, as JPEG, if there is one of this number.
    fn photo(
        &self,
        region: &str,
        report: ReportId,
        number: u8,
    ) -> Result<Option<Vec<u8>>, StoreFault>;
}

/// What lets whoever has made a report add photos to it.
#[derive(Clone, Copy, Debug)]
pub struct PhotoRight {
    /// The hash of the secret that they show.
    pub hash: SecretHash,
    /// Until when.
    pub expires_at: Moment,
}

/// A photo that is added.
#[derive(Clone, Copy, Debug)]
pub struct NewPhoto<'a> {
    /// Of which report.
    pub report: ReportId,
    /// The hash of the secret that was shown.
    pub secret: &'a SecretHash,
    /// What is kept.
    pub picture: &'a Picture,
    /// The photos of strangers in a region take so many bytes a day at most.
    pub most_bytes_a_day: usize,
}
