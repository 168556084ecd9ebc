use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
    name: String,
}

#[derive(Factory)]
struct Post {
    title: String,
    #[factory(sub_factory(UserFactory, with = |author, title| author.name(title.len())))]
    author_id: i64,
    #[factory(sub_factory(UserFactory, with = |editor, title| editor.nmae(title)))]
    editor_id: i64,
    #[factory(sub_factory(UserFactory, with = |reader| drop(reader)))]
    reader_id: i64,
}

fn main() {}
