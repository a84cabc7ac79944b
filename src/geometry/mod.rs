//! Where things are: places in degrees, the region's plane in meters.

pub mod lon_lat;
pub mod plane;
