//! Stores of the users' own: what they implement. Knows batches, and nothing of how a store keeps them.

mod batch;
mod expand;
mod pending;
mod search;
mod stores;

pub use batch::Batch;
pub use search::Search;
#[cfg(feature = "seed")]
pub(crate) use stores::Begun;
pub use stores::Stores;

use crate::error::BoxError;
use async_trait::async_trait;

/// Anything that models can be created in: an HTTP client, a repository, a map. [`create`] takes it as `&mut store`,
/// parents and children included.
///
/// A store gets whole batches of built models, one factory's at a time, parents first. It takes those it knows by their
/// type ([`Batch::models`]), or any by their columns ([`Batch::rows`]). A model for which it does neither is an error
/// that names both.
///
/// `insert` may be called many times within one call of `create`. A store that can take back what it has stored does so
/// in [`rollback`](Store::rollback) and [`abandon`](Store::abandon): one call is then all or nothing, as it is with a
/// database.
///
/// [`create`]: crate::Factory::create
///
#[doc = include_str!("../../../docs/stores.md")]
#[async_trait]
pub trait Store: Send {
    /// Stores a batch of built models.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # struct User { #[factory(key)] id: usize, #[factory(value("alice"))] username: String }
    /// # struct Users(Vec<User>);
    /// # #[async_trait]
    /// # impl Store for Users {
    /// async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    ///     for user in batch.models::<User>().into_iter().flatten() {
    ///         user.id = self.0.len() + 1;
    ///         self.0.push(user.clone());
    ///     }
    ///     Ok(())
    /// }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut users = Users(Vec::new());
    /// # assert_eq!(User::factory().create_batch(&mut users, 2).await.unwrap()[1].id, 2);
    /// # });
    /// ```
    ///
    /// # Errors
    /// Whatever goes wrong; [`create`] fails with it as its source. [`Batch::failed`] adds which row it was.
    ///
    /// [`create`]: crate::Factory::create
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError>;

    /// Looks for rows that may be there already: for factories that say `get_or_create`. Says of each row that it
    /// [found](Search::found) what it is; the others are then inserted.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Search, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(get_or_create(username))]
    /// # struct User { #[factory(key)] id: usize, #[factory(value("alice"))] username: String }
    /// # struct Users(Vec<User>);
    /// # #[async_trait]
    /// # impl Store for Users {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// #         self.0.extend_from_slice(batch.models::<User>().unwrap_or_default());
    /// #         Ok(())
    /// #     }
    /// async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
    ///     for row in 0..search.len() {
    ///         let wanted = search.row(row);
    ///         let found = self.0.iter().find(|user| wanted.get("username") == Some(&user.username.as_str().into()));
    ///         if let Some(user) = found {
    ///             search.found_model(row, user.clone())?;
    ///         }
    ///     }
    ///     Ok(())
    /// }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut users = Users(Vec::new());
    /// # User::factory().create(&mut users).await.unwrap();
    /// # User::factory().create(&mut users).await.unwrap();
    /// # assert_eq!(users.0.len(), 1);
    /// # });
    /// ```
    ///
    /// # Errors
    /// Whatever goes wrong. Unless implemented, that the store cannot look for rows.
    async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
        let (store, model) = (self.name(), search.factory());
        Err(format!("`{model}` is `get_or_create`, and `{store}` cannot look for rows; implement `Store::find` for it")
            .into())
    }

    /// Called before the first batch of a call of [`create`]. Does nothing unless implemented.
    ///
    /// A store that can [`find`](Store::find) rows is asked once more within the call, around rows that somebody else may
    /// have inserted in the meantime.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Store, async_trait};
    /// # struct Users { names: Vec<String>, begun: Vec<usize> }
    /// # #[async_trait]
    /// # impl Store for Users {
    /// #     async fn insert(&mut self, _: &mut Batch<'_>) -> Result<(), BoxError> { Ok(()) }
    /// async fn begin(&mut self) -> Result<(), BoxError> {
    ///     self.begun.push(self.names.len()); // how much to keep, should the call fail
    ///     Ok(())
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    /// Nothing is inserted then.
    ///
    /// [`create`]: crate::Factory::create
    async fn begin(&mut self) -> Result<(), BoxError> {
        Ok(())
    }

    /// Called after the last batch of a call. Does nothing unless implemented.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Store, async_trait};
    /// # struct Users { names: Vec<String>, begun: Vec<usize> }
    /// # #[async_trait]
    /// # impl Store for Users {
    /// #     async fn insert(&mut self, _: &mut Batch<'_>) -> Result<(), BoxError> { Ok(()) }
    /// async fn commit(&mut self) -> Result<(), BoxError> {
    ///     self.begun.pop();
    ///     Ok(())
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    /// The call fails, after a [`rollback`](Store::rollback).
    async fn commit(&mut self) -> Result<(), BoxError> {
        Ok(())
    }

    /// Called when something failed after [`begin`](Store::begin). Does nothing unless implemented.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Store, async_trait};
    /// # struct Users { names: Vec<String>, begun: Vec<usize> }
    /// # #[async_trait]
    /// # impl Store for Users {
    /// #     async fn insert(&mut self, _: &mut Batch<'_>) -> Result<(), BoxError> { Ok(()) }
    /// async fn rollback(&mut self) -> Result<(), BoxError> {
    ///     self.abandon(); // a store that waits for nothing does the same in both
    ///     Ok(())
    /// }
    /// # }
    /// ```
    ///
    /// # Errors
    /// Nobody sees them: the call fails with what was wrong before.
    async fn rollback(&mut self) -> Result<(), BoxError> {
        Ok(())
    }

    /// Called when the future of the call was dropped, or something panicked, between [`begin`](Store::begin) and the
    /// end of [`commit`](Store::commit) or [`rollback`](Store::rollback): nothing can be awaited there. Does nothing
    /// unless implemented.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Store, async_trait};
    /// # struct Users { names: Vec<String>, begun: Vec<usize> }
    /// # #[async_trait]
    /// # impl Store for Users {
    /// #     async fn insert(&mut self, _: &mut Batch<'_>) -> Result<(), BoxError> { Ok(()) }
    /// fn abandon(&mut self) {
    ///     let kept = self.begun.pop().unwrap_or_default();
    ///     self.names.truncate(kept);
    /// }
    /// # }
    /// ```
    fn abandon(&mut self) {}

    /// The store's name in errors: its type, unless implemented.
    ///
    /// ```
    /// use manufactory::{Memory, Store};
    ///
    /// assert_eq!(Memory::new().name(), "Memory");
    /// ```
    fn name(&self) -> String {
        super::values::short(std::any::type_name::<Self>())
    }
}

/// Another way to hold a store is the same store.
macro_rules! forward {
    ($($holder:ty)*) => {$(
        #[async_trait]
        impl<S: Store + ?Sized> Store for $holder {
            async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
                (**self).insert(batch).await
            }

            async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
                (**self).find(search).await
            }

            async fn begin(&mut self) -> Result<(), BoxError> {
                (**self).begin().await
            }

            async fn commit(&mut self) -> Result<(), BoxError> {
                (**self).commit().await
            }

            async fn rollback(&mut self) -> Result<(), BoxError> {
                (**self).rollback().await
            }

            fn abandon(&mut self) {
                (**self).abandon();
            }

            fn name(&self) -> String {
                (**self).name()
            }
        }
    )*};
}
forward! { Box<S> &mut S }
