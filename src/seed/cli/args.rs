//! What can be said on the command line, and how the help puts it. Knows no plan.

use super::instant;
use super::shard::{self, Shard};
use crate::seed::{Dialect, Format};
use crate::session::Now;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

/// All of it.
#[derive(Debug, Parser)]
#[command(
    args_conflicts_with_subcommands = true,
    max_term_width = 100,
    after_help = "The whole story, with examples: --help",
    disable_version_flag = true
)]
pub(super) struct CommandLine {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) run: Run,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the rows that are missing; the same as no command
    Run(Box<Run>),
    /// Empty the seeded tables, then write all rows anew
    Fresh(Box<Fresh>),
    /// Say how far each step is
    Status(Status),
    /// List the steps with their models, tables and numbers of rows
    List(List),
    /// Show the first rows of a step, without a database
    Sample(Sample),
    /// Print a script that completes this program's words in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// `run`
#[derive(Debug, Args)]
pub(super) struct Run {
    /// Only these steps and tasks, with commas between them
    #[arg(long, value_name = "STEP", value_delimiter = ',', help_heading = "Which rows")]
    pub(super) only: Vec<String>,
    /// Only this step and those after it
    #[arg(long, value_name = "STEP", help_heading = "Which rows")]
    pub(super) from: Option<String>,
    /// Only one of several parts, `0/16` to `15/16`, or `auto`
    ///
    /// They are counted from 0, and all together are the same rows as those of one run. If nothing is said, a scheduler of
    /// jobs says which part this is: `SLURM_ARRAY_TASK_ID`, `JOB_COMPLETION_INDEX` of Kubernetes together with
    /// `JOB_COMPLETIONS`, which you set to the number of completions, or `CLOUD_RUN_TASK_INDEX`. With `auto` a pipeline does
    /// so, too: `CI_NODE_INDEX` of GitLab, `BUILDKITE_PARALLEL_JOB`, or `CIRCLE_NODE_INDEX`.
    #[arg(long, value_name = "I/N", value_parser = shard::parse, help_heading = "Which rows")]
    pub(super) shard: Option<Shard>,
    /// Show what would be done, with three rows of each step; needs no database
    #[arg(long = "dry-run", help_heading = "What to do with them")]
    pub(super) rehearse: bool,
    /// Empty the seeded tables first, as `fresh` does
    #[arg(long, conflicts_with_all = ["only", "from", "shard", "rehearse", "out"], help_heading = "What to do with them")]
    pub(super) fresh: bool,
    /// Write files into this folder, one for each step; needs no database
    #[arg(long, value_name = "DIR", help_heading = "What to do with them")]
    pub(super) out: Option<PathBuf>,
    /// What the files look like [default: csv]
    #[arg(long, requires = "out", help_heading = "What to do with them")]
    pub(super) format: Option<Format>,
    /// Whose SQL it is, with `--format sql` [default: postgres]
    #[arg(long, requires = "out", help_heading = "What to do with them")]
    pub(super) dialect: Option<Dialect>,
    #[command(flatten)]
    pub(super) seeding: Seeding,
}

/// `fresh`
#[derive(Debug, Args)]
pub(super) struct Fresh {
    #[command(flatten)]
    pub(super) seeding: Seeding,
}

/// What is said of anything that writes.
#[derive(Debug, Args)]
pub(super) struct Seeding {
    #[command(flatten)]
    pub(super) place: Place,
    #[command(flatten)]
    pub(super) terms: Terms,
    #[command(flatten)]
    pub(super) consent: Consent,
    /// Print nothing but errors, and a summary that is asked for
    #[arg(long, short, help_heading = "What is printed")]
    pub(super) quiet: bool,
    /// The summary at the end [default: table]
    #[arg(long, value_name = "FORM", help_heading = "What is printed")]
    pub(super) summary: Option<Form>,
    /// How many threads make rows, while another one writes [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "How fast")]
    pub(super) threads: Option<u16>,
    /// How many rows are committed together [default: 10000]
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u64).range(1..), help_heading = "How fast")]
    pub(super) chunk: Option<u64>,
}

