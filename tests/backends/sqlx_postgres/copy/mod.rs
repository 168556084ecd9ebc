//! Drafts that are copied in binary: the table holds what an INSERT would have put there, and an error says what it would
//! have said.

mod refused;
mod types;

use super::pool;
use manufactory::persist::Row;
use manufactory::persist::sqlx_copy::{CopyPlan, CopyRows, Copying, Way, encode, send};
use manufactory::resolve::{Context, Draft};
use manufactory::{Error, Factory, Session};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgExecutor};
use std::time::{Duration, UNIX_EPOCH};

/// The session in which both ways make the same rows.
fn session() -> Session {
    Session::seeded(1).at(UNIX_EPOCH + Duration::from_nanos(1_700_000_000_123_456_789))
}

/// Drafts that are filled, but for what is left to the database.
fn drafts<F: Draft>(rows: u64, each: impl Fn(u64, F) -> F) -> Vec<F> {
    let session = session();
    let turn = session.take(F::counter(), rows);
    let draft = |i| {
        let mut draft = each(i, F::empty());
        draft.fill(0, &Context::new(&session, turn.after(i)));
        draft
    };
    (0..rows).map(draft).collect()
}

async fn plan<F: Row<CopyRows>>(db: &mut PgConnection, draft: &F) -> CopyPlan {
    match CopyPlan::of(db, draft).await.unwrap() {
        Way::Copy(plan) => plan,
        Way::Insert(why) => panic!("{why}"),
    }
}

async fn unfit<F: Row<CopyRows>>(db: &mut PgConnection, draft: &F) -> String {
    match CopyPlan::of(db, draft).await.unwrap() {
        Way::Copy(plan) => panic!("it is copied: {plan:?}"),
        Way::Insert(why) => why.to_string(),
    }
}

/// The whole way of a batch.
async fn copy<F: Row<CopyRows>>(db: &mut PgConnection, drafts: &[F]) -> Result<u64, Error> {
    let plan = plan(db, &drafts[0]).await;
    let rows = encode(drafts, &plan)?;
    send(db, &plan, &rows).await.map_err(|refused| refused.among(drafts))
}

/// All rows of a table, as a text that shows every bit of them.
async fn shown(db: impl PgExecutor<'_>, table: &str) -> String {
    let sql = format!("select string_agg(t::text, e'\\n' order by id) from {table} t");
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(db).await.unwrap()
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "order \"x\"", on(sqlx, postgres))]
struct Order {
    #[factory(key)]
    id: i64,
    #[factory(column = "group", format("group {n}"))]
    team: String,
    #[factory(database)]
    size: i32,
}

const ORDERS: &str = r#"create table "order ""x""" (id bigint primary key, "group" text, size int not null default 3)"#;

