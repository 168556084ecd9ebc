//! The row that a step's closure makes a factory for: which one it is, and the values that go by its number.

use super::course::Course;
use super::keys::{Stop, stop};
use super::pick::{Growth, Permutation, Series, Shares};
use crate::session::{Now, Stream, hash};
use std::cell::Cell;
use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

/// A row that is about to be made. What it gives depends on the seed, the name of the step and the row's number, and on
/// nothing else.
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "posts")]
/// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
/// use manufactory::seed::{Options, Plan, Row};
///
/// /// Every tenth user is a bot.
/// fn user(row: &Row<'_>) -> UserFactory {
///     if row.index() % 10 == 0 { User::factory().username("bot") } else { User::factory() }
/// }
///
/// let mut plan = Plan::new();
/// plan.step("users", 100, user);
/// assert_eq!(plan.sample(&Options::new(), "users", 11)?[10].get("username"), Some(&"bot".into()));
/// # Ok::<(), manufactory::seed::Failure>(())
/// ```
pub struct Row<'c> {
    pub(super) course: &'c Course,
    pub(super) step: usize,
    pub(super) index: u64,
    /// Of a child, the row of its parent and its number among that one's children; of a pair, its two rows.
    pub(super) place: Option<(u64, u64)>,
    /// How often the row has picked.
    pub(super) picks: Cell<u32>,
    /// The step whose row it belongs to and was already wired to.
    pub(super) wired: Cell<Option<usize>>,
}

impl<'c> Row<'c> {
    pub(super) fn new(course: &'c Course, step: usize, index: u64, place: Option<(u64, u64)>) -> Self {
        Self { course, step, index, place, picks: Cell::new(0), wired: Cell::new(None) }
    }

    /// Its number in the step, from 0.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # let mut plan = Plan::new();
    /// plan.step("users", 100, |row| User::factory().username(format!("user {}", row.index())));
    /// assert_eq!(plan.sample(&Options::new(), "users", 3)?[2].get("username"), Some(&"user 2".into()));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many rows the step has.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # let mut plan = Plan::new();
    /// plan.step("users", 100, |row| User::factory().username(format!("{} of {}", row.index() + 1, row.count())));
    /// assert_eq!(plan.sample(&Options::new(), "users", 1)?[0].get("username"), Some(&"1 of 100".into()));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn count(&self) -> u64 {
        self.course.steps[self.step].total
    }

    /// Of a child ([`per`](super::per)), its number among the children of its parent, from 0. Otherwise 0.
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
    /// use manufactory::seed::per;
    ///
    /// let users = plan.step("users", 10, |_| User::factory());
    /// plan.step("posts", per(users, 3), |row| Post::factory().title(format!("part {}", row.child() + 1)));
    /// assert_eq!(plan.sample(&Options::new(), "posts", 4)?[3].get("title"), Some(&"part 1".into()));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn child(&self) -> u64 {
        self.place.map_or(0, |(_, child)| child)
    }

    /// Randomness of the row's own; another name gives other numbers.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, age: i32 }
    /// use manufactory::seed::Plan;
    /// use rand::RngExt;
    ///
    /// let mut plan = Plan::new();
    /// plan.step("users", 100, |row| User::factory().age(row.rng("age").random_range(18..99)));
    /// ```
    pub fn rng(&self, name: &str) -> Stream {
        self.course.session.stream(self.named(name), self.index)
    }

    /// One of these values, each by its exact share of the step's rows, in no visible order.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, role: String }
    /// use manufactory::seed::Plan;
    ///
    /// let mut plan = Plan::new();
    /// plan.step("users", 100, |row| User::factory().role(row.share([(80.0, "member"), (15.0, "author"), (5.0, "admin")])));
    /// ```
    pub fn share<T, const N: usize>(&self, shares: [(f64, T); N]) -> T {
        let weights = shares.each_ref().map(|(weight, _)| *weight);
        let place = self.shared(&weights, "share");
        match shares.into_iter().nth(place) {
            Some((_, value)) => value,
            None => stop(wrong("`row.share(..)` was given nothing to choose from")),
        }
    }

    /// An instant between two: later rows never come before earlier ones, and all of them are spread evenly, with a little
    /// disorder in between.
    ///
    /// It takes and gives whatever a [`Now`] turns into: `SystemTime`, and the instants of chrono, time and jiff.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "posts", on(sqlx))]
    /// # struct Post { #[factory(key)] id: i64, published_at: chrono::DateTime<chrono::Utc> }
    /// # let mut plan = Plan::new();
    /// use chrono::{DateTime, Duration};
    ///
    /// let now = DateTime::UNIX_EPOCH + Duration::days(20_000);
    /// let year_ago = now - Duration::days(365);
    /// plan.step("posts", 1_000, move |row| Post::factory().published_at(row.time(year_ago, now)));
    /// # plan.sample(&Options::new(), "posts", 1_000)?;
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn time<T: Into<Now> + From<Now>>(&self, from: T, to: T) -> T {
        let (from, to) = (from.into(), to.into());
        let span = to.system_time().duration_since(from.system_time()).unwrap_or_default();
        let end = i128::try_from(span.as_nanos()).unwrap_or(i128::MAX);
        let series = Series::new(0, end, self.count(), self.named("time")).unwrap_or_else(|why| stop(wrong(&*why)));
        T::from(from + Duration::from_nanos(u64::try_from(series.at(self.index)).unwrap_or(u64::MAX)))
    }

    /// A counter that grows from row to row, by a step from this range on average.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "readings")]
    /// # struct Reading { #[factory(key)] id: i64, meter: i64 }
    /// # let mut plan = Plan::new();
    /// plan.step("readings", 1_000, |row| Reading::factory().meter(row.growing(100, 1..=9) as i64));
    /// assert_eq!(plan.sample(&Options::new(), "readings", 1)?[0].get("meter"), Some(&100.into()));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn growing(&self, start: u64, steps: RangeInclusive<u64>) -> u64 {
        let growth = Growth::new(start, steps, self.named("growing")).unwrap_or_else(|why| stop(wrong(&*why)));
        growth.at(self.index)
    }

    /// A number that is the same for the same name in all rows of the step.
    pub(super) fn named(&self, name: &str) -> u64 {
        hash(&format!("seed.{}.{name}", self.course.steps[self.step].name))
    }

    pub(super) fn shared(&self, weights: &[f64], name: &str) -> usize {
        let shares = Shares::new(weights, self.count()).unwrap_or_else(|why| stop(wrong(&*why)));
        shares.of(Permutation::new(self.count(), self.named(name)).at(self.index))
    }
}

/// Why a row cannot be made as it was asked for.
pub(super) fn wrong(why: &(impl fmt::Display + ?Sized)) -> Stop {
    Stop { why: why.to_string() }
}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = &self.course.steps[self.step].name;
        f.debug_struct("Row").field("step", step).field("index", &self.index).finish_non_exhaustive()
    }
}
