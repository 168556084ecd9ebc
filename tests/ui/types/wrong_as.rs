use manufactory::Factory;

#[derive(Clone)]
struct Email(String);

#[derive(Factory)]
#[factory(table = "users", on(sqlx, sqlite))]
struct User {
    #[factory(as(String), value(Email("a@b".into())))]
    email: Email,
    #[factory(as(std::rc::Rc<str>), value("a"))]
    name: String,
}

fn main() {}
