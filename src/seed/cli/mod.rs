//! The program around a plan: its command line, what it refuses and asks, what it shows. Knows plans, and no database
//! library.

mod address;
mod again;
mod args;
mod consent;
mod ending;
mod environment;
mod instant;
mod look;
mod nearest;
mod progress;
mod run;
mod shard;
mod sheet;
mod signals;
mod terminal;

pub use terminal::Terminal;

use super::plan::Plan;
use args::{Command, CommandLine};
use clap::FromArgMatches;
use ending::Ending;
use std::ffi::OsString;
use std::io::{self, BufReader};
use std::path::Path;
use std::process::ExitCode;

/// A whole program that seeds a database: declares a plan, reads the command line, and does what it says.
///
/// ```no_run
/// # use manufactory::Factory;
/// # #[derive(Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64 }
/// # #[derive(Clone, Factory)]
/// # #[factory(table = "posts")]
/// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64 }
/// fn main() -> std::process::ExitCode {
///     manufactory::seed::main(|plan| {
///         let users = plan.step("users", 1_000, |_| User::factory());
///         plan.step("posts", 10_000, move |row| Post::factory().author_id(row.key(users.zipf(1.1))));
///     })
/// }
/// ```
///
/// Its commands are `run`, which is done without a command, `fresh`, `status`, `list`, `sample` and `completions`; `--help`
/// says all about them. The database is that of `--database-url`, else of the variable `DATABASE_URL`, else of a file
/// `.env` in this folder or above it.
///
/// A database that is not on this machine is written to only with `--force`, and once its name has been typed; the same
/// where a variable such as `APP_ENV` is `production`. A tunnel from this machine to another is not seen: set such a
/// variable there.
///
/// It makes a runtime of its own, so it is not to be called within one.
pub fn main(declare: impl FnOnce(&mut Plan)) -> ExitCode {
    let mut plan = Plan::new();
    declare(&mut plan);
    let (mut out, mut err, mut input) = (io::stdout(), io::stderr(), BufReader::new(io::stdin()));
    let mut terminal = Terminal::new(&mut out, &mut err, &mut input).of_process();
    ExitCode::from(main_with(&plan, std::env::args_os(), &mut terminal))
}

/// The same as [`main`], with arguments, output and input of the caller's. Gives the exit code.
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64 }
/// use manufactory::seed::{Plan, Terminal, main_with};
///
/// let mut plan = Plan::new();
/// plan.step("users", 2, |_| User::factory());
///
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let mut nothing = std::io::empty();
/// let mut terminal = Terminal::new(&mut out, &mut err, &mut nothing);
/// let code = main_with(&plan, ["seed", "sample", "users", "--format", "json"], &mut terminal);
/// assert_eq!((code, String::from_utf8(out).unwrap().trim()), (0, "[\n  {\"id\": 1},\n  {\"id\": 2}\n]"));
/// ```
pub fn main_with<A: Into<OsString>>(plan: &Plan, args: impl IntoIterator<Item = A>, terminal: &mut Terminal<'_>) -> u8 {
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    obey(plan, &args, terminal).unwrap_or_else(|ending| ending.tell(terminal))
}

fn obey(plan: &Plan, args: &[OsString], terminal: &mut Terminal<'_>) -> Result<u8, Ending> {
    let bin = args.first().and_then(|path| Path::new(path).file_stem()).unwrap_or("seed".as_ref()).to_string_lossy();
    let mut command = args::command(&bin, plan.about.as_deref());
    let matches = command.try_get_matches_from_mut(args)?;
    let said = CommandLine::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    let words: Vec<String> = args.iter().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    let again = again::again(&[&[bin.clone().into_owned()], &words[..]].concat());
    match said.command {
        None => run::run(plan, &said.run, &again, terminal),
        Some(Command::Run(run)) => run::run(plan, &run, &again, terminal),
        Some(Command::Fresh(fresh)) => run::fresh(plan, &fresh.seeding, &again, terminal),
        Some(Command::Status(status)) => look::status(plan, &status, terminal),
        Some(Command::List(list)) => look::list(plan, &list, terminal),
        Some(Command::Sample(sample)) => look::sample(plan, &sample, terminal),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, bin, &mut script);
            terminal.out.write_all(&script)?;
            Ok(0)
        }
    }
}
