use manufactory::Factory;

#[derive(Factory)]
struct Place {
    #[factory(value((1, 2)))]
    point: (u8, u8),
    #[factory(lazy(|(x, y)| x + y))]
    a: u8,
    #[factory(lazy(|&point| point.0))]
    b: u8,
    #[factory(lazy(|mut point| point.0))]
    c: u8,
    #[factory(lazy(|_| 3))]
    d: u8,
}

fn main() {}
