//! One method per use case, whoever asks, and the loaded regions.

pub mod alone;
pub mod bounds;
pub mod cache;
pub mod check;
pub mod clock;
pub mod codes;
pub mod coverage;
pub mod crossings;
pub mod fault;
pub mod finding;
pub mod gap_files;
pub mod gaps;
pub mod misread;
pub mod names;
pub mod nearest;
pub mod packing;
pub mod pieces;
pub mod ranking;
pub mod region;
pub mod regions;
pub mod scenario;
pub mod snapshot;
pub mod standing;
pub mod tiles;
pub mod token;
pub mod unusable;
