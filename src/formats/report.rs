//! What was odd in one file, told once each and without drowning the reader.

use std::collections::BTreeMap;

use crate::geometry::lon_lat::LonLat;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;

/// More oddities than this of one file are counted, not listed.
const MOST_ODDITIES: usize = 10_000;

/// The oddities of one file.
#[derive(Debug)]
pub(super) struct Report {
    file: String,
    oddities: Vec<Oddity>,
    n_unlisted: usize,
    tallies: BTreeMap<(OddityKind, String), Tally>,
}

/// How often the same thing was found, and where first.
#[derive(Debug)]
struct Tally {
    count: usize,
    first: String,
}

impl Report {
    /// An empty report on a file.
    pub fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            oddities: Vec::new(),
            n_unlisted: 0,
            tallies: BTreeMap::new(),
        }
    }

    /// One oddity.
    pub fn add(
        &mut self,
        kind: OddityKind,
        id: impl Into<String>,
        place: Option<LonLat>,
        detail: impl Into<String>,
    ) {
        if self.oddities.len() >= MOST_ODDITIES {
            self.n_unlisted += 1;
            return;
        }
        self.oddities.push(Oddity {
            file: self.file.clone(),
            id: id.into(),
            place,
            kind,
            detail: detail.into(),
        });
    }

    /// Something that many objects have in common: told once, with their number.
    pub fn tally(&mut self, kind: OddityKind, id: &str, detail: &str) {
        let key = (kind, detail.to_owned());
        if !self.tallies.contains_key(&key) && self.tallies.len() >= MOST_ODDITIES {
            self.n_unlisted += 1;
            return;
        }
        let tally = self.tallies.entry(key).or_insert_with(|| Tally {
            count: 0,
            first: id.to_owned(),
        });
        tally.count += 1;
    }

    /// Everything that was odd, the common things last.
    pub fn into_oddities(mut self) -> Vec<Oddity> {
        for ((kind, detail), tally) in std::mem::take(&mut self.tallies) {
            let detail = match tally.count {
                1 => detail,
                count => format!("{detail} ({count} times, first here)"),
            };
            self.oddities.push(Oddity {
                file: self.file.clone(),
                id: tally.first,
                place: None,
                kind,
                detail,
            });
        }
        if self.n_unlisted > 0 {
            self.oddities.push(Oddity {
                file: self.file.clone(),
                id: self.file.clone(),
                place: None,
                kind: OddityKind::Ignored,
                detail: format!("{} more oddities that are not listed", self.n_unlisted),
            });
        }
        self.oddities
    }
}
