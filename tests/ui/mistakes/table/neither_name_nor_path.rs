use manufactory::Factory;

#[derive(Factory)]
#[factory(table = 3)]
struct Tag {
    name: String,
}

#[derive(Factory)]
#[factory(table("tags"))]
struct Label {
    name: String,
}

#[derive(Factory)]
#[factory(table = schema::users::<i32>)]
struct User {
    name: String,
}

fn main() {}
