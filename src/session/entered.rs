//! Which session is current on a thread: the stack of entered ones, and the implicit one below
//! them. Knows nothing of what a session holds.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::{Counter, Session, Shared, Turn, environment};

/// Keeps the session that was [entered](Session::enter) current. Dropping it removes that session
/// from the thread's stack.
///
/// It belongs to the thread that entered, and cannot be sent to another:
///
/// ```compile_fail,E0277
/// fn send(value: impl Send) {}
/// send(manufactory::Session::seeded(42).enter());
/// ```
///
/// # Examples
///
/// ```
/// use std::time::SystemTime;
/// use manufactory::Session;
///
/// let guard = Session::seeded(42).at(SystemTime::UNIX_EPOCH).enter();
/// assert_eq!(Session::current().now().system_time(), SystemTime::UNIX_EPOCH);
/// drop(guard);
/// assert_ne!(Session::current().now().system_time(), SystemTime::UNIX_EPOCH);
/// ```
#[derive(Debug)]
#[must_use = "the session is left as soon as the guard is dropped: `let _guard = session.enter();`"]
pub struct Guard {
    entry: u64,
    not_send: PhantomData<*const ()>,
}

/// The current session of a thread. It stays on that thread, and so does whoever borrows from it.
#[derive(Debug, Clone)]
pub(crate) struct Here(Rc<Session>);

impl Here {
    /// The session, for whom it does not matter that it is this thread's.
    #[inline]
    pub(crate) fn session(&self) -> &Session {
        &self.0
    }

    /// As [`Session::take`], but other threads are only heeded where there are some that have the session, too.
    #[inline]
    pub(crate) fn take(&self, counter: &Counter, rows: u64) -> Turn {
        self.0.take_alone(counter, rows).unwrap_or_else(|| self.take_together(counter, rows))
    }

    #[inline(never)]
    fn take_together(&self, counter: &Counter, rows: u64) -> Turn {
        self.0.take(counter, rows)
    }
}

struct Thread {
    /// The innermost one that was entered; where none is, the implicit one, once it was asked for.
    current: Cell<Option<Here>>,
    stack: RefCell<Stack>,
}

struct Stack {
    implicit: Option<Here>,
    entered: Vec<(u64, Here)>,
    next_entry: u64,
}

thread_local! {
    static THREAD: Thread = const {
        let stack = Stack { implicit: None, entered: Vec::new(), next_entry: 0 };
        Thread { current: Cell::new(None), stack: RefCell::new(stack) }
    };
}

impl Thread {
    /// Changes the stack, and with it what is current.
    fn change<T>(&self, change: impl FnOnce(&mut Stack) -> T) -> T {
        let mut stack = self.stack.borrow_mut();
        let changed = change(&mut stack);
        self.current.set(stack.entered.last().map(|(_, here)| here).or(stack.implicit.as_ref()).cloned());
        changed
    }
}

/// The current session, without a touch of what other threads touch: their count of its clones.
#[inline]
pub(crate) fn here() -> Here {
    let here = THREAD.try_with(|thread| {
        let current = thread.current.take();
        let here = current.clone();
        thread.current.set(current);
        here
    });
    match here {
        Ok(Some(here)) => here,
        _ => first(),
    }
}

/// The implicit session, when a thread asks for the first time.
#[cold]
#[inline(never)]
fn first() -> Here {
    let here = THREAD.try_with(|thread| {
        thread.change(|stack| stack.implicit.get_or_insert_with(|| Here(Rc::new(implicit()))).clone())
    });
    // A thread that is ending has no stack left, but its destructors may still build models.
    here.unwrap_or_else(|_| Here(Rc::new(implicit())))
}

pub(super) fn enter(session: Session) -> Guard {
    let entry = THREAD.try_with(|thread| {
        thread.change(|stack| {
            let entry = stack.next_entry;
            stack.next_entry += 1;
            stack.entered.push((entry, Here(Rc::new(session))));
            entry
        })
    });
    Guard { entry: entry.unwrap_or(u64::MAX), not_send: PhantomData }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // An ending thread has dropped its stack already: nothing is left to remove.
        let _ = THREAD.try_with(|thread| {
            thread.change(|stack| {
                let place = stack.entered.iter().rposition(|(entry, _)| *entry == self.entry);
                place.map(|place| stack.entered.remove(place))
            })
        });
    }
}

/// The implicit sessions that some thread still holds, by the name of the test.
static IMPLICIT: Mutex<BTreeMap<String, Weak<Shared>>> = Mutex::new(BTreeMap::new());

#[cold]
fn implicit() -> Session {
    let test = environment::test_name();
    let mut sessions = IMPLICIT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(shared) = sessions.get(test.as_ref()).and_then(Weak::upgrade) {
        return Session { shared, frozen: None };
    }
    sessions.retain(|_, shared| shared.strong_count() > 0);
    let session = Session::implicit(&test);
    sessions.insert(test.into_owned(), Arc::downgrade(&session.shared));
    session
}
