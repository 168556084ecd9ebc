//! What a run writes, and what a second one does.

use crate::models::{File, Like, Post, PostTag, Tag, User, blog};
use manufactory::Factory;
use manufactory::seed::{Database, Failure, Options, Plan, fill_to, per};
use sqlx::Connection;

#[tokio::test]
async fn rows_are_there_with_their_parents_and_a_second_run_adds_none() {
    let file = File::with_schema().await;
    let plan = blog(100, 1_000);
    let summary = file.seed(&plan, &Options::new().chunk(64)).await.unwrap();
    let written: Vec<_> = summary.steps.iter().map(|step| (step.name.as_str(), step.written, step.there)).collect();
    assert_eq!(written, [("users", 100, 0), ("posts", 1_000, 0)]);
    assert_eq!(file.rows("select id, username from users order by id limit 2").await, [["1", "user0"], ["2", "user1"]]);
    let titles = "select count(*) from posts join users on users.id = author_id
        where title = 'post ' || (posts.id - 1) || ' of ' || username";
    assert_eq!(file.number(titles).await, 1_000);
    assert!(file.number("select count(*) from posts where author_id = 1").await > 100);

    let again = file.seed(&plan, &Options::new()).await.unwrap();
    let there: Vec<_> = again.steps.iter().map(|step| (step.written, step.there)).collect();
    assert_eq!(there, [(0, 100), (0, 1_000)]);
    assert_eq!(file.number("select count(*) from posts").await, 1_000);
}

#[tokio::test]
async fn what_is_not_said_is_drawn_from_earlier_steps() {
    let file = File::with_schema().await;
    let mut plan = Plan::new();
    let users = plan.step("users", 20, |_| User::factory());
    plan.step("posts", per(users, 2), |_| Post::factory());
    plan.step("likes", 200, |_| Like::factory());
    file.seed(&plan, &Options::new()).await.unwrap();
    // Children belong to their parent, and everything else is anybody's.
    assert_eq!(
        file.number("select count(*) from (select 1 from posts group by author_id having count(*) = 2)").await,
        20
    );
    assert_eq!(file.number("select count(distinct user_id) from likes").await, 20);
    assert_eq!(file.number("select count(*) from posts where reviewer_id is not null").await, 0);
}

#[tokio::test]
async fn keys_that_rows_bring_themselves_are_pointed_at() {
    let file = File::with_schema().await;
    let mut plan = Plan::new();
    let tags = plan.step("tags", 3_000, |_| Tag::factory());
    plan.step("users", 5, |_| User::factory());
    let posts = plan.step("posts", 10, |_| Post::factory());
    plan.step("post_tags", per(posts, 3), move |row| {
        PostTag::factory().post_id(row.parent(posts)).tag_id(row.key(tags.distinct()))
    });
    file.seed(&plan, &Options::new()).await.unwrap();
    assert_eq!(file.number("select count(*) from post_tags join tags on name = tag_id").await, 30);
}

#[tokio::test]
async fn rows_that_are_there_already_are_kept_and_drawn_from() {
    let file = File::with_schema().await;
    file.say("insert into users values (7, 'alice', 1), (9, 'bob', 2)").await;
    let mut plan = Plan::new();
    let old = plan.existing::<crate::models::UserFactory>("people");
    plan.step("users", 3, |_| User::factory());
    plan.step("likes", 0, |_| Like::factory());
    plan.step("posts", 50, move |row| {
        let author = User { id: row.key(old.uniform()), username: "somebody".to_owned(), age: 1 };
        Post::factory().author(&author)
    });
    file.seed(&plan, &Options::new()).await.unwrap();
    assert_eq!(file.rows("select distinct author_id from posts order by 1").await, [["7"], ["9"]]);
    assert_eq!(file.rows("select id from users order by id").await, [["7"], ["9"], ["10"], ["11"], ["12"]]);
}

#[tokio::test]
async fn a_record_is_found_or_made_and_can_be_pointed_at() {
    let file = File::with_schema().await;
    let plan = || {
        let mut plan = Plan::new();
        let admin = plan.record("admin", &["username"], |_| User::factory().username("admin").age(99));
        plan.step("likes", 1, move |row| Like::factory().user_id(row.key(admin.row(0))).post_id(1));
        plan
    };
    file.say("insert into users values (70, 'someone', 1)").await;
    file.say("insert into posts values (1, 70, null, 'x')").await;
    file.seed(&plan(), &Options::new()).await.unwrap();
    assert_eq!(file.rows("select id, age from users where username = 'admin'").await, [["71", "99"]]);
    assert_eq!(file.rows("select user_id from likes").await, [["71"]]);

    // Its key may be given.
    let given = File::with_schema().await;
    let mut by_hand = Plan::new();
    let admin = by_hand.record("admin", &["username"], |_| User::factory().id(1_000).username("admin"));
    by_hand.step("users", 3, |_| User::factory());
    by_hand.step("posts", 1, move |row| Post::factory().author(&row.model(admin.row(0))));
    given.seed(&by_hand, &Options::new()).await.unwrap();
    assert_eq!(given.rows("select author_id, title from posts").await, [["1000", "post 0 of admin"]]);

    let other = File::with_schema().await;
    other.say("insert into users values (5, 'admin', 1)").await;
    other.say("insert into posts values (1, 5, null, 'x')").await;
    let summary = other.seed(&plan(), &Options::new()).await.unwrap();
    assert_eq!(summary.steps[0].written, 0);
    assert_eq!(other.rows("select user_id from likes").await, [["5"]]);
}

