//! Sessions: the seed, the counters and the clock of one test. Knows nothing of factories, values
//! or databases.
//!
//! ```
//! use manufactory::{Factory, Session};
//!
//! # #[derive(Debug, Clone, Factory)]
//! # #[factory(table = "users")]
//! # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
//! // Two tests that enter the same session get the same data.
//! let names = || {
//!     let _guard = Session::seeded(42).enter();
//!     User::factory().build_batch(2).into_iter().map(|user| user.username).collect::<Vec<_>>()
//! };
//! assert_eq!(names(), ["user0", "user1"]);
//! assert_eq!(names(), names());
//! ```

mod clock;
mod counter;
mod entered;
mod environment;
mod stream;

#[cfg(test)]
mod tests;

use std::any::{Any, TypeId};
use std::fmt;
use std::sync::atomic::{
    AtomicBool,
    Ordering::{Acquire, Relaxed},
    fence,
};
use std::sync::{Arc, Mutex, PoisonError};

pub use clock::Now;
pub use counter::{Counter, Turn};
pub use entered::Guard;
pub(crate) use entered::{Here, here};
pub(crate) use environment::test_name;
pub use stream::{Stream, hash};

use counter::Ordinals;

/// What one test, or one seeding run, keeps to itself: its seed, how many rows each factory has
/// made, and its clock.
///
/// With nothing said, each test has its own *implicit* session ([`Session::current`]). Its data
/// depends on the environment variable `FACTORY_SEED` and on the name of the test, so that no test
/// changes the data of another:
///
/// | `FACTORY_SEED` | seed |
/// |---|---|
/// | unset or empty | 0 |
/// | a number that fits `u64` | that number |
/// | `random` | picked once per process and printed to standard error as `FACTORY_SEED=12345` |
/// | anything else | the [`hash`] of the text: any text is a seed |
///
/// The name of the test is the one that nextest tells the process, otherwise the name of the
/// thread, which is how the test runner of Rust names its tests. A thread started by a test has
/// another name, or none: let it [`enter`](Session::enter) a clone of the session if its data is to
/// be the same on every run.
///
/// An *explicit* session ([`Session::seeded`]) depends on its seed alone.
///
/// A clone is the same session: it shares the counters.
///
/// # Examples
///
/// ```
/// use manufactory::Session;
/// use rand::Rng;
///
/// let attribute = manufactory::session::hash("UserFactory.name");
/// let first = Session::seeded(42).stream(attribute, 0).next_u64();
/// let again = Session::seeded(42).stream(attribute, 0).next_u64();
/// assert_eq!(first, again);
/// ```
#[derive(Clone)]
pub struct Session {
    shared: Arc<Shared>,
    frozen: Option<Now>,
}

/// What all clones of a session have in common.
struct Shared {
    key: u64,
    numbers: Numbers,
    ordinals: Ordinals,
    models: Mutex<Vec<SharedModel>>,
    has_models: AtomicBool,
}

/// A model that all rows of a session share: a `Mutex<Vec<M>>` of one, and the type of `M`.
type SharedModel = (TypeId, Arc<dyn Any + Send + Sync>);

/// Where the number `n` of a row comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// From the session itself, so that they start at 0.
    Session,
    /// From the counter, so that tests which share a database do not collide.
    Process,
}

impl Session {
    /// An explicit session: the same seed gives the same data, whatever the test is called and
    /// whatever `FACTORY_SEED` says. Its rows are numbered from 0. Dates follow the clock, until [`at`](Session::at) stops it.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::Session;
    /// use manufactory::session::Counter;
    ///
    /// static USERS: Counter = Counter::new();
    ///
    /// let session = Session::seeded(42);
    /// assert_eq!(session.take(&USERS, 1).n, 0);
    /// assert_eq!(session.take(&USERS, 1).n, 1);
    /// ```
    pub fn seeded(seed: u64) -> Session {
        Session::new(stream::session_key(seed), Numbers::Session)
    }

