//! Text files from disk, in whatever encoding they are.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use encoding_rs::Encoding;
use encoding_rs::GB18030;

/// The largest text file that is read, bytes: 512 MiB. A county's boundaries and registers take a hundredth.
pub const LARGEST_TEXT: u64 = 512 << 20;

/// Why a text file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// The disk says no.
    #[error("cannot be read ({0}); check its name in region.toml, and its permissions")]
    Io(#[from] std::io::Error),
    /// Not a file.
    #[error("is no file; name a file in region.toml")]
    NotAFile,
    /// Larger than we read.
    #[error("is larger than {} MiB; split it, or leave out what the region does not need", .limit >> 20)]
    TooLarge {
        /// The limit, bytes.
        limit: u64,
    },
    /// Bytes that are no text in the encoding.
    #[error(
        "is no text in {encoding}; save it as UTF-8, or name its encoding in region.toml like encoding = \"gb18030\""
    )]
    NotText {
        /// The encoding that was tried.
        encoding: &'static str,
    },
    /// Zero bytes: a binary file, or UTF-16 without its mark.
    #[error("has a zero byte, so it is no text file; export it as UTF-8 text")]
    ZeroByte,
}

/// The text of a file of at most `limit` bytes.
///
/// A byte order mark tells the encoding, then `encoding`, then UTF-8 if the bytes are valid in it, then GB18030.
///
/// # Errors
///
/// For a file that is missing, too large, or no text.
pub fn read(
    path: &Path,
    encoding: Option<&'static Encoding>,
    limit: u64,
) -> Result<String, TextError> {
    decode(bytes(path, limit)?, encoding)
}

/// The bytes of a file of at most `limit` bytes.
///
/// # Errors
///
/// For a file that is missing, or too large.
pub fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, TextError> {
    let file = File::open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(TextError::NotAFile);
    }
    if about.len() > limit {
        return Err(TextError::TooLarge { limit });
    }
    let mut bytes = Vec::with_capacity(about.len() as usize);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(TextError::TooLarge { limit });
    }
    Ok(bytes)
}

/// Bytes as text, by the rules of [`read`].
///
/// # Errors
///
/// For bytes that are no text.
pub fn decode(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> Result<String, TextError> {
    let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
    let text = match marked.or(encoding) {
        Some(encoding) => decode_as(&bytes, encoding)?,
        None => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => decode_as(error.as_bytes(), GB18030).map_err(|_| TextError::NotText {
                encoding: "UTF-8 or GB18030",
            })?,
        },
    };
    if text.contains('\0') {
        return Err(TextError::ZeroByte);
    }
    Ok(text)
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Result<String, TextError> {
    let (text, encoding, is_faulty) = encoding.decode(bytes);
    if is_faulty {
        return Err(TextError::NotText {
            encoding: encoding.name(),
        });
    }
    Ok(text.into_owned())
}
