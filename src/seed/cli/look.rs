//! What can be looked at: steps, samples, how far they are. Writes no rows.

use super::args::{Form, List, Run, Sample, Status};
use super::ending::Ending;
use super::nearest::nearest;
use super::progress::count;
use super::run::{address, terms};
use super::sheet::Sheet;
use super::terminal::Terminal;
use crate::persist::{Value, Values};
use crate::seed::course::Course;
use crate::seed::step::Source;
use crate::seed::{Database, Options, Outline, Plan};
use serde_json::Value as Json;

/// So many rows of each step are shown by `--dry-run`.
const SHOWN: u64 = 3;

/// `list`
pub(super) fn list(plan: &Plan, list: &List, terminal: &mut Terminal<'_>) -> Result<u8, Ending> {
    let options = terms(&list.terms);
    let sheet = outline(plan, &plan.offline(&options)?, &options, |_| true).0;
    terminal.print(&sheet.text(list.format, terminal.is_process))?;
    Ok(0)
}

/// `sample`
pub(super) fn sample(plan: &Plan, sample: &Sample, terminal: &mut Terminal<'_>) -> Result<u8, Ending> {
    let steps = sampled(plan, &sample.step)?;
    let course = plan.offline(&terms(&sample.terms))?;
    for (i, step) in steps.iter().enumerate() {
        let name = &plan.steps[*step].name;
        let sheet = rows(plan, *step, &course.sample(*step, sample.rows)?);
        if steps.len() > 1 && sample.format == Form::Table {
            terminal.print(&format!("{}{name}", if i > 0 { "\n" } else { "" }))?;
        }
        terminal.print(&sheet.text(sample.format, terminal.is_process))?;
    }
    Ok(0)
}

/// `--dry-run`
pub(super) fn dry_run(plan: &Plan, run: &Run, options: &Options, terminal: &mut Terminal<'_>) -> Result<u8, Ending> {
    let wanted = |step: usize| options.wants(plan, step);
    let course = plan.offline(options)?;
    let (sheet, steps) = outline(plan, &course, options, wanted);
    let form = run.seeding.summary.unwrap_or(Form::Table);
    if form == Form::Table {
        let total: u64 = steps.iter().map(|(_, outline)| outline.rows).sum();
        terminal.print(&format!("This would be done, of an empty database: {}.\n", count(total)))?;
        let (shard, shards) = options.shard;
        if shards > 1 {
            terminal.print(&format!("Of these, this run has part {shard}/{shards} of each step.\n"))?;
        }
    }
    let mut objects = Vec::new();
    let mut samples = Vec::new();
    for (step, outline) in &steps {
        let name = &outline.name;
        match course.sample(*step, SHOWN) {
            Ok(sample) => samples.push((outline, rows(plan, *step, &sample))),
            // Their parents may be rows that only the database knows.
            Err(why) if has_existing(plan) => terminal.say(&format!("no rows of `{name}` can be shown: {why}")),
            Err(why) => return Err(why.into()),
        }
    }
    if form == Form::Table {
        terminal.print(&sheet.table(terminal.is_process))?;
        for (outline, sample) in samples {
            let (name, shown) = (&outline.name, count(outline.rows.min(SHOWN)));
            terminal.print(&format!("\n{name}: {shown} of {}\n", outline.rows))?;
            terminal.print(&sample.table(terminal.is_process))?;
        }
        return Ok(0);
    }
    for (outline, sample) in samples {
        let Outline { name, model, rows, .. } = outline;
        let (step, model, sample) =
            (Json::from(name.as_str()), Json::from(*model), sample.objects().collect::<Vec<_>>());
        objects.push(format!(
            "{{\"step\": {step}, \"model\": {model}, \"rows\": {rows}, \"sample\": [{}]}}",
            sample.join(", ")
        ));
    }
    terminal.print(&format!("[\n  {}\n]", objects.join(",\n  ")))?;
    Ok(0)
}

/// `status`
pub(super) fn status(plan: &Plan, status: &Status, terminal: &mut Terminal<'_>) -> Result<u8, Ending> {
    let address = address(plan, &status.place, terminal)?;
    let steps = super::run::runtime()?.block_on(async {
        let mut db = Database::open(&address.url).await?;
        db.status(plan).await
    });
    let steps = steps.map_err(|why| Ending::from(why).map(|text| address.without_secrets(&text)))?;
    let mut sheet = Sheet::new([("step", "STEP"), ("done", "DONE"), ("rows", "ROWS"), ("state", "STATE")]);
    for (step, declared) in steps.iter().zip(&plan.steps) {
        let (done, total) = (step.done, step.total);
        let state = match total {
            _ if !declared.rows.source().is_made() => "existing".to_owned(),
            None => "not begun".to_owned(),
            Some(total) if done >= total => "done".to_owned(),
            Some(total) => format!("{}%", u128::from(done) * 100 / u128::from(total.max(1))),
        };
        let done = total.map(|_| done.into());
        sheet.push(vec![Some(step.name.as_str().into()), done, total.map(Into::into), Some(state.into())]);
    }
    terminal.print(&sheet.text(status.format, terminal.is_process))?;
    Ok(0)
}

