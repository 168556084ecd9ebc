//! What others get wrong: what was overridden is not made, what contradicts itself is an error, none stays none.

use super::{Tables, both};
use manufactory::{Factory, Memory, Session, Stage};
use std::panic::{AssertUnwindSafe, catch_unwind};

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "users")]
#[factory(preset(admin: role = value("admin")))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    name: String,
    #[factory(value("member"))]
    role: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "posts")]
#[factory(preset(reviewed: reviewer = sub_factory(UserFactory, with = |reviewer| reviewer.admin())))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory, with = |author| author.role("author")))]
    author_id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    reviewer_id: Option<i64>,
}

const SCHEMA: &str = "
    create table users (id integer primary key, name text not null, role text not null);
    create table posts (id integer primary key, author_id integer not null, reviewer_id integer);
";

fn memory() -> Memory {
    Memory::new()
}

both! {
    async fn no_parent_is_made_to_be_thrown_away(db) {
        let user = User::factory().create(&mut db).await.unwrap();
        Post::factory().author(&user).create_batch(&mut db, 3).await.unwrap();
        Post::factory().author_id(user.id).create(&mut db).await.unwrap();
        Post::factory().author_among(&[user.clone()]).create(&mut db).await.unwrap();
        Post::factory().reviewed().reviewer(&user).author(&user).create(&mut db).await.unwrap();
        Post::factory().reviewed().reviewer_id(None).author(&user).create(&mut db).await.unwrap();
        Post::factory().reviewed().without_reviewer().author(&user).create(&mut db).await.unwrap();
        assert_eq!((db.rows_in("users").await, db.rows_in("posts").await), (1, 8));
    }

    async fn none_stays_none(db) {
        let plain = Post::factory().create(&mut db).await.unwrap();
        let taken_back = Post::factory().reviewed().without_reviewer().create(&mut db).await.unwrap();
        let key = Post::factory().reviewer_id(None).create(&mut db).await.unwrap();
        assert_eq!((plain.reviewer_id, taken_back.reviewer_id, key.reviewer_id), (None, None, None));
        let made = Post::factory().reviewed().create_graph(&mut db).await.unwrap();
        let roles: Vec<_> = made.all::<User>().iter().map(|user| &*user.role).collect();
        assert_eq!(roles, ["author", "admin"]);
    }

    async fn changes_to_a_parent_that_is_replaced_are_an_error(db) {
        let user = User::factory().create(&mut db).await.unwrap();
        let cases = [
            (Post::factory().author(&user).author_with(|author| author.admin()), "author"),
            (Post::factory().author_with(|author| author.admin()).author(&user), "author"),
            (Post::factory().author_with(|author| author.admin()).author_id(1), "author"),
            (Post::factory().author_id(1).author_with(|author| author.admin()), "author"),
            (Post::factory().author_with(|author| author.admin()).author_among(&[user.clone()]), "author"),
            (Post::factory().without_reviewer().reviewer_with(|reviewer| reviewer), "reviewer"),
            (Post::factory().reviewer_with(|reviewer| reviewer).without_reviewer(), "reviewer"),
            (Post::factory().author_with(|author| author.admin()).author(User::factory()), "author"),
        ];
        for (factory, relation) in cases {
            let error = factory.clone().create(&mut db).await.unwrap_err();
            assert_eq!((error.stage(), error.factory()), (Stage::Resolve, "Post"));
            assert!(error.to_string().contains(&format!("Post.{relation}")), "{error}");
            let why = format!("`{relation}_with(..)` changes how the {relation} is made, and another call says");
            assert!(format!("{error:?}").contains(&why), "{error:?}");
            let panic = catch_unwind(AssertUnwindSafe(|| factory.build())).unwrap_err();
            assert!(panic.downcast_ref::<String>().unwrap().contains(&why));
        }
        assert_eq!(db.rows_in("users").await, 1);
        // Changes to the factory that was given are none.
        let given = Post::factory().author(User::factory().name("Ada")).author_with(|author| author.role("boss"));
        let made = given.create_graph(&mut db).await.unwrap();
        assert_eq!((&*made.all::<User>()[0].name, &*made.all::<User>()[0].role), ("Ada", "boss"));
    }

    async fn the_number_is_taken_first(db) {
        let _session = Session::seeded(1).enter();
        let first = User::factory().create(&mut db).await.unwrap();
        let failed = catch_unwind(AssertUnwindSafe(|| Shaky::factory().fails(true).build()));
        assert!(failed.is_err());
        assert_eq!((Shaky::factory().build().number, &*first.name), (1, "user0"));
        User::factory().id(first.id).create(&mut db).await.unwrap_err();
        assert_eq!(User::factory().create(&mut db).await.unwrap().name, "user2", "a gap");
    }
}

#[derive(Factory)]
#[factory(param(fails: bool = value(false)))]
struct Shaky {
    #[factory(lazy(|n, fails| { assert!(!*fails, "as asked"); n }))]
    number: u64,
}

#[derive(Debug, PartialEq, Factory)]
#[factory(preset(tall: height = value(2)))]
struct Tree {
    #[factory(sequence)]
    number: u64,
    #[factory(choice([1, 3]))]
    age: u32,
    #[factory(value(1))]
    height: u32,
}

#[test]
fn a_preset_changes_nothing_that_it_does_not_name() {
    let grown = |preset: bool| {
        let _session = Session::seeded(7).enter();
        let trees = Tree::factory().times(50).each(|_, tree| if preset { tree.tall() } else { tree });
        trees.build().into_iter().map(|tree| (tree.number, tree.age)).collect::<Vec<_>>()
    };
    assert_eq!(grown(true), grown(false));
    assert_eq!(Tree::factory().age(9).tall().build().age, 9);
}
