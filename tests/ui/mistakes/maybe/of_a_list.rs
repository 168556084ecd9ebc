use manufactory::Factory;

#[derive(Factory)]
struct Item {}

#[derive(Factory)]
struct Cart {
    #[factory(maybe(0.5, list(ItemFactory, 3)))]
    items: Option<Vec<Item>>,
}

fn main() {}
