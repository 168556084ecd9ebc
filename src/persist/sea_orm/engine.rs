//! SeaORM as what runs SQL: statements out, rows back. Knows no table.

use super::Binds;
use super::fault::{fault, is_lost};
use crate::error::Result;
use crate::persist::sql::engine::{Done, Engine, Fault, Statement};
use crate::persist::{BoxFuture, Db};
use ::sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Value};
use std::sync::Arc;

impl Engine for DatabaseTransaction {
    // Enums are.
    const CASTS: bool = true;

    type Binds<'d> = Binds;
    type Row<'c, 'q> = QueryResult;
    type Error = DbErr;

    fn run<'c, 'd: 'c>(
        db: &'c DatabaseTransaction,
        statement: Statement<'c>,
        binds: Binds,
    ) -> BoxFuture<'c, Result<Done, DbErr>> {
        Box::pin(async move {
            let database = db.get_database_backend();
            let done = db.execute_raw(prepared(statement, binds, database)?).await?;
            // Elsewhere asking for it panics.
            let first_key = (database == DbBackend::MySql).then(|| done.last_insert_id()).filter(|key| *key > 0);
            Ok(Done { rows: done.rows_affected(), first_key })
        })
    }

    fn fetch<'c, 'd: 'c, T: Send + 'c>(
        db: &'c DatabaseTransaction,
        statement: Statement<'c>,
        binds: Binds,
        each: impl for<'r, 'x, 'q> FnMut(&'r QueryResult) -> Result<T> + Send + 'c,
    ) -> BoxFuture<'c, Result<Result<Vec<T>>, DbErr>> {
        Box::pin(async move {
            let rows = db.query_all_raw(prepared(statement, binds, db.get_database_backend())?).await?;
            Ok(rows.iter().map(each).collect())
        })
    }

    fn say(db: Db<'_, Self>, text: String) -> BoxFuture<'_, Result<(), DbErr>> {
        Box::pin(async move { db.execute_unprepared(&text).await.map(drop) })
    }

    fn int(row: &QueryResult, place: usize) -> Result<Option<i64>, DbErr> {
        let unsigned = |error| match row.try_get_by_index::<Option<u64>>(place) {
            Ok(number) => number.map(i64::try_from).transpose().map_err(too_large),
            Err(_) => Err(error),
        };
        row.try_get_by_index(place).or_else(unsigned)
    }

    fn text(row: &QueryResult, place: usize) -> Result<Option<String>, DbErr> {
        row.try_get_by_index(place)
    }

    fn copy(row: &QueryResult, place: usize, binds: &mut Binds) -> Result<bool, DbErr> {
        // Any type takes NULL. A text would do as bytes as well, so it is asked for before.
        match row.try_get_by_index::<Option<i64>>(place) {
            Ok(Some(value)) => binds.add(value),
            Ok(None) => return Ok(false),
            Err(_) => match (row.try_get_by_index::<f64>(place), row.try_get_by_index::<String>(place)) {
                (Ok(value), _) => binds.add(value),
                (_, Ok(value)) => binds.add(value),
                _ => binds.add(row.try_get_by_index::<Vec<u8>>(place)?),
            },
        }
        Ok(true)
    }

    fn fault(error: &DbErr) -> Fault {
        fault(error)
    }

    fn is_lost(error: &DbErr) -> bool {
        is_lost(error)
    }
}

/// The statement as SeaORM takes it.
fn prepared(statement: Statement<'_>, binds: Binds, database: DbBackend) -> Result<::sea_orm::Statement, DbErr> {
    let values = binds.into_values();
    if database != DbBackend::MySql {
        // SeaORM panics where such a number is too large for the database.
        let unsigned =
            values.iter().filter_map(|value| if let Value::BigUnsigned(number) = value { *number } else { None });
        unsigned.map(i64::try_from).try_for_each(|number| number.map(drop)).map_err(too_large)?;
    }
    let text = if database == DbBackend::Postgres { statement.numbered() } else { statement.marked() };
    Ok(::sea_orm::Statement::from_sql_and_values(database, text, values))
}

fn too_large(error: std::num::TryFromIntError) -> DbErr {
    DbErr::TryIntoErr { from: "u64", into: "i64", source: Arc::new(error) }
}
