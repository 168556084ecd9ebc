//! Both servers through Diesel and diesel-async.

use super::unreadable;
use crate::servers;
use crate::wire::{END, Wire};
use diesel_async::{AsyncMysqlConnection, AsyncPgConnection};
use manufactory::conformance::{Author, Book, MYSQL, POSTGRES};
use manufactory::{Factory, Stage};

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

const COUNT: &str = "select count(*) as n from authors";

/// Tables one by one: diesel-async takes no more of MySQL.
fn tables(schema: &str) -> impl Iterator<Item = &str> {
    schema.split_inclusive(';').filter(|table| !table.trim().is_empty())
}

macro_rules! waiting {
    ($name:ident: $Connection:ident, $database:path, $wire:path, $options:literal, $tables:expr, $outside:expr, $within:expr) => {
        mod $name {
            use super::*;
            use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};

            async fn count(db: &mut $Connection) -> i64 {
                RunQueryDsl::get_result::<Count>(diesel::sql_query(COUNT), db).await.unwrap().n
            }

            #[tokio::test]
            async fn it_is_one_statement_and_at_most_one_more() {
                let database = $database().await;
                let wire = $wire(&database);
                let mut db = $Connection::establish(&format!("{}{}", wire.url(), $options)).await.unwrap();
                for table in tables($tables) {
                    db.batch_execute(table).await.unwrap();
                }
                let author = Author::factory().create(&mut db).await.unwrap();
                Book::factory().author(&author).create(&mut db).await.unwrap();
                db.batch_execute(END).await.unwrap();
                wire.said();
                Author::factory().create(&mut db).await.unwrap();
                db.batch_execute(END).await.unwrap();
                assert_eq!(wire.said(), $outside);
                Book::factory().author(&author).create(&mut db).await.unwrap();
                db.batch_execute(END).await.unwrap();
                assert_eq!(wire.said(), $outside);
                db.begin_test_transaction().await.unwrap();
                db.batch_execute(END).await.unwrap();
                wire.said();
                Author::factory().name("kept").create(&mut db).await.unwrap();
                db.batch_execute(END).await.unwrap();
                assert_eq!(wire.said(), $within);
                Author::factory().name("kept").create(&mut db).await.unwrap_err();
                assert_eq!(count(&mut db).await, 3);
            }

            #[tokio::test]
            async fn one_that_cannot_be_read_is_taken_back() {
                let database = $database().await;
                let mut db = $Connection::establish(database.url()).await.unwrap();
                let binary = if $tables == MYSQL {
                    "varbinary(9) not null default x'ff'"
                } else {
                    "bytea not null default '\\xff'"
                };
                for table in tables(&unreadable($tables, &format!("joined {binary}"))) {
                    db.batch_execute(table).await.unwrap();
                }
                for is_within in [false, true] {
                    if is_within {
                        db.begin_test_transaction().await.unwrap();
                    }
                    for author in [Author::factory(), Author::factory().id(70)] {
                        let error = author.create(&mut db).await.unwrap_err();
                        assert_eq!((error.stage(), error.row()), (Stage::Read, Some((0, 1))), "{error:?}");
                        assert!(!format!("{error:?}").contains("stayed"), "{error:?}");
                    }
                    assert_eq!(count(&mut db).await, 0);
                }
            }
        }
    };
}

waiting!(postgres: AsyncPgConnection, servers::postgres, Wire::to_postgres, "", POSTGRES,
         ["savepoint manufactory", "run"], ["savepoint manufactory", "run", "release savepoint manufactory"]);
// It is asked first whether the server gives back what was inserted.
waiting!(mysql: AsyncMysqlConnection, servers::mysql, Wire::to_mysql, "?prefer_socket=false", MYSQL, ["run", "run"], ["run", "run"]);

macro_rules! blocking {
    ($name:ident: $Connection:ident, $database:path, $tables:expr) => {
        mod $name {
            use super::*;
            use diesel::connection::{Connection, SimpleConnection};
            use diesel::{RunQueryDsl, $Connection};

            #[tokio::test]
            async fn one_that_cannot_be_read_is_taken_back() {
                let database = $database().await;
                let mut db = $Connection::establish(database.url()).unwrap();
                let binary = if $tables == MYSQL {
                    "varbinary(9) not null default x'ff'"
                } else {
                    "bytea not null default '\\xff'"
                };
                db.batch_execute(&unreadable($tables, &format!("joined {binary}"))).unwrap();
                for is_within in [false, true] {
                    if is_within {
                        db.begin_test_transaction().unwrap();
                    }
                    for author in [Author::factory(), Author::factory().id(70)] {
                        let error = author.create(&mut db).unwrap_err();
                        assert_eq!((error.stage(), error.row()), (Stage::Read, Some((0, 1))), "{error:?}");
                        assert!(!format!("{error:?}").contains("stayed"), "{error:?}");
                    }
                    assert_eq!(diesel::sql_query(COUNT).get_result::<Count>(&mut db).unwrap().n, 0);
                }
            }
        }
    };
}

#[cfg(feature = "diesel-postgres")]
blocking!(postgres_blocking: PgConnection, servers::postgres, POSTGRES);
#[cfg(feature = "diesel-mysql")]
blocking!(mysql_blocking: MysqlConnection, servers::mysql, MYSQL);

/// Checked by Postgres at the commit, which comes after the row has come back.
const LATER: &str = "alter table authors add constraint later unique (email) deferrable initially deferred";

#[tokio::test]
async fn what_is_checked_later_is_an_error_in_time() {
    let database = servers::postgres().await;
    let mut db = <AsyncPgConnection as diesel_async::AsyncConnection>::establish(database.url()).await.unwrap();
    for table in [POSTGRES, LATER] {
        diesel_async::SimpleAsyncConnection::batch_execute(&mut db, table).await.unwrap();
    }
    Author::factory().email("same").create(&mut db).await.unwrap();
    let error = Author::factory().email("same").create(&mut db).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Insert, Some((0, 1))), "{error:?}");
    Author::factory().create(&mut db).await.unwrap();
}

#[cfg(feature = "diesel-postgres")]
#[tokio::test]
async fn what_is_checked_later_is_an_error_in_time_without_waiting() {
    let database = servers::postgres().await;
    let mut db = <diesel::PgConnection as diesel::Connection>::establish(database.url()).unwrap();
    diesel::connection::SimpleConnection::batch_execute(&mut db, &format!("{POSTGRES}; {LATER}")).unwrap();
    Author::factory().email("same").create(&mut db).unwrap();
    Author::factory().email("same").create(&mut db).unwrap_err();
    Author::factory().create(&mut db).unwrap();
}
