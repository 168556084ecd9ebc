//! Which row of a step: a way to pick one. Knows no keys.

use super::plan::Step;
use std::marker::PhantomData;

/// Which row of a step another row points at. Made by a [`Step`], for [`Row::key`](super::Row::key).
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "posts")]
/// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
/// use manufactory::seed::{Choice, Options, Plan};
///
/// let mut plan = Plan::new();
/// let users = plan.step("users", 10, |_| User::factory());
/// plan.step("posts", 100, move |row| {
///     // Half of the posts are by the first user, the others by anybody.
///     let author: Choice<UserFactory> = if row.index() < 50 { users.row(0) } else { users.uniform() };
///     Post::factory().author_id(row.key(author))
/// });
/// # assert_eq!(plan.sample(&Options::new(), "posts", 1)?[0].get("author_id"), Some(&1.into()));
/// # Ok::<(), manufactory::seed::Failure>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "pass it to `row.key(..)`"]
pub struct Choice<F> {
    pub(super) step: usize,
    pub(super) way: Way,
    factory: PhantomData<fn() -> F>,
}

#[derive(Debug, Clone)]
pub(super) enum Way {
    Uniform,
    Zipf(f64),
    Shares(Vec<f64>),
    InTurn,
    At(u64),
    Distinct,
}

impl<F> Step<F> {
    /// Any of the rows, each as likely as any other.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # let mut plan = Plan::new();
    /// let users = plan.step("users", 10, |_| User::factory());
    /// plan.step("posts", 100, move |row| Post::factory().author_id(row.key(users.uniform())));
    /// # plan.sample(&Options::new(), "posts", 100)?;
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn uniform(self) -> Choice<F> {
        self.by(Way::Uniform)
    }

    /// A few rows get most: the `k`-th is picked in proportion to `1 / k^s`. With 0 each is as likely as any other.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # let mut plan = Plan::new();
    /// let users = plan.step("users", 10, |_| User::factory());
    /// plan.step("posts", 100, move |row| Post::factory().author_id(row.key(users.zipf(1.1))));
    /// # plan.sample(&Options::new(), "posts", 100)?;
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn zipf(self, s: f64) -> Choice<F> {
        self.by(Way::Zipf(s))
    }

    /// The first rows of the step, each by its exact share of the rows that pick: `&[80.0, 15.0, 5.0]` gives the first row
    /// 80 of 100. The shares may add up to anything. Rows beyond get nothing.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # let mut plan = Plan::new();
    /// let users = plan.step("users", 10, |_| User::factory());
    /// plan.step("posts", 100, move |row| Post::factory().author_id(row.key(users.shares(&[80.0, 15.0, 5.0]))));
    ///
    /// let posts = plan.sample(&Options::new(), "posts", 100)?;
    /// let by_the_first = posts.iter().filter(|post| post.get("author_id") == Some(&1.into()));
    /// assert_eq!(by_the_first.count(), 80);
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn shares(self, shares: &[f64]) -> Choice<F> {
        self.by(Way::Shares(shares.to_vec()))
    }

    /// One after the other, from the first on.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # let mut plan = Plan::new();
    /// let users = plan.step("users", 10, |_| User::factory());
    /// plan.step("posts", 100, move |row| Post::factory().author_id(row.key(users.round_robin())));
    ///
    /// let posts = plan.sample(&Options::new(), "posts", 11)?;
    /// assert_eq!(posts[10].get("author_id"), posts[0].get("author_id"));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn round_robin(self) -> Choice<F> {
        self.by(Way::InTurn)
    }

    /// This row, counted from 0; counted on from the first again where there are not so many.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # let mut plan = Plan::new();
    /// let users = plan.step("users", 10, |_| User::factory());
    /// plan.step("news", 5, move |row| Post::factory().author_id(row.key(users.row(0))));
    /// # assert_eq!(plan.sample(&Options::new(), "news", 5)?[4].get("author_id"), Some(&1.into()));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn row(self, index: u64) -> Choice<F> {
        self.by(Way::At(index))
    }

    /// In a step of children ([`per`](super::per)): another row for each child of the same parent.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "tags")]
    /// # struct Tag { #[factory(key)] id: i64 }
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "post_tags")]
    /// # struct PostTag { #[factory(key, sub_factory(PostFactory))] post_id: i64, #[factory(key, sub_factory(TagFactory))] tag_id: i64 }
    /// # let mut plan = Plan::new();
    /// # let users = plan.step("users", 10, |_| User::factory());
    /// use manufactory::seed::per;
    ///
    /// let tags = plan.step("tags", 10, |_| Tag::factory());
    /// let posts = plan.step("posts", 100, |_| Post::factory());
    /// plan.step("post_tags", per(posts, 3), move |row| PostTag::factory().tag_id(row.key(tags.distinct())));
    /// # assert_eq!(plan.sample(&Options::new(), "post_tags", 300)?.len(), 300);
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn distinct(self) -> Choice<F> {
        self.by(Way::Distinct)
    }

    fn by(self, way: Way) -> Choice<F> {
        Choice { step: self.index(), way, factory: PhantomData }
    }
}
