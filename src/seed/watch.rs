//! Who is told what happens while a plan is carried out, and what stops it. Knows no plan.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Stops a run between two chunks, from anywhere: what was written stays, and the next run goes on from there.
///
/// ```
/// # use manufactory::{Factory, Memory};
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// use manufactory::seed::{Options, Plan, Stop, Watch};
///
/// /// Stops a run once there are enough rows.
/// struct Enough(Stop);
///
/// impl Watch for Enough {
///     fn rows(&mut self, there: u64) {
///         if there >= 200 {
///             self.0.now();
///         }
///     }
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut plan = Plan::new();
/// plan.step("users", 1_000, |_| User::factory());
/// let (mut db, stop) = (Memory::new(), Stop::new());
/// let options = Options::new().chunk(100).stop(&stop);
/// let summary = plan.run_in(&mut db, &options, &mut Enough(stop)).await?;
/// assert!(summary.stopped && db.count("users") == 200);
/// # Ok::<(), manufactory::seed::Failure>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Not yet.
    ///
    /// ```
    /// use manufactory::seed::Stop;
    ///
    /// let stop = Stop::new();
    /// let same = stop.clone(); // stops the same run
    /// # let _ = same;
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Now.
    ///
    /// ```
    /// use manufactory::seed::Stop;
    ///
    /// let stop = Stop::new();
    /// std::thread::spawn({
    ///     let stop = stop.clone();
    ///     move || stop.now()
    /// });
    /// ```
    pub fn now(&self) {
        self.0.store(true, Relaxed);
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.load(Relaxed)
    }
}

/// Who is told what happens while a plan is carried out.
///
/// ```
/// # use manufactory::{Factory, Memory};
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// use manufactory::seed::{Options, Plan, Watch};
///
/// #[derive(Default)]
/// struct Log(Vec<String>);
///
/// impl Watch for Log {
///     fn begin(&mut self, step: &str, rows: u64, there: u64) {
///         self.0.push(format!("{step}: {there} of {rows}"));
///     }
///
///     fn end(&mut self) {
///         self.0.push("done".to_owned());
///     }
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut plan = Plan::new();
/// plan.step("users", 100, |_| User::factory());
/// let mut log = Log::default();
/// plan.run_in(&mut Memory::new(), &Options::new(), &mut log).await?;
/// assert_eq!(log.0, ["users: 0 of 100", "done"]);
/// # Ok::<(), manufactory::seed::Failure>(())
/// # }).unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot watch a plan",
    label = "nothing that is told how far a plan is",
    note = "pass `&mut ()` where nobody watches, or implement `manufactory::seed::Watch` for `{Self}`"
)]
pub trait Watch: Send {
    /// A step begins: it has so many rows in this run, of which so many are there already.
    ///
    /// ```
    /// # use manufactory::seed::Watch;
    /// # struct Log;
    /// # impl Watch for Log {
    /// fn begin(&mut self, step: &str, rows: u64, there: u64) {
    ///     eprintln!("{step}: {} rows to be written", rows - there);
    /// }
    /// # }
    /// ```
    fn begin(&mut self, _step: &str, _rows: u64, _there: u64) {}

    /// So many rows of it are there now.
    ///
    /// ```
    /// # use manufactory::seed::Watch;
    /// # struct Log;
    /// # impl Watch for Log {
    /// fn rows(&mut self, there: u64) {
    ///     eprint!("\r{there}");
    /// }
    /// # }
    /// ```
    fn rows(&mut self, _there: u64) {}

    /// It waits for something, such as other shards.
    ///
    /// ```
    /// # use manufactory::seed::Watch;
    /// # struct Log;
    /// # impl Watch for Log {
    /// fn wait(&mut self, for_what: &str) {
    ///     eprintln!("waiting for {for_what}"); // the other shards to finish `users`
    /// }
    /// # }
    /// ```
    fn wait(&mut self, _for_what: &str) {}

    /// It is over.
    ///
    /// ```
    /// # use manufactory::seed::Watch;
    /// # struct Log;
    /// # impl Watch for Log {
    /// fn end(&mut self) {
    ///     eprintln!();
    /// }
    /// # }
    /// ```
    fn end(&mut self) {}
}

/// Nobody watches.
impl Watch for () {}
