//! What writes: into a database, or into files.

use super::address::Address;
use super::args::{Form, Place, Run, Seeding, Terms};
use super::consent;
use super::ending::{Ending, STOPPED};
use super::environment::URL;
use super::look::{dry_run, has_existing, known};
use super::progress::{self, count, rate};
use super::shard::{self, Shard};
use super::sheet::Sheet;
use super::signals;
use super::terminal::Terminal;
use crate::error::BoxError;
use crate::seed::{Database, Failure, Format, Options, Plan, Summary, Watch};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;
use tokio::runtime::{Builder, Runtime};

/// `run`
pub(super) fn run(plan: &Plan, run: &Run, again: &str, terminal: &mut Terminal<'_>) -> Result<u8, Ending> {
    known(plan, run.only.iter().chain(&run.from))?;
    let mut options = options(&run.seeding, terminal).only(run.only.iter().cloned());
    if let Some(step) = &run.from {
        options = options.from(step);
    }
    let part = match run.shard {
        Some(Shard::Part(shard, shards)) => Ok(Some((shard, shards))),
        Some(Shard::Auto) => shard::from_environment(&terminal.environment).map(Some),
        None => shard::of_job(&terminal.environment),
    };
    if let Some((shard, shards)) = part.map_err(Ending::usage)? {
        if run.fresh {
            whole(shards)?;
        }
        options = options.shard(shard, shards);
    }
    match &run.out {
        _ if run.rehearse => dry_run(plan, run, &options, terminal),
        Some(folder) => write(plan, run, folder, &options, terminal),
        None => seed(plan, &run.seeding, run.fresh, &options, again, terminal),
    }
}

/// `fresh`
pub(super) fn fresh(plan: &Plan, seeding: &Seeding, again: &str, terminal: &mut Terminal<'_>) -> Result<u8, Ending> {
    if let Some((_, shards)) = shard::of_job(&terminal.environment).map_err(Ending::usage)? {
        whole(shards)?;
    }
    seed(plan, seeding, true, &options(seeding, terminal), again, terminal)
}

/// Each part of a run would empty what the others have written.
fn whole(shards: u64) -> Result<(), Ending> {
    let why =
        "each of several parts would empty what the others have written: empty the tables once, then run the parts";
    if shards > 1 { Err(Ending::usage(why.to_owned())) } else { Ok(()) }
}

/// What makes a plan's rows others.
pub(super) fn terms(terms: &Terms) -> Options {
    let mut options = Options::new();
    if let Some(scale) = terms.scale {
        options = options.scale(scale);
    }
    if let Some(seed) = terms.seed {
        options = options.seed(seed);
    }
    match terms.now {
        Some(now) => options.at(now),
        None => options,
    }
}

fn options(seeding: &Seeding, terminal: &Terminal<'_>) -> Options {
    let mut options = terms(&seeding.terms).stop(&terminal.stop);
    if let Some(threads) = seeding.threads {
        options = options.threads(threads.into());
    }
    match seeding.chunk {
        Some(rows) => options.chunk(rows),
        None => options,
    }
}

/// Where the database is.
pub(super) fn address(plan: &Plan, place: &Place, terminal: &mut Terminal<'_>) -> Result<Address, Ending> {
    if let Some(unread) = terminal.unread.take() {
        terminal.say(&format!("warning: {unread}"));
    }
    let environment = &terminal.environment;
    match place.database_url.as_deref().or_else(|| environment.get(URL)).or(plan.url.as_deref()) {
        Some(url) => Ok(Address::of(url, environment)),
        None => Err(Ending::usage(format!(
            "which database? say --database-url URL, or set {URL}, in the environment or in a file `.env`"
        ))),
    }
}

/// What the libraries of databases run in.
pub(super) fn runtime() -> Result<Runtime, Ending> {
    let failed = |why| Ending::from(Failure::Database(Box::new(why) as BoxError));
    Builder::new_multi_thread().enable_all().build().map_err(failed)
}

