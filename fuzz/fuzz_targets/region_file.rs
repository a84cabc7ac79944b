//! `region.toml`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhugan::formats::region_file::parse;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = parse(text);
    }
});
