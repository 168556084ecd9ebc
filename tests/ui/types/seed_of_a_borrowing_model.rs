use manufactory::Factory;
use manufactory::seed::Plan;

#[derive(Clone, Factory)]
struct User<'a> {
    name: &'a str,
}

fn main() {
    let mut plan = Plan::new();
    plan.step("users", 3, |_| User::factory().name("alice"));
}
