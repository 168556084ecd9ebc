//! What one call costs in SQLite: the statements that sqlx says it has run.

use manufactory::{Factory, Result};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::fmt::Debug;
use std::sync::{Mutex, Once};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", has_many(posts: PostFactory, by = author))]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts")]
#[factory(many_to_many(labels: LabelFactory, through = PostLabelFactory(post, label)))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

#[derive(Debug, Factory)]
#[factory(table = "comments")]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "tags", get_or_create(name))]
struct Tag {
    #[factory(key)]
    id: i64,
    #[factory(format("tag{n}"))]
    name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "labels")]
struct Label {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Factory)]
#[factory(table = "post_labels")]
struct PostLabel {
    #[factory(key, sub_factory(PostFactory))]
    post_id: i64,
    #[factory(key, sub_factory(LabelFactory))]
    label_id: i64,
}

const SCHEMA: &str = "
    create table users (id integer primary key);
    create table posts (id integer primary key, author_id integer not null);
    create table comments (id integer primary key, post_id integer not null, author_id integer not null);
    create table tags (id integer primary key, name text not null unique);
    create table labels (id integer primary key);
    create table post_labels (post_id integer not null, label_id integer not null, primary key (post_id, label_id));
";

/// What sqlx has run: the beginning of each statement, and the thread it was run on.
static SAID: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Hears of every statement.
struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Summary);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Notes the field of this name.
struct Summary;

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if let (Some(thread), "summary") = (std::thread::current().name(), field.name()) {
            SAID.lock().unwrap().push((thread.to_owned(), value.to_owned()));
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

/// A database of its own, whose statements are known by the name of its thread.
struct Counted {
    db: SqlitePool,
    thread: &'static str,
}

impl Counted {
    async fn new(thread: &'static str) -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| tracing::subscriber::set_global_default(Listener).unwrap());
        let options = SqliteConnectOptions::new().in_memory(true).thread_name(move |_| thread.to_owned());
        let db = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
        sqlx::raw_sql(SCHEMA).execute(&db).await.unwrap();
        let counted = Self { db, thread };
        counted.said().await;
        counted
    }

    /// What was run since the last time. A statement is told of when it is done with, so one more is run after it.
    async fn said(&self) -> Vec<String> {
        sqlx::query("values ('the end')").execute(&self.db).await.unwrap();
        let mut said = SAID.lock().unwrap();
        let (own, others) = said.drain(..).partition(|(thread, _)| thread == self.thread);
        *said = others;
        own.into_iter().map(|(_, text)| text).collect()
    }

    /// How many INSERTs and how many SELECTs a call takes.
    async fn cost<T>(&self, call: impl Future<Output = Result<T>>) -> (usize, usize) {
        self.said().await;
        call.await.unwrap();
        let said = self.said().await;
        let count =
            |starts: &[&str]| said.iter().filter(|text| starts.iter().any(|start| text.starts_with(start))).count();
        (count(&["insert "]), count(&["select ", "with "]))
    }
}

#[tokio::test]
async fn one_row_is_one_statement_and_so_is_each_parent_made_for_it() {
    let db = Counted::new("one row").await;
    assert_eq!(db.cost(User::factory().create(&db.db)).await, (1, 0));
    assert_eq!(db.cost(Post::factory().author_id(1).create(&db.db)).await, (1, 0));
    assert_eq!(db.cost(Comment::factory().create(&db.db)).await, (4, 0));
    assert_eq!(db.cost(Comment::factory().share_all().create(&db.db)).await, (3, 0));
}

#[tokio::test]
async fn a_batch_takes_an_insert_and_a_query_for_each_relation_and_reads_back_once() {
    let db = Counted::new("batch").await;
    for n in [2, 300] {
        assert_eq!(db.cost(User::factory().create_batch(&db.db, n)).await, (1, 1 + 1));
        assert_eq!(db.cost(Comment::factory().create_batch(&db.db, n)).await, (4, 4 + 1));
    }
    assert_eq!(db.cost(Comment::factory().create_batch(&db.db, 0)).await, (0, 0));
}

#[tokio::test]
async fn parents_that_are_shared_are_one_row_and_given_ones_none() {
    let db = Counted::new("sharing").await;
    let users = User::factory().create_batch(&db.db, 10).await.unwrap();
    let shared = Comment::factory().share::<UserFactory>().create_batch(&db.db, 100);
    assert_eq!(db.cost(shared).await, (1 + 2, 2 + 1));
    let recycled = Comment::factory().recycle_among(&users).create_batch(&db.db, 100);
    assert_eq!(db.cost(recycled).await, (2, 2 + 1));
}

#[tokio::test]
async fn children_of_all_rows_take_one_insert_and_one_query() {
    let db = Counted::new("children").await;
    assert_eq!(db.cost(User::factory().posts(1).create(&db.db)).await, (1 + 1, 0));
    assert_eq!(db.cost(User::factory().posts(3).create(&db.db)).await, (1 + 1, 1));
    assert_eq!(db.cost(User::factory().posts(3).times(100).create(&db.db)).await, (1 + 1, 2 + 1));
    let made = User::factory().posts(3).times(100).create_graph(&db.db);
    assert_eq!(db.cost(made).await, (1 + 1, 2 + 2), "a graph reads the children back, too");
}

#[tokio::test]
async fn links_take_an_insert_and_what_is_made_at_their_ends() {
    let db = Counted::new("links").await;
    let labels = Label::factory().create_batch(&db.db, 5).await.unwrap();
    let given = Post::factory().author_id(1).labels(&labels).times(10).create(&db.db);
    assert_eq!(db.cost(given).await, (1 + 1, 2 + 1));
    let made = Post::factory().author_id(1).labels(3).times(10).create(&db.db);
    assert_eq!(db.cost(made).await, (1 + 1 + 1, 3 + 2), "their ends are read back");
}

#[tokio::test]
async fn get_or_create_looks_once_for_a_whole_batch() {
    let db = Counted::new("get or create").await;
    assert_eq!(db.cost(Tag::factory().name("a").create(&db.db)).await, (1, 1));
    assert_eq!(db.cost(Tag::factory().name("a").create(&db.db)).await, (0, 1));
    assert_eq!(db.cost(Tag::factory().name("a").create_batch(&db.db, 100)).await, (0, 1));
    assert_eq!(db.cost(Tag::factory().create_batch(&db.db, 100)).await, (1, 1 + 1 + 1));
}
