//! Seeding, by its outside.

mod cli;
