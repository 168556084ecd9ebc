//! Who watches a run: bars on a terminal, lines now and then where there is none.

use crate::seed::{Plan, Stop, Watch};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt;
use std::io::Write;
use std::time::{Duration, Instant};

/// How long nothing is said at most, where lines are written.
const PAUSE: Duration = Duration::from_secs(5);

type Output<'w> = &'w mut (dyn Write + Send);

/// Bars.
pub(super) fn bars<'w>(err: Output<'w>, plan: &Plan, stop: &Stop) -> impl Watch + use<'w> {
    let width = plan.names().map(|name| name.chars().count()).max().unwrap_or(0);
    Bars { err, bar: None, pace: None, width, tasks: tasks(plan), stop: stop.clone() }
}

/// Lines.
pub(super) fn lines<'w>(err: Output<'w>, plan: &Plan, stop: &Stop) -> impl Watch + use<'w> {
    Lines { tasks: tasks(plan), ..Lines::new(err, PAUSE, stop) }
}

fn tasks(plan: &Plan) -> Vec<String> {
    plan.tasks.iter().map(|(_, name, _)| name.clone()).collect()
}

/// How many rows there are in each second.
pub(super) fn rate(rows: u64, took: Duration) -> u64 {
    let rate = u128::from(rows) * 1_000_000 / took.as_micros().max(1);
    u64::try_from(rate).unwrap_or(u64::MAX)
}

/// A number of rows in words.
pub(super) fn count(rows: u64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}

/// How fast a step is.
struct Pace {
    step: String,
    is_task: bool,
    rows: u64,
    before: u64,
    there: u64,
    since: Instant,
}

impl Pace {
    fn new(step: &str, rows: u64, there: u64, tasks: &[String]) -> Self {
        let is_task = tasks.iter().any(|task| task == step);
        Self { step: step.to_owned(), is_task, rows, before: there, there, since: Instant::now() }
    }

    fn now(&self) -> String {
        let Self { step, rows, there, .. } = self;
        let rate = rate(there - self.before.min(*there), self.since.elapsed());
        let left = rows.saturating_sub(*there).checked_div(rate);
        let left = left.map(|seconds| format!(", {} to go", clock(seconds))).unwrap_or_default();
        format!("{step}: {there} of {}, {rate} rows/s{left}", count(*rows))
    }

    fn end(&self, stopped: bool) -> String {
        let Self { step, rows, there, before, since, .. } = self;
        let (written, took) = (there - before.min(there), since.elapsed());
        match () {
            () if self.is_task => format!("{step}: done in {:.1} s", took.as_secs_f64()),
            () if stopped && there < rows => format!("{step}: {there} of {}", count(*rows)),
            () if written == 0 && *rows == 0 => format!("{step}: no rows"),
            () if written == 0 => format!("{step}: {}, there already", count(*rows)),
            () => {
                let before = if *before > 0 { format!(", {before} there before") } else { String::new() };
                let (seconds, rate) = (took.as_secs_f64(), rate(written, took));
                format!("{step}: {} in {seconds:.1} s, {rate} rows/s{before}", count(written))
            }
        }
    }
}

/// `5 s`, `3 min 5 s`, `2 h 3 min`
fn clock(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
    }
}

struct Lines<'w> {
    err: Output<'w>,
    pause: Duration,
    said: Instant,
    waits: String,
    pace: Option<Pace>,
    tasks: Vec<String>,
    stop: Stop,
}

impl<'w> Lines<'w> {
    fn new(err: Output<'w>, pause: Duration, stop: &Stop) -> Self {
        let (said, waits, stop) = (Instant::now(), String::new(), stop.clone());
        Self { err, pause, said, waits, pace: None, tasks: Vec::new(), stop }
    }

    /// Nobody has to be there to read it.
    fn say(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
        self.said = Instant::now();
    }
}

impl Watch for Lines<'_> {
    fn begin(&mut self, step: &str, rows: u64, there: u64) {
        self.pace = Some(Pace::new(step, rows, there, &self.tasks));
    }

    fn rows(&mut self, there: u64) {
        let Some(pace) = &mut self.pace else { return };
        pace.there = there;
        if self.said.elapsed() >= self.pause && there < pace.rows {
            let line = pace.now();
            self.say(&line);
        }
    }

    fn wait(&mut self, for_what: &str) {
        if self.waits != for_what {
            for_what.clone_into(&mut self.waits);
            self.say(&format!("waiting for {for_what}"));
        }
    }

    fn end(&mut self) {
        if let Some(pace) = self.pace.take() {
            self.say(&pace.end(self.stop.is_set()));
        }
    }
}

