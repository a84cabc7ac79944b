//! `.osm.pbf`: the blobs of a file, unpacked on all cores.

use std::io::Read;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

use flate2::bufread::ZlibDecoder;
use rayon::iter::ParallelBridge;
use rayon::iter::ParallelIterator;

use crate::formats::osm::budget::Budget;
use crate::formats::osm::elements::Block;
use crate::formats::osm::fault::Fault;
use crate::formats::osm::pbf_block::block;
use crate::formats::osm::wire::BadWire;
use crate::formats::osm::wire::Fields;

/// The longest header of a blob, after the format's specification.
const MAX_HEADER: usize = 64 << 10;
/// The largest blob, packed or unpacked, after the format's specification.
const MAX_BLOB: usize = 32 << 20;

/// What a file may require of its reader, and this reader can do.
const KNOWN_FEATURES: [&[u8]; 2] = [b"OsmSchema-V0.6", b"DenseNodes"];
const MEND_FEATURE: &str = "make a plain extract, like with `osmium cat`";

/// Whether the first bytes of a file are those of a PBF: a header's length, then its first field, `OSMHeader`.
pub fn is_pbf(head: &[u8]) -> bool {
    head.len() > 15 && head[..2] == [0, 0] && head[4..15] == *b"\x0a\x09OSMHeader"
}

/// Everything in a file, block by block in the file's order; the blocks are unpacked on all cores.
pub fn blocks(file: impl Read + Send, budget: &Budget) -> Result<Vec<Block>, Fault> {
    let has_failed = AtomicBool::new(false);
    let frames = Frames {
        file,
        n_read: 0,
        index: 0,
        has_failed: &has_failed,
    };
    let mut blocks: Vec<(usize, Result<Block, Fault>)> = frames
        .par_bridge()
        .map(|(index, frame)| {
            let block = frame.and_then(|frame| read_frame(index, &frame, budget));
            if block.is_err() {
                has_failed.store(true, Ordering::Relaxed);
            }
            (index, block)
        })
        .collect();
    blocks.sort_by_key(|(index, _)| *index);
    blocks.into_iter().map(|(_, block)| block).collect()
}

/// One blob as it stands in the file.
struct Frame {
    kind: Kind,
    /// Of the blob's first byte in the file.
    offset: u64,
    blob: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Header,
    Data,
    Unknown,
}

/// The blobs of a file, one after the other, until the first fault.
struct Frames<'a, R> {
    file: R,
    n_read: u64,
    index: usize,
    has_failed: &'a AtomicBool,
}

impl<R: Read> Frames<'_, R> {
    /// The next blob, or nothing at the file's end.
    fn frame(&mut self) -> Result<Option<Frame>, Fault> {
        let length = self.bytes(4)?;
        if length.is_empty() {
            return Ok(None);
        }
        let length = length
            .try_into()
            .map_err(|_| self.cut_off("in the length of a blob's header"))?;
        let length = u32::from_be_bytes(length) as usize;
        if length > MAX_HEADER {
            let reason = format!("a blob's header of {length} bytes is longer than 64 KiB");
            return Err(self.damaged(&reason));
        }
        let header = self.bytes(length)?;
        if header.len() < length {
            return Err(self.cut_off("in a blob's header"));
        }
        let (kind, size) = blob_header(&header).map_err(|fault| self.damaged(fault.0))?;
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if size > MAX_BLOB {
            let reason = format!("a blob of {size} bytes is larger than 32 MiB");
            return Err(self.damaged(&reason));
        }
        if (self.index == 0) != (kind == Kind::Header) && kind != Kind::Unknown {
            return Err(self.damaged("the header block does not stand at the start, or not once"));
        }
        let offset = self.n_read;
        let blob = self.bytes(size)?;
        if blob.len() < size {
            return Err(self.cut_off("in a blob"));
        }
        Ok(Some(Frame { kind, offset, blob }))
    }

    /// So many bytes, or fewer at the file's end.
    fn bytes(&mut self, n_bytes: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::with_capacity(n_bytes.min(1 << 20));
        self.file
            .by_ref()
            .take(n_bytes as u64)
            .read_to_end(&mut bytes)
            .map_err(|error| Fault::from_io(&error, &at(self.n_read)))?;
        self.n_read += bytes.len() as u64;
        Ok(bytes)
    }

    fn cut_off(&self, place: &str) -> Fault {
        let place = format!("{place}, {}", at(self.n_read));
        Fault::Truncated { place }
    }

    fn damaged(&self, reason: &str) -> Fault {
        Fault::damaged(at(self.n_read), reason)
    }
}