/// Whether rows depend on some that only the database knows.
pub(super) fn has_existing(plan: &Plan) -> bool {
    plan.steps.iter().any(|step| !step.rows.source().is_made())
}

/// An error, unless there are steps or tasks of these names.
pub(super) fn known<'n>(plan: &Plan, names: impl IntoIterator<Item = &'n String>) -> Result<(), Ending> {
    for name in names {
        if !plan.names().any(|known| known == name) {
            return Err(unknown("step", name, &plan.names().collect::<Vec<_>>()));
        }
    }
    Ok(())
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Ending {
    let meant = nearest(name, known.iter().copied());
    let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
    Ending::usage(format!("there is no {what} `{name}`{meant}\nthere are {}", known.join(", ")))
}

/// The steps that a name means: one, or all that make a model.
fn sampled(plan: &Plan, name: &str) -> Result<Vec<usize>, Ending> {
    let steps = || plan.steps.iter().enumerate();
    let mut found: Vec<usize> = steps().filter(|(_, step)| step.name == name).map(|(i, _)| i).collect();
    if found.is_empty() {
        found = steps().filter(|(_, step)| step.rows.name() == name).map(|(i, _)| i).collect();
    }
    if found.is_empty() {
        if plan.tasks.iter().any(|(_, task, _)| task == name) {
            return Err(Ending::usage(format!("`{name}` is a task, which makes no rows that could be shown")));
        }
        let models = plan.steps.iter().map(|step| step.rows.name());
        let mut known: Vec<_> = plan.steps.iter().map(|step| step.name.as_str()).chain(models).collect();
        known.dedup();
        return Err(unknown("step or model", name, &known));
    }
    found.retain(|step| plan.steps[*step].rows.source().is_made());
    if found.is_empty() {
        return Err(Ending::usage(format!("the rows of `{name}` are there already, so the plan makes none")));
    }
    Ok(found)
}

/// The steps of a plan, with tasks where they come, and the outlines of those that make rows.
fn outline(
    plan: &Plan,
    course: &Course,
    options: &Options,
    wanted: impl Fn(usize) -> bool,
) -> (Sheet, Vec<(usize, Outline)>) {
    let mut columns = vec![("step", "STEP"), ("kind", "KIND")];
    columns.extend([("model", "MODEL"), ("table", "TABLE"), ("rows", "ROWS")]);
    let mut sheet = Sheet::new(columns);
    let mut made = Vec::new();
    let mut outlines = course.outline().into_iter();
    for step in 0..=plan.steps.len() {
        let tasks = plan.tasks.iter().filter(|(before, ..)| *before == step);
        for (_, name, _) in tasks.filter(|(before, name, _)| options.wants_task(plan, *before, name)) {
            sheet.push(vec![Some(name.as_str().into()), Some("task".into()), None, None, None]);
        }
        let Some(outline) = outlines.next().filter(|_| wanted(step)) else { continue };
        let (kind, rows) = match plan.steps[step].rows.source() {
            Source::Made(_) => ("step", Some(outline.rows.into())),
            Source::Found(_) => ("record", Some(outline.rows.into())),
            Source::Existing => ("existing", None),
        };
        let (name, table) = (outline.name.as_str(), outline.table.map(Into::into));
        sheet.push(vec![Some(name.into()), Some(kind.into()), Some(outline.model.into()), table, rows]);
        if kind != "existing" {
            made.push((step, outline));
        }
    }
    (sheet, made)
}

/// Rows of a step. What is secret stays so.
fn rows(plan: &Plan, step: usize, rows: &[Values]) -> Sheet {
    let columns = plan.steps[step].rows.columns();
    let filled: Vec<_> =
        columns.iter().filter(|column| rows.iter().any(|row| row.get(column.name).is_some())).collect();
    let mut sheet = Sheet::new(filled.iter().map(|column| (column.name, column.name)));
    for row in rows {
        let value = |secret: bool, name| match row.get(name) {
            Some(_) if secret => Some("(secret)".into()),
            other => other.map(json),
        };
        sheet.push(filled.iter().map(|column| value(column.secret, column.name)).collect());
    }
    sheet
}

fn json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        Value::UInt(value) => (*value).into(),
        // JSON has no NaN and no infinity.
        Value::Float(value) if value.is_finite() => (*value).into(),
        Value::Text(text) => text.as_str().into(),
        other => other.to_string().into(),
    }
}
