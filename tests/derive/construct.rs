//! `construct = |a, b| Model::new(a, b)`

use manufactory::Factory;

mod domain {
    use manufactory::Factory;

    #[derive(Debug, PartialEq, Factory)]
    #[factory(construct = |email, age| Account::new(email, age))]
    #[factory(param(age: u8 = value(30)))]
    pub(super) struct Account {
        #[factory(format("a{n}@example.com"))]
        email: String,
        adult: bool,
    }

    impl Account {
        fn new(mut email: String, age: u8) -> Self {
            email.make_ascii_uppercase();
            Self { email, adult: age >= 18 }
        }

        pub(super) fn email(&self) -> &str {
            &self.email
        }

        pub(super) fn is_adult(&self) -> bool {
            self.adult
        }
    }
}

#[test]
fn the_constructor_makes_the_model() {
    let account = domain::Account::factory().email("x@y.z").age(3).build();
    assert_eq!((account.email(), account.is_adult()), ("X@Y.Z", false));
    assert!(domain::Account::factory().build().is_adult());
}