impl<R: Read> Iterator for Frames<'_, R> {
    type Item = (usize, Result<Frame, Fault>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed.load(Ordering::Relaxed) {
            return None;
        }
        let frame = self.frame().transpose()?;
        if frame.is_err() {
            self.has_failed.store(true, Ordering::Relaxed);
        }
        let index = self.index;
        self.index += 1;
        Some((index, frame))
    }
}

fn at(offset: u64) -> String {
    format!("at byte {offset}")
}

/// What kind of blob follows, and of how many bytes.
fn blob_header(header: &[u8]) -> Result<(Kind, u64), BadWire> {
    let mut kind = Kind::Unknown;
    let mut size = None;
    for field in Fields(header) {
        match field? {
            (1, value) => {
                kind = match value.bytes()? {
                    b"OSMHeader" => Kind::Header,
                    b"OSMData" => Kind::Data,
                    _ => Kind::Unknown,
                }
            }
            (3, value) => size = Some(value.number()?),
            _ => {}
        }
    }
    let size = size.ok_or(BadWire("a blob's header does not say how long the blob is"))?;
    Ok((kind, size))
}

fn read_frame(index: usize, frame: &Frame, budget: &Budget) -> Result<Block, Fault> {
    let place = || format!("block {index} {}", at(frame.offset));
    match frame.kind {
        Kind::Header => {
            check_features(&unpacked(&frame.blob, &place)?, &place)?;
            Ok(Block::default())
        }
        Kind::Data => {
            let block = block(&unpacked(&frame.blob, &place)?)
                .map_err(|fault| Fault::damaged(place(), fault.to_string()))?;
            block.charge(budget)?;
            Ok(block)
        }
        Kind::Unknown => Ok(Block::default()),
    }
}

/// The content of a blob.
fn unpacked(blob: &[u8], place: &dyn Fn() -> String) -> Result<Vec<u8>, Fault> {
    let damaged = |fault: BadWire| Fault::damaged(place(), fault.0);
    let mut size = None;
    let mut content = None;
    for field in Fields(blob) {
        match field.map_err(damaged)? {
            (2, value) => size = Some(value.number().map_err(damaged)?),
            (packing @ 1..=7, value) => content = Some((packing, value.bytes().map_err(damaged)?)),
            _ => {}
        }
    }
    match content {
        Some((1, raw)) => Ok(raw.to_vec()),
        Some((3, zlib)) => inflated(zlib, size, place),
        Some((packing, _)) => {
            let name = ["LZMA", "bzip2", "LZ4", "Zstandard"][packing as usize - 4];
            Err(Fault::Unsupported {
                feature: format!("its blocks are packed with {name}, which is not read here"),
                mend: "pack it with zlib, like with `osmium cat -f pbf,pbf_compression=zlib`",
            })
        }
        None => Err(Fault::damaged(place(), "the blob is empty")),
    }
}

fn inflated(zlib: &[u8], size: Option<u64>, place: &dyn Fn() -> String) -> Result<Vec<u8>, Fault> {
    let size = size.unwrap_or(0);
    if size > MAX_BLOB as u64 {
        let reason = format!("a blob would unpack to {size} bytes, more than 32 MiB");
        return Err(Fault::damaged(place(), reason));
    }
    // One byte more shows whether the blob holds more than it says.
    let limit = size + 1;
    let mut content = Vec::with_capacity((limit as usize).min(zlib.len() * 8));
    ZlibDecoder::new(zlib)
        .take(limit)
        .read_to_end(&mut content)
        .map_err(|error| Fault::damaged(place(), format!("cannot be unpacked: {error}")))?;
    if content.len() as u64 != size {
        let reason = format!("a blob does not unpack to the {size} bytes that it names");
        return Err(Fault::damaged(place(), reason));
    }
    Ok(content)
}

/// Whether everything that the file requires of its reader is known here.
fn check_features(header: &[u8], place: &dyn Fn() -> String) -> Result<(), Fault> {
    for field in Fields(header) {
        let (number, value) = field.map_err(|fault| Fault::damaged(place(), fault.0))?;
        if number != 4 {
            continue;
        }
        let feature = value
            .bytes()
            .map_err(|fault| Fault::damaged(place(), fault.0))?;
        if !KNOWN_FEATURES.contains(&feature) {
            let feature: String = String::from_utf8_lossy(feature).chars().take(60).collect();
            return Err(Fault::Unsupported {
                feature: format!("it requires {feature:?} of its reader, which is not read here"),
                mend: MEND_FEATURE,
            });
        }
    }
    Ok(())
}
