//! Real Shapefiles and `GeoPackage`s, where this machine has them.

use zhugan::formats::read_source;
use zhugan::formats::region_file::Source;
use zhugan::model::layers::Layers;

use super::shared;
use super::wanted;

fn read(file: &str, layer: &str, change: impl Fn(&mut Source)) -> Option<Layers> {
    let folder = shared("formats")?;
    let mut source = Source::new(file, wanted(layer));
    change(&mut source);
    Some(read_source(&folder, &source).unwrap())
}

#[test]
fn the_same_86_stations_stand_in_a_shapefile_and_in_a_geopackage() {
    let rings =
        |source: &mut Source| source.kind = Some(zhugan::model::equipment::EquipmentKind::Ring);
    let both =
        ["stations-shapefile.zip", "stations.gpkg"].map(|file| read(file, "equipment", rings));
    let [Some(shapefile), Some(geopackage)] = both else {
        return;
    };
    let places = |layers: &Layers| {
        let mut places: Vec<(String, f64, f64)> = layers
            .equipment
            .iter()
            .map(|piece| {
                (
                    piece.name.clone().unwrap_or_default(),
                    piece.at.lon(),
                    piece.at.lat(),
                )
            })
            .collect();
        places.sort_by(|a, b| a.partial_cmp(b).unwrap());
        places
    };
    assert_eq!(shapefile.equipment.len(), 86);
    assert_eq!(places(&shapefile), places(&geopackage));
    assert!(places(&shapefile).iter().any(|(name, ..)| !name.is_empty()));
}

#[test]
fn the_sea_of_the_riviera_comes_from_web_mercator_to_where_it_is() {
    let Some(layers) = read("water-polygons-3857-shapefile.zip", "water", |_| ()) else {
        return;
    };
    assert_eq!(layers.water_areas.len(), 7);
    let points = layers
        .water_areas
        .iter()
        .flat_map(|area| &area.rings)
        .flat_map(|ring| &ring.points);
    let n_points = points.clone().count();
    assert!(n_points > 60_000, "{n_points}");
    for point in points {
        let is_there = (5.0..9.5).contains(&point.lon()) && (42.0..45.0).contains(&point.lat());
        assert!(is_there, "{point:?}");
    }
}

#[test]
fn a_layer_of_prague_is_read_and_its_raster_passed_over() {
    let Some(layers) = read("bubenec.gpkg", "obstacles", |source| {
        source.layer = Some("buildings".to_owned());
    }) else {
        return;
    };
    assert_eq!(layers.buildings.len(), 144);
    for building in &layers.buildings {
        let at = building.rings[0].points[0];
        assert!(
            (14.3..14.5).contains(&at.lon()) && (50.0..50.2).contains(&at.lat()),
            "{at:?}"
        );
    }
    let streets = read("bubenec.gpkg", "paths", |source| {
        source.layer = Some("streets".to_owned());
    });
    assert_eq!(streets.unwrap().paths.len(), 35);
    let folder = shared("formats").unwrap();
    let mut source = Source::new("bubenec.gpkg", wanted("water"));
    source.layer = Some("dtm".to_owned());
    let line = read_source(&folder, &source).unwrap_err().to_string();
    assert!(line.contains("buildings"), "{line}");
}
