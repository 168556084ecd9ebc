use manufactory::Factory;

#[derive(Factory)]
struct Category {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CategoryFactory))]
    parent_id: i64,
}

fn main() {}
