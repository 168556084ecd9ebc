//! One of several: which of the models that a caller has given a row gets. Knows neither rows nor relations.

use crate::session::Stream;
use rand::RngExt;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Models to pick from, each as likely as any other; [`zipf`](Among::zipf) and [`round_robin`](Among::round_robin) pick
/// in other ways. Made by [`among`].
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "posts")]
/// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
/// use manufactory::{Among, among};
///
/// let users = User::factory().build_batch(10);
/// let few_write_most: Among<User> = among(&users).zipf(1.1);
/// let posts = Post::factory().author_among(few_write_most).build_batch(100);
/// assert!(posts.iter().all(|post| users.iter().any(|user| user.id == post.author_id)));
/// ```
#[must_use = "pass it to a factory: `.author_among(among(&users).zipf(1.1))`"]
pub struct Among<V> {
    values: Arc<Mutex<Vec<V>>>,
    pick: Arc<Pick>,
    len: usize,
    /// How many of them a row gets that takes several.
    sample: Option<usize>,
    clone: fn(&V) -> V,
}

/// Models for the relations of many rows to pick from.
///
/// ```
/// use manufactory::{Factory, among};
///
/// #[derive(Clone, Factory)]
/// struct User {
///     #[factory(key)]
///     id: i64,
/// }
///
/// #[derive(Factory)]
/// struct Post {
///     #[factory(sub_factory(UserFactory))]
///     author_id: i64,
/// }
///
/// let users = User::factory().build_batch(3);
/// let posts = Post::factory().author_among(among(&users).round_robin()).build_batch(4);
/// assert_eq!(posts[3].author_id, users[0].id);
///
/// // A few write most: the first of them twice as much as the second, three times as much as the third.
/// let posts = Post::factory().author_among(among(&users).zipf(1.0)).build_batch(600);
/// let of = |user: &User| posts.iter().filter(|post| post.author_id == user.id).count();
/// assert!(of(&users[0]) > of(&users[1]) && of(&users[1]) > of(&users[2]));
/// ```
pub fn among<M: Clone>(models: &[M]) -> Among<M> {
    Among::new(models.to_vec(), Pick::Uniform)
}

impl<V> Among<V> {
    /// The `k`-th model is picked in proportion to `1 / k^s`: the larger `s`, the more the first ones get. With 0, each
    /// is as likely as any other.
    ///
    /// ```
    /// # use manufactory::{Factory, among};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # let _session = manufactory::Session::seeded(42).enter();
    /// let users = User::factory().build_batch(10);
    /// let posts = Post::factory().author_among(among(&users).zipf(1.0)).build_batch(1_000);
    /// let of = |user: &User| posts.iter().filter(|post| post.author_id == user.id).count();
    /// assert!(of(&users[0]) > 3 * of(&users[9]));
    /// ```
    pub fn zipf(self, s: f64) -> Self {
        let mut sum = 0;
        let steps = (1..=self.len).map(|rank| {
            sum += weight(rank, s);
            sum
        });
        let pick = Pick::Weighted(steps.collect());
        Self { pick: Arc::new(pick), ..self }
    }

    /// One after the other, from the first on.
    ///
    /// ```
    /// # use manufactory::{Factory, among};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// let users = User::factory().build_batch(2);
    /// let posts = Post::factory().author_among(among(&users).round_robin()).build_batch(3);
    /// assert_eq!(posts[2].author_id, users[0].id);
    /// ```
    pub fn round_robin(self) -> Self {
        Self { pick: Arc::new(Pick::InTurn(AtomicUsize::new(0))), ..self }
    }

