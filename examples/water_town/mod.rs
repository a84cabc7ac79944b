//! A water town that is not there: drawn by rule from a seed, one tile a town, as many towns as asked for.
//!
//! [`region`] gives the files of a region's folder as text; what they hold is said in `maps/shuixiang/README.md`.

mod borders;
mod chance;
mod equipment;
mod files;
mod houses;
mod names;
mod people;
mod pools;
mod raster;
mod roads;
mod shapes;
mod tile;
mod villages;
mod waters;
mod ways;

use equipment::Piece;
use people::Station;
use people::Volunteer;
use rayon::prelude::*;
use shapes::Point;
use tile::Grid;
use tile::Tile;
use villages::Village;
use waters::Waters;
use ways::Ways;

/// Everything in one town, in meters from the corner of its tile.
struct Town {
    tile: Tile,
    waters: Waters,
    villages: Vec<Village>,
    ways: Ways,
    houses: Vec<[Point; 4]>,
    equipment: Vec<Piece>,
    stations: Vec<Station>,
    volunteers: Vec<Volunteer>,
}

/// The files of a region of so many towns: each one's name and text. The same number gives the same bytes.
pub fn region(n_towns: usize) -> Vec<(&'static str, String)> {
    let grid = Grid::of(n_towns.max(1));
    let towns: Vec<Town> = (0..grid.n_towns())
        .into_par_iter()
        .map(|number| Town::new(Tile::new(number, grid)))
        .collect();
    files::files(&towns, grid)
}

impl Town {
    fn new(tile: Tile) -> Self {
        let (mut wet, mut built) = (Tile::raster(), Tile::raster());
        let mut waters = Waters::of(&tile);
        waters.draw(&mut wet);
        let villages = villages::villages(&tile, &waters, &wet);
        villages::add_ponds(&tile, &mut waters, &villages, &mut wet);
        let ways = Ways::of(&tile, &waters, &villages, &wet, &mut built);
        let houses = houses::houses(&tile, &villages, &ways, &wet, &built);
        let equipment = equipment::equipment(&tile, &waters, &villages, &ways);
        let stations = people::stations(&villages, &ways);
        let volunteers = people::volunteers(&tile, &villages, &houses);
        Self {
            tile,
            waters,
            villages,
            ways,
            houses,
            equipment,
            stations,
            volunteers,
        }
    }
}
