use manufactory::Factory;

const NONE: &[&str] = &[];
const OFTEN: f64 = 1.5;
const WEIGHT: u32 = 0;

#[derive(Factory)]
struct User {
    #[factory(cycle(NONE))]
    name: String,
    #[factory(choice(NONE))]
    role: String,
    #[factory(maybe(OFTEN, value(1)))]
    age: Option<u8>,
    #[factory(weighted([(WEIGHT, 1), (0, 2)]))]
    size: u8,
}

fn main() {}
