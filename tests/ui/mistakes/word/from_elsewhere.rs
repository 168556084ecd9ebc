use manufactory::Factory;

#[derive(Factory)]
#[factory(trait(admin: name = value("admin")), transient(domain: String))]
struct User {
    #[factory(primary_key)]
    id: i64,
    #[factory(lazy_attribute(|domain| format!("a@{domain}")))]
    name: String,
    #[factory(auto)]
    age: u8,
}

fn main() {
    User::factory().admin().domain("x").build();
}
