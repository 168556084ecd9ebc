//! Models of those tables.

use super::schema;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use manufactory::{Auto, Factory};

/// An enum in Diesel's own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow, Auto)]
#[diesel(sql_type = Text)]
pub(super) enum Role {
    Member,
    Admin,
}

impl ToSql<Text, Sqlite> for Role {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(match self {
            Self::Member => "member",
            Self::Admin => "admin",
        });
        Ok(IsNull::No)
    }
}

impl<DB: Backend> FromSql<Text, DB> for Role
where
    String: FromSql<Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        match &*String::from_sql(value)? {
            "member" => Ok(Self::Member),
            "admin" => Ok(Self::Admin),
            other => Err(format!("no role: {other}").into()),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, Factory)]
#[diesel(table_name = schema::users)]
#[factory(table = schema::users, on(sqlite), has_many(posts: PostFactory, by = author))]
#[factory(preset(admin: role = value(Role::Admin)))]
pub(super) struct User {
    #[factory(key)]
    pub(super) id: i32,
    #[factory(sequence(|n| format!("user{n}")))]
    pub(super) username: String,
    #[factory(format("{username}@example.com"))]
    pub(super) email: String,
    pub(super) bio: Option<String>,
    pub(super) role: Role,
    #[factory(database)]
    pub(super) created_at: String,
}

/// A number without Diesel's traits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stars(pub(super) u32);

impl From<Stars> for i64 {
    fn from(stars: Stars) -> Self {
        stars.0.into()
    }
}

impl TryFrom<i64> for Stars {
    type Error = std::num::TryFromIntError;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        number.try_into().map(Self)
    }
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = schema::posts, on(sqlite))]
pub(super) struct Post {
    #[factory(key)]
    pub(super) id: i32,
    #[factory(sub_factory(UserFactory))]
    pub(super) author_id: i32,
    #[factory(format("post {n}"))]
    pub(super) title: String,
    #[factory(column = "type_", value("note"))]
    pub(super) kind: String,
    #[factory(as(i64), value(Stars(3)))]
    pub(super) stars: Stars,
    #[factory(json, value(vec!["a".to_owned()]))]
    pub(super) tags: Vec<String>,
}
