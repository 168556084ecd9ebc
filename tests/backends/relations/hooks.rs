//! `after_create`: when it runs, what it sees, what it may do, and what happens if it fails.

use super::{Tables, both};
use manufactory::persist::Stores;
use manufactory::{AfterCreate, BoxError, Factory, Memory, Session, Stage, Store};
use sqlx::{Sqlite, SqliteConnection};
use std::sync::{Arc, Mutex};

/// What happened, in order.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn note(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "orgs", after_create, param(log: Log = default))]
struct Org {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "users", after_create, param(log: Log = default), param(drafts: usize = value(0)))]
#[factory(after_build(|user, log| log.note(format!("built {}", user.name))))]
#[factory(has_many(posts: PostFactory, by = author))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(OrgFactory, with = |org, log| org.log(log.clone())))]
    org_id: i64,
    #[factory(format("user{n}"))]
    name: String,
    #[factory(database)]
    rank: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "posts", after_create, param(log: Log = default))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(format("post {n}"))]
    title: String,
}

/// Each one makes another.
#[derive(Debug, Clone, Factory)]
#[factory(table = "orgs", after_create, name = EchoFactory)]
struct Echo {
    #[factory(key)]
    id: i64,
}

/// Says what to do in SQLite alone.
#[derive(Debug, Clone, Factory)]
#[factory(table = "orgs", after_create)]
struct Half {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "tags", after_create, get_or_create(name), param(log: Log = default))]
struct Tag {
    #[factory(key)]
    id: i64,
    name: String,
}

const SCHEMA: &str = "
    create table orgs (id integer primary key);
    create table users (id integer primary key, org_id integer not null, name text not null,
                        rank text not null default 'new');
    create table posts (id integer primary key, author_id integer not null, title text not null);
    create table tags (id integer primary key, name text not null unique);
";

fn memory() -> Memory {
    Memory::new().with_default("users", "rank", "new").unique("tags", &["name"])
}

/// The same hooks in both backends.
macro_rules! hooks {
    ($($backend:ty, $connection:ty;)*) => {$(
        impl AfterCreate<$backend> for OrgFactory {
            async fn after_create<'c>(self, org: &'c mut Org, _: $connection) -> Result<(), BoxError> {
                self.resolved_log().note(format!("org {}", org.id));
                Ok(())
            }
        }

        impl AfterCreate<$backend> for UserFactory {
            async fn after_create<'c>(self, user: &'c mut User, db: $connection) -> Result<(), BoxError> {
                self.resolved_log().note(format!("user {} {}", user.id, user.rank));
                if user.name == "bad" {
                    return Err("no such name".into());
                }
                for _ in 0..*self.resolved_drafts() {
                    Post::factory().author(&*user).log(self.resolved_log().clone()).create(&mut *db).await?;
                }
                user.name.push('!');
                Ok(())
            }
        }

        impl AfterCreate<$backend> for PostFactory {
            async fn after_create<'c>(self, post: &'c mut Post, _: $connection) -> Result<(), BoxError> {
                self.resolved_log().note(format!("{} by {}", post.title, post.author_id));
                Ok(())
            }
        }

        impl AfterCreate<$backend> for EchoFactory {
            async fn after_create<'c>(self, _: &'c mut Echo, db: $connection) -> Result<(), BoxError> {
                Echo::factory().create(&mut *db).await?;
                Ok(())
            }
        }

        impl AfterCreate<$backend> for TagFactory {
            async fn after_create<'c>(self, tag: &'c mut Tag, _: $connection) -> Result<(), BoxError> {
                self.resolved_log().note(tag.name.clone());
                Ok(())
            }
        }
    )*};
}
hooks! {
    Sqlite, &'c mut SqliteConnection;
    Stores, &'c mut (dyn Store + 'c);
}

impl AfterCreate<Sqlite> for HalfFactory {
    async fn after_create<'c>(self, _: &'c mut Half, _: &'c mut SqliteConnection) -> Result<(), BoxError> {
        Ok(())
    }
}

