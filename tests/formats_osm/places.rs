//! Real extracts, where they are at hand: counts that an independent reader and the files' own table give.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use osmpbf::Element;
use osmpbf::ElementReader;
use zhugan::formats::osm::read;
use zhugan::formats::wanted::Wanted;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::layers::Layers;
use zhugan::model::water::WaterKind;

/// A file of the shared extracts, if it is there.
fn extract(name: &str) -> Option<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/osm-places");
    let path = PathBuf::from(folder).join(name);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn layers(name: &str) -> Option<Layers> {
    let path = extract(name)?;
    Some(read(name, &path, &Wanted::ALL, &|_| ()).unwrap())
}

fn n_walkable_ways(layers: &Layers) -> usize {
    let ways = layers
        .paths
        .iter()
        .map(|path| path.source.split('.').next());
    ways.collect::<BTreeSet<_>>().len()
}

fn n_of(layers: &Layers, kind: EquipmentKind) -> usize {
    layers
        .equipment
        .iter()
        .filter(|piece| piece.kind == kind)
        .count()
}

#[test]
fn krems_has_the_danube_with_its_bridges() {
    let Some(layers) = layers("krems-2013.osm.gz") else {
        return;
    };
    assert_eq!(n_walkable_ways(&layers), 727);
    let danube = layers
        .water_areas
        .iter()
        .find(|area| area.source == "r2827600")
        .unwrap();
    assert_eq!(danube.name.as_deref(), Some("Donau"));
    assert_eq!(danube.kind, WaterKind::River);
    assert!(danube.rings.iter().all(|ring| ring.cuts.is_empty()));
    let center_lines = layers
        .water_lines
        .iter()
        .filter(|line| line.name.as_deref() == Some("Donau"));
    assert_eq!(center_lines.count(), 2);
}

#[test]
fn liechtenstein_has_the_rhine_at_both_dates() {
    for (name, n_ways, rhine) in [
        ("liechtenstein-2013.osm.bz2", 2742, ["w2533", "w2534"]),
        ("liechtenstein-2022.osm.pbf", 7459, ["r8889702", "r9404214"]),
    ] {
        let Some(layers) = layers(name) else {
            return;
        };
        assert_eq!(n_walkable_ways(&layers), n_ways, "{name}");
        for source in rhine {
            let area = layers
                .water_areas
                .iter()
                .find(|area| area.source == source)
                .unwrap();
            assert_eq!(area.kind, WaterKind::River);
            assert!(area.rings.iter().all(|ring| ring.cuts.is_empty()));
        }
        let mut villages: Vec<&str> = layers.villages.iter().map(|v| &*v.name).collect();
        villages.sort_unstable();
        let communes = [
            "Balzers",
            "Eschen",
            "Gamprin",
            "Mauren",
            "Planken",
            "Ruggell",
            "Schaan",
            "Schellenberg",
            "Triesen",
            "Triesenberg",
            "Vaduz",
        ];
        assert_eq!(villages, communes, "{name}");
    }
}

#[test]
fn liechtenstein_has_its_rings_and_defibrillators() {
    let Some(layers) = layers("liechtenstein-2022.osm.pbf") else {
        return;
    };
    assert_eq!(n_of(&layers, EquipmentKind::Ring), 2);
    assert_eq!(n_of(&layers, EquipmentKind::Aed), 109);
}

#[test]
fn helsinki_has_twelve_rings_in_three_spellings_and_its_shore() {
    let Some(layers) = layers("helsinki-centre-2019.osm.pbf") else {
        return;
    };
    assert_eq!(n_of(&layers, EquipmentKind::Ring), 12);
    assert!(layers.coastlines.len() > 5);
}

#[test]
fn london_has_the_thames_with_its_islands() {
    let Some(layers) = layers("london-centre-2020.osm.pbf") else {
        return;
    };
    let thames = layers
        .water_areas
        .iter()
        .find(|area| area.source == "r28934")
        .unwrap();
    assert_eq!(thames.name.as_deref(), Some("River Thames"));
    assert!(thames.rings.len() > 1 && thames.rings.iter().all(|ring| ring.cuts.is_empty()));
    assert_eq!(n_of(&layers, EquipmentKind::Ring), 3);
    assert_eq!(n_of(&layers, EquipmentKind::Aed), 2);
}

#[test]
fn andorra_and_monaco_have_their_parishes_and_wards() {
    let (Some(andorra), Some(monaco)) = (
        layers("andorra-2021.osm.pbf"),
        layers("monaco-2021.osm.pbf"),
    ) else {
        return;
    };
    assert_eq!((andorra.villages.len(), monaco.villages.len()), (7, 9));
    assert_eq!(n_of(&andorra, EquipmentKind::Aed), 6);
    assert_eq!(n_of(&monaco, EquipmentKind::Aed), 10);
    assert!(!monaco.coastlines.is_empty());
}

#[test]
fn reading_twice_gives_the_same_and_tells_its_progress() {
    let Some(path) = extract("monaco-2021.osm.pbf") else {
        return;
    };
    let n_read = AtomicU64::new(0);
    let progress = |n: u64| n_read.store(n, Ordering::Relaxed);
    let first = read("monaco", &path, &Wanted::ALL, &progress).unwrap();
    assert_eq!(
        n_read.load(Ordering::Relaxed),
        path.metadata().unwrap().len()
    );
    for _ in 0..5 {
        assert_eq!(read("monaco", &path, &Wanted::ALL, &|_| ()).unwrap(), first);
    }
}

/// Another reader of the same format is the judge of ours: every path's points, one by one.
#[test]
fn paths_lie_where_another_reader_finds_them() {
    for name in [
        "monaco-2021.osm.pbf",
        "helsinki-centre-2019.osm.pbf",
        "andorra-2021.osm.pbf",
    ] {
        let Some(path) = extract(name) else {
            return;
        };
        let mut nodes = BTreeMap::new();
        let mut ways = BTreeMap::new();
        let reader = ElementReader::from_path(&path).unwrap();
        let take = |element: Element| match element {
            Element::Node(node) => {
                nodes.insert(node.id(), (node.decimicro_lon(), node.decimicro_lat()));
            }
            Element::DenseNode(node) => {
                nodes.insert(node.id(), (node.decimicro_lon(), node.decimicro_lat()));
            }
            Element::Way(way) => {
                if way.tags().any(|(key, _)| key == "highway") {
                    ways.insert(way.id(), way.refs().collect::<Vec<i64>>());
                }
            }
            Element::Relation(_) => {}
        };
        reader.for_each(take).unwrap();
        let layers = read(
            name,
            &path,
            &Wanted {
                paths: true,
                ..Wanted::default()
            },
            &|_| (),
        )
        .unwrap();
        let mut n_compared = 0;
        for path in &layers.paths {
            let id: i64 = path.source[1..].split('.').next().unwrap().parse().unwrap();
            let Some(refs) = ways.get(&id) else {
                continue;
            };
            let mut expected: Vec<(i32, i32)> = refs
                .iter()
                .filter_map(|node| nodes.get(node).copied())
                .collect();
            expected.dedup();
            let found: Vec<(i32, i32)> = path.points.iter().map(|at| at.key()).collect();
            let is_piece = expected.windows(found.len()).any(|piece| piece == found);
            assert!(is_piece, "{name} {}", path.source);
            n_compared += 1;
        }
        assert!(n_compared > 2000, "{name}: {n_compared}");
    }
}
