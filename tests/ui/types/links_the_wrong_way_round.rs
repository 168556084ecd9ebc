use manufactory::Factory;

#[derive(Clone, Factory)]
#[factory(many_to_many(tags: TagFactory, through = PostTagFactory(tag, post)))]
struct Post {
    #[factory(key)]
    id: i64,
}

#[derive(Clone, Factory)]
struct Tag {
    #[factory(key)]
    id: i64,
}

#[derive(Factory)]
struct PostTag {
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(TagFactory))]
    tag_id: i64,
}

fn main() {}
