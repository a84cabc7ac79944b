//! Scenarios: pieces that are added, moved or removed, tried out against what is there, and made real in memory.

use crate::app::coverage::Counting;
use crate::app::coverage::CoverageQuestion;
use crate::app::fault::Fault;
use crate::app::region::LoadedRegion;
use crate::app::snapshot::Snapshot;
use crate::geometry::lon_lat::LonLat;
use crate::ground::place::On;
use crate::ground::place::Standing;
use crate::ground::spot::Spot;
use crate::model::equipment::Condition;
use crate::model::equipment::Equipment;
use crate::model::equipment::EquipmentKind;
use crate::plan::scenario;
use crate::plan::scenario::Outcome;
use crate::units::Meters;

/// One change of the equipment.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A usable piece is put up.
    Add {
        /// What it is.
        kind: EquipmentKind,
        /// Where.
        at: LonLat,
    },
    /// A piece is taken elsewhere; its condition stays.
    Move {
        /// Which.
        id: String,
        /// Where to.
        at: LonLat,
    },
    /// A piece is taken away.
    Remove {
        /// Which.
        id: String,
    },
    /// A piece is from now on as it is written here; where there is none of its id, it is put up.
    Put(Box<Equipment>),
}

/// What is asked about a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioQuestion {
    /// The kinds that count.
    pub kinds: Vec<EquipmentKind>,
    /// Which conditions count.
    pub counting: Counting,
    /// How far a bank may be from a piece.
    pub limit: Meters,
    /// One after another.
    pub changes: Vec<Change>,
}

/// What a scenario changes, and where its pieces really stand.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioAnswer {
    /// Coverage before and after.
    pub outcome: Outcome,
    /// One for each piece that is added or moved.
    pub placed: Vec<Placed>,
}

/// Where a piece really stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Which change it comes from, counted from 0.
    pub change: usize,
    /// Where it stands: where it was put, or the bank that it is taken to stand on.
    pub at: LonLat,
    /// On what.
    pub on: On,
    /// How far it was moved.
    pub moved: Meters,
    /// Whether it stands anywhere at all; else it reaches nothing.
    pub stands: bool,
}

/// A piece of the region, or a new one, as the changes leave it.
struct Draft {
    change: Option<usize>,
    kind: EquipmentKind,
    condition: Condition,
    at: LonLat,
    /// The piece of the region that it was, by its index.
    was: Option<u32>,
    /// All that is said of it, where that is said.
    whole: Option<Box<Equipment>>,
}

impl Snapshot {
    /// What a scenario changes; nothing is kept.
    ///
    /// One bounded search for each changed piece; only the banks that they touch are counted again.
    ///
    /// # Errors
    ///
    /// For a piece that the region does not have.
    pub fn evaluate(&self, question: &ScenarioQuestion) -> Result<ScenarioAnswer, Fault> {
        let drafts = self.region.drafts(&question.changes)?;
        let counted = CoverageQuestion::new(&question.kinds, question.limit, question.counting);
        let baseline = self.baseline(&counted);
        let ground = &self.region.ground;
        let number = |index: u32| self.region.order.number(index as usize);
        let mut gone: Vec<u32> = Vec::new();
        let mut come = Vec::new();
        let mut placed = Vec::new();
        for draft in drafts.kept.iter().filter(|draft| draft.change.is_some()) {
            gone.extend(draft.was.map(number));
            let standing = self.region.standing(draft.at);
            placed.extend(
                draft
                    .change
                    .map(|change| self.placed(change, draft, standing.as_ref())),
            );
            let is_fit = match question.counting {
                Counting::Usable => draft.condition == Condition::Usable,
                Counting::AnyCondition => true,
            };
            let counts = is_fit && counted.kinds().contains(&draft.kind);
            if let Some(standing) = standing.filter(|_| counts) {
                let footprint = self.surveyors().with(ground, |surveyor| {
                    surveyor.footprint(
                        ground,
                        &self.region.closures,
                        &standing.place,
                        counted.limit(),
                    )
                });
                come.push(footprint);
            }
        }
        gone.extend(drafts.gone.iter().copied().map(number));
        placed.sort_by_key(|placed| placed.change);
        Ok(ScenarioAnswer {
            outcome: baseline.outcome(ground, &gone, &come),
            placed,
        })
    }

    fn placed(&self, change: usize, draft: &Draft, standing: Option<&Standing>) -> Placed {
        let ground = &self.region.ground;
        let Some(standing) = standing else {
            let spot = Spot::at(ground.plane.to_plane(draft.at));
            return Placed {
                change,
                at: draft.at,
                on: spot.map_or(On::Outside, |spot| ground.place(spot).on),
                moved: Meters::ZERO,
                stands: false,
            };
        };
        let is_moved = standing.moved > Meters::ZERO;
        let spot = standing.place.at.coord();
        let moved_to = ground.plane.to_lon_lat(spot).ok().filter(|_| is_moved);
        Placed {
            change,
            at: moved_to.unwrap_or(draft.at),
            on: standing.place.on,
            moved: standing.moved,
            stands: true,
        }
    }
}

