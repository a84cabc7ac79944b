//! A call: who may come, from where and on what, and what they are to fetch on the way.

use crate::ground::graph::Footing;
use crate::ground::reach::Pieces;
use crate::plan::straight::PieceTree;
use crate::plan::straight::entry;

/// What carries somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wheels {
    /// A bicycle, with or without a motor: streets, cycleways, tracks.
    Bicycle,
    /// A car: streets.
    Car,
}

impl Wheels {
    /// Whether it may go there.
    pub fn may_go(self, underfoot: Footing) -> bool {
        match underfoot {
            Footing::Street => true,
            Footing::Cycleway => self == Self::Bicycle,
            Footing::Open | Footing::Bank | Footing::Path | Footing::Crossing => false,
        }
    }
}

/// Numbered places, looked up by the nodes to which they have a leg and by where they are.
#[derive(Clone, Copy)]
pub struct Stands<'a> {
    /// By number and by node.
    pub places: &'a Pieces,
    /// By where they are.
    pub at: &'a PieceTree,
}

/// The same by themselves, kept by whoever knows them.
#[derive(Clone, Debug, Default)]
pub struct OwnStands {
    places: Pieces,
    at: PieceTree,
}

impl OwnStands {
    /// Numbered places.
    pub fn new(places: Pieces) -> Self {
        let points = places.iter().map(|(number, place)| entry(number, place.at));
        Self {
            at: PieceTree::bulk_load(points.collect()),
            places,
        }
    }

    /// To be looked up.
    pub fn stands(&self) -> Stands<'_> {
        Stands {
            places: &self.places,
            at: &self.at,
        }
    }
}

/// Those who come by the same means.
#[derive(Clone, Copy)]
pub struct Party<'a> {
    /// From where; no number stands in two parties.
    pub stands: Stands<'a>,
    /// What carries them, and what a meter on it counts as: running speed by its speed. Else they run.
    pub ride: Option<(Wheels, f64)>,
}

/// Who is asked for.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    /// Everybody who may come.
    pub parties: &'a [Party<'a>],
    /// Who of them counts now.
    pub counts: &'a dyn Fn(u32) -> bool,
    /// What is to be fetched on the way, one of them; from there on they run.
    pub fetch: Option<&'a [Stands<'a>]>,
    /// So many at most.
    pub most: usize,
    /// Nobody farther away comes, effective millimeters.
    pub farthest: u32,
}
