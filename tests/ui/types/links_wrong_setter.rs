use manufactory::Factory;

#[derive(Clone, Factory)]
#[factory(many_to_many(tags: TagFactory, through = PostTagFactory(post, tag)))]
struct Post {
    #[factory(key)]
    id: i64,
}

#[derive(Clone, Factory)]
struct Tag {
    #[factory(key)]
    id: i64,
}

#[derive(Clone, Factory)]
struct PostTag {
    #[factory(key, sub_factory(PostFactory))]
    post_id: i64,
    #[factory(key, sub_factory(TagFactory))]
    tag_id: i64,
}

fn wrong(tag: Tag) {
    Post::factory().tags("rust");
    Post::factory().tags(&tag);
}

fn main() {}
