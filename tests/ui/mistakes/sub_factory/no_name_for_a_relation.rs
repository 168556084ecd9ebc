use manufactory::Factory;

#[derive(Clone, Factory)]
struct Package {
    #[factory(key)]
    id: i64,
}

#[derive(Factory)]
struct Version {
    #[factory(sub_factory(PackageFactory))]
    crate_id: i64,
}

fn main() {}
