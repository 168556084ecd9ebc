//! Counting rows: the numbers of a factory and its ordinals within a session. Knows neither tests
//! nor randomness.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use super::environment;

/// Counts the rows of one factory. A `static` that the derive writes, one for each factory type.
///
/// # Examples
///
/// ```
/// use manufactory::Session;
/// use manufactory::session::Counter;
///
/// static USERS: Counter = Counter::new();
/// static POSTS: Counter = Counter::new();
///
/// let session = Session::seeded(42);
/// assert_eq!(session.take(&USERS, 10).n, 0);
/// assert_eq!(session.take(&USERS, 10).n, 10);
/// assert_eq!(session.take(&POSTS, 10).n, 0);
/// ```
#[derive(Debug)]
pub struct Counter {
    rows: AtomicU64,
    /// Its place, and one; 0 as long as it has none.
    place: AtomicU32,
}

/// What a row is numbered by; of several rows, the numbers of the first.
///
/// # Examples
///
/// ```
/// use manufactory::Session;
/// use manufactory::session::{Counter, Turn};
///
/// static USERS: Counter = Counter::new();
///
/// let turn = Session::seeded(42).take(&USERS, 1);
/// assert_eq!(turn, Turn { n: 0, ordinal: 0 });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Turn {
    /// The number that the row's attributes see. Unique in the process, unless the session is an
    /// explicit one.
    pub n: u64,
    /// How many rows of the same factory came before it in its session. Randomness is keyed by it.
    pub ordinal: u64,
}

impl Turn {
    /// The turn of the row that comes `i` rows later.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::session::Turn;
    ///
    /// let first = Turn { n: 7, ordinal: 0 };
    /// assert_eq!(first.after(2), Turn { n: 9, ordinal: 2 });
    /// ```
    #[inline]
    pub fn after(self, i: u64) -> Self {
        Self { n: self.n.wrapping_add(i), ordinal: self.ordinal.wrapping_add(i) }
    }
}

/// How many counters have been used: each gets its place in the sessions' tables at its first use.
static USED: AtomicU32 = AtomicU32::new(0);

impl Counter {
    /// A counter that has not counted anything yet.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::session::Counter;
    ///
    /// static USERS: Counter = Counter::new();
    /// ```
    pub const fn new() -> Counter {
        Counter { rows: AtomicU64::new(0), place: AtomicU32::new(0) }
    }

    /// The first of `rows` numbers that nobody else in the process gets.
    #[inline]
    pub(super) fn take(&self, rows: u64) -> u64 {
        environment::first_number().wrapping_add(self.rows.fetch_add(rows, Relaxed))
    }

    /// The number that comes next.
    pub(super) fn peek(&self) -> u64 {
        self.take(0)
    }

    /// The factory's place in the sessions' tables.
    #[inline]
    pub(super) fn place(&self) -> Place {
        self.place_if_any().unwrap_or_else(|| self.assign_place())
    }

    /// The same, if it has one yet.
    #[inline]
    pub(super) fn place_if_any(&self) -> Option<Place> {
        self.place.load(Relaxed).checked_sub(1).map(Place)
    }

    #[cold]
    fn assign_place(&self) -> Place {
        let fresh = USED.fetch_add(1, Relaxed);
        match self.place.compare_exchange(0, fresh.wrapping_add(1), Relaxed, Relaxed) {
            Ok(_) => Place(fresh),
            // Another thread was faster. The place drawn here stays empty: 8 bytes a session.
            Err(assigned) => Place(assigned.wrapping_sub(1)),
        }
    }
}

impl Default for Counter {
    fn default() -> Counter {
        Counter::new()
    }
}

/// A counter's place in the sessions' tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(u32);

impl Place {
    /// The number of the chunk, and the offset in it. Chunks double in length, so that few of them hold any number of counters.
    fn chunk(self) -> (usize, usize) {
        let shifted = self.0.saturating_add(NEAR);
        let power = shifted.ilog2();
        ((power - NEAR.ilog2()) as usize, (shifted - (1 << power)) as usize)
    }
}

/// How many factories a session counts without having to look for where: more than most test binaries use.
const NEAR: u32 = 64;
const CHUNKS: usize = (u32::MAX.ilog2() - NEAR.ilog2()) as usize + 1;

/// How many rows of each factory a session has made. Grows without a lock and without moving what
/// is there: each chunk is twice as long as the one before it, so that few chunks hold any number
/// of factories.
pub(super) struct Ordinals {
    near: [AtomicU64; NEAR as usize],
    /// All chunks but the first, which is at hand.
    far: [OnceLock<Box<[AtomicU64]>>; CHUNKS - 1],
    first: u64,
}

impl Ordinals {
    pub(super) fn new() -> Ordinals {
        Ordinals::from(0)
    }

    /// Each factory begins with this row.
    pub(super) fn from(first: u64) -> Ordinals {
        let near = std::array::from_fn(|_| AtomicU64::new(first));
        Ordinals { near, far: [const { OnceLock::new() }; CHUNKS - 1], first }
    }

    /// The next row of one factory.
    #[cfg(feature = "seed")]
    pub(super) fn set(&self, place: Place, ordinal: u64) {
        let before = self.peek(place);
        self.take(place, ordinal.wrapping_sub(before));
    }

    #[inline]
    pub(super) fn take(&self, place: Place, rows: u64) -> u64 {
        self.near(place).unwrap_or_else(|| self.far(place)).fetch_add(rows, Relaxed)
    }

    pub(super) fn peek(&self, place: Place) -> u64 {
        self.take(place, 0)
    }

    /// The same for the only one who counts, of a factory that is near.
    #[inline]
    pub(super) fn take_alone(&self, place: Place, rows: u64) -> Option<u64> {
        let count = self.near(place)?;
        let ordinal = count.load(Relaxed);
        count.store(ordinal.wrapping_add(rows), Relaxed);
        Some(ordinal)
    }

    #[inline]
    fn near(&self, place: Place) -> Option<&AtomicU64> {
        self.near.get(place.0 as usize)
    }

    #[cold]
    fn far(&self, place: Place) -> &AtomicU64 {
        let (chunk, offset) = place.chunk();
        let rows_of = self.far[chunk - 1].get_or_init(|| {
            let length = (NEAR as usize) << chunk;
            std::iter::repeat_with(|| AtomicU64::new(self.first)).take(length).collect()
        });
        &rows_of[offset]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_dense_and_chunks_double() {
        let place = |index| Place(index).chunk();
        assert_eq!(place(0), (0, 0));
        assert_eq!(place(63), (0, 63));
        assert_eq!(place(64), (1, 0));
        assert_eq!(place(191), (1, 127));
        assert_eq!(place(192), (2, 0));
        assert_eq!(place(u32::MAX).0, CHUNKS - 1);
    }

    #[test]
    fn any_index_counts_for_itself() {
        let ordinals = Ordinals::new();
        for index in 0..5_000 {
            assert_eq!(ordinals.take(Place(index), 1 + u64::from(index)), 0);
        }
        for index in 0..5_000 {
            assert_eq!(ordinals.take(Place(index), 1), 1 + u64::from(index));
        }
    }

    #[test]
    fn threads_agree_on_the_place_of_a_counter() {
        let counter = Counter::new();
        let places: Vec<Place> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| counter.place())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(places.iter().all(|place| *place == places[0]));
        assert_ne!(Counter::new().place(), counter.place());
    }
}
