//! Many rows in one call: a statement per relation, all or nothing, and the culprit named.
//!
//! `cargo run --example batches`

use manufactory::{Factory, Session};
use sqlx::{Connection, SqliteConnection};
use std::error::Error;

#[derive(Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    username: String,
}

#[derive(Factory)]
#[factory(table = "orders")]
#[factory(preset(paid: state = value("paid")))]
struct Order {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    customer_id: i64,
    #[factory(cycle(["new", "sent"]))]
    state: String,
    #[factory(fake(10..1_000))]
    total: i64,
}

const SCHEMA: &str = "
    create table users (id integer primary key, username text not null unique);
    create table orders (
        id integer primary key, customer_id integer not null references users, state text not null,
        total integer not null check (total > 0)
    );
";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut db = SqliteConnection::connect("sqlite::memory:").await?;
    sqlx::raw_sql(SCHEMA).execute(&mut db).await?;
    let _session = Session::seeded(1).enter();

    println!("Three orders, each with a customer of its own:");
    show(&Order::factory().create_batch(&mut db, 3).await?);

    let customer = User::factory().username("alice").create(&mut db).await?;
    println!("\nThree orders of one customer, user {} ({}):", customer.id, customer.username);
    show(&Order::factory().customer(&customer).create_batch(&mut db, 3).await?);

    println!("\nThree orders that differ by their place in the batch:");
    let orders = Order::factory().customer(&customer).times(3);
    let orders = orders.each(|i, order| if i == 0 { order.paid() } else { order.state(format!("step {i}")) });
    show(&orders.create(&mut db).await?);

    println!("\nAny mix of overrides:");
    let mix = [Order::factory().paid(), Order::factory().customer(&customer), Order::factory().customer_id(1)];
    show(&manufactory::create_all(&mut db, mix).await?);

    println!("\nIn memory, with no database at all:");
    show(&Order::factory().customer(&customer).build_batch(2));

    println!("\n10,000 orders, one of which the table refuses:");
    let (users, orders) = rows(&mut db).await?;
    let bad = Order::factory().times(10_000).each(|i, order| if i == 7_777 { order.total(-1) } else { order });
    if let Err(error) = bad.create(&mut db).await {
        println!("  error:   {error}\n  because: {}", error.source().map(ToString::to_string).unwrap_or_default());
        println!("  row:     {:?}", error.row());
    }
    println!("  rows before: {users} users, {orders} orders");
    let (users, orders) = rows(&mut db).await?;
    println!("  rows after:  {users} users, {orders} orders");
    Ok(())
}

fn show(orders: &[Order]) {
    for Order { id, customer_id, state, total } in orders {
        println!("  order {id:>2} of user {customer_id}: {state:<6} {total:>3}");
    }
}

async fn rows(db: &mut SqliteConnection) -> Result<(i64, i64), sqlx::Error> {
    sqlx::query_as("select (select count(*) from users), (select count(*) from orders)").fetch_one(db).await
}
