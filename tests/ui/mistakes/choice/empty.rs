use manufactory::Factory;

#[derive(Factory)]
struct Shirt {
    #[factory(choice([]))]
    colour: String,
    #[factory(choice("red", "green"))]
    other: String,
}

fn main() {}
