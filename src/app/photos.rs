//! Photos of reports: for a while, whoever has made a report adds them; whoever keeps the region looks at them.

use crate::app::clock;
use crate::app::fault::Fault;
use crate::app::people::hash;
use crate::app::regions::Regions;
use crate::app::reports::STRANGER;
use crate::formats::photo;
pub use crate::formats::photo::LARGEST_KEPT;
pub use crate::formats::photo::MOST_PIXELS;
pub use crate::formats::photo::PhotoError;
pub use crate::model::photo::MOST_PHOTOS;
use crate::model::photo::Photo;
use crate::model::report::ReportId;
use crate::store::photos::NewPhoto;

/// The photos of strangers in a region take so many bytes a day at most: some hundreds of them.
pub const MOST_BYTES_A_DAY: usize = 256 << 20;

impl Regions {
    /// Whether somebody may add photos to a report; asked before anything is read of what they send.
    ///
    /// # Errors
    ///
    /// If there is no such region, they may not, or the store cannot be read.
    pub fn must_take_photos(&self, region: &str, id: ReportId, right: &str) -> Result<(), Fault> {
        let region = &self.slot(region)?.id;
        let (secret, now) = (hash(right), clock::now());
        if self.keep(|store| store.may_add_photo(region, id, &secret, now))? {
            Ok(())
        } else {
            Err(Fault::NoPhotoRight { report: id.0 })
        }
    }

    /// Keeps what is seen on a photo of a report, and nothing else of the file.
    ///
    /// # Errors
    ///
    /// If there is no such region, whoever sends it may not, it is no photo, there are too many already, or it cannot be kept.
    pub fn add_photo(
        &self,
        region: &str,
        id: ReportId,
        right: &str,
        bytes: &[u8],
    ) -> Result<Photo, Fault> {
        self.must_take_photos(region, id, right)?;
        let picture = photo::cleaned(bytes)?;
        let slot = self.slot(region)?;
        let report = self.kept_report(region, id)?;
        let act = slot.act(report.what.reporter.as_deref().unwrap_or(STRANGER));
        let new = NewPhoto {
            report: id,
            secret: &hash(right),
            picture: &picture,
            most_bytes_a_day: MOST_BYTES_A_DAY,
        };
        let photo = self.keep(|store| store.add_photo(&act, &new))?;
        self.told_of(region, Some(report))?;
        Ok(photo)
    }

    /// A photo of a report, as JPEG.
    ///
    /// # Errors
    ///
    /// If there is no such region or photo, or the store cannot be read.
    pub fn photo(&self, region: &str, id: ReportId, number: u8) -> Result<Vec<u8>, Fault> {
        let region = &self.slot(region)?.id;
        let found = self.keep(|store| store.photo(region, id, number))?;
        let report = id.0;
        found.ok_or(Fault::UnknownPhoto { report, number })
    }
}
