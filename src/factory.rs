//! What a caller touches: `build`, `create`, and their batches. The stages behind them are in `resolve`, the databases
//! in `persist`.

use crate::error::Error;
use crate::persist::{Call, Create, Handle, Ledger};
use crate::resolve::{
    Children, Context, Draft, Ends, Graph, IntoAmong, IntoChildren, IntoEnds, Rule, Sharing, Unrepeatable, refuse,
};
use crate::session::{self, Session};

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
    /// # Panics
    /// What the factory was told of a parent makes no sense: `author_with(..)` beside `author(..)`, nothing to choose from,
    /// a sharing that nothing uses. `create` returns these as errors.
    #[inline]
    fn build(mut self) -> Self::Model {
        let session = session::here();
        if self.sharing().is_some() || session.has_models() {
            return remembering(|ledger| {
                meet(&mut self, ledger);
                self.build_in(&session, Some(ledger))
            });
        }
        self.build_in(&session, None)
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

    /// One parent made by `F` for the whole call, however deep it is wanted.
    ///
    /// What is said of one relation wins over it, and so does what is recycled. A sharing that nothing uses is an error.
    ///
    /// ```
    /// use manufactory::{Factory, Memory};
    ///
    /// #[derive(Debug, Clone, Factory)]
    /// struct User {
    ///     #[factory(key)]
    ///     id: i64,
    /// }
    ///
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
        Sharing::add(self.sharing(), Rule::share::<F>());
        self
    }

    /// One parent of each factory for the whole call: the smallest graph there is.
    fn share_all(mut self) -> Self {
        Sharing::add(self.sharing(), Rule::share_all());
        self
    }

    /// This model wherever one of its type is wanted in the call, however deep. What is said of one relation wins over it.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Clone, Factory)]
    /// # struct User {
    /// #     #[factory(key)]
    /// #     id: i64,
    /// # }
    /// # #[derive(Factory)]
    /// # struct Post {
    /// #     #[factory(sub_factory(UserFactory))]
    /// #     author_id: i64,
    /// # }
    /// let alice = User::factory().build();
    /// assert_eq!(Post::factory().recycle(&alice).build().author_id, alice.id);
    /// ```
    fn recycle<M: Clone + Send + 'static>(mut self, model: &M) -> Self {
        Sharing::add(self.sharing(), Rule::recycle(std::slice::from_ref(model), "recycle"));
        self
    }

    /// One of these models wherever one of their type is wanted in the call: a slice, or
    /// [`among(&models)`](crate::among) with a way to pick.
    fn recycle_among<M: Clone + Send + 'static>(mut self, models: impl IntoAmong<M>) -> Self {
        Sharing::add(self.sharing(), Rule::recycle(models, "recycle_among"));
        self
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

    /// Makes one row in a database, as [`create`](Factory::create), and gives back everything that was made.
    ///
    /// ```
    /// use manufactory::{Factory, Memory};
    ///
    /// #[derive(Debug, Clone, Factory)]
    /// #[factory(has_many(posts: PostFactory, by = author))]
    /// struct User {
    ///     #[factory(key)]
    ///     id: i64,
    /// }
    ///
    /// #[derive(Debug, Clone, Factory)]
    /// struct Post {
    ///     #[factory(key)]
    ///     id: i64,
    ///     #[factory(sub_factory(UserFactory))]
    ///     author_id: i64,
    /// }
    ///
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
}

fn graph<F: Factory>(models: Vec<F::Model>, ledger: &Ledger) -> Option<Graph<F>> {
    Graph::new(models, F::kept(), ledger)
}

/// Builds with something to remember, and makes sure that it was of use.
fn remembering<T>(build: impl FnOnce(&Ledger) -> T) -> T {
    let ledger = Ledger::default();
    let built = build(&ledger);
    if let Some(rule) = ledger.pools().unused() {
        refuse(crate::persist::unused(rule));
    }
    built
}

fn meet<F: Factory>(factory: &mut F, ledger: &Ledger) {
    if let Some(sharing) = factory.sharing() {
        sharing.meet(&mut ledger.pools());
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
    pub fn build(mut self) -> Vec<F::Model> {
        let session = session::here();
        if self.template.sharing().is_some() || session.has_models() {
            return remembering(|ledger| self.build_in(&session, Some(ledger)));
        }
        self.build_in(&session, None)
    }

    fn build_in(self, session: &Session, ledger: Option<&Ledger>) -> Vec<F::Model> {
        let first = session.take(F::counter(), self.n as u64);
        let mut models = Vec::with_capacity(self.n);
        for (factory, i) in self.rows().zip(0..) {
            match factory {
                Ok(mut factory) => {
                    if let Some(ledger) = ledger {
                        meet(&mut factory, ledger);
                    }
                    models.push(factory.build_row(&Context::new(session, first.after(i)).with(ledger)));
                }
                Err(error) => refuse(format_args!("{:?}", error.of::<F>())),
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
        db.run(Call::new(self.factories()), Call::<F>::all)
    }

    /// Makes the rows in a database, and gives back everything that was made: see
    /// [`create_graph`](Factory::create_graph).
    ///
    /// # Errors
    /// As [`create`](Times::create).
    pub fn create_graph<'h, D>(self, db: D) -> D::Output<Graph<F>>
    where
        D: Handle<'h>,
        F: Create<D::Backend> + 'h,
    {
        db.run(Call::with_tree(self.factories()), graph)
    }

    fn factories(self) -> Result<Vec<F>, Error> {
        self.rows().collect::<Result<_, _>>().map_err(Unrepeatable::of::<F>)
    }

    /// The rows' factories: copies of the template, the last one the template itself.
    fn rows(self) -> impl Iterator<Item = Result<F, Unrepeatable>> {
        let Self { template, n, mut each } = self;
        let mut template = Some(template);
        (0..n).map_while(move |i| {
            let factory = match &template {
                Some(factory) if i + 1 < n => factory.fork(),
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

impl<F: Factory, E: Each<F>> IntoChildren<F> for Times<F, E> {
    fn into_children(self) -> Children<F> {
        self.rows().collect()
    }
}

impl<F: Factory, E: Each<F>> IntoEnds<F> for Times<F, E> {
    fn into_ends(self) -> Ends<F> {
        Ends::Make(self.into_children())
    }
}
