//! One row beside another, with the same key: settings and profiles, made with their user or alone; as in Lemmy's local
//! users and most applications with accounts.

use super::databases::{rows, sqlite};
use manufactory::Factory;

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", on(sqlx, sqlite), has_one(profile: ProfileFactory = 1, by = user))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "profiles", on(sqlx, sqlite))]
struct Profile {
    #[factory(key, sub_factory(UserFactory, with = |user| user.profile(0)))]
    user_id: i64,
    #[factory(format("{user.name} writes here"))]
    bio: String,
}

#[tokio::test]
async fn each_user_has_one() {
    let db = sqlite(
        "create table users (id integer primary key, name text not null);
         create table profiles (user_id integer primary key references users, bio text not null)",
    )
    .await;
    User::factory().name("ada").create(&db).await.unwrap();
    User::factory().profile(Profile::factory().bio("none")).create_batch(&db, 2).await.unwrap();
    User::factory().profile(0).create(&db).await.unwrap();
    let profile = Profile::factory().user_with(|user| user.name("bob")).create(&db).await.unwrap();
    assert_eq!((profile.user_id, profile.bio.as_str()), (5, "bob writes here"));
    let found = rows(&db, "select user_id || ' ' || bio from profiles").await;
    assert_eq!(found, ["1 ada writes here", "2 none", "3 none", "5 bob writes here"]);
}
