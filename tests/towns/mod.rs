//! Towns drawn as text, and what is asked of them.

mod arrivals;
mod changing;
mod coverage;
mod drawn;
mod live;
mod moving;
mod nearest;
mod nearest_traps;
mod oracle;
mod patrol;
pub mod patrol_checks;
mod placement;
mod placement_model;
mod properties;
mod random;
mod rules;
mod seen;
mod seen_walks;
mod traps;
