//! Where things are: places in degrees, the systems they are given in, the region's plane in meters.

pub mod converter;
pub mod datum;
mod gcj02;
pub mod lon_lat;
pub mod outline;
pub mod plane;
