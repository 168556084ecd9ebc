//! Children, links between many, parents that are shared or picked, and all that a call has made.
//!
//! `cargo run --example relations`

#![allow(dead_code, reason = "most columns are stored, and not read here")]

use manufactory::{Factory, Memory, Session, among};

#[derive(Debug, Clone, Factory)]
#[factory(table = "users")]
#[factory(has_many(posts: PostFactory, by = author))] // none, unless asked for
#[factory(has_one(profile: ProfileFactory = 1, by = user))] // one, unless told otherwise
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "profiles")]
struct Profile {
    #[factory(key, sub_factory(UserFactory))]
    user_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts")]
#[factory(has_many(comments: CommentFactory, by = post))]
#[factory(many_to_many(tags: TagFactory, through = PostTagFactory(post, tag)))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(format("post {n}"))]
    title: String,
}

#[derive(Debug, Clone, Factory)]
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
#[factory(table = "tags")]
struct Tag {
    #[factory(key)]
    id: i64,
    #[factory(format("tag{n}"))]
    name: String,
}

/// A row between: it may have more columns than the two keys.
#[derive(Debug, Clone, Factory)]
#[factory(table = "post_tags")]
struct PostTag {
    #[factory(key, sub_factory(PostFactory))]
    post_id: i64,
    #[factory(key, sub_factory(TagFactory))]
    tag_id: i64,
}

const TABLES: [&str; 6] = ["users", "profiles", "posts", "comments", "tags", "post_tags"];

#[tokio::main]
async fn main() -> manufactory::Result<()> {
    let _session = Session::seeded(1).enter();

    println!("A user with three posts, the first of which has two comments, and no profile:");
    let mut db = Memory::new();
    let posts = Post::factory().times(3).each(|i, post| if i == 0 { post.comments(2) } else { post });
    User::factory().posts(posts).profile(0).create(&mut db).await?;
    show(&db);

    println!("\nTwo users with two posts each, as a graph:");
    let made = User::factory().posts(2).times(2).create_graph(&mut Memory::new()).await?;
    made.to_string().lines().for_each(|line| println!("  {line}"));
    for user in made.roots() {
        let titles: Vec<_> = made.of(user).all::<Post>().iter().map(|post| post.title.as_str()).collect();
        println!("  {} wrote {}", user.name, titles.join(", "));
    }

    println!("\nTwo posts with three new tags each, and ten with two of four that are there:");
    let mut db = Memory::new();
    Post::factory().tags(3).times(2).create(&mut db).await?;
    let tags = Tag::factory().create_batch(&mut db, 4).await?;
    Post::factory().tags(among(&tags).sample(2)).times(10).create(&mut db).await?;
    show(&db);

    println!("\nTen comments, in each of these ways:");
    let mut db = Memory::new();
    let users = User::factory().profile(0).create_batch(&mut db, 3).await?;
    let before = db.count("users");
    Comment::factory().share::<UserFactory>().create_batch(&mut db, 10).await?;
    println!("  one author for the whole call:       {} more user", db.count("users") - before);
    Comment::factory().share_all().create_batch(&mut db, 10).await?;
    println!("  one parent of each kind:             {} posts in all", db.count("posts"));
    let before = db.count("users");
    Comment::factory().recycle(&users[0]).create_batch(&mut db, 10).await?;
    println!("  a user who is there:                 {} more users", db.count("users") - before);
    let post = Post::factory().recycle(&users[0]).create(&mut db).await?;
    let by = Comment::factory().post(&post).author_among(among(&users).round_robin()).create_batch(&mut db, 10).await?;
    println!("  three authors in turn:               {:?} comments", wrote(&users, &by));
    let by = Comment::factory().post(&post).author_among(among(&users).zipf(1.5)).create_batch(&mut db, 10).await?;
    println!("  one of whom writes most:             {:?} comments", wrote(&users, &by));
    Ok(())
}

/// How many of the comments each user wrote.
fn wrote(users: &[User], comments: &[Comment]) -> Vec<usize> {
    users.iter().map(|user| comments.iter().filter(|comment| comment.author_id == user.id).count()).collect()
}

fn show(db: &Memory) {
    let tables = TABLES.iter().filter(|table| db.count(table) > 0);
    println!("  {}", tables.map(|table| format!("{} {table}", db.count(table))).collect::<Vec<_>>().join(", "));
}
