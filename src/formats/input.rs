//! Where a source's bytes are: in a file of the region's folder, or sent by somebody.

use std::path::Path;
use std::path::PathBuf;

use encoding_rs::Encoding;

use crate::formats::text;
use crate::formats::text::TextError;

/// A source's bytes.
#[derive(Clone, Debug)]
pub(super) enum Input<'a> {
    /// On the disk.
    File(PathBuf),
    /// In memory.
    Bytes(&'a [u8]),
}

impl Input<'_> {
    /// All bytes, if they are not more than a limit.
    ///
    /// # Errors
    ///
    /// For a file that is missing, or too many bytes.
    pub fn bytes(&self, limit: u64) -> Result<Vec<u8>, TextError> {
        match self {
            Self::File(path) => text::bytes(path, limit),
            Self::Bytes(bytes) if limit < bytes.len() as u64 => Err(TextError::TooLarge { limit }),
            Self::Bytes(bytes) => Ok(bytes.to_vec()),
        }
    }

    /// All bytes as text.
    ///
    /// # Errors
    ///
    /// For a file that is missing, too many bytes, or bytes that are no text.
    pub fn text(
        &self,
        encoding: Option<&'static Encoding>,
        limit: u64,
    ) -> Result<String, TextError> {
        text::decode(self.bytes(limit)?, encoding)
    }

    /// The file on the disk, beside which others may be.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Bytes(_) => None,
        }
    }
}