struct Bars<'w> {
    err: Output<'w>,
    bar: Option<ProgressBar>,
    pace: Option<Pace>,
    /// Of the longest name.
    width: usize,
    tasks: Vec<String>,
    stop: Stop,
}

const BAR: &str = "{prefix} {wide_bar} {pos} of {len}{pace}";
const WAIT: &str = "{spinner} {msg}";

impl Bars<'_> {
    fn draw(&mut self, bar: ProgressBar, template: &str) -> &ProgressBar {
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let pace = |state: &ProgressState, to: &mut dyn fmt::Write| {
            let rate = state.per_sec();
            if rate >= 1.0 {
                let _ = write!(to, ", {rate:.0} rows/s, {} to go", clock(state.eta().as_secs()));
            }
        };
        bar.set_style(style.with_key("pace", pace));
        bar.enable_steady_tick(Duration::from_millis(200));
        self.clear();
        self.bar.insert(bar)
    }

    fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

impl Watch for Bars<'_> {
    fn begin(&mut self, step: &str, rows: u64, there: u64) {
        self.pace = Some(Pace::new(step, rows, there, &self.tasks));
        let bar = ProgressBar::with_draw_target(Some(rows), ProgressDrawTarget::stderr())
            .with_prefix(format!("{step:width$}", width = self.width))
            .with_position(there);
        self.draw(bar, BAR).reset_eta();
    }

    fn rows(&mut self, there: u64) {
        if let Some(pace) = &mut self.pace {
            pace.there = there;
        }
        if let Some(bar) = &self.bar {
            bar.set_position(there);
        }
    }

    fn wait(&mut self, for_what: &str) {
        let message = format!("waiting for {for_what}");
        match &self.bar {
            Some(bar) if self.pace.is_none() => bar.set_message(message),
            _ => {
                let spinner = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_message(message);
                self.draw(spinner, WAIT);
            }
        }
    }

    fn end(&mut self) {
        self.clear();
        if let Some(pace) = self.pace.take() {
            let _ = writeln!(self.err, "{}", pace.end(self.stop.is_set()));
        }
    }
}

impl Drop for Bars<'_> {
    fn drop(&mut self) {
        self.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a step of 100 rows, of which 20 are there, with these numbers in between.
    fn said(pause: Duration, steps: &[u64], stop: &Stop) -> Vec<String> {
        let mut err = Vec::new();
        let mut lines = Lines::new(&mut err, pause, stop);
        lines.begin("users", 100, 20);
        for there in steps {
            lines.rows(*there);
        }
        lines.wait("others");
        lines.wait("others");
        lines.end();
        String::from_utf8_lossy(&err).lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_now_and_then() {
        let often = said(Duration::ZERO, &[60, 100], &Stop::new());
        assert!(often[0].starts_with("users: 60 of 100 rows, ") && often[0].contains(" rows/s, "), "{often:?}");
        assert_eq!(often[1], "waiting for others");
        assert!(often[2].starts_with("users: 80 rows in 0.0 s, ") && often[2].ends_with(", 20 there before"));
        assert_eq!(often.len(), 3);
        assert_eq!(said(Duration::from_secs(60), &[60, 100], &Stop::new()).len(), 2);
    }

    #[test]
    fn a_step_without_work_and_one_that_is_stopped() {
        let seldom = Duration::from_secs(60);
        assert_eq!(said(seldom, &[], &Stop::new())[1], "users: 100 rows, there already");
        let stop = Stop::new();
        stop.now();
        assert_eq!(said(seldom, &[60], &stop)[1], "users: 60 of 100 rows");
    }

    #[test]
    fn times_and_rates() {
        assert_eq!((clock(5), clock(185), clock(7_385)), ("5 s".into(), "3 min 5 s".into(), "2 h 3 min".into()));
        assert_eq!(rate(1_000, Duration::from_millis(500)), 2_000);
        assert_eq!(rate(u64::MAX, Duration::ZERO), u64::MAX);
    }
}
