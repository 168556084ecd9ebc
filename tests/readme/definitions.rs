//! Coming from another library: how models are defined.

use manufactory::{Auto, Factory, Memory};

mod app {
    pub(super) struct User {
        pub(super) name: String,
    }
}

#[test]
fn a_definition() {
    #[derive(Factory)]
    struct User {
        name: String,
        age: u8,
    }
    assert_eq!(User::factory().name("Ada").age(36).build().name, "Ada");
}

#[test]
fn nothing_declared() {
    #[derive(Factory)]
    struct User {
        code: String,
        nickname: Option<String>,
        is_admin: bool,
    }
    let user = User::factory().build();
    assert!(user.code.starts_with("code") && user.nickname.is_none() && !user.is_admin);
}

#[test]
fn a_model_that_is_elsewhere() {
    #[derive(Factory)]
    #[factory(model = app::User)]
    struct UserDefinition {
        #[factory(value("Ada"))]
        name: String,
    }
    let user: app::User = UserFactory::new().build();
    assert_eq!(user.name, "Ada");
}

#[test]
fn several_factories_for_one_model() {
    #[derive(Factory)]
    struct User {
        #[factory(value("member"))]
        role: String,
    }
    #[derive(Factory)]
    #[factory(model = User, name = Admins)]
    struct Admin {
        #[factory(value("admin"))]
        role: String,
    }
    assert_eq!((User::factory().build().role.as_str(), Admins::new().build().role.as_str()), ("member", "admin"));
}

#[test]
fn a_constructor() {
    #[derive(Factory)]
    #[factory(construct = |email| Account::new(&email))]
    struct Account {
        email: String,
    }
    impl Account {
        fn new(email: &str) -> Self {
            Self { email: email.to_lowercase() }
        }
    }
    assert_eq!(Account::factory().email("X@Y").build().email, "x@y");
}

#[tokio::test]
async fn names_that_are_taken() {
    #[derive(Debug, Factory)]
    struct Job {
        #[factory(setter = build_number, column = "build_no")]
        build: u32,
    }
    let mut db = Memory::new();
    assert_eq!(Job::factory().build_number(4).create(&mut db).await.unwrap().build, 4);
    assert!(db.rows("Job")[0].get("build_no").is_some());
}

#[test]
fn inputs_that_are_no_fields() {
    #[derive(Factory)]
    #[factory(param(domain: String = value("example.com")))]
    struct User {
        #[factory(format("me@{domain}"))]
        email: String,
    }
    assert_eq!(User::factory().domain("test.org").build().email, "me@test.org");
}

#[test]
fn named_variations() {
    #[derive(Factory)]
    #[factory(preset(admin: role = value("admin"), level = value(9)))]
    struct User {
        #[factory(value("member"))]
        role: String,
        #[factory(value(1))]
        level: u8,
    }
    let user = User::factory().level(7).admin().build();
    assert_eq!((user.role.as_str(), user.level), ("admin", 7));
}

#[test]
fn variations_made_of_others() {
    #[derive(Factory)]
    #[factory(preset(admin: is_admin = value(true)), preset(founder: admin, shares = value(100)))]
    struct User {
        is_admin: bool,
        #[factory(value(0))]
        shares: u32,
    }
    let user = User::factory().founder().build();
    assert!(user.is_admin && user.shares == 100);
}

#[test]
fn every_variant_of_an_enum() {
    #[derive(Debug, PartialEq, Auto)]
    enum Role {
        Member,
        Admin,
    }
    #[derive(Factory)]
    struct User {
        role: Role,
    }
    let users: Vec<User> = UserFactory::coverage().into_iter().map(Factory::build).collect();
    assert_eq!(users.into_iter().map(|user| user.role).collect::<Vec<_>>(), [Role::Member, Role::Admin]);
    assert_eq!(User::factory().role(Role::Admin).build().role, Role::Admin);
}
