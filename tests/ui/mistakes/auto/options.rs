use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(auto(form))]
    id: i64,
    #[factory(auto(from =))]
    code: i64,
    #[factory(auto(from i64))]
    size: i64,
    #[factory(auto = from)]
    age: i64,
    #[factory(auto(i64))]
    year: i64,
}

fn main() {}
