//! What a lint run finds, and that it leaves nothing behind, in memory and in a database.

use manufactory::lint::Faults;
use manufactory::persist::Stores;
use manufactory::{AfterCreate, Batch, BoxError, Error, Factory, Memory, Store, async_trait, lint};
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{AssertSqlSafe, Connection, Sqlite, SqliteConnection, SqlitePool};
use std::pin::pin;
use std::task::Poll;

const SCHEMA: &str = "
    create table users (id integer primary key, name text not null unique);
    create table posts (id integer primary key, author_id integer not null references users, reviewer_id integer);
    create table tags (id integer primary key, name text not null unique);
    create table notes (id integer primary key, author_id integer not null);
";

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", preset(root: name = value("root")), preset(long: name = value("a long name")))]
pub(crate) struct User {
    #[factory(key)]
    id: i64,
    name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts", preset(reviewed: reviewer = sub_factory(UserFactory)))]
pub(crate) struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    reviewer_id: Option<i64>,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "tags", get_or_create(name))]
pub(crate) struct Tag {
    #[factory(key)]
    id: i64,
    #[factory(value("red"))]
    name: String,
}

/// A table that nobody has.
#[derive(Debug, Clone, Factory)]
#[factory(table = "nowhere", preset(panics: name = lazy(|| panic!("no such name"))))]
struct Nowhere {
    #[factory(key, value(i64::MAX))]
    id: i64,
    #[factory(value("x"))]
    name: String,
}

fn memory() -> Memory {
    Memory::new().unique("users", &["name"]).unique("tags", &["name"])
}

pub(crate) async fn sqlite() -> SqliteConnection {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(SCHEMA).execute(&mut connection).await.unwrap();
    connection
}

async fn rows(db: &mut SqliteConnection) -> i64 {
    let sql = ["users", "posts", "tags", "notes"].map(|table| format!("(select count(*) from {table})")).join(" + ");
    sqlx::query_scalar(AssertSqlSafe(format!("select {sql}"))).fetch_one(db).await.unwrap()
}

