//! What the blog promises, one file for each subject. Knows no database: a test binary has a `Pool`, a `Database` and its
//! `columns`, and includes this.

pub(crate) mod app;
pub(crate) mod factories;

mod comments;
mod life_cycle;
mod lists;
mod permissions;
mod posts;
mod readme;
mod shape;
mod users;
mod validation;