fn seed(
    plan: &Plan,
    seeding: &Seeding,
    fresh: bool,
    options: &Options,
    again: &str,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Ending> {
    let address = address(plan, &seeding.place, terminal)?;
    options.check(plan)?;
    if fresh && !has_existing(plan) {
        // A plan that makes no sense should not be found out once the tables are empty.
        plan.try_out(options)?;
    }
    consent::allow(&address, &seeding.consent, fresh.then(|| tables(plan)), terminal)?;
    let hide = |text: String| address.without_secrets(&text);
    let runtime = runtime()?;
    if terminal.is_process {
        signals::watch(&terminal.stop);
    }
    let since = Instant::now();
    let ran = runtime.block_on(async {
        let mut db = Database::open(&address.url).await.map_err(|why| Ending::from(why).map(hide))?;
        if fresh {
            for (table, rows) in db.fresh(plan).await.map_err(|why| Ending::from(why).map(hide))? {
                if !seeding.quiet {
                    let table = table.replace(['"', '`'], "");
                    terminal.say(&format!("emptied {table}, which had {}", count(rows)));
                }
            }
        }
        let ran = db.run(plan, options, &mut *watching(plan, seeding, terminal)).await;
        ran.map_err(|why| {
            let goes_on = matches!(why, Failure::Row { .. } | Failure::Database(_));
            let next = format!("\nwhat was committed stays; when that is mended, go on with: {again}");
            Ending::from(why).map(|text| hide(text) + if goes_on { &next } else { "" })
        })
    });
    let summary = ran?;
    summarize(&summary, seeding, since, terminal)?;
    if !summary.stopped {
        return Ok(0);
    }
    let far = summary
        .steps
        .last()
        .map(|step| format!(" with {} of {} in `{}`", step.there + step.written, count(step.total), step.name));
    terminal.say(&format!("stopped{}; go on with: {again}", far.unwrap_or_default()));
    Ok(STOPPED)
}

/// How many tables a plan fills.
fn tables(plan: &Plan) -> usize {
    let made = plan.steps.iter().filter(|step| step.rows.source().is_made());
    made.map(|step| step.rows.table().unwrap_or(step.rows.name())).collect::<BTreeSet<_>>().len()
}

fn write(plan: &Plan, run: &Run, folder: &Path, options: &Options, terminal: &mut Terminal<'_>) -> Result<u8, Ending> {
    let how = (run.format.unwrap_or(Format::Csv), run.dialect.unwrap_or_default());
    if terminal.is_process {
        signals::watch(&terminal.stop);
    }
    let since = Instant::now();
    let summary = plan.write(options, folder, how, &mut *watching(plan, &run.seeding, terminal))?;
    summarize(&summary, &run.seeding, since, terminal)?;
    if !summary.stopped {
        return Ok(0);
    }
    terminal.say("stopped; the files that are there are whole, and the same command writes all of them");
    Ok(STOPPED)
}

/// Who watches.
fn watching<'w>(plan: &Plan, seeding: &Seeding, terminal: &'w mut Terminal<'_>) -> Box<dyn Watch + 'w> {
    match terminal.draws {
        _ if seeding.quiet => Box::new(()),
        true => Box::new(progress::bars(&mut *terminal.err, plan, &terminal.stop)),
        false => Box::new(progress::lines(&mut *terminal.err, plan, &terminal.stop)),
    }
}

/// What came of a run.
fn summarize(summary: &Summary, seeding: &Seeding, since: Instant, terminal: &mut Terminal<'_>) -> Result<(), Ending> {
    let form = match seeding.summary {
        Some(form) => form,
        None if seeding.quiet => return Ok(()),
        None => Form::Table,
    };
    let mut columns = vec![("step", "STEP"), ("rows", "ROWS"), ("there", "THERE BEFORE"), ("total", "TOTAL")];
    columns.extend([("seconds", "SECONDS"), ("rows_per_second", "ROWS/S"), ("way", "WAY")]);
    let mut sheet = Sheet::new(columns);
    for step in &summary.steps {
        let mut row: Vec<Option<Json>> = vec![Some(step.name.as_str().into())];
        row.extend([step.written, step.there, step.total].map(|rows| Some(rows.into())));
        row.push(Some(rounded(step.took.as_secs_f64(), form)));
        row.push((step.written > 0).then(|| rate(step.written, step.took).into()));
        row.push(Some(step.way).filter(|way| !way.is_empty()).map(Into::into));
        sheet.push(row);
    }
    let (rows, seconds) = (summary.written(), since.elapsed().as_secs_f64());
    match form {
        Form::Table => {
            terminal.print(&sheet.table(terminal.is_process))?;
            terminal.print(&format!("{} in {seconds:.1} s", count(rows)))?;
        }
        Form::Json => {
            let (steps, seconds, stopped) = (sheet.json(), rounded(seconds, form), summary.stopped);
            let rest = format!("\"rows\": {rows}, \"seconds\": {seconds}, \"stopped\": {stopped}");
            terminal.print(&format!("{{\"steps\": {steps},\n{rest}}}"))?;
        }
    }
    Ok(())
}

/// To what the eye or a program wants of it.
fn rounded(seconds: f64, form: Form) -> Json {
    let parts = if form == Form::Table { 10.0 } else { 1_000.0 };
    Json::from((seconds * parts).round() / parts)
}
