//! Houses: in rows along the water, farms along the roads, off the water and the ways.

use super::chance::Chance;
use super::raster::Raster;
use super::shapes::Point;
use super::shapes::along;
use super::shapes::length;
use super::tile::HEIGHT;
use super::tile::Tile;
use super::tile::WIDTH;
use super::villages::Village;
use super::ways::Ways;

/// How far inland the middles of the rows stand, meters; every lane has one on each side.
const ROWS_M: [f64; 8] = [16.0, 44.0, 65.0, 93.0, 114.0, 142.0, 163.0, 191.0];

/// All houses of a tile, as outlines.
pub fn houses(
    tile: &Tile,
    villages: &[Village],
    ways: &Ways,
    wet: &Raster,
    built: &Raster,
) -> Vec<[Point; 4]> {
    let mut yard = Yard {
        wet,
        built,
        houses: Vec::new(),
    };
    let mut chance = tile.chance(5);
    for (number, village) in villages.iter().enumerate() {
        let n_before = yard.houses.len();
        let n_wanted = n_before + village.n_houses;
        let mut half_m = 70.0;
        // The village grows along the water until it has its houses or there is no more room.
        while yard.houses.len() < n_wanted && half_m < 520.0 {
            for row_m in ROWS_M.into_iter().take(2 * village.n_lanes()) {
                for end in [-1.0, 1.0] {
                    let mut along_m = half_m - 70.0;
                    while along_m < half_m && yard.houses.len() < n_wanted {
                        let wide_m = chance.between(9.0, 14.0);
                        let deep_m = chance.between(8.0, 11.0);
                        let density = 0.97 - 0.0012 * half_m - 0.0018 * row_m;
                        if village.has_front(end * along_m) && chance.is(density) {
                            let inland_m = row_m + chance.between(-1.5, 1.5);
                            let (at, inland) = village.spot(end * along_m, inland_m);
                            yard.add(at, inland, wide_m, deep_m);
                        }
                        along_m += wide_m + chance.between(2.0, 7.0);
                    }
                }
            }
            half_m += 70.0;
        }
        if number % 3 == 2 {
            far_bank(village, &mut yard, &mut chance);
        }
    }
    for way in ways
        .all
        .iter()
        .filter(|way| way.kind == "street" && way.says.is_empty())
    {
        let long = length(&way.line);
        let mut at_m = chance.between(20.0, 260.0);
        while at_m < long {
            let (at, direction) = along(&way.line, at_m);
            let side = if chance.is(0.5) { 1.0 } else { -1.0 };
            let out = direction.left() * side;
            yard.add(at + out * chance.between(14.0, 20.0), out, 12.0, 9.5);
            at_m += if chance.is(0.4) {
                18.0
            } else {
                chance.between(120.0, 520.0)
            };
        }
    }
    yard.houses
}

/// A few houses across narrow water.
fn far_bank(village: &Village, yard: &mut Yard<'_>, chance: &mut Chance) {
    if village.half_m < 3.0 {
        return;
    }
    let mut along_m = -120.0;
    while along_m < 120.0 {
        if village.has_front(along_m) && chance.is(0.6) {
            let (at, inland) = village.spot(along_m, -2.0 * village.half_m - 16.0);
            yard.add(at, inland, 11.0, 9.0);
        }
        along_m += 17.0;
    }
}

struct Yard<'a> {
    wet: &'a Raster,
    built: &'a Raster,
    houses: Vec<[Point; 4]>,
}

impl Yard<'_> {
    /// Builds a house unless water, a way or another house is too near.
    fn add(&mut self, at: Point, inland: Point, wide_m: f64, deep_m: f64) {
        let (half, deep) = (inland.left() * (wide_m * 0.5), inland * (deep_m * 0.5));
        let corners = [
            at - half - deep,
            at + half - deep,
            at + half + deep,
            at - half + deep,
        ];
        let is_inside =
            (40.0..WIDTH - 40.0).contains(&at.x) && (40.0..HEIGHT - 40.0).contains(&at.y);
        let is_free = |point: &Point| self.built.at(*point) == 0 && self.wet.at(*point) == 0;
        let sides = (0..4).map(|i| corners[i].toward(corners[(i + 1) % 4], 0.5));
        let is_clear = is_inside
            && corners
                .into_iter()
                .chain(sides)
                .chain([at])
                .all(|p| is_free(&p));
        let is_near = |other: &[Point; 4]| {
            let middle = other[0].toward(other[2], 0.5);
            middle.to(at) < wide_m.max(deep_m) + 2.0
        };
        if is_clear && !self.houses.iter().any(is_near) {
            self.houses.push(corners);
        }
    }
}
