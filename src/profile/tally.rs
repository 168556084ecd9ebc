//! What one call costs, factory by factory. Knows factories by name, and times that lie within each other.

use super::{Setting, is_on, lines, setting, totals};
use crate::session::test_name;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Rows, and what they took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(super) rows: u64,
    pub(super) statements: u64,
    pub(super) time: Duration,
}

impl Cost {
    /// As many rows, without what they took.
    pub(crate) fn rows(rows: usize) -> Self {
        Self { rows: rows as u64, ..Self::default() }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.statements += other.statements;
        self.time += other.time;
    }
}

/// What one factory costs in one call.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) factory: String,
    /// Whether its rows were asked for, and not made on the way.
    pub(super) asked: bool,
    pub(super) cost: Cost,
}

/// One call. Its costs are told when the last one lets go of it, however the call ends.
#[derive(Debug)]
pub(crate) struct Tally {
    test: String,
    statements: AtomicU64,
    book: Mutex<Book>,
}

#[derive(Debug, Default)]
struct Book {
    entries: Vec<Entry>,
    /// What some factory has been charged for already.
    charged: Cost,
}

/// Where a backend says what it sends; nowhere, where nobody counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Statements(Option<Arc<Tally>>);

impl Statements {
    pub(crate) fn of(tally: Option<&Arc<Tally>>) -> Self {
        Self(tally.cloned())
    }

    /// One is sent.
    #[inline]
    pub(crate) fn sent(&self) {
        if let Some(tally) = &self.0 {
            tally.statements.fetch_add(1, Relaxed);
        }
    }
}

/// How things were before a piece of work.
#[derive(Debug)]
pub(crate) struct Before {
    at: Instant,
    statements: u64,
    charged: Cost,
}

impl Tally {
    /// That of a new call, where anything is counted.
    #[inline]
    pub(crate) fn of_call() -> Option<Arc<Self>> {
        if is_on() { Some(Arc::new(Self::new(test_name().into_owned()))) } else { None }
    }

    fn new(test: String) -> Self {
        Self { test, statements: AtomicU64::new(0), book: Mutex::default() }
    }

    /// A piece of work begins.
    pub(crate) fn before(&self) -> Before {
        Before { at: Instant::now(), statements: self.statements.load(Relaxed), charged: self.book().charged }
    }

    /// It has ended: what it took is charged to a factory, except for what another was charged for in the meantime.
    pub(crate) fn charge(&self, before: &Before, factory: String, asked: bool, rows: Cost) {
        let (time, statements) = (before.at.elapsed(), self.statements.load(Relaxed));
        let mut book = self.book();
        let theirs = book.charged;
        let cost = Cost {
            rows: rows.rows,
            statements: (statements - before.statements).saturating_sub(theirs.statements - before.charged.statements),
            time: time.saturating_sub(theirs.time.saturating_sub(before.charged.time)),
        };
        book.charged.add(cost);
        match book.entries.iter_mut().find(|entry| entry.factory == factory && entry.asked == asked) {
            Some(entry) => entry.cost.add(cost),
            None => book.entries.push(Entry { factory, asked, cost }),
        }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        let book = self.book.get_mut().unwrap_or_else(PoisonError::into_inner);
        let entries = std::mem::take(&mut book.entries);
        if let Setting::Lines(path) = setting() {
            lines::append(path, &self.test, &entries);
        }
        totals::add(entries);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_within_work_is_charged_once() {
        let tally = Arc::new(Tally::new(String::new()));
        let statements = Statements::of(Some(&tally));
        let users = tally.before();
        statements.sent();
        let posts = tally.before();
        statements.sent();
        statements.sent();
        tally.charge(&posts, "posts".to_owned(), false, Cost::rows(5));
        statements.sent();
        std::thread::sleep(Duration::from_millis(2));
        let posts = tally.before();
        statements.sent();
        tally.charge(&posts, "posts".to_owned(), false, Cost::rows(1));
        tally.charge(&users, "users".to_owned(), true, Cost::rows(1));
        let entries = std::mem::take(&mut tally.book().entries);
        let costs = entries.iter().map(|entry| (&*entry.factory, entry.asked, entry.cost.rows, entry.cost.statements));
        assert!(costs.eq([("posts", false, 6, 3), ("users", true, 1, 2)]));
        assert!(entries[1].cost.time >= Duration::from_millis(2) && entries[1].cost.time > entries[0].cost.time);
    }
}
