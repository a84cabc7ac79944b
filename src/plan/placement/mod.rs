//! Where the next pieces go, free of geography: which of many sites cover demand best, with a bound on what any choice could.

pub mod chance;
pub mod covering;
pub mod maximal;
pub mod sets;
mod taking;
pub mod watch;
