//! All tests in one program, so that the library is linked once.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test that cannot go on fails it, as the test itself would"
)]

mod commands;
mod datum;
mod formats;
mod formats_osm;
mod http;
mod nearest_command;
mod pages;
mod papers;
mod patrol;
mod patrol_command;
mod place_command;
mod placement;
mod program;
mod project;
mod real_places;
mod rust_text;
mod sample_equipment;
mod store;
mod tidy;
mod towns;
mod walks;
mod water_town;
