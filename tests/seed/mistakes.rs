//! What goes wrong, and what is said.

use crate::models::{File, Like, Post, Tag, User, blog};
use manufactory::Factory;
use manufactory::seed::{Failure, Options, Plan, Row, per};

/// What a plan that is carried out fails with.
async fn said(plan: &Plan, options: &Options) -> String {
    let file = File::with_schema().await;
    let failure = file.seed(plan, options).await.unwrap_err();
    assert_eq!(file.number("select count(*) from users").await, 0, "something was written");
    failure.to_string()
}

#[tokio::test]
async fn of_numbers_and_names() {
    let mut plan = Plan::new();
    plan.step("users", -5, |_| User::factory());
    let users = plan.step("users", 5, |_| User::factory());
    plan.step("posts", per(users, -1), |_| Post::factory());
    assert_eq!(
        said(&plan, &Options::new()).await,
        "3 things are wrong with the plan\n  \
         step `users`: -5 rows cannot be made; give a number from 0 up\n  \
         two steps are called `users`\n  \
         step `posts`: `-1` is no number of children; pass one from 0 on"
    );
    let plan = blog(1, 1);
    assert_eq!(said(&plan, &Options::new().only(["user"])).await, "there is no step `user`; there are users, posts");
    assert_eq!(said(&plan, &Options::new().shard(5, 4)).await, "there is no shard 5 of 4: they are counted from 0");
    assert_eq!(said(&plan, &Options::new().scale(-1.0)).await, "a scale of -1 makes no sense: give a number above 0");
}

#[tokio::test]
async fn of_parents_that_nobody_makes() {
    let mut plan = Plan::new();
    plan.step("posts", 3, |_| Post::factory());
    assert_eq!(
        said(&plan, &Options::new()).await,
        "step `posts`: cannot resolve Post.author, row 0 of 3\n  \
         because: no earlier step makes its `author`: add one of `UserFactory` before it, or name rows that are there \
         already with `plan.existing::<UserFactory>(..)`"
    );
    let mut plan = Plan::new();
    plan.step("posts", 3, |_| Post::factory().author(User::factory()));
    assert_eq!(
        said(&plan, &Options::new()).await,
        "step `posts`: cannot insert User (Post -> author), row 0 of 3 with username = \"user17592186044416\", age = 0\n  \
         because: a step makes rows of one factory, not their parents: make each `User` in an earlier step, and point at it \
         by `row.key(..)`"
    );
}

#[tokio::test]
async fn of_nothing_to_choose_from() {
    let mut plan = Plan::new();
    let users = plan.step("users", 0, |_| User::factory());
    plan.step("posts", 3, move |row| Post::factory().author(&row.model(users.uniform())));
    assert_eq!(
        said(&plan, &Options::new()).await,
        "step `posts`: cannot resolve Post, row 0 of 3\n  because: step `users` has no rows to choose from"
    );
    let mut plan = Plan::new();
    let tags = plan.step("tags", 2, |_| Tag::factory());
    plan.step("more", per(tags, 3), move |row| Tag::factory().name(row.key(tags.distinct())));
    assert_eq!(
        said(&plan, &Options::new()).await,
        "step `more`: cannot resolve Tag, row 5 of 6\n  because: wants 3 different rows of step `tags`, which has 2"
    );
    let mut plan = Plan::new();
    let tags = plan.step("tags", 2, |_| Tag::factory());
    plan.step("more", 2, move |row| Tag::factory().name(row.parent(tags)));
    assert_eq!(
        said(&plan, &Options::new()).await,
        "step `more`: cannot resolve Tag, row 0 of 2\n  \
         because: is no child of step `tags`: give its number as `per(..)`, `pairs(..)` or `cross(..)`"
    );
}

#[tokio::test]
async fn of_a_closure_that_panics() {
    let mut plan = Plan::new();
    plan.step("tags", 10, |row: &Row<'_>| match row.index() {
        7 => panic!("no seventh tag"),
        _ => Tag::factory(),
    });
    let file = File::with_schema().await;
    let failure = file.seed(&plan, &Options::new()).await.unwrap_err();
    assert_eq!(
        failure.to_string(),
        "step `tags`: cannot resolve Tag, row 7 of 10\n  because: its closure panicked with no seventh tag"
    );
    assert_eq!(failure.exit_code(), 5);
}

