//! Why a file cannot be read at all: one line each, with what to do.

/// Why an OpenStreetMap file cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{file}: {fault}")]
pub struct ReadError {
    /// The file's name, as the caller gave it.
    pub file: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// The longest reason that is passed on, in characters: some quote the file.
const MAX_REASON: usize = 160;

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    /// The operating system does not give it.
    #[error("cannot be read: {cause}; check its name and that it may be read")]
    Io {
        /// What the operating system says.
        cause: String,
    },
    /// There is nothing in it.
    #[error("is empty; copy or download it again")]
    Empty,
    /// It is something else.
    #[error("is no OpenStreetMap file: {found}; give .osm.pbf, .osm, .osm.gz or .osm.bz2")]
    NotOsm {
        /// What was found instead.
        found: String,
    },
    /// It stops before its end.
    #[error("ends in the middle, {place}: it was cut off; copy or download it again")]
    Truncated {
        /// Where it stops.
        place: String,
    },
    /// It breaks the rules of its format.
    #[error("is damaged, {place}: {reason}; copy or download it again")]
    Damaged {
        /// Where.
        place: String,
        /// Which rule is broken.
        reason: String,
    },
    /// It uses a part of its format that is not read here.
    #[error("{feature}; {mend}")]
    Unsupported {
        /// What it uses.
        feature: String,
        /// How to make a file that can be read.
        mend: &'static str,
    },
    /// It is larger than can be held, or than it should be.
    #[error("is too large: {reason}; cut out the region first, like with `osmium extract`")]
    TooLarge {
        /// Which limit is passed.
        reason: String,
    },
}

impl Fault {
    /// A broken rule at a place in the file.
    pub fn damaged(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Damaged {
            place: place.into(),
            reason: one_line(&reason.into()),
        }
    }

    /// The fault that an I/O error stands for: one of ours that passed through a reader, or the system's.
    pub fn from_io(error: &std::io::Error, place: &str) -> Self {
        if let Some(fault) = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<Self>())
        {
            return fault.clone();
        }
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof => Self::Truncated {
                place: place.to_owned(),
            },
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput => {
                Self::damaged(place, error.to_string())
            }
            _ => Self::Io {
                cause: error.to_string(),
            },
        }
    }
}

fn one_line(reason: &str) -> String {
    let is_plain = |c: char| !c.is_control();
    let characters = reason.chars().map(|c| if is_plain(c) { c } else { ' ' });
    characters.take(MAX_REASON).collect()
}
