//! Models with fields that only a join or a count fills, and columns that the model lacks: a list item with its author's
//! name, a password that is never read; as in blogs and forums, and in Lemmy's views.

use super::databases::{rows, sqlite};
use manufactory::Factory;

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", on(sqlx, sqlite), column(password: String = value("$argon2$..")))]
struct User {
    #[factory(key)]
    id: i64,
    name: String,
}

#[derive(Debug, PartialEq, sqlx::FromRow, Factory)]
#[factory(table = "articles", on(sqlx, sqlite))]
struct Article {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(skip, lazy(|author| author.name.clone()))]
    author_name: String,
    #[factory(skip)]
    #[sqlx(default)]
    favorites: i64,
    #[sqlx(skip)]
    #[factory(skip)]
    is_mine: bool,
}

#[tokio::test]
async fn what_is_joined_is_made_but_not_stored() {
    let db = sqlite(
        "create table users (id integer primary key, name text not null, password text not null);
         create table articles (id integer primary key, author_id integer not null references users)",
    )
    .await;
    let ada = User::factory().name("ada").create(&db).await.unwrap();
    let articles = Article::factory().author(&ada).favorites(3).create_batch(&db, 2).await.unwrap();
    assert!(articles.iter().all(|article| article.author_name == "ada" && article.favorites == 3));
    let join = "select a.*, u.name as author_name from articles a join users u on u.id = author_id where a.id = 2";
    let read: Article = sqlx::query_as(join).fetch_one(&db).await.unwrap();
    assert_eq!(Article { favorites: 3, ..read }, articles[1]);
    assert_eq!(rows(&db, "select password from users").await, ["$argon2$.."]);
}
