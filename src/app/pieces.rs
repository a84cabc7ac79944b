//! The register of a region: its pieces found by id, and exchanged for others with everything that follows from them.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::app::fault::Fault;
use crate::app::region::LoadedRegion;
use crate::ground::Ground;
use crate::ground::place::Standing;
use crate::ground::spot::Spot;
use crate::model::equipment::Equipment;
use crate::model::order::Order;
use crate::model::register::Presence;
use crate::plan::survey::Counted;
use crate::plan::survey::ReachByKind;
use crate::store::PieceChange;

/// So many pieces that come or go are a repair in any register.
const FEW: usize = 100;

/// Puts pieces in the order of their ids, in which every register is.
pub(super) fn sort(equipment: &mut [Equipment]) {
    equipment.sort_by(|a, b| a.id.cmp(&b.id));
}

/// Where each piece stands, on all cores.
pub(super) fn standings(ground: &Ground, equipment: &[Equipment]) -> Vec<Option<Standing>> {
    let stand = |piece: &Equipment| standing(ground, piece);
    equipment.par_iter().map(stand).collect()
}

/// The reach of a register.
pub(super) fn reach(
    order: &Order,
    equipment: &[Equipment],
    standings: &[Option<Standing>],
) -> ReachByKind {
    let pieces = order.numbers().iter().zip(equipment).zip(standings);
    let counted =
        pieces.map(|((&number, piece), standing)| Counted::new(number, piece, standing.as_ref()));
    ReachByKind::of(&counted.collect::<Vec<_>>())
}

fn standing(ground: &Ground, piece: &Equipment) -> Option<Standing> {
    ground.standing(Spot::at(ground.plane.to_plane(piece.at))?)
}

/// Whether a change matters to what a piece reaches, or only to what is told of it.
fn counts_alike(a: &Equipment, b: &Equipment) -> bool {
    (a.kind, a.condition, a.at) == (b.kind, b.condition, b.at)
}

impl LoadedRegion {
    /// The index of a piece.
    ///
    /// # Errors
    ///
    /// If there is none of this id.
    pub fn piece(&self, id: &str) -> Result<u32, Fault> {
        let found = self
            .equipment
            .binary_search_by(|piece| piece.id.as_str().cmp(id));
        found
            .map(|index| index as u32)
            .map_err(|_| Fault::UnknownEquipment {
                region: self.settings.id.as_str().to_owned(),
                id: id.chars().take(80).collect(),
            })
    }

    /// The index of the piece that is known by a number to whatever is worked out.
    pub(super) fn index_of(&self, number: u32) -> usize {
        // Nothing is worked out about a piece that is not in the register.
        self.order.index(number).unwrap_or_default()
    }

    /// The region with this equipment in place of its own, in any order; its ground and its crossings are as they are.
    ///
    /// Only pieces that come, go, move, or whose kind or condition is another cost anything but a copy: what has been worked
    /// out is repaired around them.
    #[must_use]
    pub fn with_equipment(&self, mut equipment: Vec<Equipment>) -> Self {
        sort(&mut equipment);
        let before = indices_before(&self.equipment, &equipment);
        let stand = |(piece, before): (&Equipment, &Option<usize>)| match *before {
            Some(index) if self.equipment[index].at == piece.at => self.standings[index].clone(),
            Some(_) | None => standing(&self.ground, piece),
        };
        let standings: Vec<Option<Standing>> = equipment.iter().zip(&before).map(stand).collect();
        let order = self.order.followed_by(&before);
        let order = order.filter(|_| self.is_much_the_same(&before));
        let (order, reach) = if let Some(order) = order {
            let reach = self.repaired(&order, &before, &equipment, &standings);
            (order, reach)
        } else {
            let order = Order::even(equipment.len());
            let reach = reach(&order, &equipment, &standings);
            (order, reach)
        };
        Self {
            settings: self.settings.clone(),
            ground: Arc::clone(&self.ground),
            closures: self.closures.clone(),
            grades: self.grades.clone(),
            rescue_points: Arc::clone(&self.rescue_points),
            turned: Arc::clone(&self.turned),
            corrections: Arc::clone(&self.corrections),
            equipment,
            order,
            standings,
            reach,
            crew: Arc::clone(&self.crew),
            people: Arc::clone(&self.people),
            oddities: Arc::clone(&self.oddities),
            counts: self.counts,
            figures: self.figures,
        }
    }

    /// Whether most pieces are as before, so that a repair is less work than to begin again.
    fn is_much_the_same(&self, before: &[Option<usize>]) -> bool {
        let n_kept = before.iter().flatten().count();
        let n_come = before.len() - n_kept;
        let n_gone = self.equipment.len() - n_kept;
        n_come + n_gone <= FEW.max(n_kept / 2)
    }

    /// The region with pieces changed as they are kept, in any number at once.
    #[must_use]
    pub(super) fn with_changes(&self, changes: &[PieceChange<'_>]) -> Self {
        let mut after: FxHashMap<&str, &PieceChange<'_>> = changes
            .iter()
            .map(|change| (change.after.id.as_str(), change))
            .collect();
        let mut equipment = Vec::with_capacity(self.equipment.len() + changes.len());
        let is_there = |change: &PieceChange<'_>| change.presence == Presence::Registered;
        for piece in &self.equipment {
            match after.remove(piece.id.as_str()) {
                None => equipment.push(piece.clone()),
                Some(change) if is_there(change) => equipment.push(change.after.clone()),
                Some(_) => {}
            }
        }
        let come = after.into_values().filter(|change| is_there(change));
        equipment.extend(come.map(|change| change.after.clone()));
        self.with_equipment(equipment)
    }

    /// The reach, repaired around every piece that is another than before.
    fn repaired(
        &self,
        order: &Order,
        before: &[Option<usize>],
        equipment: &[Equipment],
        standings: &[Option<Standing>],
    ) -> ReachByKind {
        let mut is_as_before = vec![false; self.equipment.len()];
        let mut come = Vec::new();
        for (index, piece) in equipment.iter().enumerate() {
            match before[index] {
                Some(old) if counts_alike(&self.equipment[old], piece) => is_as_before[old] = true,
                Some(_) | None => {
                    let standing = standings[index].as_ref();
                    come.push(Counted::new(order.number(index), piece, standing));
                }
            }
        }
        let all = self.equipment.iter().zip(&self.standings).enumerate();
        let gone = all.filter(|(old, _)| !is_as_before[*old]);
        let gone: Vec<Counted<'_>> = gone
            .map(|(old, (piece, standing))| {
                Counted::new(self.order.number(old), piece, standing.as_ref())
            })
            .collect();
        self.reach
            .followed_by(&self.ground, &self.closures, &gone, &come)
    }
}

/// For each piece, the index of the one that had its id before; both in the order of ids.
fn indices_before(before: &[Equipment], after: &[Equipment]) -> Vec<Option<usize>> {
    let mut next = 0;
    let of = |piece: &Equipment| loop {
        let ordering = before.get(next)?.id.cmp(&piece.id);
        next += usize::from(ordering != Ordering::Greater);
        match ordering {
            Ordering::Less => {}
            Ordering::Equal => return Some(next - 1),
            Ordering::Greater => return None,
        }
    };
    after.iter().map(of).collect()
}
