//! Evening walks: which team sees which stretch, in which order and direction, with a bound on how good any plan could be.
//!
//! `stretches` cuts all bank, `layout` lays what is due out on the ground, `evening` plans it, `by_hand` changes it; `problem` and what solves it (`search`,
//! `subset`, `bound`, `relaxed`) know nothing of the ground, and `network` is how published instances tell what is to be walked.

mod amid;
mod beside;
pub mod between;
pub mod bound;
mod by_hand;
mod cheapest;
mod cuts;
mod evened;
pub mod evening;
mod joined;
pub mod layout;
mod lifted;
pub mod network;
pub mod problem;
pub mod relaxed;
pub mod rounds;
pub mod search;
pub mod starts;
pub mod stretches;
pub mod subset;
pub mod walk;
