//! Writes the files of the invented water town into a folder: `make_water_town [FOLDER] [TOWNS]`.
//!
//! Without arguments it writes the bundled region `maps/shuixiang` again, byte for byte.

mod water_town;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let bundled = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("maps/shuixiang");
    let folder = arguments.next().map_or_else(bundled, PathBuf::from);
    let n_towns = arguments.next().map_or(Ok(1), |n| n.parse())?;
    std::fs::create_dir_all(&folder)?;
    for (name, text) in water_town::region(n_towns) {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
