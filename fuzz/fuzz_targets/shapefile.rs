//! Shapefiles: their parts in an archive, and an archive that is none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhugan_fuzz::archive;
use zhugan_fuzz::parts;
use zhugan_fuzz::read;

fuzz_target!(|bytes: &[u8]| {
    read("file.zip", bytes);
    let [shp, dbf, prj, cpg] = parts(bytes);
    let files = [("a.shp", shp), ("a.dbf", dbf), ("a.prj", prj), ("a.cpg", cpg)];
    read("file.zip", &archive(&files));
});
