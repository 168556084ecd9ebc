//! Names of tables and columns that look like something else.

use super::pool;
use manufactory::Factory;

#[derive(Debug, Factory)]
#[factory(table = "main.order \"group\"")]
struct Odd {
    #[factory(key, column = "rowid")]
    id: i64,
    #[factory(format("it's \"{n}\""))]
    select: String,
    #[factory(column = "a \"b\" 'c' ?1", value(5))]
    quoted: i64,
    #[factory(column = "_rowid_", value(8))]
    shadow: i64,
}

#[tokio::test]
async fn columns_may_be_named_like_a_rowid_and_full_of_quotes() {
    let pool = pool(
        r#"create table "order ""group""" ("select" text, rowid integer primary key, "a ""b"" 'c' ?1" integer,
                                           _rowid_ integer)"#,
    )
    .await;
    let made = Odd::factory().create_batch(&pool, 5).await.unwrap();
    assert_eq!(
        made.iter().map(|odd| (odd.id, odd.quoted)).collect::<Vec<_>>(),
        [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]
    );
    assert!(made.iter().all(|odd| odd.select.starts_with("it's \"") && odd.shadow == 8));
    assert_eq!(Odd::factory().create(&pool).await.unwrap().id, 6);
    let shadows = r#"create trigger shadows after insert on "order ""group""" begin
        update "order ""group""" set "_rowid_" = 99 where rowid = new.rowid;
    end"#;
    sqlx::raw_sql(shadows).execute(&pool).await.unwrap();
    assert_eq!(Odd::factory().create(&pool).await.unwrap().shadow, 99);
    assert!(Odd::factory().create_batch(&pool, 3).await.unwrap().iter().all(|odd| odd.shadow == 99));
}

#[tokio::test]
async fn all_names_of_the_rowid_may_be_taken() {
    let pool = pool(
        r#"create table "order ""group""" ("select" text, rowid integer default (random()), "a ""b"" 'c' ?1" integer,
                                           _rowid_ integer, oid integer)"#,
    )
    .await;
    let made = Odd::factory().create_batch(&pool, 5).await.unwrap();
    assert!(made.windows(2).all(|pair| pair[0].id != pair[1].id), "{made:?}");
    assert_eq!(made.len(), 5);
}

#[tokio::test]
async fn a_column_named_rowid_is_no_rowid() {
    let pool = pool(
        r#"create table "order ""group""" ("select" text, rowid text default 'five', "a ""b"" 'c' ?1" integer,
                                           _rowid_ integer)"#,
    )
    .await;
    for rows in [1, 5] {
        let error = Odd::factory().create_batch(&pool, rows).await.unwrap_err();
        assert!(error.to_string().contains("read back Odd.id"), "{error}");
    }
}
