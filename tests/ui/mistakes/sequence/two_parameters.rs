use manufactory::Factory;

#[derive(Factory)]
struct User {
    age: u8,
    #[factory(sequence(|n, age| n + u64::from(age)))]
    number: u64,
    #[factory(sequence(|| 3))]
    other: u64,
}

fn main() {}
