//! Which session is current on a thread: the stack of entered ones, and the implicit one below
//! them. Knows nothing of what a session holds.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::{Session, Shared, environment};

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

struct Thread {
    implicit: Option<Rc<Session>>,
    entered: Vec<(u64, Rc<Session>)>,
    next_entry: u64,
}

thread_local! {
    static THREAD: RefCell<Thread> =
        const { RefCell::new(Thread { implicit: None, entered: Vec::new(), next_entry: 0 }) };
}

/// The current session, without a touch of what other threads touch: their count of its clones.
#[inline]
pub(crate) fn here() -> Rc<Session> {
    let here = THREAD.try_with(|thread| {
        let mut thread = thread.borrow_mut();
        match thread.entered.last() {
            Some((_, session)) => Rc::clone(session),
            None => Rc::clone(thread.implicit.get_or_insert_with(|| Rc::new(implicit()))),
        }
    });
    // A thread that is ending has no stack left, but its destructors may still build models.
    here.unwrap_or_else(|_| Rc::new(implicit()))
}

pub(super) fn enter(session: Session) -> Guard {
    let entry = THREAD.try_with(|thread| {
        let mut thread = thread.borrow_mut();
        let entry = thread.next_entry;
        thread.next_entry += 1;
        thread.entered.push((entry, Rc::new(session)));
        entry
    });
    Guard { entry: entry.unwrap_or(u64::MAX), not_send: PhantomData }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // An ending thread has dropped its stack already: nothing is left to remove.
        let _ = THREAD.try_with(|thread| {
            let mut thread = thread.borrow_mut();
            if let Some(place) = thread.entered.iter().rposition(|(entry, _)| *entry == self.entry) {
                thread.entered.remove(place);
            }
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
