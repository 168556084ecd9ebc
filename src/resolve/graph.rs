//! What a call has made, for whoever asks: the rows asked for, everything else by type, and who belongs to whom.

use crate::persist::{Kept, Ledger, Record, Tree};
use std::any::TypeId;
use std::fmt;
use std::ops::Range;

/// All that one call has made. Given back by [`create_graph`](crate::Factory::create_graph).
///
/// Its text is a tree: how many rows of which factory each relation has led to.
///
/// ```
/// use manufactory::{Factory, Graph, Memory};
///
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "posts")]
/// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let made: Graph<PostFactory> = Post::factory().times(2).create_graph(&mut Memory::new()).await?;
/// assert_eq!(made.to_string(), "2 Post\n└─ author: 2 User");
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
pub struct Graph<F: Record> {
    tree: Tree,
    roots: Roots<F::Model>,
}

enum Roots<M> {
    /// Among all models of their type.
    Among(Kept<M>, Range<usize>),
    /// By themselves: their type cannot be kept beside others.
    Alone(Vec<M>),
}

impl<F: Record> Graph<F> {
    /// Of the models that were asked for, and what the call remembers.
    pub(crate) fn new(models: Vec<F::Model>, kept: Option<Kept<F::Model>>, ledger: &Ledger) -> Option<Self> {
        let mut tree = ledger.take_tree()?;
        let len = models.len();
        let Some(kept) = kept else { return Some(Self { tree, roots: Roots::Alone(models) }) };
        for (row, model) in models.into_iter().enumerate() {
            tree.keep_asked(row, &kept, model);
        }
        let range = if len == 0 { 0..0 } else { tree.place(0..len)? };
        Some(Self { tree, roots: Roots::Among(kept, range) })
    }

    /// The models that were asked for, in their order.
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
    /// let made = Post::factory().times(2).create_graph(&mut Memory::new()).await?;
    /// assert_eq!(made.roots().len(), 2);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn roots(&self) -> &[F::Model] {
        match &self.roots {
            Roots::Among(kept, range) => self.tree.list(kept).get(range.clone()).unwrap_or_default(),
            Roots::Alone(models) => models,
        }
    }

    /// All models of a type that were made in the call, the ones asked for included. None of types that borrow, that have
    /// type parameters or that are not `Send`.
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
    /// let made = Post::factory().create_graph(&mut Memory::new()).await?;
    /// assert_eq!(made.all::<User>()[0].id, made.roots()[0].author_id);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn all<M: 'static>(&self) -> &[M] {
        self.tree.all()
    }

    /// What was made as children of this model, and of those in turn. The model is one of the graph's own: a clone of it
    /// has none.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users", has_many(posts: PostFactory, by = author))]
    /// # struct User { #[factory(key)] id: i64 }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let made = User::factory().posts(3).times(2).create_graph(&mut Memory::new()).await?;
    /// let first = &made.roots()[0];
    /// assert_eq!(made.of(first).all::<Post>().len(), 3);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn of<M: 'static>(&self, model: &M) -> Family<'_> {
        let place = self.all::<M>().iter().position(|known| std::ptr::eq(known, model));
        let row = place.and_then(|place| self.tree.row_of(TypeId::of::<M>(), place));
        Family { tree: &self.tree, row }
    }
}

impl<F: Record> fmt::Display for Graph<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tree.fmt(f)
    }
}

impl<F: Record> fmt::Debug for Graph<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tree.fmt(f)
    }
}

/// The children of one model, and theirs. Given by [`Graph::of`].
///
/// ```
/// # use manufactory::{Factory, Memory};
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users", has_many(posts: PostFactory, by = author))]
/// # struct User { #[factory(key)] id: i64 }
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "posts")]
/// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let made = User::factory().posts(3).create_graph(&mut Memory::new()).await?;
/// let family = made.of(&made.roots()[0]);
/// assert_eq!((family.all::<Post>().len(), family.all::<User>().len()), (3, 0));
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
#[derive(Debug)]
pub struct Family<'g> {
    tree: &'g Tree,
    row: Option<usize>,
}

impl<'g> Family<'g> {
    /// Those of one type, in the order in which they were made.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users", has_many(posts: PostFactory, by = author))]
    /// # struct User { #[factory(key)] id: i64 }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let made = User::factory().posts(3).create_graph(&mut Memory::new()).await?;
    /// let user = &made.roots()[0];
    /// assert!(made.of(user).all::<Post>().iter().all(|post| post.author_id == user.id));
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn all<M: 'static>(&self) -> Vec<&'g M> {
        let places = self.row.map(|row| self.tree.descendants(row, TypeId::of::<M>())).unwrap_or_default();
        let models = self.tree.all::<M>();
        places.into_iter().filter_map(|place| models.get(place)).collect()
    }
}
