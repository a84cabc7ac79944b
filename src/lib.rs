//! Zhugan 竹竿: which banks can rescue equipment reach, on foot, without crossing the water.
//!
//! The layers, in reading order; each uses only what stands above it (`tests/tidy.rs` holds the table).

pub mod units;

pub mod geometry;

pub mod model;

pub mod formats;

pub mod ground;

pub mod store;

pub mod plan;

pub mod app;

pub mod http;

pub mod cli;
