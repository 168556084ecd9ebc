//! What a client would send, from the same factories that make the rows: for tests of an HTTP interface.
//!
//! `cargo run --example request_bodies`

#![allow(dead_code, reason = "what is sent is read at the other end")]

use manufactory::{Factory, Session};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    Member,
    Admin,
}

#[derive(Factory)]
#[factory(param(domain: String = value("example.com")))] // not in the model, so not in the body
#[factory(preset(admin: role = value(Role::Admin)))]
struct User {
    #[factory(key)] // the database's part
    id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    username: String,
    #[factory(format("{username}@{domain}"))]
    email: String,
    #[factory(value(Role::Member))]
    role: Role,
    #[factory(database)] // the database's part, too
    version: i32,
}

#[derive(Factory)]
struct Order {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    customer_id: i64,
    #[factory(sub_factory(AddressFactory))]
    ship_to: Address,
    #[factory(list(LineFactory, 2))]
    lines: Vec<Line>,
}

#[derive(Clone, Serialize, Factory)]
struct Address {
    #[factory(value("Main Street 1"))]
    street: String,
    #[factory(cycle(["Paris", "Seoul"]))]
    city: String,
}

#[derive(Serialize, Factory)]
struct Line {
    #[factory(cycle(["tea", "cup"]))]
    item: String,
    #[factory(value(2))]
    amount: u32,
}

/// What the handler under test reads.
#[derive(Debug, Deserialize)]
struct CreateUser {
    username: String,
    email: String,
}

fn main() -> manufactory::Result<()> {
    let _session = Session::seeded(1).enter();

    println!("A user, and one with overrides and a preset:");
    show(User::factory().attributes()?);
    show(User::factory().username("alice").domain("example.org").admin().attributes()?);

    println!("\nWhat the database makes is in it if the caller says so:");
    show(User::factory().id(7).attributes()?);

    println!("\nSeveral:");
    User::factory().times(2).each(|i, user| user.username(format!("new{i}"))).attributes()?.into_iter().for_each(show);

    println!("\nModels in models; the key of a customer only if one is given:");
    show(Order::factory().attributes()?);
    show(Order::factory().customer_id(7).ship_to_with(|to| to.city("Oslo")).lines(Vec::new()).attributes()?);

    println!("\nAs the type of the request:");
    let request: CreateUser = User::factory().username("bob").attributes_as()?;
    println!("  {} <{}>", request.username, request.email);

    println!("\nA type that wants more than there is:");
    println!("  {:?}", Order::factory().attributes_as::<CreateUser>().unwrap_err());
    Ok(())
}

fn show(body: Map<String, Value>) {
    println!("  {}", Value::Object(body));
}