/// What the changes leave.
struct Drafts {
    /// The pieces that are there afterward; those without a change are left out.
    kept: Vec<Draft>,
    /// The indices of the pieces that are removed.
    gone: Vec<u32>,
}

impl Drafts {
    /// Takes out what an earlier change has made of a piece of the region.
    fn take(&mut self, piece: u32) -> Option<Draft> {
        let mut kept = self.kept.iter();
        let index = kept.position(|draft| draft.was == Some(piece))?;
        Some(self.kept.remove(index))
    }
}

impl LoadedRegion {
    /// Where a piece at a place stands.
    fn standing(&self, at: LonLat) -> Option<Standing> {
        let spot = Spot::at(self.ground.plane.to_plane(at))?;
        self.ground.standing(spot)
    }

    fn drafts(&self, changes: &[Change]) -> Result<Drafts, Fault> {
        let mut drafts = Drafts {
            kept: Vec::new(),
            gone: Vec::new(),
        };
        for (number, change) in changes.iter().enumerate() {
            match change {
                Change::Add { kind, at } => drafts.kept.push(Draft {
                    change: Some(number),
                    kind: *kind,
                    condition: Condition::Usable,
                    at: *at,
                    was: None,
                    whole: None,
                }),
                Change::Move { id, at } => {
                    let piece = self.still_there(&drafts, number, id)?;
                    let mut whole = drafts.take(piece).and_then(|draft| draft.whole);
                    if let Some(whole) = &mut whole {
                        whole.at = *at;
                    }
                    let equipment = whole.as_deref();
                    let equipment = equipment.unwrap_or(&self.equipment[piece as usize]);
                    drafts.kept.push(Draft {
                        change: Some(number),
                        kind: equipment.kind,
                        condition: equipment.condition,
                        at: *at,
                        was: Some(piece),
                        whole,
                    });
                }
                Change::Remove { id } => {
                    let piece = self.still_there(&drafts, number, id)?;
                    drafts.take(piece);
                    drafts.gone.push(piece);
                }
                Change::Put(whole) => {
                    let was = match self.piece(&whole.id) {
                        Ok(_) => Some(self.still_there(&drafts, number, &whole.id)?),
                        Err(_) => None,
                    };
                    let is_same = |draft: &Draft| {
                        let other = draft.whole.as_ref();
                        other.is_some_and(|other| other.id == whole.id)
                            || (was.is_some() && draft.was == was)
                    };
                    drafts.kept.retain(|draft| !is_same(draft));
                    drafts.kept.push(Draft {
                        change: Some(number),
                        kind: whole.kind,
                        condition: whole.condition,
                        at: whole.at,
                        was,
                        whole: Some(whole.clone()),
                    });
                }
            }
        }
        Ok(drafts)
    }

    fn still_there(&self, drafts: &Drafts, number: usize, id: &str) -> Result<u32, Fault> {
        let piece = self.piece(id)?;
        if drafts.gone.contains(&piece) {
            return Err(Fault::AlreadyRemoved {
                number,
                id: id.to_owned(),
            });
        }
        Ok(piece)
    }

    /// The region with the changes made, its ground shared with this one.
    ///
    /// # Errors
    ///
    /// For a piece that the region does not have.
    pub fn changed(&self, changes: &[Change]) -> Result<Self, Fault> {
        let drafts = self.drafts(changes)?;
        let mut equipment = self.equipment.clone();
        for draft in &drafts.kept {
            match (draft.was, &draft.whole) {
                (Some(piece), Some(whole)) => equipment[piece as usize].clone_from(whole),
                (Some(piece), None) => equipment[piece as usize].at = draft.at,
                (None, Some(whole)) => equipment.push(Equipment::clone(whole)),
                (None, None) => equipment.push(Equipment {
                    id: free_id(&equipment, draft.kind),
                    kind: draft.kind,
                    at: draft.at,
                    condition: draft.condition,
                    name: None,
                    village: None,
                    inspected_on: None,
                    photo: None,
                    note: None,
                    is_illustrative: false,
                }),
            }
        }
        let mut number = 0;
        equipment.retain(|_| {
            number += 1;
            !drafts.gone.contains(&(number - 1))
        });
        Ok(self.with_equipment(equipment))
    }
}

/// An id that no piece has: the kind and the next free number.
fn free_id(equipment: &[Equipment], kind: EquipmentKind) -> String {
    let word = crate::app::names::of_equipment(kind);
    let ids = (equipment.len() + 1..).map(|number| format!("{word}-new-{number}"));
    let is_free = |id: &String| equipment.iter().all(|piece| piece.id != *id);
    ids.into_iter().find(is_free).unwrap_or_default()
}

// The outcome speaks of the plan's own change; here it is named in full.
pub use scenario::Change as Becomes;
