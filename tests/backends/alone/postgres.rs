//! Postgres through sqlx.

use super::{Hooked, Node, unreadable};
use crate::servers::{self, Database};
use crate::wire::{END, Wire};
use manufactory::conformance::{Author, Book, Known, POSTGRES};
use manufactory::{Factory, Stage};
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgExecutor, PgPool};
use std::time::Duration;

const NODES: &str = "create table nodes (id bigserial primary key, parent_id bigint references nodes)";
const MARKED: [&str; 3] = ["savepoint manufactory", "run", "release savepoint manufactory"];

/// A pool of one connection, and what goes over it.
async fn pool(schema: &str) -> (PgPool, Wire, Database) {
    let database = servers::postgres().await;
    let wire = Wire::to_postgres(&database);
    let pool = PgPoolOptions::new().max_connections(1).connect(wire.url()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(schema.to_owned())).execute(&pool).await.unwrap();
    sqlx::raw_sql(NODES).execute(&pool).await.unwrap();
    (pool, wire, database)
}

async fn said(wire: &Wire, db: impl PgExecutor<'_>) -> Vec<String> {
    sqlx::raw_sql(END).execute(db).await.unwrap();
    wire.said()
}

async fn count(db: impl PgExecutor<'_>, table: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn on_a_pool_it_is_one_statement() {
    let (pool, wire, _database) = pool(POSTGRES).await;
    let author = Author::factory().create(&pool).await.unwrap();
    // By now it is prepared.
    Book::factory().author(&author).create(&pool).await.unwrap();
    Node::factory().create(&pool).await.unwrap();
    said(&wire, &pool).await;
    Author::factory().create(&pool).await.unwrap();
    assert_eq!(said(&wire, &pool).await, ["run"]);
    Book::factory().author(&author).create(&pool).await.unwrap();
    assert_eq!(said(&wire, &pool).await, ["run"]);
    Book::factory().author_id(author.id).create(&pool).await.unwrap();
    assert_eq!(said(&wire, &pool).await, ["run"]);
    Book::factory().author_among(&[author]).create(&pool).await.unwrap();
    assert_eq!(said(&wire, &pool).await, ["run"]);
    Node::factory().create(&pool).await.unwrap();
    assert_eq!(said(&wire, &pool).await, ["run"]);
    Node::factory().create_graph(&pool).await.unwrap();
    assert_eq!(said(&wire, &pool).await, ["run"]);
}

#[tokio::test]
async fn in_a_transaction_it_is_one_more_that_is_waited_for() {
    let (pool, wire, _database) = pool(POSTGRES).await;
    let mut transaction = pool.begin().await.unwrap();
    Author::factory().create(&mut transaction).await.unwrap();
    said(&wire, &mut *transaction).await;
    Author::factory().create(&mut transaction).await.unwrap();
    assert_eq!(said(&wire, &mut *transaction).await, MARKED);
    let mut inner = transaction.begin().await.unwrap();
    said(&wire, &mut *inner).await;
    Author::factory().create(&mut *inner).await.unwrap();
    assert_eq!(said(&wire, &mut *inner).await, MARKED);
    inner.rollback().await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(count(&pool, "authors").await, 2);
}

#[tokio::test]
async fn on_a_connection_it_is_found_out_whether_a_transaction_is_open() {
    let (pool, wire, _database) = pool(POSTGRES).await;
    let mut connection = PgConnection::connect(wire.url()).await.unwrap();
    Author::factory().create(&mut connection).await.unwrap();
    said(&wire, &mut connection).await;
    Author::factory().create(&mut connection).await.unwrap();
    let [asked, run] = &said(&wire, &mut connection).await[..] else { panic!("two statements") };
    assert!(asked.starts_with("savepoint manufactory; ") && run == "run", "{asked}, {run}");
    assert_eq!(count(&pool, "authors").await, 2);
    sqlx::raw_sql("begin").execute(&mut connection).await.unwrap();
    said(&wire, &mut connection).await;
    Author::factory().name("kept").create(&mut connection).await.unwrap();
    assert_eq!(said(&wire, &mut connection).await[1..], MARKED[1..]);
    Author::factory().name("kept").create(&mut connection).await.unwrap_err();
    sqlx::raw_sql("commit").execute(&mut connection).await.unwrap();
    assert_eq!(count(&pool, "authors").await, 3);
}

