//! `after_build(|model, a, b| ..)`

use manufactory::Factory;

#[derive(Factory)]
#[factory(param(suffix: String = value("!")))]
#[factory(after_build(|post, suffix| post.title.push_str(suffix)))]
#[factory(after_build(|post| { post.length = post.title.len(); }))]
struct Post {
    #[factory(value("hi"))]
    title: String,
    length: usize,
}

#[test]
fn hooks_run_in_the_order_written_and_read_params() {
    let post = Post::factory().build();
    assert_eq!((post.title.as_str(), post.length), ("hi!", 3));
    assert_eq!(Post::factory().suffix("...").build().title, "hi...");
    assert!(Post::factory().build_batch(3).iter().all(|post| post.length == 3));
}
