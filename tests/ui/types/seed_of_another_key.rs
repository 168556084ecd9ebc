use manufactory::Factory;
use manufactory::seed::Plan;

#[derive(Clone, Factory)]
#[factory(table = "tags")]
struct Tag {
    #[factory(key, sequence(|n| format!("tag{n}")))]
    name: String,
}

#[derive(Clone, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Clone, Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

fn main() {
    let mut plan = Plan::new();
    let tags = plan.step("tags", 3, |_| Tag::factory());
    plan.step("posts", 3, move |row| Post::factory().author_id(row.key(tags.uniform())));
}
