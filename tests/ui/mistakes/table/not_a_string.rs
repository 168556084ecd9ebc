use manufactory::Factory;

#[derive(Factory)]
#[factory(table = users)]
struct User {
    name: String,
}

#[derive(Factory)]
#[factory(table = crate::schema::posts)]
struct Post {
    name: String,
}

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

fn main() {}
