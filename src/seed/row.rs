//! The row that a step's closure makes a factory for: which one it is, and how it picks others.

use super::choice::{Choice, Way};
use super::course::Course;
use super::keys::{Stop, stop};
use super::pick::{Growth, Permutation, Series, Shares, Zipf, distinct};
use super::plan::Step;
use super::target::Seeds;
use crate::persist::Model;
use crate::resolve::{Keyed, KeyedBy};
use crate::session::{Now, Stream, hash};
use rand::RngExt;
use std::cell::Cell;
use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

/// A row that is about to be made. What it gives depends on the seed, the name of the step and the row's number, and on
/// nothing else.
pub struct Row<'c> {
    pub(super) course: &'c Course,
    pub(super) step: usize,
    pub(super) index: u64,
    /// Of a child, the row of its parent and its number among that one's children; of a pair, its two rows.
    pub(super) place: Option<(u64, u64)>,
    /// How often the row has picked.
    picks: Cell<u32>,
    /// The step whose row it belongs to and was already wired to.
    wired: Cell<Option<usize>>,
}

impl<'c> Row<'c> {
    pub(super) fn new(course: &'c Course, step: usize, index: u64, place: Option<(u64, u64)>) -> Self {
        Self { course, step, index, place, picks: Cell::new(0), wired: Cell::new(None) }
    }

    /// Its number in the step, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many rows the step has.
    pub fn count(&self) -> u64 {
        self.course.steps[self.step].total
    }

    /// Of a child ([`per`](super::per)), its number among the children of its parent, from 0. Otherwise 0.
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

    /// The key of a row of another step, or of one that is there already.
    #[expect(clippy::needless_pass_by_value, reason = "it is made for this call")]
    pub fn key<F>(&self, choice: Choice<F>) -> F::Key
    where
        F: Seeds + Keyed + KeyedBy<<F as Keyed>::Key>,
        F::Key: Clone + Send + Sync + 'static,
    {
        let index = self.pick(choice.step, &choice.way);
        self.course.key::<F>(choice.step, index)
    }

    /// The model of a row of another step, made once more: for a relation of which other attributes read more than the key.
    #[expect(clippy::needless_pass_by_value, reason = "it is made for this call")]
    pub fn model<F>(&self, choice: Choice<F>) -> Model<F>
    where
        F: Seeds,
    {
        let index = self.pick(choice.step, &choice.way);
        self.course.model::<F>(choice.step, index)
    }

    /// The keys of so many rows of a step, none of them twice.
    pub fn keys<F>(&self, step: Step<F>, n: u64) -> Vec<F::Key>
    where
        F: Seeds + Keyed + KeyedBy<<F as Keyed>::Key>,
        F::Key: Clone + Send + Sync + 'static,
    {
        let key = self.rng(&self.occasion(step.index())).random::<u64>();
        let of = self.total(step.index());
        let rows = (0..n).map(|i| self.distinct(step.index(), of, key, i));
        rows.map(|row| self.course.key::<F>(step.index(), row)).collect()
    }

    /// In a step of children ([`per`](super::per)), the key of the row that this one belongs to.
    pub fn parent<F>(&self, parents: Step<F>) -> F::Key
    where
        F: Seeds + Keyed + KeyedBy<<F as Keyed>::Key>,
        F::Key: Clone + Send + Sync + 'static,
    {
        let (parent, _) = self.placed(parents.index());
        self.course.key::<F>(parents.index(), parent)
    }

    /// In a step of [`pairs`](super::pairs) or of a [`cross`](super::cross) product, the two keys.
    pub fn pair<A, B>(&self, here: Step<A>, there: Step<B>) -> (A::Key, B::Key)
    where
        A: Seeds + Keyed + KeyedBy<<A as Keyed>::Key>,
        B: Seeds + Keyed + KeyedBy<<B as Keyed>::Key>,
        A::Key: Clone + Send + Sync + 'static,
        B::Key: Clone + Send + Sync + 'static,
    {
        let (first, _) = self.placed(here.index());
        let (_, second) = self.placed(there.index());
        (self.course.key::<A>(here.index(), first), self.course.key::<B>(there.index(), second))
    }

