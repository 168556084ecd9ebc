//! A store of the user's own.

mod calls;
mod documents;

use manufactory::{Batch, BoxError, Factory, Store, async_trait};

#[derive(Debug, Clone, PartialEq, Factory)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    name: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(format("by {author.name}"))]
    title: String,
}

#[derive(Debug, Factory)]
struct Stranger {
    #[factory(key)]
    id: i64,
}

/// What an application's own API client may look like; it borrows its connection.
struct Api<'c> {
    log: &'c mut Vec<String>,
    users: Vec<User>,
    posts: Vec<Post>,
}

#[async_trait]
impl Store for Api<'_> {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        self.log.push(format!("{} {}", batch.len(), batch.factory()));
        if let Some(users) = batch.models::<User>() {
            for user in users {
                user.id = 100 + i64::try_from(self.users.len())?;
                self.users.push(user.clone());
            }
        } else if let Some(posts) = batch.models::<Post>() {
            if let Some(i) = posts.iter().position(|post| post.title == "bad") {
                return Err(Batch::failed(i, "bad title"));
            }
            for post in posts {
                post.id = 500 + i64::try_from(self.posts.len())?;
                self.posts.push(post.clone());
            }
        }
        Ok(())
    }
}

#[tokio::test]
async fn models_go_through_the_users_own_code() {
    let mut log = Vec::new();
    let mut api = Api { log: &mut log, users: Vec::new(), posts: Vec::new() };
    let posts = Post::factory().create_batch(&mut api, 3).await.unwrap();
    assert_eq!(
        posts.iter().map(|post| (post.id, post.author_id)).collect::<Vec<_>>(),
        [(500, 100), (501, 101), (502, 102)]
    );
    assert_eq!((&posts, posts[0].title.clone()), (&api.posts, format!("by {}", api.users[0].name)));
    let error = Post::factory()
        .times(2)
        .each(|i, p| if i == 1 { p.title("bad") } else { p })
        .create(&mut api)
        .await
        .unwrap_err();
    assert_eq!((error.row(), error.factory()), (Some((1, 2)), "Post"));
    let error = Stranger::factory().create(&mut api).await.unwrap_err();
    let text = format!("{error:?}");
    assert!(text.contains("Api") && text.contains("Stranger"), "names both: {text}");
    assert_eq!(log, ["3 User", "3 Post", "2 User", "2 Post", "1 Stranger"]);
}
