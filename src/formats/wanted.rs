//! Which layers to take from a source.

/// The layers that a source's `use` names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a set of layers: each is wanted or not, whatever the others are"
)]
pub struct Wanted {
    /// Water areas and lines, coast lines, weirs, dams, lock gates.
    pub water: bool,
    /// Ways that may be walked, fords, ferries.
    pub paths: bool,
    /// Villages.
    pub villages: bool,
    /// Buildings and walls.
    pub obstacles: bool,
    /// Schools and kindergartens.
    pub schools: bool,
    /// Rescue equipment.
    pub equipment: bool,
    /// Volunteers, teams, stations.
    pub responders: bool,
}

impl Wanted {
    /// Every layer of a map: people are on none.
    pub const ALL: Self = Self {
        water: true,
        paths: true,
        villages: true,
        obstacles: true,
        schools: true,
        equipment: true,
        responders: false,
    };
}
