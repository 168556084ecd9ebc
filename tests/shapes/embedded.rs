//! Structs within the model whose fields are columns of the same table: `#[sqlx(flatten)]`, as in Windmill, and Diesel's
//! `#[diesel(embed)]`, as in Omicron. The factory's struct is flat, and its model is built from it, or read by the library.

use super::databases::{diesel_rows, diesel_sqlite, rows, sqlite};
use diesel::prelude::*;
use manufactory::Factory;

const TABLE: &str = "create table customers (id integer primary key, street text not null, city text not null)";

mod app {
    use super::schema;
    use diesel::prelude::{Queryable, Selectable};

    #[derive(Debug, PartialEq, sqlx::FromRow, Queryable, Selectable)]
    #[diesel(table_name = schema::customers)]
    pub(super) struct Customer {
        pub(super) id: i32,
        #[sqlx(flatten)]
        #[diesel(embed)]
        pub(super) address: Address,
    }

    #[derive(Debug, PartialEq, sqlx::FromRow, Queryable, Selectable)]
    #[diesel(table_name = schema::customers)]
    pub(super) struct Address {
        pub(super) street: String,
        pub(super) city: String,
    }
}

mod schema {
    diesel::table! { customers (id) { id -> Integer, street -> Text, city -> Text, } }
}

/// Built from its columns: for any library, and in memory.
#[derive(Factory)]
#[factory(model = app::Customer, name = BuiltCustomers, table = "customers", on(sqlx, sqlite))]
#[factory(construct = |id, street, city| app::Customer { id, address: app::Address { street, city } })]
struct Built {
    #[factory(key)]
    id: i32,
    #[factory(format("{n} Main Street"))]
    street: String,
    #[factory(value("Lyon"))]
    city: String,
}

/// Read as the library reads it.
#[derive(Factory)]
#[factory(table = "customers", table = schema::customers, on(sqlite, sqlx, diesel), returns = app::Customer)]
struct NewCustomer {
    street: String,
    #[factory(value("Lyon"))]
    city: String,
}

#[tokio::test]
async fn flattened_by_sqlx() {
    let db = sqlite(TABLE).await;
    let built = BuiltCustomers::new().create(&db).await.unwrap();
    let made = NewCustomer::factory().street("Quay").create(&db).await.unwrap();
    assert_eq!(made, app::Customer { id: 2, address: app::Address { street: "Quay".into(), city: "Lyon".into() } });
    BuiltCustomers::new().city("Nice").create_batch(&db, 2).await.unwrap();
    let read: app::Customer = sqlx::query_as("select * from customers where id = 1").fetch_one(&db).await.unwrap();
    assert_eq!(read, built);
    assert_eq!(rows(&db, "select city from customers").await, ["Lyon", "Lyon", "Nice", "Nice"]);
    assert_eq!(BuiltCustomers::new().city("Nice").build().address.city, "Nice");
}

#[test]
fn embedded_by_diesel() {
    let mut db = diesel_sqlite(TABLE);
    let made = NewCustomer::factory().create_batch(&mut db, 2).unwrap();
    let read: Vec<app::Customer> = schema::customers::table.select(app::Customer::as_select()).load(&mut db).unwrap();
    assert_eq!(read, made);
    assert_eq!(diesel_rows(&mut db, "select city from customers"), ["Lyon", "Lyon"]);
}
