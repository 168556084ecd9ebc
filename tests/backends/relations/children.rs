//! `has_many`, `has_one`: how children are asked for, and what they point at.

use super::{Tables, both};
use manufactory::{Factory, Memory, Stage, create_all};

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "users")]
#[factory(has_many(posts: PostFactory, by = author))]
#[factory(has_many(replies: CommentFactory, by = author))]
#[factory(has_one(profile: ProfileFactory = 1, by = user))]
#[factory(preset(popular: posts = 4), preset(quiet: posts = 0, profile = 0))]
#[factory(preset(vocal: posts = PostFactory::new().title("loud").times(2)))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    name: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "posts")]
#[factory(has_many(comments: CommentFactory = 2, by = post))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(format("post {n}"))]
    title: String,
}

/// Two parents: the post that it is a child of, and its author.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "comments")]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

/// Has no key but that of its user.
#[derive(Debug, Clone, Factory)]
#[factory(table = "profiles")]
struct Profile {
    #[factory(key, sub_factory(UserFactory))]
    user_id: i64,
    #[factory(format("bio of {user.name}"))]
    bio: String,
}

const SCHEMA: &str = "
    pragma foreign_keys = on;
    create table users (id integer primary key, name text not null);
    create table posts (id integer primary key, author_id integer not null references users, title text not null);
    create table comments (id integer primary key, post_id integer not null references posts,
                           author_id integer not null references users);
    create table profiles (user_id integer primary key references users, bio text not null);
";

fn memory() -> Memory {
    Memory::new()
}

