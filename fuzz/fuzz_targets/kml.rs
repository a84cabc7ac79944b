//! KML.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhugan_fuzz::read;

fuzz_target!(|bytes: &[u8]| read("file.kml", bytes));
