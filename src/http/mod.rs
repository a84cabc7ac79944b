//! The web service: one route table, one file per resource, every error its status in one match.

mod ask;
pub mod base_map;
mod body;
mod codes;
mod coverage;
mod crossings;
mod docs;
mod equipment;
mod events;
mod gaps;
mod geojson;
mod health;
mod journal;
mod keeper;
mod metrics;
mod nearest;
mod pages;
mod parameters;
mod problem;
mod regions;
pub mod routes;
mod scenarios;
pub mod server;
pub mod service;
mod tiles;
mod validator;
mod wrapping;
