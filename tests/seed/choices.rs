//! Which rows are picked, and which values are shared out.

use crate::models::{File, Like, Post, Tag, User};
use manufactory::Factory;
use manufactory::seed::{Options, Plan, Spread, cross, pairs, per};
use std::collections::{HashMap, HashSet};
use std::time::{Duration, SystemTime};

/// The keys that a step of likes picks of ten users.
fn picked(
    choose: impl Fn(&manufactory::seed::Row<'_>, manufactory::seed::Step<crate::models::UserFactory>) -> i64
    + Send
    + Sync
    + 'static,
) -> HashMap<i64, usize> {
    let mut plan = Plan::new();
    let users = plan.step("users", 10, |_| User::factory());
    plan.step("likes", 1_000, move |row| Like::factory().user_id(choose(row, users)).post_id(1));
    let mut counts = HashMap::new();
    for row in plan.sample(&Options::new(), "likes", 1_000).unwrap() {
        let Some(manufactory::Value::Int(user)) = row.get("user_id") else { panic!("no user in {row:?}") };
        *counts.entry(*user).or_insert(0) += 1;
    }
    counts
}

#[test]
fn each_way_to_pick() {
    let uniform = picked(|row, users| row.key(users.uniform()));
    assert!((1..=10).all(|user| (70..130).contains(&uniform[&user])), "{uniform:?}");
    let zipf = picked(|row, users| row.key(users.zipf(1.0)));
    assert!(zipf[&1] > zipf[&2] && zipf[&2] > zipf[&4] && zipf[&4] > zipf[&10], "{zipf:?}");
    let shares = picked(|row, users| row.key(users.shares(&[80.0, 15.0, 5.0])));
    assert_eq!(shares, HashMap::from([(1, 800), (2, 150), (3, 50)]));
    let in_turn = picked(|row, users| row.key(users.round_robin()));
    assert!(in_turn.values().all(|n| *n == 100) && in_turn.len() == 10);
    assert_eq!(picked(|row, users| row.key(users.row(3))), HashMap::from([(4, 1_000)]));
}

#[test]
fn several_picks_of_a_row_differ_and_repeat() {
    let two = |row: &manufactory::seed::Row<'_>, users: manufactory::seed::Step<crate::models::UserFactory>| {
        row.key(users.uniform()) * 100 + row.key(users.uniform())
    };
    let first = picked(two);
    assert!(first.len() > 90, "{}", first.len());
    assert_eq!(first, picked(two));
    let keys = picked(|row, users| {
        let keys = row.keys(users, 3);
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), 3);
        keys[0]
    });
    assert_eq!(keys.len(), 10);
}

#[test]
fn exact_shares_in_no_visible_order() {
    let mut plan = Plan::new();
    plan.step("users", 1_000, |row| User::factory().age(row.share([(80.0, 1), (15.0, 2), (5.0, 3)])));
    let ages: Vec<_> = plan.sample(&Options::new(), "users", 1_000).unwrap();
    let ages: Vec<_> = ages.iter().map(|row| row.get("age").cloned().unwrap()).collect();
    let count = |age: i32| ages.iter().filter(|one| **one == age.into()).count();
    assert_eq!((count(1), count(2), count(3)), (800, 150, 50));
    assert!(ages[..100].iter().any(|age| *age != 1.into()) && ages[900..].contains(&1.into()));
}

#[test]
fn children_of_a_range_and_of_a_law() {
    let mut plan = Plan::new();
    let users = plan.step("users", 1_000, |_| User::factory());
    plan.step("posts", per(users, 0..=4), |_| Post::factory());
    plan.step("likes", per(users, Spread::poisson(3.0)), |_| Like::factory().post_id(1));
    let rows: Vec<_> = plan.outline(&Options::new()).unwrap().iter().map(|step| step.rows).collect();
    assert!((1_850..2_150).contains(&rows[1]) && (2_800..3_200).contains(&rows[2]), "{rows:?}");
}

#[tokio::test]
async fn pairs_never_repeat_and_a_cross_product_has_them_all() {
    let file = File::with_schema().await;
    let mut plan = Plan::new();
    let users = plan.step("users", 30, |_| User::factory());
    let posts = plan.step("posts", 20, |_| Post::factory());
    plan.step("some", pairs(users, posts, 500), move |row| {
        let (user, post) = row.pair(users, posts);
        Like::factory().user_id(user).post_id(post)
    });
    plan.step("all", cross(users, posts), |_| Like::factory());
    file.seed(&plan, &Options::new()).await.unwrap();
    assert_eq!(file.number("select count(distinct user_id || '-' || post_id) from likes where id <= 500").await, 500);
    assert_eq!(file.number("select count(distinct user_id || '-' || post_id) from likes where id > 500").await, 600);
}

#[test]
fn time_goes_on_and_counters_grow() {
    let (from, to) = (SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000));
    let mut plan = Plan::new();
    plan.step("tags", 1_000, move |row| {
        let since = row.time(from, to).duration_since(from).unwrap();
        Tag::factory().name(format!("{:012} {:09}", since.as_secs(), row.growing(100, 1..=5)))
    });
    let tags = plan.sample(&Options::new(), "tags", 1_000).unwrap();
    let tags: Vec<_> = tags.iter().map(|row| row.get("name").unwrap().to_string()).collect();
    assert!(tags.is_sorted());
    assert!(tags[999].contains("000000999"), "{}", tags[999]);
    assert!(tags[0].ends_with("000000100\""), "{}", tags[0]);
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "folders", on(sqlx))]
struct Folder {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(FolderFactory, optional))]
    parent_id: Option<i64>,
}

#[tokio::test]
async fn a_row_points_at_one_before_it() {
    let file = File::with_schema().await;
    file.say("create table folders (id integer primary key, parent_id integer references folders (id))").await;
    let mut plan = Plan::new();
    plan.step("folders", 100, |row| Folder::factory().parent_id(row.earlier::<FolderFactory>()));
    file.seed(&plan, &Options::new().chunk(7)).await.unwrap();
    assert_eq!(file.number("select count(*) from folders where parent_id < id").await, 99);
    assert!(file.number("select count(distinct parent_id) from folders").await > 30);
}
