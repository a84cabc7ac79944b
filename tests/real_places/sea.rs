//! The sea, and real registers of life rings beside it.

use zhugan::ground::place::On;
use zhugan::ground::spot::Spot;
use zhugan::model::equipment::EquipmentKind;
use zhugan::model::oddity::OddityKind;
use zhugan::model::water::WaterKind;
use zhugan::units::Meters;

use super::REGION;
use super::Town;
use super::town;
use crate::formats::Folder;
use crate::formats::shared;

/// The length of the sea's banks, kilometers.
fn sea_km(town: &Town) -> f64 {
    let ground = &town.ground;
    let banks = ground.banks.iter();
    let lengths = banks
        .filter(|bank| ground.water_bodies[bank.water_body].kind == WaterKind::Sea)
        .map(|bank| bank.length().0);
    lengths.sum::<f64>() / 1000.0
}

/// What a place, in degrees, lies on.
fn on(town: &Town, lon: f64, lat: f64) -> On {
    let place = zhugan::geometry::lon_lat::LonLat::new(lon, lat).unwrap();
    let spot = Spot::at(town.ground.plane.to_plane(place)).unwrap();
    town.ground.place(spot).on
}

#[test]
fn helsinki_lies_on_the_sea_on_three_sides() {
    let Some(town) = town("helsinki-centre-2019.osm.pbf") else {
        return;
    };
    let length = sea_km(town);
    println!("{length:.2} km of sea bank");
    assert!((4.5..6.0).contains(&length), "{length}");
    // The South Harbor, the bay north of Kruununhaka, the Senate Square, the railway station.
    assert_eq!(on(town, 24.9555, 60.1660), On::Water);
    assert_eq!(on(town, 24.9520, 60.1765), On::Water);
    assert_eq!(on(town, 24.9522, 60.1695), On::Land);
    assert!(!matches!(
        on(town, 24.9414, 60.1719),
        On::Water | On::Outside
    ));
}

#[test]
fn all_12_rings_of_helsinki_stand_on_the_ground() {
    let Some(town) = town("helsinki-centre-2019.osm.pbf") else {
        return;
    };
    let rings = town.layers.equipment.iter();
    let rings: Vec<_> = rings
        .filter(|piece| piece.kind == EquipmentKind::Ring)
        .collect();
    assert_eq!(rings.len(), 12);
    for ring in rings {
        let spot = Spot::at(town.ground.plane.to_plane(ring.at)).unwrap();
        let standing = town.ground.standing(spot).unwrap();
        assert!(!standing.place.legs.is_empty(), "{}", ring.id);
        assert_eq!(standing.moved, Meters::ZERO, "{}", ring.id);
        assert_eq!(standing.other_bank, None, "{}", ring.id);
    }
}

#[test]
fn monaco_has_its_harbor_and_its_sea() {
    let Some(town) = town("monaco-2021.osm.pbf") else {
        return;
    };
    let length = sea_km(town);
    println!("{length:.2} km of sea bank");
    assert!((9.5..11.5).contains(&length), "{length}");
    // Port Hercule, the open sea, the palace's rock, the casino.
    assert_eq!(on(town, 7.4250, 43.7350), On::Water);
    assert_eq!(on(town, 7.4320, 43.7345), On::Water);
    assert!(!matches!(
        on(town, 7.4206, 43.7315),
        On::Water | On::Outside
    ));
    assert!(!matches!(
        on(town, 7.4280, 43.7392),
        On::Water | On::Outside
    ));
}

#[test]
fn the_lifebuoys_of_north_sea_port_stand_at_its_docks() {
    let files = [
        "haven_dokken_northsp.json",
        "kaaimuren_northsp.json",
        "steigers_northsp.json",
        "reddingsboeien_northsp.json",
    ];
    let mut contents = Vec::new();
    for file in files {
        let Some(path) = shared(&format!("rescue-equipment/{file}")) else {
            return;
        };
        contents.push((file, std::fs::read(path).unwrap()));
    }
    // Quay walls and jetties run along the water's edge and out into it: as walls they would only keep people from the
    // bank, so the docks alone bar the way.
    let region = format!(
        "{REGION}[[source]]\nfile = \"{}\"\nuse = [\"water\"]\n\
         [[source]]\nfile = \"{}\"\nuse = [\"equipment\"]\nkind = \"ring\"\ncolumns = {{ id = \"assetID\" }}\n",
        files[0], files[3]
    );
    let mut all: Vec<(&str, &[u8])> = contents
        .iter()
        .map(|(file, bytes)| (*file, &bytes[..]))
        .collect();
    all.push(("region.toml", region.as_bytes()));
    let town = Town::read(&Folder::new(&all));
    let ground = &town.ground;
    let (mut n_dry, mut n_moved, mut n_doubtful, mut n_lost) = (0, 0, 0, 0);
    for piece in &town.layers.equipment {
        let spot = Spot::at(ground.plane.to_plane(piece.at)).unwrap();
        match ground.standing(spot) {
            None => n_lost += 1,
            Some(standing) if standing.other_bank.is_some() => n_doubtful += 1,
            Some(standing) if standing.moved > Meters::ZERO => n_moved += 1,
            Some(_) => n_dry += 1,
        }
    }
    println!(
        "{} pieces, {} repeats; {n_dry} on the ground, {n_moved} moved to a bank, {n_doubtful} between two banks, {n_lost} far from any; {:.0} km of bank",
        town.layers.equipment.len(),
        town.n_odd(OddityKind::Duplicate),
        town.bank_km(),
    );
    assert_eq!(
        town.layers.equipment.len() + town.n_odd(OddityKind::Duplicate),
        725
    );
    assert!((390..=400).contains(&town.layers.equipment.len()));
    assert!(n_dry > n_lost);
}
