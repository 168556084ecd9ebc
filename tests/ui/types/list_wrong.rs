use manufactory::Factory;

#[derive(Factory)]
struct Item {
    price: u32,
}

#[derive(Factory)]
struct Cart {
    #[factory(list(ItemFactory, "3"))]
    a: Vec<Item>,
}

fn main() {}
