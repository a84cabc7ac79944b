//! What comes in from files: one module per format, all giving the same layers.

pub mod osm;
pub mod wanted;
