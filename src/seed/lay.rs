//! A plan laid out in a database: what is there is looked at, and how the plan was laid out is entered in the books, once.

use super::books::{Books, Entry};
use super::course::{Course, Facts};
use super::failure::Failure;
use super::options::Options;
use super::plan::Plan;
use super::sql::{Begun, Sql};
use super::step::{Source, Steps, writer_of};
use crate::persist::{Opens, Value};
use crate::session::Now;
use std::collections::HashMap;

/// Lays a plan out, or finds how it was laid out before.
pub(super) async fn lay_out<B: Opens>(plan: &Plan, db: &mut B::Owned, options: &Options) -> Result<Course, Failure> {
    let failed = Failure::Database;
    let mut begun = Begun::<B>::of(db).await.map_err(failed)?;
    let mut sql = begun.sql();
    let laid = async {
        Books::lock(&mut sql).await.map_err(failed)?;
        let books = Books::read(&mut sql).await.map_err(failed)?;
        let kept = books.steps.values().next().map(|entry| Now::from_nanos(entry.clock));
        let terms = plan.terms(options, kept);
        let facts = facts::<B>(plan, &mut sql, &books).await?;
        let mut course = Course::lay(plan, terms, &facts)?;
        load_keys::<B>(&mut course, &mut sql).await?;
        enter::<B>(&course, &mut sql, &books, options).await?;
        Ok(course)
    };
    let laid = laid.await;
    match laid {
        Ok(course) => begun.commit().await.map_err(failed).map(|()| course),
        Err(failure) => {
            begun.roll_back().await;
            Err(failure)
        }
    }
}

/// What is there before the plan is laid out.
async fn facts<B: Opens>(plan: &Plan, sql: &mut Sql<'_, B>, books: &Books) -> Result<Facts, Failure> {
    let mut facts = Facts::default();
    for step in &plan.steps {
        let Some(writer) = writer_of::<B>(&*step.rows) else { continue };
        let table = Sql::<B>::table(&writer.table());
        let entry = books.steps.get(&step.name);
        let counts = step.rows.source().counts();
        if let Some(entry) = entry.filter(|_| counts) {
            facts.ends.insert(step.name.clone(), entry.extent.first_row + entry.extent.total);
        }
        if let Some(entry) = entry {
            facts.laid.insert(step.name.clone(), entry.extent);
            if entry.is_done() {
                facts.done.insert(step.name.clone());
            }
        }
        if counts {
            let count = sql.ints(&format!("select count(*) from {table}")).await.map_err(Failure::Database)?;
            let count = count.into_iter().flatten().next().unwrap_or(0);
            facts.counts.insert(step.name.clone(), count.unsigned_abs());
        }
        let name = step.rows.table().unwrap_or(step.rows.name());
        if !step.rows.is_numbered() || facts.next_keys.contains_key(name) {
            continue;
        }
        let keys =
            step.rows.columns().iter().position(|column| column.key).and_then(|i| writer.columns().get(i).copied());
        let Some(key) = keys else { continue };
        let last = Sql::<B>::as_int(&format!("max({})", Sql::<B>::name(key)));
        let last = sql.ints(&format!("select {last} from {table}")).await.map_err(Failure::Database)?;
        let next = last.into_iter().flatten().next().unwrap_or(0).max(0) + 1;
        facts.next_keys.insert(name.to_owned(), next);
    }
    Ok(facts)
}

