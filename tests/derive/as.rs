//! `as(Type)`: stored and read back as another type.

use manufactory::{Batch, BoxError, Error, Factory, Memory, Session, Stage, Store, Value, async_trait};
use std::error::Error as _;

#[derive(Debug, Clone, Copy, PartialEq)]
struct UserId(i64);

impl From<i64> for UserId {
    fn from(id: i64) -> Self {
        Self(id)
    }
}

impl From<UserId> for i64 {
    fn from(id: UserId) -> Self {
        id.0
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Email(String);

impl TryFrom<String> for Email {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.contains('@') { Ok(Self(text)) } else { Err(format!("`{text}` is no address")) }
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key, as(i64))]
    id: UserId,
    #[factory(as(String), value(Email("a@example.com".into())))]
    email: Email,
    #[factory(as(i64))]
    size: u64,
    #[factory(as(i64))]
    limit: Option<u64>,
    #[factory(secret, as(String), value(Email("b@example.com".into())))]
    backup: Email,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(as(i64), sub_factory(UserFactory))]
    author_id: UserId,
    #[factory(as(i64), sub_factory(UserFactory, optional))]
    reviewer_id: Option<UserId>,
    #[factory(as(i64), sub_factory(UserFactory))]
    owner: User,
}

#[test]
fn an_automatic_value_is_made_of_the_other_type_where_there_is_none() {
    let _session = Session::seeded(1).enter();
    let user = User::factory().limit(7).build();
    assert_eq!((user.id, user.limit), (UserId(1), Some(7)));
}

#[tokio::test]
async fn the_store_gets_and_gives_the_other_type() {
    let mut db = Memory::new();
    let users = User::factory().size(5).create_batch(&mut db, 2).await.unwrap();
    assert_eq!((users[1].id, users[1].size), (UserId(2), 5));
    let row = &db.rows("users")[1];
    assert_eq!((row.get("id"), row.get("size")), (Some(&Value::Int(2)), Some(&Value::Int(5))));
    assert_eq!((row.get("email"), row.get("limit")), (Some(&"a@example.com".into()), Some(&Value::Null)));

    let post = Post::factory().author(&users[1]).create(&mut db).await.unwrap();
    assert_eq!((post.author_id, post.reviewer_id, post.owner.id), (UserId(2), None, UserId(3)));
    let post = Post::factory().reviewer_id(UserId(9)).create(&mut db).await.unwrap();
    let row = &db.rows("posts")[1];
    assert_eq!((row.get("reviewer_id"), row.get("author_id")), (Some(&Value::Int(9)), Some(&Value::Int(4))));
    assert_eq!(row.get("owner_id"), Some(&Value::Int(post.owner.id.0)));
}

#[tokio::test]
async fn what_cannot_be_converted_names_attribute_and_row() {
    let mut db = Memory::new();
    let rows = User::factory().times(3).each(|i, user| if i == 2 { user.size(u64::MAX) } else { user });
    let error = rows.create(&mut db).await.unwrap_err();
    assert_eq!((error.stage(), error.row(), error.factory()), (Stage::Encode, Some((2, 3)), "User"));
    assert!(error.to_string().starts_with("cannot encode User.size, row 2 of 3 with "), "{error}");
    assert!(error.source().unwrap().to_string().contains("out of range"), "{error:?}");
    assert_eq!(db.count("users"), 0);
}

/// Gives back something else than it got.
struct Odd(&'static str, Value);

#[async_trait]
impl Store for Odd {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        let last = batch.len() - 1;
        batch.set(last, self.0, self.1.clone())
    }
}

async fn odd(column: &'static str, value: impl Into<Value>) -> Result<Vec<User>, Error> {
    User::factory().create_batch(&mut Odd(column, value.into()), 2).await
}

#[tokio::test]
async fn what_cannot_be_read_back_names_attribute_and_row() {
    assert_eq!(odd("email", "c@d").await.unwrap()[1].email, Email("c@d".into()));
    assert_eq!(odd("limit", 4).await.unwrap()[1].limit, Some(4));
    let error = odd("email", "nowhere").await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Read, Some((1, 2))));
    assert_eq!(format!("{error:?}"), "cannot read back User.email, row 1 of 2\n  because: `nowhere` is no address");
    assert!(odd("size", -1).await.unwrap_err().to_string().contains("User.size"));
}

#[tokio::test]
async fn a_secret_stays_one_when_it_cannot_be_converted() {
    let error = odd("backup", "hunter2").await.unwrap_err();
    assert!(error.to_string().contains("User.backup") && !format!("{error:?}").contains("hunter2"), "{error:?}");
}

/// A store of models never asks for columns: what they could not hold is its own matter.
struct Models(Vec<User>);

#[async_trait]
impl Store for Models {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        self.0.extend_from_slice(batch.models::<User>().ok_or("only users")?);
        Ok(())
    }
}

#[tokio::test]
async fn models_are_stored_as_they_are() {
    let mut store = Models(Vec::new());
    User::factory().size(u64::MAX).create(&mut store).await.unwrap();
    assert_eq!(store.0[0].size, u64::MAX);
}

#[derive(Debug, Factory)]
#[factory(table = "cells")]
struct Cell<T> {
    #[factory(as(i64))]
    value: T,
}

#[tokio::test]
async fn generic_fields_are_converted() {
    let mut db = Memory::new();
    assert_eq!(Cell::<u32>::factory().value(4).create(&mut db).await.unwrap().value, 4);
    assert_eq!(db.rows("cells")[0].get("value"), Some(&Value::Int(4)));
}
