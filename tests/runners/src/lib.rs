//! Factories under each test runner: what an application's tests look like, on SQLite. One module for each runner.

use manufactory::Factory;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod own_database;
#[cfg(test)]
mod page;
#[cfg(test)]
mod plain;
#[cfg(test)]
mod processes;
#[cfg(test)]
mod with_tokio;

/// The tables of the models below.
pub const TABLES: &str = include_str!("../migrations/1_tables.sql");

/// A user.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "users")]
pub struct User {
    /// Assigned by the database.
    #[factory(key)]
    pub id: i64,
    /// Unique.
    #[factory(format("user{n}"))]
    pub username: String,
}

/// What a user wrote.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "posts")]
pub struct Post {
    /// Assigned by the database.
    #[factory(key)]
    pub id: i64,
    /// Who wrote it.
    #[factory(sub_factory(UserFactory))]
    pub author_id: i64,
    /// What it is called.
    #[factory(choice(["Greetings", "News", "Farewell"]))]
    pub title: String,
}
