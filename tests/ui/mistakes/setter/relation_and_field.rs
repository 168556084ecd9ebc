use manufactory::Factory;

#[derive(Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory, optional))]
    parent_id: Option<i64>,
    parent: String,
    #[factory(sub_factory(PostFactory, optional))]
    next_id: Option<i64>,
    #[factory(setter = next_name)]
    next: String,
    next_with: String,
}

fn main() {}
