//! Fills a development database by the factories of the tests, once `cargo run -p blog_api` has made its tables:
//! `cargo run -p blog_api --example seed`, and `-- --help` for the rest.

#[path = "../tests/suite/factories.rs"]
mod factories;

use factories::{CommentFactory, PostFactory, UserFactory};
use manufactory::seed;
use std::process::ExitCode;

fn main() -> ExitCode {
    seed::main(|plan| {
        plan.about("Seeds the blog").database("sqlite:blog.db");
        // Whoever tries the blog out: `curl -H 'Authorization: Bearer alice' ..`
        plan.record("alice", &["username"], |_| UserFactory::new().username("alice").token("alice"));
        let users = plan.step("users", 20, |_| UserFactory::new());
        // Few write most of what there is, and a third of it is not published.
        let posts = plan.step("posts", 200, move |row| {
            let post = PostFactory::new().author_id(row.key(users.zipf(1.1)));
            if row.share([(2.0, true), (1.0, false)]) { post.published() } else { post }
        });
        plan.step("comments", 1_000, move |row| {
            CommentFactory::new().post_id(row.key(posts.zipf(0.8))).author_id(row.key(users.uniform()))
        });
    })
}
