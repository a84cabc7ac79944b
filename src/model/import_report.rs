//! What a region's files hold otherwise than when they were read before: what appeared, vanished and moved, by stable ids.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::geometry::lon_lat::LonLat;
use crate::model::same_place;
use crate::units::Meters;

/// So many things of a kind are remembered; of a region with more, nothing is told of that kind.
pub const MOST_SEEN: usize = 200_000;

/// So many things that appeared, vanished or moved are named, of each kind; all of them are counted.
pub const MOST_NAMED: usize = 200;

/// What has not moved farther than this has been drawn a little better.
pub const MOVED: Meters = Meters(3.0);

/// A kind of thing that people's changes refer to by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// Rescue equipment.
    Equipment,
    /// A way over water.
    Crossing,
    /// A water body.
    WaterBody,
}

/// Something that the files hold, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Stable across imports.
    pub id: String,
    /// Where it is; of a water, the middle of the box around its banks.
    pub at: LonLat,
    /// The box around a water: west, south, east, north, degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<[f64; 4]>,
}

/// Something that has another id than before, and is taken to be the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Renamed {
    /// Its id before.
    pub from: String,
    /// Its id now.
    pub to: String,
    /// Where it is now.
    pub at: LonLat,
}

/// Something that is elsewhere than before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// Its id.
    pub id: String,
    /// Where it was.
    pub from: LonLat,
    /// Where it is.
    pub to: LonLat,
    /// How far that is.
    pub by: Meters,
}

/// Some things, of which the first are named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named<T> {
    /// How many there are.
    pub total: usize,
    /// The first of them by id.
    pub first: Vec<T>,
}

/// What is another among the things of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThingChanges {
    /// The kind.
    pub thing: Thing,
    /// In the files now, and not before.
    pub appeared: Named<Seen>,
    /// In the files before, and not now.
    pub vanished: Named<Seen>,
    /// Farther than [`MOVED`] from where it was.
    pub moved: Named<Moved>,
    /// At the same place under another id.
    #[serde(default)]
    pub renamed: Vec<Renamed>,
}

/// What is another in a region's files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    /// The kinds of which anything is another.
    pub things: Vec<ThingChanges>,
}

impl<T> Named<T> {
    fn new(all: Vec<T>) -> Self {
        let total = all.len();
        let first = all.into_iter().take(MOST_NAMED).collect();
        Self { total, first }
    }
}

impl ThingChanges {
    /// What is another, if anything is; each id counts once.
    ///
    /// `O(n log n)`.
    pub fn between(
        thing: Thing,
        before: &[Seen],
        after: &[Seen],
        distance: impl Fn(LonLat, LonLat) -> Meters,
    ) -> Option<Self> {
        let (before, after) = (by_id(before), by_id(after));
        let (mut vanished, mut appeared) = (only_in(&before, &after), only_in(&after, &before));
        let renamed = same_place::renamed(thing, &vanished, &appeared, &distance);
        let old: BTreeSet<&str> = renamed.iter().map(|same| same.from.as_str()).collect();
        let new: BTreeSet<&str> = renamed.iter().map(|same| same.to.as_str()).collect();
        vanished.retain(|seen| !old.contains(seen.id.as_str()));
        appeared.retain(|seen| !new.contains(seen.id.as_str()));
        let moved = after.iter().filter_map(|(&id, seen)| {
            let (from, to) = (before.get(id)?.at, seen.at);
            let by = distance(from, to);
            (MOVED < by).then(|| Moved {
                id: id.to_owned(),
                from,
                to,
                by,
            })
        });
        let changes = Self {
            thing,
            appeared: Named::new(appeared),
            vanished: Named::new(vanished),
            moved: Named::new(moved.collect()),
            renamed,
        };
        let n = changes.appeared.total + changes.vanished.total + changes.moved.total;
        (0 < n + changes.renamed.len()).then_some(changes)
    }
}

fn by_id(seen: &[Seen]) -> BTreeMap<&str, &Seen> {
    seen.iter().map(|seen| (seen.id.as_str(), seen)).collect()
}

/// What is in one and not in the other, by id.
fn only_in(these: &BTreeMap<&str, &Seen>, others: &BTreeMap<&str, &Seen>) -> Vec<Seen> {
    let only = these.iter().filter(|(id, _)| !others.contains_key(*id));
    only.map(|(_, seen)| Seen::clone(seen)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(things: &[(&str, f64)]) -> Vec<Seen> {
        let things = things.iter();
        let seen = things.map(|&(id, east)| Seen {
            id: id.to_owned(),
            at: LonLat::new(east / 100_000.0, 0.0).unwrap(),
            around: None,
        });
        seen.collect()
    }

    fn changes(before: &[(&str, f64)], after: &[(&str, f64)]) -> Option<ThingChanges> {
        let distance = |a: LonLat, b: LonLat| Meters((a.lon() - b.lon()).abs() * 100_000.0);
        ThingChanges::between(Thing::Equipment, &seen(before), &seen(after), distance)
    }

    #[test]
    fn what_is_as_it_was_is_not_told_nor_what_moved_a_little() {
        assert_eq!(changes(&[], &[]), None);
        assert_eq!(
            changes(&[("a", 0.0), ("b", 9.0)], &[("b", 11.9), ("a", 0.0)]),
            None
        );
    }

    #[test]
    fn what_appeared_vanished_and_moved_is_told_by_id() {
        let found = changes(
            &[("a", 0.0), ("b", 1.0), ("c", 2.0)],
            &[("d", 0.0), ("c", 5.1), ("b", 1.0)],
        );
        let found = found.unwrap();
        assert_eq!(found.appeared.first, seen(&[("d", 0.0)]));
        assert_eq!(found.vanished.first, seen(&[("a", 0.0)]));
        let [moved] = &found.moved.first[..] else {
            panic!("{found:?}")
        };
        assert_eq!((moved.id.as_str(), moved.by.tenths()), ("c", 3.1));
    }

    #[test]
    fn of_very_many_all_are_counted_and_some_named() {
        let many: Vec<String> = (0..1_000).map(|n| format!("p{n:04}")).collect();
        let many: Vec<(&str, f64)> = many.iter().map(|id| (id.as_str(), 0.0)).collect();
        let found = changes(&[], &many).unwrap();
        assert_eq!(
            (found.appeared.total, found.appeared.first.len()),
            (1_000, 200)
        );
        assert_eq!(found.appeared.first[199].id, "p0199");
    }
}
