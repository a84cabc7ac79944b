//! One method per use case, whoever asks, and the loaded regions.

pub mod check;
pub mod gap_files;
pub mod gaps;
pub mod names;
pub mod region;
pub mod standing;
