use manufactory::Factory;

struct Colour(u8);

#[derive(Factory)]
#[factory(param(second: Colour))]
struct Shirt {
    colour: Colour,
    pair: (u8, Colour),
    several: Vec<Colour>,
}

fn main() {}
