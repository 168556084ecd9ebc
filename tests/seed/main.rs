//! Seeding: plans carried out in databases and files, stopped, killed, and gone on with.

mod choices;
mod data;
mod mistakes;
mod models;
mod resume;
mod run;
