//! How many statements a batch takes on each database: what the table in `docs/batches.md` says. In a process of its own,
//! because whether it is counted is decided when a process starts.

use super::servers;
use manufactory::{Factory, profile};
use sqlx::{Connection, MySqlConnection, PgConnection, SqliteConnection};
use std::env;
use std::process::Command;

#[derive(Debug, Clone, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "comments")]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

macro_rules! schema {
    ($key:literal) => {
        concat!(
            "create table users (id ",
            $key,
            ", name text not null);
             create table posts (id ",
            $key,
            ", author_id bigint not null);
             create table comments (id ",
            $key,
            ", post_id bigint not null, author_id bigint not null);"
        )
    };
}

/// What the guide says: of so many comments the statements in SQLite, Postgres and MariaDB.
fn said() -> Vec<(usize, [u64; 3])> {
    let page = include_str!("../../docs/batches.md");
    let (_, table) = page.split_once("| comments | rows | SQLite | Postgres | MariaDB |").expect("the table is there");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let number = |cell: &str| cell.trim().replace(',', "").parse::<u64>().unwrap();
    let read = |line: &str| {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(number).collect();
        let [comments, rows, sqlite, postgres, mariadb] = cells[..] else { panic!("`{line}` has not five cells") };
        assert_eq!(rows, 4 * comments, "a comment, a post, and two users");
        (usize::try_from(comments).unwrap(), [sqlite, postgres, mariadb])
    };
    rows.map(read).collect()
}

/// What was counted since the last time, of all factories.
fn statements() -> u64 {
    let table = profile::table();
    profile::reset();
    let of = |row: &str| -> u64 {
        let words: Vec<_> = row.split_whitespace().collect();
        [2, 5].map(|i| words[i].parse::<u64>().unwrap()).iter().sum()
    };
    table.lines().skip(2).map(of).sum()
}

#[tokio::test]
async fn the_guide_tells_how_many_statements_a_batch_takes() {
    if env::var_os("FACTORY_PROFILE").is_none() {
        let mut again = Command::new(env::current_exe().unwrap());
        let test = "batch_costs::the_guide_tells_how_many_statements_a_batch_takes";
        let output = again.args(["--exact", test, "--nocapture"]).env("FACTORY_PROFILE", "1").output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && text.contains("1 passed"),
            "{text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        return;
    }
    let (postgres, mariadb) = (servers::postgres().await, servers::mysql().await);
    let mut sqlite = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(schema!("integer primary key")).execute(&mut sqlite).await.unwrap();
    let mut postgres_db = PgConnection::connect(postgres.url()).await.unwrap();
    sqlx::raw_sql(schema!("bigserial primary key")).execute(&mut postgres_db).await.unwrap();
    let mut mariadb_db = MySqlConnection::connect(mariadb.url()).await.unwrap();
    sqlx::raw_sql(schema!("bigint auto_increment primary key")).execute(&mut mariadb_db).await.unwrap();
    let said = said();
    assert!(!said.is_empty());
    for (n, said) in said {
        Comment::factory().create_batch(&mut sqlite, n).await.unwrap();
        let in_sqlite = statements();
        Comment::factory().create_batch(&mut postgres_db, n).await.unwrap();
        let in_postgres = statements();
        Comment::factory().create_batch(&mut mariadb_db, n).await.unwrap();
        assert_eq!([in_sqlite, in_postgres, statements()], said, "{n} comments");
    }
}
