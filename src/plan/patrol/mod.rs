//! Evening walks, free of geography: which team sees which stretch, in which order and direction, with a bound on how good any plan
//! could be.

pub mod bound;
pub mod network;
pub mod problem;
pub mod search;
pub mod subset;
mod walk;
