//! Transactions that cannot be put in an order, on Postgres.

use crate::bench::{Bench, Outcome};
use crate::libraries::Library;
use crate::models::Call;
use crate::servers::block_on;
use crate::tests::on_postgres;
use manufactory::Error;
use sqlx::{Connection, PgConnection};
use std::error::Error as StdError;

/// Between what a transaction reads and what the call writes in it, another one has read the same and written, too.
async fn tried<L: Library>(mut bench: Bench) {
    let alter = format!("alter database {} set default_transaction_isolation = serializable", bench.database().name());
    bench.say(&alter).await;
    for round in 0..4 {
        let mut library = L::open(bench.url()).await;
        let url = bench.url().to_owned();
        let mut other = move || {
            let write = format!(
                "begin; select count(*) from users; insert into users (name, note) values ('x{round}', ''); commit"
            );
            let url = url.clone();
            block_on(async move {
                let mut db = PgConnection::connect(&url).await.unwrap();
                sqlx::raw_sql(sqlx::AssertSqlSafe(write)).execute(&mut db).await.unwrap();
            });
        };
        let made = library.make_within("select count(*) from users", &mut other, Call::Graph).await;
        bench.count(1);
        assert!(made.as_ref().is_err_and(is_serialization_failure), "{made:?}");
        let outcome = Outcome::of(made);
        assert!(
            matches!(&outcome, Outcome::Refused(told) if told.contains("could not serialize access") && !told.contains(", row ")),
            "{outcome:?}"
        );
        bench.look(library, &Call::Graph, outcome).await;
    }
    bench.tell::<L>("serialization failure").await;
}

/// What a caller who wants to try again asks, by the errors of each library.
fn is_serialization_failure(error: &Error) -> bool {
    let mut causes = std::iter::successors(error.source(), |&cause: &&(dyn StdError + 'static)| cause.source());
    causes.any(|cause| {
        let of_sqlx = |error: &sqlx::Error| error.as_database_error().is_some_and(|error| error.code().as_deref() == Some("40001"));
        let of_diesel = |error: &diesel::result::Error| {
            use diesel::result::{DatabaseErrorKind::SerializationFailure, Error::DatabaseError};
            matches!(error, DatabaseError(SerializationFailure, _))
        };
        let of_sea_orm = |error: &sea_orm::DbErr| {
            use sea_orm::{DbErr, RuntimeErr};
            matches!(error, DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) if of_sqlx(error))
        };
        cause.downcast_ref().is_some_and(of_sqlx)
            || cause.downcast_ref().is_some_and(of_diesel)
            || cause.downcast_ref().is_some_and(of_sea_orm)
    })
}

on_postgres!(tried);
