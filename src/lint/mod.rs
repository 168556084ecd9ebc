//! Checks of the users' factories: does each of them still make what its database takes, alone and with each of its
//! presets, and no more than that? Knows how to ask, and nothing of what they make.
//!
//! The whole of a lint test, here on tables in memory:
//!
//! ```
//! use manufactory::{Factory, Memory, lint};
//!
//! # #[derive(Debug, Clone, Factory)]
//! # #[factory(table = "users")]
//! # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
//! # #[derive(Debug, Clone, Factory)]
//! # #[factory(table = "posts")]
//! # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let mut db = Memory::new();
//! lint(&mut db).factory::<UserFactory>().factory::<PostFactory>().run().await?;
//! assert_eq!(db.count("users"), 0); // all of it is taken back
//! # Ok::<(), manufactory::Error>(())
//! # }).unwrap();
//! ```

mod check;
mod report;

pub use report::{Fault, Faults, Report};

use crate::error::{Error, Result, Stage};
use crate::factory::Factory;
use crate::persist::{Backend, BoxFuture, Create, Handle, Work};
use crate::profile;
use crate::session::Session;
use check::{Check, One};
use std::fmt;
use std::io::Write;
use std::marker::PhantomData;

/// Checks factories in a database: one test for all of them, which says of each what is wrong with it.
///
/// Each factory is built, and then created, with nothing overridden and once more with each of its presets alone. All
/// failures are reported at once. With nothing overridden a factory is also to make no more rows than it needs: parents
/// that its row cannot do without, and not children, optional parents or lists, which the tests that want them can ask
/// for. What its parents make of their own accord is their matter. A factory that is meant to make more is checked as
/// [`generous`](Lint::generous).
///
/// `db` is what [`create`](Factory::create) takes as well. Everything happens in a transaction, or in a savepoint where a
/// transaction is open, and is rolled back, however it ends. A [`Store`](crate::Store) is asked to roll back: one that
/// cannot keeps the rows.
///
/// ```
/// use manufactory::{Factory, Memory, lint};
///
/// #[derive(Debug, Clone, Factory)]
/// #[factory(table = "users", preset(admin: username = value("root")))]
/// struct User {
///     #[factory(key)]
///     id: i64,
///     username: String,
/// }
///
/// #[derive(Debug, Factory)]
/// #[factory(table = "posts")]
/// struct Post {
///     #[factory(key)]
///     id: i64,
///     #[factory(sub_factory(UserFactory))]
///     author_id: i64,
///     #[factory(sub_factory(UserFactory))]
///     reviewer_id: Option<i64>,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut db = Memory::new().unique("users", &["username"]);
/// let report = lint(&mut db).factory::<UserFactory>().run().await?;
/// assert_eq!(report.to_string(), "1 factory and 1 preset: all of them can be built and created");
/// assert_eq!(db.count("users"), 0);
///
/// User::factory().admin().create(&mut db).await?;
/// let error = lint(&mut db).factory::<UserFactory>().factory::<PostFactory>().run().await.unwrap_err();
/// let text = r#"
/// lint: 2 faults in 2 of 2 factories
///
/// UserFactory with `admin`: cannot insert User, row 0 of 1 with username = "root"
///   because: row 0 of `users` has the same `username`
///
/// PostFactory: makes 1 row that it could do without
///   1 User (reviewer): there may be none; say `optional`, and ask for it where it is wanted
/// "#;
/// assert_eq!(error.to_string(), text.trim());
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
///
/// Where `FACTORY_PROFILE` is set, the table of what was made in this process follows on standard error: see
/// [`profile`].
pub fn lint<'h, D: Handle<'h>>(db: D) -> Lint<'h, D> {
    Lint { db, checks: Vec::new(), handle: PhantomData }
}

/// Factories to be checked. Made by [`lint`](lint()).
///
/// ```
/// # use manufactory::{Factory, Memory};
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use manufactory::lint;
///
/// let report = lint(&mut Memory::new()).factory::<UserFactory>().run().await?;
/// assert_eq!(report.factories(), 1);
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
#[must_use = "nothing is checked before it is `run`"]
pub struct Lint<'h, D: Handle<'h>> {
    db: D,
    checks: Vec<Box<dyn Check<D::Backend>>>,
    handle: PhantomData<&'h ()>,
}

impl<'h, D: Handle<'h>> Lint<'h, D> {
    /// One factory more.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory, lint};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// lint(&mut Memory::new()).factory::<UserFactory>().factory::<PostFactory>().run().await?;
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn factory<F>(self) -> Self
    where
        F: Factory + Create<D::Backend> + 'static,
    {
        self.with(One::<F>::new(false))
    }

    /// One factory more, which may make more rows than it needs.
    ///
    /// ```
    /// use manufactory::{Factory, Memory, lint};
    ///
    /// #[derive(Debug, Clone, Factory)]
    /// #[factory(has_many(lines: LineFactory = 2, by = order))]
    /// struct Order {
    ///     #[factory(key)]
    ///     id: i64,
    /// }
    ///
    /// #[derive(Debug, Factory)]
    /// struct Line {
    ///     #[factory(sub_factory(OrderFactory))]
    ///     order_id: i64,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// lint(&mut Memory::new()).generous::<OrderFactory>().run().await?;
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn generous<F>(self) -> Self
    where
        F: Factory + Create<D::Backend> + 'static,
    {
        self.with(One::<F>::new(true))
    }

    fn with(mut self, check: impl Check<D::Backend> + 'static) -> Self {
        self.checks.push(Box::new(check));
        self
    }

    /// Checks them, in this order.
    ///
    /// ```
    /// use manufactory::lint::Faults;
    /// # use manufactory::{Factory, Memory, lint};
    /// use std::error::Error;
    ///
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new().unique("users", &["username"]);
    /// User::factory().create(&mut db).await?;
    ///
    /// let error = lint(&mut db).factory::<UserFactory>().run().await.unwrap_err();
    /// let faults = error.source().and_then(|source| source.downcast_ref::<Faults>()).unwrap();
    /// assert_eq!(faults.iter().len(), 1);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// There are faults: the error's text shows them, and its [`source`](std::error::Error::source) is [`Faults`]. Or
    /// there is no connection or transaction to check them in.
    pub fn run(self) -> D::Output<Report> {
        self.db.rehearse(Checks { checks: self.checks, session: Session::current() })
    }
}

impl<'h, D: Handle<'h>> fmt::Debug for Lint<'h, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lint").field("factories", &self.checks.len()).finish_non_exhaustive()
    }
}

/// What is to be done in the transaction.
struct Checks<B> {
    checks: Vec<Box<dyn Check<B>>>,
    session: Session,
}

impl<B: Backend> Work<B> for Checks<B> {
    type Output = Report;

    const NAME: &'static str = "lint";

    fn run<'c>(self, mut db: B::Connection<'c>) -> BoxFuture<'c, Result<Report>>
    where
        Self: 'c,
    {
        Box::pin(async move {
            let mut report = Report::default();
            for (i, check) in self.checks.iter().enumerate() {
                if check.run(&self.session, &mut report, B::reborrow(&mut db)).await.is_err() {
                    report.left_out = self.checks[i + 1..].iter().map(|check| check.name()).collect();
                    break;
                }
            }
            let table = profile::table();
            if !table.is_empty() {
                // If standard error is closed, there is nobody to tell.
                let _ = write!(std::io::stderr(), "\n{table}");
            }
            report.into_result().map_err(|faults| Error::new(Stage::Lint, Self::NAME, faults))
        })
    }
}
