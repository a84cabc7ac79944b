//! Whether a file's coordinates are in another system than they were read in: the most usual mistake with Chinese maps.

use std::array;

use crate::app::import::wrong_bank::VillageNames;
use crate::app::snapshot::Snapshot;
use crate::formats::pieces::PieceFile;
use crate::geometry::converter::Converter;
use crate::geometry::datum::Datum;
use crate::geometry::lon_lat::LonLat;
use crate::ground::Ground;
use crate::ground::spot::Spot;
use crate::model::village::Village;
use crate::units::Meters;

/// The systems in degrees, which look alike and lie up to a kilometer apart.
const IN_DEGREES: [Datum; 3] = [Datum::Wgs84, Datum::Gcj02, Datum::Bd09];

/// So many pieces are looked at, spread over the file.
const MOST_LOOKED_AT: usize = 1_000;

/// Equipment stands at the water: a piece this far from every bank tells nothing more than one that is farther.
const FAR_FROM_BANK: Meters = Meters(50.0);

/// A piece of the register that a file puts this far from where it stands is elsewhere.
const ELSEWHERE: Meters = Meters(100.0);

/// By so much, of 1, another system must fit better before anybody is told.
const BETTER_BY: f64 = 0.25;

/// Coordinates that would fit better in another system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suspicion {
    /// In which system they seem to be.
    pub datum: Datum,
    /// How far off they are as they were read, in the middle.
    pub off: Meters,
}

/// How badly something fits, from 0 to 1, by system.
#[derive(Clone, Copy, Debug, Default)]
struct Misfit {
    sums: [f64; IN_DEGREES.len()],
    n: usize,
}

impl Misfit {
    fn add(&mut self, misfits: [f64; IN_DEGREES.len()]) {
        for (sum, misfit) in self.sums.iter_mut().zip(misfits) {
            *sum += misfit;
        }
        self.n += 1;
    }

    fn mean(&self, of: usize) -> f64 {
        self.sums[of] / self.n.max(1) as f64
    }
}

impl Snapshot {
    /// The system that a file's coordinates fit much better than the one in which it was read: the pieces stand at banks, where
    /// the register has them and in the villages that they name; the villages where the region has them.
    pub(super) fn suspicion(
        &self,
        file: &PieceFile,
        known: &[Option<u32>],
        villages: &VillageNames,
    ) -> Option<Suspicion> {
        let read_as = IN_DEGREES
            .iter()
            .position(|datum| datum.is_same_as(file.datum))?;
        let converters = IN_DEGREES.map(|datum| datum.converter().ok());
        let read_by = file.datum.converter().ok()?;
        let again = |place: LonLat| {
            let numbers = read_by.from_wgs84(place).ok();
            array::from_fn::<_, { IN_DEGREES.len() }, _>(|index| {
                if index == read_as {
                    return Some(place);
                }
                let (x, y) = numbers?;
                converters[index]
                    .as_ref()
                    .and_then(|c: &Converter| c.to_wgs84(x, y).ok())
            })
        };
        let mut misfit = Misfit::default();
        let mut offs: [Vec<f64>; IN_DEGREES.len()] = Default::default();
        let mut look = |places: [Option<LonLat>; IN_DEGREES.len()], fit: &dyn Fn(LonLat) -> f64| {
            misfit.add(places.map(|place| place.map_or(1.0, fit)));
            for (offs, place) in offs.iter_mut().zip(places) {
                offs.extend(
                    place
                        .zip(places[read_as])
                        .map(|(one, other)| self.region.ground.plane.distance(one, other).0),
                );
            }
        };
        let step = file.pieces.len().div_ceil(MOST_LOOKED_AT).max(1);
        for (read, known) in file.pieces.iter().zip(known).step_by(step) {
            let named = villages.named(read.piece.village.as_deref());
            let at = known.map(|index| self.region.equipment[index as usize].at);
            look(again(read.piece.at), &|place| self.misfit(place, at, named));
        }
        for village in &file.villages {
            let named = villages.named(Some(&village.id));
            let named = if named.is_empty() {
                villages.named(Some(&village.name))
            } else {
                named
            };
            let (Some(middle), [index, ..]) = (middle(village), named) else {
                continue;
            };
            let there = middle_of(self.region.ground.villages[*index].rings.iter().flatten());
            look(again(middle), &|place| {
                let away = there.map_or(ELSEWHERE, |there| {
                    self.region.ground.plane.distance(place, there)
                });
                (away.0 / ELSEWHERE.0).min(1.0)
            });
        }
        let others = (0..IN_DEGREES.len()).filter(|&index| index != read_as);
        let best = others.min_by(|&a, &b| misfit.mean(a).total_cmp(&misfit.mean(b)))?;
        let (as_read, as_other) = (misfit.mean(read_as), misfit.mean(best));
        let is_better = as_read - as_other >= BETTER_BY && as_other <= as_read * 0.6;
        is_better.then(|| Suspicion {
            datum: IN_DEGREES[best],
            off: Meters(median(&mut offs[best])),
        })
    }

    /// How badly a piece stands at a place, from 0 (at a bank, where it was and in its village) to 1.
    fn misfit(&self, place: LonLat, at: Option<LonLat>, named: &[usize]) -> f64 {
        let ground = &self.region.ground;
        let mut misfit = vec![if self.holds(place) {
            from_bank(ground, place)
        } else {
            1.0
        }];
        misfit.extend(
            at.map(|at| (self.region.ground.plane.distance(place, at).0 / ELSEWHERE.0).min(1.0)),
        );
        if !named.is_empty() {
            let holding = ground
                .village_outlines
                .holding(ground.plane.to_plane(place));
            let is_there = holding.iter().any(|village| named.contains(village));
            misfit.push(if is_there { 0.0 } else { 1.0 });
        }
        misfit.iter().sum::<f64>() / misfit.len() as f64
    }
}

/// How far from a bank a place is, from 0 to 1.
fn from_bank(ground: &Ground, place: LonLat) -> f64 {
    let spot = Spot::at(ground.plane.to_plane(place));
    let nearest = spot.and_then(|spot| ground.banks_from(spot, FAR_FROM_BANK).next());
    nearest.map_or(1.0, |bank| bank.offset.0 / FAR_FROM_BANK.0)
}

fn middle(village: &Village) -> Option<LonLat> {
    middle_of(village.rings.iter().flatten())
}

/// The middle of the bounds of some places.
fn middle_of<'a>(places: impl Iterator<Item = &'a LonLat>) -> Option<LonLat> {
    let mut bounds = [
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    ];
    for place in places {
        bounds[0] = bounds[0].min(place.lon());
        bounds[1] = bounds[1].min(place.lat());
        bounds[2] = bounds[2].max(place.lon());
        bounds[3] = bounds[3].max(place.lat());
    }
    let [west, south, east, north] = bounds;
    LonLat::new(f64::midpoint(west, east), f64::midpoint(south, north)).ok()
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}
