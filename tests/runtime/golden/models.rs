//! The models whose data must never change: every declaration that is there without a feature.

use manufactory::{Auto, Factory};
use rand::RngExt;
use std::time::SystemTime;

#[derive(Factory)]
pub(super) struct Sample {
    #[factory(choice(["a", "b", "c", "d"]))]
    pub(super) choice: &'static str,
    #[factory(weighted([(5, 'x'), (1, 'y')]))]
    pub(super) weighted: char,
    #[factory(maybe(0.5, sequence))]
    pub(super) maybe: Option<u8>,
    #[factory(lazy(|rng| rng.random()))]
    pub(super) number: u32,
}

#[derive(Debug, Clone, PartialEq, Auto)]
pub(super) enum Role {
    Member,
    Admin { level: u8 },
    Guest(i64),
}

#[derive(Debug, Clone, PartialEq, Auto)]
pub(super) struct Score(f64, f32);

#[derive(Debug, Clone, Factory)]
#[factory(has_many(posts: PostFactory, by = author))]
#[factory(param(domain: &'static str = choice(["example.com", "example.org"])))]
#[factory(preset(admin: role = value(Role::Admin { level: 9 }), karma = lazy(|rng| rng.random_range(1_000..2_000))))]
#[factory(preset(busy: admin, state = value('b'), posts = 2))]
pub(super) struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n:>4}"))]
    name: String,
    #[factory(lazy(|name, domain| format!("{}@{domain}", name.trim())))]
    email: String,
    role: Role,
    #[factory(lazy(|rng| rng.random_range(1..=100)))]
    karma: u32,
    #[factory(lazy(|rng| Score(rng.random(), rng.random())))]
    score: Score,
    #[factory(weighted([(3, 'a'), (1, 'b'), (6, 'c')]))]
    state: char,
    #[factory(maybe(0.3, choice(["Al", "Bo", "Cy"])))]
    nickname: Option<&'static str>,
    #[factory(lazy(|rng, n| [rng.random(), rng.random(), n]))]
    token: [u64; 3],
    #[factory(lazy(|now| now.system_time().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()))]
    joined: u64,
    #[factory(cycle([0.1, 1e300, -2.5e-9]))]
    ratio: f64,
    numbers: Numbers,
}

/// Of each type of number the plain value.
#[derive(Debug, Clone, PartialEq, Auto)]
pub(super) struct Numbers {
    a: u8,
    b: i8,
    c: u16,
    d: i32,
    e: u64,
    f: i128,
    g: f32,
    h: bool,
    i: char,
    j: Option<u8>,
    k: Vec<u8>,
    l: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(many_to_many(tags: TagFactory, through = PostTagFactory(post, tag)))]
pub(super) struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory, optional, with = |reviewer, title| reviewer.name(format!("of {title}"))))]
    reviewer_id: Option<i64>,
    #[factory(format("{author.name} no. {n}"))]
    title: String,
    #[factory(lazy(|rng, title| (0..3).map(|_| title.chars().nth(rng.random_range(0..title.chars().count())).unwrap()).collect()))]
    slug: String,
}

#[derive(Debug, Clone, Factory)]
pub(super) struct Tag {
    #[factory(key)]
    id: i64,
    #[factory(choice(["red", "green", "blue"]))]
    color: &'static str,
}

#[derive(Debug, Clone, Factory)]
pub(super) struct PostTag {
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(TagFactory))]
    tag_id: i64,
}

/// A later version of the user, which has other attributes, too, and in another order.
pub(super) mod later {
    use super::{Role, Score};
    use manufactory::Factory;
    use rand::RngExt;

    #[derive(Debug, Factory)]
    pub(in super::super) struct User {
        #[factory(choice([1, 2, 3]))]
        added: u8,
        #[factory(lazy(|rng, n| [rng.random(), rng.random(), n]))]
        pub(in super::super) token: [u64; 3],
        #[factory(maybe(0.3, choice(["Al", "Bo", "Cy"])))]
        pub(in super::super) nickname: Option<&'static str>,
        #[factory(weighted([(3, 'a'), (1, 'b'), (6, 'c')]))]
        pub(in super::super) state: char,
        #[factory(lazy(|rng| rng.random()))]
        also_added: u64,
        #[factory(lazy(|rng| Score(rng.random(), rng.random())))]
        pub(in super::super) score: Score,
        #[factory(lazy(|rng| rng.random_range(1..=100)))]
        pub(in super::super) karma: u32,
        pub(in super::super) role: Role,
    }
}
