//! How many rows a step has: a number, as many as are missing, children of other rows, pairs of them. Knows no row.

use super::pick::Spread;
use super::plan::Step;

/// How many rows a step has. A plain number turns [`into`](Into) one.
///
/// ```
/// use manufactory::seed::Count;
///
/// let count: Count = 1_000.into();
/// # let _ = count;
/// ```
#[derive(Debug, Clone)]
pub struct Count(pub(super) Kind);

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Exactly(i128),
    FillTo(i128),
    Per { parent: usize, spread: Spread },
    Pairs { here: usize, there: usize, n: i128 },
    Cross { here: usize, there: usize },
}

/// As many rows as are missing: what is in the table is counted, and the rest is added.
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64 }
/// use manufactory::seed::{Plan, fill_to};
///
/// let mut plan = Plan::new();
/// plan.step("users", fill_to(1_000), |_| User::factory());
/// ```
pub fn fill_to(rows: u32) -> Count {
    Count(Kind::FillTo(rows.into()))
}

/// Children: for each row of another step a number, a range, or as many as a [`Spread`] gives. [`Row::parent`](super::Row::parent) is the key
/// of the row that a child belongs to.
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64 }
/// # #[derive(Clone, Factory)]
/// # #[factory(table = "posts")]
/// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64 }
/// use manufactory::seed::{Plan, Spread, per};
///
/// let mut plan = Plan::new();
/// let users = plan.step("users", 100, |_| User::factory());
/// plan.step("posts", per(users, 0..=5), move |row| Post::factory().author_id(row.parent(users)));
/// plan.step("drafts", per(users, Spread::poisson(0.5)), move |row| Post::factory().author_id(row.parent(users)));
/// ```
pub fn per<F>(parents: Step<F>, children: impl Into<Spread>) -> Count {
    Count(Kind::Per { parent: parents.index(), spread: children.into() })
}

/// So many pairs of rows of two steps, none of them twice, at random. [`Row::pair`](super::Row::pair) are their keys.
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "tags")]
/// # struct Tag { #[factory(key)] id: i64 }
/// # #[derive(Clone, Factory)]
/// # #[factory(table = "follows")]
/// # struct Follow { #[factory(sub_factory(UserFactory))] user_id: i64, #[factory(sub_factory(TagFactory))] tag_id: i64 }
/// use manufactory::seed::{Options, Plan, pairs};
///
/// let mut plan = Plan::new();
/// let users = plan.step("users", 100, |_| User::factory());
/// let tags = plan.step("tags", 10, |_| Tag::factory());
/// plan.step("follows", pairs(users, tags, 300), |_| Follow::factory());
/// assert_eq!(plan.outline(&Options::new())?[2].rows, 300);
/// # Ok::<(), manufactory::seed::Failure>(())
/// ```
pub fn pairs<A, B>(here: Step<A>, there: Step<B>, n: u32) -> Count {
    Count(Kind::Pairs { here: here.index(), there: there.index(), n: n.into() })
}

/// Every pair of rows of two steps, in order. [`Row::pair`](super::Row::pair) are their keys.
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "tags")]
/// # struct Tag { #[factory(key)] id: i64 }
/// # #[derive(Clone, Factory)]
/// # #[factory(table = "follows")]
/// # struct Follow { #[factory(sub_factory(UserFactory))] user_id: i64, #[factory(sub_factory(TagFactory))] tag_id: i64 }
/// use manufactory::seed::{Options, Plan, cross};
///
/// let mut plan = Plan::new();
/// let users = plan.step("users", 100, |_| User::factory());
/// let tags = plan.step("tags", 10, |_| Tag::factory());
/// plan.step("follows", cross(users, tags), |_| Follow::factory());
/// assert_eq!(plan.outline(&Options::new())?[2].rows, 1_000);
/// # Ok::<(), manufactory::seed::Failure>(())
/// ```
pub fn cross<A, B>(here: Step<A>, there: Step<B>) -> Count {
    Count(Kind::Cross { here: here.index(), there: there.index() })
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Count {
            fn from(rows: $number) -> Self {
                #[allow(clippy::cast_lossless, reason = "the same for all of them")]
                Self(Kind::Exactly(rows as i128))
            }
        }
    )*};
}
// An `i32` is what an integer literal is where nothing else is said.
numbers! { i32, u32, i64, u64, usize }
