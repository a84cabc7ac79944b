//! Real places, where their extracts are at hand: what becomes of them, from the file to the ground.

mod again;
mod far_banks;
mod imports;
mod patrol;
mod placement;
mod sea;
mod straight;

use std::sync::OnceLock;

use zhugan::formats::read_region;
use zhugan::ground::Closures;
use zhugan::ground::Ground;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::Oddity;
use zhugan::model::oddity::OddityKind;
use zhugan::model::region::RegionSettings;

use crate::formats::Folder;
use crate::formats::shared;

/// A region that was read and built.
pub struct Town {
    pub settings: RegionSettings,
    pub layers: Layers,
    pub ground: Ground,
    pub closures: Closures,
    /// What the ground found odd, beside what the layers tell.
    pub oddities: Vec<Oddity>,
}

impl Town {
    /// From a folder with a region's file.
    pub fn read(folder: &Folder) -> Self {
        Self::read_with(folder, |_| ())
    }

    /// From a folder, with other settings than it gives.
    pub fn read_with(folder: &Folder, set: impl FnOnce(&mut RegionSettings)) -> Self {
        let (mut settings, layers) = read_region(folder.path(), &|_| ()).unwrap();
        set(&mut settings);
        let (ground, oddities) = Ground::build(&layers, &settings, &|_| ()).unwrap();
        let closures = Closures::mapped(&ground.crossings);
        Self {
            settings,
            layers,
            ground,
            closures,
            oddities,
        }
    }

    pub fn n_odd(&self, kind: OddityKind) -> usize {
        let all = self.layers.oddities.iter().chain(&self.oddities);
        all.filter(|oddity| oddity.kind == kind).count()
    }

    /// The banks' length.
    pub fn bank_km(&self) -> f64 {
        let lengths = self.ground.banks.iter().map(|bank| bank.length().0);
        lengths.sum::<f64>() / 1000.0
    }
}

/// The start of a region's file; what follows says what to take from where.
pub const REGION: &str = "id = \"place\"\nname = { en = \"Place\" }\ntime_zone = \"UTC\"\n";

/// A folder with one shared file as its region, taking these layers; none where the file is not at hand.
pub fn folder(path: &str, layers: &str, more: &str) -> Option<Folder> {
    let bytes = std::fs::read(shared(path)?).unwrap();
    let file = path.rsplit('/').next().unwrap();
    let region = format!("{REGION}[[source]]\nfile = \"{file}\"\nuse = [{layers}]\n{more}");
    Some(Folder::new(&[
        (file, &bytes),
        ("region.toml", region.as_bytes()),
    ]))
}

const ALL_LAYERS: &str = r#""water", "paths", "villages", "obstacles", "equipment""#;

/// An extract, and about what it holds.
struct Extract {
    file: &'static str,
    n_villages: usize,
    n_equipment: usize,
    bank_km: f64,
    n_bridges: usize,
}

const EXTRACTS: [Extract; 7] = [
    Extract {
        file: "krems-2013.osm.gz",
        n_villages: 0,
        n_equipment: 0,
        bank_km: 100.0,
        n_bridges: 13,
    },
    Extract {
        file: "liechtenstein-2013.osm.bz2",
        n_villages: 11,
        n_equipment: 0,
        bank_km: 128.0,
        n_bridges: 49,
    },
    Extract {
        file: "liechtenstein-2022.osm.pbf",
        n_villages: 11,
        n_equipment: 111,
        bank_km: 172.0,
        n_bridges: 92,
    },
    Extract {
        file: "helsinki-centre-2019.osm.pbf",
        n_villages: 3,
        n_equipment: 12,
        bank_km: 8.0,
        n_bridges: 50,
    },
    Extract {
        file: "london-centre-2020.osm.pbf",
        n_villages: 1,
        n_equipment: 5,
        bank_km: 8.8,
        n_bridges: 21,
    },
    Extract {
        file: "andorra-2021.osm.pbf",
        n_villages: 7,
        n_equipment: 6,
        bank_km: 316.0,
        n_bridges: 182,
    },
    Extract {
        file: "monaco-2021.osm.pbf",
        n_villages: 9,
        n_equipment: 10,
        bank_km: 11.2,
        n_bridges: 57,
    },
];

/// An extract as a region, read and built once for all tests; none where it is not at hand.
pub fn town(file: &str) -> Option<&'static Town> {
    static TOWNS: [OnceLock<Option<Town>>; 7] = [const { OnceLock::new() }; 7];
    let place = EXTRACTS.iter().position(|extract| extract.file == file);
    let town = TOWNS[place.unwrap()].get_or_init(|| {
        let folder = folder(&format!("osm-places/{file}"), ALL_LAYERS, "")?;
        Some(Town::read(&folder))
    });
    town.as_ref()
}

#[test]
fn every_extract_becomes_ground_with_a_report() {
    for extract in EXTRACTS {
        let Some(town) = town(extract.file) else {
            return;
        };
        let file = extract.file;
        println!(
            "{file}: {} villages, {} pieces, {:.1} km of {} banks, {} crossings, {} + {} oddities",
            town.layers.villages.len(),
            town.layers.equipment.len(),
            town.bank_km(),
            town.ground.banks.len(),
            town.ground.crossings.len(),
            town.layers.oddities.len(),
            town.oddities.len(),
        );
        assert_eq!(town.layers.villages.len(), extract.n_villages, "{file}");
        assert_eq!(town.layers.equipment.len(), extract.n_equipment, "{file}");
        let share = town.bank_km() / extract.bank_km;
        assert!((0.95..=1.05).contains(&share), "{file}: {share}");
        let bridges = town.ground.crossings.iter();
        let n_bridges = bridges
            .filter(|crossing| crossing.id.starts_with("bridge-"))
            .count();
        assert!(
            n_bridges.abs_diff(extract.n_bridges) <= extract.n_bridges / 10,
            "{file}: {n_bridges}"
        );
        assert!(
            !town.oddities.is_empty(),
            "{file}: closed crossings are told"
        );
        for oddity in town.layers.oddities.iter().chain(&town.oddities) {
            assert!(
                !oddity.id.is_empty() && !oddity.detail.is_empty(),
                "{file}: {oddity:?}"
            );
        }
        assert_eq!(town.ground.mesh.n_lost, 0, "{file}");
    }
}

#[test]
fn fengqiao_has_villages_and_no_water() {
    let Some(folder) = folder("zhuji-fengqiao/330681109.json", r#""villages""#, "") else {
        return;
    };
    let town = Town::read(&folder);
    assert_eq!(town.ground.villages.len(), 30);
    assert_eq!(
        (town.ground.banks.len(), town.ground.water_bodies.len()),
        (0, 0)
    );
    assert_eq!(town.n_odd(OddityKind::InvalidOutline), 4);
    assert_eq!(town.n_odd(OddityKind::Overlap), 1);
}
