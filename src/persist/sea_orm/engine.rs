//! SeaORM as what runs SQL: statements out, rows back. Knows no table.

use super::Binds;
use super::fault::{fault, is_lost};
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::sql;
use crate::persist::sql::drafts::{Drafted, Terms};
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

    fn write<'w, 'd: 'w>(
        rows: &'w mut (dyn Drafted<'d, Self> + 'd),
        db: &'w DatabaseTransaction,
        terms: Terms,
    ) -> BoxFuture<'w, Result<()>> {
        match db.get_database_backend() {
            DbBackend::Sqlite => Box::pin(sql::sqlite::write::<Self>(rows, db, terms)),
            DbBackend::Postgres => Box::pin(sql::postgres::write::<Self>(rows, db, terms)),
            DbBackend::MySql => Box::pin(sql::mysql::write::<Self>(rows, db, terms)),
            other => unknown(rows.form().name(), Stage::Insert, other),
        }
    }

    fn look<'w, 'd: 'w>(
        rows: &'w mut (dyn Drafted<'d, Self> + 'd),
        columns: &'static [&'static str],
        db: &'w DatabaseTransaction,
        terms: Terms,
    ) -> BoxFuture<'w, Result<()>> {
        match db.get_database_backend() {
            DbBackend::Sqlite => Box::pin(sql::sqlite::find::<Self>(rows, columns, db, terms)),
            DbBackend::Postgres => Box::pin(sql::postgres::find::<Self>(rows, columns, db, terms)),
            DbBackend::MySql => Box::pin(sql::mysql::find::<Self>(rows, columns, db, terms)),
            other => unknown(rows.form().name(), Stage::Find, other),
        }
    }

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
    if database == DbBackend::MySql {
        // SeaORM leaves out what sqlx refuses, and the server waits for it without end.
        if values.iter().any(is_beyond_mysql) {
            let source = Arc::from(BoxError::from("MySQL and MariaDB have the years 0 to 9999"));
            return Err(DbErr::TryIntoErr { from: "a date", into: "a date of MySQL", source });
        }
    } else {
        // SeaORM panics where such a number is too large for the database.
        let unsigned =
            values.iter().filter_map(|value| if let Value::BigUnsigned(number) = value { *number } else { None });
        unsigned.map(i64::try_from).try_for_each(|number| number.map(drop)).map_err(too_large)?;
    }
    let text = if database == DbBackend::Postgres { statement.numbered() } else { statement.marked() };
    Ok(::sea_orm::Statement::from_sql_and_values(database, text, values))
}

/// Whether it is a date of a year that is written with a sign: before 0, or after 9999. Which types are dates depends on
/// features that are the user's to choose, so it is seen in what would be written.
#[allow(clippy::match_wildcard_for_single_variants, reason = "how many there are depends on features")]
fn is_beyond_mysql(value: &Value) -> bool {
    use Value::{
        BigInt, BigUnsigned, Bool, Bytes, Char, Double, Float, Int, SmallInt, SmallUnsigned, String, TinyInt,
        TinyUnsigned, Unsigned,
    };
    match value {
        Bool(_) | Char(_) | String(_) | Bytes(_) | Float(_) | Double(_) | TinyInt(_) | SmallInt(_) | Int(_)
        | BigInt(_) | TinyUnsigned(_) | SmallUnsigned(_) | Unsigned(_) | BigUnsigned(_) => false,
        other => {
            let text = ::sea_orm::Statement::from_sql_and_values(DbBackend::MySql, "?", [other.clone()]).to_string();
            let year = text.strip_prefix("'-").or(text.strip_prefix("'+"));
            year.is_some_and(|year| year.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('-'))
        }
    }
}

fn too_large(error: std::num::TryFromIntError) -> DbErr {
    DbErr::TryIntoErr { from: "u64", into: "i64", source: Arc::new(error) }
}

/// The error of a database that SeaORM may learn one day.
fn unknown<'c>(model: &'static str, stage: Stage, database: DbBackend) -> BoxFuture<'c, Result<()>> {
    let why = format!("`{database:?}` is no database that rows can be created in");
    Box::pin(std::future::ready(Err(Error::new(stage, model, why))))
}
