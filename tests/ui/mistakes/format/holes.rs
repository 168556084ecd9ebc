use manufactory::Factory;

#[derive(Factory)]
struct User {
    width: usize,
    #[factory(format("user{}"))]
    a: String,
    #[factory(format("user{0}"))]
    b: String,
    #[factory(format("{n:width$}"))]
    c: String,
    #[factory(format("{width + 1}"))]
    d: String,
    #[factory(format("{width"))]
    e: String,
    #[factory(format("width}"))]
    f: String,
    #[factory(format(width))]
    g: String,
}

fn main() {}