    /// The key of a row of this same step that comes before this one, any of them. `None` for the first.
    ///
    /// `F` is the step's own factory.
    pub fn earlier<F>(&self) -> Option<F::Key>
    where
        F: Seeds + Keyed + KeyedBy<<F as Keyed>::Key>,
        F::Key: Clone + Send + Sync + 'static,
    {
        if self.index == 0 {
            return None;
        }
        let row = self.even(&self.occasion(self.step), self.index);
        Some(self.course.key::<F>(self.step, row))
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

    /// An instant between two: the first row has the first of them, later rows never come before earlier ones, and all of
    /// them are spread evenly, with a little disorder in between.
    ///
    /// It takes and gives whatever a [`Now`] turns into: `SystemTime`, and the instants of chrono, time and jiff.
    pub fn time<T: Into<Now> + From<Now>>(&self, from: T, to: T) -> T {
        let (from, to) = (from.into(), to.into());
        let span = to.system_time().duration_since(from.system_time()).unwrap_or_default();
        let end = i128::try_from(span.as_nanos()).unwrap_or(i128::MAX);
        let series = Series::new(0, end, self.count(), self.named("time")).unwrap_or_else(|why| stop(wrong(&*why)));
        T::from(from + Duration::from_nanos(u64::try_from(series.at(self.index)).unwrap_or(u64::MAX)))
    }

    /// A counter that grows from row to row, by a step from this range on average.
    pub fn growing(&self, start: u64, steps: RangeInclusive<u64>) -> u64 {
        let growth = Growth::new(start, steps, self.named("growing")).unwrap_or_else(|why| stop(wrong(&*why)));
        growth.at(self.index)
    }

    /// A number that is the same for the same name in all rows of the step.
    pub(super) fn named(&self, name: &str) -> u64 {
        hash(&format!("seed.{}.{name}", self.course.steps[self.step].name))
    }

    /// The name under which the row picks of a step: the second time it is another one.
    fn occasion(&self, step: usize) -> String {
        let n = self.picks.get();
        self.picks.set(n + 1);
        format!("{}#{n}", self.course.steps[step].name)
    }

    fn total(&self, step: usize) -> u64 {
        let of = self.course.steps[step].total;
        if of == 0 {
            let laid = &self.course.steps[step];
            let hint = if laid.rows.source().counts() && laid.is_made() {
                ": none were missing; draw from those that are there, `plan.existing(..)`"
            } else {
                ""
            };
            stop(wrong(&format!("step `{}` has no rows to choose from{hint}", laid.name)));
        }
        of
    }

    /// The number of the row that is picked.
    pub(super) fn pick(&self, step: usize, way: &Way) -> u64 {
        let of = self.total(step);
        match way {
            Way::Uniform => self.even(&self.occasion(step), of),
            Way::Zipf(s) => match Zipf::new(of, *s) {
                Ok(zipf) => zipf.draw(&mut self.rng(&self.occasion(step))),
                Err(why) => stop(wrong(&*why)),
            },
            Way::Shares(weights) => self.shared(weights, &self.occasion(step)) as u64 % of,
            Way::InTurn => self.index % of,
            Way::At(index) => index % of,
            Way::Distinct => match self.place {
                Some((parent, child)) => {
                    let key = self.course.session.stream(self.named(&self.occasion(step)), parent).random::<u64>();
                    self.distinct(step, of, key, child)
                }
                None => {
                    stop(wrong("`distinct()` is for the children of a parent: give the step's number as `per(..)`"))
                }
            },
        }
    }

    fn distinct(&self, step: usize, of: u64, key: u64, i: u64) -> u64 {
        distinct(of, key, i).unwrap_or_else(|| {
            let name = &self.course.steps[step].name;
            stop(wrong(&format!("wants {} different rows of step `{name}`, which has {of}", i + 1)))
        })
    }

    /// A number below another one, each as likely as any other.
    fn even(&self, name: &str, below: u64) -> u64 {
        match Zipf::new(below, 0.0) {
            Ok(even) => even.draw(&mut self.rng(name)),
            Err(why) => stop(wrong(&*why)),
        }
    }

    fn shared(&self, weights: &[f64], name: &str) -> usize {
        let shares = Shares::new(weights, self.count()).unwrap_or_else(|why| stop(wrong(&*why)));
        shares.of(Permutation::new(self.count(), self.named(name)).at(self.index))
    }

    /// The row of a step that this one belongs to, the first time that a relation asks.
    pub(super) fn owner(&self, of: usize) -> Option<u64> {
        let owner = self.course.steps[self.step].owner(of, self.place?)?;
        (self.wired.replace(Some(of)) != Some(of)).then_some(owner)
    }

    fn placed(&self, step: usize) -> (u64, u64) {
        match self.place {
            Some(place) if self.course.steps[self.step].belongs(step) => place,
            _ => {
                let name = &self.course.steps[step].name;
                stop(wrong(&format!(
                    "is no child of step `{name}`: give its number as `per(..)`, `pairs(..)` or `cross(..)`"
                )))
            }
        }
    }
}

/// Why a row cannot be made as it was asked for.
fn wrong(why: &(impl fmt::Display + ?Sized)) -> Stop {
    Stop { why: why.to_string() }
}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = &self.course.steps[self.step].name;
        f.debug_struct("Row").field("step", step).field("index", &self.index).finish_non_exhaustive()
    }
}
