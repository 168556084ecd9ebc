//! Rows of every variant and every preset, and newtypes as columns.

use super::pool;
use fake::faker::internet::en::SafeEmail;
use manufactory::{Auto, Factory, create_all};

#[derive(Debug, Clone, Copy, PartialEq, sqlx::Type, Auto)]
#[sqlx(rename_all = "lowercase")]
enum Role {
    Member,
    Editor,
    Admin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
struct UserId(i64);

impl From<i64> for UserId {
    fn from(id: i64) -> Self {
        Self(id)
    }
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", on(sqlx), preset(admin: role = value(Role::Admin)))]
struct User {
    #[factory(key, auto(from))]
    id: UserId,
    #[factory(value(Role::Member))]
    role: Role,
    #[factory(database)]
    rank: Option<Role>,
    #[factory(fake(SafeEmail(), unique))]
    email: String,
    #[factory(sub_factory(UserFactory, optional))]
    boss_id: Option<UserId>,
}

const SCHEMA: &str = "create table users (id integer primary key, role text not null, rank text default 'editor',
                                          email text not null unique collate nocase, boss_id integer)";

#[tokio::test]
async fn coverage_is_stored_in_one_call() {
    let pool = pool(SCHEMA).await;
    let users = create_all(&pool, UserFactory::coverage()).await.unwrap();
    let roles: Vec<_> = users.iter().map(|user| user.role).collect();
    assert_eq!(roles, [Role::Admin, Role::Member, Role::Editor, Role::Admin]);
    let ranks: Vec<_> = users.iter().map(|user| user.rank).collect();
    let shown = [Role::Member, Role::Editor, Role::Admin, Role::Editor].map(Some);
    assert_eq!(ranks, shown, "what the database fills shows its variants, too, and is left to it after that");
}

#[tokio::test]
async fn a_key_around_a_number_is_made_here() {
    let pool = pool(SCHEMA).await;
    let _session = manufactory::Session::seeded(1).enter();
    let users = User::factory().boss_with(UserFactory::admin).create_batch(&pool, 2).await.unwrap();
    let bosses: Vec<_> = users.iter().map(|user| user.boss_id.unwrap()).collect();
    let stored: Vec<i64> = sqlx::query_scalar("select id from users order by id").fetch_all(&pool).await.unwrap();
    assert_eq!(stored, [0, 1, 2, 3], "numbered from 0: the database would begin at 1");
    assert!(users.iter().all(|user| !bosses.contains(&user.id)));
}
