use manufactory::Factory;

#[derive(Factory)]
struct Item {
    price: u32,
}

#[derive(Factory)]
struct Cart {
    #[factory(list(ItemFactory, "3"))]
    a: Vec<Item>,
    #[factory(list(ItemFactory, 3))]
    b: Vec<u8>,
    #[factory(list(ItemFactory, 3))]
    c: [Item; 3],
}

fn main() {}
