use manufactory::Factory;

#[derive(Factory)]
#[factory(has_many(email: PostFactory, by = author))]
#[factory(has_many(create: PostFactory, by = author))]
#[factory(has_many(posts: PostFactory, by = author))]
#[factory(has_many(posts: PostFactory, by = reviewer))]
struct User {
    #[factory(key)]
    id: i64,
    email: String,
}

#[derive(Factory)]
struct Post {
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    reviewer_id: Option<i64>,
}

fn main() {}
