//! A struct with nothing but a wrapper around the model of another crate, which reads rows by hand: the models know no
//! database at all; as in Atuin.

use super::databases::{rows, sqlite};
use manufactory::Factory;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};

/// A crate that both the client and the server use.
mod shared {
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Session {
        pub(super) id: i64,
        pub(super) token: String,
        pub(super) hops: u64,
    }
}

/// The server's side of it.
#[derive(Debug)]
struct DbSession(shared::Session);

impl FromRow<'_, SqliteRow> for DbSession {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let hops: i64 = row.try_get("hops")?;
        let hops = hops.try_into().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        Ok(Self(shared::Session { id: row.try_get("id")?, token: row.try_get("token")?, hops }))
    }
}

#[derive(Factory)]
#[factory(model = shared::Session, name = SessionFactory, table = "sessions", on(sqlx, sqlite))]
struct SessionDefinition {
    #[factory(key)]
    id: i64,
    #[factory(format("token-{n}"))]
    token: String,
    #[factory(as(i64), value(3))]
    hops: u64,
}

#[derive(Factory)]
#[factory(table = "sessions", on(sqlx, sqlite), returns = DbSession)]
struct NewSession<'a> {
    #[factory(value("none"))]
    token: &'a str,
    hops: i64,
}

#[tokio::test]
async fn the_model_stays_as_it_is() {
    let db = sqlite("create table sessions (id integer primary key, token text not null, hops integer not null)").await;
    let sessions = SessionFactory::new().create_batch(&db, 2).await.unwrap();
    let DbSession(read) = sqlx::query_as("select * from sessions where id = 2").fetch_one(&db).await.unwrap();
    assert_eq!(read, sessions[1]);
    let DbSession(made) = NewSession::factory().token("mine").create(&db).await.unwrap();
    assert_eq!((made.id, made.token.as_str()), (3, "mine"));
    assert_eq!(rows(&db, "select hops || '' from sessions where token like 'token-%'").await, ["3", "3"]);
}
