//! The rows of a step on their way: made on all cores, chunk by chunk, in order, never many ahead of whoever takes them.

use super::course::Course;
use crate::error::{Error, Result, Stage};
use crate::persist::{Chunk, text_of};
use std::any::Any;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::mpsc::{Receiver, channel};

/// Some rows, ready to be written.
pub(super) struct Piece {
    pub(super) rows: Range<u64>,
    pub(super) chunk: Chunk,
}

/// Pieces in order.
pub(super) struct Line {
    workers: Vec<(Receiver<Result<Piece>>, JoinHandle<()>)>,
    next: usize,
}

impl Line {
    /// Has the rows of a range made by so many threads, in pieces of this size.
    pub(super) fn new(
        course: &Arc<Course>,
        step: usize,
        range: &Range<u64>,
        (size, threads): (u64, usize),
        prepare: impl Fn(Chunk) -> Result<Chunk> + Send + Sync + 'static,
    ) -> Self {
        let size = size.max(1);
        let pieces = (range.end - range.start).div_ceil(size);
        let threads = threads.clamp(1, usize::try_from(pieces).unwrap_or(usize::MAX).max(1));
        let prepare = Arc::new(prepare);
        let workers = (0..threads).map(|worker| {
            let (sender, receiver) = channel(1);
            let (course, prepare, range) = (Arc::clone(course), Arc::clone(&prepare), range.clone());
            let work = move || {
                for piece in (worker as u64..pieces).step_by(threads) {
                    let first = range.start + piece * size;
                    let rows = first..range.end.min(first + size);
                    let made = made(&course, step, rows.clone(), &*prepare);
                    let failed = made.is_err();
                    // Nobody takes it any more, or wants what comes after it.
                    if sender.blocking_send(made.map(|chunk| Piece { rows, chunk })).is_err() || failed {
                        return;
                    }
                }
            };
            (receiver, std::thread::spawn(work))
        });
        Self { workers: workers.collect(), next: 0 }
    }

    /// The next piece. `None` after the last one.
    pub(super) async fn next(&mut self) -> Option<Result<Piece>> {
        let worker = self.next % self.workers.len();
        self.next += 1;
        self.workers[worker].0.recv().await
    }
}

/// A piece, however its making ends: a declaration of the user's may panic.
fn made(
    course: &Course,
    step: usize,
    rows: Range<u64>,
    prepare: &(impl Fn(Chunk) -> Result<Chunk> + Send + Sync),
) -> Result<Chunk> {
    let work = || course.steps[step].rows.chunk(course, step, rows).and_then(prepare);
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(panicked(course.steps[step].rows.name(), &panic)))
}

/// The error of a declaration that has panicked.
pub(super) fn panicked(factory: &'static str, panic: &Box<dyn Any + Send>) -> Error {
    Error::new(Stage::Resolve, factory, format!("one of its declarations panicked with {}", text_of(panic)))
}

impl Drop for Line {
    fn drop(&mut self) {
        for (mut receiver, thread) in self.workers.drain(..) {
            receiver.close();
            while receiver.try_recv().is_ok() {}
            let _ = thread.join();
        }
    }
}
