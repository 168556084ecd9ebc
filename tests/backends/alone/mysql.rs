//! MariaDB through sqlx.

use super::{Hooked, Node, unreadable};
use crate::servers::{self, Database};
use crate::wire::{END, Wire};
use manufactory::conformance::{Author, Book, Known, MYSQL};
use manufactory::{Factory, Stage};
use sqlx::mysql::MySqlPoolOptions;
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, MySqlExecutor, MySqlPool};

const NODES: &str = "create table nodes (id bigint auto_increment primary key, parent_id bigint,
                                         foreign key (parent_id) references nodes (id));
                     create table tokens (code varchar(36) primary key default (uuid()), number bigint not null)";

/// A pool of one connection, and what goes over it.
async fn pool(schema: &str) -> (MySqlPool, Wire, Database) {
    let database = servers::mysql().await;
    let wire = Wire::to_mysql(&database);
    let pool = MySqlPoolOptions::new().max_connections(1).connect(wire.url()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(schema.to_owned())).execute(&pool).await.unwrap();
    sqlx::raw_sql(NODES).execute(&pool).await.unwrap();
    (pool, wire, database)
}

async fn said(wire: &Wire, db: impl MySqlExecutor<'_>) -> Vec<String> {
    sqlx::raw_sql(END).execute(db).await.unwrap();
    wire.said()
}

async fn count(db: impl MySqlExecutor<'_>, table: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(db).await.unwrap()
}

#[derive(Debug, Factory)]
#[factory(table = "tokens")]
struct Token {
    #[factory(key, database)]
    code: String,
    #[factory(sequence)]
    number: i64,
}

#[tokio::test]
async fn wherever_it_is_made_it_is_one_statement() {
    let (pool, wire, _database) = pool(MYSQL).await;
    let author = Author::factory().create(&pool).await.unwrap();
    // By now it is prepared.
    Book::factory().author(&author).create(&pool).await.unwrap();
    Node::factory().create(&pool).await.unwrap();
    said(&wire, &pool).await;
    Author::factory().create(&pool).await.unwrap();
    assert_eq!(said(&wire, &pool).await, ["run"]);
    Book::factory().author(&author).create(&pool).await.unwrap();
    assert_eq!(said(&wire, &pool).await, ["run"]);
    Node::factory().create(&pool).await.unwrap();
    assert_eq!(said(&wire, &pool).await, ["run"]);
    let mut transaction = pool.begin().await.unwrap();
    said(&wire, &mut *transaction).await;
    Author::factory().create(&mut transaction).await.unwrap();
    assert_eq!(said(&wire, &mut *transaction).await, ["run"]);
    transaction.rollback().await.unwrap();
    let mut connection = MySqlConnection::connect(wire.url()).await.unwrap();
    Author::factory().create(&mut connection).await.unwrap();
    said(&wire, &mut connection).await;
    Author::factory().create(&mut connection).await.unwrap();
    assert_eq!(said(&wire, &mut connection).await, ["run"]);
    assert_eq!(count(&pool, "authors").await, 4);
    sqlx::raw_sql("begin").execute(&mut connection).await.unwrap();
    Author::factory().create(&mut connection).await.unwrap();
    sqlx::raw_sql("rollback").execute(&mut connection).await.unwrap();
    assert_eq!(count(&pool, "authors").await, 4);
}

#[tokio::test]
async fn what_takes_more_is_still_all_or_nothing() {
    let (pool, wire, _database) = pool(MYSQL).await;
    let is_around = |said: Vec<String>| said.first().unwrap() == "begin" && said.last().unwrap() == "commit";
    said(&wire, &pool).await;
    Book::factory().create(&pool).await.unwrap();
    assert!(is_around(said(&wire, &pool).await), "a parent");
    Known::factory().name("a").create(&pool).await.unwrap();
    assert!(is_around(said(&wire, &pool).await), "one that may be there");
    Node::factory().nodes(1).create(&pool).await.unwrap();
    assert!(is_around(said(&wire, &pool).await), "children");
    Token::factory().create(&pool).await.unwrap();
    assert!(is_around(said(&wire, &pool).await), "a key that only the server knows");
    let (authors, nodes) = (count(&pool, "authors").await, count(&pool, "nodes").await);
    Hooked::factory().create(&pool).await.unwrap_err();
    Author::factory().share_all().create(&pool).await.unwrap_err();
    Node::factory().id(1).nodes(1).create(&pool).await.unwrap_err();
    assert_eq!((count(&pool, "authors").await, count(&pool, "nodes").await), (authors, nodes));
}

