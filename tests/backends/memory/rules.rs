//! The store in memory: keys, defaults, what is unique, and that a failed call leaves nothing behind.
#![allow(dead_code, reason = "some fields are only ever stored")]

use manufactory::persist::memory::Duplicate;
use manufactory::{Batch, BoxError, Error, Factory, Memory, Store, Value, async_trait};
use std::error::Error as _;

#[derive(Debug, Clone, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    username: String,
    #[factory(value(None))]
    email: Option<String>,
}

#[derive(Debug, Clone, Factory)]
#[factory(on(sqlite), table = "posts")]
struct Post {
    #[factory(key)]
    id: u32,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "members")]
struct Member {
    #[factory(key, value(1))]
    tenant: i32,
    #[factory(key, sequence)]
    number: i32,
}

fn duplicate(error: &Error) -> &Duplicate {
    error.source().unwrap().downcast_ref().unwrap()
}

fn keys(db: &Memory, table: &str, key: &str) -> Vec<Option<Value>> {
    db.rows(table).iter().map(|row| row.get(key).cloned()).collect()
}

fn ints(keys: &[i64]) -> Vec<Option<Value>> {
    keys.iter().map(|key| Some(Value::Int(*key))).collect()
}

#[tokio::test]
async fn open_keys_count_above_the_largest_one_given() {
    let mut db = Memory::new();
    User::factory().create_batch(&mut db, 2).await.unwrap();
    User::factory().id(10).create(&mut db).await.unwrap();
    // Above those in the same batch as well, whatever their order.
    let mixed = [User::factory(), User::factory().id(11), User::factory().id(-1)];
    manufactory::create_all(&mut db, mixed).await.unwrap();
    assert_eq!(keys(&db, "users", "id"), ints(&[1, 2, 10, 12, 11, -1]));
}

#[tokio::test]
async fn every_table_counts_for_itself_and_relations_hold() {
    let mut db = Memory::new();
    User::factory().create(&mut db).await.unwrap();
    let posts = Post::factory().create_batch(&mut db, 2).await.unwrap();
    assert_eq!(posts.iter().map(|post| (post.id, post.author_id)).collect::<Vec<_>>(), [(1, 2), (2, 3)]);
    assert_eq!((db.count("users"), db.count("posts"), db.count("nothing")), (3, 2, 0));
    assert_eq!(keys(&db, "posts", "author_id"), ints(&[2, 3]));
}

#[tokio::test]
async fn keys_are_unique() {
    let mut db = Memory::new();
    User::factory().id(1).create(&mut db).await.unwrap();
    let error = User::factory().id(1).username("bob").create(&mut db).await.unwrap_err();
    assert_eq!(error.to_string(), r#"cannot insert User, row 0 of 1 with id = 1, username = "bob", email = NULL"#);
    assert_eq!(error.source().unwrap().to_string(), "row 0 of `users` has the same `id`");
    assert_eq!(
        (duplicate(&error).table(), duplicate(&error).columns(), duplicate(&error).row()),
        ("users", &["id"][..], 0)
    );
}

#[tokio::test]
async fn composite_keys_are_given_by_the_rows() {
    let mut db = Memory::new();
    let members = Member::factory().create_batch(&mut db, 2).await.unwrap();
    let again = Member::factory().number(members[1].number);
    Member::factory().number(members[1].number).tenant(2).create(&mut db).await.unwrap();
    let error = again.create(&mut db).await.unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "row 1 of `members` has the same `tenant`, `number`");
    assert_eq!(db.count("members"), 3);
}

#[tokio::test]
async fn unique_columns() {
    let mut db = Memory::new().unique("users", &["username", "email"]).unique("users", &["email"]);
    let alice = || User::factory().username("alice");
    alice().create_batch(&mut db, 2).await.expect("NULL is like nothing");
    alice().email("a@x").create(&mut db).await.unwrap();
    let error = User::factory().email("a@x").create(&mut db).await.unwrap_err();
    assert_eq!((duplicate(&error).columns(), duplicate(&error).row()), (&["email"][..], 2));

    let error = User::factory().email("b@x").create_batch(&mut db, 3).await.unwrap_err();
    assert_eq!((error.row(), duplicate(&error).row()), (Some((1, 3)), 3));

    // Said later, it holds for the rows that are there.
    let mut db = db.unique("users", &["username"]);
    alice().create(&mut db).await.unwrap_err();
}