#[tokio::test]
async fn what_takes_more_is_still_all_or_nothing() {
    let (pool, wire, _database) = pool(POSTGRES).await;
    let is_around = |said: Vec<String>| said.first().unwrap() == "begin" && said.last().unwrap() == "commit";
    said(&wire, &pool).await;
    Book::factory().create(&pool).await.unwrap();
    assert!(is_around(said(&wire, &pool).await), "a parent");
    Known::factory().name("a").create(&pool).await.unwrap();
    assert!(is_around(said(&wire, &pool).await), "one that may be there");
    Author::factory().create_batch(&pool, 2).await.unwrap();
    assert!(is_around(said(&wire, &pool).await), "two");
    for (node, what) in [
        (Node::factory().nodes(1), "children"),
        (Node::factory().wide(), "children by a preset"),
        (Node::factory().deep(), "a parent by a preset"),
        (Node::factory().parent(Node::factory()), "a parent's factory"),
        (Node::factory().parent_with(|parent| parent), "a parent that is changed"),
    ] {
        node.create(&pool).await.unwrap();
        assert!(is_around(said(&wire, &pool).await), "{what}");
    }
    let (authors, nodes) = (count(&pool, "authors").await, count(&pool, "nodes").await);
    Hooked::factory().create(&pool).await.unwrap_err();
    Author::factory().share_all().create(&pool).await.unwrap_err();
    Node::factory().id(1).nodes(1).create(&pool).await.unwrap_err();
    assert_eq!((count(&pool, "authors").await, count(&pool, "nodes").await), (authors, nodes));
}

#[tokio::test]
async fn one_that_cannot_be_read_is_taken_back() {
    for column in ["joined integer not null default 7", "joined bytea not null default '\\xff'"] {
        let (pool, wire, _database) = pool(&unreadable(POSTGRES, column)).await;
        for author in [Author::factory(), Author::factory().id(70)] {
            let error = author.create(&pool).await.unwrap_err();
            assert_eq!((error.stage(), error.row()), (Stage::Read, Some((0, 1))), "{error:?}");
            assert!(!format!("{error:?}").contains("stayed"), "{error:?}");
        }
        let mut connection = PgConnection::connect(wire.url()).await.unwrap();
        Author::factory().create(&mut connection).await.unwrap_err();
        let mut transaction = pool.begin().await.unwrap();
        Author::factory().create(&mut transaction).await.unwrap_err();
        assert_eq!(count(&mut *transaction, "authors").await, 0);
        transaction.commit().await.unwrap();
        assert_eq!(count(&pool, "authors").await, 0);
    }
}

#[tokio::test]
async fn one_that_cannot_be_taken_back_is_told() {
    let (pool, _, _database) = pool(&unreadable(POSTGRES, "joined integer not null default 7")).await;
    let keeps = "create function keeps() returns trigger language plpgsql as $$ begin raise 'never'; end $$;
                 create trigger keeps before delete on authors for each row execute function keeps();";
    sqlx::raw_sql(keeps).execute(&pool).await.unwrap();
    let error = Author::factory().create(&pool).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Read, Some((0, 1))), "{error:?}");
    let text = format!("{error:?}");
    assert!(text.contains("its row may have stayed in the table") && text.contains("never"), "{text}");
    assert_eq!(count(&pool, "authors").await, 1);
}

#[tokio::test]
async fn one_that_is_refused_leaves_a_transaction_usable() {
    let (pool, _, _database) = pool(POSTGRES).await;
    let mut transaction = pool.begin().await.unwrap();
    Author::factory().name("kept").create(&mut transaction).await.unwrap();
    let mut inner = transaction.begin().await.unwrap();
    let error = Author::factory().name("kept").create(&mut *inner).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Insert, Some((0, 1))), "{error:?}");
    Author::factory().create(&mut *inner).await.unwrap();
    inner.rollback().await.unwrap();
    Author::factory().name("kept").create(&mut transaction).await.unwrap_err();
    transaction.commit().await.unwrap();
    assert_eq!(count(&pool, "authors").await, 1);
}

#[tokio::test]
async fn one_that_is_dropped_leaves_a_transaction_usable() {
    let (pool, _, _database) = pool(POSTGRES).await;
    for wait in (0..40).map(|i| Duration::from_micros(i * 40)) {
        let mut transaction = pool.begin().await.unwrap();
        Author::factory().name("kept").create(&mut transaction).await.unwrap();
        let _ = tokio::time::timeout(wait, Author::factory().create(&mut transaction)).await;
        Author::factory().create(&mut transaction).await.unwrap();
        Author::factory().name("kept").create(&mut transaction).await.unwrap_err();
        let authors = count(&mut *transaction, "authors").await;
        assert!((2..=3).contains(&authors), "{authors} after {wait:?}");
        transaction.rollback().await.unwrap();
        let _ = tokio::time::timeout(wait, Author::factory().create(&pool)).await;
        // The connection of a call that was dropped is closed, and may still be writing.
        let others = "pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        while count(&pool, others).await > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(count(&pool, "authors").await <= 1);
        sqlx::raw_sql("delete from authors").execute(&pool).await.unwrap();
    }
}
