use manufactory::Factory;

#[derive(Factory)]
#[factory(table, param(), preset, after_build, construct, crate)]
struct User {
    #[factory(value, column, setter)]
    a: u8,
    #[factory(value(), column =, setter =)]
    b: u8,
    #[factory(lazy())]
    c: u8,
    #[factory(format)]
    d: String,
    #[factory(fake())]
    e: u8,
    #[factory(cycle)]
    f: u8,
    #[factory(choice())]
    g: u8,
    #[factory(weighted)]
    h: u8,
    #[factory(maybe)]
    i: Option<u8>,
    #[factory(sub_factory)]
    j_id: i64,
    #[factory(list())]
    k: Vec<u8>,
    #[factory(sequence())]
    l: u8,
    #[factory(sub_factory(UserFactory, key, name =, with))]
    m_id: i64,
}

fn main() {}
