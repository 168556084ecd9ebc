//! `create_graph`: the rows asked for, all others by type, whose children they are, and the tree as text.

use super::{Tables, both};
use manufactory::{Factory, Memory, Stage};

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "orgs", get_or_create(name))]
struct Org {
    #[factory(key)]
    id: i64,
    #[factory(value("main"))]
    name: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "users", has_many(posts: PostFactory, by = author))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(OrgFactory))]
    org_id: i64,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "posts", has_many(notes: NoteFactory, by = post))]
#[factory(many_to_many(tags: TagFactory, through = PostTagFactory(post, tag)))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    editor_id: Option<i64>,
}

/// Not `Clone`.
#[derive(Debug, PartialEq, Factory)]
#[factory(table = "notes")]
struct Note {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "tags")]
struct Tag {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, PartialEq, Factory)]
#[factory(table = "post_tags")]
struct PostTag {
    #[factory(key, sub_factory(PostFactory))]
    post_id: i64,
    #[factory(key, sub_factory(TagFactory))]
    tag_id: i64,
}

/// Points at a row that is not `Clone`.
#[derive(Debug, Factory)]
#[factory(table = "stars")]
struct Star {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(NoteFactory))]
    note_id: i64,
}

/// Holds it.
#[derive(Debug, Factory)]
#[factory(table = "stars")]
struct Pinned {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(NoteFactory))]
    note: Note,
}

const SCHEMA: &str = "
    create table orgs (id integer primary key, name text not null unique);
    create table users (id integer primary key, org_id integer not null references orgs);
    create table posts (id integer primary key, author_id integer not null references users,
                        editor_id integer references users);
    create table notes (id integer primary key, post_id integer not null references posts);
    create table tags (id integer primary key);
    create table post_tags (post_id integer, tag_id integer, primary key (post_id, tag_id));
    create table stars (id integer primary key, note_id integer not null references notes);
";

fn memory() -> Memory {
    Memory::new().unique("orgs", &["name"])
}

both! {
    async fn roots_and_all_by_type(db) {
        let posts = Post::factory().notes(1).tags(2).times(2);
        let made = User::factory().posts(posts).times(3).create_graph(&mut db).await.unwrap();
        assert_eq!(made.roots().iter().map(|user| user.id).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(made.roots(), made.all::<User>());
        assert_eq!((made.all::<Post>().len(), made.all::<Note>().len(), made.all::<Tag>().len()), (6, 6, 12));
        assert_eq!(made.all::<PostTag>().len(), 12, "the rows between, too");
        assert_eq!(made.all::<Org>().len(), 1, "made once, and found after that");
        assert!(made.all::<String>().is_empty());
        for table in ["posts", "notes", "tags", "post_tags"] {
            let all = match table {
                "posts" => made.all::<Post>().len(),
                "notes" => made.all::<Note>().len(),
                "tags" => made.all::<Tag>().len(),
                _ => made.all::<PostTag>().len(),
            };
            assert_eq!(db.rows_in(table).await, all, "{table}");
        }
        let second = made.of(&made.roots()[1]);
        assert!(second.all::<Post>().iter().all(|post| post.author_id == 2));
        assert_eq!(
            (second.all::<Post>().len(), second.all::<Note>().len(), second.all::<PostTag>().len(), second.all::<Tag>().len()),
            (2, 2, 4, 4)
        );
        assert!(second.all::<Org>().is_empty(), "a parent is no child");
        assert!(made.of(&made.roots()[1].clone()).all::<Post>().is_empty(), "a clone has none");
    }

    async fn the_text_is_a_tree(db) {
        let posts = Post::factory().notes(2).tags(2).editor_with(|editor| editor);
        let made = User::factory().posts(posts).times(3).create_graph(&mut db).await.unwrap();
        let tree = "\
3 User
├─ org: 1 Org
└─ posts: 3 Post
   ├─ editor: 3 User
   ├─ notes: 6 Note
   ├─ tags: 6 Tag
   └─ tags: 6 PostTag";
        assert_eq!(made.to_string(), tree);
        assert_eq!(made.all::<User>().len(), 6, "roots and editors");
        assert_eq!(made.roots().len(), 3);
        let again = User::factory().create_graph(&mut db).await.unwrap();
        assert_eq!(again.to_string(), "1 User");
        let none = User::factory().times(0).create_graph(&mut db).await.unwrap();
        assert!(none.roots().is_empty());
    }

    async fn shared_parents_are_there_once(db) {
        let made = Post::factory().share::<UserFactory>().times(4).create_graph(&mut db).await.unwrap();
        assert_eq!((made.all::<User>().len(), made.all::<Org>().len()), (1, 1));
        assert!(made.roots().iter().all(|post| post.author_id == made.all::<User>()[0].id));
        assert_eq!(made.to_string(), "4 Post\n└─ author: 1 User\n   └─ org: 1 Org");
        let user = made.all::<User>()[0].clone();
        let made = Post::factory().recycle(&user).times(4).create_graph(&mut db).await.unwrap();
        assert!(made.all::<User>().is_empty(), "it was there before");
    }

    async fn roots_that_are_found_are_roots(db) {
        let org = Org::factory().create(&mut db).await.unwrap();
        let made = Org::factory().times(2).create_graph(&mut db).await.unwrap();
        assert_eq!(made.roots(), [org.clone(), org]);
    }

    async fn models_need_clone_only_where_they_are_held(db) {
        let made = Star::factory().times(2).create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<Note>().iter().map(|note| note.id).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(made.roots()[1].note_id, 2);
        let error = Pinned::factory().create_graph(&mut db).await.unwrap_err();
        assert_eq!((error.stage(), error.factory()), (Stage::Resolve, "Pinned"));
        assert!(error.to_string().contains("Pinned.note"), "{error}");
        assert!(format!("{error:?}").contains("derive `Clone` for `Note`"), "{error:?}");
        assert_eq!(db.rows_in("notes").await, 2);
        assert_eq!(Pinned::factory().create(&mut db).await.unwrap().note.id, 3);
    }
}
