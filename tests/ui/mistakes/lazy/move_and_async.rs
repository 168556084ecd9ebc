use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(lazy(move |n| n))]
    a: u64,
    #[factory(sequence(async |n| n))]
    b: u64,
    #[factory(lazy(async move |a| *a))]
    c: u64,
}

fn main() {}
