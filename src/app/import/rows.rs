//! Every row of a file held against the register, and against the rows before it.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;

use crate::app::import::Doubt;
use crate::app::import::ImportQuestion;
use crate::app::import::Outcome;
use crate::app::import::Preview;
use crate::app::import::PreviewRow;
use crate::app::import::Skip;
use crate::app::import::known::Known;
use crate::app::import::known::Neighbor;
use crate::app::import::wrong_bank::VillageNames;
use crate::app::import::wrong_bank::across;
use crate::app::snapshot::Snapshot;
use crate::formats::pieces::PieceFile;
use crate::formats::pieces::ReadPiece;
use crate::ground::spot::Spot;
use crate::model::code::Code;
use crate::model::equipment::Equipment;
use crate::model::register::Field;
use crate::model::text::Name;
use crate::model::text::Note;
use crate::units::Meters;

/// Two pieces of one kind this near to each other are taken for one.
const SAME_PIECE: Meters = Meters(3.0);

/// A piece that is written down this near to where it stands has not been moved: maps and receivers round.
const NOT_MOVED: Meters = Meters(0.01);

/// The longest id and the longest name of a photo, characters.
const LONGEST_ID: usize = 100;

/// The numbers of pieces that come without an id begin here, as those of added pieces do.
const FIRST_NUMBER: usize = 10_001;

/// What is known of a row before it is held against the rows before it.
struct Held {
    /// The piece that is there, by its index.
    known: Option<u32>,
    /// Where it would stand.
    spot: Option<Spot>,
    /// Why it is left out, whatever the other rows are.
    skip: Option<Skip>,
}

impl Snapshot {
    /// What an import would do; nothing is kept.
    pub(super) fn preview(
        &self,
        asked: &ImportQuestion,
        file: PieceFile,
        retired: &FxHashSet<String>,
    ) -> Preview {
        let known: Vec<Option<u32>> = file
            .pieces
            .par_iter()
            .map(|read| self.known(read))
            .collect();
        let villages = VillageNames::of(&self.region.ground.villages);
        let suspicion = self.suspicion(&file, &known, &villages);
        let is_suspect = suspicion.is_some() && !asked.takes.contains(&Doubt::WrongDatum);
        let held: Vec<Held> = file
            .pieces
            .par_iter()
            .zip(known)
            .map(|(read, known)| {
                let mut held = self.held(asked, read, known, retired, &villages);
                if is_suspect && held.skip.is_none() {
                    held.skip = Some(Skip::WrongDatum);
                }
                held
            })
            .collect();
        let mut rows = Rows::new(self, asked);
        for (read, held) in file.pieces.into_iter().zip(held) {
            rows.add(read, held);
        }
        Preview {
            datum: file.datum,
            rows: rows.done,
            suspicion,
            n_villages: file.villages.len(),
            oddities: file.oddities,
            columns: file.columns,
        }
    }

    /// The piece that a row is about, by its id, else by the code that is printed on it.
    fn known(&self, read: &ReadPiece) -> Option<u32> {
        let by_id = || self.region.piece(&read.piece.id).ok();
        let by_code = || {
            let code: Code = read.code.as_ref()?.parse().ok()?;
            let id = (code.prefix == self.base.prefix).then(|| self.numbers.id(code.number))??;
            self.region.piece(id).ok()
        };
        read.has_id.then(by_id).flatten().or_else(by_code)
    }

    /// A row by itself.
    fn held(
        &self,
        asked: &ImportQuestion,
        read: &ReadPiece,
        known: Option<u32>,
        retired: &FxHashSet<String>,
        villages: &VillageNames,
    ) -> Held {
        let piece = &read.piece;
        let was = known.map(|index| &self.region.equipment[index as usize]);
        let moves = was.is_none_or(|was| self.is_moved(was, piece));
        let spot = Spot::at(self.region.ground.plane.to_plane(piece.at));
        let skip = || {
            if let Some(skip) = bad_value(read) {
                return Some(skip);
            }
            let is_retired = known.is_none() && read.has_id && retired.contains(&piece.id);
            if is_retired && !asked.takes.contains(&Doubt::Retired) {
                return Some(Skip::Retired);
            }
            if moves && !self.holds(piece.at) {
                return Some(Skip::Outside);
            }
            if moves && !asked.takes.contains(&Doubt::WrongBank) {
                let named = villages.named(piece.village.as_deref());
                let (village, away) = across(&self.region.ground, spot?, named)?;
                let village = self.region.ground.villages[village].name.clone();
                return Some(Skip::WrongBank { village, away });
            }
            None
        };
        Held {
            known,
            spot,
            skip: skip(),
        }
    }

    fn is_moved(&self, was: &Equipment, is: &Equipment) -> bool {
        self.region.ground.plane.distance(was.at, is.at) > NOT_MOVED
    }
}

