//! What a caller touches: `build`, `create`, and their batches. The stages behind them are in `resolve`, the databases
//! in `persist`.

use crate::error::Error;
use crate::persist::{Call, Create, Handle};
use crate::resolve::{self, Context, Draft, Unrepeatable};
use crate::session;

/// A factory: makes models, in memory with [`build`](Factory::build) or in a database with [`create`](Factory::create).
///
/// Derived with [`#[derive(Factory)]`](derive@crate::Factory) on the model; the factory of `User` is then `UserFactory`,
/// and `User::factory()` gives a new one. Its setters override attributes, its presets change several at once.
///
/// ```
/// use manufactory::Factory;
///
/// #[derive(Factory)]
/// struct User {
///     #[factory(sequence(|n| format!("user{n}")))]
///     username: String,
///     #[factory(lazy(|username| format!("{username}@example.com")))]
///     email: String,
/// }
///
/// let user = User::factory().username("alice").build();
/// assert_eq!(user.email, "alice@example.com");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a factory",
    label = "not a factory",
    note = "name the factory, not the model: `#[derive(Factory)]` on `User` makes `UserFactory`"
)]
pub trait Factory: Draft {
    /// Builds one model in memory; parents are built in memory too. Never touches a database.
    #[inline]
    fn build(self) -> Self::Model {
        self.build_in(&session::here())
    }

    /// Builds `n` models in memory, each with its own parents unless they are given.
    ///
    /// # Panics
    /// An attribute was overridden whose type is not `Clone`, and `n` is more than one.
    fn build_batch(self, n: usize) -> Vec<Self::Model> {
        self.times(n).build()
    }

    /// `n` rows of this factory, to be changed row by row and then built or created.
    ///
    /// ```
    /// use manufactory::Factory;
    ///
    /// #[derive(Factory)]
    /// struct Post {
    ///     title: String,
    /// }
    ///
    /// let posts = Post::factory().times(2).each(|i, post| post.title(format!("part {i}"))).build();
    /// assert_eq!(posts[1].title, "part 1");
    /// ```
    fn times(self, n: usize) -> Times<Self> {
        Times { template: self, n, each: Same }
    }

    /// The smallest batch of factories that shows every variant of every attribute whose type derives
    /// [`Auto`](derive@crate::Auto) as an enum, and every preset.
    ///
    /// Each preset has a row of its own, so that what a row shows is never a mixture of two. An attribute shows no variant in
    /// the rows whose preset speaks for it, and it is left to its declaration where all its variants were shown. Of an
    /// `Option` each variant is shown as `Some`. What is in a variant is automatic, for the number that the row has if the
    /// batch is the next to be made.
    ///
    /// ```
    /// use manufactory::{Auto, Factory};
    ///
    /// #[derive(Debug, Clone, PartialEq, Auto)]
    /// enum Status {
    ///     Draft,
    ///     Published,
    ///     Archived,
    /// }
    ///
    /// #[derive(Factory)]
    /// #[factory(preset(pinned: is_pinned = value(true)))]
    /// struct Post {
    ///     status: Status,
    ///     is_pinned: bool,
    /// }
    ///
    /// let posts: Vec<Post> = PostFactory::coverage().into_iter().map(Factory::build).collect();
    /// let shown: Vec<_> = posts.iter().map(|post| (post.status.clone(), post.is_pinned)).collect();
    /// assert_eq!(shown, [(Status::Draft, true), (Status::Published, false), (Status::Archived, false)]);
    /// ```
    ///
    /// [`create_all`] stores them: `create_all(&db, PostFactory::coverage())`.
    fn coverage() -> Vec<Self> {
        resolve::coverage()
    }

    /// Makes one row in a database, its parents first, and gives back the model as the database holds it.
    ///
    /// `db` is anything that implements [`Handle`]: a pool, a connection, a transaction, or `&mut` a [`Store`]
    /// of your own. The result is a future, or with a synchronous library a `Result`.
    ///
    /// One call is all or nothing: it runs in a transaction, or in a savepoint where a transaction is open.
    ///
    /// # Errors
    /// Whatever the database refuses, as [`Error`] with the path, the row and its values; nothing is left behind.
    ///
    /// [`Store`]: crate::Store
    fn create<'h, D>(self, db: D) -> D::Output<Self::Model>
    where
        D: Handle<'h>,
        Self: Create<D::Backend> + 'h,
    {
        db.run(Call::new(Ok(vec![self])), Call::<Self>::first)
    }

