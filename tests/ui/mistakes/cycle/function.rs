use manufactory::Factory;

fn sizes() -> Vec<u8> {
    Vec::new()
}

#[derive(Factory)]
struct Shirt {
    #[factory(cycle(sizes()))]
    size: u8,
}

fn main() {}
