use manufactory::Factory;
use manufactory::seed::Plan;

#[derive(Clone, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {
    let mut plan = Plan::new();
    plan.step("users", 3, |_| User::factory().build());
}
