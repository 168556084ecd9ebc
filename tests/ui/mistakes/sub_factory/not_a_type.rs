use manufactory::Factory;

#[derive(Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory("PostFactory"))]
    a_id: i64,
    #[factory(sub_factory(Post::factory()))]
    b_id: i64,
    #[factory(sub_factory(PostFactory::new(), optional))]
    c_id: Option<i64>,
    #[factory(list(Post::factory().times(3), 3))]
    d: Vec<Post>,
    #[factory(sub_factory(PostFactory optional))]
    e_id: Option<i64>,
}

fn main() {}
