//! `model = path`: the struct defines how a model is made that lives elsewhere.

use manufactory::conformance::{self, Author, BookFactory};
use manufactory::{Factory, Memory, Session};
use std::ops::Range;

mod app {
    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct User {
        pub(super) id: i64,
        pub(super) name: String,
        pub(super) role: String,
    }

    #[derive(Debug, Clone)]
    pub(super) struct Post {
        pub(super) author_id: i64,
        pub(super) author_name: String,
    }

    #[derive(Debug)]
    pub(super) struct Page<T, const N: usize> {
        pub(super) body: [T; N],
    }

    pub(super) struct Account {
        email: String,
    }

    impl Account {
        pub(super) fn new(email: String) -> Self {
            Self { email }
        }

        pub(super) fn email(&self) -> &str {
            &self.email
        }
    }
}

#[derive(Factory)]
#[factory(model = app::User, table = "users")]
struct UserDefinition {
    #[factory(key)]
    id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    name: String,
    #[factory(value("member"))]
    role: String,
}

/// Another factory for the same model, with other fields first.
#[derive(Factory)]
#[factory(model = app::User, name = AdminFactory, table = "users")]
#[factory(after_build(|user| user.name.make_ascii_uppercase()))]
struct Admin {
    #[factory(value("admin"))]
    role: String,
    #[factory(key)]
    id: i64,
    #[factory(fake(fake::faker::name::en::Name()))]
    name: String,
}

#[derive(Factory)]
#[factory(model = app::Post, table = "posts", param(author = sub_factory(UserFactory)))]
struct PostDefinition {
    #[factory(lazy(|author| author.id))]
    author_id: i64,
    #[factory(lazy(|author| author.name.clone()))]
    author_name: String,
}

#[test]
fn the_factory_is_called_after_the_model() {
    let _session = Session::seeded(1).enter();
    let user: app::User = UserFactory::new().role("guest").build();
    assert_eq!(user, app::User { id: 1, name: "user0".into(), role: "guest".into() });
    assert_eq!(UserDefinition::factory().build().name, "user1");
}

#[tokio::test]
async fn a_model_may_have_several_factories() {
    let mut db = Memory::new();
    let admin = Admin::factory().name("alice").create(&mut db).await.unwrap();
    assert_eq!((admin.name.as_str(), admin.role.as_str(), admin.id), ("ALICE", "admin", 1));
    // Either of them takes what the other one made.
    let post = PostFactory::new().author(&admin).create(&mut db).await.unwrap();
    assert_eq!((post.author_id, post.author_name.as_str()), (1, "ALICE"));
    let other = PostDefinition::factory().create(&mut db).await.unwrap();
    assert_eq!((other.author_id, db.count("users")), (2, 2));
}

#[tokio::test]
async fn errors_name_the_model() {
    let mut db = Memory::new().unique("users", &["name"]);
    let error = Admin::factory().name("a").create_batch(&mut db, 2).await.unwrap_err();
    assert_eq!((error.factory(), error.row()), ("User", Some((1, 2))));
}

#[derive(Factory)]
#[factory(model = Author)]
struct Reseeded {
    #[factory(key)]
    id: i64,
    #[factory(choice(["a", "b", "c", "d", "e", "f", "g", "h"]))]
    name: String,
    #[factory(value(""))]
    email: String,
    #[factory(value(""))]
    joined: String,
}

#[derive(Factory)]
#[factory(model = Author, name = SecondFactory)]
struct Second {
    #[factory(key)]
    id: i64,
    #[factory(choice(["a", "b", "c", "d", "e", "f", "g", "h"]))]
    name: String,
    #[factory(value(""))]
    email: String,
    #[factory(value(""))]
    joined: String,
}

#[test]
fn randomness_is_the_factorys_not_the_models() {
    let names = |authors: Vec<Author>| authors.into_iter().map(|author| author.name).collect::<String>();
    let _session = Session::seeded(1).enter();
    assert_ne!(names(AuthorFactory::new().build_batch(20)), names(SecondFactory::new().build_batch(20)));
}

/// The model, its own factory and the trait between them are all of other crates.
#[derive(Factory)]
#[factory(model = conformance::Author, name = AuthorOfMineFactory, table = "authors")]
struct AuthorOfMine {
    #[factory(key)]
    id: i64,
    #[factory(value("mine"))]
    name: String,
    #[factory(value("mine@example.com"))]
    email: String,
    #[factory(value("now"))]
    joined: String,
}

#[derive(Factory)]
struct Letter {
    #[factory(sub_factory(AuthorOfMineFactory))]
    author: Author,
}

#[tokio::test]
async fn the_model_may_be_of_another_crate() {
    let mut db = Memory::new();
    let author = AuthorOfMine::factory().create(&mut db).await.unwrap();
    assert_eq!((author.id, author.name.as_str()), (1, "mine"));
    assert_eq!(Letter::factory().author(&author).build().author, author);
    assert_eq!(BookFactory::new().author(&author).create(&mut db).await.unwrap().author_id, 1);
}

#[derive(Factory)]
#[factory(model = app::Page<T, N>)]
struct PageDefinition<T: Default, const N: usize> {
    #[factory(value(std::array::from_fn(|_| T::default())))]
    body: [T; N],
}

#[derive(Factory)]
#[factory(model = Range<u32>, name = SpanFactory)]
struct SpanDefinition {
    #[factory(value(3))]
    start: u32,
    #[factory(lazy(|start| start + 2))]
    end: u32,
}

#[derive(Factory)]
#[factory(model = app::Account, construct = |email| app::Account::new(email))]
struct AccountDefinition {
    #[factory(format("a{n}@example.com"))]
    email: String,
}

#[test]
fn generic_and_private_models_are_made() {
    assert_eq!(PageDefinition::<u8, 3>::factory().build().body, [0, 0, 0]);
    assert_eq!(SpanDefinition::factory().start(5).build(), 5..7);
    assert_eq!(AccountFactory::new().email("x@y.z").build().email(), "x@y.z");
}
