//! Coming from another library: what factories are asked for.

use manufactory::persist::Stores;
use manufactory::seed::{Plan, Terminal, main_with};
use manufactory::{
    AfterCreate, Batch, BoxError, Factory, Memory, Session, Store, async_trait, create_all, lint, profile,
};
use serde::Deserialize;
use serde_json::json;

#[derive(Debug, Clone, PartialEq, Factory)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    name: String,
    #[factory(choice(["en", "fr", "ko", "de", "it"]))]
    language: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    title: String,
}

#[test]
fn in_memory() {
    let post = Post::factory().build();
    assert!(post.id > 0 && post.author_id > 0);
}

#[tokio::test]
async fn in_a_database() {
    let mut db = Memory::new().unique("Post", &["title"]);
    Post::factory().title("a").create(&mut db).await.unwrap();
    assert!(Post::factory().title("a").create(&mut db).await.is_err());
    assert_eq!((db.count("User"), db.count("Post")), (1, 1), "all or nothing");
}

#[tokio::test]
async fn which_database() {
    let (mut here, mut there) = (Memory::new(), Memory::new());
    User::factory().create(&mut here).await.unwrap();
    User::factory().create_batch(&mut there, 2).await.unwrap();
    assert_eq!((here.count("User"), there.count("User")), (1, 2));
}

#[test]
fn overrides() {
    assert_eq!(User::factory().name("Ada").name("Bea").build().name, "Bea");
}

#[tokio::test]
async fn batches() {
    let mut db = Memory::new();
    assert_eq!(User::factory().build_batch(10).len(), 10);
    assert_eq!(User::factory().create_batch(&mut db, 10).await.unwrap()[9].id, 10);
}

#[tokio::test]
async fn rows_that_differ() {
    let mut db = Memory::new();
    let posts = Post::factory().times(3).each(|i, post| post.title(format!("part {i}")));
    assert_eq!(posts.create(&mut db).await.unwrap()[2].title, "part 2");
    let users = create_all(&mut db, [User::factory().name("Ada"), User::factory().id(70)]).await.unwrap();
    assert_eq!((users[0].name.as_str(), users[1].id), ("Ada", 70));
}

#[test]
fn request_bodies() {
    #[derive(Deserialize)]
    struct CreatePost {
        title: String,
    }
    let body = Post::factory().title("Hi").author_id(7).attributes().unwrap();
    assert_eq!(json!(body), json!({ "title": "Hi", "author_id": 7 }));
    let body: CreatePost = Post::factory().title("Hi").attributes_as().unwrap();
    assert_eq!(body.title, "Hi");
}

#[tokio::test]
async fn the_rest_of_what_was_made() {
    let made = Post::factory().times(2).create_graph(&mut Memory::new()).await.unwrap();
    assert_eq!((made.roots().len(), made.all::<User>().len()), (2, 2));
}

#[tokio::test]
async fn saving_in_another_way() {
    struct SignUp(Vec<String>);

    #[async_trait]
    impl Store for SignUp {
        async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
            let users = batch.models::<User>().ok_or("only users sign up")?;
            self.0.extend(users.iter().map(|user| user.name.clone()));
            Ok(())
        }
    }

    let mut service = SignUp(Vec::new());
    User::factory().name("Ada").create(&mut service).await.unwrap();
    assert_eq!(service.0, ["Ada"]);
}

#[test]
fn hooks_before_the_insert() {
    #[derive(Factory)]
    #[factory(param(password: String = value("secret")))]
    #[factory(after_build(|account, password| account.hash = format!("hash of {password}")))]
    struct Account {
        hash: String,
    }
    assert_eq!(Account::factory().password("123").build().hash, "hash of 123");
}

#[derive(Debug, Clone, Factory)]
#[factory(after_create, param(drafts: usize = value(2)))]
struct Writer {
    #[factory(key)]
    id: i64,
}

impl AfterCreate<Stores> for WriterFactory {
    async fn after_create(self, writer: &mut Writer, mut db: &mut dyn Store) -> Result<(), BoxError> {
        Post::factory().author_id(writer.id).create_batch(&mut db, *self.resolved_drafts()).await?;
        Ok(())
    }
}

#[tokio::test]
async fn hooks_after_the_insert() {
    let mut db = Memory::new();
    Writer::factory().drafts(3).create(&mut db).await.unwrap();
    assert_eq!((db.count("Writer"), db.count("Post")), (1, 3));
}

#[test]
fn seeds() {
    let users = |seed| {
        let _session = Session::seeded(seed).enter();
        User::factory().build_batch(20)
    };
    assert_eq!(users(42), users(42));
    assert_ne!(users(42), users(43));
}

#[test]
fn numbers_from_the_start() {
    for _ in 0..2 {
        let _session = Session::seeded(1).enter();
        assert_eq!(User::factory().build().name, "user0");
    }
}

#[tokio::test]
async fn checked_factories() {
    let mut db = Memory::new();
    lint(&mut db).factory::<UserFactory>().factory::<PostFactory>().run().await.unwrap();
    assert_eq!((db.count("User"), db.count("Post")), (0, 0));
}

#[tokio::test]
async fn what_factories_cost() {
    if std::env::var_os("FACTORY_PROFILE").is_none() {
        // The variable is read once in a process: this test once more, in one of its own.
        let mut again = std::process::Command::new(std::env::current_exe().unwrap());
        again.args(["--exact", "calls::what_factories_cost"]).env("FACTORY_PROFILE", "1");
        assert!(again.output().unwrap().status.success());
        return;
    }
    Post::factory().create_batch(&mut Memory::new(), 3).await.unwrap();
    let table = profile::table();
    assert!(table.contains("PostFactory") && table.contains("UserFactory"), "{table}");
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "members")]
struct Member {
    #[factory(key)]
    id: i64,
}

#[test]
fn seeders() {
    let mut plan = Plan::new();
    let schema = "create table if not exists members (id integer primary key)";
    plan.before(move |mut db| Box::pin(async move { db.execute(schema).await }));
    plan.step("members", 20, |_| Member::factory());
    let file = std::env::temp_dir().join(format!("manufactory-readme-{}.db", std::process::id()));
    let url = format!("sqlite:{}", file.display());
    let seed = || {
        let (mut out, mut err, mut nothing) = (Vec::new(), Vec::new(), std::io::empty());
        let mut terminal = Terminal::new(&mut out, &mut err, &mut nothing);
        let code = main_with(&plan, ["seed", "--database-url", &url], &mut terminal);
        (code, String::from_utf8(out).unwrap())
    };
    let (first, second) = (seed(), seed());
    let _ = std::fs::remove_file(file);
    assert!(first.0 == 0 && first.1.contains("\n20 rows in "), "{first:?}");
    assert!(second.0 == 0 && second.1.contains("\n0 rows in "), "{second:?}");
}
