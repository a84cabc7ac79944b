//! What the fuzz targets share: every reader is asked for all that it can read, and may refuse, but neither panic nor hang.

use std::io::Cursor;
use std::io::Write;

use zhugan::formats::pieces;
use zhugan::formats::read_bytes;
use zhugan::formats::region_file::Source;
use zhugan::formats::wanted::Wanted;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Reads bytes as a file of this name: as a region's source, and as a file of equipment that somebody brings.
pub fn read(name: &str, bytes: &[u8]) {
    let is_table = name.ends_with(".csv") || name.ends_with(".xlsx");
    let equipment = Wanted {
        equipment: true,
        ..Wanted::default()
    };
    let responders = Wanted {
        responders: true,
        ..Wanted::default()
    };
    let wanted = if is_table { equipment } else { Wanted::ALL };
    let _ = read_bytes(bytes, &Source::new(name, wanted));
    let _ = read_bytes(bytes, &Source::new(name, responders));
    let _ = pieces::read(bytes, &Source::new(name, equipment));
}

/// Cuts bytes into so many parts: the first bytes tell how long each but the last is.
pub fn parts<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let (lengths, mut rest) = bytes.split_at(bytes.len().min(2 * (N - 1)));
    let mut parts: [&[u8]; N] = [&[]; N];
    for (index, part) in parts.iter_mut().enumerate() {
        let length = match lengths.get(2 * index..2 * index + 2) {
            Some(length) if index + 1 < N => usize::from(u16::from_le_bytes([length[0], length[1]])),
            _ => rest.len(),
        };
        let (this, others) = rest.split_at(length.min(rest.len()));
        (*part, rest) = (this, others);
    }
    parts
}

/// An archive of files that are not packed, so that what is in them can be changed.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        archive.start_file(*name, options).expect("a name that can be written");
        archive.write_all(bytes).expect("memory can be written");
    }
    archive.finish().expect("memory can be written").into_inner()
}
