//! What MySQL and MariaDB have instead: unsigned keys and sums, flags of one digit, enums of the column, JSON as text; as
//! in vaultwarden and in shops.

use super::databases::{mysql, mysql_rows};
use manufactory::{Auto, Factory};
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Auto, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
enum Size {
    ExtraSmall,
    Large,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "order", on(sqlx, mysql), has_many(items: ItemFactory, by = order))]
struct Order {
    #[factory(key)]
    id: u64,
    #[factory(value(u32::MAX))]
    total: u32,
    is_paid: bool,
    #[factory(database)]
    state: String,
}

#[derive(Debug, Factory)]
#[factory(table = "items", on(sqlx, mysql))]
struct Item {
    #[factory(key, sub_factory(OrderFactory))]
    order_id: u64,
    #[factory(key, sequence)]
    position: u16,
    #[factory(cycle([Size::Large, Size::ExtraSmall]))]
    size: Size,
    #[factory(column = "key", setter = with_attributes, value(json!({ "sku": "A" })))]
    attributes: Value,
}

#[tokio::test]
async fn numbers_without_a_sign_and_enums_of_the_column() {
    let (db, _database) = mysql(
        "create table `order` (id bigint unsigned auto_increment primary key, total int unsigned not null, is_paid bool not null,
                               state varchar(10) not null default 'new');
         create table items (order_id bigint unsigned, position smallint unsigned, size enum('extra_small', 'large') not null,
                             `key` json not null, primary key (order_id, position), foreign key (order_id) references `order` (id))",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let order = Order::factory().is_paid(true).items(2).create(&db).await.unwrap();
    assert_eq!((order.id, order.total, order.state.as_str()), (1, u32::MAX, "new"));
    let items = Item::factory().create_batch(&db, 2).await.unwrap();
    assert_eq!((items[1].order_id, items[0].attributes["sku"].as_str()), (3, Some("A")));
    let found =
        "select concat(order_id, ' ', size, ' ', json_value(`key`, '$.sku')) from items order by order_id, position";
    assert_eq!(mysql_rows(&db, found).await, ["1 large A", "1 extra_small A", "2 large A", "3 extra_small A"]);
}
