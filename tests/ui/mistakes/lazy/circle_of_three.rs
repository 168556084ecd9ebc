use manufactory::Factory;

#[derive(Factory)]
struct Box {
    #[factory(lazy(|depth| depth + 1))]
    width: u32,
    #[factory(lazy(|width| width + 1))]
    height: u32,
    #[factory(lazy(|height| height + 1))]
    depth: u32,
    #[factory(lazy(|width, height| width * height))]
    area: u32,
}

fn main() {}
