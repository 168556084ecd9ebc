//! What only Postgres has: types of its own, schemas, and transactions that an error spoils.

use crate::servers;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::prelude::*;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use manufactory::{Auto, Factory};
use std::future::poll_fn;
use std::io::Write;
use std::pin::pin;
use std::task::Poll;

#[allow(unreachable_pub, reason = "part of what `table!` makes public")]
#[derive(Debug, Clone, Copy, diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
#[diesel(postgres_type(name = "mood"))]
pub struct MoodType;

mod schema {
    diesel::table! {
        use diesel::sql_types::*;
        use super::super::MoodType;

        shop.diaries (id) {
            id -> Integer,
            owner_id -> Nullable<Integer>,
            mood -> MoodType,
            tags -> Array<Text>,
            #[sql_name = "type"]
            type_ -> Text,
        }
    }
}

const TABLES: &str = r#"
    create type mood as enum ('glad', 'sad');
    create schema shop;
    create table shop.diaries (id serial primary key, owner_id integer references shop.diaries, mood mood not null,
                               tags text[] not null, "type" text not null default 'plain' unique);
"#;

#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow, Auto)]
#[diesel(sql_type = MoodType)]
enum Mood {
    Glad,
    Sad,
}

impl ToSql<MoodType, Pg> for Mood {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(if *self == Self::Glad { b"glad" } else { b"sad" })?;
        Ok(IsNull::No)
    }
}

impl FromSql<MoodType, Pg> for Mood {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(if value.as_bytes() == b"glad" { Self::Glad } else { Self::Sad })
    }
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Factory)]
#[diesel(table_name = schema::diaries)]
#[factory(table = schema::diaries, on(postgres))]
struct Diary {
    #[factory(key)]
    id: i32,
    #[factory(sub_factory(DiaryFactory, optional))]
    owner_id: Option<i32>,
    #[factory(cycle([Mood::Glad, Mood::Sad]))]
    mood: Mood,
    #[factory(value(vec!["a".to_owned()]))]
    tags: Vec<String>,
    #[factory(format("type {n}"))]
    type_: String,
}

struct Connected {
    db: AsyncPgConnection,
    _database: servers::Database,
}

async fn connected() -> Connected {
    let database = servers::postgres().await;
    let mut db = AsyncPgConnection::establish(database.url()).await.unwrap();
    db.batch_execute(TABLES).await.unwrap();
    Connected { db, _database: database }
}

async fn all(db: &mut AsyncPgConnection) -> Vec<Diary> {
    let query = schema::diaries::table.order(schema::diaries::id).select(Diary::as_select());
    RunQueryDsl::load(query, db).await.unwrap()
}

#[tokio::test]
async fn types_of_its_own_come_back() {
    let Connected { mut db, _database } = connected().await;
    let mut diaries = Diary::factory().create_batch(&mut db, 3).await.unwrap();
    let owned = Diary::factory().mood(Mood::Sad).owner(&diaries[0]).tags(Vec::new()).create(&mut db).await.unwrap();
    assert_eq!((owned.mood, owned.owner_id, owned.tags.len()), (Mood::Sad, Some(diaries[0].id), 0));
    diaries.push(owned);
    assert_eq!(all(&mut db).await, diaries);
}

#[tokio::test]
async fn a_transaction_begun_as_text_stays_open_until_its_commit() {
    let Connected { mut db, _database } = connected().await;
    db.batch_execute("begin").await.unwrap();
    Diary::factory().type_("kept").create(&mut db).await.unwrap();
    Diary::factory().type_("kept").create(&mut db).await.unwrap_err();
    Diary::factory().create_batch(&mut db, 2).await.unwrap();
    assert_eq!(all(&mut db).await.len(), 3);
    db.batch_execute("rollback").await.unwrap();
    assert!(all(&mut db).await.is_empty());
    Diary::factory().create(&mut db).await.unwrap();
    db.batch_execute("rollback").await.unwrap();
    assert_eq!(all(&mut db).await.len(), 1);
}

/// Whether a future is ready after so many polls; if not, it is dropped.
async fn is_done_after<T>(polls: u32, future: impl Future<Output = T>) -> bool {
    let (mut future, mut left) = (pin!(future), polls);
    poll_fn(|cx| match (future.as_mut().poll(cx), left) {
        (Poll::Ready(_), _) => Poll::Ready(true),
        (Poll::Pending, 1) => Poll::Ready(false),
        (Poll::Pending, _) => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_nothing() {
    let Connected { mut db, _database } = connected().await;
    let mut kept = 0;
    for polls in 1.. {
        let owners = Diary::factory().owner(Diary::factory()).times(3);
        let is_done = is_done_after(polls, owners.create(&mut db)).await;
        let (before, rows) = (kept, all(&mut db).await.len());
        // The last thing that it waits for may be its commit.
        assert!(rows == before + 6 || rows == before && !is_done, "{rows} rows after {polls} polls");
        kept = rows;
        db.transaction(async |db| RunQueryDsl::execute(diesel::sql_query("select 1"), db).await).await.unwrap();
        if is_done {
            break;
        }
    }
}
