//! `returns`: what is inserted borrows, what comes back is read as a whole.

use manufactory::{AfterCreate, BoxError, Factory};
use sqlx::{FromRow, Sqlite, SqliteConnection};

use super::pool;

const TABLES: &str = "
    create table users (id integer primary key, username text not null unique, i integer not null default 7,
                        role text not null default 'member', __place text default 'x');
    create table posts (id integer primary key, author_id integer not null references users);
    create table keyed (code text primary key, hits integer not null default 0) without rowid;
    create trigger promoted after insert on users when new.username like 'a%' begin
        update users set role = 'admin' where id = new.id;
    end;";

#[derive(Debug, PartialEq, Factory)]
#[factory(table = "users", on(sqlx), returns = User)]
#[factory(after_create, param(suffix: String = value("")))]
struct NewUser<'a> {
    #[factory(cycle(["bob", "carol", "dora"]))]
    username: &'a str,
}

#[derive(Debug, Clone, PartialEq, FromRow)]
struct User {
    id: i64,
    username: String,
    i: i64,
    role: String,
}

#[derive(Debug, Factory)]
#[factory(table = "posts", on(sqlx))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(NewUserFactory<'static>, key = id))]
    author_id: i64,
}

#[derive(Debug, Factory)]
#[factory(table = "users", on(sqlx), returns = User, has_many(drafts: DraftFactory = 1, by = author))]
struct NewWriter {
    username: String,
}

impl From<NewWriter> for User {
    fn from(NewWriter { username }: NewWriter) -> Self {
        Self { id: 70, username, i: 0, role: String::new() }
    }
}

#[derive(Debug, Factory)]
#[factory(table = "posts", on(sqlx))]
struct Draft {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(NewWriterFactory, key = id))]
    author_id: i64,
}

impl AfterCreate<Sqlite> for NewUserFactory<'_> {
    async fn after_create(self, user: &mut User, _: &mut SqliteConnection) -> Result<(), BoxError> {
        user.username += self.resolved_suffix();
        Ok(())
    }
}

#[derive(Factory)]
#[factory(table = "keyed", on(sqlx), returns = Hits)]
struct NewHits {
    #[factory(key, sequence(|n| format!("code{n}")))]
    code: String,
}

#[derive(Debug, PartialEq, FromRow)]
struct Hits {
    code: String,
    hits: i64,
}

#[tokio::test]
async fn one_row_and_a_batch_come_back_whole() {
    let db = pool(TABLES).await;
    let name = String::from("eve");
    let one = NewUser::factory().username(&name).suffix("!").create(&db).await.unwrap();
    assert_eq!(one, User { id: 1, username: "eve!".into(), i: 7, role: "member".into() });

    let names = ["anna", "bert", "axel"];
    let many = NewUser::factory().times(3).each(|i, user| user.username(names[i])).create(&db).await.unwrap();
    let shown: Vec<_> = many.iter().map(|user| (user.id, user.username.as_str(), user.role.as_str())).collect();
    assert_eq!(shown, [(2, "anna", "admin"), (3, "bert", "member"), (4, "axel", "admin")]);
}

#[tokio::test]
async fn they_are_parents_and_have_children() {
    let db = pool(TABLES).await;
    let post = Post::factory().create(&db).await.unwrap();
    assert_eq!(post.author_id, 1);
    let user = NewWriter::factory().username("zoe").drafts(2).create(&db).await.unwrap();
    let posts = Post::factory().author(&user).create_batch(&db, 2).await.unwrap();
    assert!(posts.iter().all(|post| post.author_id == user.id));
    let theirs: i64 = sqlx::query_scalar("select count(*) from posts where author_id = ?")
        .bind(user.id)
        .fetch_one(&db)
        .await
        .unwrap();
    assert_eq!(theirs, 4);
}

#[tokio::test]
async fn keys_made_here_find_their_rows() {
    let db = pool(TABLES).await;
    let hits = NewHits::factory().times(3).each(|i, hits| hits.code(["c", "a", "b"][i])).create(&db).await.unwrap();
    let codes: Vec<_> = hits.iter().map(|hits| (hits.code.as_str(), hits.hits)).collect();
    assert_eq!(codes, [("c", 0), ("a", 0), ("b", 0)]);
}

#[test]
fn what_is_built_is_what_would_be_inserted() {
    assert_eq!(NewUser::factory().username("x").build(), NewUser { username: "x" });
}

#[test]
fn a_parent_that_can_be_made_of_what_is_built_is_built() {
    assert_eq!(Draft::factory().build().author_id, 70);
}

#[test]
#[should_panic(expected = "write `impl From<NewUser<'_>> for User`, or give the parent")]
fn a_parent_that_only_a_database_makes_cannot_be_built() {
    Post::factory().build();
}