/// The first line of each fault.
fn faults(error: &Error) -> Vec<String> {
    let faults = std::error::Error::source(error).unwrap().downcast_ref::<Faults>().unwrap();
    faults.iter().map(|fault| fault.to_string().lines().next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn good_factories_leave_nothing() {
    let text = "3 factories and 3 presets: all of them can be built and created";
    let mut db = memory();
    let report = lint(&mut db).factory::<UserFactory>().factory::<PostFactory>().factory::<TagFactory>().run().await;
    assert_eq!(report.unwrap().to_string(), text);
    assert_eq!((db.count("users"), db.count("posts"), db.count("tags")), (0, 0, 0));
    let mut db = sqlite().await;
    let report = lint(&mut db).factory::<UserFactory>().factory::<PostFactory>().factory::<TagFactory>().run().await;
    let report = report.unwrap();
    assert_eq!((report.to_string().as_str(), report.factories(), report.presets()), (text, 3, 3));
    assert_eq!(rows(&mut db).await, 0);
    User::factory().root().create(&mut db).await.unwrap();
    assert_eq!(lint(&mut db).run().await.unwrap().to_string(), "0 factories: all of them can be built and created");
}

#[tokio::test]
async fn all_faults_are_told_at_once() {
    let mut db = sqlite().await;
    User::factory().root().create(&mut db).await.unwrap();
    let run = lint(&mut db).factory::<UserFactory>().factory::<NowhereFactory>().factory::<PostFactory>().run();
    let error = run.await.unwrap_err();
    let text = r#"
lint: 3 faults in 2 of 3 factories

UserFactory with `root`: cannot insert User, row 0 of 1 with name = "root"
  because: error returned from database: (code: 2067) UNIQUE constraint failed: users.name

NowhereFactory: cannot insert Nowhere
  because: error returned from database: (code: 1) no such table: nowhere

NowhereFactory with `panics`: cannot be built
  because: no such name"#;
    assert_eq!(error.to_string(), text.trim());
    assert_eq!(format!("{error:?}"), error.to_string());
    assert_eq!(error.stage(), manufactory::Stage::Lint);
    assert_eq!(rows(&mut db).await, 1);

    let faults = std::error::Error::source(&error).unwrap().downcast_ref::<Faults>().unwrap();
    let first = faults.iter().next().unwrap();
    assert_eq!((first.factory(), first.preset()), ("UserFactory", Some("root")));
    assert_eq!(first.error().unwrap().row(), Some((0, 1)));
    assert!(faults.iter().last().unwrap().error().is_none());
}

#[tokio::test]
async fn an_open_transaction_is_left_as_it_was() {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(SCHEMA).execute(&pool).await.unwrap();
    let mut outer = pool.begin().await.unwrap();
    User::factory().root().create(&mut outer).await.unwrap();
    let error = lint(&mut outer).factory::<UserFactory>().factory::<PostFactory>().run().await.unwrap_err();
    assert_eq!(faults(&error), [r#"UserFactory with `root`: cannot insert User, row 0 of 1 with name = "root""#]);
    lint(&mut outer).factory::<PostFactory>().run().await.unwrap();
    assert_eq!(rows(&mut outer).await, 1);
    outer.commit().await.unwrap();
    assert_eq!(rows(&mut pool.acquire().await.unwrap()).await, 1);

    let mut connection = pool.acquire().await.unwrap();
    sqlx::raw_sql("begin").execute(&mut *connection).await.unwrap();
    lint(&mut connection).factory::<PostFactory>().run().await.unwrap();
    assert_eq!(rows(&mut connection).await, 1);
    sqlx::raw_sql("commit").execute(&mut *connection).await.unwrap();

    let mut db = memory();
    db.begin().await.unwrap();
    User::factory().root().create(&mut db).await.unwrap();
    lint(&mut db).factory::<PostFactory>().run().await.unwrap();
    assert_eq!((db.count("users"), db.count("posts")), (1, 0));
    db.rollback().await.unwrap();
    assert_eq!(db.count("users"), 0);
}

#[tokio::test]
async fn a_pool_is_taken_in_a_task_of_its_own() {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(SCHEMA).execute(&pool).await.unwrap();
    let task = |pool: SqlitePool| async move { lint(&pool).factory::<PostFactory>().run().await };
    assert_eq!(tokio::spawn(task(pool.clone())).await.unwrap().unwrap().factories(), 1);
    assert_eq!(rows(&mut pool.acquire().await.unwrap()).await, 0);
    pool.close().await;
    let error = lint(&pool).factory::<PostFactory>().run().await.unwrap_err();
    assert_eq!(error.to_string(), "cannot get a connection for lint");
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", name = GroupFactory, has_many(posts: ArticleFactory = 2, by = author))]
#[factory(model = User, preset(crowded: posts = 5))]
pub(crate) struct Group {
    #[factory(key)]
    id: i64,
    name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts", name = ArticleFactory, model = Post)]
pub(crate) struct Article {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory))]
    reviewer_id: Option<i64>,
}

/// A row whose hook makes others.
#[derive(Debug, Clone, Factory)]
#[factory(table = "notes", after_create)]
pub(crate) struct Note {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

impl AfterCreate<Sqlite> for NoteFactory {
    async fn after_create(self, _: &mut Note, db: &mut SqliteConnection) -> Result<(), BoxError> {
        Post::factory().create_batch(db, 2).await?;
        Ok(())
    }
}

impl AfterCreate<Stores> for NoteFactory {
    async fn after_create(self, _: &mut Note, db: &mut (dyn Store + '_)) -> Result<(), BoxError> {
        let mut db = db;
        Post::factory().create_batch(&mut db, 2).await?;
        Ok(())
    }
}

/// A row that needs one with children and a hook of its own.
#[derive(Debug, Clone, Factory)]
#[factory(table = "posts", param(note = sub_factory(NoteFactory)))]
struct Memo {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(GroupFactory))]
    author_id: i64,
    #[factory(lazy(|note| Some(note.id)))]
    reviewer_id: Option<i64>,
}

#[tokio::test]
async fn rows_that_are_not_needed_are_told() {
    let mut db = sqlite().await;
    let run = lint(&mut db).factory::<GroupFactory>().factory::<NoteFactory>().factory::<PostFactory>().run();
    let text = "\
lint: 2 faults in 2 of 3 factories

GroupFactory: makes 4 rows that it could do without
  2 Post (posts): children by default; ask for them where they are wanted
  2 User (posts -> reviewer)

NoteFactory: makes 4 rows that it could do without
  2 Post, made by a hook: make them where they are wanted
  2 User, made by a hook: make them where they are wanted";
    assert_eq!(run.await.unwrap_err().to_string(), text);
    let mut memory = memory();
    let run = lint(&mut memory).factory::<GroupFactory>().factory::<NoteFactory>().factory::<PostFactory>().run();
    assert_eq!(run.await.unwrap_err().to_string(), text);

    // What parents make of their own accord is their matter.
    lint(&mut db).factory::<MemoFactory>().run().await.unwrap();
    let run = lint(&mut db).generous::<GroupFactory>().generous::<NoteFactory>().run();
    run.await.unwrap();
    assert_eq!((rows(&mut db).await, memory.count("users"), memory.count("notes")), (0, 0, 0));
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "shelves")]
struct Shelf {
    #[factory(key)]
    id: i64,
    #[factory(skip, list(UserFactory, 2))]
    users: Vec<User>,
}

#[tokio::test]
async fn rows_of_a_list_are_told() {
    let error = lint(&mut memory()).factory::<ShelfFactory>().run().await.unwrap_err();
    let told = "2 User (users): the list may be empty; ask for them where they are wanted";
    assert!(error.to_string().ends_with(told), "{error}");
}

/// A row whose insert panics, inside the look whether it is there already.
fn panicking() -> Memory {
    memory().generated("tags", "name2", |row| match row.get("name") {
        Some(name) if *name == "red".into() => panic!("no red"),
        _ => 0,
    })
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "tags", get_or_create(name))]
#[factory(preset(blue: name = value("blue")))]
struct Colour {
    #[factory(key)]
    id: i64,
    #[factory(value("red"))]
    name: String,
    #[factory(database)]
    name2: i64,
}

#[tokio::test]
async fn a_panic_is_a_fault_and_spoils_nothing() {
    let mut db = panicking();
    let run = lint(&mut db).factory::<ColourFactory>().factory::<UserFactory>().run();
    let error = run.await.unwrap_err();
    let text = "lint: 1 fault in 1 of 2 factories\n\nColourFactory: panics when it is created\n  because: no red";
    assert_eq!(error.to_string(), text);
    assert_eq!((db.count("tags"), db.count("users")), (0, 0));
    // No transaction is left open: what is created now is not taken back with one.
    User::factory().create(&mut db).await.unwrap();
    db.rollback().await.unwrap();
    assert_eq!(db.count("users"), 1);
}

#[tokio::test]
async fn where_the_transaction_is_gone_the_rest_is_not_checked() {
    let mut db = sqlite().await;
    let trigger = "create trigger t before insert on tags begin select raise(rollback, 'gone'); end";
    sqlx::raw_sql(trigger).execute(&mut db).await.unwrap();
    let run = lint(&mut db).factory::<UserFactory>().factory::<TagFactory>();
    let error = run.factory::<PostFactory>().factory::<NoteFactory>().run().await.unwrap_err();
    let told = faults(&error);
    assert_eq!(told.len(), 2, "{error}");
    assert!(told[0].starts_with("TagFactory: cannot"), "{error}");
    assert_eq!(told[1], "TagFactory: what it does cannot be taken back");
    assert!(error.to_string().ends_with("\n\nnot checked: PostFactory, NoteFactory"), "{error}");
    assert_eq!(rows(&mut db).await, 0);
    sqlx::raw_sql("drop trigger t").execute(&mut db).await.unwrap();
    lint(&mut db).factory::<TagFactory>().run().await.unwrap();
}

/// A store that takes nothing back, and one that cannot.
struct Keeping {
    users: usize,
    refuses: bool,
}

#[async_trait]
impl Store for Keeping {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        self.users += batch.models::<User>().map_or(0, |users| users.len());
        Ok(())
    }

    async fn rollback(&mut self) -> Result<(), BoxError> {
        if self.refuses { Err("it is too late".into()) } else { Ok(()) }
    }
}

