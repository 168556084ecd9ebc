//! Arrays in columns: of texts, ids, enums and newtypes, with a default of the database, and missing; as in cargo's registry,
//! Windmill and Lemmy.

use super::databases::{pg_rows, postgres};
use manufactory::Factory;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
struct Scope(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "permission", rename_all = "lowercase")]
enum Permission {
    Read,
    Write,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "tokens", on(sqlx, postgres))]
#[factory(preset(full: permissions = value(vec![Permission::Read, Permission::Write])))]
struct Token {
    #[factory(key)]
    id: i32,
    tags: Vec<String>,
    #[factory(value(vec![Permission::Read]))]
    permissions: Vec<Permission>,
    scopes: Option<Vec<Scope>>,
    #[factory(database)]
    languages: Vec<i32>,
    #[factory(lazy(|n| (0..n % 3).map(|i| Uuid::from_u128(i.into())).collect()))]
    seen_by: Vec<Uuid>,
    keywords: Vec<Option<String>>,
}

#[tokio::test]
async fn lists_are_columns() {
    let (db, _database) = postgres(
        "create type permission as enum ('read', 'write');
         create table tokens (id serial primary key, tags text[] not null, permissions permission[] not null, scopes text[],
                              languages int[] not null default '{1,2}', seen_by uuid[] not null, keywords text[] not null)",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let token = Token::factory().tags(["a", "b c"]).create(&db).await.unwrap();
    assert_eq!((token.languages, token.scopes), (vec![1, 2], None));
    let tokens = Token::factory().full().scopes([Scope("x".into())]).keywords([Some("k".to_owned()), None]);
    let tokens = tokens.create_batch(&db, 2).await.unwrap();
    assert_eq!((tokens[1].seen_by.len(), tokens[1].keywords.len()), (2, 2));
    let found = "select concat_ws(' ', tags, permissions, scopes, languages, cardinality(seen_by), keywords) from tokens order by id";
    let full = "{} {read,write} {x} {1,2}";
    assert_eq!(
        pg_rows(&db, found).await,
        [r#"{a,"b c"} {read} {1,2} 0 {}"#.to_owned(), format!("{full} 1 {{k,NULL}}"), format!("{full} 2 {{k,NULL}}")]
    );
}
