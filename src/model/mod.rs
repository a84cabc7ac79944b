//! The nouns of the water's edge: plain data that checks itself.

pub mod account;
pub mod bank;
pub mod code;
pub mod crossing;
pub mod day;
pub mod equipment;
pub mod incident;
pub mod layers;
pub mod moment;
pub mod numbering;
pub mod oddity;
pub mod order;
pub mod over_water;
pub mod path;
pub mod prefix;
pub mod region;
pub mod register;
pub mod responder;
pub mod said;
pub mod text;
pub mod village;
pub mod water;
