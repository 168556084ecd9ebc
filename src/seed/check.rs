//! Whether a schema has what a plan writes: looked at before the first row. Knows no rows.

use super::plan::Plan;
use super::sql::Sql;
use super::step::writer_of;
use crate::persist::Opens;

/// Everything that is missing, in words. Nothing is written.
pub(super) async fn faults<B: Opens>(plan: &Plan, db: &mut Sql<'_, B>) -> Vec<String> {
    let mut faults = Vec::new();
    for step in &plan.steps {
        let Some(writer) = writer_of::<B>(&*step.rows) else {
            faults.push(format!(
                "step `{}`: the rows of `{}` cannot be stored in {} through {}; see `table` and `on(..)` on the model",
                step.name,
                step.rows.name(),
                B::KIND,
                B::LIBRARY
            ));
            continue;
        };
        let table = Sql::<B>::table(&writer.table());
        let columns: Vec<_> = writer.columns();
        // SQLite takes a name that it does not know for a text, unless it is a table's.
        let all: Vec<_> = columns.iter().map(|column| format!("t.{}", Sql::<B>::name(column))).collect();
        let select = |columns: &str| format!("select {columns} from {table} t where 1 = 0");
        if db.say(select(&all.join(", "))).await.is_ok() {
            continue;
        }
        if let Err(error) = db.say(select("1")).await {
            faults.push(format!("step `{}`: table {table} cannot be read: {error}", step.name));
            continue;
        }
        for (column, quoted) in columns.iter().zip(&all) {
            if let Err(error) = db.say(select(quoted)).await {
                faults.push(format!("step `{}`: column `{column}` of {table} cannot be read: {error}", step.name));
            }
        }
    }
    faults.dedup();
    faults
}
