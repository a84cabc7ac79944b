//! The answers, pure: the same region gives the same answer.

pub mod around;
pub mod arrivals;
pub mod call;
pub mod chance;
pub mod coverage;
pub mod crew;
pub mod edge;
pub mod fair_share;
pub mod footprint;
pub mod intervals;
pub mod islands;
pub mod live;
pub mod nearest;
mod of_kind;
pub mod patrol;
pub mod placement;
pub mod ranked;
pub mod scenario;
pub mod seen;
pub mod straight;
pub mod survey;
pub mod totals;
pub mod walks;
pub mod watch;
