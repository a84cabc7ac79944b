//! Where the next pieces go, free of geography: which of many sites cover demand best, with a bound on what any choice could.

pub mod beside;
mod branch;
mod closing;
mod cover_search;
pub mod covering;
mod cut;
pub mod demand;
mod exact;
pub mod fair;
pub mod fewest;
pub mod maximal;
pub mod moving;
mod prices;
pub mod proposed;
mod reduced;
mod regional;
pub mod sets;
pub mod sites;
mod sweep;
mod taking;
mod vicinity;
pub mod weights;
