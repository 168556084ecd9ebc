use manufactory::Factory;

#[derive(Factory)]
#[factory(param(title: String, size: u8), param(size: u8))]
struct Post {
    title: String,
}

fn main() {
    Post::factory().title("x").size(3).build();
}
