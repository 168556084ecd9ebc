//! Kinds of tables: with triggers, generated columns, of another database; and rows that are looked for.

use super::{count, pool};
use manufactory::Factory;
use manufactory::conformance::{Author, MYSQL};
use sqlx::AssertSqlSafe;
use std::error::Error as _;

#[tokio::test]
async fn what_triggers_change_is_seen() {
    let (pool, _database) = pool(&format!(
        "{MYSQL}
         create trigger changes before insert on authors for each row set new.joined = 'changed';
         create table log (id bigint auto_increment primary key, name text);
         create trigger logs after insert on authors for each row insert into log (name) values (new.name), ('more');"
    ))
    .await;
    assert_eq!(Author::factory().create(&pool).await.unwrap().joined, "changed");
    let authors = Author::factory().create_batch(&pool, 20).await.unwrap();
    assert!(authors.iter().all(|author| author.joined == "changed"));
    for author in &authors {
        let name = sqlx::query_scalar("select name from authors where id = ?").bind(author.id);
        assert_eq!(name.fetch_one(&pool).await.ok().as_ref(), Some(&author.name));
    }
    assert_eq!(count(&pool, "log").await, 42);
}

#[tokio::test]
async fn a_row_that_a_trigger_refuses_is_named_and_none_remain() {
    let (pool, _database) = pool(&format!(
        "{MYSQL}
         create trigger refuses before insert on authors for each row
             if new.joined = 'never' then signal sqlstate '45000' set message_text = 'not you'; end if;"
    ))
    .await;
    let rows = Author::factory().times(10).each(|i, author| author.joined(if i == 6 { "never" } else { "today" }));
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!(error.row(), Some((6, 10)), "{error:?}");
    assert!(error.source().unwrap().to_string().contains("not you"), "{error:?}");
    assert_eq!(count(&pool, "authors").await, 0);
    assert_eq!(Author::factory().joined("never").create(&pool).await.unwrap_err().row(), Some((0, 1)));
}

#[tokio::test]
async fn a_column_that_does_not_exist_blames_no_row() {
    let (pool, _database) = pool("create table authors (id bigint auto_increment primary key, email text)").await;
    for rows in [1, 5] {
        let error = Author::factory().create_batch(&pool, rows).await.unwrap_err();
        assert_eq!(error.row(), None, "{error:?}");
        assert!(error.source().unwrap().to_string().contains("Unknown column"), "{error:?}");
    }
}

#[tokio::test]
async fn a_table_of_another_database() {
    let (pool, database) = pool("select 1").await;
    // The name stands in the model, so it is the same in every run.
    let other = "manufactory shop";
    let schema = format!(
        "create database if not exists `{other}`; drop table if exists `{other}`.`order`;
         create table `{other}`.`order` (id bigint auto_increment primary key, `end` varchar(20) not null,
                                         total integer as (char_length(`end`) * 2) stored)"
    );
    sqlx::raw_sql(AssertSqlSafe(schema)).execute(&pool).await.unwrap();
    assert_eq!(Order::factory().end("1234").create(&pool).await.unwrap().sum, 8);
    let orders = Order::factory().create_batch(&pool, 3).await.unwrap();
    assert_eq!(orders.iter().map(|order| order.id).collect::<Vec<_>>(), [2, 3, 4]);
    sqlx::raw_sql(AssertSqlSafe(format!("drop database `{other}`"))).execute(&pool).await.unwrap();
    drop(database);
}

#[derive(Debug, Factory)]
#[factory(table = "manufactory shop.order")]
struct Order {
    #[factory(key)]
    id: i64,
    #[factory(format("end {n}"))]
    end: String,
    #[factory(database, column = "total")]
    sum: i32,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "tags", get_or_create(name, scope))]
struct Tag {
    #[factory(key)]
    id: i64,
    #[factory(value("Rust"))]
    name: String,
    scope: Option<String>,
}

#[tokio::test]
async fn rows_are_found_as_their_columns_compare() {
    let (pool, _database) = pool(
        "create table tags (id bigint auto_increment primary key, name varchar(20) not null, scope varchar(9))
             character set utf8mb4 collate utf8mb4_unicode_ci",
    )
    .await;
    let first = Tag::factory().create(&pool).await.unwrap();
    assert_eq!(Tag::factory().name("RUST").create(&pool).await.unwrap(), first);
    let tags = Tag::factory().times(3).each(|i, tag| if i == 1 { tag.scope("lang") } else { tag.name("rust") });
    let tags = tags.create(&pool).await.unwrap();
    assert_eq!((&tags[0], &tags[2]), (&first, &first));
    assert!(tags[1].id != first.id && tags[1].scope.as_deref() == Some("lang"));
}
