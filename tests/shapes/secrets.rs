//! Secrets: a hash that is made of a password which no column holds, and tokens in a wrapper that neither prints nor
//! compares; as in Zero To Production, hyperswitch and Rauthy.

use super::databases::{rows, sqlite};
use manufactory::Factory;
use std::fmt;

#[derive(Clone)]
struct Secret<T>(T);

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<String> for Secret<String> {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<Secret<String>> for String {
    fn from(secret: Secret<String>) -> Self {
        secret.0
    }
}

/// Stands for a slow hash.
fn hash(password: &Secret<String>) -> String {
    format!("hash of {} letters", password.0.len())
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "accounts", on(sqlx, sqlite))]
#[factory(param(password: Secret<String> = value(Secret("correct horse".to_owned()))))]
struct Account {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    username: String,
    #[factory(secret, lazy(|password| hash(password)))]
    password_hash: String,
    #[factory(secret, as(String), lazy(|n| Secret(format!("token{n}"))))]
    api_token: Secret<String>,
}

#[tokio::test]
async fn they_are_stored_and_never_shown() {
    let db = sqlite(
        "create table accounts (id integer primary key, username text not null unique, password_hash text not null,
                                api_token text not null)",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let account = Account::factory().password(Secret("four".into())).create(&db).await.unwrap();
    assert_eq!((account.api_token.0.as_str(), account.password_hash.as_str()), ("token0", "hash of 4 letters"));
    Account::factory().create_batch(&db, 2).await.unwrap();
    assert_eq!(rows(&db, "select api_token from accounts where password_hash like '%13%'").await, ["token1", "token2"]);
    let error = Account::factory().username("user0").create(&db).await.unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("(secret)") && !text.contains("hash of") && !text.contains("token3"), "{text}");
}
