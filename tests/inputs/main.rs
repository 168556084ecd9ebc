//! Whatever goes in: values of every type, names of every kind, and calls in every order.
//!
//! Inputs are arbitrary, and the same in every run. `PROPTEST_CASES` says how many there are for each property,
//! `PROPTEST_RNG_SEED` which.

#![allow(dead_code, reason = "models are created, not always read")]

mod any;
mod cases;
mod dotted;
mod limits;
mod long_names;
mod names;
mod places;
mod rows;
mod values;
mod who_wins;

#[cfg(feature = "_servers")]
#[allow(dead_code, reason = "other suites ask for more")]
#[path = "../backends/servers.rs"]
mod servers;
