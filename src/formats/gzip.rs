//! Gzip for answers that go out.

use std::io;
use std::io::Read;
use std::io::Write;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// How long one looks for something shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// For what is sent once.
    Quick,
    /// For what is kept and sent often.
    Thorough,
}

/// Bytes, packed.
///
/// # Errors
///
/// Never in practice: memory is written to.
pub fn packed(bytes: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    let level = match effort {
        Effort::Quick => Compression::new(1),
        Effort::Thorough => Compression::new(5),
    };
    let mut packed = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), level);
    packed.write_all(bytes)?;
    packed.finish()
}

/// Bytes as they were before they were packed.
///
/// # Errors
///
/// For bytes that are no gzip.
pub fn unpacked(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes)?;
    Ok(bytes)
}
