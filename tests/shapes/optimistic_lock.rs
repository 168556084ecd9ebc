//! A version that every update raises and checks, and that starts in the database: as in Svix, and where rows are edited
//! by several people.

use super::databases::{rows, sqlite};
use manufactory::Factory;

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "documents", on(sqlx, sqlite), preset(edited: version = value(7)))]
struct Document {
    #[factory(key)]
    id: i64,
    #[factory(value("draft"))]
    body: String,
    #[factory(database)]
    version: i32,
}

async fn save(db: &sqlx::SqlitePool, document: &Document) -> u64 {
    let sql = "update documents set body = $1, version = version + 1 where id = $2 and version = $3";
    let update = sqlx::query(sql).bind(&document.body).bind(document.id).bind(document.version);
    update.execute(db).await.unwrap().rows_affected()
}

#[tokio::test]
async fn the_first_version_is_the_databases() {
    let db =
        sqlite("create table documents (id integer primary key, body text, version integer not null default 1)").await;
    let document = Document::factory().create(&db).await.unwrap();
    let edited = Document::factory().edited().create_batch(&db, 2).await.unwrap();
    assert_eq!((document.version, edited[1].version), (1, 7));
    assert_eq!((save(&db, &document).await, save(&db, &document).await), (1, 0));
    assert_eq!(rows(&db, "select id || ':' || version from documents").await, ["1:2", "2:7", "3:7"]);
}
