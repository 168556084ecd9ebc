//! Ctrl-C, and what else asks a program to end.

use crate::seed::Stop;
use std::io::Write;

/// Stops a run after its chunk; the second time ends the process at once. What was committed stays either way.
pub(super) fn watch(stop: &Stop) {
    let stop = stop.clone();
    // Where a handler is set already, that one is right.
    let _ = ctrlc::set_handler(move || {
        if stop.is_set() {
            std::process::exit(super::ending::STOPPED.into());
        }
        stop.now();
        let _ = writeln!(std::io::stderr(), "\nstopping after this chunk; once more ends at once");
    });
}
