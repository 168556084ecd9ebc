//! The models that are created in all benches of databases.

use manufactory::Factory;

/// How many comments are made at once.
pub(crate) const ROWS: usize = 1_000;

#[derive(Debug, Clone, Factory)]
#[factory(table = "users")]
pub(crate) struct User {
    #[factory(key)]
    pub(crate) id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    pub(crate) username: String,
    #[factory(lazy(|username| format!("{username}@example.com")))]
    pub(crate) email: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts")]
pub(crate) struct Post {
    #[factory(key)]
    pub(crate) id: i64,
    #[factory(sub_factory(UserFactory))]
    pub(crate) author_id: i64,
    #[factory(format("post {n}"))]
    pub(crate) title: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "comments")]
pub(crate) struct Comment {
    #[factory(key)]
    pub(crate) id: i64,
    #[factory(sub_factory(PostFactory))]
    pub(crate) post_id: i64,
    #[factory(sub_factory(UserFactory))]
    pub(crate) author_id: i64,
    #[factory(format("comment {n}"))]
    pub(crate) body: String,
}
