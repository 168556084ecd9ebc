//! The same plan through other libraries.

use crate::models::File;
use diesel::prelude::*;
use diesel_async::AsyncConnection;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use manufactory::Factory;
use manufactory::seed::{Failure, Options, Plan, per};

mod schema {
    diesel::table! {
        users {
            id -> BigInt,
            username -> Text,
            age -> Integer,
        }
    }

    diesel::table! {
        posts {
            id -> BigInt,
            author_id -> BigInt,
            title -> Text,
        }
    }
}

#[derive(Debug, Clone, Factory)]
#[factory(table = schema::users, table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    username: String,
    age: i32,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = schema::posts, table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    title: String,
}

fn plan() -> Plan {
    let mut plan = Plan::new();
    let users = plan.step("users", 30, |_| User::factory());
    plan.step("posts", per(users, 1..=3), |_| Post::factory());
    plan
}

#[tokio::test]
async fn diesel_writes_what_sqlx_writes() {
    let (by_sqlx, by_diesel, by_wrapper) =
        (File::with_schema().await, File::with_schema().await, File::with_schema().await);
    by_sqlx.seed(&plan(), &Options::new()).await.unwrap();
    let path = |file: &File| file.url().replace("sqlite:", "");

    let mut diesel = <SqliteConnection as diesel::Connection>::establish(&path(&by_diesel)).unwrap();
    plan().run(&mut diesel, &Options::new().chunk(7), &mut ()).await.unwrap();
    assert_eq!(plan().run(&mut diesel, &Options::new(), &mut ()).await.unwrap().written(), 0);

    let mut wrapper = SyncConnectionWrapper::<SqliteConnection>::establish(&path(&by_wrapper)).await.unwrap();
    plan().run(&mut wrapper, &Options::new().chunk(7), &mut ()).await.unwrap();

    let all = "select id, author_id, title from posts order by id";
    let expected = by_sqlx.rows(all).await;
    assert!(expected.len() > 30);
    assert_eq!(by_diesel.rows(all).await, expected);
    assert_eq!(by_wrapper.rows(all).await, expected);
}

#[tokio::test]
async fn a_model_of_another_library_is_refused_in_words() {
    // Only for sqlx.
    let file = File::with_schema().await;
    let mut diesel = <SqliteConnection as diesel::Connection>::establish(&file.url().replace("sqlite:", "")).unwrap();
    let failure = crate::models::blog(1, 1).run(&mut diesel, &Options::new(), &mut ()).await.unwrap_err();
    assert!(matches!(failure, Failure::Schema(_)));
    let text = failure.to_string();
    assert!(text.contains("step `users`: the rows of `User` cannot be stored in sqlite through diesel"), "{text}");
}
