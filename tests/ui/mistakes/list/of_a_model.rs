use manufactory::Factory;

#[derive(Factory)]
struct Item {
    price: u32,
}

#[derive(Factory)]
struct Cart {
    #[factory(list(Item, 3))]
    items: Vec<Item>,
}

fn main() {}
