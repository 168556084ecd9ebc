use manufactory::Factory;

#[derive(Factory)]
struct Egg {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(HenFactory))]
    hen_id: i64,
}

#[derive(Factory)]
struct Hen {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(EggFactory))]
    egg_id: i64,
}

fn main() {}
