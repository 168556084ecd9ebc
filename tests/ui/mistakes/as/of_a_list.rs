use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "carts")]
struct Cart {
    #[factory(as(String), list(ItemFactory, 3))]
    items: Vec<Item>,
}

#[derive(Factory)]
struct Item {
    price: u32,
}

fn main() {}