/// Which database.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// The database [default: `DATABASE_URL` of the environment, then that of `.env`, then the plan's own]
    #[arg(long, value_name = "URL", help_heading = "Where")]
    pub(super) database_url: Option<String>,
}

/// What makes a plan's rows others.
#[derive(Debug, Args)]
pub(super) struct Terms {
    /// This many times the rows of the plan: 0.1 for a tenth
    #[arg(long, value_name = "FACTOR", help_heading = "Which rows")]
    pub(super) scale: Option<f64>,
    /// Another seed than the plan's: a number from 0 up
    #[arg(long, value_name = "N", help_heading = "Which rows")]
    pub(super) seed: Option<u64>,
    /// The instant at which the clock stands still, such as `2026-01-01T00:00:00Z`
    ///
    /// By RFC 3339: a date, `T` or a space, a time, by the microsecond at most, and `Z` or an offset such as `+02:00`. A date
    /// alone is its midnight in UTC.
    #[arg(long, value_name = "INSTANT", value_parser = instant::parse, help_heading = "Which rows")]
    pub(super) now: Option<Now>,
}

/// What has been agreed to.
#[derive(Debug, Args)]
pub(super) struct Consent {
    /// Write even where the database is not on this machine, or the environment says `production`
    #[arg(long, help_heading = "Safety")]
    pub(super) force: bool,
    /// The database's name, for where there is nobody to type it
    #[arg(long, value_name = "NAME", help_heading = "Safety")]
    pub(super) database: Option<String>,
    /// Do not ask before tables on this machine are emptied
    #[arg(long, short, help_heading = "Safety")]
    pub(super) yes: bool,
}

/// `status`
#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    pub(super) place: Place,
    /// What it looks like
    #[arg(long, default_value = "table")]
    pub(super) format: Form,
}

/// `list`
#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    pub(super) terms: Terms,
    /// What it looks like
    #[arg(long, default_value = "table")]
    pub(super) format: Form,
}

/// `sample`
#[derive(Debug, Args)]
pub(super) struct Sample {
    /// The step, or a model: then all steps that make it
    #[arg(value_name = "STEP")]
    pub(super) step: String,
    /// How many rows
    #[arg(short = 'n', long, default_value_t = 5, value_name = "N")]
    pub(super) rows: u64,
    #[command(flatten)]
    pub(super) terms: Terms,
    /// What they look like
    #[arg(long, default_value = "table")]
    pub(super) format: Form,
}

/// How something is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Columns for the eye
    Table,
    /// JSON, for programs
    Json,
}

const MORE: &str = "\
Examples:
  {bin} --dry-run                      what would be done
  {bin}                                do it; the next time, only what is missing
  {bin} --scale 0.1                    a tenth of the rows
  {bin} fresh --yes                    begin anew, on this machine
  {bin} sample users -n 20 --seed 7    some rows of another seed
  {bin} --shard 3/16                   the fourth of 16 parts
  {bin} --out data --format jsonl      files instead of a database

A run that was stopped (Ctrl-C) or has failed goes on where it was when it is run again.

A database that is not on this machine, or any while a variable such as APP_ENV, RAILS_ENV or ENV says `production`, is \
written to only with --force, and once its name has been typed or given by --database.

Exit codes:
    0  done
    2  the command line or the plan makes no sense
    3  the schema does not match the plan
    4  another plan or seed than the one that was begun
    5  a row could not be made or written
    6  the database has failed
    7  refused, because it is not safe or nobody agreed
    8  a file or the output could not be written
  130  stopped; what is written stays, and the next run goes on";

/// The command line of a program of this name.
pub(super) fn command(bin: &str, about: Option<&str>) -> clap::Command {
    let about = about.map_or_else(|| "Seeds a database by a plan.".to_owned(), str::to_owned);
    let command = CommandLine::command().about(about.clone()).long_about(about);
    command.bin_name(bin).after_long_help(MORE.replace("{bin}", bin))
}
