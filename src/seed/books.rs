//! What the database keeps of a plan: how each step was laid out, and how many of its rows are there. A chunk of rows and
//! its entry are committed together, so the entry is never wrong.

use super::course::{Course, Extent};
use super::sql::Sql;
use crate::error::BoxError;
use crate::persist::Opens;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::atomic::Ordering::Relaxed;

/// The table they are kept in.
pub(super) const TABLE: &str = "manufactory_seed";

/// The entry of the step itself, beside those of its shards.
const WHOLE: i64 = -1;

/// All that is kept.
#[derive(Debug, Default)]
pub(super) struct Books {
    pub(super) steps: HashMap<String, Entry>,
}

/// What is kept of a step.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) extent: Extent,
    pub(super) seed: u64,
    /// What the step would make: see [`Course::print`].
    pub(super) print: String,
    /// Nanoseconds since 1970 of the plan's clock.
    pub(super) clock: i128,
    pub(super) shards: u64,
    /// How many rows each shard has written.
    pub(super) done: HashMap<u64, u64>,
}

impl Entry {
    /// Whether all of its rows are there.
    pub(super) fn is_done(&self) -> bool {
        self.done.values().sum::<u64>() >= self.extent.total
    }
}

const COLUMNS: [&str; 9] =
    ["step", "shard", "shards", "first_row", "first_key", "total_rows", "done_rows", "seed", "print"];

impl Books {
    /// Makes the table, if it is not there.
    pub(super) async fn open<B: Opens>(db: &mut Sql<'_, B>) -> Result<(), BoxError> {
        let (name, number) = (if B::KIND == "mysql" { "varchar(190)" } else { "text" }, "bigint");
        let create = format!(
            "create table if not exists {TABLE} (step {name} not null, shard {number} not null, shards {number} not null, \
             first_row {number} not null, first_key {number}, total_rows {number} not null, done_rows {number} not null, \
             seed {name} not null, print {name} not null, clock {name} not null, primary key (step, shard))"
        );
        // Two at once may both find it missing.
        match db.say(create.clone()).await {
            Ok(()) => Ok(()),
            Err(_) => db.say(create).await,
        }
    }

    /// Whether there is such a table.
    pub(super) async fn are_there<B: Opens>(db: &mut Sql<'_, B>) -> bool {
        db.ints(&format!("select count(*) from {TABLE}")).await.is_ok()
    }

    /// Keeps others from laying out a plan until the transaction ends.
    pub(super) async fn lock<B: Opens>(db: &mut Sql<'_, B>) -> Result<(), BoxError> {
        match B::KIND {
            // `begin immediate` has done it.
            "sqlite" => Ok(()),
            "postgres" => db.say(format!("lock table {TABLE} in exclusive mode")).await,
            _ => db.ints(&format!("select count(*) from {TABLE} for update")).await.map(drop),
        }
    }

    pub(super) async fn read<B: Opens>(db: &mut Sql<'_, B>) -> Result<Self, BoxError> {
        let columns = COLUMNS.iter().chain(&["clock"]).map(|column| Sql::<B>::as_text(column)).collect::<Vec<_>>();
        let select = format!("select {} from {TABLE} order by step, shard", columns.join(", "));
        let mut books = Self::default();
        for row in db.texts(&select, COLUMNS.len() + 1).await? {
            let text = |place: usize| row.get(place).cloned().flatten();
            let number = |place: usize| text(place).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
            let step = text(0).unwrap_or_default();
            let shard = text(1).and_then(|text| text.parse::<i64>().ok()).unwrap_or(WHOLE);
            if let (Ok(shard), Some(entry)) = (u64::try_from(shard), books.steps.get_mut(&step)) {
                entry.done.insert(shard, number(6));
                continue;
            }
            let first_key = text(4).and_then(|text| text.parse().ok());
            let extent = Extent { first_row: number(3), first_key, total: number(5) };
            let clock = text(9).and_then(|text| text.parse().ok()).unwrap_or(0);
            let (seed, print) = (number(7), text(8).unwrap_or_default());
            let entry = Entry { extent, seed, print, clock, shards: number(2), done: HashMap::new() };
            books.steps.insert(step, entry);
        }
        Ok(books)
    }

    /// Enters a step that is laid out, in place of what was there.
    pub(super) async fn enter<B: Opens>(db: &mut Sql<'_, B>, step: &str, entry: &Entry) -> Result<(), BoxError> {
        db.say(format!("delete from {TABLE} where step = {}", Sql::<B>::literal(step))).await?;
        let mut text = format!("insert into {TABLE} ({}, clock) values ", COLUMNS.join(", "));
        let whole = std::iter::once(WHOLE);
        let shards = (0..entry.shards).filter_map(|shard| i64::try_from(shard).ok());
        for (i, shard) in whole.chain(shards).enumerate() {
            let Extent { first_row, first_key, total } = entry.extent;
            let first_key = first_key.map_or_else(|| "null".to_owned(), |key| key.to_string());
            let _ = write!(
                text,
                "{}({}, {shard}, {}, {first_row}, {first_key}, {total}, 0, '{}', {}, '{}')",
                if i == 0 { "" } else { ", " },
                Sql::<B>::literal(step),
                entry.shards,
                entry.seed,
                Sql::<B>::literal(&entry.print),
                entry.clock,
            );
        }
        db.say(text).await
    }

    /// So many rows of a shard are there.
    pub(super) async fn mark<B: Opens>(db: &mut Sql<'_, B>, step: &str, shard: u64, done: u64) -> Result<(), BoxError> {
        let step = Sql::<B>::literal(step);
        db.say(format!("update {TABLE} set done_rows = {done} where step = {step} and shard = {shard}")).await
    }

    /// Forgets everything.
    pub(super) async fn clear<B: Opens>(db: &mut Sql<'_, B>) -> Result<(), BoxError> {
        db.say(format!("delete from {TABLE}")).await
    }
}

impl Course {
    /// What a step would make, in short: another plan has another one. Its name, its table, its columns, and some rows.
    ///
    /// # Errors
    /// A row cannot be made.
    pub(super) fn print(&self, step: usize) -> Result<String, crate::Error> {
        use crate::session::hash;
        let laid = &self.steps[step];
        let mut text = format!("{} {:?} {:?}", laid.rows.name(), laid.rows.table(), laid.rows.columns());
        if !laid.is_made() || laid.is_open(self) || laid.total == 0 {
            return Ok(format!("{:016x}", hash(&text)));
        }
        let (last, bare) = (laid.total - 1, text.clone());
        let mut shown: Vec<u64> = [0, 1, laid.total / 2, last].into_iter().filter(|row| *row <= last).collect();
        shown.dedup();
        self.asked.store(false, Relaxed);
        for row in shown {
            for values in laid.rows.values(self, step, row..row + 1)? {
                let _ = write!(text, "\n{row}");
                values.iter().try_for_each(|(column, value)| write!(text, " {column}={value:?}")).unwrap_or_default();
            }
        }
        if self.asked.load(Relaxed) {
            // Its rows depend on what others do to the database.
            text = bare;
        }
        Ok(format!("{:016x}", hash(&text)))
    }
}
