use manufactory::Factory;

#[derive(Factory)]
struct Pairs {
    #[factory(lazy(|b| *b))]
    a: u8,
    #[factory(lazy(|a| *a))]
    b: u8,
    #[factory(format("{d}"))]
    c: String,
    #[factory(format("{c}"))]
    d: String,
}

fn main() {}
