//! `default`

use manufactory::Factory;

#[derive(Debug, Default, PartialEq)]
enum Role {
    #[default]
    Member,
    Admin,
}

#[derive(Factory)]
struct User {
    #[factory(default)]
    role: Role,
    #[factory(default)]
    name: String,
}

#[test]
fn the_type_says_what_it_is() {
    let user = User::factory().build();
    assert_eq!((user.role, user.name.as_str()), (Role::Member, ""));
    assert_eq!(User::factory().role(Role::Admin).build().role, Role::Admin);
}
