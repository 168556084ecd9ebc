use manufactory::Factory;

#[derive(Factory)]
#[factory(param(size: u8 = maybe(0.5, value(1))))]
struct User {
    #[factory(maybe(0.5, value("x")))]
    nickname: String,
    #[factory(maybe(0.5, sub_factory(UserFactory)))]
    boss_id: i64,
}

fn main() {}