#[tokio::test]
async fn a_failed_call_leaves_nothing_behind() {
    let mut db = Memory::new().unique("posts", &["author_id"]);
    let user = User::factory().create(&mut db).await.unwrap();
    Post::factory().author(&user).create(&mut db).await.unwrap();

    let twice = Post::factory().times(3).each(|i, post| if i == 2 { post.author(&user) } else { post });
    twice.create(&mut db).await.unwrap_err();
    assert_eq!((db.count("users"), db.count("posts")), (1, 1));

    // Nor in the indexes, nor a gap in the keys.
    let post = Post::factory().create(&mut db).await.unwrap();
    assert_eq!((post.id, post.author_id), (2, 2));
}

/// Waits for ever after its first batch.
struct Stuck(Memory);

#[async_trait]
impl Store for Stuck {
    async fn begin(&mut self) -> Result<(), BoxError> {
        self.0.begin().await
    }

    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        self.0.insert(batch).await?;
        std::future::pending().await
    }

    fn abandon(&mut self) {
        self.0.abandon();
    }
}

#[tokio::test]
async fn a_call_that_was_dropped_is_undone() {
    let mut stuck = Stuck(Memory::new());
    tokio::select! {
        biased;
        _ = User::factory().create(&mut stuck) => unreachable!(),
        () = std::future::ready(()) => {}
    }
    let mut db = stuck.0;
    assert_eq!(db.count("users"), 0);
    assert_eq!(User::factory().create(&mut db).await.unwrap().id, 1);
}

#[tokio::test]
async fn transactions_nest() {
    let mut db = Memory::new();
    User::factory().create(&mut db).await.unwrap();
    db.begin().await.unwrap();
    User::factory().create(&mut db).await.unwrap();
    User::factory().id(1).create(&mut db).await.unwrap_err();
    Post::factory().create(&mut db).await.unwrap();
    assert_eq!((db.count("users"), db.count("posts")), (3, 1));
    db.rollback().await.unwrap();
    assert_eq!((db.count("users"), db.count("posts")), (1, 0));
    db.rollback().await.unwrap();
    assert_eq!(db.count("users"), 1);
}

#[derive(Debug, Clone, Factory)]
struct Page {
    #[factory(key)]
    slug: String,
    title: String,
    #[factory(database)]
    shout: String,
    #[factory(database)]
    views: i32,
}

#[tokio::test]
async fn defaults_stand_where_a_row_leaves_a_column_open() {
    let title = |row: &manufactory::persist::Values| row.get("title").unwrap().to_string().to_uppercase();
    let mut count = 0;
    let mut db = Memory::new()
        .generated("Page", "shout", title)
        .with_default("Page", "slug", move || {
            count += 1;
            format!("page-{count}")
        })
        .with_default("Page", "not_in_the_model", 7);
    let pages = Page::factory().title("hi").create_batch(&mut db, 2).await.unwrap();
    assert_eq!((pages[0].shout.as_str(), pages[1].slug.as_str()), ("\"HI\"", "page-2"));
    let page = Page::factory().title("ho").shout("no").slug("mine").views(3).create(&mut db).await.unwrap();
    assert_eq!((page.shout.as_str(), page.slug.as_str(), page.views), ("no", "mine", 3));
    let row: Vec<_> = db.rows("Page")[2].iter().map(|(column, value)| format!("{column} = {value}")).collect();
    assert_eq!(row, [r#"slug = "mine""#, r#"title = "ho""#, r#"shout = "no""#, "views = 3", "not_in_the_model = 7"]);
    // What the table holds is what the model holds, also where `build` made it.
    assert_eq!(db.rows("Page")[0].get("views"), Some(&pages[0].views.into()));
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct UserId(u64);

impl manufactory::Auto for UserId {
    fn auto(attribute: &manufactory::Attribute<'_>) -> Self {
        Self(attribute.n())
    }
}

#[derive(Debug, Clone, Factory)]
struct Account {
    #[factory(key)]
    id: UserId,
    #[factory(key)]
    code: String,
}

#[derive(Debug, Clone, Factory)]
struct Typed {
    #[factory(key)]
    id: UserId,
}

#[derive(Debug, Clone, Factory)]
struct Loose {
    #[factory(key)]
    id: Option<i64>,
}

#[tokio::test]
async fn keys_that_are_no_integers_are_what_build_gives() {
    let mut db = Memory::new();
    let made = Typed::factory().create_batch(&mut db, 2).await.unwrap();
    assert_ne!(made[0].id, made[1].id);
    assert!(matches!(db.rows("Typed")[0].get("id"), Some(Value::Opaque(_))));

    Account::factory().create_batch(&mut db, 2).await.unwrap();
    let loose = Loose::factory().create_batch(&mut db, 2).await.unwrap();
    assert_eq!(loose[1].id, Some(2));
}
