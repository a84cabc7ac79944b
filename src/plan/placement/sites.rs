//! Sites: where on the banks a piece could stand, and what it would cover there.

use rayon::prelude::*;

use crate::geometry::lon_lat;
use crate::geometry::lon_lat::LonLat;
use crate::ground::Closures;
use crate::ground::Ground;
use crate::ground::place::BankSpot;
use crate::ground::place::On;
use crate::ground::place::Place;
use crate::ground::place::Standing;
use crate::ground::sight::Outlook;
use crate::ground::spot::Spot;
use crate::plan::footprint::Footprint;
use crate::plan::footprint::Surveyor;
use crate::units::Meters;

/// So many sites are measured in one go: each surveyor has working memory for the whole graph.
const TOGETHER: usize = 512;

/// Two sites of a bank that are no farther apart are one.
const SAME: Meters = Meters(0.05);

/// So far a site that is told to a centimeter may lie from where it was meant.
const TOLD: f64 = 0.01;

/// A site that is told this far from a bank is on the land behind it, and not in the water.
const ASHORE: f64 = 20.0;

/// A place where a piece could stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Where.
    pub at: Spot,
    /// The point of a bank that it is, or stands at.
    pub bank: Option<BankSpot>,
    /// What a piece there covers by itself.
    pub print: Footprint,
    /// Which of the kinds that are put up it is for, counted from 0.
    pub kind: u8,
}

impl Site {
    /// The same place for another of the kinds that are put up.
    #[must_use]
    pub fn of_kind(self, kind: u8) -> Self {
        Self { kind, ..self }
    }
}

/// Where a spot is found again that is told in degrees, as in a report, a file or a register.
pub fn told(ground: &Ground, spot: Spot) -> Spot {
    let degrees = ground.plane.to_lon_lat(spot.coord()).ok();
    let degrees =
        degrees.and_then(|at| LonLat::new(lon_lat::told(at.lon()), lon_lat::told(at.lat())).ok());
    let found = degrees.and_then(|at| Spot::at(ground.plane.to_plane(at)));
    found.unwrap_or(spot)
}

/// Points along all banks, no farther apart than `spacing`, the ends of each bank among them.
pub fn along_banks(ground: &Ground, spacing: Meters) -> Vec<BankSpot> {
    let mut spots = Vec::new();
    for (bank, line) in (0_u32..).zip(&ground.banks) {
        let n_steps = (line.length().0 / spacing.0).ceil().max(1.0) as usize;
        let is_ring = line.line.first() == line.line.last();
        // The end of a ring is its start.
        let n_spots = if is_ring { n_steps } else { n_steps + 1 };
        let step = line.length() * (1.0 / n_steps as f64);
        let own = (0..n_spots).filter_map(|number| ground.spot_at(bank, step * number as f64));
        spots.extend(own);
    }
    spots
}

/// The points from which the limit reaches exactly to one of these points: where coverage of what lies beyond begins or ends.
///
/// A walk is as long in one direction as in the other, so they are the ends of what is within the limit of each.
pub fn break_points(
    ground: &Ground,
    closures: &Closures,
    points: &[BankSpot],
    limit: Meters,
) -> Vec<BankSpot> {
    let around = measured(ground, closures, points, limit);
    let ends = around.iter().flat_map(|site| &site.print.0);
    let ends = ends.flat_map(|(bank, covered)| {
        let ends = covered.0.iter().flat_map(|&(from, to)| [from, to]);
        // A little inside: what reaches exactly so far must not miss it when it is put up where it is told.
        let inside = ends.zip([TOLD, -TOLD].into_iter().cycle());
        inside.filter_map(|(at, inward)| ground.spot_at(*bank, Meters(at + inward)))
    });
    distinct(ends.collect())
}

/// Each point once.
pub fn distinct(mut spots: Vec<BankSpot>) -> Vec<BankSpot> {
    spots.sort_by(|a, b| {
        (a.bank, a.chainage.0)
            .partial_cmp(&(b.bank, b.chainage.0))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    spots.dedup_by(|a, b| a.bank == b.bank && a.chainage - b.chainage <= SAME);
    spots
}

/// What a piece covers that is put up at each of these points, on all cores; points where none can stand are left out.
///
/// It is measured where it is found when its place has been told: what a proposal claims is then what its sites cover once they
/// are in the register.
pub fn put_up(
    ground: &Ground,
    closures: &Closures,
    spots: &[BankSpot],
    limit: Meters,
) -> Vec<Site> {
    let sites = surveyed((ground, closures), spots, limit, |&at| {
        let standing = found_again(ground, at)?;
        Some((standing.bank, standing.place))
    });
    sites.into_iter().flatten().collect()
}

/// How a piece stands that is put up at a point of a bank, and told.
///
/// A centimeter into the water it stands on the bank all the same, but not beside a bridge: there it would be found on the
/// bridge, from where nobody looks along the banks, and so it is told a little ashore.
fn found_again(ground: &Ground, at: BankSpot) -> Option<Standing> {
    let standing = ground.standing(told(ground, at.at));
    let is_afloat = |standing: &Standing| match standing.place.on {
        On::Water | On::Obstacle | On::Outside => true,
        On::Land | On::Bank => false,
    };
    if standing.as_ref().is_some_and(|found| !is_afloat(found)) {
        return standing;
    }
    let ashore = ground.ashore(at.on(), at.at, ASHORE);
    let ashore = ground.standing(told(ground, ashore));
    ashore.filter(|found| !is_afloat(found)).or(standing)
}

/// What a piece covers at the very line of a bank, at each of these points, on all cores; points from which nobody gets anywhere
/// are left out.
///
/// One bounded search for each.
pub fn measured(
    ground: &Ground,
    closures: &Closures,
    spots: &[BankSpot],
    limit: Meters,
) -> Vec<Site> {
    let sites = surveyed((ground, closures), spots, limit, |&at| {
        let place = near_place(ground, at, limit)?;
        Some((place.bank, place))
    });
    sites.into_iter().flatten().collect()
}

/// What a piece covers at each of these spots as they are told, wherever it would be found to stand; none where it would stand
/// nowhere.
pub fn at_places(
    ground: &Ground,
    closures: &Closures,
    spots: &[Spot],
    limit: Meters,
) -> Vec<Option<Site>> {
    surveyed((ground, closures), spots, limit, |&spot| {
        let standing = ground.standing(told(ground, spot))?;
        Some((standing.bank, standing.place))
    })
}

fn surveyed<At: Sync>(
    (ground, closures): (&Ground, &Closures),
    spots: &[At],
    limit: Meters,
    stand: impl Fn(&At) -> Option<(Option<BankSpot>, Place)> + Sync,
) -> Vec<Option<Site>> {
    let parts = spots.par_chunks(TOGETHER);
    let sites = parts.flat_map_iter(|spots| {
        let mut surveyor = Surveyor::new(ground);
        let site = |at: &At| {
            let (bank, place) = stand(at)?;
            Some(Site {
                at: place.at,
                bank,
                print: surveyor.footprint(ground, closures, &place, limit),
                kind: 0,
            })
        };
        spots.iter().map(site).collect::<Vec<_>>()
    });
    sites.collect()
}

/// A place on a bank, with legs of sight no longer than a walk within the limit can have.
fn near_place(ground: &Ground, at: BankSpot, limit: Meters) -> Option<Place> {
    ground.place_on_bank_looking(at, |_, _| Outlook {
        // A walk is looked for a little beyond the limit.
        farthest: (limit.0 / ground.settings.least_factor() + 20.0) * 1000.0,
        ..Outlook::default()
    })
}
