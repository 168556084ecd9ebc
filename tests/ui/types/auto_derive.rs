use manufactory::{Auto, Factory};

struct NoAuto;

#[derive(Auto)]
enum Role {
    Member(NoAuto),
    Admin { since: NoAuto },
}

#[derive(Auto)]
#[factory(auto(from))]
struct Email(String);

#[derive(Factory)]
struct User {
    role: Role,
    email: Email,
}

fn main() {}