#[tokio::test]
async fn a_store_that_cannot_roll_back_keeps_the_rows() {
    let mut db = Keeping { users: 0, refuses: false };
    lint(&mut db).factory::<UserFactory>().run().await.unwrap();
    assert_eq!(db.users, 3);
    let mut db = Keeping { users: 0, refuses: true };
    let error = lint(&mut db).factory::<UserFactory>().factory::<PostFactory>().run().await.unwrap_err();
    assert!(error.to_string().contains("cannot be taken back\n  because: it is too late"), "{error}");
    assert_eq!(db.users, 1);
    let error = lint(&mut db).run().await.unwrap_err();
    assert_eq!(format!("{error:?}"), "cannot roll back lint\n  because: it is too late");
}

#[tokio::test]
async fn a_run_that_is_dropped_leaves_nothing() {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(SCHEMA).execute(&pool).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    for begun in [false, true] {
        if begun {
            sqlx::raw_sql("begin").execute(&mut *connection).await.unwrap();
        }
        User::factory().name(format!("kept {begun}")).create(&mut connection).await.unwrap();
        for polls in 1.. {
            let mut run = pin!(lint(&mut connection).factory::<PostFactory>().factory::<TagFactory>().run());
            let mut polled = 0;
            let is_done = std::future::poll_fn(|cx| {
                polled += 1;
                match run.as_mut().poll(cx) {
                    Poll::Ready(done) => Poll::Ready(done.is_ok()),
                    Poll::Pending if polled == polls => Poll::Ready(false),
                    Poll::Pending => Poll::Pending,
                }
            });
            if is_done.await {
                break;
            }
        }
        assert_eq!(rows(&mut connection).await, 1 + i64::from(begun));
    }
    sqlx::raw_sql("commit").execute(&mut *connection).await.unwrap();
    assert_eq!(rows(&mut connection).await, 2);
}
