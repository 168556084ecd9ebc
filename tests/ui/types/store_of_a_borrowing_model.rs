use manufactory::{Factory, Memory};

#[derive(Factory)]
#[factory(table = "users")]
struct NewUser<'a> {
    #[factory(value("alice"))]
    name: &'a str,
}

fn wrong(db: &mut Memory) {
    let _ = NewUser::factory().create(db);
}

fn main() {}
