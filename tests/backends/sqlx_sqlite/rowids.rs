//! Rowids: as keys of tables that declare none, given and made together, and used up.

use super::{count, pool};
use manufactory::conformance::{Author, SQLITE};
use manufactory::{Factory, create_all};
use std::error::Error as _;

#[derive(Debug, Factory)]
#[factory(table = "docs")]
struct Doc {
    #[factory(key, column = "rowid")]
    id: i64,
    #[factory(format("doc {n}"))]
    title: String,
}

#[derive(Debug, Factory)]
#[factory(table = "links")]
struct Link {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(DocFactory))]
    doc_id: i64,
}

#[tokio::test]
async fn the_rowid_itself_may_be_the_key() {
    for table in ["table docs (title text)", "temp table docs (title text)", "virtual table docs using fts5(title)"] {
        let pool = pool(format!("create {table}; create table links (id integer primary key, doc_id integer)")).await;
        assert_eq!(Doc::factory().create(&pool).await.unwrap().id, 1);
        assert_eq!(Doc::factory().create_batch(&pool, 3).await.unwrap()[2].id, 4);
        let docs = Doc::factory().times(3).each(|i, doc| if i == 1 { doc.id(40) } else { doc });
        let docs = docs.create(&pool).await.unwrap();
        assert_eq!(docs.iter().map(|doc| doc.id).collect::<Vec<_>>(), [41, 40, 42], "{table}");
        assert_eq!(Link::factory().create_batch(&pool, 3).await.unwrap()[2].doc_id, 45);
        for doc in docs {
            let title = sqlx::query_scalar("select title from docs where rowid = ?").bind(doc.id);
            assert_eq!(title.fetch_one(&pool).await.ok(), Some(doc.title));
        }
    }
}

#[tokio::test]
async fn made_keys_are_above_the_given_ones() {
    let pool = pool(SQLITE).await;
    let authors = Author::factory().times(10).each(|i, author| match i {
        1 => author.joined("early"),
        3 => author.id(5),
        7 => author.id(100),
        8 => author.id(2).joined("early"),
        _ => author,
    });
    let authors = authors.create(&pool).await.unwrap();
    let given: Vec<_> = [3, 7, 8].iter().map(|&i| (authors[i].id, authors[i].joined.as_str())).collect();
    assert_eq!(given, [(5, "today"), (100, "today"), (2, "early")]);
    assert!([0, 1, 2, 4, 5, 6, 9].iter().all(|&i| authors[i].id > 100), "{authors:?}");
    for author in &authors {
        let name = sqlx::query_scalar("select name from authors where id = ?").bind(author.id);
        assert_eq!(name.fetch_one(&pool).await.ok().as_ref(), Some(&author.name));
    }
    assert!(Author::factory().create_batch(&pool, 5).await.unwrap().iter().all(|author| author.id > 107));
    assert_eq!(Author::factory().id(-7).create(&pool).await.unwrap().id, -7);
    assert_eq!(count(&pool, "authors").await, 16);
}

#[tokio::test]
async fn where_the_largest_keys_are_used_up_others_are_found() {
    let pool = pool(SQLITE).await;
    Author::factory().id(i64::MAX - 2).create(&pool).await.unwrap();
    let authors = Author::factory().create_batch(&pool, 5).await.unwrap();
    assert_eq!((authors[0].id, authors[1].id), (i64::MAX - 1, i64::MAX));
    let authors = Author::factory().times(4).each(|i, author| if i == 1 { author.id(77) } else { author });
    assert_eq!(authors.create(&pool).await.unwrap()[1].id, 77);
    assert_eq!(count(&pool, "authors").await, 10);
}

#[tokio::test]
async fn an_autoincrement_table_counts_on_and_says_when_it_is_full() {
    let pool = pool(SQLITE.replace("primary key", "primary key autoincrement")).await;
    Author::factory().create_batch(&pool, 5).await.unwrap();
    sqlx::query("delete from authors").execute(&pool).await.unwrap();
    let authors = Author::factory().create_batch(&pool, 2).await.unwrap();
    assert_eq!((authors[0].id, authors[1].id), (6, 7));
    let counted: i64 = sqlx::query_scalar("select seq from sqlite_sequence").fetch_one(&pool).await.unwrap();
    assert_eq!(counted, 7);
    sqlx::query("update sqlite_sequence set seq = ?").bind(i64::MAX).execute(&pool).await.unwrap();
    for rows in [1, 5] {
        let error = Author::factory().create_batch(&pool, rows).await.unwrap_err();
        assert!(error.source().unwrap().to_string().contains("full"), "{error:?}");
    }
    assert_eq!(count(&pool, "authors").await, 2);
}

#[tokio::test]
async fn a_descending_integer_key_is_no_rowid() {
    let pool = pool(SQLITE.replace("primary key", "primary key desc")).await;
    let error = Author::factory().create_batch(&pool, 3).await.unwrap_err();
    assert!(error.to_string().contains("cannot read back Author.id, row 0 of 3"), "{error}");
    let authors = create_all(&pool, [0, 10, 20].map(|id| Author::factory().id(id))).await.unwrap();
    assert_eq!(authors.iter().map(|author| author.id).collect::<Vec<_>>(), [0, 10, 20]);
    assert_eq!(count(&pool, "authors").await, 3);
}