    /// Makes `n` rows in a database: one statement per relation and level, whatever `n` is.
    ///
    /// # Errors
    /// As [`create`](Factory::create); also when an attribute was overridden whose type is not `Clone`.
    fn create_batch<'h, D>(self, db: D, n: usize) -> D::Output<Vec<Self::Model>>
    where
        D: Handle<'h>,
        Self: Create<D::Backend> + 'h,
    {
        self.times(n).create(db)
    }
}

/// Several rows of one factory. Made by [`Factory::times`].
#[derive(Debug, Clone)]
pub struct Times<F, E = Same> {
    template: F,
    n: usize,
    each: E,
}

/// Leaves every row as it is.
#[derive(Debug, Clone, Copy)]
pub struct Same;

/// What is done to each row of a [`Times`].
pub trait Each<F> {
    /// Changes the row with this index.
    fn apply(&mut self, index: usize, factory: F) -> F;
}

impl<F> Each<F> for Same {
    fn apply(&mut self, _: usize, factory: F) -> F {
        factory
    }
}

impl<F, C: FnMut(usize, F) -> F> Each<F> for C {
    fn apply(&mut self, index: usize, factory: F) -> F {
        self(index, factory)
    }
}

impl<F: Factory, E: Each<F>> Times<F, E> {
    /// Changes the rows one by one; `change` gets the row's index in this batch, from 0.
    pub fn each<C: FnMut(usize, F) -> F>(self, mut change: C) -> Times<F, impl FnMut(usize, F) -> F> {
        let Self { template, n, mut each } = self;
        Times { template, n, each: move |i, factory| change(i, each.apply(i, factory)) }
    }

    /// Builds the rows in memory.
    ///
    /// # Panics
    /// An attribute was overridden whose type is not `Clone`, and there is more than one row.
    pub fn build(self) -> Vec<F::Model> {
        let session = session::here();
        let first = session.take(F::counter(), self.n as u64);
        let mut models = Vec::with_capacity(self.n);
        for (factory, i) in self.rows().zip(0..) {
            match factory {
                Ok(factory) => models.push(factory.build_row(&Context::new(&session, first.after(i)))),
                Err(error) => panic!("{error:?}"),
            }
        }
        models
    }

    /// Makes the rows in a database, in the order of their index. No rows: no statement, an empty `Vec`.
    ///
    /// # Errors
    /// As [`Factory::create`]; also when an attribute was overridden whose type is not `Clone`.
    pub fn create<'h, D>(self, db: D) -> D::Output<Vec<F::Model>>
    where
        D: Handle<'h>,
        F: Create<D::Backend> + 'h,
    {
        db.run(Call::new(self.rows().collect()), Call::<F>::all)
    }

    /// The rows' factories: copies of the template, the last one the template itself.
    fn rows(self) -> impl Iterator<Item = Result<F, Error>> {
        let Self { template, n, mut each } = self;
        let mut template = Some(template);
        (0..n).map_while(move |i| {
            let factory = match &template {
                Some(factory) if i + 1 < n => factory.fork().map_err(Unrepeatable::of::<F>),
                _ => Ok(template.take()?),
            };
            Some(factory.map(|factory| each.apply(i, factory)))
        })
    }
}

/// Makes rows of one factory with different overrides in a database: any mix, one statement per relation and level.
///
/// # Errors
/// As [`Factory::create`].
pub fn create_all<'h, D, F>(db: D, factories: impl IntoIterator<Item = F>) -> D::Output<Vec<F::Model>>
where
    D: Handle<'h>,
    F: Factory + Create<D::Backend> + 'h,
{
    db.run(Call::new(Ok(factories.into_iter().collect())), Call::<F>::all)
}
