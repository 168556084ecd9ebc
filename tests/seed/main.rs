//! Seeding: plans carried out in databases and files, stopped, killed, and gone on with.

#![allow(dead_code, reason = "models are made, not read")]

mod choices;
mod cli;
mod data;
mod killed;
mod libraries;
mod mistakes;
mod models;
mod resume;
mod run;
mod stores;

#[cfg(feature = "_servers")]
mod on_servers;
#[cfg(feature = "_servers")]
#[allow(dead_code, reason = "other suites ask for more")]
#[path = "../backends/servers.rs"]
mod servers;
