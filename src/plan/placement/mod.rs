//! Where the next pieces go, free of geography: which of many sites cover demand best, with a bound on what any choice could.

pub mod chance;
pub mod covering;
pub mod demand;
pub mod fewest;
pub mod maximal;
mod prices;
pub mod proposed;
mod reduced;
pub mod sets;
pub mod sites;
mod sweep;
mod taking;
pub mod watch;
