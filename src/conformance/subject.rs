//! What the promises are tried on, and a test for each of them. Knows the promises by name alone.

use crate::persist::{Backend, Handle};

/// A backend with the tables, all of them empty.
///
/// ```
/// use manufactory::conformance::{SQLITE, Subject};
/// use manufactory::Handle;
/// use sqlx::{Connection, Row, SqliteConnection, raw_sql};
///
/// struct Sqlite(SqliteConnection);
///
/// impl Subject for Sqlite {
///     type Backend = sqlx::Sqlite;
///
///     fn handle(&mut self) -> impl Handle<'_, Backend = sqlx::Sqlite> {
///         &mut self.0
///     }
///
///     async fn count(&mut self, table: &'static str) -> usize {
///         let count = format!("select count(*) from {table}");
///         let row = sqlx::query(sqlx::AssertSqlSafe(count)).fetch_one(&mut self.0).await.unwrap();
///         row.get::<i64, _>(0) as usize
///     }
///
///     async fn begin(&mut self) {
///         raw_sql("begin").execute(&mut self.0).await.unwrap();
///     }
///
///     async fn rollback(&mut self) {
///         raw_sql("rollback").execute(&mut self.0).await.unwrap();
///     }
/// }
///
/// async fn subject() -> Sqlite {
///     let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
///     raw_sql(SQLITE).execute(&mut db).await.unwrap();
///     Sqlite(db)
/// }
/// # #[tokio::main]
/// # async fn main() {
/// # manufactory::conformance::rows_come_back_in_order(&mut subject().await).await;
/// # manufactory::conformance::it_works_inside_a_transaction_of_the_callers(&mut subject().await).await;
/// # }
/// ```
pub trait Subject {
    /// The backend.
    type Backend: Backend;

    /// What `create` gets.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::conformance::{Author, AuthorFactory, Subject};
    /// # use manufactory::persist::Create;
    /// # fn author<S: Subject>(subject: &mut S) where AuthorFactory: Create<S::Backend> {
    /// let _created = Author::factory().create(subject.handle());
    /// # }
    /// ```
    fn handle(&mut self) -> impl Handle<'_, Backend = Self::Backend>;

    /// How many rows a table has.
    ///
    /// ```
    /// # async fn empty<S: manufactory::conformance::Subject>(subject: &mut S) {
    /// assert_eq!(subject.count("authors").await, 0);
    /// # }
    /// ```
    fn count(&mut self, table: &'static str) -> impl Future<Output = usize>;

    /// Opens a transaction of the caller's, in which the handle then works.
    ///
    /// ```
    /// # async fn twice<S: manufactory::conformance::Subject>(subject: &mut S) {
    /// subject.begin().await;
    /// // What is created by `subject.handle()` from here on ..
    /// subject.rollback().await; // .. is gone
    /// # }
    /// ```
    fn begin(&mut self) -> impl Future<Output = ()>;

    /// Rolls that transaction back.
    ///
    /// ```
    /// # async fn empty<S: manufactory::conformance::Subject>(subject: &mut S) {
    /// subject.begin().await;
    /// subject.rollback().await;
    /// assert_eq!(subject.count("authors").await, 0);
    /// # }
    /// ```
    fn rollback(&mut self) -> impl Future<Output = ()>;
}

/// Makes a test of each promise: the attribute that makes an async function a test, and the async function that makes a
/// fresh [`Subject`](crate::conformance::Subject).
///
/// A store that has no [`find`](crate::Store::find), and so no `get_or_create`, says so:
/// `conformance!(#[tokio::test] subject, without find)`.
///
/// ```
/// use manufactory::conformance::{Subject, conformance};
/// # use manufactory::persist::Stores;
/// # use manufactory::{Handle, Memory, Store};
///
/// struct Mine(Memory);
/// # impl Subject for Mine {
/// #     type Backend = Stores;
/// #     fn handle(&mut self) -> impl Handle<'_, Backend = Stores> { &mut self.0 }
/// #     async fn count(&mut self, table: &'static str) -> usize { self.0.count(table) }
/// #     async fn begin(&mut self) { self.0.begin().await.unwrap(); }
/// #     async fn rollback(&mut self) { self.0.rollback().await.unwrap(); }
/// # }
///
/// // with an `impl Subject for Mine`
/// async fn subject() -> Mine {
///     Mine(Memory::new().unique("authors", &["name"]).with_default("authors", "joined", "today"))
/// }
///
/// conformance!(#[tokio::test] subject);
/// ```
#[macro_export]
macro_rules! conformance {
    (#[$test:meta] $subject:path) => {
        $crate::conformance!(#[$test] $subject, without find);
        $crate::conformance! {
            #[$test] $subject:
            what_is_there_is_found, a_batch_makes_what_is_missing_once, links_to_what_is_found_are_made_once,
        }
    };
    (#[$test:meta] $subject:path, without find) => {
        $crate::conformance! {
            #[$test] $subject:
            rows_come_back_in_order, all_columns_are_read_back, keys_and_defaults_are_the_backends,
            given_keys_and_made_keys_mix, an_empty_batch_does_nothing, a_batch_may_be_larger_than_any_limit,
            one_call_is_all_or_nothing, it_works_inside_a_transaction_of_the_callers, the_failing_row_is_named,
            a_given_parent_makes_no_other, every_row_has_its_own_parent, names_are_quoted, text_stays_text,
            children_point_at_their_row, children_fail_with_their_row, rows_are_linked_through_a_table_between,
            a_hook_runs_between_its_row_and_its_children, a_hook_that_fails_undoes_the_call,
        }
    };
    (#[$test:meta] $subject:path: $($promise:ident,)*) => {$(
        #[$test]
        async fn $promise() {
            $crate::conformance::$promise(&mut $subject().await).await;
        }
    )*};
}