    /// For links to many: so many of them for each row, none twice. All, where there are not so many.
    ///
    /// See [`many_to_many`](derive@crate::Factory#many_to_many).
    ///
    /// ```
    /// # use manufactory::{Factory, Memory, among};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(many_to_many(tags: TagFactory, through = PostTagFactory(post, tag)))]
    /// # struct Post { #[factory(key)] id: i64 }
    /// # #[derive(Debug, Clone, Factory)]
    /// # struct Tag { #[factory(key)] id: i64 }
    /// # #[derive(Debug, Factory)]
    /// # struct PostTag { #[factory(sub_factory(PostFactory))] post_id: i64, #[factory(sub_factory(TagFactory))] tag_id: i64 }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new();
    /// let tags = Tag::factory().create_batch(&mut db, 5).await?;
    /// Post::factory().tags(among(&tags).sample(3)).create_batch(&mut db, 10).await?;
    /// assert_eq!(db.count("PostTag"), 30);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn sample(self, n: usize) -> Self {
        Self { sample: Some(n), ..self }
    }

    /// Those that a row gets which takes several, in their order. `None` where some are wanted and there are none.
    pub(crate) fn sampled(&self, stream: &mut Stream) -> Option<Vec<V>> {
        let values = self.values();
        let wanted = self.sample.unwrap_or(self.len).min(self.len);
        if values.is_empty() && self.sample.is_some_and(|n| n > 0) {
            return None;
        }
        let mut places: Vec<usize> = Vec::with_capacity(wanted);
        if wanted == self.len {
            places.extend(0..self.len);
        }
        while places.len() < wanted {
            let place = self.pick.index(self.len, stream)?;
            // Where the way to pick prefers some, the next free one takes the place of one that is taken.
            let free = (0..self.len).map(|i| (place + i) % self.len).find(|place| !places.contains(place));
            places.extend(free);
        }
        places.sort_unstable();
        Some(places.into_iter().filter_map(|place| values.get(place)).map(self.clone).collect())
    }

    /// Whether there is nothing to pick.
    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// One of them. `None` where there are none.
    pub(crate) fn one(&self, stream: &mut Stream) -> Option<V> {
        let index = self.pick.index(self.len, stream)?;
        Some((self.clone)(self.values().get(index)?))
    }

    /// The same choice, of what each model is turned into.
    fn map<W: Clone>(self, of: impl Fn(&V) -> W) -> Among<W> {
        let values: Vec<W> = self.values().iter().map(of).collect();
        let (len, values) = (values.len(), Arc::new(Mutex::new(values)));
        Among { values, pick: self.pick, len, sample: self.sample, clone: W::clone }
    }

    fn values(&self) -> MutexGuard<'_, Vec<V>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The models and the way to pick, each to be held by itself.
    pub(crate) fn into_parts(self) -> (Arc<Mutex<Vec<V>>>, Arc<Pick>) {
        (self.values, self.pick)
    }
}

impl<V: Clone> Among<V> {
    fn new(values: Vec<V>, pick: Pick) -> Self {
        let (len, values) = (values.len(), Arc::new(Mutex::new(values)));
        Self { values, pick: Arc::new(pick), len, sample: None, clone: V::clone }
    }
}

impl<V> Clone for Among<V> {
    fn clone(&self) -> Self {
        let Self { values, pick, len, sample, clone } = self;
        Self { values: Arc::clone(values), pick: Arc::clone(pick), len: *len, sample: *sample, clone: *clone }
    }
}

impl<V> fmt::Debug for Among<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Among").field("len", &self.len).field("pick", &self.pick).finish_non_exhaustive()
    }
}

/// A weight as a whole number: sums of floats would depend on the platform.
fn weight(rank: usize, s: f64) -> u64 {
    #[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 models")]
    let share = libm::pow(rank as f64, -s) * 4_294_967_296.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    let weight = share as u64;
    weight.clamp(1, u64::from(u32::MAX) << 16)
}

/// The way to pick.
#[derive(Debug)]
pub(crate) enum Pick {
    Uniform,
    /// The sums of the weights up to each.
    Weighted(Vec<u64>),
    /// How many were picked so far.
    InTurn(AtomicUsize),
}

impl Pick {
    /// A place among so many.
    pub(crate) fn index(&self, len: usize, stream: &mut Stream) -> Option<usize> {
        if len == 0 {
            return None;
        }
        Some(match self {
            // In 64 bits, whatever a `usize` is: the same on every platform.
            Self::Uniform => usize::try_from(stream.random_range(0..len as u64)).unwrap_or(0),
            Self::Weighted(sums) => {
                let drawn = stream.random_range(0..sums.last().copied().unwrap_or(1));
                sums.partition_point(|sum| *sum <= drawn)
            }
            Self::InTurn(next) => next.fetch_add(1, Relaxed) % len,
        })
    }
}

/// What stands for models to pick from: a slice, an array, a `Vec`, or an [`Among`].
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
/// Post::factory().author_among(&users).build(); // a `Vec` or an array
/// Post::factory().author_among(&users[..2]).build(); // a slice
/// Post::factory().author_among(among(&users).round_robin()).build();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing to pick a `{M}` from",
    label = "expected models of type `{M}`",
    note = "pass a slice of models (`.author_among(&users)`), or `among(&users).zipf(1.1)`"
)]
pub trait IntoAmong<M> {
    /// The choice, of what each model is turned into.
    #[doc(hidden)]
    fn choose<V: Clone>(self, of: impl Fn(&M) -> V) -> Among<V>;
}

#[diagnostic::do_not_recommend]
impl<M> IntoAmong<M> for Among<M> {
    fn choose<V: Clone>(self, of: impl Fn(&M) -> V) -> Among<V> {
        self.map(of)
    }
}

macro_rules! slices {
    ($([$($const:tt)*] $slice:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<M $($const)*> IntoAmong<M> for &$slice {
            fn choose<V: Clone>(self, of: impl Fn(&M) -> V) -> Among<V> {
                Among::new(self.iter().map(of).collect(), Pick::Uniform)
            }
        }
    )*};
}
slices! { [] [M], [] Vec<M>, [, const N: usize] [M; N] }
