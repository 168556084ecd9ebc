use manufactory::Factory;

#[derive(Factory)]
#[factory(param(a: u8 =), param(b:), param(c: u8 = value))]
#[factory(preset(x: f =), preset(y: f), table = )]
struct User {
    #[factory(value(1 +))]
    d: u8,
    #[factory(lazy(|n|))]
    e: u8,
    #[factory(maybe(0.5))]
    f: Option<u8>,
    #[factory(maybe(0.5,))]
    g: Option<u8>,
    #[factory(list(UserFactory))]
    h: Vec<User>,
    #[factory(key, )]
    i: u8,
}

fn main() {}
