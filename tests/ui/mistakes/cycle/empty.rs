use manufactory::Factory;

#[derive(Factory)]
struct Shirt {
    #[factory(cycle([]))]
    colour: String,
}

fn main() {}
