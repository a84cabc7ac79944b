//! Reading again what was read before: the same banks, by the same ids.

use std::collections::BTreeSet;

use zhugan::ground::Ground;
use zhugan::ground::spot::Spot;
use zhugan::model::equipment::Equipment;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::oddity::OddityKind;
use zhugan::plan::coverage::coverage;
use zhugan::plan::survey::ReachByKind;
use zhugan::units::Meters;

use super::ALL_LAYERS;
use super::REGION;
use super::Town;
use super::folder;
use super::town;
use crate::formats::Folder;

/// Every bank by id with its length, and every gap by id with its length and reason.
fn told(town: &Town) -> Vec<String> {
    let ground = &town.ground;
    let stand = |piece: &Equipment| ground.standing(Spot::at(ground.plane.to_plane(piece.at))?);
    let standings: Vec<_> = town.layers.equipment.iter().map(stand).collect();
    let reach = ReachByKind::new(&town.layers.equipment, &standings);
    let survey = reach.survey(ground, &town.closures, &EquipmentKind::ALL);
    let coverage = coverage(&survey, Meters(50.0));
    let banks = ground.banks.iter();
    let banks = banks.map(|bank| format!("{} {}", bank.id, bank.length()));
    let gaps = coverage.gaps();
    let gaps = gaps.map(|gap| format!("{} {} {:?}", gap.id, gap.to - gap.from, gap.reason));
    banks.chain(gaps).collect()
}

#[test]
fn the_sample_read_twice_has_the_same_banks_and_gaps() {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/liechtenstein");
    let files = [
        "region.toml",
        "equipment.csv",
        "liechtenstein-2013-08-03.osm.pbf",
    ];
    let contents = files.map(|file| std::fs::read(sample.join(file)).unwrap());
    let files: Vec<(&str, &[u8])> = files
        .into_iter()
        .zip(contents.iter().map(Vec::as_slice))
        .collect();
    let first = told(&Town::read(&Folder::new(&files)));
    let second = told(&Town::read(&Folder::new(&files)));
    assert!(first.len() > 100);
    assert_eq!(first, second);
}

#[test]
fn a_map_named_twice_counts_once() {
    let Some(once) = folder("osm-places/krems-2013.osm.gz", ALL_LAYERS, "") else {
        return;
    };
    let map = std::fs::read(once.path().join("krems-2013.osm.gz")).unwrap();
    let source = |file: &str| format!("[[source]]\nfile = \"{file}\"\nuse = [{ALL_LAYERS}]\n");
    let region = format!(
        "{REGION}{}{}",
        source("krems-2013.osm.gz"),
        source("again.osm.gz")
    );
    let twice = Folder::new(&[
        ("krems-2013.osm.gz", &map),
        ("again.osm.gz", &map),
        ("region.toml", region.as_bytes()),
    ]);
    let (once, twice) = (Town::read(&once), Town::read(&twice));
    println!("{} duplicates told", twice.n_odd(OddityKind::Duplicate));
    assert_eq!(ids(&once.ground), ids(&twice.ground));
    assert_eq!(twice.n_odd(OddityKind::Duplicate), 1);
    assert_eq!(told(&once), told(&twice));
    let crossings = |town: &Town| -> BTreeSet<String> {
        let crossings = town.ground.crossings.iter();
        crossings.map(|crossing| crossing.id.clone()).collect()
    };
    assert_eq!(crossings(&once), crossings(&twice));
}

fn ids(ground: &Ground) -> BTreeSet<String> {
    let bodies = ground.water_bodies.iter();
    bodies.map(|body| body.id.clone()).collect()
}

#[test]
fn the_named_waters_of_2013_are_found_again_in_2022() {
    let (Some(old), Some(new)) = (
        town("liechtenstein-2013.osm.bz2"),
        town("liechtenstein-2022.osm.pbf"),
    ) else {
        return;
    };
    let (before, after) = (ids(&old.ground), ids(&new.ground));
    // The extract of 2013 numbers its objects afresh, so hardly an id can be kept.
    println!(
        "{} water bodies in 2013, {} in 2022, {} ids kept",
        before.len(),
        after.len(),
        before.intersection(&after).count()
    );
    let names = |town: &'static Town| -> BTreeSet<&'static str> {
        let bodies = town.ground.water_bodies.iter();
        bodies.filter_map(|body| body.name.as_deref()).collect()
    };
    let (before, after) = (names(old), names(new));
    let lost: Vec<_> = before.difference(&after).collect();
    println!(
        "{} names in 2013, {} in 2022, lost: {lost:?}",
        before.len(),
        after.len()
    );
    for name in ["Rhein", "Binnenkanal", "Grosser Kanal"] {
        assert!(before.contains(name) && after.contains(name), "{name}");
    }
    assert!(lost.len() * 2 < before.len());
}
