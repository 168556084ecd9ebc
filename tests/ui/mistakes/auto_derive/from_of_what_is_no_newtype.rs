use manufactory::Auto;

#[derive(Auto)]
#[factory(auto(from))]
struct Pair(u8, u8);

#[derive(Auto)]
#[factory(auto(from))]
enum Role {
    Member,
}

fn main() {}
