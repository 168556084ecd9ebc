use manufactory::Auto;

#[derive(Auto)]
#[factory(table = "roles")]
#[factory(atuo(from))]
#[factory(auto)]
#[factory(elephant)]
enum Role {
    #[factory(default)]
    Member(#[factory(value(3))] u8),
}

#[derive(Auto)]
#[factory(crate = manufactory, crate = manufactory)]
#[factory(auto(from = u8))]
struct Score(#[factory(sequence)] u8);

fn main() {}
