use manufactory::Factory;

#[derive(Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    language: String,
    #[factory(sub_factory(PostFactory, optional, with = |parent, langauge| parent.language(langauge.clone())))]
    parent_id: Option<i64>,
    #[factory(sub_factory(PostFactory, optional, with = |parent, n| parent.id(n)))]
    other_id: Option<i64>,
    #[factory(sub_factory(PostFactory, optional, with = || PostFactory::new()))]
    third_id: Option<i64>,
}

fn main() {}
