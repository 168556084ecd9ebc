//! Views, and tables of other schemas.

use super::{count, pool};
use manufactory::conformance::{Author, SQLITE};
use manufactory::{Factory, create_all};

#[tokio::test]
async fn a_view_takes_rows_that_bring_their_key() {
    let pool = pool(
        "create table people (id integer primary key, name text, email text, joined text default 'today');
         create view authors as select id, name, email, joined from people;
         create trigger inserts instead of insert on authors begin
             insert into people (id, name, email) values (new.id, new.name, new.email);
         end;",
    )
    .await;
    let authors = create_all(&pool, [10, 11, 12].map(|id| Author::factory().id(id))).await.unwrap();
    assert_eq!((authors[2].id, authors[2].joined.as_str()), (12, "today"));
    assert_eq!(Author::factory().id(1).create(&pool).await.unwrap().joined, "today");
    assert_eq!(count(&pool, "people").await, 4);
    for rows in [1, 2] {
        let error = Author::factory().create_batch(&pool, rows).await.unwrap_err();
        assert!(error.to_string().contains("cannot read back Author.id, row 0"), "{error}");
    }
}

#[derive(Debug, Factory)]
#[factory(table = "shop.authors")]
struct Seller {
    #[factory(key)]
    id: i64,
    #[factory(format("seller {n}"))]
    name: String,
    #[factory(value(""))]
    email: String,
    #[factory(database)]
    joined: String,
}

#[derive(Debug, Factory)]
#[factory(table = "shop.items")]
struct Item {
    #[factory(key)]
    id: i64,
    #[factory(column = "select", value("x"))]
    name: String,
}

#[tokio::test]
async fn a_table_of_another_schema() {
    let pool =
        pool(r#"attach ':memory:' as shop; create table shop.items (id integer primary key, "select" text not null);"#)
            .await;
    Item::factory().create(&pool).await.unwrap();
    let items = Item::factory().create_batch(&pool, 3).await.unwrap();
    assert_eq!(items.iter().map(|item| item.id).collect::<Vec<_>>(), [2, 3, 4]);
}

#[tokio::test]
async fn triggers_and_counters_of_another_schema_count() {
    let schema = SQLITE.replace(
        "create table authors (id integer primary key",
        "create table shop.authors (id integer primary key autoincrement",
    );
    let pool = pool(format!(
        "attach ':memory:' as shop;
         {schema}
         create trigger shop.stamps after insert on authors begin
             update authors set joined = 'later' where id = new.id;
         end;"
    ))
    .await;
    assert_eq!(Seller::factory().create(&pool).await.unwrap().joined, "later");
    assert!(Seller::factory().create_batch(&pool, 3).await.unwrap().iter().all(|seller| seller.joined == "later"));
    // Without its schema the table is found as well, as long as no other has its name.
    assert_eq!(Author::factory().create(&pool).await.unwrap().joined, "later");
    assert!(Author::factory().create_batch(&pool, 3).await.unwrap().iter().all(|author| author.joined == "later"));
    sqlx::query("delete from shop.authors").execute(&pool).await.unwrap();
    let sellers = Seller::factory().create_batch(&pool, 2).await.unwrap();
    assert_eq!((sellers[0].id, sellers[1].id), (9, 10));
}
