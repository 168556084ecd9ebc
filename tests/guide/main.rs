//! The guide as a reader finds it: its pages, what they point at, and their pictures. What its samples do is tested by
//! `cargo test --doc guide`.

mod links;
mod page;
mod pictures;
mod plot;