both! {
    async fn parents_row_hook_children_and_their_hooks(db) {
        let _session = Session::seeded(1).enter();
        let log = Log::default();
        let posts = Post::factory().log(log.clone()).times(2);
        let user = User::factory().log(log.clone()).name("Ada").posts(posts).create(&mut db).await.unwrap();
        let happened = ["org 1", "built Ada", "user 1 new", "post 0 by 1", "post 1 by 1"];
        assert_eq!(log.take(), happened);
        assert_eq!((&*user.name, &*user.rank), ("Ada!", "new"), "what the hook leaves is given back");
        let users = User::factory().log(log.clone()).times(2).each(|i, user| user.name(format!("u{i}")));
        users.create(&mut db).await.unwrap();
        assert_eq!(log.take(), ["org 2", "org 3", "built u0", "built u1", "user 2 new", "user 3 new"]);
        User::factory().log(log.clone()).build();
        assert_eq!(log.take(), ["built user3"], "nothing is created");
    }

    async fn it_may_make_more(db) {
        let log = Log::default();
        let posts = Post::factory().log(log.clone());
        let user = User::factory().log(log.clone()).drafts(2).posts(posts).create(&mut db).await.unwrap();
        assert_eq!(db.rows_in("posts").await, 3);
        let log = log.take();
        assert_eq!(log.len(), 6);
        assert!(log[3..].iter().all(|line| line.ends_with(&format!("by {}", user.id))), "{log:?}");
    }

    async fn what_it_fails_with_undoes_all(db) {
        let rows = User::factory().drafts(1).times(3).each(|i, user| if i == 2 { user.name("bad") } else { user });
        let error = rows.create(&mut db).await.unwrap_err();
        assert_eq!((error.stage(), error.factory(), error.row()), (Stage::AfterCreate, "User", Some((2, 3))));
        let text = format!("{error:?}");
        assert!(text.starts_with("`after_create` failed for User") && text.contains("no such name"), "{text}");
        for table in ["orgs", "users", "posts"] {
            assert_eq!(db.rows_in(table).await, 0, "{table}");
        }
        // Deep down, too.
        let error = Post::factory().author_with(|author| author.name("bad")).create(&mut db).await.unwrap_err();
        assert_eq!(error.path().collect::<Vec<_>>(), ["Post", "author"]);
        assert_eq!((db.rows_in("users").await, db.rows_in("posts").await), (0, 0));
    }

    async fn hooks_without_end_are_an_error_in_words(db) {
        let error = Echo::factory().create(&mut db).await.unwrap_err();
        assert!(format!("{error:?}").contains("hooks make rows whose hooks make rows, without end"), "{error:?}");
        assert_eq!(db.rows_in("orgs").await, 0);
        // The guard is gone with the call.
        Org::factory().create(&mut db).await.unwrap();
    }

    async fn none_runs_for_a_row_that_was_there(db) {
        let log = Log::default();
        let tag = || Tag::factory().log(log.clone()).name("a");
        tag().create(&mut db).await.unwrap();
        assert_eq!(log.take(), ["a"]);
        tag().times(3).each(|i, tag| if i == 1 { tag.name("b") } else { tag }).create(&mut db).await.unwrap();
        assert_eq!(log.take(), ["b"]);
    }

    async fn the_model_in_a_graph_is_the_one_that_the_hook_leaves(db) {
        let made = Post::factory().author_with(|author| author.name("Ada")).create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<User>()[0].name, "Ada!");
    }
}

#[tokio::test]
async fn a_missing_hook_is_named() {
    let mut db = memory();
    let error = Half::factory().create(&mut db).await.unwrap_err();
    let text = format!("{error:?}");
    assert!(text.contains("write `impl AfterCreate<Stores> for HalfFactory`"), "{text}");
    assert_eq!(db.count("orgs"), 0);
    Half::factory().create(&mut super::sqlite(SCHEMA).await).await.unwrap();
}

#[tokio::test]
async fn it_sees_what_a_trigger_does() {
    let mut db = super::sqlite(SCHEMA).await;
    let trigger =
        "create trigger ranks after insert on users begin update users set rank = 'first' where id = new.id; end";
    sqlx::raw_sql(trigger).execute(&mut db).await.unwrap();
    let log = Log::default();
    User::factory().log(log.clone()).create(&mut db).await.unwrap();
    assert_eq!(log.take()[2], "user 1 first");
}

#[test]
fn the_session_of_the_call_is_that_of_the_hook_on_any_thread() {
    let (log, mut db) = (Log::default(), memory());
    let entered = Session::seeded(1).enter();
    let future = User::factory().log(log.clone()).drafts(2).create(&mut db);
    drop(entered);
    std::thread::scope(|scope| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        scope.spawn(move || runtime.block_on(future).unwrap());
    });
    assert_eq!(log.take()[3..], ["post 0 by 1", "post 1 by 1"], "numbers of that session");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_runs_in_a_spawned_task() {
    let pool = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(SCHEMA).execute(&pool).await.unwrap();
    let tasks = (0..4).map(|_| {
        let pool = pool.clone();
        tokio::spawn(async move {
            let log = Log::default();
            User::factory().log(log.clone()).drafts(3).create(&pool).await.unwrap();
            log.take().len()
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        assert_eq!(task.await.unwrap(), 3 + 3);
    }
}
