//! Where things are: places in degrees, the systems they are given in, the region's plane in meters, the map's tiles.

pub mod compass;
pub mod converter;
pub mod datum;
mod gcj02;
pub mod lon_lat;
pub mod map_clip;
pub mod map_line;
pub mod map_point;
pub mod map_tile;
pub mod outline;
pub mod plane;
