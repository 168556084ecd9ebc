//! Seeding: a plan of steps, each a factory and a number of rows, carried out in a database or written to files. The same
//! plan and seed give the same rows, whatever was done before.
//!
#![doc = include_str!("../../docs/seeding.md")]

mod books;
mod check;
mod choice;
mod cli;
mod count;
mod course;
mod database;
mod db;
mod draw;
mod failure;
mod files;
mod keys;
mod lay;
mod line;
mod offline;
mod options;
mod pick;
mod plan;
mod row;
mod run;
mod sql;
mod step;
mod stores;
mod summary;
mod target;
mod watch;
mod wiring;

pub use choice::Choice;
pub use cli::{Terminal, main, main_with};
pub use count::{Count, cross, fill_to, pairs, per};
pub use database::{Database, StepStatus};
pub use db::Db;
pub use failure::Failure;
pub use files::{Dialect, Format};
pub use offline::Outline;
pub use options::Options;
pub use pick::Spread;
pub use plan::{Plan, Step};
pub use row::Row;
pub use summary::{StepSummary, Summary};
pub use target::Seeds;
#[doc(hidden)]
pub use target::{NotOffline, Targets, WithoutDatabase};
pub use watch::{Stop, Watch};
#[doc(hidden)]
pub use wiring::Wiring;

use crate::persist::Opened;

impl Plan {
    /// Carries the plan out on a connection.
    ///
    /// Each chunk of rows is committed with an entry in the table `manufactory_seed`, so that a run that was stopped or has
    /// failed goes on where it was, and one that is over does nothing.
    ///
    /// A run may be dropped on its way. What it has begun is undone at once in SQLite, and elsewhere when the connection is
    /// closed, which it then has to be: a server may still be writing, or waiting for the rest of a COPY. A
    /// [`Database`] does that by itself.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// use manufactory::seed::{Options, Plan};
    /// use sqlx::{Connection, SqliteConnection};
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut db = SqliteConnection::connect("sqlite::memory:").await?;
    /// sqlx::raw_sql("create table users (id integer primary key, username text not null)").execute(&mut db).await?;
    ///
    /// let mut plan = Plan::new();
    /// plan.step("users", 100, |_| User::factory());
    /// let summary = plan.run(&mut db, &Options::new(), &mut ()).await?;
    /// assert_eq!(summary.written(), 100);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Failure`]. What was committed before stays, and the next run goes on from there.
    pub async fn run<C: Opened>(
        &self,
        connection: &mut C,
        options: &Options,
        watch: &mut dyn Watch,
    ) -> Result<Summary, Failure> {
        run::run::<C::Backend>(self, connection, options, watch).await
    }
}
