//! What users do after a row was created. Knows their trait, and nothing of what it does.

use super::Draft;
use crate::error::BoxError;
use crate::persist::{Backend, BoxFuture, Depth, Record};
use crate::session::Session;
use std::any::type_name;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What happens after a row of this factory was created in a database. Goes with `#[factory(after_create)]`.
///
/// `self` is the factory with every attribute filled in, params included; `model` is the row as the database holds it, and
/// what [`create`] gives back. On `db` more can be made, with any factory: it belongs to the same call, and is undone
/// with it if this hook, or anything after it, fails.
///
/// ```
/// use manufactory::persist::Stores;
/// use manufactory::{AfterCreate, BoxError, Factory, Memory, Store};
///
/// #[derive(Debug, Clone, Factory)]
/// #[factory(after_create, param(drafts: usize = value(2)))]
/// struct User {
///     #[factory(key)]
///     id: i64,
/// }
///
/// #[derive(Debug, Factory)]
/// struct Post {
///     #[factory(key)]
///     id: i64,
///     #[factory(sub_factory(UserFactory))]
///     author_id: i64,
/// }
///
/// impl AfterCreate<Stores> for UserFactory {
///     async fn after_create(self, user: &mut User, mut db: &mut dyn Store) -> Result<(), BoxError> {
///         let drafts = *self.resolved_drafts();
///         Post::factory().author(&*user).create_batch(&mut db, drafts).await?;
///         Ok(())
///     }
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut db = Memory::new();
/// User::factory().drafts(3).create(&mut db).await?;
/// assert_eq!(db.count("Post"), 3);
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
///
/// For a database it is `AfterCreate` of sqlx's type for it, `AfterCreate<sqlx::Sqlite>`, and `db` its connection, such as
/// `&mut sqlx::SqliteConnection`, on which `create(&mut *db)` works as anywhere else.
///
/// [`create`]: crate::Factory::create
pub trait AfterCreate<B: Backend>: Draft {
    /// Runs after the row was inserted, and before its children are made.
    ///
    /// ```
    /// # use manufactory::persist::Stores;
    /// # use manufactory::{AfterCreate, BoxError, Factory, Memory, Store};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(after_create)]
    /// # struct User { #[factory(key)] id: i64 }
    /// # #[derive(Debug, Clone, Factory)]
    /// # struct Post { #[factory(sub_factory(UserFactory))] author_id: i64 }
    /// # impl AfterCreate<Stores> for UserFactory {
    /// async fn after_create(self, user: &mut User, mut db: &mut dyn Store) -> Result<(), BoxError> {
    ///     Post::factory().author(&*user).create(&mut db).await?;
    ///     Ok(())
    /// }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut db = Memory::new();
    /// # User::factory().create(&mut db).await.unwrap();
    /// # assert_eq!(db.count("Post"), 1);
    /// # });
    /// ```
    ///
    /// # Errors
    /// The whole call fails with it, and nothing of the call stays in the database.
    // One lifetime for both: rustc does not see that a connection alone has one.
    fn after_create<'c>(
        self,
        model: &'c mut <Self as Record>::Model,
        db: B::Connection<'c>,
    ) -> impl Future<Output = Result<(), BoxError>> + Send;
}

/// The hook of a factory in one backend. The inherent method serves those that have one there; for all others method lookup
/// falls back to [`NoHook`].
#[derive(Debug)]
pub struct Hook<F, B>(PhantomData<fn() -> (F, B)>);

impl<F, B> Hook<F, B> {
    /// That of this factory.
    #[expect(clippy::new_without_default, reason = "there is nothing in it")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F: AfterCreate<B> + Send, B: Backend> Hook<F, B>
where
    F::Model: Send,
{
    /// Runs it.
    pub fn run<'c>(
        self,
        factory: F,
        model: &'c mut F::Model,
        db: B::Connection<'c>,
    ) -> BoxFuture<'c, Result<(), BoxError>>
    where
        F: 'c,
    {
        Box::pin(async move { factory.after_create(model, db).await })
    }
}

/// Factories that say `after_create`, and have nothing to do in this backend.
pub trait NoHook<F: Record, B: Backend>: Sized {
    /// Fails.
    fn run<'c>(self, _: F, _: &'c mut F::Model, _: B::Connection<'c>) -> BoxFuture<'c, Result<(), BoxError>> {
        let (factory, backend) = (crate::persist::short(type_name::<F>()), crate::persist::short(type_name::<B>()));
        let why = format!(
            "`{factory}` says `after_create`, and does not say what to do in `{backend}`; write \
             `impl AfterCreate<{backend}> for {factory}`"
        );
        Box::pin(std::future::ready(Err(why.into())))
    }
}

impl<F: Record, B: Backend> NoHook<F, B> for Hook<F, B> {}

/// A future in whose polls a session is the current one: what it makes belongs to the same test, on whatever thread.
pub(super) struct Within<'c, T> {
    session: Session,
    /// How many hooks this one makes it, one within the other.
    hooks: u32,
    future: BoxFuture<'c, T>,
}

impl<'c, T> Within<'c, T> {
    pub(super) fn new(session: Session, hooks: u32, future: BoxFuture<'c, T>) -> Self {
        Self { session, hooks, future }
    }
}

impl<T> Future for Within<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let _guards = (self.session.enter(), Depth::enter(self.hooks));
        self.future.as_mut().poll(cx)
    }
}
