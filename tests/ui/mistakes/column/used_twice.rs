use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", column(age: u8))]
struct User {
    name: String,
    #[factory(column = "name")]
    title: String,
    #[factory(column = "age")]
    years: u8,
    #[factory(column = "boss_id")]
    lead: i64,
    #[factory(sub_factory(UserFactory, optional))]
    boss: Option<Box<User>>,
    #[factory(column = mail)]
    email: String,
}

fn main() {}
