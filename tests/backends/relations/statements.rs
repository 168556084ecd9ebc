//! How many statements a call takes, as sqlx itself reports them: as many as there are levels, whatever the rows.

use super::sqlite;
use manufactory::Factory;
use sqlx::SqliteConnection;
use std::fmt::Debug;
use std::sync::{Mutex, Once};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Keeps the text of every statement that names a table of this file.
struct Statements;

impl Subscriber for Statements {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Text);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Text;

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "db.statement" {
            let text = format!("{value:?}").to_lowercase();
            if text.contains("lv_") {
                SAID.lock().unwrap().push(text);
            }
        }
    }
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "lv_regions", get_or_create(name))]
struct Region {
    #[factory(key)]
    id: i64,
    #[factory(value("Asia"))]
    name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "lv_users", has_many(posts: PostFactory, by = author))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(RegionFactory))]
    region_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "lv_posts", many_to_many(tags: TagFactory, through = PostTagFactory(post, tag)))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "lv_tags")]
struct Tag {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Factory)]
#[factory(table = "lv_post_tags")]
struct PostTag {
    #[factory(key, sub_factory(PostFactory))]
    post_id: i64,
    #[factory(key, sub_factory(TagFactory))]
    tag_id: i64,
}

const SCHEMA: &str = "
    create table lv_regions (id integer primary key, name text not null unique);
    create table lv_users (id integer primary key, region_id integer not null references lv_regions);
    create table lv_posts (id integer primary key, author_id integer not null references lv_users);
    create table lv_tags (id integer primary key);
    create table lv_post_tags (post_id integer, tag_id integer, primary key (post_id, tag_id));
";

/// The tables that were written to, and how often one was looked into for given values, since the last time.
async fn said(db: &mut SqliteConnection) -> (Vec<String>, usize) {
    // What was said before this has been reported when this is answered.
    sqlx::raw_sql("select 1").execute(db).await.unwrap();
    let said = std::mem::take(&mut *SAID.lock().unwrap());
    let inserts = said.iter().filter_map(|text| text.split_once("insert into"));
    let tables = inserts.map(|(_, rest)| rest.split('"').nth(1).unwrap_or(rest).trim_matches('\\').to_owned());
    let lookups = said.iter().filter(|text| text.contains("cross join") && text.contains("lv_regions"));
    (tables.collect(), lookups.count())
}

/// One test, because all of them would be counted together.
#[tokio::test]
async fn as_many_as_there_are_levels() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tracing::subscriber::set_global_default(Statements).unwrap());
    let mut db = sqlite(SCHEMA).await;
    said(&mut db).await;

    // A parent that may be there already, for 1,000 rows: looked for once, and made once.
    let posts = Post::factory().tags(2).times(2);
    User::factory().posts(posts).create_batch(&mut db, 1_000).await.unwrap();
    let (inserts, lookups) = said(&mut db).await;
    assert_eq!(inserts, ["lv_regions", "lv_users", "lv_posts", "lv_tags", "lv_post_tags"]);
    assert_eq!(lookups, 1);

    // Now it is there.
    User::factory().create_batch(&mut db, 1_000).await.unwrap();
    assert_eq!(said(&mut db).await, (vec!["lv_users".to_owned()], 1));

    Post::factory().share::<UserFactory>().create_batch(&mut db, 500).await.unwrap();
    assert_eq!(said(&mut db).await, (vec!["lv_users".to_owned(), "lv_posts".to_owned()], 1));
}
