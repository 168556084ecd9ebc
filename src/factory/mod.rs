//! What a caller touches: `build`, `create`, and their batches. The stages behind them are in `resolve`, the databases
//! in `persist`.

mod finish;
mod times;

pub use times::{Times, create_all};

use crate::persist::{Call, Create, Handle, Notes};
use crate::resolve::{self, Context, Draft, Graph, IntoAmong, Rule};
use finish::{finish, graph};
#[cfg(feature = "serde_json")]
use {
    crate::attributes::{self, Attributes},
    crate::error::Result,
    serde::de::DeserializeOwned,
    serde_json::{Map, Value},
};

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
    ///
    /// Children are rows of a database: `build` makes none.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// let user = User::factory().username("alice").build();
    /// assert_eq!(user.username, "alice");
    /// ```
    ///
    /// # Panics
    /// What the factory was told of a parent makes no sense: `author_with(..)` beside `author(..)`, nothing to choose from,
    /// a sharing that nothing uses. [`create`](Factory::create) returns these as errors.
    #[expect(clippy::inline_always, reason = "only the caller knows that nothing is overridden")]
    #[inline(always)]
    fn build(mut self) -> Self::Built {
        let notes = Notes::begin();
        self.sharing().meet(&notes, true);
        let turn = notes.here().take(Self::counter(), 1);
        let model = self.build_in(&Context::in_memory(&notes, turn));
        finish(&notes);
        model
    }

    /// Builds `n` models in memory, each with its own parents unless they are given.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// let users = User::factory().build_batch(3);
    /// assert_ne!(users[0].username, users[1].username);
    /// ```
    ///
    /// # Panics
    /// An attribute was overridden whose type is not `Clone`, and `n` is more than one.
    fn build_batch(self, n: usize) -> Vec<Self::Built> {
        self.times(n).build()
    }

    /// `n` rows of this factory, to be changed row by row and then built or created.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Factory)]
    /// # struct Post { title: String }
    /// let posts = Post::factory().times(2).each(|i, post| post.title(format!("part {i}"))).build();
    /// assert_eq!(posts[1].title, "part 1");
    /// ```
    fn times(self, n: usize) -> Times<Self> {
        Times::new(self, n)
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
    /// [`create_all`](crate::create_all) stores them: `create_all(&db, PostFactory::coverage())`.
    fn coverage() -> Vec<Self> {
        resolve::coverage()
    }

    /// One parent made by `F` for the whole call, however deep it is wanted. On the factory of a parent it holds for that
    /// parent's own, and theirs.
    ///
    /// What is said of one relation wins over it, and so does what is recycled. A sharing that nothing uses is an error.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # struct User { #[factory(key)] id: i64 }
    /// #[derive(Debug, Factory)]
    /// struct Post {
    ///     #[factory(sub_factory(UserFactory))]
    ///     author_id: i64,
    ///     #[factory(sub_factory(UserFactory))]
    ///     reviewer_id: i64,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new();
    /// Post::factory().share::<UserFactory>().create_batch(&mut db, 10).await?;
    /// assert_eq!(db.count("User"), 1);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    fn share<F: Factory + 'static>(mut self) -> Self {
        self.sharing().add(Rule::share::<F>());
        self
    }

    /// One parent of each factory for the whole call: the smallest graph there is.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # #[derive(Debug, Factory)]
    /// # #[factory(table = "comments")]
    /// # struct Comment { #[factory(sub_factory(PostFactory))] post_id: i64, #[factory(sub_factory(UserFactory))] author_id: i64 }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new();
    /// Comment::factory().share_all().create_batch(&mut db, 10).await?;
    /// assert_eq!((db.count("posts"), db.count("users")), (1, 1)); // both have the same author
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    fn share_all(mut self) -> Self {
        self.sharing().add(Rule::share_all());
        self
    }

    /// This model wherever one of its type is wanted in the call, however deep. What is said of one relation wins over it,
    /// and nobody is put where there is nobody unless asked for.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Clone, Factory)]
    /// # struct User { #[factory(key)] id: i64 }
    /// # #[derive(Factory)]
    /// # struct Post { #[factory(sub_factory(UserFactory))] author_id: i64 }
    /// let alice = User::factory().build();
    /// assert_eq!(Post::factory().recycle(&alice).build().author_id, alice.id);
    /// ```
    fn recycle<M: Clone + Send + 'static>(mut self, model: &M) -> Self {
        self.sharing().add(Rule::recycle(std::slice::from_ref(model), "recycle"));
        self
    }

    /// One of these models wherever one of their type is wanted in the call: a slice, or
    /// [`among(&models)`](crate::among) with a way to pick.
    ///
    /// ```
    /// # use manufactory::{Factory, among};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// let users = User::factory().build_batch(3);
    /// let posts = Post::factory().recycle_among(&users).build_batch(10);
    /// assert!(posts.iter().all(|post| users.iter().any(|user| user.id == post.author_id)));
    ///
    /// let posts = Post::factory().recycle_among(among(&users).round_robin()).build_batch(3);
    /// assert_eq!(posts[2].author_id, users[2].id);
    /// ```
    fn recycle_among<M: Clone + Send + 'static>(mut self, models: impl IntoAmong<M>) -> Self {
        self.sharing().add(Rule::recycle(models, "recycle_among"));
        self
    }

    /// Makes one row in a database, its parents first, and gives back the model as the database holds it.
    ///
    /// `db` is anything that implements [`Handle`]: a pool, a connection, a transaction, or `&mut` a [`Store`]
    /// of your own. The result is a future, or with a synchronous library a `Result`.
    ///
    /// One call is all or nothing: it runs in a transaction, or in a savepoint where a transaction is open. A single row
    /// that is one statement has no need of one.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new();
    /// let user = User::factory().username("alice").create(&mut db).await?;
    /// let post = Post::factory().author(&user).create(&mut db).await?;
    /// assert_eq!(post.author_id, user.id);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// Whatever the database refuses, as [`Error`] with the path, the row and its values; nothing is left behind.
    ///
    /// [`Error`]: crate::Error
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
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new();
    /// let posts = Post::factory().create_batch(&mut db, 100).await?; // and an author for each
    /// assert_eq!((posts.len(), db.count("users")), (100, 100));
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
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

    /// Makes one row in a database, as [`create`](Factory::create), and gives back everything that was made.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// #[derive(Debug, Clone, Factory)]
    /// #[factory(has_many(posts: PostFactory, by = author))]
    /// struct User {
    ///     #[factory(key)]
    ///     id: i64,
    /// }
    ///
    /// # #[derive(Debug, Clone, Factory)]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64 }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let made = User::factory().posts(2).times(3).create_graph(&mut Memory::new()).await?;
    /// assert_eq!((made.roots().len(), made.all::<Post>().len()), (3, 6));
    /// assert_eq!(made.of(&made.roots()[0]).all::<Post>().len(), 2);
    /// assert_eq!(made.to_string(), "3 User\n└─ posts: 6 Post");
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// As [`create`](Factory::create); also when another row holds a model whole that is not `Clone`: there are then two
    /// of it.
    fn create_graph<'h, D>(self, db: D) -> D::Output<Graph<Self>>
    where
        D: Handle<'h>,
        Self: Create<D::Backend> + 'h,
    {
        db.run(Call::with_tree(Ok(vec![self])), graph)
    }

    /// What the fields of one model hold, as JSON under their names: the body of a request.
    ///
    /// It has the model's fields: what the database makes and what is `skip` only if it is overridden or a preset
    /// says it, the key of a parent only if given, recycled, or shared by the session; no param, no `column(..)`. A field that holds a whole model has that
    /// model's attributes, a list those of all its models. Values are those of [`build`](Factory::build). No database is
    /// touched, no `after_build` runs, and a parent whose key is left out is not made, unless another attribute reads it.
    ///
    /// ```
    /// use manufactory::Factory;
    /// use serde_json::json;
    ///
    /// # #[derive(Factory)]
    /// # struct User { #[factory(key)] id: i64 }
    /// #[derive(Factory)]
    /// struct Post {
    ///     #[factory(key)]
    ///     id: i64,
    ///     #[factory(sub_factory(UserFactory))]
    ///     author_id: i64,
    ///     #[factory(value("Hello"))]
    ///     title: String,
    /// }
    ///
    /// let post = Post::factory().attributes()?;
    /// assert_eq!(json!(post), json!({ "title": "Hello" }));
    ///
    /// let post = Post::factory().title("Hi").author_id(7).attributes()?;
    /// assert_eq!(json!(post), json!({ "title": "Hi", "author_id": 7 }));
    /// # Ok::<(), manufactory::Error>(())
    /// ```
    ///
    /// # Errors
    /// An attribute's type is not `Serialize`, or its value has no form in JSON.
    #[cfg(feature = "serde_json")]
    fn attributes(self) -> Result<Map<String, Value>>
    where
        Self: Attributes,
    {
        let notes = Notes::begin();
        let turn = notes.here().take(Self::counter(), 1);
        attributes::of_row(self, &notes, turn)
    }

    /// The same as the type that a client would send.
    ///
    /// ```
    /// use manufactory::Factory;
    /// use serde::Deserialize;
    ///
    /// # #[derive(Factory)]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// #[derive(Deserialize)]
    /// struct CreateUser {
    ///     username: String,
    /// }
    ///
    /// let request: CreateUser = User::factory().attributes_as()?;
    /// assert_eq!(request.username, "alice");
    /// # Ok::<(), manufactory::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`attributes`](Factory::attributes); also when `T` asks for something else, such as a field that is not there.
    #[cfg(feature = "serde_json")]
    fn attributes_as<T: DeserializeOwned>(self) -> Result<T>
    where
        Self: Attributes,
    {
        attributes::into_type::<Self, T>(Factory::attributes(self)?)
    }
}