#[tokio::test]
async fn of_a_key_that_is_given() {
    let mut plan = Plan::new();
    plan.step("users", 3, |row| if row.index() == 2 { User::factory().id(7) } else { User::factory() });
    assert_eq!(
        said(&plan, &Options::new()).await,
        "step `users`: cannot resolve User, row 2 of 3\n  because: its key is given, and a step numbers its rows itself, so \
         that others can point at them: leave it out"
    );
}

#[tokio::test]
async fn of_a_declaration_that_panics() {
    #[derive(Debug, Clone, Factory)]
    #[factory(table = "tags", on(sqlx))]
    struct Fussy {
        #[factory(key, sequence(|n| if n == 70 { panic!("no more") } else { format!("tag{n}") }))]
        name: String,
    }
    let mut plan = Plan::new();
    plan.step("tags", 100, |_| Fussy::factory());
    let file = File::with_schema().await;
    let failure = file.seed(&plan, &Options::new().chunk(20)).await.unwrap_err();
    assert_eq!(
        failure.to_string(),
        "step `tags`: cannot resolve Fussy\n  because: one of its declarations panicked with no more"
    );
    assert_eq!(file.number("select count(*) from tags").await, 60);
}

#[tokio::test]
async fn of_a_schema_all_at_once_before_the_first_row() {
    let file = File::new();
    file.say("create table users (id integer primary key, name text); create table tags (name text)").await;
    let mut plan = Plan::new();
    plan.step("tags", 5, |_| Tag::factory());
    plan.step("users", 5, |_| User::factory());
    plan.step("likes", 5, |_| Like::factory());
    let failure = file.seed(&plan, &Options::new()).await.unwrap_err();
    assert!(matches!(failure, Failure::Schema(_)));
    let text = failure.to_string();
    assert!(text.starts_with("the schema does not match the plan: 3 things are wrong with the plan"), "{text}");
    for part in ["step `users`: column `username` of \"users\"", "column `age`", "step `likes`: table \"likes\""] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(file.number("select count(*) from tags").await, 0);
}

#[tokio::test]
async fn of_a_row_in_the_middle() {
    let file = File::with_schema().await;
    let mut plan = Plan::new();
    plan.step("users", 1_000, |row| match row.index() {
        777 => User::factory().username("user5"),
        _ => User::factory(),
    });
    let failure = file.seed(&plan, &Options::new().chunk(100)).await.unwrap_err();
    assert_eq!(
        failure.to_string(),
        "step `users`: cannot insert User, row 777 of 1000 with id = 778, username = \"user5\", age = 777\n  \
         because: error returned from database: (code: 2067) UNIQUE constraint failed: users.username"
    );
    // What was committed before stays, and the next run goes on there.
    assert_eq!(file.number("select count(*) from users").await, 700);
}

#[tokio::test]
async fn of_a_plan_or_a_seed_that_has_changed() {
    let file = File::with_schema().await;
    file.seed(&blog(10, 10), &Options::new()).await.unwrap();
    let failure = file.seed(&blog(10, 10), &Options::new().seed(1)).await.unwrap_err();
    assert_eq!(
        failure.to_string(),
        "step `users` was begun with seed 0, and this is seed 1: go on with what it was begun with, or empty the seeded \
         tables and begin anew (`fresh`)"
    );
    let failure = file.seed(&blog(10, 12), &Options::new()).await.unwrap_err();
    assert!(failure.to_string().starts_with("step `posts` was begun with 10 rows, and this is 12 rows"), "{failure}");
    let mut plan = Plan::new();
    plan.step("users", 10, |_| User::factory().age(5));
    let failure = file.seed(&plan, &Options::new()).await.unwrap_err();
    assert!(failure.to_string().starts_with("step `users` was begun with a plan or a factory that made"), "{failure}");
    assert_eq!(failure.exit_code(), 4);
}

#[tokio::test]
async fn of_a_url() {
    let failure = manufactory::seed::Database::open("oracle://u:secret@h/db").await.unwrap_err();
    let text = failure.to_string();
    assert!(
        text.starts_with(
            "a URL that begins with `oracle:` is opened by none of the enabled features; they open sqlite"
        )
    );
    assert!(!text.contains("secret"));
}
