//! OpenStreetMap files: drawn ones, hostile ones, real ones.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod drawn_areas;
mod drawn_lines;
mod hostile;
mod places;
mod town;
