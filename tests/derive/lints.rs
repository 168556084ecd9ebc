//! Generated code is clean under every lint that a user may deny.

#[deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    unreachable_pub,
    unused,
    elided_lifetimes_in_paths,
    single_use_lifetimes,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_const_for_fn
)]
mod strict {
    //! A module that denies everything.

    use fake::faker::name::en::FirstName;
    use manufactory::{Auto, Factory};

    /// A level.
    #[derive(Debug, Clone, Copy, Auto)]
    pub enum Level {
        /// The lower one.
        Low,
        /// The higher one.
        High {
            /// How high.
            by: i16,
        },
    }

    /// A score.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Auto)]
    #[factory(auto(from))]
    pub struct Score(i16);

    impl From<i16> for Score {
        fn from(score: i16) -> Self {
            Self(score)
        }
    }

    /// A user.
    #[derive(Debug, Clone, Factory)]
    #[factory(table = "users", on(sqlite), param(domain: String = value("example.com")))]
    #[factory(preset(admin: role = value("admin")))]
    #[factory(after_build(|user, domain| user.email.push_str(domain)))]
    pub struct User {
        /// The key.
        #[factory(key)]
        pub id: i64,
        /// The role.
        #[factory(cycle(["member", "guest"]))]
        pub role: String,
        /// The address.
        #[factory(format("{role}@"))]
        pub email: String,
        /// The boss.
        #[factory(sub_factory(UserFactory, optional, with = |boss, role| boss.role(role.clone())))]
        pub boss_id: Option<i64>,
        /// The weight.
        #[factory(weighted([(1, 1), (2, 2)]))]
        pub weight: i16,
        /// The level.
        #[factory(skip, value(Level::Low))]
        pub level: Level,
        /// The score.
        #[factory(skip, auto(from))]
        pub score: Score,
        /// The best one.
        #[factory(skip, auto(from = i16))]
        pub best: Option<Score>,
        /// The login.
        #[factory(fake(FirstName(), unique))]
        pub login: String,
        /// The mood.
        #[factory(maybe(0.5, choice(["good", "bad"])))]
        pub mood: Option<String>,
    }
}

/// Nobody reads a definition's fields, nor makes one, in a crate that nobody depends on.
#[deny(warnings, unused)]
mod support {
    use manufactory::Factory;

    pub(super) struct Setting {
        pub(super) key: String,
        pub(super) value: i16,
    }

    #[derive(Factory)]
    #[factory(model = Setting, name = Settings, table = "settings", on(sqlite))]
    struct SettingDefinition {
        #[factory(value("volume"))]
        key: String,
        value: i16,
    }

    #[test]
    fn definitions_are_clean() {
        let setting = Settings::new().value(11).build();
        assert_eq!((setting.key.as_str(), setting.value), ("volume", 11));
    }
}

#[test]
fn strict_code_is_built() {
    use manufactory::Factory;
    assert_eq!(strict::User::factory().admin().build().email, "admin@example.com");
}
