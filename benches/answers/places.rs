//! Where the answers are asked for: the bundled sample, copies of it side by side, and a larger extract where it is at hand.

use std::path::Path;
use std::path::PathBuf;

use zhugan::formats::read_region;
use zhugan::geometry::lon_lat::LonLat;
use zhugan::ground::Closures;
use zhugan::ground::Ground;
use zhugan::ground::place::Standing;
use zhugan::model::equipment::Condition;
use zhugan::model::equipment::Equipment;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::layers::Layers;
use zhugan::model::region::RegionSettings;

/// A place that is built.
pub struct Place {
    /// What it was built from.
    pub file: String,
    pub ground: Ground,
    pub closures: Closures,
}

/// The folder of the bundled sample.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/liechtenstein")
}

/// An extract beside the project, where it is at hand.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/osm-places")
        .join(name);
    path.is_file().then_some(path)
}

/// A folder with one extract as its region; gone when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn of(extract: &Path) -> Self {
        let name = extract.file_name().unwrap().to_str().unwrap();
        let own = format!("zhugan-bench-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::copy(extract, folder.join(name)).unwrap();
        let layers = r#""water", "paths", "villages", "obstacles", "equipment""#;
        let region = format!(
            "id = \"place\"\nname = {{ en = \"Place\" }}\ntime_zone = \"UTC\"\n\
             [[source]]\nfile = \"{name}\"\nuse = [{layers}]\n"
        );
        std::fs::write(folder.join("region.toml"), region).unwrap();
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Gives the region a table of equipment.
    pub fn add_equipment(&self, table: &str) {
        std::fs::write(self.0.join("equipment.csv"), table).unwrap();
        let file = self.0.join("region.toml");
        let mut region = std::fs::read_to_string(&file).unwrap();
        region.push_str("[[source]]\nfile = \"equipment.csv\"\nuse = [\"equipment\"]\n");
        std::fs::write(file, region).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind in the system's own place for such does no harm.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The largest place at hand.
pub fn largest() -> Place {
    let (file, (settings, layers)) = match shared("liechtenstein-2022.osm.pbf") {
        Some(extract) => {
            let folder = Folder::of(&extract);
            let read = read_region(folder.path(), &|_| ()).unwrap();
            ("../shared/data/osm-places/liechtenstein-2022.osm.pbf", read)
        }
        None => (
            "the bundled sample",
            read_region(&sample(), &|_| ()).unwrap(),
        ),
    };
    built(file, &layers, &settings)
}

pub fn built(file: &str, layers: &Layers, settings: &RegionSettings) -> Place {
    let (ground, _) = Ground::build(layers, settings, &|_| ()).unwrap();
    let closures = Closures::mapped(&ground.crossings);
    Place {
        file: file.to_owned(),
        ground,
        closures,
    }
}

/// Copies of a region laid side by side in a square of `side` by `side`, each with ids and names of its own.
pub fn side_by_side(layers: &Layers, side: usize) -> Layers {
    let (mut west, mut east, mut south, mut north) = (180.0_f64, -180.0_f64, 90.0_f64, -90.0_f64);
    each_place(&mut layers.clone(), &mut |place| {
        (west, east) = (west.min(place.lon()), east.max(place.lon()));
        (south, north) = (south.min(place.lat()), north.max(place.lat()));
    });
    let mut all = Layers::default();
    for copy in 0..side * side {
        let (right, up) = ((copy % side) as f64, (copy / side) as f64);
        let (lon, lat) = (right * (east - west) * 1.01, up * (north - south) * 1.01);
        let mut shifted = layers.clone();
        each_place(&mut shifted, &mut |place| {
            *place = LonLat::new(place.lon() + lon, place.lat() + lat).unwrap();
        });
        if copy > 0 {
            let ending = format!("-{copy}");
            each_id(&mut shifted, &mut |id| id.push_str(&ending));
        }
        all.append(shifted);
    }
    all
}

fn each_place(layers: &mut Layers, take: &mut dyn FnMut(&mut LonLat)) {
    let areas = layers.water_areas.iter_mut();
    let water_rings = areas.flat_map(|area| &mut area.rings);
    let buildings = layers.buildings.iter_mut();
    let house_rings = buildings.flat_map(|building| &mut building.rings);
    let rings = water_rings.chain(house_rings);
    rings.flat_map(|ring| &mut ring.points).for_each(&mut *take);
    let lines = layers.water_lines.iter_mut().map(|line| &mut line.points);
    let coasts = layers.coastlines.iter_mut().map(|coast| &mut coast.points);
    let paths = layers.paths.iter_mut().map(|path| &mut path.points);
    let crossings = layers.crossings.iter_mut();
    let crossings = crossings.map(|crossing| &mut crossing.points);
    let walls = layers.walls.iter_mut();
    let walls = walls.flat_map(|wall| [&mut wall.points, &mut wall.gates]);
    let villages = layers.villages.iter_mut();
    let villages = villages.flat_map(|village| &mut village.rings);
    lines
        .chain(coasts)
        .chain(paths)
        .chain(crossings)
        .chain(walls)
        .chain(villages)
        .chain(&mut layers.clip)
        .flatten()
        .for_each(&mut *take);
    let fords = layers.fords.iter_mut().map(|ford| &mut ford.at);
    let pieces = layers.equipment.iter_mut().map(|piece| &mut piece.at);
    fords.chain(pieces).for_each(take);
}

fn each_id(layers: &mut Layers, take: &mut dyn FnMut(&mut String)) {
    for area in &mut layers.water_areas {
        take(&mut area.source);
        // A river is one water body wherever it has its name.
        area.name.iter_mut().for_each(&mut *take);
    }
    for line in &mut layers.water_lines {
        take(&mut line.source);
        line.name.iter_mut().for_each(&mut *take);
    }
    for coast in &mut layers.coastlines {
        take(&mut coast.source);
    }
    for path in &mut layers.paths {
        take(&mut path.source);
    }
    for ford in &mut layers.fords {
        take(&mut ford.source);
    }
    for crossing in &mut layers.crossings {
        take(&mut crossing.source);
    }
    for building in &mut layers.buildings {
        take(&mut building.source);
    }
    for wall in &mut layers.walls {
        take(&mut wall.source);
    }
    for village in &mut layers.villages {
        take(&mut village.id);
        take(&mut village.name);
    }
    for piece in &mut layers.equipment {
        take(&mut piece.id);
    }
}

/// A small seeded generator (`SplitMix64`): the same pieces in every run.
pub struct Seed(pub u64);

impl Seed {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// The nodes of all banks, each as often as edges end there.
pub fn bank_nodes(ground: &Ground) -> Vec<u32> {
    let ends = ground.bank_edges.iter().flatten().flatten();
    ends.copied().collect()
}

/// So many usable poles at spots of banks, drawn with a seed, and where they stand.
pub fn poles(ground: &Ground, n: usize) -> (Vec<Equipment>, Vec<Option<Standing>>) {
    let nodes = bank_nodes(ground);
    let mut seed = Seed(n as u64);
    let mut equipment = Vec::new();
    let mut standings = Vec::new();
    while standings.len() < n {
        let spot = ground.nodes[nodes[seed.below(nodes.len())] as usize];
        let Some(standing) = ground.standing(spot) else {
            continue;
        };
        equipment.push(Equipment {
            id: format!("pole-{}", equipment.len()),
            kind: EquipmentKind::Pole,
            at: ground.plane.to_lon_lat(spot.coord()).unwrap(),
            condition: Condition::Usable,
            name: None,
            village: None,
            inspected_on: None,
            photo: None,
            note: None,
            is_illustrative: true,
        });
        standings.push(Some(standing));
    }
    (equipment, standings)
}
