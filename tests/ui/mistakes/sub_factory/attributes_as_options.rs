use manufactory::Factory;

mod blog {
    use manufactory::Factory;

    #[derive(Clone, Factory)]
    #[factory(preset(published: title = value("x")))]
    pub struct BlogPost {
        #[factory(key)]
        id: i64,
        title: String,
    }
}

#[derive(Factory)]
struct Comment {
    #[factory(sub_factory(blog::BlogPostFactory, published = true))]
    post_id: i64,
}

fn main() {
    Comment::factory().post_with(|post| post.published()).build();
}
