//! Users inserted by hand, a thousand rows in a statement and ten thousand in a transaction, as one would write it.

use crate::{User, measure::median, plan, report, rows};
use fake::Fake;
use fake::faker::name::en::Name;
use manufactory::seed::Options;
use rand::SeedableRng;
use rand::rngs::StdRng;
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, QueryBuilder, SqliteConnection};
use std::time::{Duration, Instant, UNIX_EPOCH};
use tokio::runtime::Runtime;

const STATEMENT: u64 = 1_000;
const TRANSACTION: u64 = 10_000;

macro_rules! compared {
    ($name:ident, $title:literal, $connection:ty, $schema:literal) => {
        /// By hand, and by a plan, each several times.
        pub(crate) fn $name(runtime: &Runtime, url: &str) {
            let mut db = runtime.block_on(<$connection>::connect(url)).unwrap();
            let empty = concat!("drop table if exists users; drop table if exists manufactory_seed; ", $schema);
            let mut timed = |fill: &dyn Fn(&mut $connection)| {
                runtime.block_on(sqlx::raw_sql(empty).execute(&mut db)).unwrap();
                let start = Instant::now();
                fill(&mut db);
                start.elapsed().as_secs_f64()
            };
            let (mut by_hand, mut ours) = (Vec::new(), Vec::new());
            for _ in 0..3 {
                by_hand.push(timed(&|db| runtime.block_on($name::by_hand(db))));
                ours.push(timed(&|db| {
                    runtime.block_on(plan(rows()).run(db, &Options::new(), &mut ())).unwrap();
                }));
            }
            println!("{} users into {}", rows(), $title);
            let by_hand = median(by_hand);
            report("multi-row INSERT by hand", by_hand, by_hand);
            report("seeded by a plan", median(ours), by_hand);
        }

        mod $name {
            use super::*;

            pub(super) async fn by_hand(db: &mut $connection) {
                let mut rng = StdRng::seed_from_u64(1);
                for first in (0..rows()).step_by(usize::try_from(TRANSACTION).unwrap()) {
                    let mut tx = db.begin().await.unwrap();
                    let last = rows().min(first + TRANSACTION);
                    for first in (first..last).step_by(usize::try_from(STATEMENT).unwrap()) {
                        let users: Vec<_> = (first..last.min(first + STATEMENT)).map(|n| user(n, &mut rng)).collect();
                        let mut insert =
                            QueryBuilder::new("insert into users (id, username, email, name, role, created_at) ");
                        insert.push_values(users, |mut row, user| {
                            row.push_bind(user.id).push_bind(user.username).push_bind(user.email);
                            row.push_bind(user.name).push_bind(user.role).push_bind(user.created_at);
                        });
                        insert.build().persistent(false).execute(&mut *tx).await.unwrap();
                    }
                    tx.commit().await.unwrap();
                }
            }
        }
    };
}

compared!(
    sqlite,
    "SQLite in memory",
    SqliteConnection,
    "create table users (id integer primary key, username text not null unique, email text not null, name text not null,
                         role text not null, created_at text not null)"
);
compared!(
    mariadb,
    "MariaDB",
    MySqlConnection,
    "create table users (id bigint primary key, username varchar(100) not null unique, email text not null,
                         name text not null, role text not null, created_at datetime(6) not null)"
);

fn user(n: u64, rng: &mut StdRng) -> User {
    let username = format!("user{n}");
    User {
        id: i64::try_from(n).unwrap() + 1,
        email: format!("{username}@example.com"),
        username,
        name: Name().fake_with_rng(rng),
        role: ["reader", "editor", "admin"][usize::try_from(n % 3).unwrap()].to_owned(),
        created_at: (UNIX_EPOCH + Duration::from_secs(1_700_000_000)).into(),
    }
}

/// A new database on the server of this URL, and its URL.
pub(crate) fn fresh_mariadb(runtime: &Runtime, url: &str) -> String {
    let (address, options) = url.split_once('?').map_or((url, String::new()), |(url, more)| (url, format!("?{more}")));
    let server =
        address.rsplit_once('/').filter(|(start, _)| !start.ends_with('/')).map_or(address, |(start, _)| start);
    runtime.block_on(async {
        let mut db = MySqlConnection::connect(url).await.unwrap();
        let create = "drop database if exists manufactory_bench; create database manufactory_bench";
        sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut db).await.unwrap();
    });
    format!("{server}/manufactory_bench{options}")
}