#[tokio::test]
async fn one_that_cannot_be_read_is_taken_back() {
    for column in ["joined integer not null default 7", "joined varbinary(9) not null default x'ff'"] {
        let (pool, wire, _database) = pool(&unreadable(MYSQL, column)).await;
        for author in [Author::factory(), Author::factory().id(70)] {
            let error = author.create(&pool).await.unwrap_err();
            assert_eq!((error.stage(), error.row()), (Stage::Read, Some((0, 1))), "{error:?}");
            assert!(!format!("{error:?}").contains("stayed"), "{error:?}");
        }
        let mut connection = MySqlConnection::connect(wire.url()).await.unwrap();
        Author::factory().create(&mut connection).await.unwrap_err();
        let mut transaction = pool.begin().await.unwrap();
        Node::factory().create(&mut transaction).await.unwrap();
        Author::factory().create(&mut transaction).await.unwrap_err();
        assert_eq!(count(&mut *transaction, "authors").await, 0);
        transaction.commit().await.unwrap();
        assert_eq!((count(&pool, "authors").await, count(&pool, "nodes").await), (0, 1));
    }
}

#[tokio::test]
async fn one_that_cannot_be_taken_back_is_told() {
    let (pool, _, _database) = pool(&unreadable(MYSQL, "joined integer not null default 7")).await;
    let keeps = "create trigger keeps before delete on authors for each row
                 signal sqlstate '45000' set message_text = 'never'";
    sqlx::raw_sql(keeps).execute(&pool).await.unwrap();
    let text = format!("{:?}", Author::factory().create(&pool).await.unwrap_err());
    assert!(text.contains("its row may have stayed in the table") && text.contains("never"), "{text}");
    assert_eq!(count(&pool, "authors").await, 1);
}

#[tokio::test]
async fn one_that_is_refused_leaves_a_transaction_usable() {
    let (pool, _, _database) = pool(MYSQL).await;
    let mut transaction = pool.begin().await.unwrap();
    Author::factory().name("kept").create(&mut transaction).await.unwrap();
    let error = Author::factory().name("kept").create(&mut transaction).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Insert, Some((0, 1))), "{error:?}");
    Author::factory().create(&mut transaction).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(count(&pool, "authors").await, 2);
}

/// Two transactions that wait for each other: one of them is ended by the server, and may not go on as if it were open.
#[tokio::test]
async fn one_that_ends_a_transaction_does_not_leave_it_open_for_half() {
    let (pool, _, database) = pool(MYSQL).await;
    sqlx::raw_sql("create table locks (id int primary key); insert into locks values (1), (2)")
        .execute(&pool)
        .await
        .unwrap();
    let mut other = MySqlConnection::connect(database.url()).await.unwrap();
    let mut theirs = other.begin().await.unwrap();
    let mut ours = pool.begin().await.unwrap();
    // Theirs has more to lose, so that ours is ended.
    Node::factory().create_batch(&mut theirs, 300).await.unwrap();
    Author::factory().name("taken").id(1).create(&mut theirs).await.unwrap();
    sqlx::raw_sql("select id from locks where id = 2 for update").execute(&mut *ours).await.unwrap();
    let waits = async {
        sqlx::raw_sql("select id from locks where id = 2 for update").execute(&mut *theirs).await.unwrap();
        theirs.rollback().await.unwrap();
    };
    let ends = async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let error = Author::factory().name("taken").create(&mut ours).await.unwrap_err();
        sqlx::raw_sql("select 1").execute(&mut *ours).await.unwrap();
        error
    };
    let ((), error) = tokio::join!(waits, ends);
    assert!(format!("{error:?}").contains("Deadlock"), "{error:?}");
    Author::factory().create(&mut ours).await.unwrap();
    ours.rollback().await.unwrap();
    assert_eq!(count(&pool, "authors").await, 0);
}
