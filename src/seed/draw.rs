//! How a row finds others: those that it picks, and those that it belongs to. Makes none of them.

use super::choice::{Choice, Way};
use super::keys::stop;
use super::pick::{Zipf, distinct};
use super::plan::Step;
use super::row::{Row, wrong};
use super::target::Seeds;
use crate::persist::Model;
use crate::resolve::{Keyed, KeyedBy};
use rand::RngExt;

impl Row<'_> {
    /// The key of a row of another step, or of one that is there already.
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
    /// assert_eq!(plan.sample(&Options::new(), "posts", 2)?[1].get("author_id"), Some(&2.into()));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
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
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # let mut plan = Plan::new();
    /// #[derive(Clone, Factory)]
    /// #[factory(table = "posts")]
    /// struct Post {
    ///     #[factory(key)]
    ///     id: i64,
    ///     #[factory(sub_factory(UserFactory))]
    ///     author_id: i64,
    ///     #[factory(format("by {author.username}"))] // reads more than the key
    ///     title: String,
    /// }
    ///
    /// let users = plan.step("users", 10, |_| User::factory().username("alice"));
    /// plan.step("posts", 100, move |row| Post::factory().author(&row.model(users.zipf(1.1))));
    /// assert_eq!(plan.sample(&Options::new(), "posts", 1)?[0].get("title"), Some(&"by alice".into()));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    #[expect(clippy::needless_pass_by_value, reason = "it is made for this call")]
    pub fn model<F>(&self, choice: Choice<F>) -> Model<F>
    where
        F: Seeds,
    {
        let index = self.pick(choice.step, &choice.way);
        self.course.model::<F>(choice.step, index)
    }

    /// The keys of so many rows of a step, none of them twice.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "tags")]
    /// # struct Tag { #[factory(key)] id: i64 }
    /// # let mut plan = Plan::new();
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(json)] tags: Vec<i64> }
    /// let tags = plan.step("tags", 50, |_| Tag::factory());
    /// plan.step("posts", 100, move |row| Post::factory().tags(row.keys(tags, 3)));
    /// # plan.sample(&Options::new(), "posts", 100)?;
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
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
    /// plan.step("posts", per(users, 2), move |row| Post::factory().author_id(row.parent(users)));
    /// assert_eq!(plan.sample(&Options::new(), "posts", 3)?[2].get("author_id"), Some(&2.into()));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn parent<F>(&self, parents: Step<F>) -> F::Key
    where
        F: Seeds + Keyed + KeyedBy<<F as Keyed>::Key>,
        F::Key: Clone + Send + Sync + 'static,
    {
        let (parent, _) = self.placed(parents.index());
        self.course.key::<F>(parents.index(), parent)
    }

    /// In a step of [`pairs`](super::pairs) or of a [`cross`](super::cross) product, the two keys.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "tags")]
    /// # struct Tag { #[factory(key)] id: i64 }
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "follows")]
    /// # struct Follow { #[factory(sub_factory(UserFactory))] user_id: i64, #[factory(sub_factory(TagFactory))] tag_id: i64 }
    /// # let mut plan = Plan::new();
    /// use manufactory::seed::cross;
    ///
    /// let users = plan.step("users", 10, |_| User::factory());
    /// let tags = plan.step("tags", 5, |_| Tag::factory());
    /// plan.step("follows", cross(users, tags), move |row| {
    ///     let (user, tag) = row.pair(users, tags);
    ///     Follow::factory().user_id(user).tag_id(tag)
    /// });
    /// assert_eq!(plan.sample(&Options::new(), "follows", 50)?.len(), 50);
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
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
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # let mut plan = Plan::new();
    /// #[derive(Clone, Factory)]
    /// #[factory(table = "folders")]
    /// struct Folder {
    ///     #[factory(key)]
    ///     id: i64,
    ///     #[factory(sub_factory(FolderFactory, optional))]
    ///     parent_id: Option<i64>,
    /// }
    ///
    /// plan.step("folders", 100, |row| Folder::factory().parent_id(row.earlier::<FolderFactory>()));
    /// assert_eq!(plan.sample(&Options::new(), "folders", 2)?[1].get("parent_id"), Some(&1.into()));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
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
