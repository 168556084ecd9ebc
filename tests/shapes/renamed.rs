//! Columns in another case than Rust's: tables that came from another language's tools, and structs that serde and sqlx
//! rename as a whole; as in Spacedrive. Each field says its column.

use super::databases::{rows, sqlite};
use manufactory::Factory;
use serde::Serialize;

#[derive(Debug, Clone, Serialize, sqlx::FromRow, Factory)]
#[serde(rename_all = "camelCase")]
#[sqlx(rename_all = "camelCase")]
#[factory(table = "Library", on(sqlx, sqlite))]
struct Library {
    #[factory(key)]
    id: i64,
    #[factory(column = "displayName", value("Photos"))]
    display_name: String,
    #[factory(column = "createdAt", database)]
    created_at: String,
}

#[derive(Debug, Serialize, sqlx::FromRow, Factory)]
#[serde(rename_all = "camelCase")]
#[sqlx(rename_all = "camelCase")]
#[factory(table = "MediaFile", on(sqlx, sqlite))]
struct MediaFile {
    #[factory(key)]
    id: i64,
    #[factory(column = "libraryId", sub_factory(LibraryFactory))]
    library_id: i64,
    #[factory(column = "fullPath", format("/{library.display_name}/{n}.jpg"))]
    full_path: String,
}

#[tokio::test]
async fn columns_in_camel_case() {
    let db = sqlite(
        r#"create table "Library" (id integer primary key, "displayName" text not null, "createdAt" text default '2024-05-01');
           create table "MediaFile" (id integer primary key, "libraryId" integer references "Library", "fullPath" text)"#,
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let file = MediaFile::factory().create(&db).await.unwrap();
    let files =
        MediaFile::factory().library_with(|library| library.display_name("Films")).create_batch(&db, 2).await.unwrap();
    assert_eq!((file.full_path.as_str(), files[1].full_path.as_str()), ("/Photos/0.jpg", "/Films/2.jpg"));
    assert_eq!(
        rows(&db, r#"select "displayName" || "createdAt" from "Library" where id = 1"#).await,
        ["Photos2024-05-01"]
    );
    let read: MediaFile = sqlx::query_as(r#"select * from "MediaFile" where id = 1"#).fetch_one(&db).await.unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap()["fullPath"], "/Photos/0.jpg");
}
