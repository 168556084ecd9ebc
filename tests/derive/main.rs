//! What each attribute does: one file per word.

#![allow(dead_code, reason = "models are built, not always read")]

mod after_build;
mod r#as;
mod attributes;
mod auto;
mod auto_derive;
mod auto_from;
mod cfg;
mod choice;
mod construct;
mod coverage;
mod cycle;
mod default;
mod fake;
mod format;
mod generics;
mod hygiene;
mod json;
mod key;
mod lazy;
mod lints;
mod list;
mod maybe;
mod model;
mod name;
mod not_clone;
mod param;
mod preset;
mod raw_identifiers;
mod secret;
mod sequence;
mod setter;
mod skip;
mod sub_factory;
mod value;
mod weighted;
