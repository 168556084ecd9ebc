//! Coming from another library: rows that point at each other.

use manufactory::{Factory, Memory, Session, among};
use std::collections::HashSet;

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "users", preset(admin: name = value("root")))]
#[factory(has_many(posts: PostFactory, by = author), has_one(profile: ProfileFactory, by = user))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    name: String,
    #[factory(value("en"))]
    language: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts")]
#[factory(many_to_many(tags: TagFactory, through = PostTagFactory(post, tag)))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(value("ko"))]
    language: String,
    #[factory(sub_factory(UserFactory, with = |author, language| author.language(language.clone())))]
    author: User,
    #[factory(sub_factory(UserFactory, optional))]
    reviewer: Option<User>,
    #[factory(sub_factory(UserFactory, name = editor))]
    edited_by_id: i64,
    #[factory(format("by {author.name}"))]
    byline: String,
}

#[derive(Debug, Factory)]
#[factory(table = "profiles")]
struct Profile {
    #[factory(key, sub_factory(UserFactory))]
    user_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "tags")]
struct Tag {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Factory)]
#[factory(table = "post_tags")]
struct PostTag {
    #[factory(key, sub_factory(PostFactory))]
    post_id: i64,
    #[factory(key, sub_factory(TagFactory))]
    tag_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "categories")]
struct Category {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CategoryFactory, optional))]
    parent_id: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "countries")]
#[factory(get_or_create(code))]
struct Country {
    #[factory(key)]
    id: i64,
    #[factory(value("KR"))]
    code: String,
    name: String,
}

#[tokio::test]
async fn a_parent() {
    let mut db = Memory::new();
    let post = Post::factory().create(&mut db).await.unwrap();
    assert_eq!((post.author.id, post.edited_by_id, db.count("users")), (1, 2, 2));
}

#[tokio::test]
async fn an_existing_parent() {
    let mut db = Memory::new();
    let user = User::factory().create(&mut db).await.unwrap();
    let post = Post::factory().author(&user).edited_by_id(user.id).create(&mut db).await.unwrap();
    assert_eq!((post.author, db.count("users")), (user, 1));
}

#[test]
fn a_changed_parent() {
    let post = Post::factory().author_with(|author| author.name("Ada")).build();
    assert_eq!(post.byline, "by Ada");
}

#[test]
fn a_parent_made_in_another_way() {
    let post = Post::factory().author(User::factory().admin()).build();
    assert_eq!(post.author.name, "root");
}

#[test]
fn a_parent_that_goes_by_its_child() {
    let post = Post::factory().language("fr").build();
    assert_eq!(post.author.language, "fr");
}

#[test]
fn values_of_a_parent() {
    let post = Post::factory().build();
    assert_eq!(post.byline, format!("by {}", post.author.name));
}

#[test]
fn no_parent() {
    assert!(Post::factory().build().reviewer.is_none());
    assert!(Post::factory().reviewer_with(UserFactory::admin).build().reviewer.is_some());
    let user = User::factory().build();
    assert!(Post::factory().reviewer(&user).without_reviewer().build().reviewer.is_none());
}

#[test]
fn names_of_relations() {
    let user = User::factory().build();
    assert_eq!(Post::factory().editor(&user).build().edited_by_id, user.id);
}

#[test]
fn factories_in_a_circle() {
    let child = Category::factory().parent_with(|parent| parent.id(7)).build();
    assert_eq!(child.parent_id, Some(7));
}

#[tokio::test]
async fn children() {
    let mut db = Memory::new();
    let user = User::factory().profile(1).posts(Post::factory().language("fr").times(3)).create(&mut db).await.unwrap();
    assert_eq!((db.count("posts"), db.count("profiles")), (3, 1));
    assert!(db.rows("posts").iter().all(|post| post.get("author_id") == Some(&user.id.into())));
}

#[tokio::test]
async fn links_between_many() {
    let mut db = Memory::new();
    let tags = Tag::factory().create_batch(&mut db, 5).await.unwrap();
    Post::factory().tags(3).create(&mut db).await.unwrap();
    Post::factory().tags(among(&tags).sample(2)).times(4).create(&mut db).await.unwrap();
    assert_eq!((db.count("tags"), db.count("post_tags")), (8, 3 + 4 * 2));
}

#[tokio::test]
async fn one_parent_for_all() {
    let mut db = Memory::new();
    Post::factory().share::<UserFactory>().create_batch(&mut db, 10).await.unwrap();
    assert_eq!(db.count("users"), 1);
    Post::factory().share_all().create_batch(&mut db, 10).await.unwrap();
    assert_eq!(db.count("users"), 2);
    let session = Session::seeded(1);
    let _guard = session.enter();
    session.share(&User::factory().id(2).build());
    let post = Post::factory().create(&mut db).await.unwrap();
    assert_eq!((post.author.id, post.edited_by_id, db.count("users")), (2, 2, 2));
}

#[tokio::test]
async fn a_parent_used_again() {
    let mut db = Memory::new();
    let users = User::factory().create_batch(&mut db, 3).await.unwrap();
    let post = Post::factory().recycle(&users[1]).create(&mut db).await.unwrap();
    assert_eq!((post.author.id, post.edited_by_id), (2, 2));
    Post::factory().recycle_among(&users).create_batch(&mut db, 10).await.unwrap();
    assert_eq!(db.count("users"), 3);
}

#[test]
fn a_parent_picked_from_several() {
    let users = User::factory().build_batch(3);
    let posts = Post::factory().author_among(among(&users).round_robin()).build_batch(4);
    assert_eq!(posts[3].author, users[0]);
    let posts = Post::factory().author_among(&users).build_batch(100);
    assert_eq!(posts.iter().map(|post| post.author.id).collect::<HashSet<_>>().len(), 3);
    let posts = Post::factory().author_among(among(&users).zipf(1.5)).build_batch(300);
    let of = |user: &User| posts.iter().filter(|post| post.author == *user).count();
    assert!(of(&users[0]) > of(&users[2]));
}

#[tokio::test]
async fn a_row_that_may_be_there() {
    let mut db = Memory::new();
    let korea = Country::factory().create(&mut db).await.unwrap();
    assert_eq!(Country::factory().name("ignored").create(&mut db).await.unwrap(), korea);
    assert_eq!(Country::factory().code("FR").create_batch(&mut db, 3).await.unwrap().len(), 3);
    assert_eq!(db.count("countries"), 2);
}