#[tokio::test]
async fn a_step_fills_up_to_a_number() {
    let file = File::with_schema().await;
    let plan = || {
        let mut plan = Plan::new();
        plan.step("users", fill_to(10), |_| User::factory());
        plan
    };
    file.say("insert into users values (3, 'alice', 1), (4, 'bob', 2)").await;
    assert_eq!(file.seed(&plan(), &Options::new()).await.unwrap().written(), 8);
    assert_eq!(file.seed(&plan(), &Options::new()).await.unwrap().written(), 0);
    file.say("delete from users where id < 6").await;
    assert_eq!(file.seed(&plan(), &Options::new()).await.unwrap().written(), 3);
    assert_eq!(file.number("select count(*) from users").await, 10);
}

#[tokio::test]
async fn tasks_are_done_once_and_before_every_time() {
    let file = File::new();
    let mut plan = Plan::new();
    plan.before(|mut db| Box::pin(async move { db.execute(crate::models::SCHEMA).await }));
    plan.before(|mut db| {
        Box::pin(async move {
            db.execute("create table if not exists log (what text); insert into log values ('before')").await
        })
    });
    plan.step("users", 2, |_| User::factory());
    plan.task("middle", |mut db| {
        Box::pin(async move { db.execute("insert into log select count(*) from users").await })
    });
    plan.step("more", 3, |_| User::factory());
    for _ in 0..2 {
        file.seed(&plan, &Options::new()).await.unwrap();
    }
    assert_eq!(file.rows("select what from log").await, [["before"], ["2"], ["before"]]);
    assert_eq!(file.rows("select username from users where id in (3, 5)").await, [["user2"], ["user4"]]);
}

#[tokio::test]
async fn a_task_gets_the_connection_itself() {
    let file = File::with_schema().await;
    let mut plan = Plan::new();
    plan.task("by hand", |mut db| {
        Box::pin(async move {
            assert_eq!(db.kind(), "sqlite");
            let connection = db.connection::<sqlx::SqliteConnection>().ok_or("another connection")?;
            User::factory().username("by hand").create(connection).await?;
            Ok(())
        })
    });
    file.seed(&plan, &Options::new()).await.unwrap();
    assert_eq!(file.number("select count(*) from users where username = 'by hand'").await, 1);
}

#[tokio::test]
async fn some_steps_alone_and_a_tenth_of_all() {
    let file = File::with_schema().await;
    let plan = blog(100, 1_000);
    let options = Options::new().scale(0.1);
    let summary = file.seed(&plan, &options.clone().only(["users"])).await.unwrap();
    assert_eq!(summary.written(), 10);
    let summary = file.seed(&plan, &options.from("posts")).await.unwrap();
    assert_eq!(summary.steps.iter().map(|step| step.name.as_str()).collect::<Vec<_>>(), ["posts"]);
    assert_eq!(file.number("select count(*) from posts").await, 100);
}

#[tokio::test]
async fn the_tables_are_emptied_children_first() {
    let file = File::with_schema().await;
    let plan = blog(10, 20);
    file.seed(&plan, &Options::new()).await.unwrap();
    let mut db = Database::open(&file.url()).await.unwrap();
    let done: Vec<_> = db.status(&plan).await.unwrap().into_iter().map(|step| (step.total, step.done)).collect();
    assert_eq!(done, [(Some(10), 10), (Some(20), 20)]);
    let emptied = db.fresh(&plan).await.unwrap();
    assert_eq!(emptied, [("\"posts\"".to_owned(), 20), ("\"users\"".to_owned(), 10)]);
    assert_eq!(db.status(&plan).await.unwrap()[0].total, None);
    assert_eq!(db.run(&plan, &Options::new(), &mut ()).await.unwrap().written(), 30);
}

#[tokio::test]
async fn a_connection_of_ones_own() {
    let mut db = sqlx::SqliteConnection::connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(crate::models::SCHEMA).execute(&mut db).await.unwrap();
    let summary = blog(3, 5).run(&mut db, &Options::new().seed(1), &mut ()).await.unwrap();
    assert_eq!(summary.to_string(), "8 rows in 2 steps");
    let error = blog(3, 5).run(&mut db, &Options::new().seed(2), &mut ()).await.unwrap_err();
    assert!(matches!(error, Failure::Changed(_)));
}

#[tokio::test]
async fn what_others_add_meanwhile_is_in_nobodys_way() {
    let file = File::with_schema().await;
    file.say("insert into users values (1, 'old', 1)").await;
    let plan = || {
        let mut plan = Plan::new();
        let old = plan.existing::<crate::models::UserFactory>("people");
        let users = plan.step("users", fill_to(5), |_| User::factory());
        plan.step("likes", 10, move |row| Like::factory().user_id(row.key(users.uniform())).post_id(1));
        plan.step("more", per(old, 2), |_| Like::factory().post_id(1));
        plan
    };
    file.say("insert into posts values (1, 1, null, 'x')").await;
    assert_eq!(file.seed(&plan(), &Options::new()).await.unwrap().written(), 16);
    assert_eq!(file.seed(&plan(), &Options::new()).await.unwrap().written(), 0);
    file.say("insert into users values (100, 'new', 1)").await;
    assert_eq!(file.seed(&plan(), &Options::new()).await.unwrap().written(), 0);
    file.say("delete from likes; delete from users where id in (3, 4)").await;
    assert_eq!(file.seed(&plan(), &Options::new()).await.unwrap().written(), 1);
}