    /// The innermost session that was entered on this thread, otherwise the implicit session of
    /// this test.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::Session;
    ///
    /// let here = Session::current();
    /// let _guard = here.enter();
    /// assert_eq!(format!("{:?}", Session::current()), format!("{here:?}"));
    /// ```
    #[inline]
    pub fn current() -> Session {
        entered::here().session().clone()
    }

    /// This session with its clock standing still at `instant`. The counters stay shared with
    /// `self`'s clones.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use manufactory::Session;
    ///
    /// let instant = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    /// let session = Session::seeded(42).at(instant);
    /// assert_eq!(session.now().system_time(), instant);
    /// ```
    #[must_use = "`at` returns the session with the frozen clock"]
    pub fn at(mut self, instant: impl Into<Now>) -> Session {
        self.frozen = Some(instant.into());
        self
    }

    /// Makes this the current session of this thread until the guard is dropped.
    ///
    /// Entered sessions form a stack. A guard removes its own entry, even if others were entered
    /// after it and are still there.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::SystemTime;
    /// use manufactory::Session;
    ///
    /// let _guard = Session::seeded(42).at(SystemTime::UNIX_EPOCH).enter();
    /// assert_eq!(Session::current().now().system_time(), SystemTime::UNIX_EPOCH);
    /// ```
    pub fn enter(&self) -> Guard {
        entered::enter(self.clone())
    }

    /// The time: the instant given to [`at`](Session::at), otherwise the system's clock.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    /// use manufactory::Session;
    ///
    /// let session = Session::seeded(42).at(SystemTime::UNIX_EPOCH);
    /// let yesterday = session.now() - Duration::from_secs(24 * 60 * 60);
    /// assert!(yesterday.system_time() < SystemTime::UNIX_EPOCH);
    /// ```
    pub fn now(&self) -> Now {
        self.frozen.unwrap_or_else(Now::from_system_clock)
    }

    /// Takes the numbers of `rows` consecutive rows of the factory that `counter` belongs to, and
    /// returns the first of them.
    ///
    /// The ordinal counts the factory's rows in this session, from 0. So does `n` in an explicit
    /// session. In an implicit one `n` is unique in the process; and between processes that
    /// nextest runs at the same time, which start a million numbers apart.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::Session;
    /// use manufactory::session::{Counter, Turn};
    ///
    /// static USERS: Counter = Counter::new();
    ///
    /// let session = Session::seeded(42);
    /// assert_eq!(session.take(&USERS, 3), Turn { n: 0, ordinal: 0 });
    /// assert_eq!(session.take(&USERS, 1), Turn { n: 3, ordinal: 3 });
    /// ```
    #[inline]
    pub fn take(&self, counter: &Counter, rows: u64) -> Turn {
        let ordinal = self.shared.ordinals.take(counter.place(), rows);
        let n = match self.shared.numbers {
            Numbers::Session => ordinal,
            Numbers::Process => counter.take(rows),
        };
        Turn { n, ordinal }
    }

    /// The same, as cheap as it can be had where this handle of an explicit session is the only one there is: if
    /// nobody else can be given what is borrowed from it, then nobody else counts meanwhile.
    #[inline]
    fn take_alone(&self, counter: &Counter, rows: u64) -> Option<Turn> {
        // An implicit session is found by its name, too.
        if self.shared.numbers != Numbers::Session || Arc::strong_count(&self.shared) != 1 {
            return None;
        }
        // What was counted through handles that are gone now is seen here.
        fence(Acquire);
        let ordinal = self.shared.ordinals.take_alone(counter.place_if_any()?, rows)?;
        Some(Turn { n: ordinal, ordinal })
    }

    /// What [`take`](Session::take) would return now; nothing is taken.
    pub(crate) fn peek(&self, counter: &Counter) -> Turn {
        let ordinal = self.shared.ordinals.peek(counter.place());
        let n = match self.shared.numbers {
            Numbers::Session => ordinal,
            Numbers::Process => counter.peek(),
        };
        Turn { n, ordinal }
    }

