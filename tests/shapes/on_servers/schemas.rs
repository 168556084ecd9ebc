//! Tables in several schemas, with foreign keys between them and the same name twice, a capital letter included; as in
//! services that share a database, and beside hosted logins.

use super::databases::{pg_rows, postgres};
use manufactory::Factory;
use uuid::Uuid;

#[derive(Debug, Clone, Factory)]
#[factory(table = "auth.users", on(sqlx, postgres))]
struct Account {
    #[factory(key)]
    id: Uuid,
    #[factory(format("user{n}@example.com"))]
    email: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "public.users", on(sqlx, postgres))]
struct User {
    #[factory(key, sub_factory(AccountFactory))]
    account_id: Uuid,
    #[factory(format("user{n}"))]
    handle: String,
}

#[derive(Debug, Factory)]
#[factory(table = "Billing.Plan", on(sqlx, postgres))]
struct Plan {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    user_id: Uuid,
}

#[tokio::test]
async fn tables_of_other_schemas() {
    let (db, _database) = postgres(
        r#"create schema auth; create schema "Billing";
           create table auth.users (id uuid primary key default gen_random_uuid(), email text not null);
           create table users (account_id uuid primary key references auth.users, handle text not null);
           create table "Billing"."Plan" (id bigserial primary key, user_id uuid not null references users)"#,
    )
    .await;
    let plan = Plan::factory().user_with(|user| user.handle("ada")).create(&db).await.unwrap();
    let plans = Plan::factory().create_batch(&db, 2).await.unwrap();
    assert_ne!(plans[0].user_id, plan.user_id);
    let found = r#"select handle from "Billing"."Plan" p join public.users u on u.account_id = user_id
                   join auth.users a on a.id = account_id where p.id = 1"#;
    assert_eq!(pg_rows(&db, found).await, ["ada"]);
}
