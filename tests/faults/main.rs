//! Faults, each tried with every library and database that it can happen to: whatever goes wrong, a call leaves all of its
//! rows or none, says what happened, and whoever comes next can go on. And crowds of tests that do not disturb each other.
//!
//! `tests/faults/table` prints what was tried.

#![allow(dead_code, reason = "models are created, not always read")]

mod bench;
mod counters;
#[cfg(feature = "_servers")]
mod crowd;
#[cfg(feature = "_servers")]
mod cut;
#[cfg(feature = "_servers")]
mod deadlocks;
mod dropped;
mod exhausted;
mod full;
#[cfg(feature = "_servers")]
mod killed;
mod libraries;
mod locks;
mod models;
mod panics;
#[cfg(feature = "_servers")]
mod serial;
mod tests;

#[cfg(feature = "_servers")]
#[allow(dead_code, reason = "other suites ask for more")]
#[path = "../backends/servers.rs"]
mod servers;
#[cfg(feature = "_servers")]
#[allow(dead_code, reason = "other suites ask for more")]
#[path = "../backends/wire.rs"]
mod wire;
