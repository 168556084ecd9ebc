use manufactory::Factory;

struct Colour(u8);
struct Ratio(f64);

impl From<f64> for Ratio {
    fn from(ratio: f64) -> Self {
        Self(ratio)
    }
}

#[derive(Factory)]
struct Shirt {
    #[factory(auto(from))]
    colour: Colour,
    #[factory(auto(from = u8))]
    lining: Option<Colour>,
    #[factory(auto(from))]
    shade: Option<Ratio>,
    #[factory(auto(from = Colour))]
    shrink: Ratio,
}

fn main() {}
