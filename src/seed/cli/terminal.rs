//! What the program talks to: output, input, and the variables around it.

use super::environment::Environment;
use crate::seed::Stop;
use std::fmt;
use std::io::{self, BufRead, IsTerminal, Write};

/// What the program around a plan talks to: see [`main_with`](super::main_with).
///
/// ```
/// use manufactory::seed::{Plan, Terminal, main_with};
///
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let mut typed = "dev.db\n".as_bytes();
/// let mut terminal =
///     Terminal::new(&mut out, &mut err, &mut typed).asking().environment([("DATABASE_URL", "sqlite:dev.db")]);
/// let code = main_with(&Plan::new(), ["seed", "list"], &mut terminal);
/// assert_eq!(code, 0);
/// ```
pub struct Terminal<'t> {
    pub(super) out: &'t mut (dyn Write + Send),
    pub(super) err: &'t mut (dyn Write + Send),
    input: &'t mut (dyn BufRead + Send),
    /// Whether somebody answers.
    pub(super) asks: bool,
    /// Whether the output is of this process, so that tables may be as wide as its terminal.
    pub(super) is_process: bool,
    /// Whether bars can be drawn.
    pub(super) draws: bool,
    pub(super) environment: Environment,
    /// What could not be read of it.
    pub(super) unread: Option<String>,
    pub(super) stop: Stop,
}

impl<'t> Terminal<'t> {
    /// Nobody answers questions, and there are no variables.
    ///
    /// ```
    /// use manufactory::seed::{Plan, Terminal, main_with};
    ///
    /// let (mut out, mut err, mut nothing) = (Vec::new(), Vec::new(), std::io::empty());
    /// let mut terminal = Terminal::new(&mut out, &mut err, &mut nothing);
    /// assert_eq!(main_with(&Plan::new(), ["seed", "list"], &mut terminal), 0);
    /// ```
    pub fn new(
        out: &'t mut (dyn Write + Send),
        err: &'t mut (dyn Write + Send),
        input: &'t mut (dyn BufRead + Send),
    ) -> Self {
        let (environment, stop) = (Environment::default(), Stop::new());
        Self { out, err, input, asks: false, is_process: false, draws: false, environment, unread: None, stop }
    }

    /// Somebody answers questions in the input.
    ///
    /// ```
    /// use manufactory::seed::Terminal;
    ///
    /// let (mut out, mut err) = (Vec::new(), Vec::new());
    /// let mut typed = "dev.db\n".as_bytes(); // what somebody answers
    /// let terminal = Terminal::new(&mut out, &mut err, &mut typed).asking();
    /// # let _ = terminal;
    /// ```
    pub fn asking(mut self) -> Self {
        self.asks = true;
        self
    }

    /// The variables, in place of those of the process and `.env`.
    ///
    /// ```
    /// use manufactory::seed::Terminal;
    ///
    /// let (mut out, mut err, mut nothing) = (Vec::new(), Vec::new(), std::io::empty());
    /// let variables = [("DATABASE_URL", "sqlite:dev.db"), ("APP_ENV", "staging")];
    /// let terminal = Terminal::new(&mut out, &mut err, &mut nothing).environment(variables);
    /// # let _ = terminal;
    /// ```
    pub fn environment<K: Into<String>, V: Into<String>>(
        mut self,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        self.environment = Environment::of(variables);
        self
    }

    /// What stops a run after the chunk that is being written.
    ///
    /// ```
    /// use manufactory::seed::{Stop, Terminal};
    ///
    /// let (mut out, mut err, mut nothing) = (Vec::new(), Vec::new(), std::io::empty());
    /// let stop = Stop::new();
    /// let terminal = Terminal::new(&mut out, &mut err, &mut nothing).stop(&stop);
    /// # let _ = terminal;
    /// ```
    pub fn stop(mut self, stop: &Stop) -> Self {
        self.stop = stop.clone();
        self
    }

    /// That of the process.
    pub(super) fn of_process(mut self) -> Self {
        self.is_process = true;
        self.environment = Environment::of_process();
        let is_dumb = self.environment.get("TERM") == Some("dumb");
        let shows = io::stderr().is_terminal();
        (self.asks, self.draws) = (shows && io::stdin().is_terminal(), shows && !is_dumb);
        self.unread = self.environment.add_dotenv();
        self
    }

    /// A line of the result.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }

    /// A line about what happens. Nobody has to be there to read it.
    pub(super) fn say(&mut self, text: &str) {
        let _ = writeln!(self.err, "{text}");
    }

    /// Asks. `None` where the input is at its end.
    pub(super) fn ask(&mut self, question: &str) -> Option<String> {
        let _ = write!(self.err, "{question}");
        let _ = self.err.flush();
        let mut answer = String::new();
        match self.input.read_line(&mut answer) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(answer.trim().to_owned()),
        }
    }
}

impl fmt::Debug for Terminal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terminal").field("asks", &self.asks).field("draws", &self.draws).finish_non_exhaustive()
    }
}
