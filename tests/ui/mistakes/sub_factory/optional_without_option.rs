use manufactory::Factory;

#[derive(Factory)]
struct Post {
    #[factory(sub_factory(PostFactory, optional))]
    parent_id: i64,
}

fn main() {}