#[tokio::test]
async fn names_are_quoted_and_keys_may_be_given() {
    let (pool, _database) = pool(ORDERS).await;
    let mut db = pool.acquire().await.unwrap();
    let orders = drafts(3, |i, order: OrderFactory| order.id(i64::try_from(i).unwrap() + 5).size(1));
    assert_eq!(copy(&mut db, &orders).await.unwrap(), 3);
    assert_eq!(shown(&mut *db, r#""order ""x""""#).await, "(5,\"group 0\",1)\n(6,\"group 1\",1)\n(7,\"group 2\",1)");
}

#[tokio::test]
async fn rows_of_one_copy_fill_the_same_columns() {
    let (pool, _database) = pool(ORDERS).await;
    let mut db = pool.acquire().await.unwrap();
    let mut orders = drafts(4, |i, order: OrderFactory| {
        let order = order.id(i64::try_from(i).unwrap());
        if i == 2 { order.size(1) } else { order }
    });
    let plan = plan(&mut db, &orders[0]).await;
    let taken: Vec<_> = orders.iter().map(|order| plan.takes(order)).collect();
    assert_eq!(taken, [true, true, false, true]);
    let error = encode(&orders, &plan).unwrap_err();
    assert!(error.to_string().starts_with("cannot encode Order.size, row 2 of 4 with "), "{error}");
    let other = self::plan(&mut db, &orders[2]).await;
    let error = encode(&orders, &other).unwrap_err();
    assert!(error.to_string().starts_with("cannot encode Order.size, row 0 of 4 with "), "{error}");
    drop(orders.remove(2));
    assert_eq!(copy(&mut db, &orders).await.unwrap(), 3);
    assert!(shown(&mut *db, r#""order ""x""""#).await.ends_with("(3,\"group 3\",3)"));
}

#[tokio::test]
async fn a_batch_may_be_empty_or_large_and_goes_with_its_transaction() {
    let (pool, _database) = pool(ORDERS).await;
    let mut db = pool.acquire().await.unwrap();
    let orders = drafts(50_000, |i, order: OrderFactory| order.id(i64::try_from(i).unwrap()));
    let plan = plan(&mut db, &orders[0]).await;
    assert_eq!(send(&mut db, &plan, &encode(&orders[..0], &plan).unwrap()).await.unwrap(), 0);
    let mut transaction = db.begin().await.unwrap();
    let copied = send(&mut transaction, &plan, &encode(&orders, &plan).unwrap()).await.unwrap();
    assert_eq!(copied, 50_000);
    transaction.rollback().await.unwrap();
    // From any thread: bytes are made on one, and sent on another.
    let bytes = std::thread::spawn({
        let plan = plan.clone();
        move || encode(&orders, &plan).unwrap()
    });
    let bytes = bytes.join().unwrap();
    let copied = tokio::spawn(async move { send(&mut db, &plan, &bytes).await.unwrap() });
    assert_eq!(copied.await.unwrap(), 50_000);
}

#[tokio::test]
async fn several_batches_go_in_one_copy() {
    let (pool, _database) = pool(ORDERS).await;
    let mut db = pool.acquire().await.unwrap();
    let orders = drafts(5, |i, order: OrderFactory| order.id(i64::try_from(i % 4).unwrap()));
    let plan = plan(&mut db, &orders[0]).await;
    let (some, others) = (encode(&orders[..2], &plan).unwrap(), encode(&orders[2..4], &plan).unwrap());
    let again = encode(&orders[4..], &plan).unwrap();
    let aborted = Copying::begin(&mut db, &plan).await.unwrap().send(&some).await.unwrap();
    aborted.abort("changed my mind").await.unwrap();
    let copying = Copying::begin(&mut db, &plan).await.unwrap().send(&some).await.unwrap();
    let refused = copying.send(&others).await.unwrap().send(&again).await.unwrap().finish().await.unwrap_err();
    assert_eq!(refused.row(), Some(4), "counted through all batches");
    let copying = Copying::begin(&mut db, &plan).await.unwrap().send(&some).await.unwrap();
    assert_eq!(copying.send(&others).await.unwrap().finish().await.unwrap(), 4);
}

#[tokio::test]
async fn what_is_no_plain_table_wants_inserts() {
    let rules = "
        alter table \"order \"\"x\"\"\" rename to plain;
        create view \"order \"\"x\"\"\" as select * from plain;";
    let (pool, _database) = pool(&format!("{ORDERS};{rules}")).await;
    let mut db = pool.acquire().await.unwrap();
    let order = drafts(1, |_, order: OrderFactory| order.id(1)).remove(0);
    assert_eq!(unfit(&mut db, &order).await, "`order \"x\"` wants INSERT, because it is no table");
    let ruled = "drop view \"order \"\"x\"\"\"; alter table plain rename to \"order \"\"x\"\"\";
                 create rule doubled as on insert to \"order \"\"x\"\"\" do also select 1;";
    sqlx::raw_sql(ruled).execute(&mut *db).await.unwrap();
    let why = unfit(&mut db, &order).await;
    assert_eq!(why, "`order \"x\"` wants INSERT, because a rule says what an INSERT does");
    sqlx::raw_sql("drop table \"order \"\"x\"\"\"").execute(&mut *db).await.unwrap();
    let error = CopyPlan::of(&mut db, &order).await.unwrap_err();
    assert_eq!(error.to_string(), "cannot insert Order");
}
