//! All tests in one program, so that the library is linked once.

mod formats_osm;
mod papers;
mod project;
mod rust_text;
mod tidy;
