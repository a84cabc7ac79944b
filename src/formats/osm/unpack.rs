//! `.gz` and `.bz2` around XML: unpacked as it is read, and stopped when it turns out to be a bomb.

use std::cell::Cell;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::rc::Rc;

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;

use crate::formats::osm::fault::Fault;

/// More than this does not come out of any region's file: about 40 million nodes as XML.
const MAX_UNPACKED: u64 = 8 << 30;
/// OpenStreetMap's XML shrinks to about a twentieth at best; a file that shrinks to less than this share is a bomb.
const MAX_RATIO: u64 = 100;
/// So much may come out at any ratio.
const FREE_UNPACKED: u64 = 32 << 20;
/// The longest tag, text or comment.
const MAX_EVENT: usize = 64 << 10;

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// `.gz`.
    Gzip,
    /// `.bz2`.
    Bzip2,
}

impl Packing {
    /// The packing that a file's first bytes tell.
    pub fn of(head: &[u8]) -> Self {
        if head.starts_with(b"\x1f\x8b") {
            Self::Gzip
        } else if head.starts_with(b"BZh") {
            Self::Bzip2
        } else {
            Self::Plain
        }
    }
}

/// A file that tells how much of it has been read.
pub struct Counted<'a, F> {
    file: F,
    n_read: u64,
    progress: &'a (dyn Fn(u64) + Sync),
}

impl<'a, F> Counted<'a, F> {
    /// A file whose progress is told.
    pub fn new(file: F, progress: &'a (dyn Fn(u64) + Sync)) -> Self {
        Self {
            file,
            n_read: 0,
            progress,
        }
    }
}

impl<F: Read> Read for Counted<'_, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.file.read(buffer)?;
        self.n_read += n_bytes as u64;
        (self.progress)(self.n_read);
        Ok(n_bytes)
    }
}

/// The unpacked content of a file, with no event longer than it may be.
pub fn unpacked<'a>(file: impl Read + 'a, packing: Packing) -> Events<impl BufRead + 'a> {
    let n_packed = Rc::new(Cell::new(0));
    let packed = BufReader::with_capacity(
        256 << 10,
        Tally {
            inner: file,
            n_bytes: Rc::clone(&n_packed),
        },
    );
    let content: Box<dyn Read + 'a> = match packing {
        Packing::Plain => Box::new(packed),
        Packing::Gzip => Box::new(MultiGzDecoder::new(packed)),
        Packing::Bzip2 => Box::new(MultiBzDecoder::new(packed)),
    };
    let guarded = Guarded {
        content,
        n_packed,
        n_unpacked: 0,
    };
    Events {
        inner: BufReader::with_capacity(256 << 10, guarded),
        left: MAX_EVENT,
    }
}

/// Counts what is read.
struct Tally<R> {
    inner: R,
    n_bytes: Rc<Cell<u64>>,
}

impl<R: Read> Read for Tally<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.inner.read(buffer)?;
        self.n_bytes.set(self.n_bytes.get() + n_bytes as u64);
        Ok(n_bytes)
    }
}

/// Stops when too much comes out.
struct Guarded<R> {
    content: R,
    n_packed: Rc<Cell<u64>>,
    n_unpacked: u64,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.content.read(buffer)?;
        self.n_unpacked += n_bytes as u64;
        let fair = FREE_UNPACKED.max(self.n_packed.get().saturating_mul(MAX_RATIO));
        if self.n_unpacked > MAX_UNPACKED {
            let reason = format!("it holds more than {} GiB of XML", MAX_UNPACKED >> 30);
            return Err(io::Error::other(Fault::TooLarge { reason }));
        }
        if self.n_unpacked > fair {
            let place = format!("after {} bytes of its XML", self.n_unpacked);
            let reason = format!("it unpacks to more than {MAX_RATIO} times its size");
            return Err(io::Error::other(Fault::damaged(place, reason)));
        }
        Ok(n_bytes)
    }
}

/// Stops when one event of the XML is too long.
pub struct Events<R> {
    inner: R,
    left: usize,
}

impl<R> Events<R> {
    /// Tells that an event is over.
    pub fn next_event(&mut self) {
        self.left = MAX_EVENT;
    }
}

impl<R: BufRead> Read for Events<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n_bytes = available.len().min(buffer.len());
        buffer[..n_bytes].copy_from_slice(&available[..n_bytes]);
        self.consume(n_bytes);
        Ok(n_bytes)
    }
}

impl<R: BufRead> BufRead for Events<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            let reason = format!("a tag or text is longer than {} KiB", MAX_EVENT >> 10);
            return Err(io::Error::other(Fault::damaged("in its XML", reason)));
        }
        let available = self.inner.fill_buf()?;
        Ok(&available[..available.len().min(self.left)])
    }

    fn consume(&mut self, n_bytes: usize) {
        self.left = self.left.saturating_sub(n_bytes);
        self.inner.consume(n_bytes);
    }
}
