//! Factories that point at each other, as parents and as children; and rows that make rows without end.

use super::{Tables, both};
use manufactory::{Factory, Memory, Stage};

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", has_many(posts: PostFactory, by = author))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory, optional))]
    pinned_id: Option<i64>,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "categories", has_many(children: CategoryFactory, by = parent))]
struct Category {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CategoryFactory, optional))]
    parent_id: Option<i64>,
}

/// Its notes make folders, whose notes make folders.
#[derive(Debug, Clone, Factory)]
#[factory(table = "folders", has_many(notes: NoteFactory = 1, by = folder))]
struct Folder {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(NoteFactory, optional))]
    note_id: Option<i64>,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "notes", has_many(folders: FolderFactory = 1, by = note))]
struct Note {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(FolderFactory, optional))]
    folder_id: Option<i64>,
}

const SCHEMA: &str = "
    create table users (id integer primary key, pinned_id integer references posts);
    create table posts (id integer primary key, author_id integer not null references users);
    create table categories (id integer primary key, parent_id integer references categories);
    create table folders (id integer primary key, note_id integer);
    create table notes (id integer primary key, folder_id integer);
";

fn memory() -> Memory {
    Memory::new()
}

both! {
    async fn parents_and_children_of_each_other(db) {
        let pinned = User::factory().pinned_with(|post| post.author_with(|author| author.posts(2))).posts(3);
        let made = pinned.create_graph(&mut db).await.unwrap();
        assert_eq!((db.rows_in("users").await, db.rows_in("posts").await), (2, 1 + 2 + 3));
        let user = &made.roots()[0];
        let pinned = made.all::<Post>().iter().find(|post| Some(post.id) == user.pinned_id).unwrap();
        assert_ne!(pinned.author_id, user.id);
        assert_eq!(made.of(user).all::<Post>().len(), 3);
    }

    async fn a_tree_of_one_table(db) {
        let leaves = Category::factory().children(2);
        let made = Category::factory().children(leaves.times(3)).create_graph(&mut db).await.unwrap();
        assert_eq!((db.rows_in("categories").await, made.of(&made.roots()[0]).all::<Category>().len()), (10, 9));
        let top = &made.roots()[0];
        let middle = made.all::<Category>().iter().filter(|category| category.parent_id == Some(top.id));
        assert_eq!((middle.count(), top.parent_id), (3, None));
        assert_eq!(made.to_string(), "1 Category\n└─ children: 3 Category\n   └─ children: 6 Category");
        let up = Category::factory().parent_with(|parent| parent.parent_with(|parent| parent)).create(&mut db).await;
        assert_eq!((up.unwrap().parent_id.is_some(), db.rows_in("categories").await), (true, 13));
    }

    async fn rows_without_end_are_an_error_in_words(db) {
        let error = Folder::factory().create(&mut db).await.unwrap_err();
        assert_eq!(error.stage(), Stage::Resolve);
        assert!(format!("{error:?}").contains("rows make rows without end"), "{error}");
        assert_eq!((db.rows_in("folders").await, db.rows_in("notes").await), (0, 0));
        Folder::factory().notes(0).create(&mut db).await.unwrap();
        Note::factory().folders(Folder::factory().notes(0).times(2)).create(&mut db).await.unwrap();
        assert_eq!((db.rows_in("folders").await, db.rows_in("notes").await), (3, 1));
    }
}
