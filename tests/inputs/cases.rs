//! Runs a property on arbitrary inputs, and counts them. Knows nothing of what is tried.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::cell::RefCell;
use std::env;
use tokio::runtime::{Builder, Runtime};

/// So many cases are tried of each property, unless the environment asks for more.
const FEW: u32 = 64;

/// The same where a case is many rows, each written to a database twice and read back.
const BATCHES: u32 = 24;

/// The same inputs in every run, unless the environment names others.
const SEED: u64 = 1;

/// Tries a property, whose inputs are told when it does not hold.
pub(crate) fn hold<S: Strategy>(inputs: &S, property: impl Fn(S::Value)) {
    hold_for(FEW, inputs, property);
}

fn hold_for<S: Strategy>(cases: u32, inputs: &S, property: impl Fn(S::Value)) {
    let said = |name| env::var_os(name).is_some();
    let mut config = Config { failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    if !said("PROPTEST_CASES") {
        config.cases = cases;
    }
    if !said("PROPTEST_RNG_SEED") {
        config.rng_seed = RngSeed::Fixed(SEED);
    }
    let outcome = TestRunner::new(config).run(inputs, |input| {
        property(input);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// The same for what has to be waited for, in a place that all cases have in common.
#[allow(clippy::needless_pass_by_value, reason = "properties are closures, written where they are given")]
pub(crate) fn hold_in<P, S: Strategy>(
    place: impl AsyncFnOnce() -> P,
    inputs: &S,
    property: impl AsyncFn(&mut P, S::Value),
) {
    let runtime = runtime();
    let place = RefCell::new(runtime.block_on(place()));
    hold_for(BATCHES, inputs, |input| runtime.block_on(property(&mut place.borrow_mut(), input)));
}

/// What futures run on.
pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Says how many values a test has tried; shown by `--nocapture`.
pub(crate) struct Tally {
    what: String,
    values: usize,
}

impl Tally {
    pub(crate) fn of(what: impl Into<String>) -> Self {
        Self { what: what.into(), values: 0 }
    }

    pub(crate) fn add(&mut self, values: usize) {
        self.values += values;
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        println!("{}: {} values", self.what, self.values);
    }
}
