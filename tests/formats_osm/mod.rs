//! OpenStreetMap files: drawn ones, hostile ones, real ones.

mod drawn_areas;
mod drawn_lines;
mod hostile;
mod places;
mod town;
