//! A column for searching, which the database generates and no model has, in a table that Diesel knows with it; as in
//! cargo's registry and Lemmy.

use super::databases::{diesel_pg_rows, diesel_postgres};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use manufactory::Factory;

mod schema {
    #[allow(unreachable_pub, reason = "part of what `table!` makes public")]
    #[derive(Debug, Clone, Copy, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "tsvector"))]
    pub struct Tsvector;

    diesel::table! {
        use diesel::sql_types::*;
        use super::Tsvector;

        articles (id) { id -> Integer, title -> Text, body -> Nullable<Text>, search -> Tsvector, }
    }
}

#[derive(Debug, PartialEq, Queryable, Selectable, Factory)]
#[diesel(table_name = schema::articles, check_for_backend(diesel::pg::Pg))]
#[factory(table = schema::articles, on(postgres))]
struct Article {
    #[factory(key)]
    id: i32,
    #[factory(cycle(["Crabs at sea", "Crabs ashore", "Gulls"]))]
    title: String,
    body: Option<String>,
}

#[tokio::test]
async fn what_is_made_is_found() {
    let (mut db, _database) = diesel_postgres(
        "create table articles (id serial primary key, title text not null, body text,
                                search tsvector not null generated always as
                                    (to_tsvector('english', title || ' ' || coalesce(body, ''))) stored);
         create index on articles using gin (search)",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let articles = Article::factory().create_batch(&mut db, 3).await.unwrap();
    let article = Article::factory().title("Fishing").body("of a crab").create(&mut db).await.unwrap();
    let read = schema::articles::table.find(article.id).select(Article::as_select());
    assert_eq!(read.first::<Article>(&mut db).await.unwrap(), article);
    assert_eq!(articles[2].title, "Gulls");
    let found = "select title from articles where search @@ websearch_to_tsquery('english', 'crab') order by id";
    assert_eq!(diesel_pg_rows(&mut db, found).await, ["Crabs at sea", "Crabs ashore", "Fishing"]);
}