/// Something that could not be changed on the page afterward either.
fn bad_value(read: &ReadPiece) -> Option<Skip> {
    let piece = &read.piece;
    let line = |column, text: Option<&str>| {
        let fault = text.and_then(|text| Name::new(text).err())?;
        Some((column, fault.to_string()))
    };
    let short = |column, text: Option<&str>| {
        let text = text.filter(|text| text.chars().count() > LONGEST_ID)?;
        let n = text.chars().count();
        Some((
            column,
            format!("is {n} characters long; at most {LONGEST_ID}"),
        ))
    };
    let id = read.has_id.then_some(piece.id.as_str());
    let note = piece.note.as_deref().and_then(|text| Note::new(text).err());
    let bad = line("id", id)
        .or_else(|| short("id", id))
        .or_else(|| line("name", piece.name.as_deref()))
        .or_else(|| line("village", piece.village.as_deref()))
        .or_else(|| line("photo", piece.photo.as_deref()))
        .or_else(|| short("photo", piece.photo.as_deref()))
        .or_else(|| note.map(|fault| ("note", fault.to_string())));
    bad.map(|(column, fault)| Skip::BadValue { column, fault })
}

/// The rows of a file, each held against those before it.
struct Rows<'a> {
    snapshot: &'a Snapshot,
    asked: &'a ImportQuestion,
    /// The pieces that are there, and those that earlier rows have put up.
    standing: Known,
    /// The rows that were about a piece, by its id.
    row_of: FxHashMap<String, usize>,
    /// The number at the end of the next id.
    next: usize,
    done: Vec<PreviewRow>,
}

impl<'a> Rows<'a> {
    fn new(snapshot: &'a Snapshot, asked: &'a ImportQuestion) -> Self {
        Self {
            snapshot,
            asked,
            standing: Known::of(&snapshot.region.ground.plane, &snapshot.region.equipment),
            row_of: FxHashMap::default(),
            next: FIRST_NUMBER,
            done: Vec::new(),
        }
    }

    fn add(&mut self, read: ReadPiece, held: Held) {
        let ReadPiece {
            mut piece,
            row,
            has_id,
            said,
            ..
        } = read;
        let outcome = match (held.skip, held.known) {
            (Some(skip), _) => Outcome::Skipped(skip),
            (None, Some(index)) => self.of_known(&mut piece, index as usize, &said),
            (None, None) => self.of_new(&mut piece, has_id, held.spot),
        };
        let is_moved = matches!(&outcome, Outcome::Changed(fields) if fields.contains(&Field::At));
        let was = held.known.filter(|_| is_moved);
        let from = was.map(|index| self.snapshot.region.equipment[index as usize].at);
        if !matches!(outcome, Outcome::Skipped(_)) {
            self.row_of.insert(piece.id.clone(), self.done.len());
        }
        self.done.push(PreviewRow {
            row,
            piece,
            outcome,
            from,
        });
    }

    /// A row about a piece that is there: what it does not say stays as it is.
    fn of_known(&self, piece: &mut Equipment, index: usize, said: &[Field]) -> Outcome {
        let was = &self.snapshot.region.equipment[index];
        if let Some(skip) = self.repeats(&was.id, piece) {
            return Outcome::Skipped(skip);
        }
        let differs = |field: &Field| {
            field.differs(was, piece) && (*field != Field::At || self.snapshot.is_moved(was, piece))
        };
        let changed: Vec<Field> = said.iter().copied().filter(differs).collect();
        let mut after = was.clone();
        for field in &changed {
            field.copy(piece, &mut after);
        }
        *piece = after;
        if changed.is_empty() {
            Outcome::Unchanged
        } else {
            Outcome::Changed(changed)
        }
    }

    /// A row about a piece that is not there yet.
    fn of_new(&mut self, piece: &mut Equipment, has_id: bool, spot: Option<Spot>) -> Outcome {
        if has_id && let Some(skip) = self.repeats(&piece.id, piece) {
            return Outcome::Skipped(skip);
        }
        // What the ground cannot reach is outside the region.
        let Some(spot) = spot else {
            return Outcome::Skipped(Skip::Outside);
        };
        if !self.asked.takes.contains(&Doubt::Duplicate)
            && let Some((neighbor, away)) = self.standing.nearest(piece.kind, spot, SAME_PIECE)
        {
            let of = self.named(neighbor);
            return Outcome::Skipped(Skip::Duplicate { of, away });
        }
        if !has_id {
            piece.id = self.free_id();
        }
        self.standing
            .add(piece.kind, spot, Neighbor::Row(self.done.len()));
        Outcome::Added
    }

    /// An earlier row about the same piece.
    fn repeats(&self, id: &str, piece: &Equipment) -> Option<Skip> {
        let first = &self.done[*self.row_of.get(id)?];
        let plane = &self.snapshot.region.ground.plane;
        Some(Skip::Duplicate {
            of: format!("{id} ({})", first.row),
            away: plane.distance(first.piece.at, piece.at),
        })
    }

    fn named(&self, neighbor: Neighbor) -> String {
        match neighbor {
            Neighbor::Piece(index) => self.snapshot.region.equipment[index].id.clone(),
            Neighbor::Row(index) => {
                let row = &self.done[index];
                format!("{} ({})", row.piece.id, row.row)
            }
        }
    }

    /// An id that no piece has or had.
    fn free_id(&mut self) -> String {
        loop {
            let id = format!("piece-{}", self.next);
            self.next += 1;
            // Each id can be taken only once, so that a free one comes soon.
            if self.snapshot.numbers.of(&id).is_none() && !self.row_of.contains_key(&id) {
                return id;
            }
        }
    }
}
