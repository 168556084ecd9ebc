//! The program of the example on Postgres: killed, and four of it at once.

use crate::killed::{kill_often, run, start};
use sqlx::{Connection, PgConnection, Row};
use std::time::Duration;

/// A sum over all rows of each table.
async fn sums(url: &str) -> Vec<String> {
    let mut db = PgConnection::connect(url).await.unwrap();
    let mut sums = Vec::new();
    for (table, order) in
        [("users", "id"), ("tags", "id"), ("posts", "id"), ("post_tags", "post_id, tag_id"), ("comments", "id")]
    {
        let select = format!("select count(*) || ' ' || md5(string_agg(t::text, ';' order by {order})) from {table} t");
        let row = sqlx::query(sqlx::AssertSqlSafe(select)).fetch_one(&mut db).await.unwrap();
        sums.push(row.get::<String, _>(0));
    }
    sums
}

#[tokio::test]
async fn killed_or_in_parts_it_writes_the_same() {
    let (once, often, parts) =
        (crate::servers::postgres().await, crate::servers::postgres().await, crate::servers::postgres().await);
    run(once.url(), &[]);
    let expected = sums(once.url()).await;
    assert!(expected[4].starts_with("5000 "), "{expected:?}");

    let killed = kill_often(often.url(), 50, Duration::from_millis(250));
    assert!(killed > 10, "only {killed} of 50 were killed before their end");
    assert_eq!(sums(often.url()).await, expected);

    let children: Vec<_> = (0..4).map(|shard| start(parts.url(), &["--shard", &format!("{shard}/4")])).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(sums(parts.url()).await, expected);
}