    /// The randomness of one attribute of one row: a function of the session, of the attribute's
    /// [`hash`] and of the row's ordinal, and of nothing else.
    ///
    /// How the three are mixed is a promise: a change would change everyone's data, and is a major
    /// version. With `mix` the finalizer of `SplitMix64` and `G` its increment
    /// `0x9e37_79b9_7f4a_7c15` (all sums modulo 2⁶⁴), the `Xoshiro256PlusPlus` generator is
    /// seeded with
    ///
    /// ```text
    /// mix(mix(key ^ attribute) + ordinal * G)    seed of the stream, expanded by SplitMix64
    /// key = mix(seed + G)                        of an explicit session
    /// key = mix(mix(seed + G) ^ hash(test name)) of an implicit session
    /// ```
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::Session;
    /// use manufactory::session::hash;
    ///
    /// const EMAIL: u64 = hash("UserFactory.email");
    ///
    /// let session = Session::seeded(42);
    /// assert_eq!(session.stream(EMAIL, 0), session.stream(EMAIL, 0));
    /// assert_ne!(session.stream(EMAIL, 0), session.stream(EMAIL, 1));
    /// ```
    #[inline]
    pub fn stream(&self, attribute: u64, ordinal: u64) -> Stream {
        Stream::keyed(self.shared.key, attribute, ordinal)
    }

    /// This model is the parent wherever one of its type is wanted in this session and nothing else is said. Of two models
    /// of a type the later one counts.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::{Factory, Session};
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
    /// let session = Session::seeded(42);
    /// let _guard = session.enter();
    /// let alice = User::factory().build();
    /// session.share(&alice);
    /// assert_eq!(Post::factory().build().author_id, alice.id);
    /// assert_eq!(Post::factory().author_id(7).build().author_id, 7);
    /// ```
    pub fn share<M: Clone + Send + 'static>(&self, model: &M) {
        let (id, model) = (TypeId::of::<M>(), Arc::new(Mutex::new(vec![model.clone()])));
        let mut models = self.shared.models.lock().unwrap_or_else(PoisonError::into_inner);
        models.retain(|(other, _)| *other != id);
        models.push((id, model));
        self.shared.has_models.store(true, Relaxed);
    }

    /// Whether any model is shared.
    #[inline]
    pub(crate) fn has_models(&self) -> bool {
        self.shared.has_models.load(Relaxed)
    }

    /// The model of this type that is shared, as a `Mutex<Vec<M>>`.
    pub(crate) fn shared(&self, model: TypeId) -> Option<Arc<dyn Any + Send + Sync>> {
        if !self.has_models() {
            return None;
        }
        let models = self.shared.models.lock().unwrap_or_else(PoisonError::into_inner);
        models.iter().find(|(id, _)| *id == model).map(|(_, model)| Arc::clone(model))
    }

    /// An explicit session in which factories have made so many rows already.
    #[cfg(feature = "seed")]
    pub(crate) fn seeded_from(seed: u64, rows: u64) -> Session {
        let mut session = Session::seeded(seed);
        if let Some(shared) = Arc::get_mut(&mut session.shared) {
            shared.ordinals = Ordinals::from(rows);
        }
        session
    }

    /// The next row of a factory has this number.
    #[cfg(feature = "seed")]
    pub(crate) fn begin_at(&self, counter: &Counter, ordinal: u64) {
        self.shared.ordinals.set(counter.place(), ordinal);
    }

    fn implicit(test: &str) -> Session {
        let key = stream::test_key(environment::seed(), test);
        Session::new(key, Numbers::Process)
    }

    fn new(key: u64, numbers: Numbers) -> Session {
        let (ordinals, models, has_models) = (Ordinals::new(), Mutex::default(), AtomicBool::new(false));
        Session { shared: Arc::new(Shared { key, numbers, ordinals, models, has_models }), frozen: None }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("key", &self.shared.key)
            .field("numbers", &self.shared.numbers)
            .field("frozen", &self.frozen)
            .finish_non_exhaustive()
    }
}
