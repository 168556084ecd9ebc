use manufactory::Factory;

struct Colour(u8);

#[derive(Factory)]
struct Shirt {
    #[factory(default)]
    colour: Colour,
}

fn main() {}
