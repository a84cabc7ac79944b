//! Which layers to take from a file.

/// A group of layers, as `use` in a region's file names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Water areas, water lines and coastlines.
    Water,
    /// Paths, and what is mapped as a way over or through water: fords, weirs, dams, lock gates, ferries.
    Paths,
    /// Villages.
    Villages,
    /// Buildings and walls.
    Obstacles,
    /// Rescue equipment.
    Equipment,
}

impl Group {
    /// Every group, in the order of this enum.
    pub const ALL: [Self; 5] = [
        Self::Water,
        Self::Paths,
        Self::Villages,
        Self::Obstacles,
        Self::Equipment,
    ];
}

/// The groups of layers to take from one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted(Vec<Group>);

impl Wanted {
    /// These groups and no other.
    pub fn only(groups: &[Group]) -> Self {
        Self(groups.to_vec())
    }

    /// Every group.
    pub fn all() -> Self {
        Self::only(&Group::ALL)
    }

    /// Whether a group is to be taken.
    pub fn takes(&self, group: Group) -> bool {
        self.0.contains(&group)
    }
}
