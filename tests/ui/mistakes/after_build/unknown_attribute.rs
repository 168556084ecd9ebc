use manufactory::Factory;

#[derive(Factory)]
#[factory(param(suffix: String))]
#[factory(after_build(|post, sufix| post.title.push_str(sufix)))]
#[factory(after_build(|post, n| post.title.push_str(&n.to_string())))]
#[factory(after_build(|| {}))]
struct Post {
    title: String,
}

fn main() {}
