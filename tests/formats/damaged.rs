//! Files of every binary format with a byte changed or an end cut off: an error of one line or layers, never a crash.

use proptest::prelude::*;
use zhugan::formats::region_file::Source;

use super::geopackage;
use super::read;
use super::shapefile;
use super::spreadsheet;
use super::wanted;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_damaged_file_is_an_error_or_layers(
        cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        for (file, whole) in [
            ("a.zip", shapefile::sample()),
            ("a.gpkg", geopackage::sample()),
            ("a.xlsx", spreadsheet::office()),
        ] {
            let mut bytes = whole.clone();
            let place = at.index(bytes.len());
            bytes[place] = byte;
            let _ = read(&Source::new(file, wanted("equipment")), &bytes);
            bytes.truncate(cut.index(bytes.len()));
            let _ = read(&Source::new(file, wanted("equipment")), &bytes);
        }
    }

    #[test]
    fn a_damaged_loose_shapefile_is_an_error_or_layers(
        part in 0..2_usize, at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut parts = shapefile::sample_parts();
        let bytes = &mut parts[part];
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let [shapes, cells] = &parts;
        let archive = shapefile::zipped(&[("a.shp", shapes), ("a.dbf", cells)]);
        let _ = read(&Source::new("a.zip", wanted("equipment")), &archive);
    }
}