/// Reads the keys of rows that are there already.
async fn load_keys<B: Opens>(course: &mut Course, sql: &mut Sql<'_, B>) -> Result<(), Failure> {
    for laid in &mut course.steps {
        let (Source::Existing, Some(writer)) = (laid.rows.source(), writer_of::<B>(&*laid.rows)) else { continue };
        let failed = |error| Failure::Row { step: laid.name.clone(), error };
        let keys: Vec<_> = laid.rows.columns().iter().enumerate().filter(|(_, column)| column.key).collect();
        let [(place, _)] = keys[..] else { continue };
        let (table, key) = (Sql::<B>::table(&writer.table()), Sql::<B>::name(writer.columns()[place]));
        let values: Vec<Value> = if laid.rows.is_numbered() {
            let select = format!("select {} from {table} order by {key}", Sql::<B>::as_int(&key));
            sql.ints(&select).await.map_err(Failure::Database)?.into_iter().flatten().map(Value::Int).collect()
        } else {
            let select = format!("select {} from {table} order by {key}", Sql::<B>::as_text(&key));
            let texts = sql.texts(&select, 1).await.map_err(Failure::Database)?;
            texts.into_iter().flatten().flatten().map(Value::Text).collect()
        };
        laid.total = values.len() as u64;
        let _ = laid.kept.set(laid.rows.keys_of_values(values).map_err(failed)?);
    }
    Ok(())
}

/// Enters what is laid out, or makes sure that it is what was laid out before.
async fn enter<B: Opens>(
    course: &Course,
    sql: &mut Sql<'_, B>,
    books: &Books,
    options: &Options,
) -> Result<(), Failure> {
    let (_, shards) = options.shard;
    for (i, laid) in course.steps.iter().enumerate() {
        if !laid.is_made() {
            continue;
        }
        let print = course.print(i).map_err(|error| Failure::Row { step: laid.name.clone(), error })?;
        let extent = course.extent(i);
        let entry =
            Entry { extent, seed: course.seed, print, clock: course.clock.nanos(), shards, done: HashMap::new() };
        match books.steps.get(&laid.name) {
            Some(_) if laid.told != extent.total && !laid.is_open(course) => {
                return Err(changed(&laid.name, &format!("{} rows", extent.total), &format!("{} rows", laid.told)));
            }
            Some(kept) if kept.extent == extent => agree(&laid.name, kept, &entry)?,
            _ => {
                Books::enter(sql, &laid.name, &entry).await.map_err(Failure::Database)?;
                reserve::<B>(sql, &*laid.rows, entry.extent.first_key, extent.total).await?;
            }
        }
    }
    Ok(())
}

/// Whether a step is what it was.
fn agree(step: &str, kept: &Entry, now: &Entry) -> Result<(), Failure> {
    if kept.seed != now.seed {
        return Err(changed(step, &format!("seed {}", kept.seed), &format!("seed {}", now.seed)));
    }
    if kept.shards != now.shards && !kept.is_done() {
        return Err(changed(step, &format!("{} shards", kept.shards), &format!("a run with {}", now.shards)));
    }
    if kept.print != now.print {
        return Err(changed(step, "a plan or a factory that made other rows", "another one"));
    }
    Ok(())
}

fn changed(step: &str, before: &str, now: &str) -> Failure {
    Failure::Changed(
        format!(
            "step `{step}` was begun with {before}, and this is {now}: go on with what it was begun with, or empty the seeded \
             tables and begin anew (`fresh`)"
        )
        .into(),
    )
}

/// Moves a counter of Postgres past the keys that the plan chooses: the other databases do so by themselves.
async fn reserve<B: Opens>(
    sql: &mut Sql<'_, B>,
    rows: &dyn Steps,
    first: Option<i64>,
    total: u64,
) -> Result<(), Failure> {
    let (Some(first), "postgres", Some(writer)) = (first, B::KIND, writer_of::<B>(rows)) else { return Ok(()) };
    let Some(key) = rows.columns().iter().position(|column| column.key) else { return Ok(()) };
    let last = first.saturating_add_unsigned(total).saturating_sub(1).max(1);
    let (table, column) = (Sql::<B>::table(&writer.table()), Sql::<B>::literal(writer.columns()[key]));
    let find = format!("select pg_get_serial_sequence({}, {column})", Sql::<B>::literal(&table));
    let found = sql.texts(&find, 1).await.map_err(Failure::Database)?;
    let Some(sequence) = found.into_iter().flatten().flatten().next() else { return Ok(()) };
    let move_on = format!(
        "select setval({}, greatest({last}, (select last_value from {sequence})))",
        Sql::<B>::literal(&sequence)
    );
    sql.ints(&move_on).await.map(drop).map_err(Failure::Database)
}
