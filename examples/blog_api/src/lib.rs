//! A blog over HTTP: users, posts and comments, in SQLite or Postgres. Knows nothing of how it is tested.

mod auth;
mod db;
mod errors;
mod extract;
pub mod models;
mod page;
mod routes;

pub use db::Db;
pub use errors::Error;
pub use routes::router;
