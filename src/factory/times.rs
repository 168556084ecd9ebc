//! Several rows of one factory: changed one by one, then built or created together.

use super::Factory;
use super::finish::{finish, graph};
use crate::error::Error;
use crate::persist::{Call, Create, Handle, Notes};
use crate::resolve::{Children, Context, Ends, Graph, IntoChildren, IntoEnds, Unrepeatable, refuse};
#[cfg(feature = "serde_json")]
use {
    crate::attributes::{self, Attributes},
    crate::error::Result,
    serde::de::DeserializeOwned,
    serde_json::{Map, Value},
};

/// Several rows of one factory. Made by [`Factory::times`].
///
/// ```
/// use manufactory::{Factory, Memory};
///
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let users = User::factory().times(3).each(|i, user| user.username(format!("user {i}")));
/// let users = users.create(&mut Memory::new()).await?;
/// assert_eq!((users[2].id, users[2].username.as_str()), (3, "user 2"));
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
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

impl<F> Times<F> {
    pub(super) fn new(template: F, n: usize) -> Self {
        Self { template, n, each: Same }
    }
}

impl<F: Factory, E: Each<F>> Times<F, E> {
    /// Changes the rows one by one; `change` gets the row's index in this batch, from 0.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// let users = User::factory().times(3).each(|i, user| match i {
    ///     0 => user.username("alice"),
    ///     _ => user.username(format!("bob {i}")),
    /// });
    /// let names: Vec<_> = users.build().into_iter().map(|user| user.username).collect();
    /// assert_eq!(names, ["alice", "bob 1", "bob 2"]);
    /// ```
    pub fn each<C: FnMut(usize, F) -> F>(self, mut change: C) -> Times<F, impl FnMut(usize, F) -> F> {
        let Self { template, n, mut each } = self;
        Times { template, n, each: move |i, factory| change(i, each.apply(i, factory)) }
    }

    /// Builds the rows in memory.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// let users = User::factory().times(2).build();
    /// assert_eq!(users.len(), 2);
    /// ```
    ///
    /// # Panics
    /// An attribute was overridden whose type is not `Clone`, and there is more than one row.
    pub fn build(self) -> Vec<F::Built> {
        let notes = Notes::begin();
        let models = self.build_in(&notes);
        finish(&notes);
        models
    }

    fn build_in(self, notes: &Notes) -> Vec<F::Built> {
        let first = notes.here().take(F::counter(), self.n as u64);
        let build = |mut factory: F, i| {
            factory.sharing().meet(notes, true);
            factory.build_in(&Context::in_memory(notes, first.after(i)))
        };
        let mut models = Vec::with_capacity(self.n);
        if self.template.is_untouched() {
            // The compiler sees that nothing is overridden, and skips what asks for it.
            let Self { n, mut each, .. } = self;
            models.extend((0..n).zip(0..).map(|(place, i)| build(each.apply(place, F::empty()), i)));
            return models;
        }
        for (factory, i) in self.rows().zip(0..) {
            match factory {
                Ok(factory) => models.push(build(factory, i)),
                Err(error) => refuse(format_args!("{:?}", error.of::<F>())),
            }
        }
        models
    }

    /// Makes the rows in a database, in the order of their index. No rows: no statement, an empty `Vec`.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new();
    /// let users = User::factory().times(2).create(&mut db).await?;
    /// assert_eq!((users[0].id, users[1].id), (1, 2));
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
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
    /// let made = Post::factory().times(2).create_graph(&mut db).await?;
    /// assert_eq!((made.roots().len(), made.all::<User>().len()), (2, 2));
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
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

    /// What the fields of each row's model hold, as JSON: see [`Factory::attributes`].
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// use serde_json::json;
    ///
    /// let users = User::factory().times(2).each(|i, user| user.username(format!("user {i}"))).attributes()?;
    /// assert_eq!(json!(users), json!([{ "username": "user 0" }, { "username": "user 1" }]));
    /// # Ok::<(), manufactory::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Factory::attributes`]; also when an attribute was overridden whose type is not `Clone`.
    #[cfg(feature = "serde_json")]
    pub fn attributes(self) -> Result<Vec<Map<String, Value>>>
    where
        F: Attributes,
    {
        let (notes, n) = (Notes::begin(), self.n);
        let first = notes.here().take(F::counter(), n as u64);
        let rows = self.rows().zip(0..).zip(0..);
        rows.map(|((row, i), index)| {
            attributes::of_row(row.map_err(Unrepeatable::of::<F>)?, &notes, first.after(i))
                .map_err(|error| error.at(index, n))
        })
        .collect()
    }

    /// The same as the type that a client would send: see [`Factory::attributes_as`].
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use serde::Deserialize;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// #[derive(Deserialize)]
    /// struct CreateUser {
    ///     username: String,
    /// }
    ///
    /// let requests: Vec<CreateUser> = User::factory().times(2).attributes_as()?;
    /// assert_eq!(requests[1].username, "alice");
    /// # Ok::<(), manufactory::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Factory::attributes_as`]; also when an attribute was overridden whose type is not `Clone`.
    #[cfg(feature = "serde_json")]
    pub fn attributes_as<T: DeserializeOwned>(self) -> Result<Vec<T>>
    where
        F: Attributes,
    {
        let n = self.n;
        let rows = self.attributes()?.into_iter().enumerate();
        rows.map(|(i, row)| attributes::into_type::<F, T>(row).map_err(|error| error.at(i, n))).collect()
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
/// ```
/// use manufactory::{Factory, Memory, create_all};
///
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut db = Memory::new();
/// let users = create_all(&mut db, [User::factory().username("alice"), User::factory()]).await?;
/// assert_eq!(users[0].username, "alice");
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
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

#[diagnostic::do_not_recommend]
impl<F: Factory, E: Each<F>> IntoChildren<F> for Times<F, E> {
    fn into_children(self) -> Children<F> {
        self.rows().collect()
    }
}

#[diagnostic::do_not_recommend]
impl<F: Factory, E: Each<F>> IntoEnds<F> for Times<F, E> {
    fn into_ends(self) -> Ends<F> {
        Ends::Make(self.into_children())
    }
}
