use manufactory::Factory;

struct User;

#[derive(Factory)]
#[factory(returns = User)]
struct NewUser {
    username: String,
}

fn main() {
    let _ = NewUser::factory().username("a");
}
