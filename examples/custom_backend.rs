//! A store of your own: models created through the application's interface instead of a database library.
//!
//! `cargo run --example custom_backend`

use manufactory::{Batch, BoxError, Factory, Session, Store, async_trait};
use std::collections::BTreeMap;
use std::error::Error;

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}@example.com"))]
    email: String,
}

#[derive(Clone, Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(format("Post no. {n}"))]
    title: String,
}

#[derive(Factory)]
struct Reaction {
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(value("+1"))]
    sign: String,
}

/// Stands for what an application has: a repository, a client of its HTTP interface, an actor.
#[derive(Default)]
struct Blog {
    users: BTreeMap<i64, User>,
    posts: BTreeMap<i64, Post>,
}

impl Blog {
    async fn sign_up(&mut self, user: &User) -> Result<i64, String> {
        tokio::task::yield_now().await; // here a client would wait for an answer
        if self.users.values().any(|other| other.email == user.email) {
            return Err(format!("{} is taken", user.email));
        }
        let id = self.users.keys().last().map_or(1_001, |last| last + 1);
        self.users.insert(id, User { id, ..user.clone() });
        Ok(id)
    }

    async fn publish(&mut self, post: &Post) -> Result<i64, String> {
        tokio::task::yield_now().await;
        let id = self.posts.keys().last().map_or(5_001, |last| last + 1);
        self.posts.insert(id, Post { id, ..post.clone() });
        Ok(id)
    }
}

/// All that it takes. Batches come parents first; what is left in the models is what `create` returns. Where a call should
/// be all or nothing, `begin`, `commit` and `rollback` are there to be implemented, too.
#[async_trait]
impl Store for Blog {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        if let Some(users) = batch.models::<User>() {
            for (row, user) in users.iter_mut().enumerate() {
                user.id = self.sign_up(user).await.map_err(|error| Batch::failed(row, error))?;
            }
        } else if let Some(posts) = batch.models::<Post>() {
            for post in posts {
                post.id = self.publish(post).await?;
            }
        }
        Ok(()) // nobody asked for the models of any other type: `create` then says so
    }
}

#[tokio::main]
async fn main() -> manufactory::Result<()> {
    let _session = Session::seeded(1).enter();
    let mut blog = Blog::default();

    println!("A user and her post, and a post with an author made for it:");
    let ada = User::factory().email("ada@example.com").create(&mut blog).await?;
    let post = Post::factory().author(&ada).create(&mut blog).await?;
    let other = Post::factory().create(&mut blog).await?;
    println!("  ada is user {}, her post is {}, by user {}", ada.id, post.id, post.author_id);
    println!("  post {} is by user {}", other.id, other.author_id);

    println!("\nWhat the blog holds:");
    blog.users.values().for_each(|user| println!("  user {}: {}", user.id, user.email));
    blog.posts.values().for_each(|post| println!("  post {}: {} by user {}", post.id, post.title, post.author_id));

    println!("\nA batch of which the blog refuses one:");
    let users = User::factory().times(3).each(|i, user| if i == 2 { user.email("ada@example.com") } else { user });
    if let Err(error) = users.create(&mut blog).await {
        show(&error);
    }

    println!("\nA model that the blog does not know:");
    match Reaction::factory().create(&mut blog).await {
        Ok(reaction) => println!("  {} on post {}", reaction.sign, reaction.post_id),
        Err(error) => show(&error),
    }
    Ok(())
}

fn show(error: &manufactory::Error) {
    println!("  error:   {error}");
    println!("  because: {}", error.source().map(ToString::to_string).unwrap_or_default());
}