both! {
    async fn by_number_factory_and_several(db) {
        let bare = || Post::factory().comments(0);
        let user = || User::factory().profile(0);
        let made = user().posts(bare().times(2)).create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<Post>().len(), 2);
        assert!(made.all::<Post>().iter().all(|post| post.author_id == made.roots()[0].id));
        let made = user().posts(bare().title("one")).create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<Post>()[0].title, "one");
        let made = user().posts(vec![bare().title("a"), bare().title("b")]).create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<Post>().iter().map(|post| &*post.title).collect::<Vec<_>>(), ["a", "b"]);
        let made = user().posts([bare().title("c"), bare().title("d")]).create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<Post>().iter().map(|post| &*post.title).collect::<Vec<_>>(), ["c", "d"]);
        assert_eq!((db.rows_in("users").await, db.rows_in("posts").await, db.rows_in("comments").await), (4, 7, 0));
    }

    async fn the_index_of_each_counts_for_every_parent(db) {
        let posts = || Post::factory().comments(0).times(2).each(|i, post| post.title(format!("part {i}")));
        let made = User::factory().posts(posts()).times(3).create_graph(&mut db).await.unwrap();
        for user in made.roots() {
            let titles: Vec<_> = made.of(user).all::<Post>().iter().map(|post| &*post.title).collect();
            assert_eq!(titles, ["part 0", "part 1"]);
        }
        let users = [User::factory().posts(posts()), User::factory(), User::factory().posts(1)];
        create_all(&mut db, users).await.unwrap();
        assert_eq!(db.rows_in("posts").await, 9);
    }

    async fn default_numbers_presets_and_none(db) {
        User::factory().create(&mut db).await.unwrap();
        assert_eq!((db.rows_in("profiles").await, db.rows_in("posts").await), (1, 0));
        User::factory().quiet().create(&mut db).await.unwrap();
        User::factory().profile(0).create(&mut db).await.unwrap();
        assert_eq!((db.rows_in("profiles").await, db.rows_in("posts").await), (1, 0));
        User::factory().popular().create(&mut db).await.unwrap();
        assert_eq!((db.rows_in("posts").await, db.rows_in("comments").await), (4, 8));
        // What is said at the call wins, and the later preset.
        User::factory().posts(1).popular().create(&mut db).await.unwrap();
        assert_eq!(db.rows_in("posts").await, 5);
        User::factory().popular().quiet().create(&mut db).await.unwrap();
        assert_eq!(db.rows_in("posts").await, 5);
        let made = User::factory().vocal().create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<Post>().iter().map(|post| &*post.title).collect::<Vec<_>>(), ["loud", "loud"]);
        assert_eq!(db.rows_in("users").await, 7 + db.rows_in("comments").await, "a comment has an author of its own");
    }

    async fn children_have_children(db) {
        let comments = |n| Post::factory().comments(n);
        let made =
            User::factory().posts([comments(0), comments(3)]).times(2).create_graph(&mut db).await.unwrap();
        let [first, second] = made.roots() else { panic!("two") };
        assert_eq!((made.of(first).all::<Comment>().len(), made.of(second).all::<Comment>().len()), (3, 3));
        for comment in made.of(second).all::<Comment>() {
            let post = made.all::<Post>().iter().find(|post| post.id == comment.post_id).unwrap();
            assert_eq!(post.author_id, second.id);
        }
    }

    async fn a_child_with_other_parents_gets_those_too(db) {
        let made = User::factory().profile(0).replies(2).create_graph(&mut db).await.unwrap();
        let user = &made.roots()[0];
        let replies = made.of(user).all::<Comment>();
        assert!(replies.iter().all(|comment| comment.author_id == user.id));
        // Each comment is on a post of its own, by another user.
        let posts: Vec<_> = replies.iter().map(|comment| comment.post_id).collect();
        assert_ne!(posts[0], posts[1]);
        // Each of those posts has its own two comments, as its factory says.
        assert_eq!((db.rows_in("posts").await, db.rows_in("comments").await), (2, 6));
    }

    async fn one_means_one(db) {
        let error = User::factory().profile(2).create(&mut db).await.unwrap_err();
        assert_eq!((error.stage(), error.factory()), (Stage::Resolve, "User"));
        assert!(error.to_string().contains("User.profile"), "{error}");
        let text = format!("{error:?}");
        assert!(text.contains("`profile` is one, and 2 were asked for"), "{text}");
        assert_eq!(db.rows_in("users").await, 0);
        let profile = Profile::factory().bio("mine");
        let made = User::factory().profile(profile).create_graph(&mut db).await.unwrap();
        assert_eq!((made.all::<Profile>()[0].bio.as_str(), made.all::<Profile>().len()), ("mine", 1));
    }

    async fn a_child_reads_its_parent(db) {
        let made = User::factory().name("Ada").create_graph(&mut db).await.unwrap();
        assert_eq!((made.all::<Profile>()[0].bio.as_str(), db.rows_in("users").await), ("bio of Ada", 1));
    }

    async fn what_a_child_fails_with_names_the_path(db) {
        let posts = Post::factory().comments(0).times(3).each(|i, post| if i > 0 { post.id(7) } else { post });
        let error = User::factory().posts(posts).create(&mut db).await.unwrap_err();
        assert_eq!(error.path().collect::<Vec<_>>(), ["User", "posts"]);
        assert_eq!((error.factory(), error.row()), ("Post", Some((2, 3))));
        assert_eq!((db.rows_in("users").await, db.rows_in("profiles").await), (0, 0));
    }

    async fn a_child_that_names_another_parent_is_given_this_one(db) {
        let other = User::factory().quiet().create(&mut db).await.unwrap();
        let made = User::factory().quiet().posts(Post::factory().author(&other)).create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<Post>()[0].author_id, made.roots()[0].id);
        assert_ne!(made.roots()[0].id, other.id);
    }
}

#[test]
fn build_makes_no_children() {
    let user = User::factory().posts(3).popular().build();
    assert!(user.name.starts_with("user"));
}

/// A parent that is resolved once, and handed on: a diamond.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "comments")]
#[factory(param(writer = sub_factory(UserFactory)))]
struct Reply {
    #[factory(key)]
    id: i64,
    #[factory(lazy(|writer| writer.id))]
    author_id: i64,
    #[factory(sub_factory(PostFactory, with = |post, writer| post.author(writer).comments(0)))]
    post_id: i64,
}

both! {
    async fn a_diamond_has_one_top(db) {
        let made = Reply::factory().times(3).create_graph(&mut db).await.unwrap();
        assert_eq!((db.rows_in("users").await, db.rows_in("posts").await), (3, 3));
        for reply in made.roots() {
            let post = made.all::<Post>().iter().find(|post| post.id == reply.post_id).unwrap();
            assert_eq!(post.author_id, reply.author_id);
        }
        let ada = User::factory().create(&mut db).await.unwrap();
        let reply = Reply::factory().writer(&ada).create_graph(&mut db).await.unwrap();
        assert_eq!((reply.all::<Post>()[0].author_id, reply.roots()[0].author_id), (ada.id, ada.id));
    }
}
