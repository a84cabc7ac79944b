//! Real files, where this machine has them: Fengqiao's villages and the lifebuoys of North Sea Port.

use zhugan::formats::read_source;
use zhugan::formats::region_file::Source;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::layers::Layers;
use zhugan::model::oddity::OddityKind;

use super::of_kind;
use super::shared;
use super::wanted;

fn read_shared(folder: &str, source: &Source) -> Option<Layers> {
    let folder = shared(folder)?;
    let layers = read_source(&folder, source).unwrap();
    for oddity in layers.oddities.iter().take(5) {
        println!(
            "{}: {}: {:?}: {}",
            oddity.file, oddity.id, oddity.kind, oddity.detail
        );
    }
    Some(layers)
}

#[test]
fn fengqiao_has_30_villages_4_invalid_and_1_inside_another() {
    let source = Source::new("330681109.json", wanted("villages"));
    let Some(layers) = read_shared("zhuji-fengqiao", &source) else {
        return;
    };
    assert_eq!(layers.villages.len(), 30);
    assert!(layers.villages.iter().all(|village| {
        village.id.len() == 12 && village.code.as_deref() == Some(village.id.as_str())
    }));
    let mut invalid: Vec<&str> = of_kind(&layers, OddityKind::InvalidOutline)
        .iter()
        .map(|oddity| oddity.id.split(' ').nth(1).unwrap())
        .collect();
    invalid.sort_unstable();
    let mut expected = ["枫一社区", "齐东村", "全堂村", "三江村"];
    expected.sort_unstable();
    assert_eq!(invalid, expected);
    let inside = of_kind(&layers, OddityKind::Overlap);
    assert_eq!(inside.len(), 1);
    assert!(inside[0].id.contains("永安社区") && inside[0].detail.contains("海角社区"));
    assert_eq!(layers.oddities.len(), 5, "{:?}", layers.oddities);
}

#[test]
fn codes_given_as_numbers_are_text() {
    for (file, count) in [
        ("330681.json", 23),
        ("datav_330600_gcj02.json", 6),
        ("datav_330681_gcj02.json", 1),
    ] {
        let Some(layers) = read_shared("zhuji-fengqiao", &Source::new(file, wanted("villages")))
        else {
            return;
        };
        assert_eq!(layers.villages.len(), count);
        assert!(layers.villages.iter().all(|village| village.code.is_some()));
    }
}

#[test]
fn the_725_lifebuoys_are_about_400_and_every_repeat_is_told() {
    let mut source = Source::new("reddingsboeien_northsp.json", wanted("equipment"));
    source.columns = [
        ("id", "assetID"),
        ("inspected_on", "datumLaatsteInspectie"),
        ("condition", "conditie"),
    ]
    .map(|(ours, theirs)| (ours.to_owned(), theirs.to_owned()))
    .into();
    source.kind = Some(EquipmentKind::Ring);
    let Some(layers) = read_shared("rescue-equipment", &source) else {
        return;
    };
    let told = of_kind(&layers, OddityKind::Duplicate);
    println!("{} pieces, {} repeats", layers.equipment.len(), told.len());
    assert_eq!(layers.equipment.len() + told.len(), 725);
    assert!((390..=400).contains(&layers.equipment.len()));
    assert!(
        told.iter()
            .all(|oddity| oddity.detail.matches("feature ").count() == 3)
    );
    assert!(
        layers
            .equipment
            .iter()
            .all(|piece| piece.kind == EquipmentKind::Ring)
    );
}

#[test]
fn docks_quays_and_jetties_are_read_from_esri_json() {
    for (file, layer, count) in [
        ("haven_dokken_northsp.json", "water", 55),
        ("kaaimuren_northsp.json", "obstacles", 255),
        ("steigers_northsp.json", "obstacles", 114),
        ("beheergebied_northsp.json", "villages", 9),
    ] {
        let Some(layers) = read_shared("rescue-equipment", &Source::new(file, wanted(layer)))
        else {
            return;
        };
        let mut ids: Vec<&str> = layers
            .walls
            .iter()
            .map(|wall| wall.source.split('-').next().unwrap())
            .collect();
        ids.dedup();
        println!(
            "{file}: {} areas, {} walls, {} villages, {} oddities",
            layers.water_areas.len(),
            layers.walls.len(),
            layers.villages.len(),
            layers.oddities.len()
        );
        assert!(layers.water_areas.len() + layers.walls.len() + layers.villages.len() >= count);
    }
}

#[test]
fn areas_that_should_be_paths_are_told() {
    let source = Source::new("fietspaden_northsp.json", wanted("paths"));
    let Some(layers) = read_shared("rescue-equipment", &source) else {
        return;
    };
    assert!(layers.paths.is_empty());
    assert!(
        of_kind(&layers, OddityKind::Ignored)[0]
            .detail
            .contains("143 times")
    );
}
