//! What goes out, read by GDAL: the program that most others read maps with. Not run where it is not installed.

use std::process::Command;

use serde_json::Value;
use zhugan::formats::points::PointFormat;

use super::Folder;
use super::points;

#[test]
fn gdal_reads_every_format_with_the_same_pieces_and_places() {
    if Command::new("ogr2ogr").arg("--version").output().is_err() {
        println!("skipped: GDAL (Debian's gdal-bin) is not installed");
        return;
    }
    for format in PointFormat::ALL {
        let file = format!("register.{}", format.extension());
        let bytes = format.bytes(&points::points()).unwrap();
        let folder = Folder::new(&[(&file, &bytes)]);
        // The other layers of these are for other things.
        let layer: &[&str] = match format {
            PointFormat::Gpx => &["waypoints"],
            PointFormat::Xlsx => &["register"],
            _ => &[],
        };
        let as_geojson = Command::new("ogr2ogr")
            .args([
                "-f",
                "GeoJSON",
                "-lco",
                "COORDINATE_PRECISION=17",
                "-lco",
                "WRITE_NAME=NO",
            ])
            .args(["-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat"])
            .args(["-oo", "HEADERS=FORCE"])
            .arg("/vsistdout/")
            .arg(folder.path().join(&file))
            .args(layer)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&as_geojson.stderr);
        assert!(as_geojson.status.success(), "{format:?}: {told}");
        let read: Value = serde_json::from_slice(&as_geojson.stdout).unwrap();
        let features = read["features"].as_array().unwrap();
        assert_eq!(features.len(), points::PLACES.len(), "{format:?}: {read}");
        for (feature, place) in features.iter().zip(points::PLACES) {
            // A spreadsheet has columns for the place, and no shape.
            let at = match format {
                PointFormat::Xlsx => [&feature["properties"]["lon"], &feature["properties"]["lat"]],
                _ => [
                    &feature["geometry"]["coordinates"][0],
                    &feature["geometry"]["coordinates"][1],
                ],
            };
            for (read, written) in at.into_iter().zip(place) {
                let read = read.as_f64().unwrap_or(f64::NAN);
                // GDAL writes 15 digits of GPX's own numbers.
                assert!(
                    (read - written).abs() < 1e-12,
                    "{format:?}: {read} is not {written}"
                );
            }
        }
    }
}
