//! Triggers: what they change, what they take away, and what they refuse.

use super::{count, pool};
use manufactory::conformance::{Author, SQLITE};
use manufactory::{Factory, Stage};
use sqlx::Connection;
use std::error::Error as _;

#[tokio::test]
async fn a_trigger_that_also_writes_elsewhere_does_not_hide_the_row() {
    let pool = pool(format!(
        "{SQLITE}
         create table log (id integer primary key, name text not null);
         create trigger logs after insert on authors begin
             insert into log (name) values (new.name), (new.name);
             update authors set joined = 'seen ' || id where id = new.id;
         end;"
    ))
    .await;
    assert_eq!(Author::factory().create(&pool).await.unwrap().joined, "seen 1");
    for author in Author::factory().create_batch(&pool, 10).await.unwrap() {
        assert_eq!(author.joined, format!("seen {}", author.id));
    }
    assert_eq!(count(&pool, "log").await, 22);
}

#[tokio::test]
async fn what_a_temporary_trigger_changes_is_seen() {
    let pool = pool(format!(
        "{SQLITE}
         create temp trigger stamps after insert on authors begin
             update authors set joined = 'later' where id = new.id;
         end;"
    ))
    .await;
    assert_eq!(Author::factory().create(&pool).await.unwrap().joined, "later");
    assert!(Author::factory().create_batch(&pool, 3).await.unwrap().iter().all(|author| author.joined == "later"));
}

#[derive(Debug, Factory)]
#[factory(table = "seats")]
struct Seat {
    #[factory(key, value(7))]
    row: i64,
    #[factory(key, format("seat {n}"))]
    name: String,
    #[factory(database)]
    price: i64,
}

#[derive(Debug, Factory)]
#[factory(table = "tokens")]
struct Token {
    #[factory(key)]
    code: String,
    #[factory(sequence)]
    number: i64,
}

#[tokio::test]
async fn what_triggers_change_in_tables_without_rowids_is_seen() {
    let pool = pool(
        "create table seats (row integer, name text, price integer not null default 9,
                             primary key (row, name)) without rowid;
         create trigger prices after insert on seats begin
             update seats set price = 11 where row = new.row and name = new.name;
         end;
         create table tokens (code text primary key not null default (lower(hex(randomblob(8)))),
                              number integer not null) without rowid;
         create trigger numbers after insert on tokens begin
             update tokens set number = -1 where code = new.code;
         end;",
    )
    .await;
    assert_eq!(Seat::factory().create(&pool).await.unwrap().price, 11);
    assert!(Seat::factory().create_batch(&pool, 4).await.unwrap().iter().all(|seat| seat.price == 11));
    let tokens = Token::factory().create_batch(&pool, 4).await.unwrap();
    assert!(tokens.iter().all(|token| token.number == -1));
}

#[tokio::test]
async fn a_trigger_may_take_the_next_keys() {
    let pool = pool(format!(
        "{SQLITE}
         create trigger twins after insert on authors when new.name not like 'twin%' begin
             insert into authors (name, email) values ('twin of ' || new.id, '');
         end;"
    ))
    .await;
    for author in Author::factory().create_batch(&pool, 5).await.unwrap() {
        let name = sqlx::query_scalar("select name from authors where id = ?").bind(author.id);
        assert_eq!(name.fetch_one(&pool).await.ok(), Some(author.name));
    }
    assert_eq!(count(&pool, "authors").await, 10);
}

/// Authors, of whom a trigger refuses those who joined `never`.
fn refusing(when: &str, how: &str) -> String {
    format!(
        "{SQLITE}
         create trigger refuses {when} insert on authors when new.joined = 'never' begin select raise({how}); end;"
    )
}

#[tokio::test]
async fn a_row_that_a_trigger_swallows_is_an_error() {
    let pool = pool(refusing("before", "ignore")).await;
    let rows = Author::factory().times(10).each(|i, author| author.joined(if i == 6 { "never" } else { "today" }));
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Read, Some((6, 10))), "{error:?}");
    let error = Author::factory().joined("never").create(&pool).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Read, Some((0, 1))), "{error:?}");
    assert_eq!(count(&pool, "authors").await, 0);
}

#[tokio::test]
async fn a_row_that_a_trigger_refuses_is_named_and_none_remain() {
    for (when, how) in [("before", "abort"), ("after", "abort"), ("before", "fail"), ("after", "fail")] {
        let pool = pool(refusing(when, &format!("{how}, 'not you'"))).await;
        let rows = Author::factory().times(10).each(|i, author| author.joined(if i == 6 { "never" } else { "today" }));
        let error = rows.create(&pool).await.unwrap_err();
        assert_eq!(error.row(), Some((6, 10)), "{how}: {error:?}");
        assert!(error.source().unwrap().to_string().contains("not you"), "{error:?}");
        assert_eq!(count(&pool, "authors").await, 0, "{when} {how}");
        let error = Author::factory().joined("never").create(&pool).await.unwrap_err();
        assert_eq!(error.row(), Some((0, 1)), "{how}: {error:?}");
    }
}

#[tokio::test]
async fn a_trigger_that_rolls_back_leaves_a_pool_that_works() {
    let pool = pool(refusing("after", "rollback, 'not you'")).await;
    let rows = Author::factory().times(10).each(|i, author| author.joined(if i == 6 { "never" } else { "today" }));
    let error = rows.create(&pool).await.unwrap_err();
    assert!(error.source().unwrap().to_string().contains("not you"), "{error:?}");
    Author::factory().joined("never").create(&pool).await.unwrap_err();
    assert_eq!(count(&pool, "authors").await, 0);
    assert_eq!(Author::factory().create_batch(&pool, 3).await.unwrap().len(), 3);
    assert!(!pool.acquire().await.unwrap().is_in_transaction());
    assert_eq!(count(&pool, "authors").await, 3);
}
