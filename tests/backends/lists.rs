//! Lists of models in rows that are created.

use manufactory::{Factory, Memory};

#[derive(Debug, Clone, PartialEq, Factory)]
struct Item {
    #[factory(value(5))]
    price: u32,
}

#[derive(Debug, Clone, Factory)]
struct Cart {
    #[factory(key)]
    id: i64,
    #[factory(list(ItemFactory, 2))]
    items: Vec<Item>,
    #[factory(list(ItemFactory, 0))]
    returned: Vec<Item>,
}

#[tokio::test]
async fn a_given_list_stays_beside_rows_whose_lists_are_made() {
    let mut db = Memory::new();
    let given = vec![Item { price: 1 }];
    let carts = Cart::factory().times(3).each(|i, cart| if i == 1 { cart.items(given.clone()) } else { cart });
    let carts = carts.create(&mut db).await.unwrap();
    let prices: Vec<Vec<u32>> = carts.iter().map(|cart| cart.items.iter().map(|item| item.price).collect()).collect();
    assert_eq!(prices, [vec![5, 5], vec![1], vec![5, 5]]);
}

#[tokio::test]
async fn a_list_of_none_is_empty() {
    let mut db = Memory::new();
    let cart = Cart::factory().create(&mut db).await.unwrap();
    assert_eq!((cart.items.len(), cart.returned.len()), (2, 0));
    let made = Cart::factory().returned(vec![Item { price: 9 }]).times(2).create_graph(&mut db).await.unwrap();
    assert!(made.roots().iter().all(|cart| cart.items.len() == 2 && cart.returned[0].price == 9));
    let made = Cart::factory().create_graph(&mut db).await.unwrap();
    assert_eq!((made.roots()[0].items.len(), made.roots()[0].returned.len()), (2, 0));
}
