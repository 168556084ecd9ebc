//! `list(F, 3)`

use manufactory::Factory;
use std::collections::VecDeque;

#[derive(Debug, Clone, PartialEq, Factory)]
struct Item {
    #[factory(sequence)]
    price: u32,
}

#[derive(Factory)]
struct Cart {
    #[factory(list(ItemFactory, 3))]
    items: Vec<Item>,
    #[factory(list(ItemFactory, 1 + 1))]
    saved: VecDeque<Item>,
    #[factory(lazy(|items| items.iter().map(|item| item.price).sum()))]
    total: u32,
}

#[test]
fn a_list_is_made_of_fresh_models_unless_given() {
    let cart = Cart::factory().build();
    assert_eq!((cart.items.len(), cart.saved.len()), (3, 2));
    assert_eq!(cart.total, cart.items.iter().map(|item| item.price).sum::<u32>());
    let cart = Cart::factory().items(vec![Item { price: 5 }]).build();
    assert_eq!((cart.items.len(), cart.total), (1, 5));
    assert!(Cart::factory().items(Vec::new()).build().items.is_empty());
}
