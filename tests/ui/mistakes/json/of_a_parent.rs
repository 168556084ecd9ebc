use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users")]
struct User {
    #[factory(json, sub_factory(AddressFactory))]
    address: Address,
    #[factory(json(pretty), skip)]
    notes: Vec<String>,
}

#[derive(Clone, Factory)]
struct Address {
    street: String,
}

fn main() {}
