use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Factory)]
struct Issue {
    #[factory(sub_factory(UserFactory))]
    reported_by: i64,
    #[factory(sub_factory(UserFactory, optional, name = closer))]
    closed_by: Option<i64>,
    #[factory(sub_factory(UserFactory, optional, key = id))]
    assignee: Option<i64>,
}

fn main() {}
