//! One struct for the rows of many kinds, with the payload as its type: queues, outboxes and key-value tables, as in Apalis
//! and in Windmill; and a state in the type that the table does not see.

use super::databases::{rows, sqlite};
use manufactory::{Auto, Factory};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

#[derive(Debug, Factory)]
#[factory(table = "jobs", on(sqlx, sqlite))]
struct Job<T>
where
    T: Serialize + DeserializeOwned,
{
    #[factory(key)]
    id: i64,
    #[factory(value(std::any::type_name::<T>().rsplit("::").next().unwrap().to_owned()))]
    queue: String,
    #[factory(json)]
    payload: T,
    attempts: i32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Auto)]
struct SendMail {
    to: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Auto)]
enum Resize {
    Thumbnail,
    To { width: u32 },
}

#[derive(Debug, Clone)]
struct Draft;

#[derive(Debug, Clone)]
struct Published;

#[derive(Debug, Factory)]
#[factory(table = "articles", on(sqlx, sqlite))]
struct Article<State> {
    #[factory(key)]
    id: i64,
    title: String,
    #[factory(skip, value(PhantomData))]
    state: PhantomData<State>,
}

#[tokio::test]
async fn a_table_for_every_payload() {
    let db = sqlite(
        "create table jobs (id integer primary key, queue text not null, payload text not null, attempts integer not null);
         create table articles (id integer primary key, title text not null)",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let mail = Job::<SendMail>::factory().payload(SendMail { to: "a@b".into() }).create(&db).await.unwrap();
    assert_eq!((mail.id, mail.payload.to.as_str(), mail.queue.as_str()), (1, "a@b", "SendMail"));
    let jobs = Job::<Resize>::factory().create_batch(&db, 2).await.unwrap();
    assert_eq!(jobs[1].payload, Resize::Thumbnail);
    Job::<Resize>::factory().payload(Resize::To { width: 80 }).create(&db).await.unwrap();
    let found = rows(&db, "select queue || payload from jobs").await;
    assert_eq!(
        found,
        [r#"SendMail{"to":"a@b"}"#, r#"Resize"Thumbnail""#, r#"Resize"Thumbnail""#, r#"Resize{"To":{"width":80}}"#]
    );

    Article::<Draft>::factory().create(&db).await.unwrap();
    Article::<Published>::factory().title("Out").create(&db).await.unwrap();
    assert_eq!(rows(&db, "select title from articles where id = 2").await, ["Out"]);
}
