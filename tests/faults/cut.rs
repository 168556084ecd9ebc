//! A connection that is cut before, during and after each statement of a nested batch, and one whose session the server
//! ends there.

use crate::bench::{Bench, Outcome};
use crate::libraries::*;
use crate::models::Call;
use crate::servers::block_on;
use crate::wire::Fault;
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, PgConnection};

/// Where the proxy leads.
#[derive(Clone, Copy)]
enum To {
    Postgres,
    Mysql,
}

impl To {
    async fn bench(self) -> Bench {
        match self {
            Self::Postgres => Bench::postgres().await,
            Self::Mysql => Bench::mysql().await,
        }
    }

    /// Which session this is.
    fn session(self) -> &'static str {
        match self {
            Self::Postgres => "select pg_backend_pid()::bigint",
            Self::Mysql => "select cast(connection_id() as signed)",
        }
    }

    /// Ends all sessions but this one.
    fn ends(self, url: &str, but: i64) -> Fault {
        let url = url.to_owned();
        Fault::Do(Box::new(move || {
            block_on(async move {
                match self {
                    Self::Postgres => {
                        let end = "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
                                   where datname = current_database() and pid not in (pg_backend_pid(), $1)";
                        let mut db = PgConnection::connect(&url).await.unwrap();
                        let _: i64 = sqlx::query_scalar(end).bind(but).fetch_one(&mut db).await.unwrap();
                    }
                    Self::Mysql => {
                        let all = "select cast(id as signed) from information_schema.processlist
                                   where db = database() and id not in (connection_id(), ?)";
                        let mut db = MySqlConnection::connect(&url).await.unwrap();
                        let all: Vec<i64> = sqlx::query_scalar(all).bind(but).fetch_all(&mut db).await.unwrap();
                        for session in all {
                            // It may have left by itself.
                            let kill = AssertSqlSafe(format!("kill {session}"));
                            let _ = sqlx::raw_sql(kill).execute(&mut db).await;
                        }
                    }
                }
            });
        }))
    }
}

/// Each statement of a call meets the fault, until there is none left to meet it.
async fn each_statement<L: Library>(to: To, name: &str, fault: impl Fn(&str, i64) -> Fault, call: Call) {
    let mut bench = to.bench().await;
    let wire = bench.wire();
    let watch = bench.number(to.session()).await;
    let (mut met, mut unknown) = (0, 0);
    for after in 0.. {
        let mut library = L::open(wire.url()).await;
        wire.meet(after, fault(bench.url(), watch));
        let made = library.make(call.clone()).await;
        let Some(statement) = wire.met() else {
            made.unwrap();
            bench.count(call.rows());
            break;
        };
        met += 1;
        let outcome = Outcome::of(made);
        unknown += i32::from(matches!(outcome, Outcome::Unknown(_)));
        let is_refused = matches!(outcome, Outcome::Refused(_));
        assert!(!(is_refused && statement == "commit"), "what became of it is not known: {outcome:?}");
        bench.look(library, &call, outcome).await;
    }
    // Begin, a survey, keys, an insert, for users, posts, users, comments; and the commit.
    assert!(met >= if call.rows() == 1 { 1 } else { 10 }, "{met} statements were met");
    assert!(unknown > 0, "the end was not met");
    bench.tell::<L>(name).await;
}

/// All of it for one library.
async fn all<L: Library>(to: To) {
    each_statement::<L>(to, "cut before a statement", |_, _| Fault::CutBefore, Call::Graph).await;
    each_statement::<L>(to, "cut during a statement", |_, _| Fault::CutDuring, Call::Graph).await;
    each_statement::<L>(to, "cut after a statement", |_, _| Fault::CutAfter, Call::Graph).await;
    each_statement::<L>(to, "cut before a single row", |_, _| Fault::CutBefore, Call::Single).await;
    each_statement::<L>(to, "cut during a single row", |_, _| Fault::CutDuring, Call::Single).await;
    each_statement::<L>(to, "session ended by the server", |url, watch| to.ends(url, watch), Call::Graph).await;
}

macro_rules! tests {
    ($($name:ident: $library:ty, $to:expr;)*) => {$(
        #[tokio::test]
        async fn $name() {
            all::<$library>($to).await;
        }
    )*};
}

tests! {
    sqlx_postgres_pool: SqlxPostgresPool, To::Postgres;
    sqlx_postgres: SqlxPostgres, To::Postgres;
    diesel_postgres: DieselPostgres, To::Postgres;
    diesel_async_postgres: DieselAsyncPostgres, To::Postgres;
    sea_orm_postgres: SeaOrm, To::Postgres;
    sqlx_mysql_pool: SqlxMysqlPool, To::Mysql;
    sqlx_mysql: SqlxMysql, To::Mysql;
    diesel_mysql: DieselMysql, To::Mysql;
    diesel_async_mysql: DieselAsyncMysql, To::Mysql;
    sea_orm_mysql: SeaOrm, To::Mysql;
}
